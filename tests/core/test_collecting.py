"""A batch looks for cycles more rarely, and leaves the collector as it was."""

import gc

import pytest

from codinglab.core.collecting import rarely_collected


def test_the_collector_looks_more_rarely_within_and_as_before_after() -> None:
    before = gc.get_threshold()
    with rarely_collected():
        assert gc.get_threshold()[0] == 50_000
    assert gc.get_threshold() == before


def test_the_collector_is_as_before_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="a claim"), rarely_collected():
        raise ValueError("a claim")
    assert gc.get_threshold() == before
