"""A stay reviewed: its MS-DRG, what the code editor says, its payment, what each code is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.codes.release import NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.course.review_money import NOTHING, AtRisk, Paid, Stake, Valuation, unpriced
from codinglab.course.review_terms import PricesRow
from codinglab.encounter.coded import CodedEncounter, Diagnosis, PcsProcedure
from codinglab.grouping.drg_what_if import Change, Outcome, code_changes, drop, what_if, with_poa
from codinglab.grouping.mce import MANUAL, mce
from codinglab.grouping.msdrg import group
from codinglab.grouping.msdrg_grouped import Grouped
from codinglab.grouping.stay import MissingFact, Stay, stay_of
from codinglab.pricing.inpatient_stay import pays, price_grouped

SYSTEM = "Medicare inpatient prospective payment"
WHOLE = "the stay"
_TURNED = {"Y": "N", "W": "N", "N": "Y", "U": "Y"}


@dataclass(frozen=True, slots=True)
class Inpatient:
    """A stay with its group and what the code editor finds; or `why` it could not be grouped.

    `worth` holds the stay as coded, and then each code left out and each indicator turned that
    makes another group of it.
    """

    stay: Stay | None = None
    grouped: Grouped | None = None
    editor: tuple[Finding, ...] = ()
    why: str = ""
    worth: tuple[Outcome, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the group with how it was found, and what changes it, as text."""
        if self.grouped is None:
            yield f"Not grouped: {self.why}"
            return
        yield from self.grouped.as_text().splitlines()
        if self.grouped.why_not:
            return
        yield "What if, one at a time (what a code is worth, never whether it is right)"
        yield from (f"  {one.as_text()}" for one in self.worth)
        if len(self.worth) == 1:
            yield "  no other code or indicator, left out or turned, changes the group"

    def as_json(self) -> dict[str, object]:
        """Return the group for JSON with what changes it, or why there is none."""
        return {
            "drg": self.grouped.as_json() if self.grouped else None,
            "why": self.why,
            "what_if": [one.as_json() for one in self.worth],
        }


def inpatient(coded: CodedEncounter, day: date, given: PricesRow) -> Inpatient:
    """Return the stay of `coded`, discharged on `day`, as grouper and code editor see it."""
    if given.reports_poa is None:
        return Inpatient(why="the file does not say prices: reports_poa")
    try:
        stay = stay_of(coded, day, reports_poa=given.reports_poa)
        grouped = group(stay)
        return Inpatient(stay, grouped, mce(stay), worth=_worth(stay, grouped, given))
    except (MissingFact, NotInForce) as error:
        return Inpatient(why=str(error))


def _worth(stay: Stay, grouped: Grouped, given: PricesRow) -> tuple[Outcome, ...]:
    first, *changed = what_if(stay, code_changes(stay), _pay(stay, grouped, given))
    return (first, *(one for one in changed if one.grouped.drg != first.grouped.drg))


def _pay(
    stay: Stay, grouped: Grouped, given: PricesRow
) -> Callable[[Stay, Grouped], Decimal] | None:
    """Return how a changed stay is priced, None where the stay as coded has no price."""
    if given.hospital is None:
        return None
    pay = pays(given.hospital, charges=given.charges, condition_codes=given.condition_codes)
    try:
        pay(stay, grouped)
    except (NotInForce, NotInTable):
        return None
    return pay


def value(one: Inpatient, given: PricesRow) -> Valuation:
    """Return what the stay pays at the hospital that is named, or why that is not known."""
    if one.stay is None or one.grouped is None:
        return Valuation(SYSTEM, why=f"not grouped: {one.why}")
    if one.grouped.why_not:
        return Valuation(SYSTEM, why=f"not grouped: {one.grouped.why_not}")
    if given.hospital is None:
        return Valuation(SYSTEM, why="the file does not say prices: hospital")
    code = f"MS-DRG {one.grouped.drg}"
    try:
        paid = price_grouped(
            one.stay,
            one.grouped,
            given.hospital,
            charges=given.charges,
            condition_codes=given.condition_codes,
        )
    except (NotInForce, NotInTable) as error:
        return Valuation(SYSTEM, (Paid(WHOLE, code, None, str(error)),))
    return Valuation(SYSTEM, (Paid(WHOLE, code, paid),))


def unsaid(editor: Iterable[Finding], said: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what the code editor finds and no edit of ours `said` already of the same code."""
    told = {(one.place, _edit(one)) for one in said if one.cite and one.cite.source == MANUAL}
    return tuple(one for one in editor if (one.place, _edit(one)) not in told)


def _edit(one: Finding) -> str:
    """Return the name of the code editor's edit on which a finding rests."""
    return one.cite.place.replace(" ", "-") if one.cite else ""


def by_stay(
    one: Inpatient, valued: Valuation, given: PricesRow, families: Mapping[str, str]
) -> Stake:
    """Return how findings on a stay put money at risk: by what the stay pays without the code.

    `families` names the family of each rule: what is wrong with an indicator is priced by turning
    it. A finding on the principal diagnosis or the claim puts the whole payment at risk, and so
    does an error of the code editor: the claim comes back.
    """

    def stake(finding: Finding) -> AtRisk:
        stay = one.stay
        turned = families.get(finding.id) == "present on admission"
        if finding.severity is Severity.NOTE and not turned:
            return NOTHING
        line = valued.lines[0] if valued.lines else Paid(WHOLE, "", None, valued.why)
        if stay is None or line.price is None:
            return unpriced(line.why)
        comes_back = finding.cite and finding.cite.source == MANUAL and _is_error(finding)
        if finding.place in _places(stay) and not comes_back:
            return _difference(stay, _change(stay, finding.place, turned=turned), given)
        return AtRisk(line.price.amount, "what the stay pays")

    return stake


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _places(stay: Stay) -> set[str]:
    others: tuple[Diagnosis | PcsProcedure, ...] = (*stay.diagnoses[1:], *stay.procedures)
    return {each.place for each in others}


def _change(stay: Stay, place: str, *, turned: bool) -> Change:
    poa = {each.place: each.poa or "" for each in stay.diagnoses}.get(place, "")
    if turned and poa in _TURNED:
        return with_poa(stay, place, _TURNED[poa])
    return drop(stay, place)


def _difference(stay: Stay, change: Change, given: PricesRow) -> AtRisk:
    hospital = str(given.hospital)
    pay = pays(hospital, charges=given.charges, condition_codes=given.condition_codes)
    coded, changed = what_if(stay, [change], pay)
    return _told(coded, changed)


def _told(coded: Outcome, changed: Outcome) -> AtRisk:
    """Return what the change would cost, or that it costs nothing."""
    more, before, after = changed.pay_difference, coded.grouped.drg, changed.grouped.drg
    groups = f"MS-DRG {after}, not {before} ({changed.what})"
    if more is None:
        return unpriced(f"{groups}, which has no weight here")
    if more > 0:
        return AtRisk(None, f"none: {groups} pays ${more:,.2f} more")
    if before == after:
        return AtRisk(-more, f"MS-DRG {before} all the same ({changed.what})")
    return AtRisk(-more, groups)
