"""Whatever stands in a claim file: the file is refused with its field, or findings are made."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import FOLDER, built, values

from codinglab.claim.split import split
from codinglab.claim.told import as_json, as_text
from codinglab.core.tables import BadData

FILES = {path.stem: values(path.stem) for path in sorted(FOLDER.glob("*.yml"))}
WORDS = (
    *("", "0", "-1", "1e9", "99999999999999999999.99", "NaN", "2026-03-04", "0001-01-01"),
    *("9999-12-31", "X" * 300, "~*:^", "ß\u0000é", "W01.0XXA", "٣", "30", "dx\nline", "I10"),
)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        if isinstance(inner, dict | list):
            yield from leaves(inner, (*path, step))
        yield (*path, step)


def changed(value: Any, path: tuple[str | int, ...], to: str | None) -> Any:
    step, *rest = path
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[step] = changed(copy[step], tuple(rest), to)
    elif to is None:
        del copy[step]
    else:
        copy[step] = to
    return copy


@st.composite
def files(draw: st.DrawFn) -> Any:
    file: Any = FILES[draw(st.sampled_from(sorted(FILES)))]
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(leaves(file))))
        file = changed(file, path, draw(st.none() | st.sampled_from(WORDS) | st.text(max_size=8)))
    return file


@settings(max_examples=200, deadline=None)
@given(files())
def test_no_file_is_an_exception_of_ours(file: Any) -> None:
    try:
        made = built(file)
    except BadData:  # what it says is tested in test_claim_file
        return
    assert all(one.id and one.place and one.remedy for one in made.findings)
    assert made.claim is not None or made.has_errors
    if made.claim is not None:
        parts = split(made.claim)
        assert as_text(parts.parts, parts.findings)
        assert json.dumps(as_json(parts.parts))
