"""A won appeal becomes a new remittance: the first decision reversed, and another made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment
from codinglab.claim.model import Frequency
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.adjudicate_duplicate import STEP as DUPLICATE
from codinglab.payer.adjudicate_finish import INTEREST
from codinglab.payer.contract import Contract
from codinglab.payer.decision import ClaimStatus, Decision, Refusal, Said
from codinglab.payer.members import Member
from codinglab.payer.state import PayerState
from codinglab.remit.model import RemitClaim, RemitLine
from codinglab.remit.recoup import reversal

_REPLACES: Frequency = "7"
_DENIED, _CONTRACTUAL = "4", "45"
_PROCESSED: ClaimStatus = "1"
STEP = "appeal"


class NotOverturned(ValueError):
    """The payer cannot decide again in this way; the message says why."""


@dataclass(frozen=True, slots=True)
class DecidedAgain:
    """The reversal of the first decision, the new one, and what the payer then remembers."""

    reversal: Decision
    decision: Decision
    state: PayerState

    @property
    def gained(self) -> Decimal:
        """Return what the payer pays more than before, in dollars."""
        return self.decision.paid + self.reversal.paid


def decide_again(  # noqa: PLR0913, PLR0917  what a payer knows of an appeal
    first: Decision,
    lines: Sequence[int],
    contract: Contract,
    member: Member | None,
    state: PayerState,
    day: date,
    why: str,
) -> DecidedAgain:
    """Return the payer's new decision after an appeal on `lines` of `first` was won.

    The claim goes through every step again as it came on its first day; only what had denied these
    lines is not asked again, so its price, the patient's share and the other lines come out by the
    contract. `state` is what the payer remembers now, the first decision included. Interest stays
    that of the first decision: this one is not late. Raises NotOverturned for a line that was not
    denied, and for a decision that is not on file or was taken back.
    """
    filed = state.numbered(first.number)
    if filed is None or filed.undone:
        raise NotOverturned(f"claim {first.number} is not on file, or was taken back before")
    waived = frozenset(_denied_by(first, one) for one in lines)
    if first.claim.frequency == _REPLACES and any(step == DUPLICATE for step, _ in waived):
        raise NotOverturned(
            f"what claim {first.number} corrects is not on file: send it as a new claim"
        )
    again = replace(first.claim, frequency=_REPLACES, original_reference=first.number)
    made, after = adjudicate(
        again, contract, member, state, first.received, decided=day, waived=waived
    )
    if isinstance(made, Refusal):
        raise NotOverturned(f"claim {first.number}: refused at the door: {made.why}")
    old = after.made[0]
    kept = (one for one in made.said if one.step != INTEREST)
    said = (Said(STEP, why), *kept, Said(STEP, "Interest stays as the first decision had it."))
    new = replace(made, claim=first.claim, said=said, interest=first.interest)
    return DecidedAgain(old, new, replace(after, made=(old, new)))


def _denied_by(first: Decision, number: int) -> tuple[str, int]:
    """Return the step that denied line `number` whole, and that number."""
    line = next((one for one in first.lines if one.line == number), None)
    if line is None:
        raise NotOverturned(f"claim {first.number} has no line {number}")
    for one in (*line.reasons, *first.reasons):
        if one.step and line.paid <= 0 and one.amount >= min(line.charge, first.claim.total):
            return one.step, number
    raise NotOverturned(f"claim {first.number}, line {number} was not denied")


def corrected(
    first: RemitClaim, changes: Mapping[int, Sequence[Adjustment]], number: str
) -> tuple[RemitClaim, RemitClaim]:
    """Return the reversal of a claim of a remittance, and the claim decided again.

    For who has only the 835. `changes` are all new adjustments of a line, by its number from 1;
    `number` is the payer's of the new decision. Raises NotOverturned for a line that is not there
    and for adjustments beyond its charge.
    """
    unknown = [one for one in changes if not 0 < one <= len(first.lines)]
    if unknown:
        raise NotOverturned(f"claim {first.account} has {len(first.lines)} lines, not {unknown[0]}")
    lines = tuple(
        _line(first, at, line, changes[at]) if at in changes else line
        for at, line in enumerate(first.lines, 1)
    )
    paid = _sum(one.paid for one in lines) - _sum(one.amount for one in first.adjustments)
    told = (each for line in lines for each in line.adjustments)
    share = _sum(one.amount for one in (*told, *first.adjustments) if one.group == "PR")
    new = replace(
        first,
        status=_PROCESSED if first.status == _DENIED else first.status,
        lines=lines,
        paid=paid,
        patient_share=share,
        number=number,
    )
    return reversal(first), new


def _line(
    first: RemitClaim, at: int, line: RemitLine, adjustments: Sequence[Adjustment]
) -> RemitLine:
    taken = _sum(one.amount for one in adjustments)
    if taken > line.charge:
        raise NotOverturned(
            f"claim {first.account}, line {at}: adjustments of {taken} exceed the charge of "
            f"{line.charge}"
        )
    units = line.billed_units if line.billed_units is not None else line.units
    return replace(
        line,
        paid=line.charge - taken,
        units=units,
        billed_units=None,
        adjustments=tuple(adjustments),
        remarks=(),
        allowed=line.charge - _sum(one.amount for one in adjustments if one.carc == _CONTRACTUAL),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
