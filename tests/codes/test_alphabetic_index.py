import csv
import io
from datetime import date
from pathlib import Path

import pytest
from shared_data import shared

from codinglab.codes.alphabetic_index import (
    AlphabeticIndex,
    all_books,
    open_book,
    open_drugs,
    open_index,
    open_neoplasms,
)
from codinglab.codes.importers.files import lines, texts
from codinglab.codes.importers.kind import Good
from codinglab.codes.importers.kinds import kind
from codinglab.codes.index_rows import TermRow
from codinglab.codes.index_targets import Finder, split
from codinglab.codes.index_tree import Tree
from codinglab.codes.index_verify import Position, verify
from codinglab.codes.release import digest
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData

DAY = date(2026, 3, 2)
EARLIER = date(2025, 3, 2)
OURS = {
    "a-c.txt": "Bad heart | see Disease > heart; Pain > by site\n",
    "d-h.txt": """\
Diabetes, diabetic (mellitus) (sugar) | E11.9
  with
    neuropathy | E11.40
  type 2 | E11.9
    with
      chronic kidney disease | E11.22
Disease
  heart | I51.9 | see also Gone > away; neoplasm table > heart
    amyloid | E85.4 [I43]
Fracture, pathological
  radius | M84.43-
Fracture, traumatic
  radius | S52.9-
    lower end | S52.50-
""",
    "p-z.txt": "Pain | R52\n  chest | R07.9\n",
    "external.txt": "Fall, falling | W19.-\n  from\n    ladder | W11.-\n",
    "neoplasms.csv": (
        "path,nonessential,malignant_primary,malignant_secondary,in_situ,benign,uncertain,"
        "unspecified,see\nbreast,(female),C50.9-,C79.81,D05.9-,D24.-,D48.6-,D49.3,\n"
        "breast > nipple,,C50.0-,C79.81,,,,,\nchest wall,,,,,,,,breast\n"
    ),
    "drugs.csv": (
        "path,accidental,self_harm,assault,undetermined,adverse_effect,underdosing,see\n"
        "Aspirin,T39.011-,T39.012-,T39.013-,T39.014-,T39.015-,T39.016-,\n"
    ),
}
# Columns as the importer writes them: number, level, label, path, nonessential, code, see.
THEIRS = [
    (1, 0, "Abdomen, abdominal", "Abdomen, abdominal", "", "", "condition"),
    (2, 0, "Complication", "Complication", "(from) (of)", "", ""),
    (
        3,
        1,
        "fixation device, internal",
        "Complication > fixation device, internal",
        "",
        "T84.9",
        "",
    ),
    (4, 0, "Dependence", "Dependence", "", "F19.20", ""),
    (5, 1, "drug NEC", "Dependence > drug NEC", "", "F19.20", ""),
    (6, 2, "opioid", "Dependence > drug NEC > opioid", "", "F11.20", ""),
    (7, 0, "Opiumism", "Opiumism", "", "", "Dependence, drug, opioid"),
    (8, 0, "Rod", "Rod", "", "", "Complications, fixation device, internal (rod)"),
    (9, 0, "Scurvy", "Scurvy", "", "", "subcategory M14.8-"),
    (10, 0, "Tumor", "Tumor", "", "", "Neoplasm, by site, benign"),
    (11, 0, "Use", "Use", "", "", "Dependence, drug, by type; Dependence, milk"),
    (12, 0, "Void", "Void", "", "", "Nothingness"),
]


def release(folder: Path, name: str, year: str, first: int, tables: dict[str, str]) -> Path:
    home = folder / name / year
    home.mkdir(parents=True)
    for file, text in tables.items():
        (home / file).write_text(text, encoding="utf-8")
    hashes = "".join(f"  {file}: {digest(home / file)}\n" for file in tables)
    (home / "release.yml").write_text(
        f"set: {name}\nrelease: {year}\neffective_from: {first}-10-01\n"
        f"effective_to: {first + 1}-10-01\nclock: service\nsource: a test\nlicence: none\n"
        f"synthetic: yes\ntables:\n{hashes}",
        encoding="utf-8",
    )
    return home


def theirs() -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["number", "level", "label", "path", "nonessential", "code", "see"])
    writer.writerows(THEIRS)
    return text.getvalue()


@pytest.fixture
def sets(tmp_path: Path, cache: Path) -> Path:
    assert cache.is_dir()
    release(tmp_path, "alphabetic_index", "2026-04", 2025, OURS)
    release(tmp_path, "icd10cm_index", "2025", 2024, {"terms.csv": theirs()})
    return tmp_path


@pytest.fixture
def ours(sets: Path) -> AlphabeticIndex:
    return open_index(DAY, sets)


