"""What is given on the command line of `codinglab denials`: evidence, earlier levels, amounts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import typer

if TYPE_CHECKING:
    from codinglab.accounts.appeal import Round
    from codinglab.accounts.appeal_evidence import Justification
    from codinglab.claim.adjudicated import Adjustment, Group

_NOBODY = "-"
"""Stands for the day of a request at a level that was reached without one."""


def justification(
    evidence: Path, chart: Path | None, receipt: Path | None, account: str
) -> Justification:
    """Return the evidence of a file, the sentences that it names, and what a 277CA proves.

    The 277CA must accept claim `account`. Raises BadData where it does not.
    """
    from codinglab.accounts.appeal_evidence import Justification, from_chart, receipts
    from codinglab.core.tables import BadData, read_text, read_yaml
    from codinglab.encounter.chart import BadChart, parse

    told = read_yaml(evidence, Justification)
    proof = receipts(receipt, account) if receipt else ()
    if receipt and not proof:
        raise BadData(f"{receipt}: no 277CA of it accepts claim {account}, so it proves nothing")
    told = told.model_copy(update={"evidence": (*proof, *told.evidence)})
    if not told.spans:
        return told
    if chart is None:
        raise BadData(f"{evidence}: it names sentences of a chart; give the chart with --chart")
    try:
        spans = from_chart(parse(read_text(chart), str(chart)), told.spans)
    except BadChart as error:
        raise BadData(str(error)) from None
    return told.model_copy(update={"evidence": (*spans, *told.evidence)})


def rounds(texts: list[str]) -> tuple[Round, ...]:
    """Return the levels decided before, written like "1 2026-05-01 upheld 2026-06-30".

    Behind it may stand "received 2026-07-02" and "number 1-234", in this order.
    """
    return tuple(_round(one) for one in texts)


def _round(text: str) -> Round:
    from codinglab.accounts.appeal import Outcome, Round

    outcomes = "|".join(one for one in get_args(Outcome) if one != "pending")
    shape = rf"(\d) (\S+) ({outcomes}) (\S+)(?: received (\S+))?(?: number (\S.*))?"
    told = re.fullmatch(shape, " ".join(text.split()))
    try:
        if told:
            level, filed, outcome, notice, received, number = told.groups()
            return Round(
                int(level),
                date.fromisoformat(filed) if filed != _NOBODY else None,
                cast("Outcome", outcome),
                date.fromisoformat(notice),
                date.fromisoformat(received) if received else None,
                number or "",
            )
    except ValueError:
        pass
    raise typer.BadParameter(
        f'{text!r}: write a round like "1 2026-05-01 upheld 2026-06-30" (level, asked on or '
        f'{_NOBODY} where nobody asked, outcome, decided on), then "received 2026-07-02" and '
        '"number 1-234" where they are known'
    )


def adjustments(text: str) -> tuple[Adjustment, ...]:
    """Return adjustments written like "CO 45 79.02, PR 2 24.20"."""
    from codinglab.claim.adjudicated import Adjustment

    found = []
    for one in filter(None, (part.strip() for part in text.split(","))):
        try:
            group, carc, amount = one.split()
            found.append(Adjustment(cast("Group", group), carc, Decimal(amount)))
        except (ValueError, ArithmeticError):
            raise typer.BadParameter(f"{one!r}: write an adjustment like CO 45 79.02") from None
    return tuple(found)
