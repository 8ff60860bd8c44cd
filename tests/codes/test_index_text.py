from pathlib import Path

import pytest

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.index_check import check_text, code_problem, read_lenient
from codinglab.codes.index_rows import fold, names, order_key
from codinglab.codes.index_tables import check_table
from codinglab.codes.index_text import read_terms
from codinglab.codes.index_tree import Tree
from codinglab.core.tables import BadData

SORT = "sort by letters, with `with` and `without` first (--sort does it)"
TEXT = """\
# remark

Diabetes, diabetic (mellitus) (sugar) | E11.9
  type 2 | E11.9
    with
      neuropathy | E11.40
Disease
  heart | I51.9 | see also Failure > heart
    amyloid | E85.4 [I43]
Dropsy | see Edema
"""


def text_file(folder: Path, text: str, name: str = "d-h.txt") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, table: Icd10cm, text: str, absent: str = "") -> list[tuple[str, bool]]:
    found = read_lenient(text_file(folder, text))
    book = Tree.of(one.row for one in found.lines)
    return [(one.text, one.warning) for one in check_text(found, table, book, {}, absent)]


def test_each_line_is_a_term_with_its_path(tmp_path: Path) -> None:
    lines = read_terms(text_file(tmp_path, TEXT))
    assert [(one.line, one.row.number, one.row.level, one.row.path) for one in lines] == [
        (3, 1, 0, "Diabetes, diabetic"),
        (4, 2, 1, "Diabetes, diabetic > type 2"),
        (5, 3, 2, "Diabetes, diabetic > type 2 > with"),
        (6, 4, 3, "Diabetes, diabetic > type 2 > with > neuropathy"),
        (7, 5, 0, "Disease"),
        (8, 6, 1, "Disease > heart"),
        (9, 7, 2, "Disease > heart > amyloid"),
        (10, 8, 0, "Dropsy"),
    ]


def test_a_line_says_code_manifestation_see_and_nonessential_words(tmp_path: Path) -> None:
    rows = [one.row for one in read_terms(text_file(tmp_path, TEXT), 101)]
    assert (rows[0].number, rows[0].nonessential, rows[0].code) == (
        101,
        "(mellitus) (sugar)",
        "E11.9",
    )
    assert (rows[5].code, rows[5].see, rows[5].see_also) == ("I51.9", "", "Failure > heart")
    assert (rows[6].code, rows[6].manifestation) == ("E85.4", "I43")
    assert (rows[7].code, rows[7].see) == ("", "Edema")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("   heart", "line 2: indent each level by two blanks, without tabs"),
        ("\theart", "line 2: indent each level by two blanks, without tabs"),
        ("    heart", "line 2: stands 1 level(s) too deep below the line above"),
        ("  heart | 51.9", "line 2: '51.9' is neither a code"),
        ("  heart | see", "line 2: 'see' is neither a code"),
        ("  heart | I51.9 | I51.8", "line 2: code, manifestation stands twice"),
        ("  heart (acute | I51.9", "line 2: 'heart (acute' is no term"),
        ("  (acute) | I51.9", "line 2: '(acute)' is no term"),
        ("  heart > left | I51.9", "line 2: 'heart > left' is no term"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(BadData) as raised:
        read_terms(text_file(tmp_path, f"Disease\n{line}\n"))
    assert told in str(raised.value)
    assert "d-h.txt" in str(raised.value)


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadData) as raised:
        read_terms(text_file(tmp_path, "Disease | x\n   heart\nDropsy | see Edema\n"))
    assert [one.split(": ")[0][-6:] for one in str(raised.value).split("\n")] == [
        "line 1",
        "line 2",
    ]


def test_terms_are_compared_without_case_accents_and_marks() -> None:
    assert fold("Ménière's disease, (left)") == "menieres disease left"
    assert list(names("Diabetes, diabetic")) == ["diabetes diabetic", "diabetes", "diabetic"]
    assert list(names("Pain")) == ["pain"]


