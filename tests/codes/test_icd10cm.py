import gzip
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes import icd10cm_compile
from codinglab.codes.icd10cm import Icd10cm, Note, open_table
from codinglab.codes.icd10cm_compile import compiled_file, compiled_name
from codinglab.codes.release import code_sets_folder, in_force, read_release
from codinglab.core.dates import NotInForce
from codinglab.core.places import CACHE_VARIABLE
from codinglab.core.tables import BadData

DAY = date(2026, 3, 2)
BOTH = [
    *("B10", "B20", "B99", "C50", "C7A", "C7B", "D3A", "D49", "D78", "E36", "E89", "F99", "H59"),
    *("H95", "J95", "L76", "M04", "M95", "M96", "M97", "M99", "N99", "O09", "P09", "P84", "QA0"),
    *("R97", "R99", "T07", "T14", "T79", "X50", "Z16", "Z17", "Z18", "Z19", "Z66", "Z67", "Z68"),
]


def test_there_are_exactly_74719_billable_codes(table: Icd10cm) -> None:
    rows = table.billable_rows()
    assert len(rows) == 74_719
    assert len({code for code, _ in rows}) == 74_719
    assert rows[0] == ("A00.0", "Cholera due to Vibrio cholerae 01, biovar cholerae")
    assert rows[-1] == ("U09.9", "Post COVID-19 condition, unspecified")


def test_a_code_is_found_in_any_case_with_or_without_dot_and_blanks(table: Icd10cm) -> None:
    written = [table.find(text) for text in ("e1122", "E11.22", " e11.22 ", "E11 22")]
    assert len(set(written)) == 1
    code = written[0]
    assert code is not None
    assert (code.code, code.kind, code.billable, code.parent) == ("E11.22", "code", True, "E11.2")
    assert code.title == "Type 2 diabetes mellitus with diabetic chronic kidney disease"


@pytest.mark.parametrize("text", ["E11.23", "", "Z", "E11.22X", "' or 1=1 --"])
def test_what_is_no_code_is_none(table: Icd10cm, text: str) -> None:
    assert table.find(text) is None


def test_headers_are_not_billable_and_three_character_codes_may_be(table: Icd10cm) -> None:
    found = {
        text: (node.kind, node.billable)
        for text in ("Chapter 4", "E08-E13", "E11", "E11.2", "E11.22", "I10", "S52.521")
        if (node := table.find(text))
    }
    assert found == {
        "Chapter 4": ("chapter", False),
        "E08-E13": ("block", False),
        "E11": ("category", False),
        "E11.2": ("subcategory", False),
        "E11.22": ("code", True),
        "I10": ("category", True),
        "S52.521": ("subcategory", False),
    }


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (
            "S52.521A",
            "Torus fracture of lower end of right radius, initial encounter for closed fracture",
        ),
        (
            "S72.001A",
            (
                "Fracture of unspecified part of neck of right femur, "
                "initial encounter for closed fracture"
            ),
        ),
        (
            "T40.1X1A",
            "Poisoning by heroin, accidental (unintentional), initial encounter",
        ),
        ("W19.XXXA", "Unspecified fall, initial encounter"),
        ("O40.1XX2", "Polyhydramnios, first trimester, fetus 2"),
        (
            "E11.3211",
            (
                "Type 2 diabetes mellitus with mild nonproliferative diabetic retinopathy "
                "with macular edema, right eye"
            ),
        ),
        ("M1A.9XX1", "Chronic gout, unspecified, with tophus (tophi)"),
        ("E11.A", "Type 2 diabetes mellitus without complications in remission"),
    ],
)
def test_titles_of_seventh_character_and_new_codes(table: Icd10cm, code: str, title: str) -> None:
    found = table.find(code)
    assert found is not None
    assert (found.title, found.billable) == (title, True)


def test_a_code_that_the_code_list_leaves_out_does_not_exist(table: Icd10cm) -> None:
    # S06 defines A, D and S, but one who dies before regaining consciousness has no later visit.
    assert [code.code for code in table.children("S06.1X7")] == ["S06.1X7A"]
    assert [code.code for code in table.children("S06.1X6")] == ["S06.1X6A", "S06.1X6D", "S06.1X6S"]


@pytest.mark.parametrize("name", BOTH)
def test_names_of_both_block_and_category_end_their_walk(table: Icd10cm, name: str) -> None:
    assert len(BOTH) == 39
    kinds = [node.kind for node in table.ancestors(name)]
    assert kinds[0] == "block"
    assert kinds[-1] == "chapter"
    assert table.ancestors(name)[0].code == f"{name}-{name}"
    step, seen = table.find(name), 0
    while step is not None and step.parent is not None:  # a walk by names alone ends too
        step, seen = table.find(step.parent), seen + 1
    assert seen == len(kinds)


def test_blocks_lie_in_the_wider_blocks_that_span_them(table: Icd10cm) -> None:
    assert [node.code for node in table.ancestors("C50.911")] == [
        "C50.91",
        "C50.9",
        "C50",
        "C50-C50",
        "C00-C75",
        "C00-C96",
        "Chapter 2",
    ]
    assert [node.code for node in table.ancestors("C7A")] == ["C7A-C7A", "C00-C96", "Chapter 2"]
    assert [node.code for node in table.ancestors("W19")] == [
        "W00-W19",
        "W00-X58",
        "V00-X58",
        "Chapter 20",
    ]


