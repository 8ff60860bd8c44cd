"""Write the entries of supportingInfo, careTeam and contained that a claim's facts need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from codinglab.claim.fhir_slots import Slot
from codinglab.claim.fhir_systems import CATEGORY, CURRENCY, UCUM, concept, filled, own, x12
from codinglab.claim.fhir_write_parties import address, provider
from codinglab.claim.model import CodedDay, ValueCode
from codinglab.claim.parties import Provider, Role

ROLES: dict[Role, str] = {
    "referring": "DN",
    "rendering": "82",
    "supervising": "DQ",
    "ordering": "DK",
    "purchased service": "QB",
    "attending": "71",
    "operating": "72",
    "other operating": "ZZ",
}
"""A role to its code of X12 element 98."""
TEAM = "http://terminology.hl7.org/CodeSystem/claimcareteamrole"
_TEAM_ROLES: dict[Role, str] = {
    "rendering": "primary",
    "attending": "primary",
    "supervising": "supervisor",
}


@dataclass(slots=True)
class Sheet:
    """What is collected while a claim is written: numbered entries, and contained resources."""

    information: list[dict[str, Any]] = field(default_factory=list)
    team: list[dict[str, Any]] = field(default_factory=list)
    contained: list[dict[str, Any]] = field(default_factory=list)
    known: dict[Provider, str] = field(default_factory=dict)

    def hold(self, resource: dict[str, Any]) -> dict[str, str]:
        """Contain the resource and return the reference to it."""
        self.contained.append(resource)
        return {"reference": f"#{resource['id']}"}

    def inform(self, slots: Iterable[Slot], facts: object) -> list[int]:
        """Write the entries of those `facts` that say something; return their numbers."""
        made = [entry for slot in slots for entry in _entries(self, slot, facts)]
        numbers = []
        for entry in made:
            numbers.append(len(self.information) + 1)
            self.information.append({"sequence": numbers[-1], **entry})
        return numbers

    def join(self, role: Role, one: Provider) -> int:
        """Add a member of the care team and return the number."""
        if one not in self.known:
            self.known[one] = f"provider-{len(self.known) + 1}"
            self.contained.append(provider(one, self.known[one]))
        codings = [(x12("98"), ROLES[role]), (TEAM, _TEAM_ROLES.get(role, "other"))]
        number = len(self.team) + 1
        reference = {"reference": f"#{self.known[one]}"}
        self.team.append({"sequence": number, "provider": reference, "role": concept(*codings)})
        return number


def _entries(sheet: Sheet, slot: Slot, facts: object) -> Iterator[dict[str, Any]]:
    found = getattr(facts, slot.path)
    until = getattr(facts, slot.until) if slot.until else None
    nothing = found is None or found is False or found in ("", ())  # 0.00 is something
    if nothing and until is None and not slot.always:
        return
    category = concept((own("claim-information"), slot.key), (CATEGORY, slot.category))
    for one in found if slot.many else [found]:
        yield {"category": category, **_value(sheet, slot, one, until)}


def _value(sheet: Sheet, slot: Slot, one: Any, until: date | None) -> dict[str, Any]:
    if slot.form == "coded":
        return _coded(slot, one)
    if slot.form == "attachment":
        code = concept((x12("755"), one.kind), (x12("756"), one.how))
        return filled(code=code, valueString=one.control)
    if slot.form == "period":
        return {"timingPeriod": _period(one, until)}
    if slot.form == "address":
        place = {"resourceType": "Location", "id": slot.key, "address": address(one)}
        return {"valueReference": sheet.hold(place)}
    return _SIMPLE[slot.form](slot, one)


_SIMPLE: dict[str, Callable[[Slot, Any], dict[str, Any]]] = {
    "code": lambda slot, one: {"code": concept((slot.system, one))},
    "flag": lambda _, one: {"valueBoolean": one},
    "money": lambda _, one: {"valueQuantity": _dollars(one)},
    "quantity": lambda slot, one: {"valueQuantity": _measure(slot, one)},
    "day": lambda _, one: {"timingDate": one.isoformat()},
    "text": lambda _, one: {"valueString": one},
}


def _measure(slot: Slot, one: Any) -> dict[str, Any]:
    return {"value": one, "unit": slot.unit.strip("[]"), "system": UCUM, "code": slot.unit}


def _dollars(amount: Any) -> dict[str, Any]:
    return {"value": amount, "unit": "USD", "system": CURRENCY, "code": "USD"}


def _period(first: date | None, last: date | None) -> dict[str, Any]:
    return filled(
        start=first.isoformat() if first else "",
        end=last.isoformat() if last else "",
    )


def _coded(slot: Slot, one: CodedDay | ValueCode) -> dict[str, Any]:
    code = {"code": concept((slot.system, one.code))}
    if isinstance(one, ValueCode):
        return {**code, "valueQuantity": {"value": one.amount}}
    if one.last is None:
        return {**code, "timingDate": one.first.isoformat()}
    return {**code, "timingPeriod": _period(one.first, one.last)}
