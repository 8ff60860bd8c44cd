"""Our words for what the MS-DRG grouper returns, by the names that the software gives it."""

from __future__ import annotations

RETURNED = {
    "OK": "grouped",
    "INVALID_PDX": "the principal diagnosis is not a code of this version",
    "INVALID_PRINCIPAL_DIAGNOSIS": "the principal diagnosis is not a code of this version",
    "DX_CANNOT_BE_PDX": "the principal diagnosis may not stand first, such as an external cause",
    "INVALID_AGE": "the age is missing or not possible, and the group needs it",
    "INVALID_SEX": "the sex is missing, and the group needs it",
    "INVALID_DSTAT": "the discharge status is not a code, and the group needs it",
    "INVALID_DISCHARGE_STATUS": "the discharge status is not a code, and the group needs it",
    "HAC_STATUS_INVALID_POA_N_OR_U": (
        "a condition that can be acquired in hospital was not present on admission, and without "
        "it the stay fits no group"
    ),
    "HAC_STATUS_INVALID_POA_INVALID_OR_1": (
        "a condition that can be acquired in hospital has no valid present on admission indicator"
    ),
    "HAC_MISSING_ONE_POA": (
        "a condition that can be acquired in hospital has no present on admission indicator"
    ),
    "HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W": (
        "several conditions that can be acquired in hospital have no indicator Y or W"
    ),
}
LEVELS = {"MCC": "MCC", "CC": "CC", "NONE": ""}
DROPPED = {
    "EXCLUDED": (
        "{level} in the tables, but too close to the principal diagnosis {principal} to count "
        "beside it (CC exclusion list)"
    ),
    "CC_EXCLUDED": (
        "CC in the tables, but on the exclusion list of the principal diagnosis {principal}"
    ),
    "MCC_EXCLUDED": (
        "MCC in the tables, but on the exclusion list of the principal diagnosis {principal}"
    ),
    "CC_EXCLUDED_BY_DRG_LOGIC": "CC in the tables, but part of what defines this DRG",
    "MCC_EXCLUDED_BY_DRG_LOGIC": "MCC in the tables, but part of what defines this DRG",
    "DEATH_EXCLUSION": "MCC only in a patient who leaves the hospital alive",
}


def returned(name: str) -> str:
    """Return in words why the grouper answered as it did; an unknown `name` stays as it is."""
    return RETURNED.get(name, name.replace("_", " ").lower())
