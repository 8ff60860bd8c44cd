"""What an outpatient hospital claim to Medicare may hold, as its code editor judges it.

A code that the lab's outpatient table lacks is not judged by these rules. Each rule is one
function that judges one line, and says what is wrong with it and what to do, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import wraps

from codinglab.codes.release import NotInTable
from codinglab.core.findings import Finding
from codinglab.edits.line_facts import day_of, on_line
from codinglab.edits.rule import Edit, edit
from codinglab.encounter.circumstances import Setting
from codinglab.encounter.coded import CodedEncounter, ServiceLine
from codinglab.grouping.apc_tables import Service, Tables, tables_on

_HOSPITAL: tuple[Setting, ...] = ("outpatient",)
_IOCE = "CMS I/OCE"
_D1 = "OPPS Addendum D1, status"
_MANUAL = "Medicare Claims Processing Manual ch. 4 s."
_C_CODE = "C"  # devices and other things that outpatient hospitals alone report


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the claim on its `day`, and what the table of that day says of its code."""

    line: ServiceLine
    day: date
    service: Service
    tables: Tables

    @property
    def code(self) -> str:
        return self.service.code

    def instead(self, otherwise: str) -> str:
        """Return the remedy that names the code which the hospital uses, or `otherwise`."""
        other = self.tables.instead(self.code)
        return f"Use {other.instead}: {other.label}." if other else otherwise


@dataclass(frozen=True, slots=True)
class _Claim:
    """The whole claim, and those of its lines whose codes are `known`, in their order."""

    encounter: CodedEncounter
    known: tuple[_Line, ...]


_Said = tuple[str, str] | None  # the message and the remedy
_Judge = Callable[[_Line, _Claim], _Said]


def _claim(encounter: CodedEncounter, day: date) -> _Claim:
    by_day: dict[date, Tables] = {}
    known = []
    for line in encounter.lines:
        when = day_of(line, day)
        tables = by_day.get(when) or by_day.setdefault(when, tables_on(when))
        try:
            known.append(_Line(line, when, tables.service(line.code), tables))
        except NotInTable:
            continue
    return _Claim(encounter, tuple(known))