def test_a_term_is_found_by_its_path_without_regard_to_case_and_the_rest_of_a_label(
    ours: AlphabeticIndex,
) -> None:
    found = ours.find("diabetes > Type 2 > with > chronic kidney disease")
    assert found is not None
    assert found.path == ("Diabetes, diabetic", "type 2", "with", "chronic kidney disease")
    assert (found.number, found.level, found.code, found.below) == (7, 3, "E11.22", 0)
    assert ours.find("Diabetes > type 3") is None
    assert ours.find("Diabetes >") is None
    assert ours.find("") is None


def test_of_terms_with_one_name_that_is_meant_which_has_the_next_subterm(
    ours: AlphabeticIndex,
) -> None:
    found = ours.find("Fracture > radius > lower end")
    assert found is not None
    assert found.written == "Fracture, traumatic > radius > lower end"


def test_main_terms_are_listed_by_their_beginning(ours: AlphabeticIndex) -> None:
    assert [one.label for one in ours.main_terms("DI")] == ["Diabetes, diabetic", "Disease"]
    assert [one.label for one in ours.main_terms("", 2)] == ["Bad heart", "Diabetes, diabetic"]
    assert ours.main_terms("type") == ()


def test_subterms_stand_in_the_order_of_the_index(ours: AlphabeticIndex) -> None:
    diabetes = ours.find("Diabetes")
    assert diabetes is not None
    assert diabetes.nonessential == "(mellitus) (sugar)"
    assert [one.label for one in ours.below(diabetes)] == ["with", "type 2"]
    assert len(ours.terms()) == 17  # 1 in a-c.txt, 14 in d-h.txt, 2 in p-z.txt


def test_see_and_see_also_lead_on(ours: AlphabeticIndex) -> None:
    bad, heart = ours.find("Bad heart"), ours.find("Disease > heart")
    assert bad is not None
    assert heart is not None
    first, second = ours.targets(bad)
    assert (first.leads, first.term, first.also) == ("term", heart, False)
    assert (second.leads, second.term, second.rest) == ("rule", ours.find("Pain"), "by site")
    assert [(one.text, one.leads, one.also) for one in ours.targets(heart)] == [
        ("Gone > away", "nothing", True),
        ("neoplasm table > heart", "elsewhere", True),
    ]


def test_a_code_is_led_to_by_itself_its_header_and_as_manifestation(ours: AlphabeticIndex) -> None:
    assert [one.written for one in ours.leading_to("S52.501A")] == [
        "Fracture, traumatic > radius > lower end"
    ]
    assert [one.label for one in ours.leading_to("e1122")] == ["chronic kidney disease"]
    assert [one.label for one in ours.leading_to("I43")] == ["amyloid"]
    assert ours.leading_to("E11.29") == ()


def test_the_tables_have_a_code_for_each_column(sets: Path) -> None:
    table = open_neoplasms(DAY, sets)
    breast = table.find("breast")
    assert breast is not None
    assert table.codes(breast) == {
        "malignant_primary": "C50.9-",
        "malignant_secondary": "C79.81",
        "in_situ": "D05.9-",
        "benign": "D24.-",
        "uncertain": "D48.6-",
        "unspecified": "D49.3",
    }
    assert [one.label for one in table.beginning("b")] == ["breast"]
    assert [one.written for one in table.leading_to("C50.012")] == ["breast > nipple"]
    chest = table.find("chest wall")
    assert chest is not None
    assert [one.term for one in table.targets(chest)] == [breast]
    (aspirin,) = open_drugs(DAY, sets).leading_to("T39.015A")
    assert aspirin.label == "Aspirin"
    assert open_drugs(DAY, sets).codes(aspirin)["adverse_effect"] == "T39.015-"


def test_external_causes_are_a_book_of_their_own(sets: Path) -> None:
    falls = open_index(DAY, sets, "external causes")
    assert [one.written for one in falls.leading_to("W11.XXXA")] == [
        "Fall, falling > from > ladder"
    ]
    assert falls.find("Diabetes") is None
    assert [one.book for one in all_books(DAY, sets)] == [
        "diseases",
        "external causes",
        "neoplasms",
        "drugs",
    ]
    with pytest.raises(KeyError):
        open_book(DAY, "procedures", sets)


def test_an_imported_index_that_covers_the_day_comes_first(sets: Path) -> None:
    assert open_index(DAY, sets).source == (
        "this lab's own short index (alphabetic_index 2026-04, diseases)"
    )
    assert open_index(EARLIER, sets).source == (
        "the index that you imported (icd10cm_index 2025, diseases)"
    )
    with pytest.raises(NotInForce):
        open_neoplasms(EARLIER, sets)
    with pytest.raises(NotInForce):
        open_index(date(2024, 9, 30), sets)


