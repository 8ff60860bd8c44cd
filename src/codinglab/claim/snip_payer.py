"""What simulated payers want beyond the standard (SNIP 7), by their companion files."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.claim.numbers import why_not_member_id
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_terms import Terms, all_terms
from codinglab.claim.snip_codes import kind_of
from codinglab.claim.snip_rule import Spot, wire_rule
from codinglab.claim.snip_view import WireClaim

_SOURCE = "the payer's companion file, curriculum/payers/companion"


def _terms(view: WireClaim) -> Terms | None:
    payer = view.payer
    return all_terms().get(payer.get(9)) if payer else None


@wire_rule(
    "payer.member-number",
    7,
    "Read the number from the card again.",
    source=_SOURCE,
    error="I13",
)
def member(view: WireClaim) -> Iterator[Spot]:
    """The subscriber's number (2010BA NM109) has the shape that the payer gives its numbers.

    Medicare's (MBI) has eleven characters, each place of its own kind.
    """
    terms, loop = _terms(view), view.tree.loop("2010BA")
    one = loop.first("NM1") if loop else None
    if terms and loop and one and one.get(9) and not terms.knows(one.get(9)):
        message = f"{one.get(9)!r} is no number of {terms.name}: {terms.member_id_says}."
        yield Spot(loop, one, "NM109", one.get(9), message)
    day = view.first_day
    if terms or loop is None or one is None or day is None or not one.get(9):
        return
    if on_list("Medicare filing", view.filing, day) and (
        wrong := why_not_member_id(one.get(9), view.filing, day)
    ):
        yield Spot(loop, one, "NM109", one.get(9), f"{wrong}.")


@wire_rule(
    "payer.filing",
    7,
    "Correct the payer's number (2010BB NM109) or the claim filing indicator (SBR09).",
    source=_SOURCE,
    error="I13",
)
def filing(view: WireClaim) -> Iterator[Spot]:
    """The claim filing indicator (SBR09) is one under which the payer is billed."""
    terms, loop, one = _terms(view), view.tree.loop("2000B"), view.insurance
    if terms and loop and one and one.get(9) not in terms.filing:
        message = f"{terms.name} is billed as {' or '.join(terms.filing)}, not as {one.get(9)!r}."
        yield Spot(loop, one, "SBR09", one.get(9), message)


@wire_rule(
    "payer.taxonomy",
    7,
    "Add PRV BI PXC with the taxonomy to loop 2000A.",
    source=_SOURCE,
    error="I13",
)
def taxonomy(view: WireClaim) -> Iterator[Spot]:
    """Where the payer wants it, the billing provider's taxonomy stands in 2000A PRV."""
    terms, loop = _terms(view), view.tree.loop("2000A")
    if terms and terms.taxonomy and loop and loop.segments and loop.first("PRV") is None:
        message = f"{terms.name} wants the billing provider's taxonomy."
        yield Spot(loop, loop.segments[0], "", "", message)


@wire_rule(
    "payer.drug-number",
    7,
    "Add LIN and CTP to loop 2410.",
    source=f"{_SOURCE}; for Medicaid 42 CFR 447.520",
    error="I13",
)
def drug_number(view: WireClaim) -> Iterator[Spot]:
    """Where the payer wants it, each drug has its NDC (2410 LIN)."""
    terms = _terms(view)
    if terms is None or not terms.ndc:
        return
    for line in view.lines:
        day = line.day or view.first_day
        if day and kind_of(line.code, day) == "drug" and line.loop.loop("2410") is None:
            message = f"{line.code} has no drug number, which {terms.name} wants."
            yield Spot(line.loop, line.service, f"{line.service.name}01-2", line.code, message)


RULES = (member, filing, taxonomy, drug_number)
