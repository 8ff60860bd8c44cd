"""Where an adjustment and a provider-level amount go in the books: code_sets/posting_rules.

The day of the remittance chooses the release. A denial is never written off by a rule: it stays
owed by the payer until somebody has worked it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from codinglab.accounts.journal import Kind, Ledger
from codinglab.claim.adjudicated import Adjustment
from codinglab.codes.billing import CARC
from codinglab.codes.release import CodeRow, Release, in_force, rows_on

To = Literal[
    "contractual",
    "sequestration",
    "patient",
    "next payer",
    "posted",
    "worked",
    "capitated",
]
"""`contractual` and `sequestration` end the claim on the money; `patient` moves it to the next
payer or the patient, `next payer` to the next payer alone; `posted` stands in the books already;
`worked` stays owed by the payer; `capitated` is contractual where the payer pays by the month."""

NAME = "posting_rules"
PATIENT = "patient"  # the class of a deductible, a coinsurance, a copayment in code_sets/carc


class Rule(CodeRow):
    """Where an adjustment goes; `when_paid` replaces `to` where part of the line was paid."""

    to: To
    when_paid: To | None = None
    source: str


class ProviderRule(CodeRow):
    """The ledger to which a reason of PLB belongs, and the kind of its entry."""

    ledger: Ledger
    kind: Kind
    source: str


class UnknownReason(LookupError):
    """A group or reason code that the lab's tables do not have."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force on one day."""

    rules: dict[str, Rule]
    provider: dict[str, ProviderRule]
    classes: dict[str, str]

    def rule(self, group: str, carc: str) -> Rule:
        """Return the most precise rule for an adjustment; raises UnknownReason."""
        kind = self.classes.get(carc)
        if kind is None:
            raise UnknownReason(f"reason code {carc} is not in this lab's table (code_sets/carc)")
        for key in (f"{group}-{carc}", f"{group}/{kind}", group):
            if key in self.rules:
                return self.rules[key]
        raise UnknownReason(f"no rule says what becomes of an adjustment of group {group}")

    def pays(self, paid: Decimal, adjustments: Iterable[Adjustment]) -> bool:
        """Say whether a line was paid by its price: by the payer, the patient, or both.

        Of a price that goes wholly to the deductible the payer pays nothing, and denies nothing.
        """
        shares = (
            one.amount
            for one in adjustments
            if one.group == "PR" and self.classes.get(one.carc) == PATIENT
        )
        return paid + sum(shares, Decimal(0)) > 0

    def to(self, group: str, carc: str, *, paid: bool, capitated: bool) -> To:
        """Return where an adjustment goes.

        `paid` says that the line was paid by its price (see `pays`), `capitated` that the payer
        pays by the month.
        """
        rule = self.rule(group, carc)
        found = rule.when_paid if paid and rule.when_paid else rule.to
        if found != "capitated":
            return found
        return "contractual" if capitated else "worked"


def rules_on(day: date) -> Rules:
    """Return the rules for a remittance made on `day`; raises NotInForce where a table has none."""
    return _rules(in_force(NAME, day), in_force(CARC.name, day), day)


@lru_cache(maxsize=64)
def _rules(own: Release, reasons: Release, day: date) -> Rules:
    return Rules(
        {one.code: one for one in rows_on(own, "rules.csv", Rule, day)},
        {one.code: one for one in rows_on(own, "provider.csv", ProviderRule, day)},
        {one.code: one.denial_class for one in rows_on(reasons, CARC.table, CARC.model, day)},
    )
