"""What of a claim its 837 cannot carry: found by writing it, reading it back and comparing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from codinglab.claim.model import Claim, Kind
from codinglab.claim.parties import Name
from codinglab.claim.x837 import write
from codinglab.claim.x837_batch import Batch
from codinglab.claim.x837_block import GUIDES
from codinglab.claim.x837_reader import read_file
from codinglab.claim.x837_sent import as_sent
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.x12.envelope import Envelope

_DIRECTORY = frozenset({"address", "tax_id", "tax_id_kind", "contact", "phone", "taxonomy"})
"""What a list of providers knows and a claim asks for in one or another role alone."""

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  any moment; the envelope is thrown away
_HEAD = Batch(Name("X"), "X", "X", "X", "X", _EPOCH, contact="X")


def not_carried(claim: Claim) -> tuple[Finding, ...]:
    """Return a finding for each value of the claim that its guide has no place for.

    What a role does not ask of a provider (a referring physician's tax number) is a note, all else
    a warning. Raises ValueError and CannotWrite as `x837.write` does.
    """
    text = write(Envelope("X", "X", _EPOCH, 1), [(_HEAD, [claim])])
    reading = next(iter(read_file(text)))
    if not reading.claims:
        return tuple(one.as_finding() for one in reading.findings)
    known = as_sent(claim)
    lost = _lost(known, reading.claims[0], ())
    return tuple(_finding(claim.kind, path, value) for path, value in lost)


_Path = tuple[str | int, ...]


def _lost(sent: Any, read: Any, path: _Path) -> Iterator[tuple[_Path, Any]]:
    """Yield place and value of whatever `sent` says and `read` does not."""
    if sent == read or sent is None or sent in ("", ()):
        return
    if is_dataclass(sent) and is_dataclass(read):
        for field in fields(sent):
            yield from _lost(
                getattr(sent, field.name), getattr(read, field.name), (*path, field.name)
            )
    elif isinstance(sent, tuple) and isinstance(read, tuple) and not _is_role(sent):
        yield from _lost_items(sent, read, path)
    elif isinstance(sent, tuple) and isinstance(read, tuple) and sent[0] == read[0]:
        yield from _lost(sent[1], read[1], (*path, sent[0]))
    else:
        yield path, sent


def _is_role(value: tuple[Any, ...]) -> bool:
    """Say whether this is a role with its provider."""
    return len(value) == 2 and isinstance(value[0], str) and is_dataclass(value[1])  # noqa: PLR2004


def _lost_items(
    sent: Sequence[Any], read: Sequence[Any], path: _Path
) -> Iterator[tuple[_Path, Any]]:
    if sent and isinstance(sent[0], tuple) and _is_role(sent[0]):
        yield from _lost_roles(sent, read, path)
        return
    for at, one in enumerate(sent):
        if at < len(read):
            yield from _lost(one, read[at], (*path, at + 1))
        else:
            yield (*path, at + 1), one


def _lost_roles(
    sent: Sequence[Any], read: Sequence[Any], path: _Path
) -> Iterator[tuple[_Path, Any]]:
    left = list(read)
    for role, provider in sent:
        same = next((one for one in left if one[0] == role), None)
        if same is None:
            yield (*path, role), provider
        else:
            left.remove(same)
            yield from _lost(provider, same[1], (*path, role))


def _words(path: _Path) -> str:
    """Return a path in words: "lines 2 note"."""
    return " ".join(str(one).replace("_", " ") for one in path)


def _shown(value: Any) -> str:
    if is_dataclass(value):
        name = getattr(value, "name", None) or getattr(value, "code", None) or type(value).__name__
        return f"{name.last} {name.first}".strip() if isinstance(name, Name) else str(name)
    return str(value)


def _finding(kind: Kind, path: _Path, value: Any) -> Finding:
    guide = "837P" if kind == "professional" else "837I"
    aside = (path[0] != "billing" and path[-1] in _DIRECTORY) or path[-2:-1] == ("insured",)
    return Finding(
        "x837.not_carried",
        _words(path),
        f"{_shown(value)!r} is not sent: the {guide} has no place for it there, or not alone.",
        "Nothing to do; the payer does not ask for it."
        if aside
        else "Say it where the guide asks for it, or on paper.",
        Severity.NOTE if aside else Severity.WARNING,
        Cite("X12", GUIDES[kind], guide),
    )
