"""Each claim with one fault is found at its place, and none of the valid ones is."""

from dataclasses import replace
from datetime import date

import pytest
from made_claims import CLAIMS
from scrub_mutants import CLAIM_MUTANTS, WIRE_MUTANTS, ClaimMutant, WireMutant

from codinglab.claim.model import Claim
from codinglab.claim.scrub import scrub
from codinglab.claim.scrub_wire import text_of
from codinglab.claim.snip_catalog import WIRE_RULES, wire_rules
from codinglab.core.findings import Severity
from codinglab.x12.check import check
from codinglab.x12.finding import WireFinding

DAY = date(2026, 4, 1)
NOT_IN_TABLE = {"AN1005"}  # its anesthesia code is in no table of the lab, which is a warning


def said(claim: Claim) -> set[tuple[str, str]]:
    (one,) = scrub(claim, DAY).claims
    return {(each.finding.id, each.finding.place) for each in one.findings}


def recounted(text: str) -> str:
    segments = text.split("~\n")
    first = next(at for at, one in enumerate(segments) if one.startswith("ST*"))
    last = next(at for at, one in enumerate(segments) if one.startswith("SE*"))
    control = segments[last].split("*")[2]
    segments[last] = f"SE*{last - first + 1}*{control}"
    return "~\n".join(segments)


def on_wire(claim: Claim, old: str = "", new: str = "") -> list[WireFinding]:
    text = text_of([claim], DAY)
    if old:
        assert text.count(old), f"{old!r} is not in {text}"
        text = recounted(text.replace(old, new, 1))
    return list(check(text, rules=wire_rules()))


@pytest.mark.parametrize("name", CLAIMS)
def test_a_valid_claim_is_clean(name: str) -> None:
    (one,) = scrub(CLAIMS[name], DAY).claims
    assert [str(each.finding) for each in one.findings if each.rejects] == []
    assert one.is_clean


@pytest.mark.parametrize("name", CLAIMS)
def test_no_rule_on_claims_finds_anything_in_a_valid_one(name: str) -> None:
    (one,) = scrub(CLAIMS[name], DAY).claims
    found = [each.finding.id for each in one.findings if each.origin == "claim edit"]
    assert found == (["line.code"] if one.claim.account in NOT_IN_TABLE else [])


@pytest.mark.parametrize("name", CLAIMS)
def test_the_wire_of_a_valid_claim_has_no_fault(name: str) -> None:
    found = [(one.id, one.severity) for one in on_wire(CLAIMS[name])]
    warned = CLAIMS[name].account in NOT_IN_TABLE
    assert found == ([("code.procedure", Severity.WARNING)] if warned else [])


@pytest.mark.parametrize("one", CLAIM_MUTANTS, ids=lambda one: one.name)
def test_the_scrubber_finds_the_fault_where_it_is(one: ClaimMutant) -> None:
    assert (one.finds, one.place) in said(one.claim()) - said(CLAIMS[one.base])


@pytest.mark.parametrize("one", WIRE_MUTANTS, ids=lambda one: one.name)
def test_the_wire_shows_the_fault_where_it_is(one: WireMutant) -> None:
    found = {(each.id, each.element) for each in on_wire(CLAIMS[one.base], one.old, one.new)}
    assert (one.finds, one.at) in found


def test_every_rule_on_the_wire_finds_a_mutant() -> None:
    assert {one.id for one in WIRE_RULES} == {one.finds for one in WIRE_MUTANTS}


def test_the_same_claim_twice_in_a_batch_is_found_once_for_the_second() -> None:
    claim = CLAIMS["office visit"]
    again = replace(claim, account="OV9999")
    first, second = scrub([claim, again], DAY).claims
    assert [one.finding.id for one in first.findings if one.rejects] == []
    assert [one.finding.id for one in second.findings if one.rejects] == ["claim.duplicate"]
