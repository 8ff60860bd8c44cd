"""What a payer that is not Medicare pays as second or third payer, each amount with its arithmetic.

Five methods, of which a contract names one:

- "standard": the NAIC's model (Model 120 section 7). The plan's normal benefit, and never more
  than earlier payers left to be paid.
- "carve-out" (also called non-duplication): the normal benefit less what was paid before, so that
  the patient has no more than this plan alone would have given.
- "exclusion": the plan's deductible and coinsurance are taken from what is left of its allowed
  amount after the earlier payment.
  Plans call either of these two maintenance of benefits; the plan's document says which it means.
- "lesser of": Medicaid. No more than the patient's share, and no more than its own rate less what
  was paid before; the patient owes nothing.
- "supplement": the shares of Medicare's deductible and coinsurance that the policy names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from codinglab.payer.coordination_prior import Earlier
from codinglab.payer.coordination_tables import SupplementRow
from codinglab.payer.msp_payment import Secondary
from codinglab.pricing.price import Price, Step, cents

Method = Literal["standard", "carve-out", "exclusion", "lesser of"]
_ZERO = Decimal(0)
_NAIC = "NAIC Model 120 s. 7"
_CARVE_OUT = "the plan: carve-out"
_EXCLUSION = "the plan: exclusion"
_MEDICAID = "Social Security Act 1902(n)(2); 42 CFR 447.15"


@dataclass(frozen=True, slots=True)
class Own:
    """What this payer would do if it were first, in dollars.

    `benefit` is what it would pay of its `allowed` amount after `deductible`, `coinsurance` and
    `copayment`.
    """

    allowed: Decimal
    deductible: Decimal = _ZERO
    coinsurance: Decimal = _ZERO
    copayment: Decimal = _ZERO

    @property
    def benefit(self) -> Decimal:
        """Return its normal benefit."""
        return max(self.allowed - self.deductible - self.coinsurance - self.copayment, _ZERO)


def secondary(method: Method, own: Own, earlier: Earlier) -> Secondary:
    """Return what `method` pays after the `earlier` payers, and what the patient still owes.

    The patient never owes more than the earlier payers left open.
    """
    return _METHODS[method](own, earlier)


def _standard(own: Own, earlier: Earlier) -> Secondary:
    steps = (_benefit(own, _NAIC), _left(earlier, _NAIC))
    return _pays(own, earlier, steps, _NAIC)


def _carve_out(own: Own, earlier: Earlier) -> Secondary:
    less = _minus("normal benefit less what was paid before", own.benefit, earlier.paid, _CARVE_OUT)
    steps = (_benefit(own, _CARVE_OUT), less, _left(earlier, _CARVE_OUT))
    return _pays(own, earlier, steps, _CARVE_OUT, among=steps[1:])


def _exclusion(own: Own, earlier: Earlier) -> Secondary:
    source = _EXCLUSION
    rest = _minus("allowed amount less what was paid before", own.allowed, earlier.paid, source)
    after = _minus("less the deductible", rest.amount, own.deductible, source)
    base = own.allowed - own.deductible
    rate = own.coinsurance / base if base > 0 else _ZERO
    part = cents(after.amount * (1 - rate))
    paid = Step("less coinsurance", f"{after.amount:.2f} x {1 - rate:.4f}", part, source)
    last = _minus("less the copayment", part, own.copayment, source)
    return _pays(
        own, earlier, (rest, after, paid, last, _left(earlier, source)), source, among=(last,)
    )


def _lesser_of(own: Own, earlier: Earlier) -> Secondary:
    rest = _minus("own rate less what was paid before", own.allowed, earlier.paid, _MEDICAID)
    left = _left(earlier, _MEDICAID)
    amount = cents(min(rest.amount, left.amount))
    chosen = f"lesser of {left.amount:.2f} and {rest.amount:.2f}"
    pays = Price(amount, (left, rest, Step("payment", chosen, amount, _MEDICAID)))
    none = Step("owed by the patient", "payment in full was accepted", _ZERO, "42 CFR 447.15")
    return Secondary(pays, Price(_ZERO, (none,)), cents(own.deductible))


def supplement(row: SupplementRow, earlier: Earlier, *, hospital_stay: bool) -> Secondary:
    """Return what a Medicare supplement pays of the shares that Medicare left to the patient.

    `earlier` are Medicare's adjustments: CARC 1, 2 and 3 (a hospital's outpatient copayment).
    """
    part = row.hospital_deductible if hospital_stay else row.deductible
    deductible, coinsurance = earlier.share("1"), earlier.share("2") + earlier.share("3")
    steps = (
        _times("of Medicare's deductible", deductible, part, row.source),
        _times("of Medicare's coinsurance", coinsurance, row.coinsurance, row.source),
    )
    amount = cents(steps[0].amount + steps[1].amount)
    left = _minus("left open after this payment", earlier.open, amount, row.source)
    return Secondary(Price(amount, steps), Price(cents(left.amount), (left,)), _ZERO)


def _times(what: str, amount: Decimal, part: Decimal, source: str) -> Step:
    return Step(what, f"{amount:.2f} x {part}", cents(amount * part), source)


def _benefit(own: Own, source: str) -> Step:
    shares = " - ".join(
        f"{one:.2f}" for one in (own.deductible, own.coinsurance, own.copayment) if one
    )
    how = f"{own.allowed:.2f}" + (f" - {shares}" if shares else "")
    return Step("normal benefit", how, own.benefit, source)


def _left(earlier: Earlier, source: str) -> Step:
    what = "left to be paid after the earlier payers"
    return _minus(what, earlier.obliged, earlier.paid, source)


def _minus(what: str, much: Decimal, less: Decimal, source: str) -> Step:
    how = f"{much:.2f} - {less:.2f}" + (", not below 0" if much < less else "")
    return Step(what, how, max(much - less, _ZERO), source)


def _pays(
    own: Own,
    earlier: Earlier,
    steps: tuple[Step, ...],
    source: str,
    among: tuple[Step, ...] | None = None,
) -> Secondary:
    """Return the least of the amounts `among`, never above what is left to be paid."""
    amounts = [one.amount for one in (*(among or steps), steps[-1])]
    least = min(amounts)
    amount = cents(least)
    told = " and ".join(f"{one:.2f}" for one in dict.fromkeys(amounts))
    last = Step("payment", f"lesser of {told}", amount, source)
    owed = _minus("left open after this payment", earlier.open, amount, source)
    return Secondary(
        Price(amount, (*steps, last)), Price(cents(owed.amount), (owed,)), cents(own.deductible)
    )


_METHODS: dict[Method, Callable[[Own, Earlier], Secondary]] = {
    "standard": _standard,
    "carve-out": _carve_out,
    "exclusion": _exclusion,
    "lesser of": _lesser_of,
}
