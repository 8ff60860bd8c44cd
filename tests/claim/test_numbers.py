from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codinglab.claim.numbers import (
    ndc11,
    why_not_member_id,
    why_not_npi,
    why_not_tax_id,
    why_not_zip,
)

DAY = date(2026, 3, 3)


def test_the_check_digit_of_123456789_is_3() -> None:
    # doubled from the right: 9->9 8 7->5 6 5->1 4 3->6 2 1->2 = 43, and 24 of 80840 = 67; 70-67 = 3
    assert why_not_npi("1234567893") == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1234567890", "the last digit of 1234567890 does not fit the nine before it"),
        ("1234567839", "the last digit of 1234567839 does not fit the nine before it"),
        ("123456789", "'123456789' has not ten digits"),
        ("12345678 3", "'12345678 3' has not ten digits"),
        ("3234567891", "3234567891 begins with 3; an NPI begins with 1 or 2"),
        ("", "'' has not ten digits"),
        ("١٢٣٤٥٦٧٨٩٣", "has not ten digits"),
    ],
)
def test_a_wrong_npi_is_told_apart(text: str, why: str) -> None:
    assert why in why_not_npi(text)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_is_always_seen(place: int, by: int) -> None:
    digits = list("1234567893")
    digits[place] = str((int(digits[place]) + by) % 10)
    assert why_not_npi("".join(digits)) != ""


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("42-1234567", "EI", True),
        ("421234567", "EI", True),
        ("001234567", "EI", False),
        ("42123456", "EI", False),
        ("300-11-2233", "SY", True),
        ("000112233", "SY", False),
        ("666112233", "SY", False),
        ("900112233", "SY", False),
        ("300002233", "SY", False),
        ("300110000", "SY", False),
    ],
)
def test_a_tax_number_has_the_shape_of_its_kind(text: str, kind: str, *, right: bool) -> None:
    assert (why_not_tax_id(text, kind) == "") is right  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1EG4TE5MK73", True),  # CMS's own example
        ("1EG4-TE5-MK73", False),  # hyphens are for the eye, not for the claim
        ("0EG4TE5MK73", False),  # the first is 1 to 9
        ("1SG4TE5MK73", False),  # S is never used
        ("1EG4TE5MKA3", False),  # the tenth is a digit
        ("11G4TE5MK73", False),  # the second is a letter
        ("123456789A", False),  # the old number with its letter
    ],
)
def test_a_medicare_number_follows_the_published_positions(text: str, *, right: bool) -> None:
    assert (why_not_member_id(text, "MB", DAY) == "") is right
    assert (why_not_member_id(text, "MA", DAY) == "") is right


@pytest.mark.parametrize(
    ("text", "filing", "right"),
    [
        ("BTP123456789", "BL", True),
        ("R12345678", "BL", True),
        ("BTP-123456789", "BL", False),
        ("BTP123456789012345", "BL", False),  # 18 characters
        ("12345678901", "CH", True),
        ("300112233", "CH", True),
        ("12345678", "CH", False),
    ],
)
def test_blue_and_tricare_numbers_have_their_shapes(text: str, filing: str, *, right: bool) -> None:
    assert (why_not_member_id(text, filing, DAY) == "") is right


def test_of_a_payer_without_a_known_shape_every_member_number_may_be_right() -> None:
    assert why_not_member_id("anything 1", "CI", DAY) == ""


@pytest.mark.parametrize(
    ("written", "eleven"),
    [
        ("0409-3795-01", "00409379501"),  # 4-4-2
        ("50242-040-62", "50242004062"),  # 5-3-2
        ("60575-4112-1", "60575411201"),  # 5-4-1
        ("00409-3795-01", "00409379501"),  # 5-4-2
        ("00409379501", "00409379501"),
        ("0409379501", None),  # ten digits may be any of the three
        ("409-3795-01", None),
        ("0409-3795-0A", None),
        ("", None),
    ],
)
def test_a_drug_code_becomes_eleven_digits(written: str, eleven: str | None) -> None:
    assert ndc11(written) == eleven


@pytest.mark.parametrize(
    ("text", "nine", "why"),
    [
        ("430151234", True, ""),
        ("43015-1234", True, ""),
        ("43015", False, ""),
        ("43015", True, "43015 has five digits, and nine are asked for"),
        ("4301", False, "'4301' is no ZIP code of five or nine digits"),
        ("٤٣٠١٥", False, "'٤٣٠١٥' is no ZIP code of five or nine digits"),
    ],
)
def test_a_zip_code_has_five_or_nine_digits(text: str, why: str, *, nine: bool) -> None:
    assert why_not_zip(text, nine=nine) == why
