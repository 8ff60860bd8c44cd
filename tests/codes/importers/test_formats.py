"""Every format, on a small file in the publisher's layout: exact rows come out."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import made

from codinglab.codes.importers.kinds import KINDS, kind
from codinglab.codes.importers.run import ImportReport, run
from codinglab.codes.release import code_sets_folder, in_force, row_on, rows
from codinglab.core.places import checkout
from codinglab.core.tables import BadData


def imported(tmp_path: Path, name: str, content: str | bytes, release: str) -> ImportReport:
    file = tmp_path / "file.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("latin-1"))
    return run(name, file, release, tmp_path / "sets", accept_licence=True, partial=True)


def table(report: ImportReport, name: str) -> list[dict[str, str]]:
    return made.rows(report.folder / name)


def test_icd10cm_order_file(tmp_path: Path) -> None:
    done = imported(tmp_path, "icd10cm_order", made.ORDER, "FY2025")
    assert (done.info.effective_from, done.info.effective_to) == (
        date(2024, 10, 1),
        date(2025, 10, 1),
    )
    assert table(done, "codes.csv") == [
        {"code": "A00", "label": "Cholera", "order": "00001", "billable": "0", "title": "Cholera"},
        {
            "code": "A00.0",
            "label": "Cholera due to Vibrio cholerae 01, biovar cholerae",
            "order": "00002",
            "billable": "1",
            "title": "Cholera due to Vibrio cholerae 01, biovar cholerae",
        },
        {
            "code": "E11.9",
            "label": "Type 2 diabetes mellitus without complications",
            "order": "04407",
            "billable": "1",
            "title": "Type 2 diabetes mellitus without complications",
        },
    ]


def test_icd10pcs_order_file(tmp_path: Path) -> None:
    done = imported(tmp_path, "icd10pcs_order", made.PCS, "FY2026")
    assert [(row["code"], row["billable"]) for row in table(done, "codes.csv")] == [
        ("001", "0"),
        ("0016070", "1"),
    ]
    assert done.info.clock == "discharge"


def test_hcpcs_codes_are_put_together_and_dental_codes_left_out(tmp_path: Path) -> None:
    done = imported(tmp_path, "hcpcs_level2", made.anweb(), "2019")
    assert table(done, "codes.csv") == [
        {
            "code": "A0021",
            "label": "Outside",
            "effective_from": "1985-01-01",
            "title": "Ambulance service, outside state per mile, transport (medicaid é only)",
            "coverage": "I",
        }
    ]
    assert table(done, "modifiers.csv") == [
        {
            "code": "CP",
            "label": "Adjunctive",
            "effective_from": "2014-01-01",
            "effective_to": "2018-01-01",
            "title": "Adjunctive service",
            "coverage": "I",
        }
    ]
    assert done.tally.left_out == {"dental codes belong to the American Dental Association": 1}
    assert done.as_json()["rows_read"] == 3


def test_relative_values_are_read_by_code_and_modifier(tmp_path: Path) -> None:
    done = imported(tmp_path, "pprrvu", made.PPRRVU, "2025-Q4")
    first, second = table(done, "values.csv")
    assert (first["code"], first["work_rvu"], first["nonfacility_pe_rvu"]) == (
        "G0439",
        "1.92",
        "1.91",
    )
    assert (first["facility_na"], first["malpractice_rvu"], first["global_days"]) == (
        "NA",
        "0.12",
        "XXX",
    )
    assert first["conversion_factor"] == "32.3465"
    assert (second["modifier"], second["facility_pe_rvu"], second["facility_total"]) == (
        "26",
        "0.26",
        "0.76",
    )
    assert done.info.effective_from == date(2025, 10, 1)


def test_locality_files(tmp_path: Path) -> None:
    gpci = imported(tmp_path, "gpci", made.GPCI, "2025")
    assert table(gpci, "indices.csv")[1] == {
        "code": "13202-01",
        "label": "MANHATTAN",
        "contractor": "13202",
        "locality": "01",
        "state": "NY",
        "work": "1.065",
        "practice_expense": "1.166",
        "malpractice": "1.656",
    }
    anes = imported(tmp_path, "anes", made.ANES, "2025")
    assert [(row["code"], row["label"], row["factor"]) for row in table(anes, "factors.csv")] == [
        ("02102-01", "ALASKA", "27.86"),
        ("national", "all localities", "20.3178"),
    ]


def test_ncci_pairs_end_the_day_after_their_last_day(tmp_path: Path) -> None:
    done = imported(tmp_path, "ncci-ptp-practitioner", made.PTP, "2024-Q2")
    assert table(done, "pairs.csv") == [
        {
            "code": "45380",
            "effective_from": "1996-01-01",
            "column_2": "45378",
            "modifier": "0",
            "rationale": "More extensive procedure",
        },
        {
            "code": "G0101",
            "effective_from": "2024-01-01",
            "effective_to": "2024-04-01",
            "column_2": "G0439",
            "modifier": "1",
            "rationale": "Misuse of column two code",
        },
    ]
    assert done.tally.left_out == {"never in force: deleted on its first day": 1}


def test_unit_limits_and_add_on_codes(tmp_path: Path) -> None:
    mue = imported(tmp_path, "mue_practitioner", made.MUE, "2026-Q1")
    assert [
        (row["code"], row["units"], row["adjudication"]) for row in table(mue, "limits.csv")
    ] == [("G0439", "1", "2"), ("J1885", "8", "3")]
    add_on = imported(tmp_path, "add_on", made.ADD_ON, "2026-Q1")
    assert table(add_on, "add_ons.csv") == [
        {"code": "G2211", "primary": "99213", "type": "1", "effective_from": "2024-01-01"},
        {
            "code": "G0513",
            "primary": "CCCCC",
            "type": "2",
            "effective_from": "2018-01-01",
            "effective_to": "2025-01-01",
        },
    ]


def test_outpatient_addenda(tmp_path: Path) -> None:
    a = imported(tmp_path, "opps_addendum_a", made.ADDENDUM_A, "2026-Q2")
    assert table(a, "apcs.csv") == [
        {
            "code": "5115",
            "label": "Level 5 Musculoskeletal",
            "status": "J1",
            "weight": "143.4",
            "payment": "13116.76",
            "least_copayment": "2623.36",
        }
    ]
    b = imported(tmp_path, "opps_addendum_b", made.ADDENDUM_B, "2026-Q2")
    assert [
        (row["code"], row["status"], row.get("apc"), row.get("payment"))
        for row in table(b, "codes.csv")
    ] == [("G0463", "J2", "5012", "136.02"), ("G0439", "A", None, None)]


def test_inpatient_tables(tmp_path: Path) -> None:
    drgs = imported(tmp_path, "msdrg_table5", made.TABLE_5, "FY2026")
    assert table(drgs, "drgs.csv") == [
        {
            "code": "193",
            "label": "SIMPLE PNEUMONIA, WITH MCC",
            "post_acute": "Yes",
            "special_pay": "No",
            "mdc": "04",
            "type": "MED",
            "weight_before_cap": "1.3144",
            "weight": "1.3144",
            "geometric_stay": "4.0",
            "arithmetic_stay": "5.0",
        },
        {
            "code": "999",
            "label": "UNGROUPABLE",
            "post_acute": "No",
            "special_pay": "No",
            "type": "**",
        },
    ]
    exempt = imported(tmp_path, "cms_poa_exempt", made.POA, "FY2025")
    assert [row["code"] for row in table(exempt, "codes.csv")] == ["B90.0", "T45.AX1D"]


def test_licensed_lists(tmp_path: Path) -> None:
    cpt = imported(tmp_path, "cpt_short", made.CPT, "2026")
    assert table(cpt, "codes.csv") == [
        {"code": "99213", "label": "made-up text"},
        {"code": "0001F", "label": "another"},
    ]
    carc = imported(tmp_path, "x12_carc", made.CARC, "2026")
    assert table(carc, "codes.csv") == [
        {"code": "1", "label": "made-up text", "effective_from": "1995-01-01"},
        {
            "code": "15",
            "label": "gone",
            "effective_from": "1995-01-01",
            "effective_to": "2007-06-30",
        },
    ]


@pytest.mark.parametrize(
    ("name", "content", "release", "file"),
    [
        ("pprrvu", made.PPRRVU, "2025", "values.csv"),
        ("msdrg_table5", made.TABLE_5, "FY2026", "drgs.csv"),
        ("hcpcs_level2", made.anweb(), "2019", "codes.csv"),
    ],
)
def test_what_was_imported_is_read_by_day_like_any_code_set(
    tmp_path: Path, name: str, content: str | bytes, release: str, file: str
) -> None:
    done = imported(tmp_path, name, content, release)
    stored = in_force(name, done.info.effective_from, tmp_path / "sets")
    model = kind(name).tables[file]
    first = rows(stored, file, model)[0]
    assert row_on(stored, file, model, first.code, done.info.effective_from) == first


def test_no_kind_takes_the_name_of_a_set_of_the_installation() -> None:
    assert {one.name for one in KINDS} & {file.name for file in code_sets_folder().iterdir()} == (
        set()
    )


def test_every_kind_has_its_row_on_the_page() -> None:
    page = (checkout() / "docs/importing.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [one.name for one in KINDS]
    for one, row in zip(KINDS, rows, strict=True):
        assert one.title in row
        assert row.endswith("public domain |") is not one.needs_acceptance


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(BadData, match=r"'rvu' is not a kind .*choose one of icd10cm_order, icd10"):
        kind("rvu")