@pytest.mark.parametrize(
    ("term", "leads", "path", "rest"),
    [
        ("Abdomen", "rule", None, "condition"),
        ("Opiumism", "term", "Dependence > drug NEC > opioid", ""),
        ("Rod", "term", "Complication > fixation device, internal", ""),
        ("Scurvy", "tabular", None, "subcategory M14.8-"),
        ("Tumor", "elsewhere", None, "Neoplasm, by site, benign"),
        ("Use", "rule", "Dependence > drug NEC", "by type"),
        ("Void", "nothing", None, ""),
    ],
)
def test_targets_parted_by_commas_are_followed(
    sets: Path, term: str, leads: str, path: str | None, rest: str
) -> None:
    index = open_index(EARLIER, sets)
    one = index.find(term)
    assert one is not None
    lead = index.targets(one)[0]
    assert (lead.leads, lead.term and lead.term.written, lead.rest) == (leads, path, rest)


def test_a_target_is_followed_as_far_as_the_index_has_it(sets: Path) -> None:
    index = open_index(EARLIER, sets)
    one = index.find("Use")
    assert one is not None
    lead = index.targets(one)[1]
    assert (lead.leads, lead.term, lead.rest) == ("part", index.find("Dependence"), "milk")


def test_a_changed_file_is_refused_until_its_hash_is_restated(sets: Path) -> None:
    file = sets / "alphabetic_index" / "2026-04" / "p-z.txt"
    # Another text under the same hash; the compiled file is of the hashes that release.yml states.
    home = release(
        sets / "other", "alphabetic_index", "2026-04", 2025, {"p-z.txt": "Pain | R52\n# 1\n"}
    )
    (home / "p-z.txt").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BadData, match=r"p-z\.txt: not the file whose SHA-256"):
        open_index(DAY, sets / "other")


def test_a_complete_code_is_verified_with_title_and_notes(cache: Path) -> None:
    assert cache.is_dir()
    found = verify("E11.22", DAY)
    assert (found.title, found.billable, found.missing, found.remark) == (
        "Type 2 diabetes mellitus with diabetic chronic kidney disease",
        True,
        (),
        "",
    )
    assert (found.notes[0].kind, found.notes[0].from_code) == ("use additional code", "E11.22")
    assert "excludes1" in {one.kind for one in found.notes}


def test_missing_characters_are_named_with_the_legal_ones(cache: Path) -> None:
    assert cache.is_dir()
    sixth, seventh = verify("S52.50-", DAY).missing
    assert (sixth.place, sixth.stem, [one for one, _ in sixth.choices]) == (
        6,
        "S52.50",
        ["1", "2", "9"],
    )
    assert (seventh.place, seventh.stem, len(seventh.choices)) == (7, "S52.50?", 16)
    assert verify("W19.-", DAY).missing == (
        Position(
            7,
            "W19.XXX",
            (("A", "initial encounter"), ("D", "subsequent encounter"), ("S", "sequela")),
        ),
    )
    (fourth,) = verify("Z99.-", DAY).missing
    assert (fourth.place, fourth.stem, "".join(one for one, _ in fourth.choices)) == (
        4,
        "Z99.",
        "01238",
    )


def test_a_code_that_the_tabular_list_lacks_is_said(cache: Path) -> None:
    assert cache.is_dir()
    found = verify("E11.77", DAY)
    assert (found.title, found.billable) == ("", False)
    assert found.remark == "E11.77 is not in ICD-10-CM 2026-04; look for the term's newer code."
    assert verify("E11.22-", DAY).remark == (
        "E11.22 is complete in ICD-10-CM 2026-04; the dash needs nothing more."
    )


def published(name: str, file: str) -> list[TermRow]:
    wanted = kind(name)
    read = wanted.read(lines(texts(shared(file))[0], wanted.encoding))
    return [
        TermRow.model_validate({key: value for key, value in one.values.items() if value})
        for one in read
        if isinstance(one, Good)
    ]


def test_the_published_index_is_followed_nearly_everywhere() -> None:
    rows = published("icd10cm_index", "icd10cm/ICD10CM_2025_Index.csv.gz")
    finder = Finder.of(rows, Tree.of(rows))
    count: dict[str, int] = {}
    for row in rows:
        for one in split(row.see):
            leads = finder.find(one, row.number).leads
            count[leads] = count.get(leads, 0) + 1
    assert (len(rows), sum(bool(row.see) for row in rows)) == (81024, 12136)
    # Reading the target as a title finds 6,435 (53 %). Here 9,973 lead to the very term, 863 to a
    # term and then by site or type, 929 to a table or the tabular list: 97 % to where they should.
    assert count == {
        "term": 9973,
        "rule": 863,
        "elsewhere": 892,
        "tabular": 37,
        "part": 347,
        "nothing": 24,
    }


def test_the_published_external_index_is_followed_nearly_everywhere() -> None:
    rows = published("icd10cm_external_index", "icd10cm/icd10cm_eindex_2025.xml.gz")
    finder = Finder.of(rows, Tree.of(rows))
    found = [finder.find(one, row.number) for row in rows for one in split(row.see)]
    assert len(rows) == 8064
    assert [one.text for one in found if one.leads == "nothing"] == [
        "Complication of or following, by type of procedure",
        "Complication of or following, by specified type of procedure",
    ]
    assert sum(one.leads == "part" for one in found) == 30
    assert len(found) == 804
