"""Stays written in a few words: "I50.21", then "J96.01" or "J96.01:N" with its indicator."""

from datetime import date, timedelta

from codinglab.encounter.coded import Diagnosis, PcsProcedure
from codinglab.grouping.stay import Stay

DAY = date(2026, 5, 10)  # version 43.1


def stay(  # noqa: PLR0913  each a fact of a stay
    *diagnoses: str,
    procedures: tuple[str, ...] = (),
    age: int = 67,
    sex: str = "F",
    status: str = "01",
    discharged: date = DAY,
    days: int = 4,
    reports_poa: bool = True,
) -> Stay:
    """Return a stay; diagnoses are present on admission unless a colon says otherwise."""
    split = [one.partition(":") for one in diagnoses]
    coded = tuple(
        Diagnosis(code, f"line {at}", poa if colon else "Y")
        for at, (code, colon, poa) in enumerate(split, 1)
    )
    done = tuple(
        PcsProcedure(code, f"line {at}") for at, code in enumerate(procedures, len(coded) + 1)
    )
    return Stay(
        admitted=discharged - timedelta(days=days),
        discharged=discharged,
        age=age,
        sex=sex,
        discharge_status=status,
        diagnoses=coded,
        procedures=done,
        reports_poa=reports_poa,
    )
