"""How a front end answers each claim: accepted or rejected, by category, code and entity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codinglab.claim.model import Claim
from codinglab.claim.scrub_catalog import CLAIM_EDITS
from codinglab.claim.scrub_report import Scrub, ScrubbedClaim, ScrubReport
from codinglab.claim.scrub_rule import StatusAnswer

ACCEPTED = StatusAnswer("A2", "20")
"""Accepted into adjudication: payment is not decided, but the claim has been received."""

FORMAT = StatusAnswer("A7", "481")
_IN_A_LINE = "247"
_NO_ENTITY = ""
_ENTITIES = {
    "the billing provider": "85",
    "the rendering provider": "82",
    "the referring provider": "DN",
    "the ordering provider": "DK",
    "the supervising provider": "DQ",
    "the purchased service provider": "QB",
    "the attending provider": "71",
    "the operating provider": "72",
    "the other operating provider": "73",
    "the facility": "77",
    "the pay-to address": "87",
    "the insured": "IL",
    "the patient": "QC",
}
"""Entity codes of the 277CA by the place of a finding, the longest beginning first."""

_BY_WIRE = {name: rule.answer for rule in CLAIM_EDITS for name in rule.wire}


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """Why a line is rejected: its number from 1, and at most three statuses."""

    line: int
    statuses: tuple[StatusAnswer, ...]


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What a front end says of one claim.

    `statuses` of an accepted claim are ACCEPTED alone; of a rejected one they say why, and `lines`
    say why of single lines. `number` is the payer's own of an accepted claim, blank for a rejected
    one, which the payer never took. `last_day` is the last one to file it, None where the lab does
    not know.
    """

    claim: Claim
    statuses: tuple[StatusAnswer, ...]
    lines: tuple[LineAnswer, ...] = ()
    number: str = ""
    last_day: date | None = None

    @property
    def accepted(self) -> bool:
        """Say whether the claim was taken."""
        return self.statuses == (ACCEPTED,)


def answers(report: ScrubReport, first: int = 1) -> tuple[ClaimAnswer, ...]:
    """Return the answer to each claim of `report`, in its order.

    Accepted claims get numbers of the day and a count from `first`.
    """
    made = []
    for one in report.claims:
        answer = _answer(one, f"{report.day:%y%j}{first:07}")
        first += answer.accepted
        made.append(answer)
    return tuple(made)


def _answer(one: ScrubbedClaim, number: str) -> ClaimAnswer:
    if not one.is_rejected:
        return ClaimAnswer(one.claim, (ACCEPTED,), (), number, one.last_day)
    of_claim: list[StatusAnswer] = []
    of_lines: dict[int, list[StatusAnswer]] = {}
    for found in one.findings:
        if found.rejects:
            line = _line(found)
            known = 0 < line <= len(one.claim.lines)
            (of_lines.setdefault(line, []) if known else of_claim).append(_status(found))
    lines = tuple(
        LineAnswer(line, tuple(dict.fromkeys(said))[:3]) for line, said in sorted(of_lines.items())
    )
    if lines and not of_claim:
        of_claim.append(StatusAnswer(lines[0].statuses[0].category, _IN_A_LINE))
    return ClaimAnswer(one.claim, tuple(dict.fromkeys(of_claim)), lines, "", one.last_day)


def _line(found: Scrub) -> int:
    """Return the number of the line that a finding is about, also of a provider of it; else 0."""
    _, mark, number = found.finding.place.rpartition("line ")
    return int(number) if mark and number.isdecimal() else 0


def _status(found: Scrub) -> StatusAnswer:
    said = found.answer or _BY_WIRE.get(found.finding.id) or FORMAT
    return StatusAnswer(said.category, said.code, _entity(found.finding.place, said.entity))


def _entity(place: str, told: str) -> str:
    """Return the entity that `place` names, or else the one that the rule told."""
    found = sorted((one for one in _ENTITIES if place.startswith(one)), key=len)
    return _ENTITIES[found[-1]] if found and told != _NO_ENTITY else told


def rejected(all_answers: tuple[ClaimAnswer, ...]) -> Iterator[ClaimAnswer]:
    """Yield the answers that reject."""
    return (one for one in all_answers if not one.accepted)
