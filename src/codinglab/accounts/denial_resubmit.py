"""A mended claim as it goes again: all lines with frequency 7, or only those not processed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_action import route_of
from codinglab.accounts.denial_changes import changes
from codinglab.accounts.denial_rules import CorrectionRoute
from codinglab.claim.model import Claim, Frequency, Line
from codinglab.claim.split_prior import divided
from codinglab.core.findings import Finding

_CLAIM = "the claim"


@dataclass(frozen=True, slots=True)
class Resubmission:
    """What is sent: the `claim` (None for a reopening, which is asked for and not billed).

    `lines` are the places (from 1) of its lines in the claim that was sent first. `findings` say
    what stands against sending it.
    """

    route: CorrectionRoute
    claim: Claim | None
    lines: tuple[int, ...]
    findings: tuple[Finding, ...]


def claim_line(denial: Denial, claim: Claim) -> int | None:
    """Return the number of the denied line in `claim`: by control number, else by code and day.

    None for a denial of the claim as a whole, and where no line, or more than one, fits.
    """
    if denial.line is None:
        return None
    if denial.control:
        same = [at for at, one in enumerate(claim.lines, 1) if one.control_number == denial.control]
        if len(same) == 1:
            return same[0]
    found = [at for at, one in enumerate(claim.lines, 1) if _is_same(denial, one)]
    return denial.line if denial.line in found else found[0] if len(found) == 1 else None


def _is_same(denial: Denial, line: Line) -> bool:
    return (line.code or line.revenue_code) == denial.code and line.first == denial.first


def answered(
    denials: Sequence[Denial], sent: Claim, mended: Claim, route: CorrectionRoute
) -> tuple[Claim, tuple[int, ...]]:
    """Return the part of `sent` that `mended` has, and the places (from 1) of its lines in `sent`.

    That is the whole claim; except that a new claim may be given with only the lines denied.
    """
    every = tuple(range(1, len(sent.lines) + 1))
    places = sorted({at for one in denials if (at := claim_line(one, sent)) is not None})
    is_part = route.lines == "denied" and len(mended.lines) == len(places) < len(every)
    if not is_part or any(one.line is None for one in denials):
        return sent, every
    return replace(sent, lines=tuple(sent.lines[at - 1] for at in places)), tuple(places)


def resubmit(denials: Sequence[Denial], sent: Claim, mended: Claim) -> Resubmission:
    """Return how `mended` goes to the payer that denied lines of `sent`.

    `mended` has the lines of `sent` in their order, with what was wrong put right; where only the
    denied lines go, it may be those alone. Denials of
    one claim that go by different routes are refused: raises ValueError, as it does without any
    denial or for one of another account. Raises BadData for a payer without a route.
    """
    if not denials or {one.account for one in denials} != {sent.account}:
        raise ValueError(f"give the denials of claim {sent.account}, at least one")
    routes = {one.route: one for one in map(route_of, denials)}
    if len(routes) > 1:
        raise ValueError(f"these go by different ways ({', '.join(routes)}): send them apart")
    (route,) = routes.values()
    findings = tuple(_findings(denials, sent, mended, route))
    if not route.frequency:
        return Resubmission(route, None, (), findings)
    if route.lines == "all":
        number = next((one.number for one in denials if one.number), "")
        claim = replace(
            mended,
            frequency=cast("Frequency", route.frequency),
            original_reference=number,
        )
        return Resubmission(route, claim, tuple(range(1, len(mended.lines) + 1)), findings)
    return _only(denials, sent, mended, route, findings)


def _only(
    denials: Sequence[Denial],
    sent: Claim,
    mended: Claim,
    route: CorrectionRoute,
    findings: tuple[Finding, ...],
) -> Resubmission:
    """Return a new claim with the lines that were not processed."""
    part, mine = answered(denials, sent, mended, route)
    if part is not sent:
        again = _part(mended, route, tuple(range(1, len(mended.lines) + 1)))
        return Resubmission(route, again, mine, findings)
    every = tuple(range(1, len(mended.lines) + 1))
    if all(one.source == "277CA" for one in denials):
        return Resubmission(route, mended, every, findings)
    places = [claim_line(one, sent) for one in denials]
    kept = every if None in places else tuple(at for at in every if at in places)
    parts = (kept, tuple(at for at in every if at not in kept))
    claims = tuple(_part(mended, route, part) for part in parts if part)
    claims, undivided = divided(
        mended, claims, [tuple(at - 1 for at in part) for part in parts if part]
    )
    return Resubmission(route, claims[0], kept, (*findings, *undivided))


def _part(mended: Claim, route: CorrectionRoute, places: tuple[int, ...]) -> Claim:
    return replace(
        mended,
        lines=tuple(mended.lines[at - 1] for at in places),
        frequency=cast("Frequency", route.frequency),
        original_reference="",
    )


def _same_again(denials: Sequence[Denial]) -> str:
    """Return what happens to a claim that goes again as it was."""
    if all(one.source == "277CA" for one in denials):
        return "The same claim again is rejected again: mend what the 277CA names."
    return "The same claim again is denied as a duplicate (18): correct it, or appeal."


def _findings(
    denials: Sequence[Denial], sent: Claim, mended: Claim, route: CorrectionRoute
) -> Iterator[Finding]:
    part, _ = answered(denials, sent, mended, route)
    if not changes(part, mended):
        yield Finding(
            "denial.unchanged",
            _CLAIM,
            "Nothing was mended.",
            _same_again(denials),
        )
    if len(mended.lines) != len(part.lines):
        yield Finding(
            "denial.lines",
            _CLAIM,
            f"It has {len(mended.lines)} lines, and {len(sent.lines)} were sent.",
            "Give every line, in the order in which it was sent: what a replacement leaves out is "
            "taken back with its payment.",
        )
    if route.lines == "all" and route.frequency and not any(one.number for one in denials):
        yield Finding(
            "denial.no-number",
            _CLAIM,
            "The payer's number of the original is not known.",
            "Take it from the remittance (CLP07); without it the claim is a duplicate.",
        )
    for one in denials:
        if one.line is not None and claim_line(one, sent) is None:
            yield Finding(
                "denial.line-unknown",
                one.place,
                f"No line of the claim, or more than one, has {one.code} on {one.first}.",
                "Find the line by hand; give lines control numbers, which remittances return.",
            )
