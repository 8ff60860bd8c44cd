import shutil
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes import billing
from codinglab.codes.billing import bill_type
from codinglab.codes.catalog import SETS, code_set
from codinglab.codes.code_set import NotACode
from codinglab.codes.frames import frame
from codinglab.codes.poa import poa_exempt, poa_rule
from codinglab.codes.release import NotInTable, code_sets_folder, digest, forget, in_force
from codinglab.core.dates import NotInForce
from codinglab.core.places import DATA_VARIABLE
from codinglab.core.tables import BadData

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "size", "clock"),
    [
        ("place_of_service", 52, "service"),
        ("bill_types", 26, "service"),
        ("bill_frequencies", 23, "service"),
        ("revenue_codes", 121, "service"),
        ("condition_codes", 60, "service"),
        ("occurrence_codes", 36, "service"),
        ("occurrence_spans", 12, "service"),
        ("value_codes", 47, "service"),
        ("discharge_status", 40, "discharge"),
        ("poa_indicators", 5, "discharge"),
        ("poa_exempt", 42, "discharge"),
        ("carc", 187, "remit date"),
        ("rarc", 127, "remit date"),
        ("group_codes", 5, "remit date"),
        ("claim_status_categories", 32, "remit date"),
        ("claim_status_codes", 109, "remit date"),
        ("taxonomies", 64, "service"),
    ],
)
def test_sizes_and_clocks(name: str, size: int, clock: str) -> None:
    assert len(code_set(name).all_on(DAY)) == size
    assert in_force(name, DAY).info.clock == clock


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_code_stands_once_has_a_label_and_is_found(name: str) -> None:
    chosen = SETS[name]
    rows = chosen.all_on(DAY)
    codes = [row.code for row in rows]
    assert len(codes) == len(set(codes))
    assert [row.code for row in rows if not row.label and name != "visit_levels"] == []
    assert [chosen.find(code.lower(), DAY).code for code in codes] == codes


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("carc", "45", {"denial_class": "contractual"}),
        ("carc", "1", {"label": "deductible", "denial_class": "patient"}),
        ("carc", "29", {"label": "filing limit has passed", "denial_class": "timely"}),
        ("carc", "50", {"denial_class": "necessity"}),
        ("carc", "97", {"denial_class": "bundling"}),
        ("carc", "197", {"denial_class": "authorization"}),
        ("carc", "b7", {"denial_class": "credentialing"}),
        ("rarc", "MA130", {"kind": "notice"}),
        ("rarc", "m76", {"label": "diagnosis or condition", "kind": "missing"}),
        ("rarc", "N362", {"label": "more days or units than the maximum", "kind": "explains"}),
        ("group_codes", "PR", {"patient_pays": True}),
        ("group_codes", "CO", {"patient_pays": False}),
        ("claim_status_categories", "A2", {"stage": "accepted"}),
        ("claim_status_categories", "A7", {"stage": "rejected"}),
        ("claim_status_categories", "F2", {"label": "done: denied", "stage": "final"}),
        ("claim_status_codes", "562", {"label": "NPI of a party"}),
        ("revenue_codes", "0450", {"label": "emergency room"}),
        (
            "condition_codes",
            "44",
            {"label": "inpatient order changed to outpatient before discharge"},
        ),
        ("occurrence_codes", "11", {"label": "symptoms began"}),
        (
            "occurrence_spans",
            "70",
            {"label": "hospital stay that opens the skilled nursing benefit"},
        ),
        ("value_codes", "80", {"label": "covered days", "unit": "count"}),
        ("discharge_status", "02", {"transfer": "acute"}),
        ("discharge_status", "06", {"transfer": "post-acute"}),
        ("discharge_status", "01", {"transfer": None}),
        ("taxonomies", "207q00000x", {"label": "family medicine", "entity": "person"}),
    ],
)
def test_what_a_code_says(name: str, code: str, expected: dict[str, object]) -> None:
    found = code_set(name).find(code, DAY)
    assert {key: getattr(found, key) for key in expected} == expected


