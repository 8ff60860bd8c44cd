"""Take the pictures of the workspace for docs/pictures: `python tests/browser/take_pictures.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import conftest as tools
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LINE = "%%worksheet dm-kidney variant 4"
PICKS = ("type 2 diabetes kidney", "n18.31", "essential hypertension", "99214")


def prepare(page: Any) -> None:
    """Fill in the worksheet as a trainee would."""
    for words in PICKS:
        page.locator(".clw-search").fill(words)
        page.keyboard.press("Enter")
    page.locator('.clw-saved[data-state="saved"]').wait_for()
    page.evaluate("window.jupyterapp.shell.currentWidget.content.deselectAll()")


def use(page: Any, theme: str, width: int) -> None:
    """Set theme and width."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    page.wait_for_timeout(800)


def take(page: Any, name: str) -> None:
    """Write one picture, with the workspace's head at the top."""
    page.locator(".clw").evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(400)
    page.screenshot(path=PICTURES / f"{name}.png")


def main() -> None:
    """Take all pictures in one session."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server, process = tools.start_server(Path(home), *tools.EXPOSED)
        try:
            server.notebook("case.ipynb", [f"{tools.SETUP}workspace('{LINE}')", f"{LINE}\n\n"])
            browser = playwright.chromium.launch(
                executable_path=tools.chromium_path(), args=list(tools.FLAGS)
            )
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(f"{server.url}/notebooks/case.ipynb?token={server.token}")
            page.wait_for_function(tools.KERNEL_IDLE, timeout=60_000)
            page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
            page.wait_for_selector(tools.TABLE_READY, timeout=60_000)
            prepare(page)
            take(page, "workspace-1400-light")
            page.locator(".clw-search").fill("diabetes kidney")
            take(page, "search-1400-light")
            use(page, "JupyterLab Dark", 1024)
            take(page, "search-1024-dark")
            page.keyboard.press("Alt+Enter")
            page.locator(".clw-book h3").wait_for()
            use(page, "JupyterLab Dark", 1400)
            take(page, "code-book-1400-dark")
            page.locator(".clw-book").get_by_role("button", name="Close").click()
            page.get_by_role("button", name="Mark it").click()
            page.get_by_role("button", name="Show it in the chart").nth(2).click()
            take(page, "marking-1400-dark")
            use(page, "JupyterLab Light", 1024)
            take(page, "marking-1024-light")
            browser.close()
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    main()
