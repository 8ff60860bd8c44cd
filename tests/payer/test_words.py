"""Words and guides agree: whatever an answer may say has words, and no word is of no use."""

import re
from pathlib import Path

import pytest

from codinglab.payer.words import codes, known, then, word
from codinglab.x12.facts import Place
from codinglab.x12.guide import guide
from codinglab.x12.names import element_name, loop_name, segment_name

ANSWER = guide("005010X279A1", "271")
ALL = (
    ANSWER,
    guide("005010X279A1", "270"),
    guide("005010X212", "276"),
    guide("005010X212", "277"),
)


def allowed(segment: str, at: str) -> set[str]:
    places = [
        place
        for node in ANSWER.nodes
        if node.name == segment
        for place in node.shape.places
        if place.at == at
    ]
    return set().union(*(one.codes for one in places))


@pytest.mark.parametrize(
    ("of", "segment", "at"),
    [
        ("benefit", "EB", "01"),
        ("level", "EB", "02"),
        ("period", "EB", "06"),
        ("quantity", "EB", "09"),
        ("refusal", "AAA", "03"),
        ("follow", "AAA", "04"),
        ("contact", "PER", "03"),
        ("contact", "PER", "05"),
    ],
)
def test_every_code_of_the_guide_has_words(of: str, segment: str, at: str) -> None:
    missing = {one for one in allowed(segment, at) if not known(of, one)}
    assert missing == set()


@pytest.mark.parametrize(
    ("of", "segment", "at"),
    [
        ("benefit", "EB", "01"),
        ("service", "EB", "03"),
        ("insurance", "EB", "04"),
        ("refusal", "AAA", "03"),
        ("follow", "AAA", "04"),
        ("relation", "INS", "02"),
    ],
)
def test_every_code_with_words_is_one_of_the_guide(of: str, segment: str, at: str) -> None:
    extra = set(codes(of)) - allowed(segment, at)
    assert extra == EXTRA.get(of, set())


EXTRA = {"relation": {"34"}}  # another adult: only the question (270) has it


def test_every_refusal_that_the_lab_makes_says_what_to_do() -> None:
    for reason in ("43", "58", "62", "63", "65", "71", "72", "73", "75", "77", "79"):
        assert then("refusal", reason)


def test_a_refusal_of_a_provider_is_no_refusal_of_a_subscriber() -> None:
    assert word("refusal", "43") == "provider's identifier is missing or wrong"
    assert word("refusal", "72") == "member number is missing or has the wrong shape"


def test_every_loop_segment_and_element_that_may_be_used_has_a_name() -> None:
    unnamed: list[str] = []
    for one in ALL:
        for node in one.nodes:
            if not loop_name(one.info.kind, node.loop.id):
                unnamed.append(f"{one.info.kind} {node.loop.id}")
            if not segment_name(node.name):
                unnamed.append(node.name)
            for place in node.shape.places:
                unnamed += _unnamed(node.name, place)
    assert unnamed == []


def _unnamed(segment: str, place: Place) -> list[str]:
    return [
        segment + one.at
        for one in (place, *place.parts)
        if one.usage != "N" and not element_name(segment, one.at, one.number)
    ]


def test_every_element_of_the_inquiry_guides_has_a_type() -> None:
    untyped = {
        node.name + one.at
        for table in ALL
        for node in table.nodes
        for place in node.shape.places
        for one in (place.parts or (place,))
        if one.usage != "N" and not one.high
    }
    assert untyped == set()


def test_every_finding_before_sending_is_told_in_the_docs() -> None:
    root = Path(__file__).resolve().parents[2]
    docs = (root / "docs" / "eligibility.md").read_text(encoding="utf-8")
    room = root / "src" / "codinglab" / "payer"
    raised = set(re.findall(r'"payer\.(\w+)"', (room / "status_inquiry.py").read_text("utf-8")))
    text = (room / "eligibility_problems.py").read_text("utf-8")
    raised |= set(re.findall(r'(?:_error\(|yield \()\s*"(\w+)"', text))
    assert len(raised) == 13
    assert {one for one in raised if f"`payer.{one}`" not in docs} == set()