def _editor(name: str, *statuses: str, source: str) -> Callable[[_Judge], Edit]:
    """Make the function below it the rule `name`, asked of each line that has one of `statuses`.

    Without statuses it is asked of every line whose code is known. Its docstring is the page.
    """

    def make(judge: _Judge) -> Edit:
        @wraps(judge)
        def judged(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
            claim = _claim(encounter, day)
            for one in claim.known:
                if not statuses or one.service.status in statuses:
                    said = judge(one, claim)
                    if said:
                        yield on_line(name, one.line, *said)

        declare = edit(name, "necessity", source=source, settings=_HOSPITAL, payer="Medicare")
        return declare(judged)

    return make


@_editor(
    "opps.inpatient-only",
    "C",
    source=f"42 CFR 419.22(n); {_IOCE} edit 18; {_MANUAL} 180.7",
)
def inpatient_only(one: _Line, _claim: _Claim) -> _Said:
    """A procedure of status C is paid on inpatients alone.

    On an outpatient claim it is denied, and with it every other service of that day. The list is
    published each year with the outpatient rule, and since 2026 it is being ended in steps.
    """
    remedy = (
        "Look for the order to admit: with one, the stay is an inpatient claim. Without one, "
        "check the code against the operation note."
    )
    return f"{one.code} is inpatient only: the line and all others of its day are denied.", remedy


@_editor("opps.not-recognized", "B", source=f"{_D1} B; {_IOCE} edit 62")
def not_recognized(one: _Line, _claim: _Claim) -> _Said:
    """A code of status B is not taken on a hospital's outpatient claim.

    Another code may say the same: a clinic visit is G0463 for the hospital, whatever the level of
    the practitioner's visit.
    """
    return (
        f"{one.code} is not taken on an outpatient hospital claim.",
        one.instead("Take it out, or use the code that the outpatient system has for the service."),
    )


@_editor("opps.practitioner-only", "M", source=f"{_D1} M; {_IOCE} edit 72")
def practitioner_only(one: _Line, _claim: _Claim) -> _Said:
    """A code of status M is a practitioner's to bill, not the hospital's.

    The heart tracing shows it: the hospital bills the recording, the practitioner the reading, and
    the code for both together belongs to an office that does both.
    """
    return (
        f"{one.code} is not the hospital's to bill.",
        one.instead("Leave it to the practitioner's claim."),
    )


@_editor("opps.not-covered", "E1", "E2", source=f"{_D1} E1 and E2; {_IOCE} edits 9, 13, 28 and 50")
def not_covered(one: _Line, _claim: _Claim) -> _Said:
    """A code of status E1 or E2 is never paid on an outpatient claim.

    E1 is outside Medicare's benefits or not known to it, E2 has no price. A line with GY asks for
    the denial that a secondary payer wants to see, and is let through.
    """
    if "GY" in one.line.modifiers:
        return None
    return (
        f"{one.code} has status {one.service.status}: Medicare does not pay it.",
        "Take it out, bill the patient as not covered, or add GY to ask for the denial.",
    )


@_editor("opps.equipment", "Y", source=f"{_D1} Y; {_IOCE} edit 61")
def equipment(one: _Line, _claim: _Claim) -> _Said:
    """Equipment for use at home goes to the contractor for suppliers.

    Crutches handed out at the emergency department are of status Y. A hospital may bill them only
    as an enrolled supplier, to that contractor.
    """
    return (
        f"{one.code} is equipment for use at home, which this claim does not pay.",
        "Bill it as a supplier to the DME contractor, or take it out.",
    )


@_editor("opps.only-packaged", "N", source=f"{_D1} N; {_IOCE} edit 27")
def only_packaged(one: _Line, claim: _Claim) -> _Said:
    """A claim of packaged services alone is rejected.

    Status N is in the payment of something else; where nothing else stands on the claim, the
    service that it belongs to was forgotten, or stands on another claim.
    """
    packaged = [each for each in claim.known if each.service.status == "N"]
    if one is not claim.known[0] or len(packaged) < len(claim.encounter.lines):
        return None
    return (
        "Every line of the claim is packaged into a service that is not there.",
        "Add the visit or procedure that these belong to, on the same claim.",
    )


@_editor("opps.visit-25", "J2", "V", source=f"{_IOCE} edit 21; {_MANUAL} 160")
def visit_beside_procedure(one: _Line, claim: _Claim) -> _Said:
    """A visit beside a procedure of status S or T has modifier 25.

    It says that the visit was work of its own. Preventive services and the giving of vaccines do
    not count here, and a claim with hours of observation is left to the comprehensive payment.
    """
    observed = any(each.code in each.tables.playing("observation hours") for each in claim.known)
    referral = one.code in one.tables.playing("direct referral")
    beside = [
        each.code
        for each in claim.known
        if each.service.status in {"S", "T"}
        and each.day == one.day
        and not (each.service.marks and each.service.marks.apart)
    ]
    if not beside or observed or referral or "25" in one.line.modifiers:
        return None
    return (
        f"{one.code} stands beside {min(beside)} without modifier 25.",
        "Add 25 if the visit was work of its own; else take the visit out.",
    )


@_editor("opps.direct-referral", source=f"{_IOCE} edit 58; {_MANUAL} 290.5.2")
def direct_referral(one: _Line, claim: _Claim) -> _Said:
    """A direct referral to observation stands with hours of observation on the same day.

    G0379 says that a practitioner in the community sent the patient straight to observation. The
    claim goes back where the hours, G0378, do not stand on that day.
    """
    hours = one.tables.playing("observation hours")
    beside = any(each.code in hours and each.day == one.day for each in claim.known)
    if beside or one.code not in one.tables.playing("direct referral"):
        return None
    return (
        f"{one.code} stands without hours of observation on {one.day}.",
        f"Add {min(hours)} with the hours in its units, or take the referral out.",
    )


@_editor("opps.device", source=f"{_IOCE} edit 92; {_MANUAL} 61.2")
def device(one: _Line, claim: _Claim) -> _Said:
    """A procedure that is mostly the price of its device stands with a device code.

    Any device code of the same claim will do. Modifiers 52, 73 and 74 say that it was given up,
    CG that no device was used. A C code that the lab's list lacks may be a device, so a claim with
    one is not judged.
    """
    excused = one.tables.modifiers("without device").intersection(one.line.modifiers)
    if excused or one.code not in one.tables.playing("device procedure"):
        return None
    devices = one.tables.playing("device")
    others = {each.code for each in claim.encounter.lines} - {one.code}
    if any(each.startswith(_C_CODE) or each in devices for each in others):
        return None
    return (
        f"{one.code} stands without the code of a device.",
        "Add the C code of the device that was put in, as the implant log names it.",
    )


EDITS = (
    *(inpatient_only, not_recognized, practitioner_only, not_covered, equipment),
    *(only_packaged, visit_beside_procedure, direct_referral, device),
)
