"""From a claim file and the coded encounter to a claim, and all that is missing of it.

Nothing is guessed: what a claim cannot do without and is not told leaves no claim, and every
other gap is a finding beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from codinglab.claim import build_bill, build_events, build_lines, build_parties
from codinglab.claim.balance import unbalanced
from codinglab.claim.claim_file import ClaimFile
from codinglab.claim.model import Claim, Diagnosis, InstitutionalBill, Kind, Line
from codinglab.claim.parties import Provider, Role
from codinglab.claim.rules import SET, limit, listed
from codinglab.claim.said import Said
from codinglab.codes.release import in_force
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, errors
from codinglab.encounter.coded import CodedEncounter


@dataclass(frozen=True, slots=True)
class Built:
    """A claim, None where it cannot be without what is missing, and what was found."""

    claim: Claim | None
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Say whether there is no claim, or one that a payer would reject."""
        return self.claim is None or bool(errors(self.findings))


def build(file: ClaimFile, coded: CodedEncounter) -> Built:
    """Return the claim that `file` and the codes of its worksheet make, with findings.

    `coded` is the worksheet as read. Faults of the data are findings, in the order of the form.
    """
    if astray := tuple(_without_lists(file, coded)):
        return Built(None, astray)
    kind: Kind = "professional" if file.setting == "professional" else "institutional"
    said = Said(kind, file.on)
    claim = _claim(file, coded, said)
    if said.lacking or claim is None:
        return Built(None, tuple(said.findings))
    return Built(claim, (*said.findings, *unbalanced(claim)))


def _without_lists(file: ClaimFile, coded: CodedEncounter) -> Iterator[Finding]:
    """Yield a finding for each day by which the lists are asked that they do not reach."""
    days = {"on": file.on}
    if file.bill and file.bill.statement_from:
        days["bill.statement_from"] = file.bill.statement_from
    days |= {f"line {at}": one.day for at, one in enumerate(coded.lines, 1) if one.day}
    days |= {f"revenue {at}": one.day for at, one in enumerate(file.revenue, 1) if one.day}
    for place, day in days.items():
        try:
            in_force(SET, day)
        except NotInForce as error:
            remedy = "Correct the day of service."
            yield Finding("claim.day", place, f"{error}.", remedy)


def _misplaced(file: ClaimFile, said: Said) -> None:
    """Say which fields belong to a claim of the other kind; what they tell is not on this one."""
    hospital = said.kind == "institutional"
    told = {
        "bill": not hospital and file.bill is not None,
        "revenue_code": not hospital and bool(file.revenue),
        "conditions": hospital and bool(file.conditions),
        "place_of_service": hospital and bool(file.place_of_service),
    }
    names = {"revenue_code": "revenue"}
    for field in (field for field, there in told.items() if there):
        name = names.get(field, field)
        message = f"{name} is no field of a claim of setting {file.setting}, and is left out."
        remedy = "State bill.conditions." if name == "conditions" else f"Take {name} out."
        said.say("misplaced", field, message, remedy)


def _claim(file: ClaimFile, coded: CodedEncounter, said: Said) -> Claim | None:
    _basics(file, said)
    _misplaced(file, said)
    patient = build_parties.patient(file, said)
    coverages = build_parties.coverages(file, said)
    to = build_parties.destination(file, said)
    billing = build_parties.billing(file, said)
    who = build_parties.providers(file, said)
    facility = build_parties.facility(file, said)
    diagnoses, bill = _diagnoses(file, coded, said)
    filing = coverages[to].filing if to < len(coverages) else ""
    around = build_lines.Around(file, filing, who, len(diagnoses))
    lines = build_lines.lines(coded, around, said)
    if said.kind == "institutional":
        lines = build_bill.revenue_lines(file, lines, said)
        build_bill.check_roles(lines, coded, who, said)
    if not (lines or coded.lines):
        said.lack("lines", "lines", "There is no service.", "Write a line on the worksheet.")
    accident = build_events.accident(file, coded, said)
    prior = build_events.prior(file, to, said)
    place, lines = _places(file, coded, lines, said)
    places = {place, *(one.place_of_service for one in lines)} - {""}
    ambulance = build_events.ambulance(file, places, said)
    dates = build_events.dates(file, places, said)
    if patient is None or billing is None or file.accepts is None or file.frequency is None:
        return None
    if said.kind == "professional":
        who = _professionals(file, who, billing, lines, said)
        needed = build_parties.facility_needed(places, said.day)
        if needed and facility is None:
            message = f"Place of service {needed} is no office, and where it was is not told."
            said.say("facility", "facility", message, "State facility: name, NPI and address.")
    return Claim(
        kind=said.kind,
        account=file.account,
        patient=patient,
        coverages=coverages,
        billing=billing,
        diagnoses=diagnoses,
        lines=lines,
        to=to,
        frequency=file.frequency,
        original_reference=file.original_reference,
        place_of_service=place,
        accepts=file.accepts,
        signature_on_file=bool(file.signature_on_file),
        pay_to=file.pay_to.value() if file.pay_to else None,
        providers=tuple(who.items()),
        facility=facility,
        bill=bill,
        dates=dates,
        accident=accident,
        ambulance=ambulance,
        authorization=file.authorization,
        referral=file.referral,
        clia=file.clia,
        patient_paid=file.patient_paid,
        outside_laboratory=file.outside_laboratory,
        delay_reason=file.delay_reason,
        anesthesia_procedure=file.anesthesia_procedure,
        conditions=file.conditions,
        note=file.note,
        prior=prior,
        attachments=tuple(one.value() for one in file.attachments),
        fixed_notes=file.fixed_notes,
        signed_for_patient=file.signed_for_patient,
    )


