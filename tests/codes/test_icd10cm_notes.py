"""What notes resolve to in the April 2026 tabular list; values read by hand from the list."""

import re
from datetime import date

import pytest

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.icd10cm_notes import REFERENCE_KINDS, Reference, coverage, references, unread
from codinglab.codes.icd10cm_references import Condition, parse

DAY = date(2026, 3, 2)


def one(table: Icd10cm, code: str, kind: str, beginning: str) -> Reference:
    """Return the one reference of `kind` that governs `code` and begins with `beginning`."""
    assert table.info.release == "2026-04"
    found = [each for each in references(code, kind, DAY) if each.note.text.startswith(beginning)]
    assert len(found) == 1
    return found[0]


def held(table: Icd10cm, reference: Reference, codes: str) -> list[str]:
    return [code for code in codes.split() if reference.holds(table.node(code))]


def test_all_but_two_of_the_notes_that_carry_a_code_resolve(table: Icd10cm) -> None:
    assert table.info.release == "2026-04"
    assert coverage(DAY) == (10_876, 10_005, 10_003)
    assert [(each.note.from_code, each.note.text, each.reason) for each in unread(DAY)] == [
        (
            "F02",
            "other frontotemporal neurocognitive disorder (G31.90)",
            "G31.90 is not in this release",
        ),
        ("R10.85", "localized abdominal pain (R10.1-R10.4-)", "R10.4 is not in this release"),
    ]
    assert 10_003 / 10_005 >= 0.99


def test_every_note_with_a_code_has_rows_or_is_listed(table: Icd10cm) -> None:
    shape = re.compile(r"(?<![0-9A-Za-z.])[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?(?![0-9A-Za-z])")
    rows = set(table.rows("select distinct ordinal, place from reference"))
    listed = set(table.rows("select ordinal, place from unread"))
    silent = []
    for ordinal, place, kind, text in table.rows("select ordinal, place, kind, text from note"):
        words = shape.findall(text.replace("vitamin B12", ""))
        if kind in REFERENCE_KINDS and words and (ordinal, place) not in rows | listed:
            silent.append((table.at(ordinal).code, text))
    assert silent == []


def test_how_many_notes_of_each_kind_refer_to_codes(table: Icd10cm) -> None:
    query = (
        "select kind, count(*) from (select distinct kind, ordinal, place from reference "
        "join note using (ordinal, place) where not scope) group by kind"
    )
    assert dict(table.rows(query)) == {
        "code also": 473,
        "code first": 598,
        "excludes1": 5_278,
        "excludes2": 2_485,
        "use additional code": 1_168,
    }


def test_no_condition_is_dropped(table: Icd10cm) -> None:
    # 169 notes speak of characters, the others write what follows the dot, or "ketoacidosis".
    query = "select distinct ordinal, place from reference where condition <> ''"
    assert len(table.rows(query)) == 195
    words = re.compile(r"\bcharacters?\b|\bwith \.\d|ketoacidosis$")
    dropped = [
        text
        for kind, text in table.rows("select kind, text from note")
        if kind in REFERENCE_KINDS and words.search(text) and parse(text).spans
        if not all(span.condition for span in parse(text).spans)
    ]
    assert dropped == []


def test_intent_agrees_with_the_title_of_every_poisoning_code(table: Icd10cm) -> None:
    words = ("accident", "self-harm", "assault", "undetermined", "adverse effect", "underdosing")
    first, last = table.node("T36").ordinal, table.node("T65").last
    query = "select key, title from node where billable and ordinal between ? and ?"
    rows = table.rows(query, first, last)
    assert len(rows) == 4_818
    for key, title in rows:
        meant = [word for word in words if word in title.lower()]
        read = [
            word
            for number, word in enumerate(words, 1)
            if Condition("intent", (str(number),)).holds(key)
        ]
        assert (key, read) == (key, meant[:1])


def test_open_fracture_means_what_the_forearm_defines(table: Icd10cm) -> None:
    stated = {
        character for character, meaning in table.seventh_characters("S52.511") if "open" in meaning
    }
    found = one(table, "S51.801A", "excludes1", "open fracture of elbow and forearm")
    condition = found.stretches[0].condition
    assert condition is not None
    assert set(condition.values) == stated
    assert held(table, found, "S52.511A S52.511B S52.511N S52.511S S52.521A") == [
        *("S52.511B", "S52.511N"),
    ]


