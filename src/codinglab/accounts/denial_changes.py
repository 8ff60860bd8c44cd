"""What a corrected claim changes of the claim that was sent, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from codinglab.claim.model import Claim

_NOTHING = "nothing"


def changes(sent: Claim, mended: Claim) -> tuple[str, ...]:
    """Return each change ("line 2 modifiers: nothing becomes QW").

    The frequency, the payer's number of the original and the practice's numbers of lines say how
    a claim goes again, and are no correction of it.
    """
    return tuple(_differences("claim", _bare(sent), _bare(mended)))


def _bare(claim: Claim) -> Claim:
    lines = tuple(replace(one, control_number="") for one in claim.lines)
    return replace(claim, frequency="1", original_reference="", lines=lines)


def _differences(place: str, before: Any, after: Any) -> Iterator[str]:
    if before == after:
        return
    if _is_value(before) and type(before) is type(after):
        for one in fields(before):
            old, new = getattr(before, one.name), getattr(after, one.name)
            yield from _differences(_within(place, one.name), old, new)
    elif _is_row(before) and _is_row(after):
        yield from _rows(place, before, after)
    else:
        yield f"{place}: {_told(before)} becomes {_told(after)}"


def _within(place: str, name: str) -> str:
    """Return the place of a field; of a line it is "line 2" and not "claim lines 2"."""
    if (place, name) == ("claim", "lines"):
        return "line"
    return f"{place} {name.replace('_', ' ')}"


def _rows(place: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[str]:
    for at, (old, new) in enumerate(zip(before, after, strict=False), 1):
        yield from _differences(f"{place} {at}", old, new)
    both = min(len(before), len(after))
    for at, one in enumerate(before[both:], both + 1):
        yield f"{place} {at}: {_told(one)} is left out"
    for at, one in enumerate(after[both:], both + 1):
        yield f"{place} {at}: {_told(one)} is new"


def _is_value(one: Any) -> bool:
    return is_dataclass(one) and not isinstance(one, type)


def _is_row(one: Any) -> bool:
    return isinstance(one, tuple) and all(map(_is_value, one))


def _told(one: Any) -> str:
    """Return a value in a few words: of a line or diagnosis, its code."""
    if one is None or one in ("", ()):
        return _NOTHING
    if isinstance(one, tuple):
        return ", ".join(map(_told, one))
    if _is_value(one):
        code = getattr(one, "code", "")
        every = (getattr(one, each.name) for each in fields(one))
        return code or " ".join(_told(each) for each in every if each not in (None, "", ()))
    return str(one)
