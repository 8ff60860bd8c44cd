"""What an outpatient hospital claim to Medicare may hold, as its code editor judges it.

A code that the lab's outpatient table lacks is not judged by these rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.release import NotInTable
from codinglab.core.findings import Finding
from codinglab.edits.line_facts import day_of, on_line
from codinglab.edits.rule import edit
from codinglab.encounter.circumstances import Setting
from codinglab.encounter.coded import CodedEncounter, ServiceLine
from codinglab.grouping.apc_tables import Service, Tables, tables_on

_HOSPITAL: tuple[Setting, ...] = ("outpatient",)
_IOCE = "CMS I/OCE"
_C_CODE = "C"  # devices and other things that outpatient hospitals alone report


def _services(
    encounter: CodedEncounter, day: date, *statuses: str
) -> Iterator[tuple[ServiceLine, Service, Tables]]:
    """Yield the lines whose code has one of the `statuses`, or any that is known."""
    by_day: dict[date, Tables] = {}
    for line in encounter.lines:
        when = day_of(line, day)
        tables = by_day.get(when) or by_day.setdefault(when, tables_on(when))
        try:
            service = tables.service(line.code)
        except NotInTable:
            continue
        if not statuses or service.status in statuses:
            yield line, service, tables


@edit(
    "opps.inpatient-only",
    "necessity",
    source=f"42 CFR 419.22(n); {_IOCE} edit 18; Medicare Claims Processing Manual ch. 4 s. 180.7",
    settings=_HOSPITAL,
    payer="Medicare",
)
def inpatient_only(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A procedure of status C is paid on inpatients alone.

    On an outpatient claim it is denied, and with it every other service of that day. The list is
    published each year with the outpatient rule, and since 2026 it is being ended in steps.
    """
    for line, service, _ in _services(encounter, day, "C"):
        message = (
            f"{service.code} is inpatient only: the line and all others of its day are denied."
        )
        remedy = (
            "Look for the order to admit: with one, the stay is an inpatient claim. Without one, "
            "check the code against the operation note."
        )
        yield on_line("opps.inpatient-only", line, message, remedy)


