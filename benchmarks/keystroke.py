"""From a keystroke to painted suggestions: the workspace against what ipywidgets alone give.

Run `python benchmarks/keystroke.py`. One browser, one notebook, the same typed words: first our
search box, which asks the kernel for the ranking of `codinglab codes search`, then Text, observe
and Select, with a plain search of the same table in the kernel. Printed are the median and the 95th
percentile in milliseconds, and their ratio. Both run on this machine; over a network both add a
round trip for each key, and where it is too long our page searches itself.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import sync_playwright

HARNESS = Path(__file__).parents[1] / "tests" / "browser" / "conftest.py"
TYPED = ("type 2 diabetes kidney", "hypertension", "fracture of left radius", "e11.22")
PAUSE = 120  # milliseconds between keys: a fast typist
SELECT = """
import ipywidgets
from dummy_case import DAY, open_table
ROWS = [(f"{code}  {title}", title.lower()) for code, title in open_table(DAY).billable_rows()]
box, found = ipywidgets.Text(description="Search"), ipywidgets.Select(description="Found")
def search(change):
    words = change["new"].lower().split()
    hits = (shown for shown, title in ROWS if all(word in shown.lower() for word in words))
    found.options = [shown for shown, _ in zip(hits, range(40))] if words else []
box.observe(search, "value")
box.add_class("peer"); found.add_class("peer-found")
ipywidgets.VBox([box, found])
"""
# The time runs from the key event to the frame after the list has changed.
WATCH = """(selector) => {
  window.times = [];
  let pressed = null;
  window.addEventListener('keydown', () => { pressed = performance.now(); }, true);
  new MutationObserver(() => {
    if (pressed === null) return;
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => { const channel = new MessageChannel();
      channel.port1.onmessage = () => window.times.push(performance.now() - since);
      channel.port2.postMessage(0); });
  }).observe(document.querySelector(selector), {childList: true, subtree: true});
}"""


def harness() -> Any:
    """Return the browser tests' own server and waiting rules."""
    spec = importlib.util.spec_from_file_location("harness", HARNESS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["harness"] = module
    spec.loader.exec_module(module)
    return module


def typed(page: Any, box: str, changes: str) -> list[float]:
    """Type all words into `box` and return the milliseconds of each repaint of `changes`."""
    page.evaluate(WATCH, changes)
    for words in TYPED:
        page.locator(box).fill("")
        page.wait_for_timeout(300)
        page.locator(box).press_sequentially(words, delay=PAUSE)
        page.wait_for_timeout(300)
    return list(page.evaluate("window.times"))


def report(name: str, times: list[float]) -> tuple[float, float]:
    """Print and return the median and the 95th percentile."""
    middle, late = median(times), quantiles(times, n=20)[-1]
    print(f"{name:<37} {middle:7.1f} {late:7.1f} {max(times):7.1f} {len(times):5d}")
    return middle, late


def main() -> None:
    """Measure both in one page and print the table."""
    tools = harness()
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server, process = tools.start_server(Path(home), *tools.EXPOSED)
        try:
            line = "%%worksheet c1"
            cells = [f"{tools.SETUP}workspace('{line}')", f"{line}\n\n", SELECT]
            server.notebook("bench.ipynb", cells)
            browser = playwright.chromium.launch(
                executable_path=tools.chromium_path(), args=list(tools.FLAGS)
            )
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(f"{server.url}/notebooks/bench.ipynb?token={server.token}")
            page.wait_for_function(tools.KERNEL_IDLE, timeout=60_000)
            page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
            page.wait_for_selector(tools.TABLE_READY, timeout=60_000)
            page.wait_for_selector(".peer input", timeout=60_000)
            page.locator(".clw-search").press_sequentially("warm up", delay=PAUSE)
            print(f"{'milliseconds to painted list':<37}  median     p95     max  keys")
            ours = report(
                "workspace (kernel, as codes search)", typed(page, ".clw-search", ".clw-list")
            )
            peer = report(
                "ipywidgets Text + Select (kernel)",
                typed(page, ".peer input", ".peer-found select"),
            )
            print(f"ratio: median {peer[0] / ours[0]:.1f}, p95 {peer[1] / ours[1]:.1f}")
            browser.close()
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    main()
