"""What a CMS-1500 has room for once, and what it cannot say of a professional claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.form_choices import cell_of, values_of
from codinglab.claim.form_cms1500_people import medicare
from codinglab.claim.form_layout import layout
from codinglab.claim.form_page import typed
from codinglab.claim.form_text import person_first_last as named
from codinglab.claim.model import Claim, Line
from codinglab.claim.parties import Provider
from codinglab.core.findings import Finding, Severity
from codinglab.encounter.coded import POINTER_LETTERS

ACCIDENT = "439"
"""The qualifier of item 15 for the day of an accident."""


def other_days(claim: Claim, day: date) -> list[tuple[str, date]]:
    """Return what item 15 may hold, the first of it first: qualifier and day."""
    told = [(ACCIDENT, claim.accident.day)]
    told += [
        (cell_of("other_date", name, day), getattr(claim.dates, name))
        for name in values_of("other_date", day)
    ]
    return [(qualifier, one) for qualifier, one in told if one]


def authorizations(claim: Claim, day: date) -> list[tuple[str, str]]:
    """Return what item 23 may hold, the first of them first: what it is, and the number."""
    pick_up = claim.ambulance.pick_up.zip_code if claim.ambulance and medicare(claim, day) else ""
    found = (
        ("the prior authorization", claim.authorization),
        ("the referral", claim.referral),
        ("the CLIA number", claim.clia),
        ("the ZIP code of the pick-up", pick_up),
    )
    return [(what, typed(number)) for what, number in found if number]


def referrers(claim: Claim, lines: tuple[Line, ...]) -> list[tuple[str, Provider]]:
    """Return who referred, ordered or supervised, in the order in which item 17 prefers them."""
    told = [*claim.providers, *(pair for line in lines for pair in line.providers)]
    wanted = ("referring", "ordering", "supervising")
    return list(dict.fromkeys((role, one) for want in wanted for role, one in told if role == want))


def not_said(claim: Claim, day: date) -> Iterator[Finding]:
    """Yield what the claim says and the paper has no room for."""
    room = len(POINTER_LETTERS)
    if len(claim.diagnoses) > room:
        yield _left(
            "too_many_diagnoses",
            "21",
            day,
            f"the claim has {len(claim.diagnoses)} diagnoses and the form has room for {room}.",
            "Split the claim, so that each part has the diagnoses of its lines.",
            Severity.ERROR,
        )
    yield from _once(claim, day)
    yield from _one_referrer(claim, day)
    if medicare(claim, day) and any(len(line.pointers) > 1 for line in claim.lines):
        yield _left(
            "one_pointer",
            "24E",
            day,
            "on paper Medicare takes one letter a line: the first pointer stands there.",
            "Nothing needs to be done; the 837 carries up to four.",
            Severity.NOTE,
        )
    if claim.accepts == "B":
        yield _left(
            "laboratory_assignment",
            "27",
            day,
            "paper cannot say that assignment is accepted for laboratory services only.",
            "Send the laboratory services on a claim of their own; box 27 says yes here.",
        )


def _left(  # noqa: PLR0913, PLR0917  a finding's parts
    name: str,
    box: str,
    day: date,
    message: str,
    remedy: str,
    how: Severity = Severity.WARNING,
) -> Finding:
    cite = layout("cms1500", day).cite(box)
    return Finding(f"form.{name}", f"box {box}", message, remedy, how, cite)


def _once(claim: Claim, day: date) -> Iterator[Finding]:
    """Yield which numbers and days are left out of boxes that hold one."""
    numbers = authorizations(claim, day)
    if len(numbers) > 1:
        left = " and ".join(what for what, _ in numbers[1:])
        yield _left(
            "one_authorization",
            "23",
            day,
            f"box 23 holds one number: {numbers[0][0]} stands there, {left} is left out.",
            "Put services with different numbers on claims of their own.",
        )
    days = other_days(claim, day)
    if len(days) > 1:
        left = " and ".join(f"{one} ({qualifier})" for qualifier, one in days[1:])
        yield _left(
            "one_day",
            "15",
            day,
            f"box 15 holds one day: {days[0][1]} ({days[0][0]}) stands there, {left} is left out.",
            "Send the 837, which carries each of them.",
        )


def _one_referrer(claim: Claim, day: date) -> Iterator[Finding]:
    size = layout("cms1500", day).rows
    for at in range(0, len(claim.lines), size):
        asked = referrers(claim, claim.lines[at : at + size])
        if len(asked) > 1:
            left = ", ".join(f"{named(one.name)} ({role})" for role, one in asked[1:])
            yield _left(
                "one_referrer",
                "17",
                day,
                f"box 17 holds one name: {named(asked[0][1].name)} ({asked[0][0]}) stands there, "
                f"{left} is left out.",
                "Put services that others ordered on claims of their own.",
            )
