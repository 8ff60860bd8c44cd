"""What a notebook prints and returns: nothing on standard error, and a float or nothing at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.core.tables import BadData
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.lab.desk import Desk
from codinglab.lab.magic import Names, _progress, plain

SLUG, NUMBER = "diabetes-kidney-follow-up", 8
RIGHT = "dx E11.22\ndx N18.31\ndx Z79.84\nline 99214 x1 dx A\nem mdm moderate/low/moderate\n"
Write = Callable[..., str]


class Room:
    """The names of a notebook, and the pages of HTML that they showed."""

    def __init__(self, folder: Path, slug: str = SLUG, number: int = NUMBER) -> None:
        self.pages: list[str] = []
        self.names = Names(Desk(folder), self.pages.append)
        self.names.case(slug, variant=number)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


Caught = pytest.CaptureFixture[str]


def test_a_right_worksheet_earns_all_its_points_as_a_builtin_float(room: Room) -> None:
    room.names.worksheet(SLUG, RIGHT)
    earned = room.names.mark(SLUG, points=10)
    assert type(earned) is float
    assert earned == 10.0


def test_points_are_the_share_of_the_score_in_hundredths(room: Room) -> None:
    room.names.worksheet(SLUG, RIGHT.replace("E11.22", "E11.9"))
    # 10 of 11.5 rubric points: 10 x 20/23 = 8.6956...
    assert room.names.mark(SLUG, points=10) == 8.7


def test_the_report_says_points_reasons_evidence_and_methods(room: Room) -> None:
    room.names.worksheet(SLUG, RIGHT.replace("E11.22", "E11.9"))
    room.names.mark(SLUG, points=10)
    (page,) = room.pages
    assert page.startswith("<p><strong>8.7 of 10 points</strong></p>")
    assert "Diabetes without complications leaves out the kidney disease" in page
    assert "<q>CKD stage 3a</q> (Progress note)" in page
    assert "<p>By the field's methods: " in page


def test_the_report_says_that_a_critical_item_is_wrong(room: Room) -> None:
    said = "<p><strong>Not passed: a critical item is wrong.</strong></p>"
    for text in ("dx N18.31\n", "dx E11.22\n"):
        room.names.worksheet(SLUG, text)
        room.names.mark(SLUG, points=10)
    assert [said in page for page in room.pages] == [True, False]


def test_the_report_escapes_what_a_trainee_wrote(room: Room) -> None:
    room.names.worksheet(SLUG, "dx <script>alert(1)</script>\n")
    room.names.mark(SLUG, points=10)
    (page,) = room.pages
    assert "<script" not in page.lower()
    assert "&lt;SCRIPT&gt;" in page


NOTHING = "<p><strong>0 of 10 points</strong></p><p>Nothing is coded in this worksheet.</p>"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "foo\n", "dx\n"])
def test_an_answer_with_nothing_coded_earns_zero_and_shows_no_answer(text: str, room: Room) -> None:
    room.names.worksheet(SLUG, text)
    earned = room.names.mark(SLUG, points=10)
    assert (type(earned), earned) == (float, 0.0)
    assert room.pages == [NOTHING]


def test_a_worksheet_that_was_never_written_earns_zero_too(room: Room) -> None:
    assert room.names.mark(SLUG, points=10) == 0.0
    assert room.pages == [NOTHING]


def test_a_worksheet_says_what_was_read_and_what_was_not(room: Room, capsys: Caught) -> None:
    room.names.worksheet(SLUG, "dx M17.11\nfoo\nline 99214 x1 dx A\n")
    said, failed = capsys.readouterr()
    assert said.splitlines() == [
        "Read: 1 diagnoses, 1 service lines.",
        (
            "  line 2: 'foo' does not begin with a word the worksheet knows. "
            "Begin with dx, pdx, line or em: for example 'line foo'."
        ),
    ]
    assert failed == ""


def test_a_wrong_first_line_is_told_and_nothing_is_kept(room: Room, capsys: Caught) -> None:
    room.names.worksheet(f"{SLUG} please", RIGHT)
    said, failed = capsys.readouterr()
    assert said.startswith(f"Not read: '%%worksheet {SLUG} please' must name one case")
    assert failed == ""
    assert room.names.mark(SLUG, points=10) == 0.0


def test_marking_a_case_that_is_not_open_is_an_error(room: Room) -> None:
    with pytest.raises(BadData, match="'other' is not open"):
        room.names.mark("other", points=10)


def test_nothing_at_all_is_written_to_standard_error(room: Room, capsys: Caught) -> None:
    room.names.worksheet(SLUG, "dx E11.2\nfoo\n\x00\nline 99214-XX x0 dx Z\nem time x\n")
    room.names.mark(SLUG, points=10)
    assert capsys.readouterr().err == ""


@pytest.fixture
def graded(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Return a notebook on a graded case in a trainee's lab, which has no key of it."""
    slug = write(use="graded")
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    return Room(tmp_path, slug, 1)


