"""Kinds of appeal letters, and what modifiers say in them: curriculum/appeals/letters.yml."""

from __future__ import annotations

from functools import lru_cache

from codinglab.accounts.appeal_evidence import EvidenceKind
from codinglab.accounts.denial import Denial
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml


class LetterKind(Row):
    """A kind of letter: its template, for which causes, and which evidence it cannot go without.

    `needs` holds groups of kinds; of each group one must be there.
    """

    slug: str
    title: str
    causes: tuple[str, ...]
    needs: tuple[tuple[EvidenceKind, ...], ...]
    why: str


class ModifierWords(Row):
    """What a modifier says of a service (`says`), and what the record then `shows`."""

    code: str
    says: str
    shows: str


class LetterFile(Row):
    """curriculum/appeals/letters.yml; `modifiers` are those that set a service apart."""

    source: str
    letters: tuple[LetterKind, ...]
    modifiers_source: str
    modifiers: tuple[ModifierWords, ...]


@lru_cache(maxsize=1)
def letter_file() -> LetterFile:
    """Return the kinds of letters; raises BadData naming file and field."""
    return read_yaml(data_folder("curriculum") / "appeals" / "letters.yml", LetterFile)


def kind_of(denial: Denial) -> LetterKind:
    """Return the kind of letter for a denial; raises BadData where there is none for its cause."""
    for one in letter_file().letters:
        if denial.cause.code in one.causes:
            return one
    raise BadData(f"curriculum/appeals/letters.yml: no letter for cause {denial.cause.code}")
