"""The workspace in a real browser: it writes the answer cell, finds it again, and can be used."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import signal
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from codinglab.lab.code_search import found
from codinglab.widgets.workspace import script

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETUP = "%load_ext dummy_case\nfrom dummy_case import workspace\n"
ANSWER = "dx E11.22\ndx N18.32\nline 99214-25 x1 dx A\n"
DAY = date(2026, 5, 4)
THEMES = ("JupyterLab Light", "JupyterLab Dark")
LINE = "%%worksheet c1 variant 4\n"
NEIGHBOUR = "%%worksheet c1 variant 40\ndx I10"
PRACTICE = ".clw >> nth=0"
GRADED = ".clw >> nth=1"
BOOK_ONLY = ".clw >> nth=2"


def cells() -> list[str]:
    """The case, its answer cell, one that only begins like it, a case whose cell is lost."""
    lost = "workspace('%%worksheet c1', graded=True)"
    book = f"workspace('{LINE.strip()}', book_only=True)"
    return [f"{SETUP}workspace('{LINE.strip()}')", LINE + "\n", NEIGHBOUR, lost, book]


@pytest.fixture(scope="module")
def notebook(open_case: Callable[..., Any], server: Any) -> Any:
    """The notebook in Notebook 7, loaded once for all tests that do not need Lab."""
    server.notebook("notebook.ipynb", cells())
    return open_case("notebook", "notebook.ipynb")


def write_cell(page: Any, text: str) -> None:
    """Write the answer cell as somebody does who edits it without the workspace."""
    page.evaluate(
        """source => window.jupyterapp.shell.currentWidget.content.model.cells.get(1)
             .sharedModel.setSource(source)""",
        LINE + text,
    )


def pick(page: Any, words: str) -> None:
    """Type into the search and take the first suggestion, by keys alone."""
    page.locator(".clw-search").first.fill("")
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def pick_the_answer(page: Any) -> None:
    for words in ("type 2 diabetes ckd", "n18.32", "99214", "25"):
        pick(page, words)


def wait_for_file(server: Any, name: str, cell: int, wanted: str) -> list[str]:
    """Return the file's sources once `cell` says `wanted`; the browser saves a moment later."""
    sources: list[str] = []
    for _ in range(50):
        with contextlib.suppress(json.JSONDecodeError):  # read while the server writes it
            sources = server.sources(name)
        if sources and sources[cell] == wanted:
            break
        time.sleep(0.1)
    return sources


