"""A 270 and a 276 in plain sentences: who asks whom about what."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.payer.benefit_words import dollars
from codinglab.payer.eligibility_reading import period, spoken, who
from codinglab.payer.words import word
from codinglab.x12.loops import Loop, TransactionTree
from codinglab.x12.values import decimal_of

_LEVELS = {"270": ("2000C", "2000D"), "276": ("2000D", "2000E")}


def says(tree: TransactionTree) -> list[str]:
    """Return what the 270 or 276 in `tree` asks, one sentence for each person or claim."""
    inner = _LEVELS[tree.kind]
    asked = [one for level in inner for one in tree.loops_of(level)]
    of_person = _eligibility if tree.kind == "270" else _status
    provider = who(tree.loop("2100B" if tree.kind == "270" else "2100C"))
    whom = f"{provider or 'A provider'} asks {who(tree.loop('2100A')) or 'a payer'}"
    said = [f"{whom} {text}." for one in asked for text in of_person(one)]
    nothing = f"Transaction {tree.control} asks nothing that can be read; see what the check says."
    return said or [nothing]


def _person(loop: Loop) -> str:
    inner = loop.loop("2100" + loop.id[-1])
    name = inner.first("NM1") if inner else None
    if name is None:
        return "somebody"
    number = f" (member {name.get(9)})" if name.get(9) else ""
    return (spoken(name) or "somebody") + number


def _eligibility(loop: Loop) -> Iterator[str]:
    inner = loop.loop("2100" + loop.id[-1])
    asked = [one.first("EQ") for one in inner.loops] if inner else []
    services = [code for eq in asked if eq for code in eq.repeats(1)]
    procedures = [" ".join(eq.parts(2)) for eq in asked if eq and eq.parts(2)]
    if not asked:
        return
    when = inner.first("DTP", "291") if inner else None
    day = f" on {period(when.get(3))}" if when else ""
    about = [*(word("service", one) for one in services), *procedures]
    yield f"whether {_person(loop)} is covered{day}, about: {'; '.join(about)}"


def _status(loop: Loop) -> Iterator[str]:
    for claim in (one for one in loop.loops if one.id[:4] == "2200"):
        total, when = claim.first("AMT", "T3"), claim.first("DTP", "472")
        line = claim.loops[0] if claim.loops else None
        if when is None and line is not None:
            when = line.first("DTP", "472")
        account = claim.first("REF", "EJ")
        amount = decimal_of(total.get(2)) if total else None
        parts = [
            *([f"account {account.get(2)}"] if account else []),
            *([f"service of {period(when.get(3))}"] if when else []),
            *([f"charged {dollars(amount)}"] if amount is not None else []),
        ]
        said = f" ({', '.join(parts)})" if parts else ""
        yield f"what has become of the claim of {_person(loop)}{said}"