@pytest.mark.parametrize(
    ("code", "kind", "beginning", "yes", "no"),
    [
        ("E11.22", "use additional code", "code to identify stage", "N18.1 N18.32 N18.6", "N18.9"),
        ("E11.22", "excludes1", "gestational diabetes", "O24.410 O24.439", "O24.911"),
        ("I10", "excludes1", "hypertensive disease complicating", "O10.011 O16.1", "O12.01"),
        ("G63", "excludes1", "diabetes mellitus", "E08.42 E11.42 E13.42", "E11.9 E11.40 E11.22"),
        ("G63", "excludes1", "infectious mononucleosis", "B27.01 B27.91", "B27.00 B27.02"),
        ("J17", "excludes1", "whooping cough", "A37.01 A37.91", "A37.00 A37.90"),
        ("F07.81", "excludes1", "current concussion", "S06.0X0A S06.0X9A", "S06.0X0D S06.0X9S"),
        ("R47.01", "excludes1", "aphasia following", "I69.020 I69.320", "I69.20 I69.321"),
        ("R48.2", "excludes1", "apraxia following", "I69.390", "I69.90 I69.391"),
        ("E87.21", "excludes1", "diabetic acidosis", "E10.10 E11.11 E13.10", "E11.9 E11.65"),
        ("F02.80", "code first", "Alzheimer's", "G30.0 G30.9", "G31.01"),
        ("I96", "excludes2", "gangrene in diabetes", "E10.52 E11.52", "E11.51"),
        ("F41.9", "excludes2", "acute stress reaction", "F43.0", "F43.10"),
        ("F44.0", "excludes2", "alcohol-or other psycho", "F10.26 F19.96", "F10.27 F11.20"),
        ("R41.3", "excludes1", "amnestic syndrome due to", "F10.26 F13.96", "F10.20 F10.27"),
        ("R44.0", "excludes1", "hallucinations in drug", "F11.151 F19.951", "F11.150 F10.151"),
        ("S01.00XA", "excludes1", "open skull fracture", "S02.0XXB", "S02.0XXA S02.0XXD"),
        ("S91.001A", "excludes1", "open fracture of ankle", "S92.001B", "S92.001A"),
        ("D46.9", "use additional code", "code for adverse", "T36.0X5A T36.95XA", "T36.0X1A"),
        ("D46.9", "use additional code", "code for adverse", "T43.655A", "T43.651A T43.652D"),
        ("Z91.14", "code also", ", if applicable, to id", "T36.0X6A T36.96XA", "T36.0X5A T36.0X1A"),
        ("A15.0", "excludes1", "pneumoconiosis associated", "J65", "A15.4 J60"),
        ("O30.001", "use additional code", "code, if applicable, from cat", "Z3A.20", "Z37.0"),
        ("Z85.6", "excludes1", "leukemia in remission", "C91.01 C95.91", "C91.00 C91.02"),
    ],
)
def test_a_note_holds_the_codes_that_it_means(  # noqa: PLR0913, PLR0917  a table of examples
    table: Icd10cm, code: str, kind: str, beginning: str, yes: str, no: str
) -> None:
    found = one(table, code, kind, beginning)
    assert held(table, found, f"{yes} {no}") == yes.split()


def test_references_come_from_the_code_first_then_from_those_above(table: Icd10cm) -> None:
    assert table.info.release == "2026-04"
    found = references("E11.22", "use additional code", DAY)
    assert [(each.note.from_code, each.note.text) for each in found] == [
        ("E11.22", "code to identify stage of chronic kidney disease (N18.1-N18.6)"),
        ("E11", "injectable non-insulin antidiabetic drugs (Z79.85)"),
        ("E11", "insulin (Z79.4)"),
        ("E11", "oral antidiabetic drugs (Z79.84)"),
        ("E11", "oral hypoglycemic drugs (Z79.84)"),
    ]


def test_the_items_of_a_list_carry_its_head(table: Icd10cm) -> None:
    assert one(table, "E11.22", "use additional code", "insulin").head == (
        "code to identify control using:"
    )
    assert one(table, "F02.80", "code first", "Alzheimer's").head == (
        "the underlying physiological condition, such as:"
    )
    # A list in an Excludes note ends unmarked: C31.0 belongs to the head, C41.1 no longer.
    heads = {each.head for each in references("C41.0", "excludes2", DAY)}
    assert heads == {""}


def test_a_list_that_its_head_restricts_governs_only_those_codes(table: Icd10cm) -> None:
    # G31 says "for codes G31.0-G31.83, G31.85-G31.9": not G31.84, mild cognitive impairment.
    anxious = "dementia with anxiety"
    assert held(table, one(table, "G31.01", "use additional code", anxious), "F02.84 F02.80") == [
        "F02.84"
    ]
    told = [each.note.text for each in references("G31.84", "use additional code", DAY)]
    assert [text for text in told if text.startswith(anxious)] == []


def test_an_unknown_kind_or_code_is_an_error(table: Icd10cm) -> None:
    assert table.info.release == "2026-04"
    with pytest.raises(ValueError, match="includes: not one of excludes1, excludes2, code first"):
        references("E11.22", "includes", DAY)
    with pytest.raises(KeyError, match=r"E1123: no such code"):
        references("E11.23", "excludes1", DAY)
