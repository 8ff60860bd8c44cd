"""The claims and payments of a billing case's variant, made from its facts.

Both the documents of the record and the statements of the key come from here, so that no cent is
written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePosixPath

from codinglab.claim.build import build
from codinglab.claim.claim_file import ClaimFile
from codinglab.claim.model import Claim
from codinglab.core.findings import Severity
from codinglab.core.tables import BadData, check, parse_yaml
from codinglab.course.billing_file import DepositRow, PaymentRow, PaymentsFile
from codinglab.course.billing_pay import Books, paid
from codinglab.course.case import Case
from codinglab.course.template import rendered
from codinglab.course.worksheet import parse
from codinglab.remit.model import RemitClaim, Remittance


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment by its name, and the remittance that tells of it."""

    row: PaymentRow
    remittance: Remittance

    def claim(self, account: str) -> RemitClaim | None:
        """Return what it says of the account, the last where it says several things."""
        found = [one for one in self.remittance.claims if one.account == account]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class DepositLine:
    """One line of a deposit slip."""

    sender: str
    trace: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Made:
    """What a variant's billing is: claims by their template's name, payments, deposits, days."""

    claims: Mapping[str, Claim]
    payments: Mapping[str, Payment]
    deposits: Mapping[str, tuple[DepositRow, tuple[DepositLine, ...]]]
    acknowledged: date | None
    charged: date

    def claim_of(self, account: str) -> Claim | None:
        """Return the case's own claim of the account."""
        return next((one for one in self.claims.values() if one.account == account), None)

    def named(self, name: str) -> tuple[Payment, ...]:
        """Return the payment `name`, all of them where it is blank; raises BadData."""
        if not name:
            return tuple(self.payments.values())
        if name not in self.payments:
            raise BadData(f"no payment {name!r}; the case has {', '.join(self.payments) or 'none'}")
        return (self.payments[name],)


def made(case: Case, record: Mapping[str, object]) -> Made:
    """Return the billing of a variant with this `record`.

    Raises BadData naming the template and the field, and for a case without `billing`.
    """
    if case.file.billing is None:
        raise BadData(f"case {case.slug} has no billing; add it to case.yml (docs/cases.md)")
    texts = tuple(
        (name, rendered(text, dict(record), f"curriculum/cases/{case.slug}/{name}"))
        for name, text in case.billing
    )
    return _made(case.slug, case.day, case.file.billing.payments, texts)


@lru_cache(maxsize=1024)
def _made(slug: str, day: date, payments: str, texts: tuple[tuple[str, str], ...]) -> Made:
    claims: dict[str, Claim] = {}
    file = PaymentsFile()
    for name, text in texts:
        place = f"curriculum/cases/{slug}/{name}"
        if name == payments:
            file = check(PaymentsFile, parse_yaml(text, place), place)
        else:
            claims[PurePosixPath(name).stem] = _claim(text, place)
    place = f"curriculum/cases/{slug}/{payments}"
    found: dict[str, Payment] = {}
    books = Books(tuple(claims.values()))
    for row in file.payments:
        if row.name in found:
            raise BadData(f"{place}: payment {row.name} stands twice; rename one")
        before = [found[name].remittance for name in row.after if name in found]
        if len(before) != len(row.after):
            raise BadData(f"{place}: {row.name}: after: name payments that stand above it")
        found[row.name] = Payment(row, paid(row, books, before, f"{place}: {row.name}"))
    deposits = {one.name: (one, tuple(_lines(one, found, place))) for one in file.deposits}
    served = min((line.first for one in claims.values() for line in one.lines), default=day)
    return Made(claims, found, deposits, file.acknowledged, file.charged or served)


def _claim(text: str, place: str) -> Claim:
    file = check(ClaimFile, parse_yaml(text, place), place)
    sheet = parse(file.worksheet)
    built = build(file, sheet.coded)
    found = [*sheet.findings, *built.findings]
    wrong = [str(one) for one in found if one.severity is Severity.ERROR]
    if built.claim is None:
        raise BadData(f"{place}: no claim can be made of it: {'; '.join(wrong)}")
    return built.claim


def _lines(row: DepositRow, payments: Mapping[str, Payment], place: str) -> Iterable[DepositLine]:
    for line in row.lines:
        if line.payment is None:
            assert line.amount is not None
            yield DepositLine(line.sender, line.trace, line.amount)
            continue
        if line.payment not in payments:
            raise BadData(f"{place}: {row.name}: there is no payment {line.payment}")
        told = payments[line.payment].remittance
        amount = told.total if line.amount is None else line.amount
        yield DepositLine(line.sender or told.payer.name, line.trace or told.trace, amount)