def test_children_stand_in_tabular_order(table: Icd10cm) -> None:
    assert [code.code for code in table.children("E11")] == [
        *("E11.0", "E11.1", "E11.2", "E11.3", "E11.4", "E11.5", "E11.6", "E11.8", "E11.9", "E11.A"),
    ]
    assert [code.code for code in table.children("B20-B20")] == ["B20"]
    assert table.children("B20") == ()


def test_billable_codes_below_a_header(table: Icd10cm) -> None:
    assert [code.code for code in table.billable_below("E11.2")] == ["E11.21", "E11.22", "E11.29"]
    assert [code.code for code in table.billable_below("N18.3")] == [
        *("N18.30", "N18.31", "N18.32"),
    ]
    assert [code.code for code in table.billable_below("S52.521", limit=2)] == [
        *("S52.521A", "S52.521D"),
    ]
    assert table.billable_below("E11.22") == ()


def test_notes_are_inherited_and_say_from_where(table: Icd10cm) -> None:
    notes = table.notes("E11.22")
    assert notes[0] == Note(
        "use additional code",
        "code to identify stage of chronic kidney disease (N18.1-N18.6)",
        "E11.22",
    )
    assert Note("use additional code", "insulin (Z79.4)", "E11") in notes
    assert Note("excludes1", "gestational diabetes (O24.4-)", "E11") in notes
    assert {note.from_code for note in notes} == {"E11.22", "E11", "Chapter 4"}
    assert {note.from_code for note in table.notes("E11.22", inherited=False)} == {"E11.22"}


def test_notes_of_blocks_reach_the_codes_below(table: Icd10cm) -> None:
    assert Note("excludes2", "injuries of wrist and hand (S60-S69)", "S50-S59") in table.notes(
        "S52.521A"
    )


def test_inclusion_terms_reach_only_the_seventh_character_codes(table: Icd10cm) -> None:
    term = Note("inclusion term", "Accidental fall NOS", "W19")
    assert table.notes("W19.XXXA")[0] == term
    assert table.notes("W19.XXXA", inherited=False) == ()
    # I21.A lists its terms for itself; they are none of I21.A1's.
    terms = {note.from_code for note in table.notes("I21.A1") if note.kind == "inclusion term"}
    assert terms == {"I21.A1"}


def test_the_nearest_seventh_character_definition_governs(table: Icd10cm) -> None:
    assert [character for character, _ in table.seventh_characters("S52.521A")] == list("ADGKPS")
    assert [character for character, _ in table.seventh_characters("S52.511")] == list(
        "ABCDEFGHJKMNPQRS"
    )
    assert table.seventh_characters("S52.521")[0] == ("A", "initial encounter for closed fracture")
    assert table.seventh_characters("E11.22") == ()
    asked = [n.from_code for n in table.notes("S52.521A") if n.kind == "seventh character"]
    assert asked == ["S52.52"]


def test_the_search_blob_is_gzip_of_code_and_title_in_tabular_order(table: Icd10cm) -> None:
    blob = table.search_blob()
    assert blob[4:8] == b"\0\0\0\0"  # no time of writing, so that the bytes never differ
    lines = gzip.decompress(blob).decode().splitlines()
    assert len(lines) == 74_719
    assert lines[0] == "A00.0\tCholera due to Vibrio cholerae 01, biovar cholerae"


def test_outside_its_days_nothing_is_in_force_and_what_is_known_is_named() -> None:
    for day in (date(2025, 9, 30), date(2026, 10, 1)):
        with pytest.raises(NotInForce, match="known: from 2025-10-01 until before 2026-10-01"):
            open_table(day)


def test_an_unknown_code_is_an_error_that_names_table_and_release(table: Icd10cm) -> None:
    with pytest.raises(KeyError, match=r"E11\.23: no such code in ICD-10-CM 2026-04"):
        table.children("E11.23")


def test_the_package_that_carries_the_text_is_never_imported(table: Icd10cm) -> None:
    assert table.find("I10") is not None
    assert "simple_icd_10_cm" not in sys.modules


def test_threads_share_one_table(table: Icd10cm) -> None:
    found: list[str] = []

    def ask() -> None:
        for _ in range(200):
            code = table.find("I10")
            assert code is not None
            found.append(code.title)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Essential (primary) hypertension"] * 800


def test_two_processes_that_compile_at_once_both_succeed(tmp_path: Path) -> None:
    program = (
        "from datetime import date; from codinglab.codes.icd10cm import open_table; "
        "print(open_table(date(2026, 3, 2)).find('I10').title)"
    )
    command = [sys.executable, "-c", program]
    environment = {**os.environ, CACHE_VARIABLE: str(tmp_path)}
    racers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [racer.communicate(timeout=120)[0].strip() for racer in racers]
    assert said == ["Essential (primary) hypertension"] * 2
    assert [file.name for file in tmp_path.iterdir()] == [compiled_name(in_force("icd10cm", DAY))]


def test_another_schema_or_source_is_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    release = in_force("icd10cm", DAY)
    name = compiled_name(release)
    monkeypatch.setattr(icd10cm_compile, "SCHEMA", icd10cm_compile.SCHEMA + 1)
    assert compiled_name(release) != name
    assert name == "icd10cm-2026-04-df54d9743a34-f161f8182aff-v3.sqlite"


def test_a_source_that_is_not_the_one_named_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (code_sets_folder() / "icd10cm/2026-04/release.yml").read_text(encoding="utf-8")
    folder = tmp_path / "icd10cm/2026-04"
    folder.mkdir(parents=True)
    (folder / "release.yml").write_text(text.replace("f161f8", "000000"), encoding="utf-8")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    with pytest.raises(BadData, match=r"not the file that release\.yml names"):
        compiled_file(read_release(folder))