def test_a_type_of_bill_is_read_in_two_parts() -> None:
    found = bill_type("131", DAY)
    assert (found.code, found.facility.label, found.facility.setting, found.frequency.label) == (
        *("0131", "hospital, outpatient", "outpatient"),
        "whole stay or course on one bill",
    )
    assert bill_type("0117", DAY).frequency.label == "replaces an earlier bill"
    with pytest.raises(NotInTable, match="099 is not in this lab's table"):
        bill_type("0991", DAY)
    with pytest.raises(NotACode, match="'01311' is no type of bill; write it like 0131"):
        bill_type("01311", DAY)


@pytest.mark.parametrize(
    ("code", "exempt"),
    [
        ("Z79.4", True),
        ("z3a.39", True),
        ("Q21.0", True),
        ("V43.52XA", True),
        ("S72.001A", False),
        ("S72.001B", False),
        ("S72.001D", True),
        ("S72.001S", True),
        ("T86.8401", False),  # the seventh character is a digit, and no encounter
        ("S99.121S", False),  # not on the list although its category is
        ("T83.113D", False),
        ("E11.22", None),
        ("I10", None),
    ],
)
def test_codes_without_present_on_admission(code: str, exempt: bool | None) -> None:
    assert poa_exempt(code, DAY) is exempt


def test_the_rule_that_speaks_is_told() -> None:
    rule = poa_rule("Z01.411", DAY)
    assert rule is not None
    assert (rule.code, rule.rule) == ("Z00-Z03", "all")


@pytest.mark.parametrize(
    ("name", "text", "like"),
    [
        ("carc", "CO45", "45"),
        ("rarc", "130", "MA130"),
        ("revenue_codes", "450", "0450"),
        ("taxonomies", "207Q", "207Q00000X"),
        ("discharge_status", "1", "01"),
    ],
)
def test_a_malformed_code_is_told_how_to_be_written(name: str, text: str, like: str) -> None:
    with pytest.raises(NotACode, match=f"'{text}' is no code of {name}; write it like {like}"):
        code_set(name).find(text, DAY)


def test_a_code_outside_the_starter_set_is_not_in_the_table() -> None:
    with pytest.raises(NotInTable, match=r"300 is not in this lab's table \(carc 2026\)"):
        billing.CARC.find("300", DAY)


def test_the_day_chooses_the_table() -> None:
    with pytest.raises(NotInForce, match="carc: nothing in force on 2023-12-31"):
        billing.CARC.find("45", date(2023, 12, 31))
    assert billing.DISCHARGE_STATUS.find("01", date(2025, 10, 1)).label == "home, by oneself"
    with pytest.raises(BadData, match="there is no code set carcs; choose one of bill_frequencies"):
        code_set("carcs")


def test_the_published_list_decides_where_it_was_imported(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(code_sets_folder(), tmp_path / "sets"))
    home = folder / "cms_poa_exempt" / "2026"
    home.mkdir(parents=True)
    (home / "codes.csv").write_text("code,label\nI69.30,one\n", encoding="utf-8")
    (home / "release.yml").write_text(
        "set: cms_poa_exempt\nrelease: 2026\neffective_from: 2026-01-01\nclock: discharge\n"
        "source: made up for a test\nlicence: none\nsynthetic: yes\n"
        f"tables:\n  codes.csv: {digest(home / 'codes.csv')}\n",
        encoding="utf-8",
    )
    said = [poa_exempt(code, DAY, folder) for code in ("I69.30", "I10", "Z79.4")]
    assert said == [True, False, False]
    assert poa_exempt("Z79.4", date(2025, 12, 31), folder) is True


def test_an_imported_list_is_looked_up_like_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    home = tmp_path / "code_sets" / "x12_carc" / "2026"
    home.mkdir(parents=True)
    (home / "codes.csv").write_text("code,label\n45,the owner's text\n", encoding="utf-8")
    (home / "release.yml").write_text(
        "set: x12_carc\nrelease: 2026\neffective_from: 2026-01-01\nclock: remit date\n"
        "source: made up for a test\nlicence: none\nsynthetic: yes\n"
        f"tables:\n  codes.csv: {digest(home / 'codes.csv')}\n",
        encoding="utf-8",
    )
    forget()
    try:
        assert code_set("x12_carc").find("45", DAY).label == "the owner's text"
        assert list(frame("x12_carc", DAY)["label"]) == ["the owner's text"]
    finally:
        forget()
    with pytest.raises(BadData, match="there is no code set x12_rarc"):
        code_set("x12_rarc")
