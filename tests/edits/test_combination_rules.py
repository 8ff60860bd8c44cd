"""What findings on sequence and combinations say, beyond where they stand."""

from datetime import date

import pytest

from codinglab.core.findings import Finding, Severity
from codinglab.edits.catalog import find_edit
from codinglab.encounter.circumstances import Circumstances, Setting, Statement
from codinglab.encounter.coded import CodedEncounter, Diagnosis

DAY = date(2026, 3, 2)


def judged(
    rule: str,
    *codes: str,
    record: tuple[Statement, ...] | None = None,
    setting: Setting = "professional",
) -> tuple[Finding, ...]:
    written = tuple(Diagnosis(code, f"line {n}") for n, code in enumerate(codes, start=1))
    about = Circumstances(setting, "Medicare", record=record)
    return find_edit(rule)(CodedEncounter(diagnoses=written, about=about), DAY)


def test_a_presumed_link_is_an_error_where_the_record_is_known_and_a_warning_where_not() -> None:
    known = judged("hypertension.kidney", "I10", "N18.31", record=())
    unknown = judged("hypertension.kidney", "I10", "N18.31")
    assert [one.severity for one in (*known, *unknown)] == [Severity.ERROR, Severity.WARNING]


def test_the_remedy_names_the_combination_code_and_what_stays() -> None:
    (kidney,) = judged("hypertension.kidney", "I10", "N18.6", record=())
    assert kidney.remedy.startswith("Use I12.0 and keep N18.6, unless")
    (heart,) = judged("hypertension.heart", "I10", "I51.7", record=())
    assert heart.remedy.startswith("Use I11.9 and drop I51.7, unless")
    (foot,) = judged("diabetes.with", "E10.9", "L97.512", record=())
    assert foot.remedy.startswith("Use E10.621 and keep L97.512, unless")


def test_three_diseases_are_one_finding_and_not_three() -> None:
    rules = ("hypertension.heart", "hypertension.kidney", "hypertension.both")
    codes = ("I10", "I50.22", "N18.32")
    assert [len(judged(rule, *codes, record=())) for rule in rules] == [0, 0, 1]


def test_one_link_denied_leaves_the_other() -> None:
    denied = (Statement("unrelated", ("I10", "N18.32")),)
    codes = ("I10", "I50.22", "N18.32")
    assert judged("hypertension.both", *codes, record=denied) == ()
    assert judged("hypertension.kidney", *codes, record=denied) == ()
    (heart,) = judged("hypertension.heart", *codes, record=denied)
    assert heart.remedy.startswith("Use I11.0 and keep I50.22")


def test_a_denied_link_holds_for_whatever_codes_the_coder_chose() -> None:
    denied = (Statement("unrelated", ("I10", "N18.31")), Statement("unrelated", ("E11.9", "N18.4")))
    assert judged("hypertension.both", "I11.0", "I50.22", "N18.32", record=denied) == ()
    assert judged("diabetes.with", "E11.65", "N18.31", record=denied) == ()


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("T40.2X1A", "T40.2X5A"), 1),  # one opioid, two intents
        (("T40.711A", "T40.721A"), 0),  # two drugs, one intent each
        (("T36.91XA", "T36.95XA"), 1),  # the intent is the 5th character here
        (("T36.91XA", "T36.0X5A"), 0),
    ],
)
def test_two_intents_are_of_one_drug(codes: tuple[str, ...], found: int) -> None:
    assert len(judged("drug.two-intents", *codes)) == found


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("S61.011A", "S60.211A"), 1),  # right thumb, contusion of the right wrist
        (("S61.011A", "S60.212A"), 0),  # right thumb, left wrist
        (("S61.011A", "S50.01XA"), 0),  # another region: elbow
        (("S60.211A",), 0),
    ],
)
def test_a_superficial_injury_is_compared_by_region_and_side(
    codes: tuple[str, ...], found: int
) -> None:
    assert len(judged("injury.superficial", *codes)) == found


def test_a_statement_about_no_code_says_nothing_of_certainty() -> None:
    record = (Statement("certainty", (), "probable"),)
    assert judged("certainty.outpatient", "J18.9", record=record) == ()


def test_an_encounter_without_diagnoses_breaks_no_rule() -> None:
    rules = ("sequence.secondary-only", "sequence.sequela", "pregnancy.first", "poisoning.first")
    assert [judged(rule) for rule in rules] == [(), (), (), ()]


def test_a_poisoning_behind_an_injury_is_a_warning_and_behind_its_effect_an_error() -> None:
    (accident,) = judged("poisoning.first", "S72.001A", "T42.4X1A")
    (effect,) = judged("poisoning.first", "J96.01", "T42.4X1A")
    assert (accident.severity, effect.severity) == (Severity.WARNING, Severity.ERROR)