def test_with_and_without_come_first_then_letters() -> None:
    labels = ["type 1", "without coma", "abdominal", "with", "X-ray", "with coma"]
    assert sorted(labels, key=order_key) == [
        "with",
        "with coma",
        "without coma",
        "abdominal",
        "type 1",
        "X-ray",
    ]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("E11.22", ""),
        ("S52.50-", ""),
        ("W19.-", ""),
        ("S93.401-", ""),
        ("I10", ""),
        ("E11.22-", "E11.22- is billable; write E11.22"),
        ("E11.4", "E11.4 needs more characters; write E11.4- or a full code"),
        ("W19", "W19 needs more characters; write W19.- or a full code"),
        ("W19.XXX-", "W19.XXX- is not in ICD-10-CM 2026-04; write W19.-"),
        ("O45.8X-", ""),
        ("E11.77", "E11.77 is not in ICD-10-CM 2026-04; look it up"),
    ],
)
def test_a_dash_stands_where_characters_are_missing(table: Icd10cm, code: str, told: str) -> None:
    assert code_problem(code, table) == told


def test_a_good_file_has_no_problem(tmp_path: Path, table: Icd10cm) -> None:
    good = TEXT.replace("Failure > heart", "Diabetes > type 2").replace(
        "Edema", "disease > by site"
    )
    assert problems(tmp_path, table, good) == []


def test_order_and_repeated_siblings_are_told(tmp_path: Path, table: Icd10cm) -> None:
    text = "Disease\n  lung | J98.4\n  heart | I51.9\n  Heart | I51.9\n"
    assert problems(tmp_path, table, text) == [
        (
            f"d-h.txt, line 3: 'heart' stands after 'lung' (line 2); {SORT}",
            False,
        ),
        ("d-h.txt, line 4: 'Heart' stands already on line 3; join them", False),
    ]


def test_a_see_into_a_file_that_is_not_there_is_a_warning(tmp_path: Path, table: Icd10cm) -> None:
    ((text, warning),) = problems(tmp_path, table, "Dropsy | see Pain\n", absent="pqr")
    assert warning
    assert text.startswith("d-h.txt, line 1: see 'Pain': main term of a file that is not there yet")
    ((text, warning),) = problems(tmp_path, table, "Dropsy | see Pain\n")
    assert not warning
    assert text.startswith("d-h.txt, line 1: see 'Pain': no such term")


def test_a_main_term_has_a_capital_its_own_file_and_leads_somewhere(
    tmp_path: Path, table: Icd10cm
) -> None:
    text = "disease | I51.9\nDropsy\nPain | R52\n"
    assert [text for text, _ in problems(tmp_path, table, text)] == [
        "d-h.txt, line 1: main term 'disease': begin it with a capital",
        "d-h.txt, line 2: 'Dropsy' leads nowhere; give it a code, a see or subterms",
        "d-h.txt, line 3: main term 'Pain' belongs to another file; move it",
    ]


def test_a_table_row_needs_right_codes_order_and_the_row_above(
    tmp_path: Path, table: Icd10cm
) -> None:
    text = (
        "path,nonessential,malignant_primary,malignant_secondary,in_situ,benign,uncertain,"
        "unspecified,see\n"
        "lung,,C34.9-,C78.0-,D02.2-,D14.3-,D38.1,D49.1,\n"
        "breast > nipple,,C50.0-,C79.81,D05.9-,D24.-,D48.6-,D49.3,\n"
        "breast,,C50.9,,,,,,\n"
        "chest,,,,,,,,nowhere\n"
    )
    file = text_file(tmp_path, text, "neoplasms.csv")
    assert [one.text for one in check_table(file, table)] == [
        "neoplasms.csv, row 2: 'breast > nipple' has no row above; add it",
        "neoplasms.csv, row 3 (breast): C50.9 needs more characters; write C50.9- or a full code",
        "neoplasms.csv, row 4 (chest): see 'nowhere': no such row; correct it",
        "neoplasms.csv, row 3: 'breast' stands after 'lung'; sort by letters",
    ]
