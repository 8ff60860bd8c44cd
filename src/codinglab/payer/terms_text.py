"""A contract in plain words, as a biller would read it: what is paid, refused, and left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from codinglab.payer.contract import Contract, ContractTerms
from codinglab.payer.contract_parts import (
    Denial,
    OwnEdit,
    Policy,
    PriceRule,
    Rule,
    Selector,
    Sharing,
    StopLoss,
)
from codinglab.payer.quirks import QUIRKS
from codinglab.payer.words import word

_SELECTED = {
    "settings": "setting",
    "plans": "plan",
    "codes": "code",
    "kinds": "kind",
    "places": "place",
    "revenue": "revenue code from",
    "drgs": "DRG",
    "modifiers": "modifier",
}


def terms_sections(contract: Contract, day: date) -> dict[str, list[str]]:
    """Return the terms of `day` as sentences under headings, each with its source.

    A heading without a sentence is left out. Raises NotInForce, naming the days known.
    """
    terms = contract.on(day)
    made = {
        "Filing": _filing(contract, terms),
        "Prices, the first that knows the service": map(_price, terms.prices),
        "Stop loss": [] if terms.stop_loss is None else [_stop_loss(terms.stop_loss)],
        "To be authorized before": map(_authorized, terms.authorizations),
        "Referral": [] if terms.referral_free is None else [_referral(terms.referral_free)],
        "Not covered": map(_refused, terms.exclusions),
        "Limits": [
            f"{one.name}: no more than {one.count} in {one.months} months, for {_on(one.on)}; "
            f"then {denial_says(one.denial)} [{one.source}]"
            for one in terms.limits
        ],
        "Coverage policies": map(_policy, terms.policies),
        "Edits": [*_edits(terms), *map(_own_edit, terms.own_edits)],
        "What the patient owes beside the plan": _sharing(terms.sharing),
        "Beside the price": _beside(terms),
    }
    found = {heading: list(sentences) for heading, sentences in made.items()}
    return {heading: sentences for heading, sentences in found.items() if sentences}


def denial_says(one: Denial) -> str:
    """Return a denial as a remittance writes it: `CO 16 N65`."""
    return " ".join((one.group, one.carc, *one.remarks))


def _on(selector: Selector) -> str:
    """Return which services a term is about."""
    said = [
        f"{called} {_listed(sorted(getattr(selector, name)))}"
        for name, called in _SELECTED.items()
        if getattr(selector, name)
    ]
    return ", ".join(said) or "every service"


def _listed(items: Iterable[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} or {last}" if first else last


def _percent(share: Any) -> str:
    return f"{(share * 100).normalize():f} percent"


def _filing(contract: Contract, terms: ContractTerms) -> Iterator[str]:
    limit = contract.companion.timely_filing
    line = "each line's own first day of service, line by line"
    start = line if limit.by_line else "the last day of service"
    yield f"A claim must arrive within {limit} of {start} [{limit.source}]"
    yield f"Decided {terms.decides_after} days after it arrived [{terms.source}]"


def _price(one: PriceRule) -> str:
    figures = [
        *([_percent(one.share)] if one.share is not None else []),
        *([f"{one.amount:,.2f} dollars"] if one.amount is not None else []),
        *(f"{code} {fee:,.2f}" for code, fee in one.fees.items()),
    ]
    least = "never above the charge" if one.lesser_of else "also where it is above the charge"
    about = f"{one.name}: by {one.method}, {', '.join(figures)}"
    return f"{about}; for {_on(one.on)}; {least} [{one.source}]"


def _stop_loss(one: StopLoss) -> str:
    of = {
        "first dollar": "of all charges, in place of the price",
        "second dollar": "of the charges above it, beside the price",
    }[one.kind]
    return (
        f"A stay whose charges exceed {one.threshold:,.2f} dollars is paid "
        f"{_percent(one.share)} {of} [{one.source}]"
    )


def _authorized(one: Rule) -> str:
    waived = " (not in an emergency)" if one.waived_in_emergency else ""
    return f"{_refused(one)}{waived}"


def _refused(one: Rule) -> str:
    said = f"{one.name}: {one.why.rstrip('.')}, for {_on(one.on)}"
    return f"{said}; else {denial_says(one.denial)} [{one.source}]"


def _referral(free: tuple[str, ...]) -> str:
    if not free:
        return "Every specialist needs one"
    return f"Whoever's taxonomy does not begin with {_listed(free)} needs one"


def _policy(one: Policy) -> str:
    return (
        f"{one.name}: {_on(one.on)} is necessary with a diagnosis that begins with "
        f"{_listed(one.diagnoses)}; else {denial_says(one.denial)} [{one.source}]"
    )


def _edits(terms: ContractTerms) -> Iterator[str]:
    if terms.edits:
        tables = f" by the tables of {terms.tables_of}" if terms.tables_of else ""
        yield f"{', '.join(sorted(terms.edits))}{tables}"


def _own_edit(one: OwnEdit) -> str:
    lifted = f" unless it carries {_listed(sorted(one.unless))}" if one.unless else ""
    return (
        f"{one.name}: {one.code} is not paid beside {_listed(sorted(one.beside))}{lifted}; "
        f"{denial_says(one.denial)} [{one.source}]"
    )


def _sharing(one: Sharing) -> Iterator[str]:
    if one.held_harmless:
        yield f"Nothing, ever [{one.source}]"
    if one.whole:
        yield f"All that is allowed, as {denial_says(one.whole)} [{one.source}]"
    if one.free:
        free = ", ".join(word("service", code) for code in sorted(one.free))
        yield f"Without any share: {free} [{one.source}]"
    for days in one.days:
        about = f"Day {days.first} to {days.last} of a benefit period"
        yield f"{about}: {days.amount:,.2f} dollars a day [{days.source}]"


def _beside(terms: ContractTerms) -> Iterator[str]:
    if terms.sequestration is not None:
        yield f"Sequestration takes {_percent(terms.sequestration)} of each payment"
    if terms.interest:
        one = terms.interest
        rate = f"{_percent(one.rate)} a year"
        yield f"Interest of {rate} on a clean claim after {one.days} days [{one.source}]"
    if terms.outside:
        yield f"Not in the network, by NPI: {_listed(sorted(terms.outside))}"
    if terms.notices:
        yield "GA, GX, GY and GZ count here"
    for quirk in terms.quirks:
        does = QUIRKS[quirk.name].replace("`value`", str(quirk.value))
        does = does.replace("`codes` (a letter) names", f"{', '.join(sorted(quirk.codes))} names")
        yield f"{quirk.name}: {does} [{quirk.source}]"
