"""The whole curriculum is proven: every case, in every variant."""

from codinglab.cli.check import _prove
from codinglab.course.case import load, slugs
from codinglab.course.unit import load_unit, unit_slugs


def test_every_variant_of_every_case_is_proven() -> None:
    proofs = _prove(list(slugs()))
    assert [str(found) for one in proofs for found in one.findings] == []
    assert [one.slug for one in proofs] == list(slugs())


def test_every_unit_can_be_read() -> None:
    assert [load_unit(slug).slug for slug in unit_slugs()] == list(unit_slugs())


def test_every_case_is_taught_or_examined_in_one_use_only() -> None:
    used = {
        (one.case, load_unit(slug).file.use)
        for slug in unit_slugs()
        for one in load_unit(slug).file.cases
    }
    assert {(name, load(name).file.use) for name, _ in used} == used
