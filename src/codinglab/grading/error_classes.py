"""The field's classes of coding errors, each in one plain sentence that gives no answer away.

A class says what kind of error it is, so a trainee in a graded case learns from it without seeing
the key. Source: audit practice (codinglab's domain notes list the taxonomy under "Audit scoring").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Direction(Enum):
    """Which way an error leans: towards more than the record supports, or less, or neither."""

    OVER = "over-coded"
    UNDER = "under-coded"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """A class of errors: its `name`, one `sentence` for the trainee, and its `direction`."""

    name: str
    sentence: str
    direction: Direction = Direction.NEITHER


_OVER, _UNDER = Direction.OVER, Direction.UNDER

ERROR_CLASSES: tuple[ErrorClass, ...] = (
    ErrorClass("missed code", "The record supports something that is not coded.", _UNDER),
    ErrorClass("unsupported code", "The record does not support this code.", _OVER),
    ErrorClass("duplicate", "This is coded more often than the record supports.", _OVER),
    ErrorClass("specificity", "The record supports a code of another specificity."),
    ErrorClass("combination", "Conditions that the classification joins are coded apart."),
    ErrorClass("copied forward", "What an old note carried along is coded as current.", _OVER),
    ErrorClass("ruled out", "A condition that the record denies or rules out is coded.", _OVER),
    ErrorClass("historical", "A condition of the past is coded as current.", _OVER),
    ErrorClass("not billed here", "Another provider or facility bills for this.", _OVER),
    ErrorClass("included service", "This is part of another service on the claim.", _OVER),
    ErrorClass("wrong procedure", "Another procedure was done than the one coded."),
    ErrorClass("laterality", "The side of the body is not the one in the record."),
    ErrorClass("unspecified", "The code says less than the record does."),
    ErrorClass("7th character", "The seventh character does not fit the episode of care."),
    ErrorClass("excludes1", "An Excludes1 note keeps this code from standing with another.", _OVER),
    ErrorClass("code first", "A code-first or use-additional-code note is not followed."),
    ErrorClass("manifestation first", "A manifestation may not stand before its cause."),
    ErrorClass(
        "uncertain diagnosis",
        "An uncertain diagnosis is coded as established where the setting does not allow it.",
        _OVER,
    ),
    ErrorClass("integral symptom", "A symptom integral to a coded condition is coded too.", _OVER),
    ErrorClass("sequencing", "The codes are right but their order is not."),
    ErrorClass("poa", "The present-on-admission indicator is not the one the record supports."),
    ErrorClass("root operation", "The root operation does not fit what was done."),
    ErrorClass("approach", "The approach does not fit how the site was reached."),
    ErrorClass("device", "The device value does not fit what was left in the body."),
    ErrorClass("body part", "The body part value does not fit the site of the procedure."),
    ErrorClass("modifiers missing", "A modifier that the record calls for is missing."),
    ErrorClass("modifiers wrong", "A modifier is not the one that the record calls for."),
    ErrorClass("modifiers unneeded", "A modifier stands where none is called for."),
    ErrorClass("units", "The units do not match what the record supports."),
    ErrorClass("pointers missing", "A line does not point to a diagnosis that supports it."),
    ErrorClass("pointers wrong", "A line points to a diagnosis other than the one it is for."),
    ErrorClass("pointers unneeded", "A line points to a diagnosis that it is not for."),
    ErrorClass("visit level over-coded", "The visit level is above what is documented.", _OVER),
    ErrorClass("visit level under-coded", "The visit level is below what is documented.", _UNDER),
    ErrorClass("ncci", "A procedure-to-procedure edit bundles this line into another.", _OVER),
    ErrorClass("mue", "The units exceed what a day allows for this code.", _OVER),
    ErrorClass("add-on without primary", "An add-on code stands without its primary procedure."),
    ErrorClass("global period", "The service lies within another's global package.", _OVER),
    ErrorClass("medical necessity", "No diagnosis on the line supports its medical necessity."),
    ErrorClass("place of service", "The place of service is not where the care was given."),
    ErrorClass("age or sex conflict", "The code does not fit the patient's age or sex."),
    ErrorClass("code set year", "The code is not in force on the date of the service."),
    ErrorClass("allowed for paid", "What the payer allows is posted as what it paid."),
    ErrorClass("charge for paid", "What was charged is posted as what was paid."),
    ErrorClass(
        "adjustment group", "The amount is right, but the group says that another bears it."
    ),
    ErrorClass("adjustment reason", "The amount is right, but the reason code is another."),
    ErrorClass("balance billing", "The patient is billed what the payer's rules forbid.", _OVER),
    ErrorClass("patient not billed", "What the patient owes is written off or left.", _UNDER),
    ErrorClass("wrong payer", "The bill goes to somebody whose turn it is not."),
    ErrorClass("payer order", "The payers stand in another order than the rules have it."),
    ErrorClass("wrong box", "The entry belongs into another box of the form."),
    ErrorClass("wrong identifier", "The number is that of another person or place."),
    ErrorClass("deadline", "The last day is counted from another day, or by another rule."),
    ErrorClass("wrong level", "This level of appeal is not the one that is open."),
    ErrorClass("rejection as denial", "A claim that was never taken in is treated as denied."),
    ErrorClass("denial as rejection", "A claim that was decided is treated as never taken in."),
    ErrorClass("denial written off", "A denial that can be worked is given up.", _UNDER),
    ErrorClass("arithmetic", "An amount is added up or carried over wrongly."),
    ErrorClass("money set off", "What is set off against the whole payment is left out or turned."),
    ErrorClass("out of balance", "Money is posted that does not add up."),
    ErrorClass("query needed", "The record is unclear here: ask, do not assume."),
)

_BILLERS_PARTS = {
    "paid": (
        "What was paid is not the amount that the remittance says.",
        "An amount stands as paid where nothing is.",
    ),
    "adjustments": (
        "An adjustment of the remittance is missing, or has another group, reason or amount.",
        "An adjustment stands here that the remittance does not have.",
    ),
    "amount": (
        "The amount is not the one that the record leads to.",
        "An amount stands where none is called for.",
    ),
    "who": (
        "It is somebody else's turn to be billed.",
        "Somebody is billed where nobody is.",
    ),
    "action": (
        "Another step comes next.",
        "A step stands where none is called for.",
    ),
    "last day": (
        "The last day is missing, or it is another one.",
        "A last day stands where the rules set none.",
    ),
    "class": (
        "The denial was about something else.",
        "A class stands where none is called for.",
    ),
    "entry": (
        "What stands in this box is not what the record leads to.",
        "Something stands in this box, and it stays blank.",
    ),
}
"""What is said of the elements of a biller's statements: missing or wrong, and unneeded."""

_BY_NAME = {one.name: one for one in ERROR_CLASSES}
_PART_ENDINGS = {
    "missing": "Something is missing under {part}.",
    "wrong": "What stands under {part} is not what the record supports.",
    "unneeded": "Something stands under {part} that is not called for.",
}


def error_class(name: str) -> ErrorClass | None:
    """Return the class `name`, or None for a class that is not known here.

    "<part> missing", "<part> wrong" and "<part> unneeded" are classes for any part's name.
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    part, _, ending = name.rpartition(" ")
    if not part or ending not in _PART_ENDINGS:
        return None
    if part in _BY_NAME:
        return ErrorClass(name, _BY_NAME[part].sentence)
    if part in _BILLERS_PARTS:
        return ErrorClass(name, _BILLERS_PARTS[part][ending == "unneeded"])
    return ErrorClass(name, _PART_ENDINGS[ending].format(part=part))
