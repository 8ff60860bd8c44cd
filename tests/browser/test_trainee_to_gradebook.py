"""From a trainee's first page to the mark in the Formgrader, through the labs that people start."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from labs import KERNEL_IDLE, Lab

from codinglab.course.unit import load_unit
from codinglab.lab.server import tool_path

UNIT, CASE, VARIANT = "10-graded-office", "asthma-flare-visit", 4
MARK, ANSWER = f"{CASE}-mark", f"{CASE}-answer"
# A boy of six, known to the practice, whose mild persistent asthma flares and whose father smokes:
# both diagnoses, the visit (moderate, by two of three elements), one inhalation treatment, and
# 5 mg of albuterol, which is five units of 1 mg.
PICKED = {
    "mild persistent asthma acute exacerbation": "dx J45.31",
    "z7722": "dx Z77.22",
    "99214": "line 99214 x1 dx A",
    "94640": "line 94640 x1 dx A",
}
TYPED = ("line J7613 x5 dx A", "em mdm moderate/low/moderate")
WORKSHEET = "\n".join([*PICKED.values(), *TYPED])
# All of it is right: 10 of the case's 10 points. The two other cases of the unit stay empty: 0 of
# their 10 points each. So the assignment stands at 10 of 30.
SCORE, MAX_SCORE = 10.0, 30.0

RELEASE = "api.generate_assignment({0!r}), api.release_assignment({0!r})"
COLLECT = "(api.collect({0!r}),)"


def python(*words: str, folder: Path | None = None) -> subprocess.Popen[str]:
    """Start our interpreter as a terminal inside the lab would."""
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PATH": tool_path()},
        umask=0o077,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(process: subprocess.Popen[str]) -> str:
    """Wait for a process that must succeed, and return what it printed."""
    said, failed = process.communicate(timeout=120)
    assert process.returncode == 0, failed[-3000:]
    return said


def nbgrader(course: Path, steps: str) -> subprocess.Popen[str]:
    """Let nbgrader do `steps` as the course's own configuration says."""
    script = (
        "from nbgrader.apps import NbGraderAPI, NbGrader\n"
        "app = NbGrader()\napp.load_config_file()\napi = NbGraderAPI(config=app.config)\n"
        f"done = {steps.format(UNIT)}\n"
        "assert all(one['success'] for one in done), done\n"
    )
    return python("-c", script, folder=course)


def codinglab(*words: str) -> dict[str, Any]:
    """Return what a command says in JSON."""
    return json.loads(done(python("-m", "codinglab", *words, "--json")))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def wait_for_kernel(page: Any, notebook: str) -> None:
    """Wait until `notebook` is in front and can run: Run All before that is lost in silence."""
    page.get_by_role("tab", name=notebook, selected=True).wait_for(timeout=60_000)
    page.wait_for_function(KERNEL_IDLE, timeout=60_000)


def menu(page: Any, title: str) -> list[str]:
    """Open a menu of JupyterLab and return what it offers."""
    page.get_by_role("menuitem", name=title, exact=True).click()
    page.locator(".lm-Menu").wait_for()
    offered = page.locator(".lm-Menu .lm-Menu-itemLabel").all_inner_texts()
    return [words for words in offered if words]


def choose(page: Any, title: str, item: str) -> None:
    menu(page, title)
    page.get_by_role("menuitem", name=item, exact=True).click()


@dataclass(frozen=True)
class Opened:
    """A lab, the page in which it is open, and what its nbgrader menu offers."""

    lab: Lab
    page: Any
    offered: list[str]

    def path(self, place: str) -> str:
        """Return the address of a place of this lab, for who may see it."""
        address = urllib.parse.urlsplit(self.lab.url)
        return address._replace(path=place).geturl()


@pytest.fixture(scope="module")
def open_lab(browser: Any) -> Iterator[Callable[[Lab], Opened]]:
    """Open the address that a lab has printed, and wait for the first notebook's kernel."""
    contexts = []

    def open_it(lab: Lab) -> Opened:
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(lab.url)
        wait_for_kernel(page, Path(urllib.parse.urlsplit(lab.url).path).name)
        offered = menu(page, "Nbgrader")
        page.keyboard.press("Escape")
        return Opened(lab, page, offered)

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Callable[[], str]]]:
    """A course made by the instructor's command; call the second to wait for the release."""
    folder = tmp_path_factory.mktemp("class") / "course"
    made = codinglab("lab", "--role", "instructor", "--course", str(folder), "--no-start")
    assert made == {
        "role": "instructor",
        "folder": str(folder),
        "exchange": str(folder / "exchange"),
        "welcome": "instructor.ipynb",
    }
    release = nbgrader(folder, RELEASE)  # goes on while the trainee's lab starts
    yield folder, lambda: done(release)
    release.kill()


