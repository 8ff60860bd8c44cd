"""The rows of the files that ICD-10-PCS is compiled from: ours, and those that a user imported."""

from __future__ import annotations

from typing import Any

from codinglab.codes.release import CodeRow, Release, rows


class SectionRow(CodeRow):
    """A section and what the characters of its codes stand for."""

    axis_2: str
    axis_3: str
    axis_4: str
    axis_5: str
    axis_6: str
    axis_7: str


class MeaningRow(CodeRow):
    """An operation (`code` is section and third character) or approach, said in our own words."""

    meaning: str


class NameRow(CodeRow):
    """What a value is called at a position of the codes that begin with `code`."""

    position: int
    value: str
    source: str


class SpanRow(CodeRow):
    """Days of a code that was not valid on all days; `successors` took its place."""

    successors: str = ""


class TitleRow(CodeRow):
    """A title that the list lacks, and the text that has it."""

    text: str
    title: str


def axes(names: Release) -> list[tuple[str, int, str]]:
    """Return (section, position, name of the axis)."""
    found = []
    for row in rows(names, "sections.csv", SectionRow):
        cells = row.model_dump()
        found.append((row.code, 1, "Section"))
        found += [(row.code, place, str(cells[f"axis_{place}"])) for place in range(2, 8)]
    return found


def _approaches(names: Release) -> list[tuple[int, str, str, str, str]]:
    sections = [s.code for s in rows(names, "sections.csv", SectionRow) if s.axis_5 == "Approach"]
    return [
        (5, row.code, section, row.label, row.meaning)
        for row in rows(names, "approaches.csv", MeaningRow)
        for section in sections
    ]


def values(names: Release) -> list[tuple[int, str, str, str, str]]:
    """Return (position, value, scope, name, meaning) of every character that has a name.

    The scope is the beginning of the codes of which it is true.
    """
    found = [(1, row.code, "", row.label, "") for row in rows(names, "sections.csv", SectionRow)]
    found += [
        (2, row.code[1], row.code[0], row.label, "")
        for row in rows(names, "body_systems.csv", CodeRow)
    ]
    found += [
        (3, row.code[1], row.code[0], row.label, row.meaning)
        for row in rows(names, "operations.csv", MeaningRow)
    ]
    found += [
        (row.position, row.value, row.code, row.label, "")
        for row in rows(names, "values.csv", NameRow)
    ]
    return found + _approaches(names)


def spans(dates: Release) -> list[tuple[str, str, str, str]]:
    """Return (code, first day, day after the last, successors) of codes with days of their own."""
    first = dates.info.effective_from
    return [
        (
            row.code,
            (row.effective_from or first).isoformat(),
            row.effective_to.isoformat() if row.effective_to else "",
            row.successors,
        )
        for row in rows(dates, "spans.csv", SpanRow)
    ]


def titles(dates: Release) -> list[tuple[str, str, str]]:
    """Return (code, title, text) of the codes that the list lacks."""
    return [(row.code, row.title, row.text) for row in rows(dates, "titles.csv", TitleRow)]


def _imported(release: Release, table: str) -> tuple[Any, ...]:
    from codinglab.codes.importers.kinds import kind  # only where something is there

    return rows(release, table, kind(release.info.set).tables[table])


def order_lines(order: Release) -> list[tuple[str, str]]:
    """Return (code, long title) of the codes of an imported order file, without its headings."""
    return [(row.code, row.title) for row in _imported(order, "codes.csv") if row.billable]


def table_values(tables: Release) -> list[tuple[int, str, str, str, str]]:
    """Return the names of an imported file of tables; those of a table are true in it alone."""
    return [
        (row.position, row.value, row.code[: min(row.position - 1, 3)], row.label, "")
        for row in _imported(tables, "values.csv")
        if row.position > 3  # noqa: PLR2004  sections, systems and operations are ours
    ]


def table_cells(tables: Release) -> list[tuple[str, int, int, str]]:
    """Return (table, row, position, value) of an imported file of tables."""
    return [
        (row.code, row.row, row.position, row.value)
        for row in _imported(tables, "values.csv")
        if row.row
    ]
