"""Vaccines and injections: the product with its giving, and who pays it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import medicare_administration, members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    PHYSICIAN_CLAIM,
    beside,
    kind_of,
    of_kind,
    of_list,
    on_line,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import line_kinds, service_lists
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_PAIR = "CPT vaccine codes, in our own words; Medicare Claims Processing Manual ch. 18 s. 10"


@edit(
    "vaccine.product-alone",
    "pairs",
    source=_PAIR,
    settings=PHYSICIAN_CLAIM,
    on=line_kinds("vaccine"),
)
def product_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A vaccine product is billed with the giving of it.

    The product is one line, giving it another. A product without its giving was perhaps handed
    out, and is mostly a charge that was forgotten.
    """
    for line, when in of_kind(encounter, day, "vaccine"):
        if not members("vaccine given", when).intersection(beside(encounter, line, day)):
            message = f"The product {line.code} stands without a line for giving it."
            remedy = "Add the line for giving it, by age, route and payer."
            yield on_line("vaccine.product-alone", line, message, remedy, Severity.WARNING)


@edit(
    "vaccine.given-alone",
    "pairs",
    source=_PAIR,
    settings=PHYSICIAN_CLAIM,
    on=service_lists("vaccine given"),
)
def given_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The giving of a vaccine is billed with its product.

    The payer reads from the product which vaccine was given. Medicaid programs want a product from
    the state's supply on the claim too, often with SL and no charge; Medicare wants no line for a
    product that came free. Otherwise the product's cost was forgotten.
    """
    for line, when in of_list(encounter, day, "vaccine given"):
        kinds = [kind_of(code, when) for code in beside(encounter, line, day)]
        if "vaccine" not in kinds and "" not in kinds:
            message = f"{line.code} stands without a vaccine product."
            remedy = "Add the product, unless it came free and the payer wants no line for it."
            yield on_line("vaccine.given-alone", line, message, remedy, Severity.WARNING)


@edit(
    "vaccine.count",
    "pairs",
    source=_PAIR,
    settings=PHYSICIAN_CLAIM,
    on=line_kinds("vaccine"),
)
def one_giving_for_each(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Each vaccine product is given once: as many units of giving as of products.

    The first and each further one count, and so does the first component with counselling, which
    is one for each vaccine. Further components (90461) are of a vaccine that was counted.
    """
    given: dict[date, int] = {}
    products: dict[date, tuple[ServiceLine, int]] = {}
    for line, when in of_list(encounter, day, "vaccine given"):
        given[when] = given.get(when, 0) + (line.units or 0)
    for line, when in of_kind(encounter, day, "vaccine"):
        first, count = products.get(when, (line, 0))
        products[when] = (first, count + (line.units or 0))
    for when, (first, count) in products.items():
        if given.get(when) and given[when] != count:
            message = f"{count} units of vaccines stand beside {given[when]} of giving them."
            remedy = "Count the products, and the lines for giving them, once more."
            yield on_line("vaccine.count", first, message, remedy, Severity.WARNING)


@edit(
    "vaccine.two-first",
    "pairs",
    source="CPT vaccine codes, in our own words; NCCI policy manual ch. XI",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("vaccine given first"),
)
def one_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """One vaccine of the day is the first; the others are further ones, by whatever route.

    A shot and a drop on one day are one first and one further, not two first ones.
    """
    seen: set[date] = set()
    for line, when in of_list(encounter, day, "vaccine given first"):
        if when in seen or (line.units or 1) > 1:
            message = f"{line.code} is a second first vaccine of the day."
            remedy = "Use the code for each further one, of its route."
            yield on_line("vaccine.two-first", line, message, remedy)
        seen.add(when)


@edit(
    "vaccine.medicare",
    "pairs",
    source="Medicare Claims Processing Manual ch. 18 s. 10.2",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=line_kinds("vaccine"),
)
def given_for_medicare(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Medicare has codes of its own for giving influenza, pneumococcal and hepatitis B vaccines.

    G0008, G0009 and G0010. With the CPT code for giving it the patient would owe a share, and
    Medicare owes it all.
    """
    for line, when in of_kind(encounter, day, "vaccine"):
        wanted = medicare_administration(when).get(line.code)
        given = members("vaccine given", when).intersection(beside(encounter, line, day))
        if wanted and given and wanted not in given:
            message = f"Giving {line.code} is {wanted} for Medicare; here stands {min(given)}."
            yield on_line("vaccine.medicare", line, message, f"Use {wanted}.")


@edit(
    "vaccine.part-d",
    "pairs",
    source="Medicare Benefit Policy Manual ch. 15 s. 50.4.4.2",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=service_lists("not by Part B"),
)
def not_by_part_b(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Medicare Part B pays few vaccines; most others belong to the drug plan, Part D.

    Part B pays influenza, pneumococcal, COVID-19 and hepatitis B vaccines, and any vaccine that
    treats an injury or an exposure, as tetanus after a cut. Shingles or a routine tetanus booster
    is Part D's.
    """
    for line, _ in of_list(encounter, day, "not by Part B"):
        message = f"Part B pays {line.code} only for an injury or an exposure."
        remedy = "Bill the drug plan, unless the diagnosis is such an injury."
        yield on_line("vaccine.part-d", line, message, remedy, Severity.WARNING)


@edit(
    "injection.no-drug",
    "pairs",
    source="CPT injections, in our own words",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("injection"),
)
def no_drug(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An injection of a drug stands beside the drug.

    Without one the payer cannot tell what was given, and the drug's cost was perhaps forgotten. A
    drug that the patient brought is told in a note on the claim.
    """
    for line, when in of_list(encounter, day, "injection"):
        others = [kind_of(code, when) for code in beside(encounter, line, day)]
        if "drug" not in others and "" not in others:
            message = f"{line.code} stands without a drug."
            remedy = "Add the drug and its units, or say that the patient brought it."
            yield on_line("injection.no-drug", line, message, remedy, Severity.WARNING)


EDITS = (
    *(product_alone, given_alone, one_giving_for_each, one_first),
    *(given_for_medicare, not_by_part_b, no_drug),
)
