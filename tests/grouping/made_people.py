"""People written in a few words: their diagnoses, and what differs from an aged woman of 67."""

from codinglab.encounter.coded import Diagnosis
from codinglab.grouping.hcc_profile import RiskProfile

WOMAN = {
    "age": 67,
    "sex": "F",
    "dual_status": "00",
    "original_entitlement": "0",
    "kidney_failure": False,
    "new_enrollee": False,
    "institutional": False,
    "special_needs": False,
    "low_income": False,
    "plan": "MA",
}


def coded(*codes: str) -> tuple[Diagnosis, ...]:
    """Return the diagnoses, on lines 1, 2 and so on."""
    return tuple(Diagnosis(code, f"line {at}") for at, code in enumerate(codes, 1))


def person(*codes: str, **facts: object) -> RiskProfile:
    """Return a community non-dual woman of 67 with these diagnoses, but for the `facts`."""
    return RiskProfile(**{**WOMAN, **facts}, diagnoses=coded(*codes))
