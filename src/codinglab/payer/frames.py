"""271 and 277 as data frames: a row for each benefit, refusal and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from codinglab.payer.benefit_words import benefit_says
from codinglab.payer.eligibility_reading import eligibility_answer
from codinglab.payer.status_reading import statuses
from codinglab.payer.status_words import stage, status_says
from codinglab.payer.told import EligibilityAnswer, ToldBenefit
from codinglab.payer.words import word
from codinglab.x12.loops import TransactionTree

if TYPE_CHECKING:
    import pandas as pd


ELIGIBILITY = (
    *("transaction", "payer", "level", "name", "member_id", "kind", "meaning", "services"),
    *("coverage_level", "network", "period", "amount", "share", "quantity", "unit"),
    *("authorization", "plan", "says"),
)


STATUS = (
    *("transaction", "of", "patient", "account", "payer_number", "service", "procedure"),
    *("category", "stage", "code", "entity", "day", "charge", "paid", "decided"),
    *("check", "check_day", "says"),
)


def eligibility_frame(trees: Iterable[TransactionTree]) -> pd.DataFrame:
    """Return the 271s as a data frame with the columns ELIGIBILITY, amounts as Decimal."""
    import pandas as pd

    found = [row for tree in trees for row in _benefits(eligibility_answer(tree))]
    return pd.DataFrame(found, columns=list(ELIGIBILITY))


def status_frame(trees: Iterable[TransactionTree], on: date) -> pd.DataFrame:
    """Return the 277s as a data frame with the columns STATUS, amounts as Decimal."""
    import pandas as pd

    found = [row for tree in trees for row in _statuses(tree, on)]
    return pd.DataFrame(found, columns=list(STATUS))


def _benefits(answer: EligibilityAnswer) -> Iterator[dict[str, Any]]:
    """Yield one row for each refusal and each benefit of a 271; unknown values are None."""
    for told in answer.told:
        about = {
            "transaction": answer.control,
            "payer": answer.payer,
            "level": told.level,
            "name": told.name,
            "member_id": told.member_id or None,
        }
        for one in told.refusals:
            yield about | {"kind": f"AAA {one.reason}", "meaning": word("refusal", one.reason)}
        for each in told.benefits:
            yield about | _row(each)


def _row(one: ToldBenefit) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "meaning": word("benefit", one.kind),
        "services": " ".join(one.services) or None,
        "coverage_level": one.level or None,
        "network": one.network or None,
        "period": one.period or None,
        "amount": one.amount,
        "share": one.share,
        "quantity": one.quantity,
        "unit": one.unit or None,
        "authorization": one.authorization or None,
        "plan": one.plan or None,
        "says": benefit_says(one),
    }


def _statuses(tree: TransactionTree, on: date) -> Iterator[dict[str, Any]]:
    """Yield one row for each status of a 277; unknown values are None."""
    for one in statuses(tree):
        numbers = dict(one.references)
        yield {
            "transaction": tree.control,
            "of": one.of,
            "patient": one.patient or None,
            "account": numbers.get("EJ"),
            "payer_number": numbers.get("1K"),
            "service": one.service or None,
            "procedure": one.procedure or None,
            "category": one.category,
            "stage": stage(one.category, on),
            "code": one.code,
            "entity": one.entity or None,
            "day": one.day or None,
            "charge": one.charge,
            "paid": one.paid,
            "decided": one.decided or None,
            "check": one.check or None,
            "check_day": one.check_day or None,
            "says": status_says(one, on),
        }
