"""Packed pairs answer as a plain dictionary does, and refuse what they cannot hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codinglab.codes.pair_arrays import FOREVER, PairArrays, Terms, open_pairs, pack
from codinglab.core.tables import BadData

CODES = st.sampled_from([f"{number:05d}" for number in range(9)] + ["G0439", "J3301", "0001U"])
SPANS = st.lists(st.integers(0, 30), min_size=2, max_size=6, unique=True).map(sorted)


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, str], list[Terms]]:
    """Draw pairs, each with one to three spans that do not overlap."""
    pairs = draw(st.lists(st.tuples(CODES, CODES), unique=True, max_size=30))
    found = {}
    for pair in pairs:
        days = draw(SPANS)
        found[pair] = [
            Terms(draw(st.sampled_from([0, 1, 9])), start, end, draw(st.sampled_from("abc")))
            for start, end in zip(days[::2], days[1::2], strict=False)
        ]
    return found


@given(tables(), CODES, CODES, st.integers(-1, 31))
def test_arrays_say_of_every_pair_and_day_what_a_dictionary_says(
    table: dict[tuple[str, str], list[Terms]], first: str, second: str, day: int
) -> None:
    arrays = PairArrays(pack((*pair, one) for pair, spans in table.items() for one in spans))
    assert len(arrays) == sum(map(len, table.values()))
    for pair in {*table, (first, second)}:
        said = [one for one in table.get(pair, []) if one.start <= day < one.end]
        assert arrays.find(*pair, day) == (said[0] if said else None)


@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_answer(
    table: dict[tuple[str, str], list[Terms]], random: object
) -> None:
    rows = [(*pair, one) for pair, spans in table.items() for one in spans]
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = PairArrays(pack(rows)), PairArrays(pack(shuffled))
    for (first, second), spans in table.items():
        for said in spans:
            assert one.find(first, second, said.start) == other.find(first, second, said.start)


def test_a_pair_has_a_direction() -> None:
    said = Terms(1, 0, FOREVER, "")
    arrays = PairArrays(pack([("20611", "20610", said)]))
    assert arrays.find("20611", "20610", 5) == said
    assert arrays.find("20610", "20611", 5) is None
    assert arrays.find("20611", "99213", 5) is None


def test_more_terms_than_two_bytes_count_are_held(tmp_path: Path) -> None:
    rows = [("20611", "20610", Terms(1, day, day + 1, "")) for day in range(70_000)]
    file = tmp_path / "pairs"
    file.write_bytes(pack(rows))
    arrays = open_pairs(file)
    assert arrays.find("20611", "20610", 69_999) == Terms(1, 69_999, 70_000, "")
    assert arrays.find("20611", "20610", 70_000) is None


def test_a_file_holds_four_bytes_for_a_pair_and_little_else() -> None:
    codes = [f"{number:05d}" for number in range(1_000)]
    rows = [(one, other, Terms(1, 0, FOREVER, "")) for one in codes for other in codes[:100]]
    # 100,000 pairs of 2 + 2 bytes; 1,000 codes of 5 bytes and 4 for their start; a short head
    assert 409_000 < len(pack(rows)) < 410_000


def test_a_code_of_another_length_is_refused() -> None:
    with pytest.raises(BadData, match="'9921' is no procedure code"):
        pack([("9921", "20610", Terms(1, 0, 1, ""))])


def test_a_file_that_is_no_table_of_pairs_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "pairs"
    file.write_bytes(b"something else")
    with pytest.raises(BadData, match="not a compiled table of pairs"):
        open_pairs(file)
