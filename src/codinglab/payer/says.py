"""Any question or answer between a provider and a payer, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.payer import eligibility_words, question_words, status_words
from codinglab.x12.guide import NoGuide
from codinglab.x12.loops import TransactionTree
from codinglab.x12.reading import Source
from codinglab.x12.tree import trees

_KINDS = ("270", "271", "276", "277")


def says(source: Source, on: date) -> list[str]:
    """Return what a file of 270, 271, 276 or 277 says, one sentence each.

    `on` is the day whose code lists give the words of a claim's status. A transaction of another
    kind or of an older guide is named as such. Raises NotX12 when the source is not X12 at all.
    """
    said: list[str] = []
    try:
        for tree in trees(source):
            said += _one(tree, on)
    except NoGuide:
        said.append(
            "A transaction follows a guide that is no longer in force, or that the lab does not "
            "have; since 1 January 2012 questions of eligibility and claim status follow version "
            "5010 (45 CFR 162.1202, 162.1402). Send it in that version."
        )
    return said


def _one(tree: TransactionTree, on: date) -> Iterator[str]:
    if tree.kind == "271":
        yield from eligibility_words.says(tree)
    elif tree.kind == "277":
        yield from status_words.says(tree, on)
    elif tree.kind in _KINDS:
        yield from question_words.says(tree)
    else:
        yield f"Transaction {tree.control} is a {tree.kind}, neither a question nor its answer."
