"""Our words for the edits of the Medicare Code Editor: what each finds and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from codinglab.core.findings import Severity


@dataclass(frozen=True, slots=True)
class McePage:
    """One edit: its `id` here, what it `says` of a code or claim, `remedy` and `severity`.

    `about` says where the code stands that can set it off: the principal diagnosis alone, any
    diagnosis or procedure, or the claim as a whole.
    """

    id: str
    says: str
    remedy: str
    severity: Severity = Severity.ERROR
    about: str = "codes"


_LIMITED = McePage(
    "mce.limited-coverage",
    "is covered under narrow conditions only, at hospitals approved for it",
    "Check the coverage rule and the hospital's approval before the claim goes out.",
    Severity.WARNING,
)
PAGES: dict[str, McePage] = {
    "INVALID_CODE": McePage(
        "mce.invalid-code",
        "is not a valid code on the day of discharge",
        "Look the code up for that day; it may need more characters, or have ended.",
    ),
    "INVALID_ADMIT_DX": McePage(
        "mce.invalid-admitting-diagnosis",
        "the admitting diagnosis is not a valid code",
        "Look the code up for the day of discharge.",
        about="claim",
    ),
    "E_CODE_AS_PDX": McePage(
        "mce.external-cause-first",
        "says how an injury happened, which is never the principal diagnosis",
        "Put the injury or condition first and keep the external cause after it.",
        about="principal",
    ),
    "DUPLICATE_OF_PDX": McePage(
        "mce.duplicate-of-principal",
        "repeats the principal diagnosis",
        "Take the second one out; as CC or MCC it would count twice.",
    ),
    "AGE_CONFLICT": McePage(
        "mce.age-conflict",
        "does not fit the patient's age",
        "Check the date of birth and the code: newborn, child, maternity and adult codes exclude "
        "one another.",
    ),
    "SEX_CONFLICT": McePage(
        "mce.sex-conflict",
        "does not fit the patient's recorded sex",
        "Check registration and code. Medicare ended this edit for discharges from 2024-10-01.",
        Severity.WARNING,
    ),
    "MANIFESTATION_AS_PDX": McePage(
        "mce.manifestation-first",
        "is a manifestation: it describes what an underlying disease does",
        "Put the underlying disease first.",
        about="principal",
    ),
    "NONSPECIFIC_PDX": McePage(
        "mce.nonspecific-principal",
        "is too unspecific to be the principal diagnosis",
        "Look in the record for the specific condition, or query the physician.",
        Severity.WARNING,
        "principal",
    ),
    "QUESTIONABLE_ADMISSION": McePage(
        "mce.questionable-admission",
        "seldom needs a bed in an acute care hospital",
        "Check that the record tells why the patient was admitted.",
        Severity.WARNING,
        "principal",
    ),
    "QUESTIONABLE_OBSTETRIC_ADMISSION": McePage(
        "mce.obstetric-diagnosis-missing",
        "is a delivery without a diagnosis that tells its course and outcome",
        "Add the obstetric diagnosis and the outcome of delivery.",
    ),
    "UNACCEPTABLE_PDX": McePage(
        "mce.unacceptable-principal",
        "tells a circumstance or history, not a reason for an acute admission",
        "Sequence the condition that was treated first.",
        about="principal",
    ),
    "REQUIRES_SDX": McePage(
        "mce.needs-secondary-diagnosis",
        "may stand first only with a secondary diagnosis that tells what it is for",
        "Add the secondary diagnosis, if the record has one.",
        about="principal",
    ),
    "NONSPECIFIC_OR": McePage(
        "mce.nonspecific-procedure",
        "is an operation reported too unspecifically",
        "Look in the operative report for the exact procedure.",
        Severity.WARNING,
    ),
    "OPEN_BIOPSY": McePage(
        "mce.open-biopsy",
        "is an open biopsy, which is rare where a closed one is possible",
        "Check in the operative report that the approach was open.",
        Severity.WARNING,
    ),
    "NON_COVERED": McePage(
        "mce.not-covered",
        "is a procedure that Medicare does not cover, at least with these diagnoses",
        "Check the coverage rule; a diagnosis that makes it covered may be missing.",
    ),
    "BILATERAL": McePage(
        "mce.bilateral",
        "is one side of a joint procedure that the claim reports for both sides",
        "Check in the operative reports that both sides were done in this stay.",
        Severity.WARNING,
    ),
    "LIMITED_COVERAGE": _LIMITED,
    "WRONG_PROCEDURE_PERFORMED": McePage(
        "mce.wrong-procedure",
        "says that a wrong operation was done, or on the wrong patient or side",
        "Medicare does not pay for it: bill the stay as not covered (NCD 140.6 to 140.8).",
    ),
    "INCONSISTENT_WITH_LENGTH_OF_STAY": McePage(
        "mce.length-of-stay",
        "is ventilation for more than 96 hours in a stay too short for it",
        "Count the hours again, from intubation or arrival to the end of ventilation.",
    ),
    "UNSPECIFIED": McePage(
        "mce.unspecified-side",
        "does not say the side, though a CC or MCC with a side exists",
        "Take the side from the record, or have the provider or another clinician document it.",
        Severity.WARNING,
    ),
    "MEDICARE_IS_SECONDARY_PAYER": McePage(
        "mce.secondary-payer",
        "is an accident for which another insurer may have to pay first",
        "Ask for auto, liability or workers' compensation coverage.",
        Severity.NOTE,
    ),
    "INVALID_AGE": McePage(
        "mce.invalid-age", "the age is not possible", "Check the date of birth.", about="claim"
    ),
    "INVALID_SEX": McePage(
        "mce.invalid-sex", "the sex is not known", "Check registration.", about="claim"
    ),
    "INVALID_DISCHARGE_STATUS": McePage(
        "mce.invalid-discharge-status",
        "the discharge status is not a code",
        "Look the status up for the day of discharge.",
        about="claim",
    ),
    "INVALID_POA": McePage(
        "mce.invalid-poa",
        "has no valid present on admission indicator",
        "Write Y, N, U or W as the record tells.",
    ),
}


def page(name: str) -> McePage:
    """Return the page of the edit that the software calls `name`.

    The limited coverage edits by organ share one page. An edit that has none here is an error
    whose text is the software's name.
    """
    if name.startswith("LIMITED_COVERAGE"):
        return _LIMITED
    plain = name.replace("_", " ").lower()
    return PAGES.get(name) or McePage(
        f"mce.{plain.replace(' ', '-')}",
        f"the code editor says: {plain}",
        "Look the edit up in the Definitions of Medicare Code Edits.",
        about="claim",
    )
