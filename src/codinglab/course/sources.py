"""The published sources that keys and rules cite, and whether a cited place exists."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import Field

from codinglab.core.cite import Cite
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml


class Source(Row):
    """A published document: name, edition, where to find it, and its places that may be cited."""

    name: str
    release: str
    where: str
    places: dict[str, str] = Field(default_factory=dict)


class Sources(Row):
    """The fields of curriculum/sources.yml."""

    sources: dict[str, Source]


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    """Return the sources by their short name ("guidelines", "tabular")."""
    return read_yaml(data_folder("curriculum") / "sources.yml", Sources).sources


def cite(text: str) -> Cite:
    """Return the citation written as "source: place" ("guidelines: I.C.4.a").

    Raises BadData when the source is unknown, or lists its places and not this one.
    """
    name, _, place = (part.strip() for part in text.partition(":"))
    if name not in sources():
        raise BadData(f"cite {text!r}: no source {name!r}; known: {', '.join(sources())}")
    source = sources()[name]
    if not place or (source.places and place not in source.places):
        raise BadData(f"cite {text!r}: {source.name} has no place {place!r} in sources.yml")
    title = source.places.get(place, "")
    shown = f"{place} ({title})" if title else place
    return Cite(source.name, source.release, shown, names_answer=tabular_code(text) is not None)


def tabular_code(text: str) -> str | None:
    """Return the code whose tabular entry the cite `text` names, or None for another source."""
    match = re.fullmatch(r"tabular: *([A-Z][0-9A-Z.]+)(?: .*)?", text)
    return match[1] if match else None
