"""What happened around a claim: accidents, ambulance trips, corrections and earlier payments."""

from __future__ import annotations

from collections.abc import Iterable

from codinglab.claim.adjudicated import Adjustment, PaidLine, PriorPayment
from codinglab.claim.claim_file import AccidentRow, ClaimFile
from codinglab.claim.claim_rows import RANKS, AdjustmentRow, PriorRow
from codinglab.claim.model import Accident, Ambulance, ProfessionalDates
from codinglab.claim.rules import listed
from codinglab.claim.said import Said
from codinglab.encounter.coded import CodedEncounter

REPLACES = ("7", "8")


def accident(file: ClaimFile, coded: CodedEncounter, said: Said) -> Accident:
    """Return what the file says of an accident; where the codes tell of one, it is asked for."""
    causes = [one.code for one in coded.diagnoses if listed(one.code, "accident cause", said.day)]
    work = [one.code for one in coded.diagnoses if listed(one.code, "work status", said.day)]
    row = file.accident
    if said.kind == "institutional" and causes and row is None and not _has_occurrence(file, said):
        said.warn(
            "accident",
            "accident",
            f"{causes[0]} tells how an accident happened, and no occurrence code its day.",
            "State one of 01 to 06 in bill.occurrences with the day of the accident.",
        )
    if said.kind == "professional":
        _asked(row, causes, work, said)
    if row is None:
        return Accident()
    _of_accident(file, causes, said)
    return Accident(row.employment, row.auto, row.other, row.state.upper(), row.day)


def _asked(row: AccidentRow | None, causes: list[str], work: list[str], said: Said) -> None:
    if causes and row is None:
        said.say(
            "accident",
            "accident",
            f"{causes[0]} tells how an accident happened, and whether it is one was not asked.",
            "Ask the patient, and state accident: employment, auto or other, and its day.",
        )
    if causes and row and not (row.employment or row.auto or row.other):
        said.warn(
            "accident",
            "accident",
            f"{causes[0]} tells how an accident happened, and the claim says that there was none.",
            "Ask again: many payers hold such a claim until the patient has answered.",
        )
    if work and not (row and row.employment):
        said.warn(
            "accident-work",
            "accident.employment",
            f"{work[0]} says that the patient was at work, and employment is not stated.",
            "Ask the patient; where it is so, workers' compensation pays first.",
        )


def _has_occurrence(file: ClaimFile, said: Said) -> bool:
    codes = [one.code for one in file.bill.occurrences] if file.bill else []
    return any(listed(code, "accident occurrence", said.day) for code in codes)


def _of_accident(file: ClaimFile, causes: Iterable[str], said: Said) -> None:
    row = file.accident
    if row is None or said.kind != "professional":
        return
    if row.day is None and (row.auto or row.other or (row.employment and list(causes))):
        message = "The day of the accident is not told."
        said.say("accident-day", "accident.day", message, "State accident.day.")
    if row.auto and not row.state:
        message = "An auto accident needs the state where it happened."
        said.say("accident-state", "accident.state", message, "State accident.state: OH")
    if row.day and row.day > file.on:
        message = f"The accident of {row.day} is later than the service of {file.on}."
        said.say("accident-day", "accident.day", message, "Correct one of the days.")


def frequency(file: ClaimFile, said: Said) -> None:
    """Say what a first, replacing or voiding claim lacks."""
    if file.frequency is None:
        said.lack(
            "frequency",
            "frequency",
            "Whether this claim is new is not told.",
            "State frequency: 1 new (whole stay), 7 replaces, 8 voids an earlier claim.",
        )
    elif file.frequency in REPLACES and not file.original_reference:
        said.say(
            "original-reference",
            "original_reference",
            f"Frequency {file.frequency} changes an earlier claim, and its number is missing.",
            "State original_reference: the payer's own number of that claim, from its remittance.",
            source="005010X222A1 and 005010X223A2, 2300 REF F8",
        )
    elif file.frequency not in REPLACES and file.original_reference:
        said.say(
            "original-reference",
            "original_reference",
            f"Frequency {file.frequency} is no change, yet an earlier claim's number is given.",
            "State frequency 7 or 8, or take original_reference out.",
        )


def ambulance(file: ClaimFile, places: set[str], said: Said) -> Ambulance | None:
    """Return the trip; where the place of service is an ambulance, it is asked for."""
    row = file.ambulance
    if row is None:
        place = next((one for one in places if listed(one, "ambulance place", said.day)), "")
        if place:
            message = f"Place of service {place} is an ambulance, and the trip is not told."
            remedy = "State ambulance: reason, miles, conditions, pick_up and drop_off."
            said.say("ambulance", "ambulance", message, remedy)
        return None
    return Ambulance(
        row.reason,
        row.miles,
        row.conditions,
        row.pick_up.value(),
        row.drop_off.value(),
        row.weight,
        row.round_trip,
        row.stretcher,
        row.not_met,
    )


def dates(file: ClaimFile, places: set[str], said: Said) -> ProfessionalDates:
    """Return the dates; a place of service of inpatients asks for the day of admission."""
    place = next((one for one in sorted(places) if listed(one, "admission place", said.day)), "")
    if place and file.dates.admitted is None:
        message = f"Place of service {place} is an inpatient's, and the admission is not told."
        said.say("admitted", "dates.admitted", message, "State dates.admitted.")
    return ProfessionalDates(**dict(file.dates))


def prior(file: ClaimFile, to: int, said: Said) -> tuple[PriorPayment, ...]:
    """Return what each payer before the one asked decided; a payer left out is said."""
    told = [RANKS.index(row.payer) for row in file.prior]
    for at in range(min(to, len(file.coverages))):
        if at not in told:
            said.say(
                "prior",
                "prior",
                f"This claim goes to the {RANKS[to]} payer, and what the {RANKS[at]} one decided "
                "is not told.",
                f"Add payer {RANKS[at]} to prior, with paid and adjustments by line.",
            )
    for at in sorted(set(told)):
        if at >= to or told.count(at) > 1:
            said.say(
                "prior",
                "prior",
                f"prior tells of the {RANKS[at]} payer, who is not asked before this one once.",
                "Keep one entry for each payer before the one that the claim goes to.",
            )
    return tuple(_prior(row) for row in file.prior)


def _prior(row: PriorRow) -> PriorPayment:
    return PriorPayment(
        coverage=RANKS.index(row.payer),
        paid=row.paid,
        adjudicated=row.adjudicated,
        lines=tuple(
            PaidLine(
                line=one.line,
                paid=one.paid,
                units=one.units,
                code=one.code,
                adjudicated=row.adjudicated,
                modifiers=one.modifiers,
                adjustments=_adjustments(one.adjustments),
                patient_still_owes=one.patient_still_owes,
            )
            for one in row.lines
        ),
        adjustments=_adjustments(row.adjustments),
        control_number=row.control_number,
        patient_still_owes=row.patient_still_owes,
        noncovered=row.noncovered,
        remarks=row.remarks,
    )


def _adjustments(rows: Iterable[AdjustmentRow]) -> tuple[Adjustment, ...]:
    return tuple(Adjustment(one.group, one.carc, one.amount, one.quantity) for one in rows)
