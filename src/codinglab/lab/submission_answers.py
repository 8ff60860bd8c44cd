"""Which cell of a submission holds the answer to a case.

The rule, where several cells hold a worksheet for one case: the last filled one above the mark
cell counts, for it is what a run from top to bottom leaves to be marked. Only where none stands
above does one below count. Nothing that a trainee wrote is thrown away, and every such choice is
reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codinglab.core.findings import Finding, Severity
from codinglab.course.mark import answered
from codinglab.course.worksheet import first_line
from codinglab.lab.submission_notebook import Cell, grade_id, problem
from codinglab.lab.submission_source import Source, SourceCase


@dataclass(frozen=True, slots=True)
class Answer:
    """A trainee's worksheet for a case, without its first line.

    `cell` is the index of the cell it stands in, or None where there is no worksheet to mark.
    """

    case: SourceCase
    text: str
    cell: int | None


def find_answers(
    source: Source, cells: Sequence[Cell]
) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Return the answer to every case of `source`, and what was found odd on the way."""
    found = [_find(case, source, cells) for case in source.cases]
    problems = tuple(one for _, problems in found for one in problems)
    return tuple(answer for answer, _ in found), problems


def _split(cell: Cell) -> tuple[str, str]:
    """Return the first line that says something, and the rest."""
    lines = cell["source"].splitlines()
    while lines and not lines[0].strip():
        del lines[0]
    return (lines[0] if lines else ""), "\n".join(lines[1:])


def _find(
    case: SourceCase, source: Source, cells: Sequence[Cell]
) -> tuple[Answer, tuple[Finding, ...]]:
    problems = list(_first_lines(case, cells))
    written = list(_worksheets(case, source, cells))
    above = [one for one in written if (one.cell or 0) < _mark_at(case, cells)]
    if written and not above:
        place = _place(written[-1].cell or 0)
        message = f"the worksheet for {case.slug} stands below its mark cell."
        problems.append(problem("moved", place, message, "It was marked; nbgrader marks none."))
    choices = above or written
    if not choices:
        return Answer(case, "", None), (*problems, *_nothing(case, cells))
    chosen = _chosen(choices)
    if len(written) > 1:
        problems.append(_several(chosen, written))
    elif grade_id(cells[chosen.cell or 0]) != case.answer_id:
        place = _place(chosen.cell or 0)
        message = f"the answer cell of {case.slug} is gone, but this worksheet names the case."
        problems.append(problem("loose", place, message, "It was marked in its place."))
    return chosen, tuple(problems)


def _chosen(choices: Sequence[Answer]) -> Answer:
    """Return the last one in which anything is coded, or else the last."""
    if len(choices) == 1:
        return choices[0]
    filled = [one for one in choices if answered(one.text)]
    return (filled or choices)[-1]


def _worksheets(case: SourceCase, source: Source, cells: Sequence[Cell]) -> Iterator[Answer]:
    """Yield the cells that are wholly a worksheet for `case`, wherever they stand."""
    others = {other.answer_id for other in source.cases} - {case.answer_id}
    for index, cell in enumerate(cells):
        own = grade_id(cell) == case.answer_id
        if grade_id(cell) in others or not (own or cell["cell_type"] == "code"):
            continue
        line, body = _split(cell)
        if first_line(line) in {(case.slug, None), (case.slug, case.variant)}:
            yield Answer(case, body, index)


def _mark_at(case: SourceCase, cells: Sequence[Cell]) -> int:
    """Return the index of the mark cell, or the end where it is gone."""
    places = (n for n, cell in enumerate(cells) if grade_id(cell) == case.mark_id)
    return next(places, len(cells))


def _place(index: int) -> str:
    return f"cell {index + 1}"


def _first_lines(case: SourceCase, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Yield a finding for each answer cell whose first line does not wholly name the case."""
    for index, cell in enumerate(cells):
        line, _ = _split(cell)
        if grade_id(cell) != case.answer_id or first_line(line) == (case.slug, None):
            continue
        if first_line(line) == (case.slug, case.variant):
            continue
        named = first_line(line)
        asked = f"%%worksheet {case.slug}"
        if named and named[0] == case.slug:
            message = (
                f"it answers variant {named[1]} of {case.slug}; this class has {case.variant}."
            )
        else:
            message = f"its first line is {line[:80]!r}, not {asked!r}."
        remedy = "It was not marked. If this was a slip, correct the line and grade again."
        yield problem("first-line", _place(index), message, remedy, Severity.ERROR)


def _nothing(case: SourceCase, cells: Sequence[Cell]) -> Iterator[Finding]:
    if not any(grade_id(cell) == case.answer_id for cell in cells):
        message = f"the answer cell of {case.slug} is gone and no other cell names the case."
        remedy = "It earns 0; ask the trainee for the worksheet, or mark it by hand."
        yield problem("no-answer", "notebook", message, remedy, Severity.ERROR)


def _several(chosen: Answer, written: Sequence[Answer]) -> Finding:
    places = ", ".join(str((one.cell or 0) + 1) for one in written)
    same = len({" ".join(one.text.split()) for one in written}) == 1
    differ = "say the same" if same else "differ"
    message = f"cells {places} hold a worksheet for {chosen.case.slug} and {differ}."
    remedy = "The last filled one above the mark cell was marked; look at the others if in doubt."
    return problem("several", _place(chosen.cell or 0), message, remedy)
