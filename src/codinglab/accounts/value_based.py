"""Fee for service against value-based payment, on the same panel, step by step.

Every way of paying is worked out as a price is: steps with their arithmetic and source, so that a
reader can do the sum again. The services are the same under each; what differs is who pays how
much for them, and what one visit more brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.value_based_file import (
    Band,
    Capitation,
    Model,
    Panel,
    Quality,
    SharedSavings,
    contract_terms,
    shared_savings_terms,
)
from codinglab.core.tables import BadData
from codinglab.pricing.price import Price, Step, cents

_ZERO = Decimal(0)
VISITS = "visits"


@dataclass(frozen=True, slots=True)
class Compared:
    """One way of paying on the panel, dollars a year.

    `income` has its steps; `cost` is that of the services, of the practice and of managing care.
    `one_visit` is what one visit more brings, less what it costs.
    """

    model: Model
    income: Price
    cost: Decimal
    one_visit: Decimal

    @property
    def left(self) -> Decimal:
        """Return what is left of the income after the cost."""
        return self.income.amount - self.cost


def _price(steps: list[Step]) -> Price:
    return Price(sum((cents(one.amount) for one in steps if one.what in _SUMMED), _ZERO), (*steps,))


_SERVICES, _SAVINGS = "services paid each", "the practice's part"
_MONTHLY, _WITHHELD, _BONUS = "monthly amounts", "withheld", "quality bonus"
_SUMMED = frozenset({_SERVICES, _SAVINGS, _MONTHLY, _WITHHELD, _BONUS})


def _services(panel: Panel, without: tuple[str, ...] = ()) -> Step:
    """Return what is paid for the services, those of `without` left out."""
    paid = [one for one in panel.services if one.what not in without]
    how = " + ".join(f"{one.count:,} {one.what} x {one.allowed}" for one in paid)
    amount = sum((one.count * one.allowed for one in paid), _ZERO)
    return Step(_SERVICES, how or "none", amount, f"the panel: {panel.source}")


def fee_for_service(panel: Panel) -> Price:
    """Return the income where every service is paid by the schedule."""
    return _price([_services(panel)])


def minimum_savings_rate(terms: SharedSavings, beneficiaries: int) -> tuple[Decimal, str]:
    """Return the minimum savings rate, rounded to four places, and its arithmetic.

    Raises BadData for fewer beneficiaries than the program takes.
    """
    if beneficiaries < terms.fewest:
        raise BadData(
            f"{beneficiaries:,} beneficiaries: the program takes organizations from "
            f"{terms.fewest:,} on ({terms.fewest_source})"
        )
    band = next(one for one in reversed(terms.minimum) if one.first <= beneficiaries)
    return _within(band, beneficiaries)


def _within(band: Band, beneficiaries: int) -> tuple[Decimal, str]:
    if band.last is None:
        return band.at_first, f"{band.first:,} and more: {band.at_first}"
    part = f"({beneficiaries:,} - {band.first:,}) / ({band.last:,} - {band.first:,})"
    fall = band.at_first - band.at_last
    rate = band.at_first - fall * (beneficiaries - band.first) / (band.last - band.first)
    how = f"{band.at_first} - ({band.at_first} - {band.at_last}) x {part}"
    return rate.quantize(Decimal("0.0001")), how


def shared_savings(panel: Panel, terms: SharedSavings) -> Price:
    """Return fee for service and the practice's part of the savings that Medicare shares.

    Savings below the minimum rate are not shared; from it on they are from the first dollar. Who
    meets the quality performance standard gets the whole sharing rate, who meets the alternative
    one alone gets it times the quality score, and others get nothing (42 CFR 425.605(d)(1)). Raises
    BadData for an organization that is too small.
    """
    return _price([_services(panel), *_savings(panel, terms)])


def _savings(panel: Panel, terms: SharedSavings) -> Iterator[Step]:
    one = panel.organization
    benchmark = one.benchmark * one.person_years
    saved = (one.benchmark - one.expenditure) * one.person_years
    rate, how = minimum_savings_rate(terms, one.beneficiaries)
    least = benchmark * rate
    yield Step("benchmark", f"{one.benchmark} x {one.person_years}", benchmark, panel.source)
    told = f"({one.benchmark} - {one.expenditure}) x {one.person_years}"
    yield Step("savings", told, saved, "42 CFR 425.605(a)")
    yield Step("minimum savings rate", how, rate, terms.minimum_source)
    yield Step("least savings", f"{benchmark:,.2f} x {rate}", least, terms.minimum_source)
    if saved <= 0 or saved < least:
        why = f"{saved:,.2f} is below {least:,.2f}: nothing is shared, and nothing is owed"
        yield Step(_SAVINGS, why, _ZERO, terms.source)
        return
    if one.standard == "missed":
        why = "the quality performance standard was missed, and the alternative one too"
        yield Step(_SAVINGS, why, _ZERO, terms.sharing_source)
        return
    final = terms.sharing_rate if one.quality is None else terms.sharing_rate * one.quality
    share = saved * final
    scaled = "the quality standard is met: all of it"
    told = scaled if one.quality is None else f"{terms.sharing_rate} x {one.quality}"
    yield Step("final sharing rate", told, final, terms.sharing_source)
    yield Step("shared savings", f"{saved:,.2f} x {final}", share, terms.sharing_source)
    limit = benchmark * terms.cap
    yield Step("limit", f"{benchmark:,.2f} x {terms.cap}", limit, terms.cap_source)
    paid = min(share, limit)
    yield Step(
        _SAVINGS,
        f"{paid:,.2f} x {one.practice_share}",
        cents(paid * one.practice_share),
        one.share_source,
    )


def capitation(panel: Panel, terms: Capitation, quality: Quality) -> Price:
    """Return the monthly amounts by risk, less what is withheld, and the services beside them.

    What is withheld is paid where every quality goal is met.
    """
    each = terms.per_member_month
    amount = cents(each * panel.member_months * panel.risk_score)
    how = f"{each} x {panel.member_months:,} member months x {panel.risk_score}"
    steps = [_services(panel, terms.covers), Step(_MONTHLY, how, amount, terms.source)]
    kept = amount * terms.withhold
    met, told = _met(panel, quality)
    if len(met) == len(quality.measures):
        steps.append(Step(_WITHHELD, f"paid: {told}", _ZERO, terms.withhold_source))
    else:
        why = f"-{amount:,.2f} x {terms.withhold}, since not every goal is met: {told}"
        steps.append(Step(_WITHHELD, why, -kept, terms.withhold_source))
    return _price(steps)


def _met(panel: Panel, quality: Quality) -> tuple[list[str], str]:
    """Return the measures met, and all of them in words; raises BadData where a result lacks."""
    met, told = [], []
    for one in quality.measures:
        result = panel.results.get(one.id)
        if result is None:
            raise BadData(f"{panel.name}: results: no result of {one.id!r}; add it")
        if one.met(result):
            met.append(one.id)
        sign = "at least" if one.better == "higher" else "at most"
        word = "met" if one.met(result) else "missed"
        told.append(f"{one.id} {result}, goal {sign} {one.goal}: {word}")
    return met, "; ".join(told)


def quality_bonus(panel: Panel, terms: Quality) -> Price:
    """Return fee for service and the bonus for each quality goal that is met."""
    met, told = _met(panel, terms)
    rate, how = terms.each * len(met), f"{terms.each} x {len(met)} goals met"
    if len(met) == len(terms.measures):
        rate, how = rate + terms.all_met, f"{how} + {terms.all_met} for all"
    steps = [
        _services(panel),
        Step("goals", told, Decimal(len(met)), terms.source),
        Step("rate of a member month", how, rate, terms.source),
        Step(_BONUS, f"{rate} x {panel.member_months:,}", rate * panel.member_months, terms.source),
    ]
    return _price(steps)


def compare(panel: Panel) -> tuple[Compared, ...]:
    """Return each way of paying on the panel, by the terms of the first day of its year.

    Raises NotInForce for a year without terms.
    """
    day = date(panel.year, 1, 1)
    savings, contracts = shared_savings_terms().at(day), contract_terms().at(day)
    visit = next((one for one in panel.services if one.what == VISITS), None)
    if visit is None:
        raise BadData(f"{panel.name}: services: none is named {VISITS!r}; add it")
    covered = VISITS in contracts.capitation.covers
    gain = visit.allowed - visit.cost
    incomes: dict[Model, tuple[Price, Decimal]] = {
        "fee for service": (fee_for_service(panel), gain),
        "shared savings": (
            shared_savings(panel, savings),
            cents(gain - visit.allowed * savings.visit_paid * _given_back(panel, savings)),
        ),
        "capitation": (
            capitation(panel, contracts.capitation, contracts.quality),
            -visit.cost if covered else gain,
        ),
        "quality bonus": (quality_bonus(panel, contracts.quality), gain),
    }
    return tuple(
        Compared(model, income, _cost(panel, model), one_visit)
        for model, (income, one_visit) in incomes.items()
    )


def _given_back(panel: Panel, terms: SharedSavings) -> Decimal:
    """Return which part of a dollar more of Medicare's money the practice loses in savings."""
    steps = {one.what: one.amount for one in _savings(panel, terms)}
    if not steps[_SAVINGS] or steps["shared savings"] > steps["limit"]:
        return _ZERO
    return steps["final sharing rate"] * panel.organization.practice_share


def _cost(panel: Panel, model: Model) -> Decimal:
    services = sum((one.count * one.cost for one in panel.services), _ZERO)
    managing = panel.care_management.get(model)
    if managing is None:
        raise BadData(f"{panel.name}: care_management: say what it costs under {model!r}")
    return services + panel.fixed_cost + managing
