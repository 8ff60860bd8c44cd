"""Rows of an alphabetic index: those of our own text files and those of imported official ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from codinglab.codes.release import CodeRow

TABLE = "terms.csv"
SEPARATOR = " > "
APOSTROPHES = "'`\u2019"
_RANKS = {"with": 0, "without": 1}


class TermRow(CodeRow):
    """A main term (`level` 0) or a subterm of an index, in the index's order.

    `label` is the term, `path` its main term and subterms down to it, `nonessential` the words in
    parentheses that need not be said. `code` may end in "-" (more characters needed) and is blank
    where the term only leads on, by `see` or `see_also`. `manifestation` is the second code, in
    brackets.
    """

    code: str = ""
    number: int
    level: int
    path: str
    nonessential: str = ""
    see: str = ""
    see_also: str = ""
    manifestation: str = ""


class NeoplasmRow(TermRow):
    """A site in the Table of Neoplasms, with a code for each behaviour."""

    malignant_primary: str = ""
    malignant_secondary: str = ""
    in_situ: str = ""
    benign: str = ""
    uncertain: str = ""
    unspecified: str = ""


class DrugRow(TermRow):
    """A substance in the Table of Drugs and Chemicals, with a code for each circumstance."""

    accidental: str = ""
    self_harm: str = ""
    assault: str = ""
    undetermined: str = ""
    adverse_effect: str = ""
    underdosing: str = ""


OWN_FIELDS = len(TermRow.model_fields)


def cell_names(model: type[TermRow]) -> tuple[str, ...]:
    """Return the names of the code columns that `model` has beside those of every term."""
    return tuple(list(model.model_fields)[OWN_FIELDS:])


def fold(text: str) -> str:
    """Return `text` as terms are compared: small letters and digits, one blank between words.

    Apostrophes and accents vanish ("Ménière's" is "menieres"); other marks part words.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(
        one for one in plain if not unicodedata.combining(one) and one not in APOSTROPHES
    )
    return " ".join(re.findall(r"[^\W_]+", plain))


def order_key(label: str) -> tuple[int, str]:
    """Return what siblings are sorted by: `with`, then `without`, then by letters alone."""
    folded = fold(label)
    return _RANKS.get(folded.partition(" ")[0], 2), folded.replace(" ", "")


def names(label: str) -> Iterator[str]:
    """Yield what a term may be called, folded: whole, then each part between commas."""
    seen = {""}
    for one in (label, *label.split(",")):
        if (folded := fold(one)) not in seen:
            seen.add(folded)
            yield folded
