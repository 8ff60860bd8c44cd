"""The page of a form in a browser: click and keys tell of a box, and nobody is shut out."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "claim"))

from made_claims import claim

from codinglab.claim.form_fill import fill
from codinglab.lab.form_page import form_html, standalone
from codinglab.widgets.form import script

NAMES = ("auto accident", "inpatient second")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.fixture(params=[(name, scheme) for name in NAMES for scheme in ("light", "dark")], ids=str)
def page(request: Any, browser: Any, tmp_path: Path) -> Iterator[Any]:
    name, scheme = request.param
    file = tmp_path / "form.html"
    file.write_text(standalone(*fill(claim(name), date(2026, 4, 1))), "utf-8")
    opened = browser.new_page(viewport={"width": 1024, "height": 900}, color_scheme=scheme)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    opened.close()
    assert faults == []


def violations(page: Any) -> list[str]:
    found = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]


def told(page: Any) -> str:
    return page.locator(".clf-about section:visible").inner_text()


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.dataset.box")


def test_nobody_is_shut_out_before_and_after_a_box_is_chosen(page: Any, axe_script: str) -> None:
    page.evaluate(axe_script)
    assert violations(page) == []
    page.locator("a.clf-box").nth(20).click()
    assert violations(page) == []


def test_the_page_is_not_wider_than_1024_pixels(page: Any) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 1024


def test_a_click_tells_of_the_box_and_keeps_it_in_sight(page: Any) -> None:
    box = page.locator("a.clf-box").last
    box.click()
    assert told(page).startswith(f"Box {box.get_attribute('data-box')}:")
    assert box.get_attribute("aria-current") == "true"
    below = page.locator(".clf-about").bounding_box()["y"]
    there = box.bounding_box()
    assert there["y"] >= 0
    assert there["y"] + there["height"] <= below + 1


def test_one_tab_stop_holds_the_form_and_the_arrows_walk_it(page: Any) -> None:
    assert page.locator('a.clf-box[tabindex="0"]').count() == 1
    page.locator("a.clf-box").first.focus()
    first = focused(page)
    page.keyboard.press("ArrowRight")
    second = focused(page)
    assert second != first
    assert told(page).startswith(f"Box {second}:")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == first
    page.keyboard.press("End")
    last = page.locator("a.clf-box").last.get_attribute("data-box")
    assert focused(page) == last
    page.keyboard.press("Home")
    assert focused(page) == first
    page.keyboard.press("Tab")
    assert "clf-about" in page.evaluate("document.activeElement.className")


def test_down_goes_to_a_box_below_and_up_comes_back(page: Any) -> None:
    page.locator("a.clf-box").nth(30).focus()
    top = "document.activeElement.getBoundingClientRect().top + window.scrollY"
    before = page.evaluate(top)
    page.keyboard.press("ArrowDown")
    below = page.evaluate(top)
    assert below > before
    page.keyboard.press("ArrowUp")
    assert page.evaluate(top) < below


def test_the_widget_asks_for_its_page_and_wires_it(browser: Any) -> None:
    """anywidget calls render with a model: here a model of the test's own."""
    html = form_html(fill(claim("auto accident"))[0])
    opened = browser.new_page()
    asked = opened.evaluate(
        """async ([program, html]) => {
            const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
            const widget = (await import(url)).default;
            const asked = [];
            let take = null;
            const el = document.body.appendChild(document.createElement("div"));
            const model = {
                on: (_name, given) => { take = given; },
                off: () => { take = null; },
                send: (message) => { asked.push(message.kind); take({ kind: "page", html }); },
            };
            widget.render({ model, el });
            el.querySelector("a.clf-box").click();
            return asked;
        }""",
        [script(), html],
    )
    assert asked == ["open"]
    assert opened.locator(".clf-about section:visible").count() == 1
    assert opened.locator('a.clf-box[aria-current="true"]').count() == 1
    opened.close()


IN_A_NOTEBOOK = """
import sys
sys.path.insert(0, {folder!r})
from datetime import date
from made_claims import claim
from codinglab.claim.form_fill import fill
from codinglab.lab.form_page import form_view
form_view(*fill(claim("inpatient second"), date(2026, 4, 1)))
"""


@pytest.mark.parametrize(("wide", "high"), [(1024, 768), (1400, 1000), (1900, 1000)])
def test_in_a_notebook_what_is_told_of_a_box_stands_in_sight_beside_it(
    browser: Any, server: Any, wide: int, high: int
) -> None:
    from labs import KERNEL_IDLE

    folder = str(Path(__file__).resolve().parents[1] / "claim")
    server.notebook("form.ipynb", [IN_A_NOTEBOOK.format(folder=folder)])
    context = browser.new_context(viewport={"width": wide, "height": high})
    opened = context.new_page()
    opened.goto(f"{server.url}/lab/tree/form.ipynb?reset&token={server.token}")
    opened.wait_for_function(KERNEL_IDLE, timeout=60_000)
    for command in ("application:toggle-left-area", "notebook:run-all-cells"):
        opened.evaluate("command => window.jupyterapp.commands.execute(command)", command)
    boxes = opened.locator("a.clf-box")
    boxes.first.wait_for(timeout=40_000)
    for box in (boxes.first, boxes.nth(60), boxes.last):
        box.click()
        opened.wait_for_timeout(200)
        heading = opened.locator(".clf-about section:visible :is(h2, h3)").bounding_box()
        there = box.bounding_box()
        for one in (heading, there):
            assert one["y"] >= 0
            assert one["y"] + one["height"] <= high
    context.close()