@edit(
    "opps.not-recognized",
    "necessity",
    source=f"OPPS Addendum D1, status B; {_IOCE} edit 62",
    settings=_HOSPITAL,
    payer="Medicare",
)
def not_recognized(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code of status B is not taken on a hospital's outpatient claim.

    Another code may say the same: a clinic visit is G0463 for the hospital, whatever the level of
    the practitioner's visit.
    """
    for line, service, tables in _services(encounter, day, "B"):
        other = tables.instead(service.code)
        remedy = (
            f"Use {other.instead}: {other.label}."
            if other
            else "Take it out, or use the code that the outpatient system has for the service."
        )
        message = f"{service.code} is not taken on an outpatient hospital claim."
        yield on_line("opps.not-recognized", line, message, remedy)


@edit(
    "opps.practitioner-only",
    "necessity",
    source=f"OPPS Addendum D1, status M; {_IOCE} edit 72",
    settings=_HOSPITAL,
    payer="Medicare",
)
def practitioner_only(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code of status M is a practitioner's to bill, not the hospital's.

    The heart tracing shows it: the hospital bills the recording, the practitioner the reading, and
    the code for both together belongs to an office that does both.
    """
    for line, service, tables in _services(encounter, day, "M"):
        other = tables.instead(service.code)
        remedy = (
            f"Use {other.instead}: {other.label}."
            if other
            else "Leave it to the practitioner's claim."
        )
        message = f"{service.code} is not the hospital's to bill."
        yield on_line("opps.practitioner-only", line, message, remedy)


@edit(
    "opps.not-covered",
    "necessity",
    source=f"OPPS Addendum D1, status E1 and E2; {_IOCE} edits 9, 13, 28 and 50",
    settings=_HOSPITAL,
    payer="Medicare",
)
def not_covered(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code of status E1 or E2 is never paid on an outpatient claim.

    E1 is outside Medicare's benefits or not known to it, E2 has no price. A line with GY asks for
    the denial that a secondary payer wants to see, and is let through.
    """
    for line, service, _ in _services(encounter, day, "E1", "E2"):
        if "GY" in line.modifiers:
            continue
        message = f"{service.code} has status {service.status}: Medicare does not pay it."
        remedy = "Take it out, bill the patient as not covered, or add GY to ask for the denial."
        yield on_line("opps.not-covered", line, message, remedy)


@edit(
    "opps.equipment",
    "necessity",
    source=f"OPPS Addendum D1, status Y; {_IOCE} edit 61",
    settings=_HOSPITAL,
    payer="Medicare",
)
def equipment(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Equipment for use at home goes to the contractor for suppliers.

    Crutches handed out at the emergency department are of status Y. A hospital may bill them only
    as an enrolled supplier, to that contractor.
    """
    for line, service, _ in _services(encounter, day, "Y"):
        message = f"{service.code} is equipment for use at home, which this claim does not pay."
        remedy = "Bill it as a supplier to the DME contractor, or take it out."
        yield on_line("opps.equipment", line, message, remedy)


@edit(
    "opps.only-packaged",
    "necessity",
    source=f"OPPS Addendum D1, status N; {_IOCE} edit 27",
    settings=_HOSPITAL,
    payer="Medicare",
)
def only_packaged(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A claim of packaged services alone is rejected.

    Status N is in the payment of something else; where nothing else stands on the claim, the
    service that it belongs to was forgotten, or stands on another claim.
    """
    known = list(_services(encounter, day))
    packaged = [service.status == "N" for _, service, _ in known]
    if packaged and all(packaged) and len(known) == len(encounter.lines):
        line = known[0][0]
        message = "Every line of the claim is packaged into a service that is not there."
        remedy = "Add the visit or procedure that these belong to, on the same claim."
        yield on_line("opps.only-packaged", line, message, remedy)


@edit(
    "opps.visit-25",
    "necessity",
    source=f"{_IOCE} edit 21; Medicare Claims Processing Manual ch. 4 s. 160",
    settings=_HOSPITAL,
    payer="Medicare",
)
def visit_beside_procedure(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A visit beside a procedure of status S or T has modifier 25.

    It says that the visit was work of its own. Preventive services and the giving of vaccines do
    not count here, and a claim with hours of observation is left to the comprehensive payment.
    """
    known = list(_services(encounter, day))
    if any(line.code in tables.playing("observation hours") for line, _, tables in known):
        return
    for line, service, tables in known:
        referral = tables.playing("direct referral")
        if service.status not in {"J2", "V"} or line.code in referral or "25" in line.modifiers:
            continue
        beside = [
            other.code
            for other, what, _ in known
            if what.status in {"S", "T"}
            and not (what.marks and what.marks.apart)
            and day_of(other, day) == day_of(line, day)
        ]
        if beside:
            message = f"{service.code} stands beside {min(beside)} without modifier 25."
            remedy = "Add 25 if the visit was work of its own; else take the visit out."
            yield on_line("opps.visit-25", line, message, remedy)


@edit(
    "opps.direct-referral",
    "necessity",
    source=f"{_IOCE} edit 58; Medicare Claims Processing Manual ch. 4 s. 290.5.2",
    settings=_HOSPITAL,
    payer="Medicare",
)
def direct_referral(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A direct referral to observation stands with hours of observation on the same day.

    G0379 says that a practitioner in the community sent the patient straight to observation. The
    claim goes back where the hours, G0378, do not stand on that day.
    """
    for line, _, tables in _services(encounter, day):
        if line.code not in tables.playing("direct referral"):
            continue
        when, hours = day_of(line, day), tables.playing("observation hours")
        if not any(one.code in hours and day_of(one, day) == when for one in encounter.lines):
            message = f"{line.code} stands without hours of observation on {when}."
            remedy = f"Add {min(hours)} with the hours in its units, or take the referral out."
            yield on_line("opps.direct-referral", line, message, remedy)


@edit(
    "opps.device",
    "necessity",
    source=f"{_IOCE} edit 92; Medicare Claims Processing Manual ch. 4 s. 61.2",
    settings=_HOSPITAL,
    payer="Medicare",
)
def device(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A procedure that is mostly the price of its device stands with a device code.

    Any device code of the same claim will do. Modifiers 52, 73 and 74 say that it was given up,
    CG that no device was used. A C code that the lab's list lacks may be a device, so a claim with
    one is not judged.
    """
    for line, service, tables in _services(encounter, day):
        excused = tables.modifiers("without device").intersection(line.modifiers)
        if service.code not in tables.playing("device procedure") or excused:
            continue
        others = [one.code for one in encounter.lines if one.code != service.code]
        if not any(one.startswith(_C_CODE) or one in tables.playing("device") for one in others):
            message = f"{service.code} stands without the code of a device."
            remedy = "Add the C code of the device that was put in, as the implant log names it."
            yield on_line("opps.device", line, message, remedy)


EDITS = (
    *(inpatient_only, not_recognized, practitioner_only, not_covered, equipment),
    *(only_packaged, visit_beside_procedure, direct_referral, device),
)
