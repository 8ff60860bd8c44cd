"""Raw scores by V28 are those that CMS's own software of payment year 2026 gives.

Scores of CMS_HCC_v28_2026_T_package_v3 for made-up people, as the repository Sailesh75/chartsight
(tests/fixtures/cms_v28_reference_scores.json) reports them; single facts.
"""

import pytest
from made_people import person

from codinglab.grouping.hcc import risk

SIX = "E11.22 I50.22 N18.32 J44.9 I48.91 F33.2 E66.01"
FOURTEEN = f"{SIX} C34.90 G20.A1 M05.79 L89.154 F10.20 J96.10 G30.9"
AGED = [  # age, sex, entitled by, codes; non-dual, partial dual, full dual, institution
    (71, "F", "0", "", "0.395", "0.423", "0.506", "1.119"),
    (68, "M", "0", "E11.9 I50.9", "0.970", "1.016", "1.306", "1.981"),
    (80, "F", "0", "I50.23 I50.9 N18.4 J44.9", "1.971", "1.940", "2.329", "1.998"),
    (75, "M", "0", FOURTEEN, "8.969", "9.531", "10.855", "7.083"),
    (70, "F", "1", "I10", "0.623", "0.526", "0.666", "1.119"),
    (70, "F", "0", "C50.011", "0.581", "0.626", "0.702", "1.316"),
    (66, "M", "0", "E11.22 N18.32 I50.22 F33.2 E66.01", "1.808", "1.745", "2.281", "2.767"),
    (75, "F", "0", "Z95.811 E11.9", "0.631", "0.651", "0.782", "1.245"),
    (65, "M", "2", "F20.9 F10.20 K70.30", "1.532", "1.575", "2.075", "2.102"),
    (65, "F", "0", "N18.6 N18.4", "1.145", "1.330", "1.420", "2.146"),
    (65, "M", "0", "I50.42 I48.20", "1.068", "1.114", "1.484", "1.737"),
]
WHERE = [
    {"dual_status": "00"},
    {"dual_status": "01"},
    {"dual_status": "02"},
    {"dual_status": "00", "institutional": True},
]


@pytest.mark.parametrize(
    ("age", "sex", "entitled", "codes", "scores"), [(*r[:4], r[4:]) for r in AGED]
)
def test_aged_people_have_the_scores_of_the_software(
    age: int, sex: str, entitled: str, codes: str, scores: tuple[str, ...]
) -> None:
    facts = {"age": age, "sex": sex, "original_entitlement": entitled}
    found = [risk(person(*codes.split(), **facts, **one), 2026, "V28").raw for one in WHERE]
    assert tuple(str(one) for one in found) == scores


def test_a_disabled_woman_has_the_scores_of_the_software() -> None:
    facts = {"age": 45, "original_entitlement": "1"}
    found = [risk(person("I50.22", "J44.9", **facts, **one), 2026, "V28").raw for one in WHERE]
    assert [str(one) for one in found] == ["1.053", "1.157", "1.299", "2.471"]


def test_medicaid_in_an_institution_has_the_score_of_the_software() -> None:
    one = person(
        *("E11.9", "G30.9", "I63.9"), age=85, sex="M", dual_status="02", institutional=True
    )
    assert str(risk(one, 2026, "V28").raw) == "1.626"
