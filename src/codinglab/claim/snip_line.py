"""Code sets and products on the lines (SNIP 5 and 6): procedures, drugs, laboratory, anesthesia."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.claim.scrub_lists import has_shape, members, on_list
from codinglab.claim.snip_codes import kind_of, modifier_fault, procedure_fault
from codinglab.claim.snip_rule import PROFESSIONAL, Spot, wire_rule
from codinglab.claim.snip_view import WireClaim

_HCPCS, _DRUG_NUMBER, _MINUTES = "HC", "N4", "MJ"
_DESCRIPTION = 7


@wire_rule(
    "code.procedure",
    5,
    "Look it up for the day of service.",
    source="45 CFR 162.1002: the code set in force on the date of service",
)
def procedure(view: WireClaim) -> Iterator[Spot]:
    """A procedure by CPT or HCPCS is in force on the day of its line.

    The lab holds starter sets; another code of the right shape is a warning, never called invalid.
    """
    for line in view.lines:
        day = line.day or view.first_day
        if line.code and day and (found := procedure_fault(line.code, day)):
            element = f"{line.service.name}{line.procedure_at:02}-2"
            yield Spot(line.loop, line.service, element, line.code, *found)


@wire_rule(
    "code.modifier",
    5,
    "Look it up for the day of service.",
    source="CPT and HCPCS Level II modifiers",
)
def modifier(view: WireClaim) -> Iterator[Spot]:
    """A modifier is in force on the day of its line.

    The lab holds those in common use; another of the right shape is a warning.
    """
    for line in view.lines:
        day = line.day or view.first_day
        if day is None:
            continue
        trip = on_list("ambulance service", line.code, day)
        for at, one in enumerate(line.procedure[2:6], 3):
            if not one or (trip and members("ambulance letter", day).issuperset(one)):
                continue
            if found := modifier_fault(one, day):
                element = f"{line.service.name}{line.procedure_at:02}-{at}"
                yield Spot(line.loop, line.service, element, one, *found)


@wire_rule(
    "code.drug",
    5,
    "Write eleven digits in the 5-4-2 form, without hyphens.",
    source="45 CFR 162.1002; 837 2410 LIN03",
)
def drug(view: WireClaim) -> Iterator[Spot]:
    """A drug number (NDC, qualifier N4) has eleven digits.

    Ten as on the box are not enough: a zero goes before the short group.
    """
    day = view.first_day
    for loop in view.loop.loops_of("2410") if day else ():
        one = loop.first("LIN")
        if day and one and one.get(2) == _DRUG_NUMBER and not has_shape("NDC", one.get(3), day):
            yield Spot(loop, one, "LIN03", one.get(3), f"{one.get(3)!r} is no drug number.")


@wire_rule(
    "code.unlisted",
    6,
    "Describe it in SV101-7 or SV202-7.",
    source="837 2400 SV101-7; HCPCS not otherwise classified codes",
    error="I9",
)
def unlisted(view: WireClaim) -> Iterator[Spot]:
    """A code for what has no code of its own is described.

    Nobody can price it otherwise.
    """
    for line in view.lines:
        day = line.day or view.first_day
        parts = line.procedure
        told = len(parts) >= _DESCRIPTION and parts[_DESCRIPTION - 1].strip()
        if day and on_list("unlisted", line.code, day) and not told:
            element = f"{line.service.name}{line.procedure_at:02}-7"
            message = f"{line.code} stands for what has no code, and is not described."
            yield Spot(line.loop, line.service, element, "", message)


@wire_rule(
    "product.laboratory",
    6,
    "Add REF X4 with the laboratory's CLIA number.",
    source="42 CFR 410.32(d); Medicare Claims Processing Manual ch. 16 s. 70 and ch. 26 s. 10.4",
    kinds=(PROFESSIONAL,),
    error="I9",
)
def laboratory(view: WireClaim) -> Iterator[Spot]:
    """Medicare pays a laboratory test only with a CLIA number (REF X4) on the claim or the line.

    Drawing the specimen is no test.
    """
    if view.loop.first("REF", "X4"):
        return
    for line in view.lines:
        day = line.day or view.first_day
        if day is None or not on_list("Medicare filing", view.filing, day):
            continue
        test = kind_of(line.code, day) == "laboratory"
        if (
            test
            and not on_list("no CLIA number", line.code, day)
            and not line.loop.first("REF", "X4")
        ):
            message = f"{line.code} is a laboratory test, and no CLIA number is told."
            yield Spot(line.loop, line.service, "SV101-2", line.code, message)


@wire_rule(
    "product.anesthesia",
    6,
    "Write the minutes with MJ.",
    source="Medicare Claims Processing Manual ch. 12 s. 50; 837P 2400 SV103",
    kinds=(PROFESSIONAL,),
    error="I12",
)
def anesthesia(view: WireClaim) -> Iterator[Spot]:
    """Anesthesia, which its modifiers show, is billed in minutes (MJ).

    The payer adds the base units.
    """
    for line in view.lines:
        day = line.day or view.first_day
        if day is None or line.service.get(3) == _MINUTES:
            continue
        if any(on_list("anesthesia modifier", one, day) for one in line.modifiers):
            message = f"{line.code} is anesthesia, told in {line.service.get(3)}."
            yield Spot(line.loop, line.service, "SV103", line.service.get(3), message)


RULES = (procedure, modifier, drug, unlisted, laboratory, anesthesia)
