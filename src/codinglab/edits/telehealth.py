"""Telehealth: its places, its modifiers, and what cannot be done by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    HANDS,
    PHYSICIAN_CLAIM,
    day_of,
    kind_of,
    of_kind,
    on_line,
    with_modifier,
)
from codinglab.edits.rule import edit
from codinglab.edits.trait import carries, record_says, service_lists
from codinglab.encounter.coded import CodedEncounter, ServiceLine

_PLACE_OF = {"home": "10", "elsewhere": "02"}
_SOUND, _AUDIO_ONLY = frozenset({"93", "FQ"}), "audio only"
_NO_GT_SINCE = date(2018, 1, 1)  # CMS change request 10152


@edit(
    "place.telehealth",
    "place",
    source="Medicare Claims Processing Manual ch. 12 s. 190; CMS place of service code set",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("telehealth modifier"),
)
def telehealth_place(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A telehealth service has place 02, or 10 where the patient was at home.

    Place 10 is paid as in an office, 02 as in a facility. Modifier 95 on an office place says two
    things; some payers still want the place where it would have been, so it is a warning.
    """
    for line in encounter.lines:
        when = day_of(line, day)
        said = members("telehealth modifier", when).intersection(line.modifiers)
        place = line.place_of_service
        if said and place is not None and place not in members("telehealth place", when):
            message = f"{min(said)} says telehealth; the place is {place}."
            remedy = "Use 10 for a patient at home, 02 elsewhere, unless the payer says otherwise."
            yield on_line("place.telehealth", line, message, remedy, Severity.WARNING)


def _marks(line: ServiceLine, day: date) -> frozenset[str]:
    return members("telehealth modifier", day_of(line, day))


@edit(
    "place.telehealth-record",
    "place",
    source="Medicare Claims Processing Manual ch. 12 s. 190; CMS place of service code set",
    settings=PHYSICIAN_CLAIM,
    needs=("record",),
    on=(*service_lists("telehealth place"), *record_says("telehealth")),
)
def telehealth_recorded(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The place says what the record says of where the patient was.

    The record says "telehealth", with the value "home" or "elsewhere". A visit by telehealth that
    is billed as in the office, or the other way round, is a false statement of place.
    """
    record = [o for o in encounter.circumstances.record or () if o.kind == "telehealth"]
    for line in encounter.lines:
        place, remote = line.place_of_service, members("telehealth place", day_of(line, day))
        if place is None:
            continue
        said = [one.value for one in record if not one.about or line.code in one.about]
        wanted = next((_PLACE_OF[value] for value in said if value in _PLACE_OF), None)
        elsewhere = encounter.circumstances.payer != "Medicare" and place not in remote
        if elsewhere and not _marks(line, day).isdisjoint(line.modifiers):
            continue  # such payers may want the usual place; place.telehealth says so
        if said and (place not in remote or (wanted and place != wanted)):
            where = ", ".join(value for value in said if value) or "place not said"
            message = f"The record says telehealth ({where}); the place here is {place}."
            yield on_line("place.telehealth-record", line, message, f"Use {wanted or '02 or 10'}.")
        elif not said and place in remote:
            message = f"Place {place} says telehealth; the record does not."
            yield on_line("place.telehealth-record", line, message, "Correct the place.")


@edit(
    "place.telehealth-hands",
    "place",
    source="CMS list of telehealth services; 42 CFR 410.78",
    settings=PHYSICIAN_CLAIM,
    on=service_lists("telehealth place"),
)
def hands_needed(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """What needs hands, a needle or a machine at the patient is no telehealth service.

    Procedures, injections, vaccines, films and laboratory tests are done where the patient is.
    """
    for line, when in of_kind(encounter, day, *sorted(HANDS)):
        if line.place_of_service in members("telehealth place", when):
            message = f"{line.code} ({kind_of(line.code, when)}) cannot be done by telehealth."
            yield on_line(
                "place.telehealth-hands", line, message, "Correct the place, or take it out."
            )


@edit(
    "modifier.93",
    "modifier",
    source="42 CFR 410.78(a)(3); CPT modifier 93, in our own words",
    settings=PHYSICIAN_CLAIM,
    needs=("record",),
    on=(*carries("93"), *record_says("telehealth")),
)
def sound_alone(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """A telehealth service by sound alone says so with modifier 93.

    The record says "telehealth" with the value "audio only". Health centers use FQ. Without it
    the claim says that the patient was seen; with 93 on a video visit it says less than was done.
    """
    record = encounter.circumstances.record or ()
    sound = [o.about for o in record if o.kind == "telehealth" and o.value == _AUDIO_ONLY]
    for line in encounter.lines:
        heard = any(line.code in about for about in sound)
        if heard and _SOUND.isdisjoint(line.modifiers):
            message = f"The record says audio only for {line.code}; 93 is missing."
            remedy = "Put 93 in the place of 95." if "95" in line.modifiers else "Add 93."
            yield on_line("modifier.93", line, message, remedy)
        elif "93" in line.modifiers and not (heard or () in sound):
            message = f"93 says audio only; the record does not say so of {line.code}."
            yield on_line("modifier.93", line, message, "Take 93 off.", Severity.WARNING)


@edit(
    "modifier.gt",
    "modifier",
    source="CMS change request 10152; Medicare Claims Processing Manual ch. 12 s. 190",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    modifiers=("GT",),
)
def older_telehealth(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Medicare needs no GT on a practitioner's claim since 2018-01-01; the place says telehealth.

    Critical access hospitals that bill for their practitioners (method II) still use it.
    """
    for line in with_modifier(encounter, "GT"):
        if day_of(line, day) >= _NO_GT_SINCE:
            message = "GT stands on a practitioner's Medicare claim."
            yield on_line(
                "modifier.gt", line, message, "Take it off; use place 02 or 10.", Severity.WARNING
            )


@edit(
    "modifier.93-home",
    "modifier",
    source="42 CFR 410.78(a)(3), as revised for CY2025",
    settings=PHYSICIAN_CLAIM,
    payer="Medicare",
    on=carries("93"),
)
def sound_at_home(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Medicare takes a visit by sound alone only where the patient was at home.

    The practitioner could have used video, and the patient could not or would not. So 93 goes with
    place 10; in another place of telehealth it contradicts itself.
    """
    for line in with_modifier(encounter, "93"):
        if line.place_of_service == _PLACE_OF["elsewhere"]:
            message = (
                f"93 stands with place {line.place_of_service}, where the patient is not at home."
            )
            remedy = "Correct the place, or the modifier; Medicare takes sound alone at home."
            yield on_line("modifier.93-home", line, message, remedy, Severity.WARNING)


EDITS = (
    telehealth_place,
    telehealth_recorded,
    hands_needed,
    sound_alone,
    sound_at_home,
    older_telehealth,
)
