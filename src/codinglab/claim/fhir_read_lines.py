"""Items of a Claim of FHIR R4 to service lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from codinglab.claim.fhir_read_information import Told
from codinglab.claim.fhir_read_parties import code_of, missing, pick
from codinglab.claim.fhir_slots import DRUG, EQUIPMENT, LINE
from codinglab.claim.fhir_systems import ABSENT, NDC, NUBC, PLACE, SERVICES, own, x12
from codinglab.claim.model import Drug, Equipment, Line, UnitKind
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_words import codings

_UNITS: dict[str, UnitKind] = {"UN": "UN", "MJ": "MJ", "DA": "DA"}


def line(one: Node, told: Told, places: dict[int, int]) -> Line | None:
    """Return the service line of an item, None (with a finding) where it cannot be billed.

    `places` gives the place from 1 of a diagnosis by its number in the file.
    """
    one.raw("sequence")
    service = service_code(one)
    first, last = _days(one)
    charge = dollars(one.one("net")) if "net" in one.value else _product(one)
    if charge is None:
        missing(one, "net", "a line without a charge cannot be billed; it was left out")
    if first is None:
        missing(one, "serviced[x]", "the day of service decides everything; it was left out")
    if service is None or first is None or charge is None:
        return None
    numbers = one.numbers("informationSequence")
    facts = told.facts(LINE, numbers)
    units, kind = _units(one)
    return Line(
        service[0],
        charge,
        units,
        first,
        last,
        tuple(_modifiers(one)),
        kind,
        tuple(_pointers(one, places)),
        code_of(one, "locationCodeableConcept", PLACE),
        code_of(one, "revenue", f"{NUBC}RevenueCodes"),
        description=service[1],
        epsdt="epsdt" in _programs(one),
        family_planning="family-planning" in _programs(one),
        drug=_drug(one, told, numbers),
        equipment=_equipment(told.facts(EQUIPMENT, numbers)),
        providers=tuple(told.team[n] for n in one.numbers("careTeamSequence") if n in told.team),
        **facts,
    )


def service_code(one: Node) -> tuple[str, str] | None:
    """Return code and description of a service; None with a finding where a claim knows no such."""
    concept = one.one("productOrService")
    found = list(codings(concept))
    text = concept.text("text")
    if pick(found, ABSENT):
        return "", text
    if code := pick(found, *sorted(SERVICES)):
        return code, text
    other = next((f"{each.code} of {each.system}" for each in found), "no code")
    one.notes.say(
        "fhir.system",
        f"{one.place}.productOrService",
        f"A claim is billed by CPT, HCPCS, CDT or HIPPS; this item has {other}.",
        "Code the service; until then it is left out.",
    )
    return None


def dollars(found: Node) -> Decimal | None:
    """Return the amount of a Money, with a finding where it is not in US dollars."""
    currency = found.text("currency")
    if currency not in {"", "USD"}:
        found.notes.say(
            "fhir.money",
            f"{found.place}.currency",
            f"The amount is in {currency}; claims of this lab are in US dollars.",
            "Convert it, or correct the currency; it was left out.",
        )
        return None
    return found.number("value")


def _product(one: Node) -> Decimal | None:
    """Return unit price by quantity, where an item gives no net amount."""
    price, count = dollars(one.one("unitPrice")), one.one("quantity").number("value")
    return price * (1 if count is None else count) if price is not None else None


def _days(one: Node) -> tuple[date | None, date | None]:
    if "servicedDate" in one.value:
        return one.day("servicedDate"), None
    found = one.one("servicedPeriod")
    return found.day("start"), found.day("end")


def _units(one: Node) -> tuple[Decimal, UnitKind]:
    found = one.one("quantity")
    code = found.text("code") or found.text("unit")
    found.raw("system"), found.raw("unit")
    count = found.number("value")
    if count is None:
        missing(one, "quantity", "the line is read as one unit")
    return Decimal(1) if count is None else count, _UNITS.get(code, "UN")


def _modifiers(one: Node) -> list[str]:
    told = [pick(list(codings(each)), *sorted(SERVICES)) for each in one.many("modifier")]
    return [each for each in told if each]


def _pointers(one: Node, places: dict[int, int]) -> list[int]:
    wanted = one.numbers("diagnosisSequence")
    for number in wanted:
        if number not in places:
            one.notes.say(
                "fhir.pointer",
                f"{one.place}.diagnosisSequence",
                f"The item points to diagnosis {number}, to which no line of this claim can point.",
                "Point to a diagnosis of the claim; this pointer was left out.",
            )
    return [places[number] for number in wanted if number in places]


def _programs(one: Node) -> set[str]:
    return {pick(list(codings(each)), own("program")) for each in one.many("programCode")}


def _drug(one: Node, told: Told, numbers: list[int]) -> Drug | None:
    for each in one.many("detail"):
        each.raw("sequence")
        if ndc := code_of(each, "productOrService", NDC):
            amount = each.one("quantity")
            count, unit = amount.number("value"), amount.text("code")
            known = amount.text("system") == x12("355")
            if count is None or not known:
                missing(each, "quantity", "a drug is billed by quantity and unit (X12 element 355)")
                return None
            return Drug(ndc.replace("-", ""), count, unit, **told.facts(DRUG, numbers))
    return None


def _equipment(facts: dict[str, Any]) -> Equipment | None:
    if "code" not in facts:
        return None
    return Equipment(**{"months": 0, "rental": None, "purchase": None, **facts})