def use_theme(page: Any, theme: str) -> None:
    page.evaluate(
        "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    light = str(theme == "JupyterLab Light").lower()
    page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")


def violations(page: Any) -> list[str]:
    found = page.evaluate(
        "rules => axe.run('.clw', {runOnly: {type: 'tag', values: rules}})", RULES
    )["violations"]
    return [f"{one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("front", ["lab", "notebook"])
def test_picks_by_keyboard_reach_the_file_and_survive_a_reload(
    front: str, open_case: Callable[..., Any], server: Any, request: pytest.FixtureRequest
) -> None:
    name = f"{front}.ipynb"
    if front == "notebook":
        page = request.getfixturevalue("notebook")
    else:
        server.notebook(name, cells())
        page = open_case(front, name)
    pick_the_answer(page)

    assert wait_for_file(server, name, 1, LINE + ANSWER)[1:3] == [LINE + ANSWER, NEIGHBOUR]
    said = page.locator('.clw-saved[data-state="saved"]').first.inner_text()
    assert re.fullmatch(r"Saved in the answer cell \d\d:\d\d:\d\d", said)

    page.reload()
    page.locator(".clw-finder[data-ready]").first.wait_for(timeout=30_000)
    assert page.locator(".clw-text").first.input_value() == ANSWER
    if front == "lab":
        page.context.close()


def test_the_cell_wins_and_keys_stay_in_the_worksheet(notebook: Any, server: Any) -> None:
    text = notebook.locator(".clw-text").first
    write_cell(notebook, "dx I10")
    assert text.input_value() == "dx I10"

    # "d d", "a", "b" and "x" are the notebook's own keys: delete, insert and cut a cell.
    text.focus()
    notebook.keyboard.press("Control+End")
    notebook.keyboard.type("\ndd abx")
    wanted = LINE + "dx I10\ndd abx"
    assert wait_for_file(server, "notebook.ipynb", 1, wanted)[1:3] == [wanted, NEIGHBOUR]
    assert notebook.locator(".clw-findings li").inner_text() == (
        "✗ Correct this line 2: 'dd' is not a word of the worksheet. "
        "Begin the line with dx, pdx, line or em."
    )
    notebook.keyboard.press("Alt+ArrowUp")
    assert text.input_value() == "dd abx\ndx I10"
    notebook.keyboard.press("Control+z")
    assert text.input_value() == "dx I10\ndd abx"


def test_practice_is_marked_and_its_evidence_lights_up(notebook: Any) -> None:
    write_cell(notebook, "")
    case = notebook.locator(PRACTICE)
    assert case.locator(".clw-lit").count() == 0
    pick(notebook, "e1122")
    case.get_by_role("button", name="Mark it").click()
    case.locator(".clw-rows").wait_for()
    assert case.locator(".clw-badge").all_inner_texts() == ["✓ Right", "◐ Part credit", "✗ Missing"]
    case.get_by_role("button", name="Show it in the chart").nth(1).click()
    assert case.locator(".clw-lit").all_inner_texts() == ["eGFR", "38 mL/min"]
    documents = case.locator(".clw-chart")
    assert documents.get_by_role("tab", selected=True).inner_text() == "Laboratory"


def test_the_code_book_walks_up_and_down_the_tabular_list(notebook: Any) -> None:
    write_cell(notebook, "")
    case = notebook.locator(PRACTICE)
    case.locator(".clw-search").fill("e11.22")
    notebook.keyboard.press("Alt+Enter")
    case.get_by_role("button", name="E11.2 Type 2 diabetes mellitus with kidney").click()
    case.get_by_text("! Not billable").wait_for()
    case.get_by_role("button", name="E11.21 ").click()
    case.get_by_role("button", name="Add E11.21 to the worksheet").click()
    case.get_by_text("Added: dx E11.21.").wait_for(state="attached")
    case.locator(".clw-search").fill("83036")
    notebook.keyboard.press("Alt+Enter")
    case.get_by_role("button", name="Add 83036 to the worksheet").click()
    assert case.locator(".clw-text").input_value() == "dx E11.21\nline 83036 x1 dx A\n"


def test_the_index_is_walked_by_keys_and_verified_in_the_code_book(notebook: Any) -> None:
    write_cell(notebook, "")
    case = notebook.locator(PRACTICE)
    case.get_by_role("tab", name="Search").focus()
    notebook.keyboard.press("ArrowRight")
    assert case.locator(".clw-search").is_hidden()
    case.get_by_label("Alphabetic Index").and_(case.get_by_role("textbox")).focus()
    notebook.keyboard.type("hypertension")
    case.locator(".clw-terms").get_by_role("button", name="Hypertension").first.wait_for()
    notebook.keyboard.press("ArrowDown")
    notebook.keyboard.press("Enter")
    case.locator(".clw-place h3").wait_for()
    case.locator(".clw-place").get_by_role("button", name="I10: verify").click()
    case.get_by_role("button", name="Add I10 to the worksheet").click()
    assert case.locator(".clw-text").input_value() == "dx I10\n"
    case.get_by_role("tab", name="Search").click()
    assert case.locator(".clw-search").is_visible()


def test_book_only_takes_the_search_away(notebook: Any) -> None:
    case = notebook.locator(BOOK_ONLY)
    assert case.locator(".clw-search").count() == 0
    case.get_by_text("Book only: the search is off").wait_for()
    case.get_by_label("Which index").select_option("Neoplasms")
    case.locator(".clw-main-term").fill("breast")
    case.locator(".clw-cell").first.wait_for()
    assert case.locator(".clw-cell").first.inner_text() == "malignant primary C50.9-"


def held_queries() -> list[str]:
    """Every seventh of the queries that the search was never tuned to: 21 of 145."""
    file = Path(__file__).parents[1] / "codes" / "search_queries.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        held = [row["query"] for row in csv.DictReader(rows) if row["half"].endswith("held")]
    return held[::7]


def shown(case: Any) -> list[list[str]]:
    """Return code and reason of each suggestion."""
    return case.locator(".clw-list li").evaluate_all(
        """all => all.map(one => [one.querySelector('.clw-code').textContent,
             one.querySelector('.clw-why').textContent])"""
    )


def search_in_full(page: Any, case: Any, query: str) -> None:
    """Type `query`, again where the kernel was too slow for it, until its hits are shown."""
    wanted = [[hit["code"], hit["why"]] for hit in found(DAY, query)["hits"]]
    for _ in range(8):
        case.locator(".clw-search").fill("")
        case.locator(".clw-search").fill(query)
        for _ in range(15):
            if shown(case) == wanted:
                return
            page.wait_for_timeout(50)
    assert shown(case) == wanted


def test_the_page_lists_what_the_command_finds_in_its_order_and_with_its_reasons(
    notebook: Any,
) -> None:
    case = notebook.locator(PRACTICE)
    for query in held_queries():
        search_in_full(notebook, case, query)
    assert len(held_queries()) == 21
    search_in_full(notebook, case, "migrane left")
    case.get_by_text('Read "migrane" as "migraine".').wait_for()


def test_the_list_is_painted_once_a_key(notebook: Any) -> None:
    case = notebook.locator(PRACTICE)
    case.locator(".clw-search").fill("")
    case.locator(".clw-list").evaluate(
        """list => { window.painted = 0;
             new MutationObserver(all => { // rows that follow others are out of sight
               window.painted += all.filter(one => one.previousSibling === null).length;
             }).observe(list, {childList: true}); }"""
    )
    case.locator(".clw-search").press_sequentially("cough", delay=700)  # longer than it ever waits
    case.get_by_text("suggestions.").wait_for()
    assert notebook.evaluate("window.painted") == 5


def kernel_process(page: Any, server: Any) -> int:
    """Return the number of the kernel's process."""
    file = server.folder / "process.txt"
    page.evaluate(
        """code => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
             .requestExecute({code}).done.then(() => true)""",
        "import os, pathlib; pathlib.Path('process.txt').write_text(str(os.getpid()))",
    )
    return int(file.read_text("utf-8"))


def test_while_the_kernel_is_busy_the_page_searches_itself_and_says_so(
    notebook: Any, server: Any
) -> None:
    write_cell(notebook, "")
    case = notebook.locator(PRACTICE)
    box = case.locator(".clw-search")
    short = case.get_by_text("Short search, by titles alone, since the notebook's kernel is busy.")
    process = kernel_process(notebook, server)
    box.fill("")
    os.kill(process, signal.SIGSTOP)
    try:
        box.fill("menieres left")
        short.wait_for()
        assert shown(case)[0] == ["H81.02", ""]
        notebook.keyboard.press("Enter")
        assert case.locator(".clw-text").input_value() == "dx H81.02\n"
        pick(notebook, "n18.32")  # chosen before the list is there
        box.fill("cough")
        short.wait_for()
    finally:
        os.kill(process, signal.SIGCONT)
    assert case.locator(".clw-text").input_value() == "dx H81.02\ndx N18.32\n"
    case.get_by_text("The kernel is free: type on to search in full.").wait_for()
    assert shown(case)[0][1] == ""  # the list stays: somebody may be about to choose from it
    search_in_full(notebook, case, "coughing")
    assert short.count() == 0


def test_what_has_no_line_in_a_worksheet_is_shown_and_not_added(notebook: Any) -> None:
    write_cell(notebook, "")
    case = notebook.locator(PRACTICE)
    pick(notebook, "timely filing")
    case.get_by_text("Not added: CARC 29 has no line of its own in a worksheet.").wait_for()
    assert case.locator(".clw-text").input_value() == ""


def test_a_graded_case_offers_no_mark_and_a_lost_cell_is_said_aloud(
    notebook: Any, server: Any
) -> None:
    case = notebook.locator(GRADED)
    assert case.get_by_role("button", name="Mark it").count() == 0
    case.locator(".clw-text").fill("dx I10\n")
    case.get_by_role("button", name="Check", exact=True).click()
    case.get_by_text("after you submit it").wait_for()
    assert case.locator(".clw-verdict").inner_text() == (
        "✓ The worksheet can be read. "
        "Your answer is marked by your instructor's copy of the lab after you submit it."
    )
    assert case.locator(".clw-shout").inner_text() == "NOT SAVED"
    assert case.locator(".clw-copy").input_value() == "%%worksheet c1\ndx I10\n"
    assert server.sources("notebook.ipynb")[2:] == cells()[2:]


def test_nobody_is_shut_out_in_light_or_dark_at_1024_pixels(notebook: Any, axe_script: str) -> None:
    notebook.set_viewport_size({"width": 1024, "height": 800})
    notebook.evaluate(axe_script)
    write_cell(notebook, ANSWER + "blah")
    case = notebook.locator(PRACTICE)
    case.get_by_role("button", name="Show hint 1 of 3").click()
    case.get_by_role("button", name="Mark it").click()
    case.get_by_role("button", name="Show it in the chart").first.click()
    case.locator(".clw-search").fill("e11.22")
    notebook.keyboard.press("Alt+Enter")
    case.locator(".clw-book h3").wait_for()
    case.locator(".clw-search").fill("kidney")
    case.locator(".clw-why").first.wait_for()
    notebook.locator(BOOK_ONLY).locator(".clw-main-term").fill("dia")
    notebook.locator(BOOK_ONLY).locator(".clw-terms li").first.wait_for()
    for theme in THEMES:
        use_theme(notebook, theme)
        assert violations(notebook) == []
    inside, outside = case.evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert inside == outside
    assert notebook.evaluate("document.documentElement.scrollWidth") == 1024


def test_without_the_notebook_model_the_visible_editor_is_written(
    notebook: Any, server: Any
) -> None:
    how = notebook.evaluate(
        """async ([source, line]) => {
             const url = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
             const { findCell } = await import(url);
             const app = window.jupyterapp;
             delete window.jupyterapp;
             const cell = findCell({}, document.querySelector('.clw'), line);
             cell.write('dx Z79.4');
             await cell.save();
             window.jupyterapp = app;
             return [cell.how, cell.read()];
           }""",
        [script(), LINE.strip()],
    )
    assert how == ["editor", "dx Z79.4"]
    wanted = LINE + "dx Z79.4"
    assert wait_for_file(server, "notebook.ipynb", 1, wanted)[1:3] == [wanted, NEIGHBOUR]


FOUND = {
    "type 2 diabetes mellitus": "E11.9",
    "hypertension": "I10",
    "e11.22": "E11.22",
    "E1122": "E11.22",
    "chronic kidney stage 3b": "N18.32",
    "menieres left": "H81.02",
    "long term insulin": "Z79.4",
    "qwertz low back pain": "M54.50",  # a word that nothing has is left out
    "hypertention": "I10",  # one letter away
    "pnuemonia": "J18.9",
    "low back pains": "M54.50",
    "99214": "99214",
    "25": "25",
}


def test_the_search_puts_first_what_a_coder_means(browser: Any) -> None:
    import base64

    from codinglab.codes.icd10cm import open_table

    blob = base64.b64encode(open_table(DAY).search_blob()).decode()
    page = browser.new_page()
    source = (Path(__file__).parents[2] / "src/codinglab/widgets/search.js").read_text("utf-8")
    found = page.evaluate(
        """async ([source, blob, queries]) => {
             const url = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
             const { readTable, search } = await import(url);
             const bytes = Uint8Array.from(atob(blob), (one) => one.charCodeAt(0));
             const index = await readTable(bytes, [['99214', 'Visit'], ['25', 'Separate visit']]);
             const first = (words) => index.rows[search(index, words, 40).found[0]][0];
             const mended = (words) => search(index, words, 1).mended;
             return [index.rows.length, queries.map(first), mended("migrane left"),
                     mended("cough")];
           }""",
        [source, blob, list(FOUND)],
    )
    page.close()
    assert found == [74_721, list(FOUND.values()), [["migrane", "migraine"]], []]
