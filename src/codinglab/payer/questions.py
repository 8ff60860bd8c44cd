"""Questions as they reach a payer: those that a 999 would refuse are not answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codinglab.core.findings import Finding, Severity
from codinglab.x12.check import check
from codinglab.x12.guide import NoGuide
from codinglab.x12.loops import TransactionTree
from codinglab.x12.tree import trees

_OF_WIRE = 2  # SNIP types 1 and 2: what a 999 tells of


def questions(
    source: str | bytes | Path, kind: str, found: list[Finding]
) -> Iterator[TransactionTree]:
    """Yield each transaction of `kind` ("270") in `source` that a payer would take in.

    Others add to `found` what is wrong with them. Raises NotX12 when the source is not X12.
    """
    wrong: dict[str, list[str]] = {}
    for one in check(source):
        if one.severity is Severity.ERROR and one.snip <= _OF_WIRE:
            wrong.setdefault(one.transaction, []).append(f"{one.place}: {one.message}")
    try:
        for tree in trees(source):
            place = f"transaction {tree.control}"
            if tree.kind != kind:
                found.append(
                    Finding(
                        "payer.other_kind",
                        place,
                        f"it is a {tree.kind}, and this answers {kind}.",
                        f"Send a {kind}.",
                    )
                )
            elif tree.control in wrong:
                told = " ".join(wrong[tree.control])
                found.append(
                    Finding(
                        "payer.question_refused",
                        place,
                        f"the payer refuses the question itself, by a 999: {told}",
                        "Correct the file; `codinglab x12 check` tells all of it.",
                    )
                )
            else:
                yield tree
    except NoGuide as error:
        found.append(
            Finding("payer.no_guide", "the file", f"{error}.", f"Send a {kind} of version 5010.")
        )
