"""Faults, one at a time, in all kinds of transactions; and changes that are no faults at all."""

import pytest
from mutants import GOLDEN, recounted
from one_fault import changed, every, rows, whole

from codinglab.x12.check import check

FAULTS, VARIATIONS = rows("one_fault.csv"), rows("no_fault.csv")
DELIMITERS = [
    ("|", ">", "^", "~"),
    ("*", "<", "!", "'"),
    ("+", ">", "}", "\\"),
    ("|", "&", "%", "?"),
    ("*", ":", "^", "\n"),
    ("\x1d", "\x1f", "\x1e", "\x1c"),
]


def finds(text: str) -> list[str]:
    return [f"{one.id} at {one.place}" for one in check(text)]


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: f"{row['file']} {row.get('fault')}")
def test_each_fault_is_found_where_it_is_and_nothing_else(row: dict[str, str]) -> None:
    assert finds(changed(row)) == row["finds"].split("; ")


@pytest.mark.parametrize("row", VARIATIONS, ids=lambda row: f"{row['file']} {row['variation']}")
def test_what_the_guide_allows_is_not_found(row: dict[str, str]) -> None:
    assert finds(changed(row)) == []


def test_every_kind_of_transaction_has_faults_and_variations() -> None:
    kinds = {"837p", "837i", "835", "999", "277ca", "270", "271", "276", "277"}
    assert kinds <= {row["file"] for row in FAULTS}
    assert kinds <= {row["file"] for row in VARIATIONS} | {"277"}
    assert (len(FAULTS), len(VARIATIONS)) == (307, 108)


@pytest.mark.parametrize("marks", DELIMITERS, ids=repr)
@pytest.mark.parametrize("name", every())
def test_other_delimiters_change_nothing(name: str, marks: tuple[str, ...]) -> None:
    text = whole(name).replace("\n", "")
    assert finds(text.translate(str.maketrans(dict(zip("*:^~", marks, strict=True))))) == []


@pytest.mark.parametrize("ending", ["", "\r\n", "\r", "\n\n"])
@pytest.mark.parametrize("name", every())
def test_other_line_ends_change_nothing(name: str, ending: str) -> None:
    assert finds(whole(name).replace("\n", ending)) == []


def test_groups_of_every_kind_stand_in_one_interchange() -> None:
    texts = list(every().values())
    groups = []
    for at, text in enumerate(texts, 500):
        head, *body, tail, _ = text.split("~\n")[1:-1]
        parts = head.split("*")
        count = tail.split("*")[1]
        parts[6] = str(at)
        groups.append("~\n".join(["*".join(parts), *body, f"GE*{count}*{at}"]) + "~\n")
    first = texts[0].split("~\n")[0]
    number = first.split("*")[13]
    assert finds(f"{first}~\n{''.join(groups)}IEA*{len(texts)}*{number}~\n") == []


def test_a_payer_that_no_qualifier_makes_a_provider_is_not_asked_for_an_npi() -> None:
    text = whole("837p").replace("LAB PAYER*****PI*LP001", "LAB PAYER*****XX*LP001", 1)
    assert finds(text) == ["x12.code at segment 19 (2010BB NM108)"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("DMG*D8*19850412*F", "DMG*D6*850412*F", "x12.code at segment 18 (2010BA DMG01)"),
        ("439*D8*20260301", "439*D8*20269901", "x12.date at segment 21 (2300 DTP03)"),
        ("RD8*20260302-20260303", "RD8*20269902-20260303", "x12.date at segment 37 (2400 DTP03)"),
        ("472*D8*20260302", "472*D8*20269902", "x12.date at segment 29 (2400 DTP03)"),
    ],
)
def test_a_day_that_is_none_is_told_once_and_not_compared(old: str, new: str, found: str) -> None:
    assert finds(whole("837p").replace(old, new, 1)) == [found]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("RD8*20260201-20260204", "D8*20260201", "x12.code at segment 21 (2300 DTP02)"),
        (
            "20260201-20260204",
            "20260204-20260201",
            "x12.period_reversed at segment 21 (2300 DTP03)",
        ),
        ("472*D8*20260202", "472*D8*20260229", "x12.date at segment 39 (2400 DTP03)"),
    ],
)
def test_a_statement_that_is_none_encloses_no_line(old: str, new: str, found: str) -> None:
    assert finds(whole("837i").replace(old, new, 1)) == [found]


def test_letters_for_digits_in_a_pointer_are_told_once_each() -> None:
    assert finds(whole("837p").replace("UN*1***1:2", "UN*1***A:B", 1)) == [
        "x12.number at segment 28 (2400 SV107-1)",
        "x12.number at segment 28 (2400 SV107-2)",
    ]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("N4*DAYTON**45402", ["x12.address_part at segment 47 (2010CA N402)"]),
        ("N4*DAYTON*OH", ["x12.address_part at segment 47 (2010CA N403)"]),
        ("N4*TORONTO**M5V2T6*CA", ["x12.address_part at segment 47 (2010CA N402)"]),
        ("N4*PARIS**75001*FR", []),
        ("N4*DUBLIN***IE", []),
        ("N4*APO*AE*09012", []),
    ],
)
def test_an_address_at_home_has_state_and_postal_code(address: str, found: list[str]) -> None:
    assert finds(whole("837p").replace("N4*DAYTON*OH*45402", address)) == found


def test_a_file_cut_anywhere_is_told_and_breaks_nothing() -> None:
    text = (GOLDEN / "835.edi").read_text("utf-8").rstrip()
    for end in range(110, len(text), 7):
        assert finds(text[:end])


def test_a_group_without_transactions_and_an_interchange_without_groups_are_told() -> None:
    text = whole("837p")
    envelope, trailer = text[: text.index("GS*")], "IEA*1*000000101~\n"
    group = text[text.index("GS*") : text.index("ST*")] + "GE*0*101~\n"
    assert finds(envelope + group + trailer) == ["x12.holds_nothing at segment 3 (GE)"]
    assert finds(envelope + "IEA*0*000000101~\n") == ["x12.holds_nothing at segment 2 (IEA)"]
    noted = envelope + "TA1*000000009*260314*1000*A*000~\nIEA*0*000000101~\n"
    assert finds(noted) == []


def test_a_patient_who_is_left_out_is_not_taken_for_the_subscriber() -> None:
    text = whole("837p").replace("HL*3*1*22*1", "HL*3*1*22*0")
    start, end = text.index("HL*4*3*23*0"), text.index("CLM*ACCT0002")
    assert finds(recounted(text[:start] + text[end:])) == [
        "x12.patient_missing at segment 40 (2000B SBR02)"
    ]