KNEE = "made-up-knee"
WITHHELD = "the key of made-up-knee is with your instructor, who marks this work"


def test_graded_work_is_checked_but_not_marked_here(graded: Room, capsys: Caught) -> None:
    graded.names.worksheet(KNEE, "dx M25.561\nline 99213 x1 dx A\n")
    capsys.readouterr()
    assert graded.names.mark(KNEE, points=10) is None
    assert capsys.readouterr() == (
        f"Readable, and every code is valid.\nNot marked here: {WITHHELD}.\n",
        "",
    )
    assert graded.pages == []


def test_graded_work_with_faults_is_told_what_to_look_at(graded: Room, capsys: Caught) -> None:
    graded.names.worksheet(KNEE, "dx M25.56\n")
    capsys.readouterr()
    assert graded.names.mark(KNEE, points=10) is None
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "To look at again:"
    assert lines[1].startswith("  line 1: M25.56 (Pain in knee) is a header and not billable")
    assert lines[2] == f"Not marked here: {WITHHELD}."


def test_empty_graded_work_is_told_from_readable_work(graded: Room, capsys: Caught) -> None:
    assert graded.names.mark(KNEE, points=10) is None
    assert capsys.readouterr() == (f"Nothing is coded yet. When it is: {WITHHELD}.\n", "")


def test_graded_work_is_marked_where_the_key_is_and_the_page_keeps_the_answer(
    write: Write, tmp_path: Path
) -> None:
    slug = write(use="graded")
    room = Room(tmp_path, slug, 1)
    right = worksheet(reference(slug, 1))
    code = right.splitlines()[0].removeprefix("dx ")
    room.names.worksheet(slug, right.replace(code, "M25.551"))
    earned = room.names.mark(slug, points=10)
    assert type(earned) is float
    (page,) = room.pages
    assert "M25.551" in page
    assert code not in page
    room.names.worksheet(slug, right)
    assert room.names.mark(slug, points=10) == 10.0


def test_a_page_is_plain_text_where_html_is_not_shown() -> None:
    page = "<p><b>8 of 10</b></p><table><tr><td>a &lt; b</td><td>c</td></tr></table><p>end</p>"
    assert plain(page) == "8 of 10\na < b | c | \nend"


def test_a_users_error_stays_an_error_but_shows_no_traceback(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    cells = ["%load_ext codinglab", 'mark("no-such-case", points=10)']
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    NotebookClient(book, allow_errors=True, resources={"metadata": {"path": tmp_path}}).execute()
    (said,) = book.cells[1].outputs
    assert (said.output_type, said.ename) == ("error", "BadData")
    (line,) = said.traceback
    assert line.startswith("codinglab: the case 'no-such-case' is not open in this notebook;")


def test_the_first_preparing_is_shown_in_the_cell_and_never_on_standard_error(
    capsys: Caught,
) -> None:
    _progress("Preparing ICD-10-PCS, once: codes and titles 0 %")
    _progress("")
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out == (
        "\r" + "Preparing ICD-10-PCS, once: codes and titles 0 %".ljust(72) + "\r" + " " * 72 + "\r"
    )


BILLER = "post OV1207.1 paid 77.00 CO-45 53.00 PR-3 35.00\nbill OV1207 patient 1\ndx I10\n"


def test_a_billers_cell_says_how_many_statements_were_read(tmp_path: Path, capsys: Caught) -> None:
    room = Room(tmp_path, "posting-office-payment", 8)
    room.names.worksheet("posting-office-payment", BILLER)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Read: 2 statements."
    assert "I10: this case asks a biller's work" in said[1]
    room.names.worksheet("posting-office-payment", "sum a 3.00\n")
    assert capsys.readouterr().out == "Read: 1 statement.\n"


def test_a_billers_report_names_each_thing_in_words(tmp_path: Path) -> None:
    room = Room(tmp_path, "posting-office-payment", 8)
    room.names.worksheet("posting-office-payment", BILLER)
    room.names.mark("posting-office-payment", points=10)
    said = plain(room.pages[0])
    for name in ("posting of OV1207.1", "posting of OV1207.3", "bill for OV1207"):
        assert said.count(f"| {name} |") == 1
    assert "amount: 42.67, not 1.00." in said


def test_graded_work_of_a_biller_is_readable_or_not_written_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Caught
) -> None:
    monkeypatch.setenv(GRADERS_VARIABLE, "")
    room = Room(tmp_path, "posting-medicare-payment", 8)
    assert room.names.mark("posting-medicare-payment", points=10) is None
    assert capsys.readouterr().out.startswith("Nothing is written yet. When it is: ")
    room.names.worksheet("posting-medicare-payment", "bill FP1310 TRN04 3\n")
    capsys.readouterr()
    assert room.names.mark("posting-medicare-payment", points=10) is None
    assert capsys.readouterr().out.startswith("Readable, as far as it goes.\n")
