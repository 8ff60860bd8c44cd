"""Who did which part of a service: the modifiers that leave a share of the amount.

Source: Medicare Claims Processing Manual, chapter 12, sections 40.1 to 40.9 and 20.4.3; Social
Security Act 1848(i)(2)(B).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from codinglab.pricing.physician_lines import Item, Outcome
from codinglab.pricing.physician_modifiers import final_shares, nothing_paid
from codinglab.pricing.physician_schedule import Schedule

BilledBy = Literal["physician", "nonphysician practitioner"]
PHYSICIAN_ASSISTANTS, OTHER_ASSISTANT, SOCIAL_WORKER = ("80", "81", "82"), "AS", "AJ"
_MANUAL = "Medicare Claims Processing Manual, chapter 12, section "
_PERMITTED, _WITH_DOCUMENTS = "2", {"assistant": "0", "co_surgeons": "1", "team": "1"}
_GLOBAL_CARE = frozenset({"010", "090"})


@dataclass(frozen=True, slots=True)
class Share:
    """A factor of the amount: what it is, its value, its source, and what must be noted."""

    what: str
    value: Decimal
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """The line has no price by the schedule, or pays nothing: the outcome, and why."""

    outcome: Outcome
    why: str


def shares(item: Item, schedule: Schedule, billed_by: BilledBy) -> tuple[Share, ...] | Refused:
    """Return the factors of `item` by its modifiers and by who bills, or why it has no price."""
    found: list[Share] = []
    for rule in _BY_MODIFIER if item.line.modifiers else ():
        told = rule(item, schedule)
        if isinstance(told, Refused):
            return told
        if told is not None:
            found.append(told)
    # Who has a share by a modifier of their own has no other reduction for being no physician.
    own = item.has(OTHER_ASSISTANT, SOCIAL_WORKER)
    if billed_by == "nonphysician practitioner" and not own:
        row = schedule.factor("nonphysician")
        found.append(Share("nonphysician practitioner", row.value, row.source))
    found += [
        Share(f"{one.code}, {one.label}", one.value, one.source)
        for one in final_shares(item.line, item.row, schedule)
    ]
    return tuple(found)


def _nothing(item: Item, schedule: Schedule) -> Refused | None:
    why = nothing_paid(item.line, schedule)
    return Refused("nothing", why) if why else None


def _by_report(item: Item, _: Schedule) -> Refused | None:
    code = item.row.code
    if item.has("66"):
        if item.row.team in {"0", "9"}:
            return Refused("nothing", f"a team is not paid for {code} (indicator {item.row.team})")
        return Refused("by report", f"{code}-66: a team's shares are set from the record")
    if item.has("52"):
        return Refused("by report", f"{code}-52: the contractor reduces the amount by the record")
    if item.has("53") and item.row.modifier != "53":
        return Refused("by report", f"{code}-53: the contractor prices what was done")
    return None


def _care(item: Item, _: Schedule) -> Share | Refused | None:
    """Return the part of a global package by 54, 55 and 56.

    Medicare's percentages are of the whole package. The care before an operation is paid with
    the operation (54), so that 56 has no payment of its own.
    """
    row = item.row
    wanted = next((one for one in ("54", "55", "56") if item.has(one)), None)
    if wanted is None:
        return None
    if row.global_days not in _GLOBAL_CARE:
        why = f"{row.code}-{wanted}: a global period of {row.global_days} has no care to divide"
        return Refused("unknown", why)
    if wanted == "56":
        why = f"{row.code}-56: Medicare pays the care before surgery with the surgery (54)"
        return Refused("nothing", why)
    source = f"{_MANUAL}40.4; {row.source}"
    if wanted == "54":
        said = f"surgery without the care after it: {row.preoperative} + {row.intraoperative}"
        return Share(said, row.preoperative + row.intraoperative, source)
    note = "modifier 55: the whole care after surgery; practitioners who share it divide by days"
    return Share("care after surgery alone", row.postoperative, source, note)


def _return(item: Item, _: Schedule) -> Share | None:
    """Return the part that an unplanned return to the operating room pays (78).

    A procedure without days after it is paid in full; each side stands on a line of its own.
    """
    row = item.row
    if not item.has("78") or row.global_days not in _GLOBAL_CARE:
        return None
    what = "return to the operating room: the operation itself"
    return Share(what, row.intraoperative, f"{_MANUAL}40.4; {row.source}")


def _allowed(item: Item, indicator: str, name: str, who: str) -> str | Refused:
    """Return what must be noted where `indicator` allows `who`, or why it pays nothing."""
    if indicator == _PERMITTED:
        return ""
    if indicator == _WITH_DOCUMENTS[name]:
        return f"{who} for {item.row.code}: paid only if the record shows the need"
    why = f"{who} is not paid for {item.row.code} (indicator {indicator}, {item.row.source})"
    return Refused("nothing", why)


def _surgeons(item: Item, schedule: Schedule) -> Share | Refused | None:
    if not item.has("62"):
        return None
    told = _allowed(item, item.row.co_surgeons, "co_surgeons", "a second surgeon (62)")
    if isinstance(told, Refused):
        return told
    row = schedule.factor("co_surgeon")
    return Share("each of two surgeons", row.value, row.source, told)


def _assistant(item: Item, schedule: Schedule) -> Share | Refused | None:
    if not item.has(*PHYSICIAN_ASSISTANTS, OTHER_ASSISTANT):
        return None
    told = _allowed(item, item.row.assistant, "assistant", "an assistant at surgery")
    if isinstance(told, Refused):
        return told
    row, other = schedule.factor("assistant"), schedule.factor("nonphysician")
    if item.has(OTHER_ASSISTANT):
        source = f"{row.source}; {other.source}"
        what = f"assistant who is not a physician: {other.value} x {row.value}"
        return Share(what, other.value * row.value, source, told)
    return Share("assistant at surgery", row.value, row.source, told)


# What modifiers alone decide, so that a line without any is not asked.
_BY_MODIFIER = (_nothing, _by_report, _care, _return, _surgeons, _assistant)
