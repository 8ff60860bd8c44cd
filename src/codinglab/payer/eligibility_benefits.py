"""The benefits of a member as EB segments of a 271."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from codinglab.payer.members import Benefit, Member
from codinglab.x12.syntax import Segment, amount

WHOLE_PLAN = "30"
_COVERED, _NOT_COVERED, _OTHER_PAYER, _LEFT = "1", "6", "R", "29"


def benefits(member: Member, day: date, services: Iterable[str]) -> Iterator[Segment]:
    """Yield what the payer says of `member` on `day` about the `services` that are asked for.

    Whoever asks about the plan as a whole (30) is told all, and so is who asks about a service
    that the plan has no word on; else the plan's own amounts and those of the services asked for.
    """
    plan = member.plan
    if not member.covered_on(day):
        yield ("EB", _NOT_COVERED, "", WHOLE_PLAN, plan.insurance, plan.name)
        return
    yield ("EB", _COVERED, "", WHOLE_PLAN, plan.insurance, plan.name)
    asked = set(services)
    if asked - {one.service for one in plan.benefits}:
        asked.add(WHOLE_PLAN)
    for one in plan.benefits:
        if WHOLE_PLAN in asked or one.service in asked | {WHOLE_PLAN}:
            yield from _benefit(one, one.period)
    for one in member.left:
        yield from _benefit(one, _LEFT)
    if (first := member.first_payer) is not None:
        yield ("EB", _OTHER_PAYER, "", WHOLE_PLAN)
        yield ("LS", "2120")
        yield ("NM1", "PRP", "2", first.name, "", "", "", "", "PI", first.payer_id)
        yield ("LE", "2120")


def _benefit(one: Benefit, period: str) -> Iterator[Segment]:
    yield (
        "EB",
        one.kind,
        one.level,
        one.service,
        *("", "", period),
        "" if one.amount is None else amount(one.amount),
        "" if one.share is None else amount(one.share),
        "" if one.visits is None else "VS",
        "" if one.visits is None else str(one.visits),
        "Y" if one.authorization else "",
        one.network,
    )
    if one.message:
        yield ("MSG", one.message)
