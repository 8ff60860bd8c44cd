"""Take the README's picture in a real lab: `python tests/browser/take_pictures.py`."""

from __future__ import annotations

import pty
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from labs import KERNEL_IDLE, start

from conftest import FLAGS, TABLE_READY, chromium_path

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "workspace.png"
NOTEBOOK = "practice/01-chronic-disease/01-chronic-disease.ipynb"
PICKS = ("e11.22", "i12.9", "99214")
SEARCHED = "type 2 diabetes hyper"


def open_case(page: Any, url: str) -> Any:
    """Open the first practice notebook as the lab has it, run it, and return its first case."""
    page.goto(url.replace("welcome.ipynb", NOTEBOOK))
    page.get_by_role("tab", name=Path(NOTEBOOK).name, selected=True).wait_for()
    page.wait_for_function(KERNEL_IDLE, timeout=60_000)
    for command in ("application:toggle-left-area", "notebook:run-all-cells"):
        page.evaluate("command => window.jupyterapp.commands.execute(command)", command)
    page.wait_for_selector(TABLE_READY, timeout=60_000)
    return page.locator(".clw").first


def fill_in(page: Any, case: Any) -> None:
    """Write the worksheet as a trainee would, beginning with an empty one."""
    case.locator(".clw-text").fill("")
    for words in PICKS:
        case.locator(".clw-search").fill(words)
        page.keyboard.press("Enter")
    case.locator('.clw-saved[data-state="saved"]').wait_for()
    case.get_by_role("tab", name="Progress note").click()


def take(page: Any, case: Any) -> None:
    """Write the picture, with the workspace's head at its top and the search open."""
    case.locator(".clw-search").fill(SEARCHED)
    case.evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURE)


def main() -> None:
    """Start a trainee's lab of its own, take the picture, and stop it."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        lab = start(Path(home) / "codinglab-work", Path(home) / "said.txt", pty.openpty()[1], ())
        try:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
            page = browser.new_page(viewport={"width": 1400, "height": 800})
            case = open_case(page, lab.url)
            fill_in(page, case)
            take(page, case)
            browser.close()
        finally:
            lab.stop()


if __name__ == "__main__":
    main()
