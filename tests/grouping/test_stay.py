"""A stay tells every fact that a grouper needs; a missing one is an error that names it."""

from dataclasses import replace
from datetime import date

import pytest
from made_stays import DAY, stay

from codinglab.encounter.circumstances import Circumstances, Patient
from codinglab.encounter.coded import CodedEncounter, Diagnosis
from codinglab.grouping.stay import BLANK, EXEMPT, MissingFact, stay_of

ABOUT = Circumstances(
    "inpatient", "Medicare", Patient(date(1958, 5, 8), "M"), admitted=date(2026, 5, 7)
)
CODED = CodedEncounter(
    (Diagnosis("I50.21", "line 1", "Y"), Diagnosis("Z79.4", "line 2")),
    discharge_status="01",
    about=ABOUT,
)


def test_age_is_that_on_the_day_of_admission() -> None:
    # born 8 May 1958: 67 on 7 May 2026 when admitted, 68 on 10 May when discharged
    made = stay_of(CODED, DAY, reports_poa=True)
    assert made.age == 67
    assert made.days == 3


def test_a_stay_of_some_hours_counts_as_one_day() -> None:
    assert stay("I50.21", days=0).days == 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        (replace(CODED, about=replace(ABOUT, patient=Patient(None, "M"))), "date of birth"),
        (replace(CODED, about=replace(ABOUT, patient=Patient(date(1958, 5, 8)))), "sex"),
        (replace(CODED, about=replace(ABOUT, admitted=None)), "day of admission"),
        (replace(CODED, about=replace(ABOUT, setting="outpatient")), "setting inpatient"),
        (replace(CODED, discharge_status=None), "no discharge status"),
        (replace(CODED, discharge_status="1"), "discharge status '1'"),
        (replace(CODED, diagnoses=()), "no principal diagnosis"),
        (replace(CODED, about=None), "whose bill it is"),
        (
            replace(CODED, diagnoses=(Diagnosis("I50.21", "line 1", "X"),)),
            "line 1: I50.21 has no present on admission indicator",
        ),
        (replace(CODED, about=replace(ABOUT, admitted=date(2026, 5, 11))), "before the admission"),
        (
            replace(CODED, about=replace(ABOUT, patient=Patient(date(1890, 1, 1), "F"))),
            "an age of 136 years",
        ),
    ],
)
def test_a_missing_fact_is_named(changed: CodedEncounter, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        stay_of(changed, DAY, reports_poa=True)


@pytest.mark.parametrize("code", ["", "11.22", "E1122XXXX", "É11", "E1", "I10\\"])
def test_what_has_not_the_shape_of_a_diagnosis_is_refused(code: str) -> None:
    with pytest.raises(MissingFact, match=r"line 2: .* has not the shape of a code"):
        stay("I50.21", code)


@pytest.mark.parametrize("code", ["0BB", "0FT44ZZZ", "0ft-4zz"])
def test_what_has_not_the_shape_of_a_procedure_is_refused(code: str) -> None:
    with pytest.raises(MissingFact, match=r"line 2: .* write it like 0FT44ZZ"):
        stay("I50.21", procedures=(code,))


def test_a_claim_has_room_for_25_diagnoses() -> None:
    assert len(stay(*["I10"] * 25).diagnoses) == 25
    with pytest.raises(MissingFact, match="26 diagnoses and 0 procedures"):
        stay(*["I10"] * 26)


def test_a_diagnosis_that_the_list_exempts_needs_no_indicator() -> None:
    assert stay_of(CODED, DAY, reports_poa=True).diagnoses[1].poa == EXEMPT


def test_where_the_list_says_never_the_indicator_is_missed() -> None:
    never = replace(CODED, diagnoses=(*CODED.diagnoses, Diagnosis("S02.11AD", "line 3")))
    with pytest.raises(MissingFact, match=r"line 3: S02\.11AD"):
        stay_of(never, DAY, reports_poa=True)


def test_where_the_list_does_not_speak_of_a_diagnosis_its_indicator_stays_blank() -> None:
    silent = replace(CODED, diagnoses=(Diagnosis("I50.21", "line 1"),))
    assert stay_of(silent, DAY, reports_poa=True).diagnoses[0].poa == BLANK


def test_a_missing_fact_is_an_error_of_the_input() -> None:
    assert issubclass(MissingFact, ValueError)
