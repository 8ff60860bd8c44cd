"""A review as lines of text, in the order in which a coder works through the worksheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from codinglab.course import review_grid
from codinglab.course.review import EncounterReview, Judged, line_number
from codinglab.course.review_money import Paid, Valuation


def as_text(one: EncounterReview) -> str:
    """Return the whole review: findings line by line, group, expected payment, what is not told."""
    parts = [
        [headline(one)],
        *(list(part) for part in _findings(one)),
        list(grid_lines(one)),
        list(group_lines(one)),
        list(risk_lines(one)),
        list(_expected(one.valued)),
        list(_not_judged(one)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def headline(one: EncounterReview) -> str:
    """Return what was reviewed and how much was found, in one line."""
    about = one.coded.circumstances
    counts = [_count(number, name) for name, number in one.counts.items() if number]
    found = ", ".join(counts) or "nothing found"
    refused = sum(bool(each.refused) for each in one.not_judged)
    short = f"; {_count(refused, 'edit')} not judged: no table for the day" if refused else ""
    return f"{one.day}, {about.setting} claim, {about.payer}: {found}{short}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def written(one: EncounterReview, place: str) -> str:
    """Return the line of the worksheet at `place` as it was written, blank for another place."""
    lines = one.text.splitlines()
    number = place.removeprefix("line ")
    if not number.isdigit() or int(number) > len(lines):
        return ""
    return " ".join(lines[int(number) - 1].split())


def _findings(one: EncounterReview) -> Iterator[Iterator[str]]:
    for _, group in groupby(one.findings, key=lambda each: line_number(each.finding)):
        judged = list(group)
        yield _line(one, judged)


def _line(one: EncounterReview, judged: list[Judged]) -> Iterator[str]:
    place = judged[0].finding.place
    said = written(one, place)
    yield f"{place}: {said}" if said else place
    for each in judged:
        finding = each.finding
        yield f"  {finding.severity.value.upper()} {finding.id}: {finding.message}"
        yield f"    Do: {finding.remedy}"
        yield f"    Source: {each.source}"
        yield f"    At risk: {each.at_risk}"


def group_lines(one: EncounterReview) -> Iterator[str]:
    """Yield how the claim is grouped and which code did what, or why it is not grouped."""
    if one.stay:
        yield from one.stay.lines()
    each = one.outpatient
    if each and each.grouped:
        yield from each.grouped.as_text().splitlines()
    elif each:
        yield f"Not grouped: {each.why}"


def grid_lines(one: EncounterReview) -> Iterator[str]:
    """Yield the worked level of the visit, where its pieces were told."""
    if one.visit:
        yield from review_grid.lines(one.visit)


def risk_lines(one: EncounterReview) -> Iterator[str]:
    """Yield the score of risk adjustment, where it was asked for."""
    if one.risk:
        yield from one.risk.lines()


def _expected(valued: Valuation) -> Iterator[str]:
    if not valued.system:
        yield f"Not priced: {valued.why}"
        return
    yield f"Expected payment ({valued.system})"
    if valued.why:
        yield f"  not priced: {valued.why}"
    for one in valued.lines:
        yield from _paid(one)
    if valued.total is not None and len(valued.lines) > 1:
        yield f"  total of what is priced: {valued.total:,.2f}"
    for note in dict.fromkeys(note for one in valued.lines for note in one.notes):
        yield f"  Note: {note}"


def _paid(one: Paid) -> Iterator[str]:
    if one.price is None:
        yield f"  {one.place}, {one.code}: not priced: {one.why}"
        return
    yield f"  {one.place}, {one.code}: {one.price.amount:,.2f}{f' ({one.why})' if one.why else ''}"
    for step in one.price.steps:
        yield f"    {step}"


def _not_judged(one: EncounterReview) -> Iterator[str]:
    if one.not_judged:
        yield "Not judged, for want of"
    for tell, ids in one.untold.items():
        yield f"  {' and '.join(tell)}: {', '.join(ids)}"
