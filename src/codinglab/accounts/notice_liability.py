"""Who owes a line by the notice of noncoverage (ABN) that its modifier tells of.

A notice says who bears a denial; a line that is paid is shared as ever. Source and words:
curriculum/accounts/patient/notices.yml. Only Original Medicare knows these notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from codinglab.accounts.patient_policy import NoticeRow, Notices, rules_on
from codinglab.accounts.record import Account
from codinglab.accounts.visit_flows import Owing
from codinglab.payer.decision import Decision, LineDecision

ORIGINAL = frozenset({"MA", "MB"})
"""Claim filing indicators of Original Medicare (X12 element 1032)."""

Who = Literal["patient", "provider", "both", "nobody"]


@dataclass(frozen=True, slots=True)
class Liability:
    """One line: whose what is not paid is, in dollars, and whether the notice agrees.

    `modifier` is the one that told of a notice, blank without one. `agrees` is False where the
    payer put a denial on the other side than the notice does: that is worth an appeal, or the
    patient is not to be billed. So it is for a denial as not necessary that is told as the
    patient's where no modifier tells of a notice.
    """

    line: int
    modifier: str
    owes: Who
    patient: Decimal
    provider: Decimal
    agrees: bool
    why: str
    source: str


def liabilities(decision: Decision) -> tuple[Liability, ...]:
    """Return whose each line of the decision is; the day of service chooses the rules.

    Raises NotInForce for a day without rules.
    """
    medicare = decision.claim.coverage.filing in ORIGINAL
    return tuple(_line(decision, one, medicare=medicare) for one in decision.lines)


def _line(decision: Decision, line: LineDecision, *, medicare: bool) -> Liability:
    day = decision.claim.lines[line.line - 1].first
    rules = rules_on("notices", Notices, day)
    modifier = next((one for one in line.modifiers if one in rules.modifiers), "")
    patient, denied = line.patient_share, not line.paid and _denied(line)
    provider = sum((one.amount for one in line.reasons if one.group in {"CO", "PI"}), Decimal(0))
    owes: Who = "nobody"
    if patient or provider:
        owes = "both" if patient and provider else "patient" if patient else "provider"
    row = rules.modifiers.get(modifier)
    if row is None and _is_about(rules.without, line):
        row = rules.without
    if not medicare or row is None:
        why = "no notice has a part in it: group PR is the patient's, CO the provider's"
        return Liability(line.line, "", owes, patient, provider, True, why, rules.source)
    denied = denied or _is_about(row, line)
    agrees = not denied or _agrees(row, line)
    why = row.why if denied else "it was not denied, so the notice changes nothing"
    return Liability(line.line, modifier, owes, patient, provider, agrees, why, row.source)


def _denied(line: LineDecision) -> bool:
    """Say whether one reason takes the whole charge."""
    return any(one.amount == line.charge for one in line.reasons)


def _agrees(row: NoticeRow, line: LineDecision) -> bool:
    """Say whether the denial, or the part of it that the notice is about, lies where it puts it."""
    groups = {
        one.group
        for one in line.reasons
        if (one.carc == row.about if row.about else one.amount == line.charge)
    }
    return not groups or ("PR" in groups) == (row.owes == "patient")


def _is_about(row: NoticeRow, line: LineDecision) -> bool:
    """Say whether the line was denied, whole or in part, for what the notice is about."""
    return any(one.carc == row.about for one in line.reasons)


def without_notice(account: Account, owing: Iterable[Owing]) -> Iterator[Owing]:
    """Yield what came to the patient though no notice is on file.

    That are denials as not necessary of Original Medicare, the first payer, of lines without a
    modifier that tells of a notice. Raises NotInForce for a day of service without rules.
    """
    if not account.filings or account.filings[0] not in ORIGINAL:
        return
    lines = {one.line: one for one in account.lines}
    for one in owing:
        line = lines.get(one.line) if one.line is not None else None
        if line is None or one.group != "PR":
            continue
        rules = rules_on("notices", Notices, line.day)
        if one.carc == rules.without.about and not rules.modifiers.keys() & {*line.modifiers}:
            yield one


def not_to_be_billed(account: Account, owing: Iterable[Owing], owed: Decimal) -> Decimal:
    """Return the dollars, of those `owed` by the books, that the patient may not be asked for."""
    found = sum((one.amount for one in without_notice(account, owing)), Decimal(0))
    return max(min(found, owed), Decimal(0))