@pytest.fixture(scope="module")
def trainee(
    course: tuple[Path, Callable[[], str]],
    start_lab: Callable[..., Lab],
    open_lab: Callable[[Lab], Opened],
    tmp_path_factory: pytest.TempPathFactory,
) -> Opened:
    folder = tmp_path_factory.mktemp("trainee") / "work"
    exchange = course[0] / "exchange"
    opened = open_lab(start_lab(folder, "--role", "trainee", "--exchange", str(exchange)))
    course[1]()
    return opened


def test_a_trainee_is_welcomed_and_gets_no_instructors_tools(trainee: Opened) -> None:
    page = trainee.page
    page.get_by_role("heading", name="Welcome to codinglab").wait_for()
    assert page.locator(".Toastify__toast").count() == 0
    assert trainee.offered == ["Assignment List"]
    commands = page.evaluate("window.jupyterapp.commands.listCommands()")
    assert [one for one in commands if "nbgrader" in one] == ["nbgrader:open-assignment-list"]
    assert page.request.get(trainee.path("/formgrader")).status == 404


@dataclass(frozen=True)
class HandedIn:
    """What the trainee saw of the worksheet, before and after a reload, and Ctrl+C's last words."""

    lab: Lab
    written: str
    reloaded: str
    last_words: str

    @property
    def notebook(self) -> Path:
        return self.lab.folder / UNIT / f"{UNIT}.ipynb"

    def outputs(self, name: str) -> str:
        """Return the printed output of the cell `name`."""
        cells = json.loads(self.notebook.read_text("utf-8"))["cells"]
        found = next(one for one in cells if one["id"] == name)["outputs"]
        return "".join(line for one in found for line in one.get("text", []))


def fetch(page: Any) -> None:
    """Fetch the assignment and open its notebook, both in the Assignment List."""
    choose(page, "Nbgrader", "Assignment List")
    page.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
    mine = page.locator("#fetched_assignments_list")
    mine.get_by_role("button", name=UNIT).click()
    mine.locator(".nested_list_item").get_by_text(UNIT).click()
    wait_for_kernel(page, f"{UNIT}.ipynb")


def submit(page: Any) -> None:
    choose(page, "Nbgrader", "Assignment List")
    page.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
    page.locator("#submitted_assignments_list").get_by_text(UNIT).wait_for()


def ready(page: Any) -> Any:
    """Return the workspace of the case, the second of the notebook, when its table is there."""
    case = page.locator(".clw").nth(1)
    case.locator(".clw-finder[data-ready]").wait_for(timeout=30_000)
    return case


def code(page: Any, notebook: Path) -> str:
    """Write the worksheet with the keyboard alone, wait until it is saved, and return it."""
    case = ready(page)
    case.locator(".clw-search").focus()
    for words in PICKED:
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    for _ in range(100):  # the kernel finds what was typed; hands are slower than these keys
        if case.locator(".clw-text").input_value().splitlines() == list(PICKED.values()):
            break
        page.wait_for_timeout(20)
    for _ in ("Add diagnosis", "Add service line", "the worksheet"):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+End")
    page.keyboard.type("\n".join(TYPED))
    wait_for_answer(notebook)
    case.get_by_text("Saved in the answer cell").wait_for()
    return case.locator(".clw-text").input_value()


def wait_for_answer(notebook: Path) -> None:
    """Wait until the file has the last line that was typed; the page saves a moment later."""
    for _ in range(100):
        with contextlib.suppress(json.JSONDecodeError):  # read while the server writes it
            cells = json.loads(notebook.read_text("utf-8"))["cells"]
            if any("".join(one["source"]).endswith(TYPED[-1]) for one in cells):
                return
        time.sleep(0.1)
    pytest.fail(f"{notebook} was not saved in ten seconds")


