"""The indexes and tabular lists, from XML and from a table."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import made
from shared_data import shared

from codinglab.codes.importers.run import run
from codinglab.core.tables import BadData

INDEX = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index><version>2026</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>D</title>
<mainTerm><title>Diabetes, diabetic<nemod>(mellitus) (sugar)</nemod></title><code>E11.9</code>
<term level="1"><title>with</title>
<term level="2"><title>amyotrophy</title><code>E11.44</code></term></term>
<term level="1"><title>bronzed</title><code>E83.110</code><manif>K77</manif></term>
<term level="1"><title>inadequately controlled</title><see>Diabetes, by type</see></term>
</mainTerm></letter></ICD10CM.index>
"""
NEOPLASMS = """<ICD10CM.index><version>2026</version>
<indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head></indexHeading>
<letter><title>N</title><mainTerm><title>Neoplasm, neoplastic</title>
<cell col="2">C80.1</cell><cell col="3">C79.9</cell><cell col="4">--</cell>
<cell col="5">D36.9</cell><cell col="6">D48.9</cell><cell col="7">D49.9</cell></mainTerm></letter>
</ICD10CM.index>
"""
CSV = (
    "RowID,Letter,Level,Term,See,SeeAlso,NonEssModif,Code\r\n"
    "1,A,0,Abasia,,,(-astasia) (hysterical),F44.4\r\n2,A,1,acute,,,,R10.0\r\n"
    '3,A,0,"Abdominalgia, so called","Pain, abdominal",,,\r\n'
)
TABULAR = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2026</version>
<chapter><name>1</name><desc>Certain diseases (A00-B99)</desc>
<excludes1><note>certain localized infections</note></excludes1>
<section id="B20-B20"><desc>HIV</desc>
<diag><name>B20</name><desc>HIV disease</desc>
<codeFirst><note>HIV disease complicating pregnancy (O98.7-)</note></codeFirst></diag></section>
<section id="S70-S79"><desc>Injuries</desc>
<diag><name>S72</name><desc>Fracture of femur</desc>
<sevenChrDef><extension char="A">initial encounter for closed fracture</extension></sevenChrDef>
<diag><name>S72.0</name><desc>Fracture of head and neck of femur</desc></diag></diag></section>
</chapter></ICD10CM.tabular>
"""
PCS = """<ICD10PCS.tabular><version>2026</version>
<pcsTable><axis pos="1" values="1"><title>Section</title><label code="0">Medical</label></axis>
<axis pos="2" values="1"><title>Body System</title><label code="F">Hepatobiliary</label></axis>
<axis pos="3" values="1"><title>Operation</title><label code="T">Resection</label></axis>
<pcsRow codes="2"><axis pos="4" values="1"><title>Body Part</title>
<label code="4">Gallbladder</label></axis>
<axis pos="5" values="2"><title>Approach</title><label code="0">Open</label>
<label code="4">Percutaneous Endoscopic</label></axis></pcsRow></pcsTable></ICD10PCS.tabular>
"""


def imported(tmp_path: Path, kind: str, content: str, table: str) -> list[dict[str, str]]:
    file = tmp_path / "file.txt"
    file.write_text(content, encoding="utf-8", newline="")
    done = run(kind, file, "FY2026", tmp_path / "sets", partial=True)
    assert done.tally.rejected == []
    return made.rows(done.folder / table)


def test_a_main_term_leads_to_its_subterms(tmp_path: Path) -> None:
    assert imported(tmp_path, "icd10cm_index", INDEX, "terms.csv") == [
        {
            "code": "E11.9",
            "label": "Diabetes, diabetic",
            "number": "1",
            "level": "0",
            "path": "Diabetes, diabetic",
            "nonessential": "(mellitus) (sugar)",
        },
        {"label": "with", "number": "2", "level": "1", "path": "Diabetes, diabetic > with"},
        {
            "code": "E11.44",
            "label": "amyotrophy",
            "number": "3",
            "level": "2",
            "path": "Diabetes, diabetic > with > amyotrophy",
        },
        {
            "code": "E83.110",
            "label": "bronzed",
            "number": "4",
            "level": "1",
            "path": "Diabetes, diabetic > bronzed",
            "manifestation": "K77",
        },
        {
            "label": "inadequately controlled",
            "number": "5",
            "level": "1",
            "path": "Diabetes, diabetic > inadequately controlled",
            "see": "Diabetes, by type",
        },
    ]


def test_xml_needs_no_line_end(tmp_path: Path) -> None:
    assert len(imported(tmp_path, "icd10cm_index", INDEX.strip(), "terms.csv")) == 5


def test_the_index_as_a_table_gives_the_same_shape(tmp_path: Path) -> None:
    rows = imported(tmp_path, "icd10cm_index", CSV, "terms.csv")
    assert [(row["path"], row.get("code"), row.get("see")) for row in rows] == [
        ("Abasia", "F44.4", None),
        ("Abasia > acute", "R10.0", None),
        ("Abdominalgia, so called", None, "Pain, abdominal"),
    ]


def test_a_level_that_does_not_follow_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "file.csv"
    file.write_text(CSV.replace("2,A,1", "2,A,2"), encoding="utf-8", newline="")
    done = run("icd10cm_index", file, "FY2026", tmp_path / "sets", partial=True)
    assert [(one.line, one.reason) for one in done.tally.rejected] == [
        (3, "is at level '2', which does not follow the line above")
    ]


def test_cells_of_the_neoplasm_table_are_named(tmp_path: Path) -> None:
    (row,) = imported(tmp_path, "icd10cm_neoplasms", NEOPLASMS, "terms.csv")
    assert row["malignant_primary"] == "C80.1"
    assert (row["benign"], row["unspecified"]) == ("D36.9", "D49.9")
    assert "in_situ" not in row


def test_the_tabular_list_gives_codes_notes_and_seventh_characters(tmp_path: Path) -> None:
    codes = imported(tmp_path, "icd10cm_tabular", TABULAR, "codes.csv")
    assert [(row["code"], row["parent"], row["last"]) for row in codes] == [
        ("B20", "block B20-B20", "1"),
        ("S72", "block S70-S79", "0"),
        ("S72.0", "S72", "1"),
    ]
    folder = tmp_path / "sets/icd10cm_tabular/FY2026"
    assert [(row["code"], row["kind"]) for row in made.rows(folder / "notes.csv")] == [
        ("chapter 1", "excludes1"),
        ("B20", "codeFirst"),
    ]
    assert made.rows(folder / "seventh.csv") == [
        {"code": "S72", "label": "initial encounter for closed fracture", "character": "A"}
    ]


def test_procedure_tables_give_the_legal_values_of_each_row(tmp_path: Path) -> None:
    rows = imported(tmp_path, "icd10pcs_tables", PCS, "values.csv")
    assert [(row["code"], row["row"], row["position"], row["value"]) for row in rows] == [
        ("0FT", "0", "1", "0"),
        ("0FT", "0", "2", "F"),
        ("0FT", "0", "3", "T"),
        ("0FT", "1", "4", "4"),
        ("0FT", "1", "5", "0"),
        ("0FT", "1", "5", "4"),
    ]
    assert rows[-1]["label"] == "Percutaneous Endoscopic"


@pytest.mark.parametrize("kind", ["icd10cm_index", "icd10cm_tabular"])
def test_xml_that_is_cut_short_is_refused_with_its_line(tmp_path: Path, kind: str) -> None:
    text = INDEX if kind == "icd10cm_index" else TABULAR
    file = tmp_path / "file.xml"
    file.write_text(text[: text.rindex("</")] + "\n", encoding="utf-8", newline="")
    with pytest.raises(BadData, match=rf"{file}.*line \d+: not readable as XML"):
        run(kind, file, "FY2026", tmp_path / "sets", partial=True)
    assert list((tmp_path / "sets").iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "file", "terms"),
    [
        ("icd10cm_index", "icd10cm/ICD10CM_2025_Index.csv.gz", 81_024),
        ("icd10cm_external_index", "icd10cm/icd10cm_eindex_2025.xml.gz", 8_064),
        ("icd10cm_neoplasms", "icd10cm/icd10cm_neoplasm_2025.xml.gz", 1_939),
        ("icd10cm_drugs", "icd10cm/icd10cm_drug_2025.xml.gz", 7_428),
    ],
)
def test_a_published_index_is_kept_whole(tmp_path: Path, kind: str, file: str, terms: int) -> None:
    done = run(kind, shared(file), "FY2025", tmp_path)
    assert dict(done.tally.kept) == {"terms.csv": terms}
    assert done.tally.rejected == []


def test_the_published_tabular_list_is_kept_whole(tmp_path: Path) -> None:
    found = find_spec("simple_icd_10_cm")  # importing it would take seconds
    assert found
    assert found.origin
    file = Path(found.origin).parent / "data/icd10c-tabular-April-1-2026.xml"
    done = run("icd10cm_tabular", file, "FY2026", tmp_path)
    assert dict(done.tally.kept) == {
        "codes.csv": 46_881,
        "notes.csv": 25_162,
        "seventh.csv": 1_790,
    }