def _basics(file: ClaimFile, said: Said) -> None:
    most = limit("account", said.day).number
    if not file.account:
        message = "The claim has no number of the practice's own."
        said.lack("account", "account", message, "State account: it comes back in every answer.")
    elif len(file.account) > most:
        message = f"{file.account!r} has {len(file.account)} characters; {most} come back."
        said.say("account", "account", message, "Shorten account.")
    build_events.frequency(file, said)
    if file.accepts is None:
        remedy = "State accepts: A assigned, B laboratory services only, C not assigned."
        said.lack("accepts", "accepts", "Whether assignment is accepted is not told.", remedy)
    if file.signature_on_file is None:
        message = "Whether the provider's signature is on file is not told."
        said.lack("signature", "signature_on_file", message, "State signature_on_file: yes or no.")


def _diagnoses(
    file: ClaimFile, coded: CodedEncounter, said: Said
) -> tuple[tuple[Diagnosis, ...], InstitutionalBill | None]:
    diagnoses, bill = build_bill.diagnoses_with_poa(file, coded, said), None
    if said.kind == "institutional":
        first = diagnoses[0].code if diagnoses else ""
        if first and listed(first, "external cause", said.day):
            message = f"{first} is an external cause, which is never the principal diagnosis."
            remedy = "Put the diagnosis that it explains first."
            source = "ICD-10-CM guidelines I.C.20.a.6"
            said.say("principal", "diagnoses", message, remedy, source=source)
        diagnoses, causes = build_bill.split_causes(diagnoses, said.day)
        bill = build_bill.bill(file, coded, causes, said)
    if not diagnoses:
        said.lack("diagnoses", "diagnoses", "There is no diagnosis.", "Write dx on the worksheet.")
    most = limit(f"{said.kind} diagnoses", said.day).number
    if len(diagnoses) > most and said.kind == "institutional":
        message = f"{len(diagnoses)} diagnoses, and one claim has room for {most}."
        said.say("many-diagnoses", "diagnoses", message, "Keep those that matter most.")
    return diagnoses, bill


def _places(
    file: ClaimFile, coded: CodedEncounter, lines: tuple[Line, ...], said: Said
) -> tuple[str, tuple[Line, ...]]:
    """Return the claim's place of service, and the lines with theirs where it is another."""
    if said.kind == "institutional":
        return "", tuple(replace(one, place_of_service="") for one in lines)
    place = file.place_of_service or next(
        (one.place_of_service for one in coded.lines if one.place_of_service), ""
    )
    for number, one in enumerate(coded.lines, start=1):
        if not place and not one.place_of_service:
            said.line = number
            message = f"Where {one.code} was given is not told."
            remedy = "State place_of_service, or write pos 11 on the worksheet's line."
            said.say("place", "place_of_service", message, remedy)
    said.line = 0
    return place, tuple(
        replace(one, place_of_service="") if one.place_of_service == place else one for one in lines
    )


def _professionals(
    file: ClaimFile,
    who: dict[Role, Provider],
    billing: Provider,
    lines: tuple[Line, ...],
    said: Said,
) -> dict[Role, Provider]:
    """Return the providers that a professional claim names at its head.

    Who ordered stands on the lines; the rendering provider is not sent again where it is the
    billing individual (005010X222A1, 2310B).
    """
    kept = dict(who)
    if any(role == "ordering" for one in lines for role, _ in one.providers):
        kept.pop("ordering", None)
    rendering = kept.get("rendering")
    if rendering and rendering.npi and rendering.npi == billing.npi:
        message = "The rendering provider is the one who bills, so it is not named again."
        said.note("rendering", "rendering", message, "Take providers.rendering out.")
        del kept["rendering"]
    alone = billing.name.is_person or listed(billing.taxonomy, "bills in its own name", said.day)
    every = all(any(role == "rendering" for role, _ in one.providers) for one in lines)
    if rendering is None and not alone and not every:
        message = f"{billing.name.last} bills, and which practitioner did it is not told."
        said.say("rendering", "rendering", message, "State providers.rendering with NPI.")
    if file.supervised and "supervising" not in kept:
        message = "The practitioner worked under another, and nobody is named as supervising."
        remedy = "State providers.supervising with NPI (DQ on paper)."
        said.say("supervising", "supervising", message, remedy)
    return kept
