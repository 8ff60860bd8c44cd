"""No declared trait hides a finding: a review says what asking every edit says, for any claim."""

import random
from dataclasses import replace
from datetime import date

import pytest

from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding
from codinglab.course.case import slugs
from codinglab.course.edit_examples import edit_file_names, examples
from codinglab.course.encounter_file import read_encounter
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import all_variants
from codinglab.course.worksheet import parse
from codinglab.edits import trait
from codinglab.edits.called import Catalog
from codinglab.edits.catalog import EDITS
from codinglab.edits.review import judge_what_can_be
from codinglab.encounter.circumstances import Circumstances
from codinglab.encounter.coded import CodedEncounter

EXAMPLES = [read_encounter(one.encounter) for name in edit_file_names() for one in examples(name)]
MIXED = 1_000
BEFORE_ANY_RELEASE = date(2019, 5, 1)


def by_asking_every_edit(encounter: CodedEncounter, day: date) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for one in EDITS:
        if one.applies(encounter) and not one.lacks(encounter):
            try:
                found.extend(one(encounter, day))
            except NotInForce:
                continue
    return tuple(found)


def mixed(chance: random.Random) -> tuple[CodedEncounter, date]:
    """Return an encounter put together from the parts of eight examples, on the day of another."""
    parts = [one.coded for one in chance.sample(EXAMPLES, 8)]
    lines = [line for one in parts for line in one.lines]
    diagnoses = [diagnosis for one in parts for diagnosis in one.diagnoses]
    told = [one.circumstances for one in parts]
    modifiers = [modifier for line in lines for modifier in line.modifiers]
    places = [line.place_of_service for line in lines]
    about = replace(
        told[0],
        setting=chance.choice(("professional", "professional", "outpatient", "inpatient")),
        record=chance.choice((None, tuple(said for one in told for said in one.record or ()))),
        earlier=chance.choice((None, tuple(said for one in told for said in one.earlier or ()))),
    )
    return CodedEncounter(
        tuple(chance.sample(diagnoses, min(len(diagnoses), chance.randrange(6)))),
        tuple(
            replace(
                line,
                modifiers=tuple(chance.sample(modifiers, min(len(modifiers), chance.randrange(3)))),
                place_of_service=chance.choice(places),
                day=chance.choice((None, line.day)),
            )
            for line in chance.sample(lines, min(len(lines), chance.randrange(5)))
        ),
        chance.choice([one.visit for one in parts]),
        chance.choice([one.procedures for one in parts]),
        chance.choice([one.discharge_status for one in parts]),
        about,
    ), chance.choice(EXAMPLES).day


@pytest.mark.parametrize("name", edit_file_names())
def test_the_examples_of_a_rule_call_every_edit_that_finds_something(name: str) -> None:
    for one in examples(name):
        read = read_encounter(one.encounter)
        every = by_asking_every_edit(read.coded, read.day)
        assert judge_what_can_be(read.coded, read.day).findings == every, one.name


@pytest.mark.parametrize("slug", slugs())
def test_the_answers_of_a_case_call_every_edit_that_finds_something(slug: str) -> None:
    for setting in ("professional", "outpatient", "inpatient"):
        about = Circumstances(setting, "Medicare", earlier=(), record=())
        for one in all_variants(slug):
            text = worksheet(reference(slug, one.number))
            coded = replace(parse(text).coded, about=about)
            every = by_asking_every_edit(coded, one.case.day)
            assert judge_what_can_be(coded, one.case.day).findings == every, one.number


def test_mixed_claims_call_every_edit_that_finds_something() -> None:
    chance = random.Random(11)  # noqa: S311  claims for a test
    for _ in range(MIXED):
        encounter, day = mixed(chance)
        every = by_asking_every_edit(encounter, day)
        assert judge_what_can_be(encounter, day).findings == every, (encounter, day)


def test_every_trait_that_an_edit_declares_calls_it_in_one_of_the_examples() -> None:
    """A misspelt list, or one that nothing stands on, would hide its edit for good."""
    declared = [(one.id, what) for one in EDITS for what in one.on]
    never = {
        (name, what)
        for name, what in declared
        if not any(
            Catalog((replace_on(name, what),)).called(one.coded, one.day) for one in EXAMPLES
        )
    }
    assert never == set()


def replace_on(name: str, what: trait.Trait) -> object:
    return replace(next(one for one in EDITS if one.id == name), on=frozenset({what}))


def test_an_edit_without_its_trait_is_not_asked() -> None:
    about = Circumstances("professional", "Medicare", earlier=(), record=())
    plain = replace(parse("dx I10\nline 99213 x1 dx A\n").coded, about=about)
    marked = replace(parse("dx I10\nline 99213-24 x1 dx A\n").coded, about=about)
    of_24 = Catalog(tuple(one for one in EDITS if one.id == "modifier.24"))
    day = date(2026, 3, 2)
    assert (of_24.called(plain, day), of_24.called(marked, day)) == (0b0, 0b1)


def test_on_a_day_before_the_lists_an_edit_that_needs_them_is_called_to_say_so() -> None:
    about = Circumstances("professional", "Medicare", earlier=(), record=())
    plain = replace(parse("dx I10\nline 99213 x1 dx A\n").coded, about=about)
    refused = {one.id for one in judge_what_can_be(plain, BEFORE_ANY_RELEASE).not_judged}
    said = set()
    for one in EDITS:
        if one.applies(plain) and not one.lacks(plain):
            try:
                one(plain, BEFORE_ANY_RELEASE)
            except NotInForce:
                said.add(one.id)
    by_a_list = {one.id for one in EDITS if {what for what, _ in one.on} & LISTS}
    assert {"diabetes.with", "visit.established", "dx.use-additional"} <= by_a_list & said
    assert by_a_list & said <= refused


LISTS = {"service list", "guideline list", "pair list", "note"}
