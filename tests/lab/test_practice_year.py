"""The panel of a practice's year: made once, kept, looked at, and answered."""

from datetime import date
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest

from codinglab.accounts.practice_answers import Answer, read_answers
from codinglab.accounts.practice_run import make
from codinglab.core.places import DATA_VARIABLE
from codinglab.core.tables import BadData
from codinglab.lab import practice_making
from codinglab.lab.practice_boards import BOARDS, PracticeBoards
from codinglab.lab.practice_looking import DENIED, Looking
from codinglab.lab.practice_making import kept_file
from codinglab.lab.practice_year import practice_year, ways_of_paying


@pytest.fixture(scope="module")
def short_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two months of the practice: February has its first planted problem that shows."""
    file = tmp_path_factory.mktemp("year") / "short.db"
    make(file, 7, months=2)
    return file


@pytest.fixture
def kept(short_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the panel finds a year, with a short one in its place."""
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    file = kept_file("harbor", 7)
    file.parent.mkdir(parents=True)
    file.write_bytes(short_year.read_bytes())
    return file


def _all(view: Any) -> list[Any]:
    below = [each for one in getattr(view, "children", ()) for each in _all(one)]
    return [view, *below]


def _of(view: Any, kind: type) -> list[Any]:
    return [one for one in _all(view) if isinstance(one, kind)]


def _named(view: Any, words: str) -> Any:
    (found,) = [
        one
        for one in _of(view, (w.Button, w.Dropdown))  # type: ignore[arg-type]
        if one.description == words
    ]
    return found


def _judged(view: Any) -> str:
    return str(_of(view, w.HTML)[-1].value)


def test_a_year_that_is_not_there_has_a_button_that_makes_it_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short_year: Path
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))

    def quick(into: Path, seed: int, **said: Any) -> None:
        assert seed == 7
        said["progress"](date(2026, 12, 31))
        into.write_bytes(short_year.read_bytes())

    monkeypatch.setattr(practice_making, "make", quick)
    panel = practice_year(seed=7)
    with pytest.raises(BadData, match="the year is not there yet; press the button"):
        panel.board("Denials by cause")
    bar = _of(panel.view, w.IntProgress)[0]
    _named(panel.view, "Simulate the year").click()
    assert bar.value == bar.max == 12 * 31
    assert panel.file == kept_file("harbor", 7)
    assert panel.board("Denials by cause").title == "Denials by cause"
    assert not _of(panel.view, w.IntProgress)


def test_a_run_that_is_stopped_keeps_nothing_and_can_begin_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))

    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(practice_making, "make", stopped)
    panel = practice_year(seed=7)
    button = _named(panel.view, "Simulate the year")
    button.click()
    assert _judged(panel.view).startswith("Stopped; nothing was kept.")
    assert not panel.file.exists()
    assert not button.disabled


def test_another_seed_or_other_problems_are_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    other.write_text("practice: harbor\nproblems: []\n", encoding="utf-8")
    assert len({kept_file("harbor", 7), kept_file("harbor", 8), kept_file("harbor", 7, other)}) == 3


def test_answers_are_kept_judged_and_removed(kept: Path) -> None:
    panel = practice_year(seed=7)
    for name, words in (
        ("Problem", "claims lie unsent"),
        ("Payer", "TRN02, Riverbend HMO"),
        ("Since", "February 2026"),
    ):
        _named(panel.view, name).label = words
    for _ in range(2):  # the same answer stands once
        _named(panel.view, "Add this answer").click()
    again = practice_year(seed=7)  # the notebook is opened anew
    assert [one.value for one in _of(again.view, w.Label)] == [
        "claims lie unsent (TRN02), since February 2026"
    ]
    _named(again.view, "Check my answers").click()
    assert _judged(again.view) == (
        "Found: 1 of 7 problems.<br>right: claims lie unsent (TRN02), since February 2026"
    )
    _named(again.view, "Show what was planted").click()
    assert "found: claims lie unsent (TRN02), since February 2026" in _judged(again.view)
    assert "missed: a modifier is left off (Castillo), since March 2026" in _judged(again.view)
    _named(again.view, "Remove").click()
    assert not _of(again.view, w.Label)
    assert not _of(practice_year(seed=7).view, w.Label)
    assert kept.with_suffix(".answers.json").is_file()


def test_the_answers_about_a_year_of_an_instructor_are_handed_in(
    short_year: Path, tmp_path: Path
) -> None:
    books = tmp_path / "year.db"
    books.write_bytes(short_year.read_bytes())
    panel = practice_year(books=books)
    _named(panel.view, "Add this answer").click()
    words = {one.description for one in _of(panel.view, w.Button)}
    assert words == {"Add this answer", "Remove"}  # nobody here knows what was planted
    handed_in = books.with_suffix(".answers.json")
    assert _judged(panel.view) == f"What you answer is kept in {handed_in}: hand that file in."
    assert read_answers(handed_in, "harbor").answers == (
        Answer(kind="underpaid", since=date(2026, 1, 15)),
    )
    mine = tmp_path / "mine.yml"
    mine.write_text("practice: harbor\nproblems: []\n", encoding="utf-8")
    known = practice_year(books=books, planted=mine)
    _named(known.view, "Check my answers").click()
    assert _judged(known.view).startswith("Found: 0 of 0 problems.<br>not there: a payer pays less")


@pytest.mark.parametrize("given", [{}, {"seed": 7, "books": "year.db"}])
def test_a_seed_or_books_are_given_and_not_both(given: dict[str, Any]) -> None:
    with pytest.raises(BadData, match="give a seed, to simulate a year, or books"):
        practice_year(**given)
    with pytest.raises(BadData, match=r"moon\.db: there is no such file"):
        practice_year(books="moon.db")


def test_every_board_of_the_choice_is_drawn(short_year: Path) -> None:
    looking = Looking(PracticeBoards(short_year))
    for name in BOARDS:
        looking.what.value = name
        assert _judged(looking.view).count("<img ") == 2, name
        assert looking.by.layout.display == "none"
    looking.what.value, looking.cause.value, looking.by.value = DENIED, "authorization", "code"
    assert "Lines denied for authorization by code" in _judged(looking.view)
    assert looking.by.layout.display == "flex"


def test_denied_lines_add_up_however_they_are_parted(short_year: Path) -> None:
    boards = PracticeBoards(short_year)
    whole = boards.denied_lines("", "payer").table.drop(columns="month").to_numpy().sum()
    parts = [
        boards.denied_lines(cause, "provider").table.drop(columns="month").to_numpy().sum()
        for cause in boards.causes()
    ]
    assert sum(parts) == whole
    with pytest.raises(ValueError, match="by 'moon': choose of payer, provider"):
        boards.denied_lines("", "moon")


def test_a_board_that_there_is_not_is_named(kept: Path) -> None:
    assert kept.is_file()
    with pytest.raises(BadData, match="no board 'moon'; choose of Denials by cause"):
        practice_year(seed=7).board("moon")


def test_ways_of_paying_are_shown_on_the_labs_own_panel() -> None:
    # 38.50 x 21,000 x 1.08 x 0.9 + 50,960 - 937,300 is below 0: capitation leaves a loss
    table = ways_of_paying().table.set_index("model")
    assert table.loc["capitation", "left"] == pytest.approx(-100478.00)
