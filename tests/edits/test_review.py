"""All edits on one encounter: what lacks a fact or a code set is not judged, and never guessed."""

from dataclasses import replace
from datetime import date

import pytest

from codinglab.core.dates import NotInForce
from codinglab.course.worksheet import parse
from codinglab.edits.review import AT_WORK, judge, judge_what_can_be
from codinglab.encounter.circumstances import Circumstances
from codinglab.encounter.coded import CodedEncounter

BEFORE_THE_UNIT_LIMITS = date(2025, 11, 10)


def coded(text: str) -> CodedEncounter:
    return replace(parse(text).coded, about=Circumstances("professional", "Medicare"))


TWO_TYPES = coded("dx E11.9\ndx E10.9\nline 99213 x1 dx A\n")


def test_an_edit_that_is_not_told_enough_names_what_it_lacks() -> None:
    lacks = {one.id: one.lacks for one in judge(TWO_TYPES, date(2026, 3, 2)).not_judged}
    assert lacks["patient.sex"] == ("patient.sex",)
    assert "modifier.24" not in lacks, "no line carries it, so nothing is missed"
    with_24 = coded("dx I10\nline 99213-24 x1 dx A\n")
    lacks = {one.id: one.lacks for one in judge(with_24, date(2026, 3, 2)).not_judged}
    assert lacks["modifier.24"] == ("earlier", "record")


def test_families_restrict_what_is_said() -> None:
    assert judge(TWO_TYPES, date(2026, 3, 2), AT_WORK).findings == ()
    assert judge(TWO_TYPES, date(2026, 3, 2), frozenset({"notes"})).findings != ()


def test_a_day_that_a_code_set_does_not_reach_is_refused_or_told_of_that_edit_alone() -> None:
    with pytest.raises(NotInForce, match="cpt: nothing in force on 2025-11-10"):
        judge(TWO_TYPES, BEFORE_THE_UNIT_LIMITS)
    review = judge_what_can_be(TWO_TYPES, BEFORE_THE_UNIT_LIMITS)
    refused = {one.id: one.refused for one in review.not_judged if one.refused}
    assert set(refused) == {"line.unknown", "mue.line", "mue.day"}
    assert "nothing in force on 2025-11-10" in refused["mue.line"]
    assert "dx.excludes1" in {one.id for one in review.findings}