def test_the_trimester_only_warns_of_a_hospital_stay() -> None:
    (office,) = judged("pregnancy.trimester", "O13.2", "Z3A.28")
    (stay,) = judged("pregnancy.trimester", "O13.2", "Z3A.28", setting="inpatient")
    assert (office.severity, stay.severity) == (Severity.ERROR, Severity.WARNING)


@pytest.mark.parametrize(
    ("weeks", "found"),
    [
        (("Z3A.13", "O13.1"), 0),  # 13 weeks: first trimester
        (("Z3A.14", "O13.1"), 1),  # 14 weeks: second
        (("Z3A.27", "O13.2"), 0),
        (("Z3A.28", "O13.2"), 1),  # 28 weeks: third
        (("Z3A.00", "O13.2"), 0),  # weeks not told
    ],
)
def test_trimesters_end_before_14_and_28_weeks(weeks: tuple[str, str], found: int) -> None:
    assert len(judged("pregnancy.trimester", *weeks)) == found


@pytest.mark.parametrize(
    ("codes", "rule", "found"),
    [
        (("T23.102A", "T23.302A"), "burn.same-site", 1),  # left hand, degrees 1 and 3
        (("T23.102A", "T23.302A"), "burn.degree-first", 0),  # one site: one finding only
        (("T23.101A", "T23.302A"), "burn.same-site", 0),  # right and left
        (("T23.101A", "T23.302A"), "burn.degree-first", 1),
        (("T23.302A", "T23.101A"), "burn.degree-first", 0),
    ],
)
def test_burns_are_compared_by_site_side_and_degree(
    codes: tuple[str, ...], rule: str, found: int
) -> None:
    assert len(judged(rule, *codes)) == found


def test_a_remission_is_not_told_by_the_uncomplicated_code_nor_the_other_way_round() -> None:
    # F10.21 and F10.20 contradict each other, and only the record says which is right.
    assert judged("combination.one-code", "F10.21", "F10.20") == ()
    (one,) = judged("combination.one-code", "F10.230", "F10.20")
    assert one.remedy == "Take F10.20 out."


def test_heart_failure_with_a_cause_of_its_own_is_not_linked_with_hypertension() -> None:
    assert judged("hypertension.heart", "I10", "I09.81", "I50.22", record=()) == ()
    assert len(judged("hypertension.heart", "I10", "I50.22", record=())) == 1


@pytest.mark.parametrize(
    ("codes", "rule"),
    [
        (("I11.0", "I50.22", "I10"), "hypertension.essential"),
        (("I12.9", "I13.0", "I50.22", "N18.31"), "hypertension.heart"),
    ],
)
def test_a_combined_code_is_not_asked_for_where_it_stands(
    codes: tuple[str, ...], rule: str
) -> None:
    found = {
        name
        for name in ("hypertension.heart", "hypertension.essential")
        for _ in judged(name, *codes, record=())
    }
    assert found == ({"hypertension.essential"} if rule == "hypertension.essential" else set())


def test_routine_care_after_delivery_may_stand_first_and_nowhere_else() -> None:
    # I.C.21.c.16 lists Z39 as first-listed only, and chapter 15 gives way to it.
    assert judged("pregnancy.first", "Z39.2", "O92.79") == ()
    assert judged("sequence.z-first-only", "Z39.2", "O92.79") == ()
    assert len(judged("sequence.z-first-only", "O92.79", "Z39.2")) == 1


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("O85", "R65.20", "N17.9"), 0),  # I.C.15.k: no code of A40 or A41 with O85
        (("O04.87", "R65.20", "N17.9"), 0),  # its note asks for R65.2 itself
        (("O86.04", "R65.20", "N17.9"), 1),  # its note asks for the sepsis too
        (("T81.44XA", "R65.20", "N17.9"), 1),  # I.C.1.d.5.b: then the systemic infection
    ],
)
def test_severe_sepsis_follows_an_obstetric_sepsis_that_says_all(
    codes: tuple[str, ...], found: int
) -> None:
    assert len(judged("sepsis.severe", *codes, setting="inpatient")) == found


def test_a_symptom_of_the_other_side_is_no_usual_symptom() -> None:
    assert judged("symptom.usual", "M17.12", "M25.561") == ()
    (one,) = judged("symptom.usual", "M17.12", "M25.562")
    assert (one.place, one.severity) == ("line 2", Severity.WARNING)


@pytest.mark.parametrize(
    ("codes", "use"),
    [
        (("I10", "I50.22", "N18.32"), "I13.0"),  # failure, stages 1 to 4
        (("I11.0", "I50.22", "N18.6"), "I13.2"),  # failure, end stage
        (("I10", "I51.7", "N18.9"), "I13.10"),  # no failure, stage not told
        (("I11.9", "I12.0", "N18.5"), "I13.11"),  # no failure, stage 5
        (("I11.0", "I12.9"), "I13.0"),
    ],
)
def test_the_code_for_heart_and_kidney_is_named(codes: tuple[str, ...], use: str) -> None:
    (one,) = judged("hypertension.both", *codes, record=())
    assert one.remedy.startswith(f"Use {use} in place of ")
