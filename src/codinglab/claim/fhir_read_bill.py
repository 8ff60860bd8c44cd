"""Diagnoses, procedures, accident and the facts of a hospital's bill in a Claim of FHIR R4."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from codinglab.claim.fhir_read_information import Told
from codinglab.claim.fhir_read_parties import missing, pick
from codinglab.claim.fhir_slots import BILL
from codinglab.claim.fhir_systems import ICD10CM, ICD10PCS
from codinglab.claim.model import Accident, Diagnosis, InstitutionalBill, Kind, StayProcedure
from codinglab.core.findings import Severity
from codinglab.encounter.fhir_bundle import Bundle
from codinglab.encounter.fhir_node import Node
from codinglab.encounter.fhir_words import codings, concept_codes

_WORLD = "http://hl7.org/fhir/sid/icd-10"
_CATEGORY_LENGTH = 3
_TYPE_OF_BILL = 3


@dataclass(slots=True)
class Extra:
    """The diagnoses that only a hospital's bill has."""

    admitting: str = ""
    reasons: list[str] = field(default_factory=list)
    external: list[Diagnosis] = field(default_factory=list)


def diagnoses(
    bundle: Bundle, claim: Node, kind: Kind
) -> tuple[tuple[Diagnosis, ...], dict[int, int], Extra]:
    """Return the diagnoses in order, the place from 1 of each number, and those of a hospital."""
    listed: list[Diagnosis] = []
    places: dict[int, int] = {}
    extra = Extra()
    entries = claim.many("diagnosis")
    ranked = sorted(entries, key=lambda one: one.number("sequence") or 0)
    for one in ranked:
        found = _diagnosis(bundle, claim, one)
        types = {code for each in one.many("type") for code in concept_codes(each)}
        if found is None or (kind == "institutional" and _is_extra(extra, found, types)):
            continue
        listed.append(found)
        number = one.number("sequence")
        places[int(number) if number is not None else len(listed)] = len(listed)
    return tuple(listed), places, extra


def _is_extra(extra: Extra, found: Diagnosis, types: set[str]) -> bool:
    if "admitting" in types:
        extra.admitting = found.code
    elif "patientreasonforvisit" in types:
        extra.reasons.append(found.code)
    elif "externalcauseofinjury" in types:
        extra.external.append(found)
    else:
        return False
    return True


def _diagnosis(bundle: Bundle, claim: Node, one: Node) -> Diagnosis | None:
    concept = one.one("diagnosisCodeableConcept")
    if "diagnosisReference" in one.value:
        held = bundle.take(claim, one.one("diagnosisReference"))
        concept = held.one("code") if held else concept
    found = list(codings(concept))
    concept.raw("text")
    code = pick(found, ICD10CM) or _of_world(concept, pick(found, _WORLD))
    if not code:
        other = next((f"{each.code} of {each.system}" for each in found), "no code")
        one.notes.say(
            "fhir.system",
            f"{one.place}.diagnosis[x]",
            f"A claim names diagnoses by ICD-10-CM; this one has {other}.",
            "Code it by ICD-10-CM; until then it is left out.",
        )
        return None
    told = {each.upper() for each in concept_codes(one.one("onAdmission"))}
    poa = next((each for each in ("Y", "N", "U", "W") if each in told), "")
    return Diagnosis(dotted(code), poa)


def _of_world(concept: Node, code: str) -> str:
    if code:
        concept.notes.say(
            "fhir.system",
            concept.place,
            f"{code} is given as of ICD-10 of the WHO; it is read as ICD-10-CM.",
            f"Ask the sender to name {ICD10CM}, which US claims use.",
            Severity.WARNING,
        )
    return code


def dotted(code: str) -> str:
    """Return an ICD-10-CM code with its dot, which some senders leave out."""
    plain = code.replace(".", "").upper()
    rest = plain[_CATEGORY_LENGTH:]
    return f"{plain[:_CATEGORY_LENGTH]}.{rest}" if rest else plain


def accident(claim: Node) -> Accident:
    """Return what happened, as the claim tells it."""
    one = claim.one("accident")
    if not one:
        return Accident()
    kinds = concept_codes(one.one("type"))
    if "_date" in one.value:
        one.one("_date").many("extension")
        for each in one.one("_date").many("extension"):
            each.raw("url"), each.raw("valueCode")
    return Accident(
        employment=bool(kinds & {"EM", "WPA"}),
        auto=bool(kinds & {"AA", "MVA"}),
        other="OA" in kinds or bool(kinds & {"SCHOOL", "SPT"}),
        state=one.one("locationAddress").text("state"),
        day=one.day("date"),
    )


def stay(claim: Node, told: Told, extra: Extra) -> InstitutionalBill | None:
    """Return what only a hospital's bill says; None where its period is not told."""
    period = claim.one("billablePeriod")
    first, last = period.day("start"), period.day("end")
    if first is None or last is None:
        missing(claim, "billablePeriod", "a hospital's bill covers a period")
        return None
    facts = told.facts(BILL)
    for path in ("bill_type", "status"):
        if path not in facts:
            missing(claim, "supportingInfo", f"a hospital's bill has a {path.replace('_', ' ')}")
    kind = str(facts.pop("bill_type", ""))
    status = facts.pop("status", "")
    return InstitutionalBill(
        kind.zfill(_TYPE_OF_BILL)[:_TYPE_OF_BILL] if kind else "",
        first,
        last,
        status,
        admitting_diagnosis=extra.admitting,
        reasons=tuple(extra.reasons),
        external_causes=tuple(extra.external),
        procedures=_procedures(claim, first),
        **facts,
    )


def _procedures(claim: Node, first: date) -> tuple[StayProcedure, ...]:
    made = []
    ranked = sorted(claim.many("procedure"), key=lambda one: one.number("sequence") or 0)
    for one in ranked:
        for each in one.many("type"):
            list(codings(each))
        code = pick(list(codings(one.one("procedureCodeableConcept"))), *ICD10PCS)
        day = one.day("date")
        if not code:
            missing(one, "procedure[x]", "a stay's procedures are coded by ICD-10-PCS")
            continue
        if day is None:
            missing(one, "date", f"it is read as done on {first}")
        made.append(StayProcedure(code, day or first))
    return tuple(made)