@pytest.fixture(scope="module")
def handed_in(trainee: Opened) -> HandedIn:
    page = trainee.page
    fetch(page)
    choose(page, "Run", "Run All Cells")
    written = code(page, trainee.lab.folder / UNIT / f"{UNIT}.ipynb")
    page.reload()
    wait_for_kernel(page, f"{UNIT}.ipynb")
    reloaded = ready(page).locator(".clw-text").input_value()
    submit(page)
    return HandedIn(trainee.lab, written, reloaded, trainee.lab.stop())


def test_keys_alone_fill_the_worksheet_and_a_reload_keeps_it(handed_in: HandedIn) -> None:
    variants = {one.case: one.variant for one in load_unit(UNIT).file.cases}
    assert variants[CASE] == VARIANT, "the worksheet of this test answers another variant"
    assert handed_in.written == WORKSHEET
    assert handed_in.reloaded == WORKSHEET


def test_graded_work_is_not_marked_in_the_trainees_lab(handed_in: HandedIn) -> None:
    said = handed_in.outputs(MARK)
    assert said.startswith("Nothing is coded yet. When it is: the key of ")


def test_one_ctrl_c_stops_the_lab_and_a_second_start_overwrites_nothing(
    handed_in: HandedIn, course: tuple[Path, Callable[[], str]]
) -> None:
    lines = handed_in.last_words.splitlines()
    assert lines[1:3] == [
        f"Open {handed_in.lab.url}",
        "It is ready in a few seconds. Ctrl+C stops it.",
    ]
    assert [line.partition("] ")[2] for line in lines[3:] if line] == ["Shutting down..."]
    folder, before = handed_in.lab.folder, handed_in.notebook.read_bytes()
    welcome = (folder / "welcome.ipynb").read_bytes()
    codinglab(
        "lab", "--course", str(folder), "--exchange", str(course[0] / "exchange"), "--no-start"
    )
    assert handed_in.notebook.read_bytes() == before
    assert (folder / "welcome.ipynb").read_bytes() == welcome


def test_what_was_handed_in_is_open_to_the_instructor_alone(
    handed_in: HandedIn, course: tuple[Path, Callable[[], str]]
) -> None:
    shared = course[0] / "exchange" / "codinglab"
    assert mode(shared / "outbound" / UNIT / f"{UNIT}.ipynb") == 0o644
    assert mode(shared / "inbound") & 0o044 == 0  # nobody lists what others have handed in
    private = handed_in.lab.folder / ".codinglab"
    cached = list((private / "exchange-cache" / "codinglab").glob(f"*+{UNIT}+*/{UNIT}.ipynb"))
    assert [one.read_bytes() for one in cached] == [handed_in.notebook.read_bytes()]
    assert mode(private) == 0o700


def test_the_mark_stands_in_the_formgrader(
    handed_in: HandedIn,
    course: tuple[Path, Callable[[], str]],
    start_lab: Callable[..., Lab],
    open_lab: Callable[[Lab], Opened],
) -> None:
    assert handed_in.written == WORKSHEET
    folder = course[0]
    collect = nbgrader(folder, COLLECT)  # goes on while the instructor's lab starts
    lab = start_lab(folder, "--role", "instructor")
    done(collect)
    result = codinglab("grade", UNIT, "--course", str(folder))
    marks = [(one["status"], one["score"], one["max_score"]) for one in result["trainees"]]
    assert marks == [("marked", SCORE, MAX_SCORE)]

    instructor = open_lab(lab)
    assert {"Formgrader", "Create assignment"} <= set(instructor.offered)
    choose(instructor.page, "Nbgrader", "Formgrader")
    grader = instructor.page.frame_locator("iframe")
    grader.get_by_role("link", name="Manual Grading").click()
    row = grader.get_by_role("row").filter(has_text=UNIT)
    row.get_by_text("10 / 30").wait_for()
    row.get_by_role("link", name=UNIT).click()
    grader.get_by_role("link", name=UNIT).last.click()
    grader.get_by_role("link", name="Submission #1").click()
    mark = grader.locator(f"input.score[id='{MARK}']")
    mark.wait_for()
    shown = {
        one.get_attribute("id"): one.get_attribute("placeholder")
        for one in grader.locator("input.score").all()
    }
    others = {f"{one.case}-mark": "0" for one in load_unit(UNIT).file.cases}
    assert shown == {**others, MARK: "10"}
    comment = grader.locator(f"[id='{ANSWER}-comment']").get_attribute("placeholder")
    assert comment.startswith("10 of 10 points.\n- line 1: J45.31: right, 3 of 3. [")
