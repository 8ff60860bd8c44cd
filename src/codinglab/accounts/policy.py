"""The practice's own rules on its accounts, as dated data: curriculum/accounts/policy.yml."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, RootModel

from codinglab.accounts.journal import Ledger
from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, check, parse_yaml, read_text

Side = Literal["patient", "insurance"]
Deed = Literal["write off", "refund"]
ANY = "any"


class WriteOffRow(Row):
    """Why money may be given up: `of` which receivable, and on which ledger it stands then.

    `most` is how many dollars may be open there at most, where the reason is for little ones.
    `asks_rights` says that somebody must tell what became of the right to appeal.
    """

    ledger: Ledger
    of: tuple[Side, ...] = Field(min_length=1)
    meaning: str
    asks_rights: bool = False
    most: Decimal | None = Field(default=None, gt=0)


class Policy(Row):
    """The rules from `effective_from` on, until the next ones.

    `aging` holds the upper ends of the buckets in days, `deposit_days` are working days, `roles`
    say how many dollars of one account may be given up or given back in all.
    """

    effective_from: date
    source: str
    aging: tuple[int, ...] = Field(min_length=1)
    deposit_days: int = Field(ge=0)
    deposit_source: str
    write_offs: dict[str, WriteOffRow]
    roles: dict[str, dict[Deed, Decimal | Literal["any"]]]

    def may(self, role: str, deed: Deed, amount: Decimal) -> str:
        """Return why somebody of `role` may not do this with `amount` dollars, blank if he may."""
        limits = self.roles.get(role)
        if limits is None:
            return f"{role!r} is no role of this practice; its roles are {', '.join(self.roles)}"
        limit = limits.get(deed)
        if not _reaches(limit, amount):
            may = [name for name, own in self.roles.items() if _reaches(own.get(deed), amount)]
            who = " or ".join(may) or "nobody"
            return f"a {role} may {deed} {limit or 0} at most, not {amount}; ask: {who}"
        return ""


def _reaches(limit: Decimal | str | None, amount: Decimal) -> bool:
    return limit == ANY or (isinstance(limit, Decimal) and amount <= limit)


class _Policies(RootModel[tuple[Policy, ...]]):
    """The file: a list of policies."""


@lru_cache(maxsize=4)
def policies(path: Path | None = None) -> Dated[Policy]:
    """Return the practice's rules by their days; raises BadData naming file and field."""
    file = path or data_folder("curriculum") / "accounts" / "policy.yml"
    rows = check(_Policies, parse_yaml(read_text(file), str(file)), str(file)).root
    ordered = sorted(rows, key=lambda one: one.effective_from)
    ends = [one.effective_from for one in ordered[1:]]
    try:
        return Dated.of(
            "the practice's account policy",
            (
                (Span(one.effective_from, end), one)
                for one, end in zip(ordered, [*ends, None], strict=True)
            ),
        )
    except ValueError as error:
        raise BadData(f"{file}: {error}; give each policy a day of its own") from None


def policy_on(day: date) -> Policy:
    """Return the rules in force on `day`; raises NotInForce before the first."""
    return policies().at(day)
