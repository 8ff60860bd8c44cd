"""Read the entries of supportingInfo and careTeam back to the facts of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from codinglab.claim.fhir_read_parties import address, missing, pick, provider
from codinglab.claim.fhir_slots import EVERY, Slot
from codinglab.claim.fhir_systems import C4BB_INFORMATION, CATEGORY, own, x12
from codinglab.claim.fhir_write_information import ROLES, TEAM
from codinglab.claim.model import Attachment, CodedDay, ValueCode
from codinglab.claim.parties import Provider, Role
from codinglab.core.findings import Severity
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_people import place
from codinglab.encounter.fhir_words import codings

_SLOTS = {slot.key: slot for slot in EVERY}
_OTHERS = {
    (CATEGORY, "onset"): "onset",
    (CATEGORY, "hospitalized"): "hospitalized",
    (CATEGORY, "employmentimpacted"): "unable-to-work",
    (CATEGORY, "discharge"): "discharge-status",
    (C4BB_INFORMATION, "typeofbill"): "type-of-bill",
    (C4BB_INFORMATION, "discharge-status"): "discharge-status",
    (C4BB_INFORMATION, "admtype"): "admission-type",
    (C4BB_INFORMATION, "pointoforigin"): "point-of-origin",
    (C4BB_INFORMATION, "drg"): "drg",
    (C4BB_INFORMATION, "medicalrecordnumber"): "medical-record-number",
}
"""The category by which others tell the same."""
_BY_CODE: dict[str, Role] = {code: role for role, code in ROLES.items()}
_C4BB_TEAM = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
_C4BB_ROLES: dict[str, Role] = {
    "rendering": "rendering",
    "performing": "rendering",
    "referring": "referring",
    "supervising": "supervising",
    "attending": "attending",
    "operating": "operating",
    "otheroperating": "other operating",
}


@dataclass(slots=True)
class Told:
    """The numbered entries of a claim: facts by slot, and the care team."""

    entries: dict[int, tuple[Slot, Any]] = field(default_factory=dict)
    team: dict[int, tuple[Role, Provider]] = field(default_factory=dict)
    of_lines: set[int] = field(default_factory=set)
    team_of_lines: set[int] = field(default_factory=set)

    def facts(self, slots: Iterable[Slot], numbers: Iterable[int] | None = None) -> dict[str, Any]:
        """Return field and value of the entries of the slots, of the claim or with the numbers."""
        chosen = [n for n in self.entries if n not in self.of_lines] if numbers is None else numbers
        wanted = set(slots)
        made: dict[str, Any] = {}
        for slot, value in (self.entries[n] for n in chosen if n in self.entries):
            if slot not in wanted:
                continue
            if slot.many:
                made[slot.path] = (*made.get(slot.path, ()), value)
            elif slot.until:
                made[slot.path], made[slot.until] = value
            else:
                made[slot.path] = value
        return made

    def providers(self) -> tuple[tuple[Role, Provider], ...]:
        """Return the care team of the claim as a whole."""
        return tuple(one for n, one in self.team.items() if n not in self.team_of_lines)


def told(bundle: Bundle, claim: Node) -> Told:
    """Return the numbered entries of the claim; what cannot be read is a finding."""
    made = Told()
    for at, entry in enumerate(claim.many("supportingInfo"), 1):
        number = int(entry.number("sequence") or at)
        found = [(one.system, one.code) for one in codings(entry.one("category"))]
        key = next((code for system, code in found if system == own("claim-information")), "")
        key = key or next((_OTHERS[pair] for pair in found if pair in _OTHERS), "")
        if slot := _SLOTS.get(key):
            value = _value(bundle, claim, entry, slot)
            if value in (None, ""):
                missing(entry, "value[x]", f"{key} cannot be read without it")
            else:
                made.entries[number] = (slot, value)
    for at, entry in enumerate(claim.many("careTeam"), 1):
        if member := _member(bundle, claim, entry):
            made.team[int(entry.number("sequence") or at)] = member
    for one in claim.many("item"):
        made.of_lines |= set(one.numbers("informationSequence"))
        made.team_of_lines |= set(one.numbers("careTeamSequence"))
    return made


def _value(bundle: Bundle, claim: Node, entry: Node, slot: Slot) -> Any:
    if slot.form == "address":
        held = bundle.take(claim, entry.one("valueReference"))
        return address(place([held.one("address")])) if held else None
    return _FORMS.get(slot.form, _coded)(entry, slot)


def _number(entry: Node, slot: Slot) -> Any:
    amount = _amount(entry)
    return int(amount) if slot.whole and amount is not None else amount


def _period(entry: Node, _: Slot) -> Any:
    period = entry.one("timingPeriod")
    return (period.day("start"), period.day("end")) if period else None


def _attachment(entry: Node, _: Slot) -> Any:
    found = list(codings(entry.one("code")))
    return Attachment(pick(found, x12("755")), pick(found, x12("756")), entry.text("valueString"))


def _coded(entry: Node, slot: Slot) -> Any:
    code = _code(entry, slot)
    if slot.path == "values":
        amount = _amount(entry)
        return None if amount is None else ValueCode(code, amount)
    period = entry.one("timingPeriod")
    first = period.day("start") if period else entry.day("timingDate")
    return None if first is None else CodedDay(code, first, period.day("end") if period else None)


def _code(entry: Node, slot: Slot) -> str:
    found = list(codings(entry.one("code")))
    return pick(found, slot.system) or next((one.code for one in found), "")


_FORMS: dict[str, Callable[[Node, Slot], Any]] = {
    "flag": lambda entry, _: entry.flag("valueBoolean"),
    "day": lambda entry, _: entry.day("timingDate"),
    "period": _period,
    "money": _number,
    "quantity": _number,
    "attachment": _attachment,
    "text": lambda entry, slot: entry.text("valueString") or _code(entry, slot),
    "code": _code,
}


def _amount(entry: Node) -> Any:
    found = entry.one("valueQuantity")
    for key in ("unit", "system", "code"):
        found.raw(key)
    return found.number("value")


def _member(bundle: Bundle, claim: Node, entry: Node) -> tuple[Role, Provider] | None:
    entry.raw("responsible")
    role = _role(claim, entry)
    reference = entry.one("provider")
    found = bundle.take(claim, reference)
    if role is None:
        return None
    if found is None:
        npi = reference.one("identifier").text("value")
        return (role, provider(_named(reference, npi))) if npi else None
    return role, provider(found)


def _named(reference: Node, npi: str) -> Node:
    """Return a practitioner of whom the claim gives the NPI and the words alone."""
    reference.one("identifier").raw("system")
    reference.one("identifier").one("type")
    value = {
        "resourceType": "Practitioner",
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": npi}],
        "name": [{"text": reference.text("display")}],
    }
    return Node(value, reference.place, reference.notes)


def _role(claim: Node, entry: Node) -> Role | None:
    found = list(codings(entry.one("role")))
    by_number = pick(found, x12("98"))
    if by_number in _BY_CODE:
        return _BY_CODE[by_number]
    if (named := pick(found, _C4BB_TEAM)) in _C4BB_ROLES:
        return _C4BB_ROLES[named]
    plain = pick(found, TEAM)
    if plain == "supervisor":
        return "supervising"
    if plain == "primary":
        kinds = {one.code for one in codings(claim.one("type"))}
        return "attending" if "institutional" in kinds else "rendering"
    entry.notes.say(
        "fhir.code",
        f"{entry.place}.role",
        "The role of this member of the care team is none that a claim knows.",
        "Name it by X12 element 98 or a role of CARIN Blue Button; the member was left out.",
        Severity.WARNING,
    )
    return None
