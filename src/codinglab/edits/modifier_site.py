"""Modifiers that say where on the body, and the order in which modifiers stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.service_lists import ListName, members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import day_of, of_list, on_line
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_MODIFIERS, service_lists
from codinglab.encounter.coded import CodedEncounter

_SIDES = ("LT", "RT", "50")
_DIGITS: tuple[tuple[ListName, ListName], ...] = (
    ("finger", "finger modifier"),
    ("great toe", "great toe modifier"),
    ("lesser toe", "lesser toe modifier"),
)


@edit(
    "modifier.midline",
    "modifier",
    source="anatomy; HCPCS modifiers LT and RT",
    on=service_lists("midline"),
)
def side_of_the_middle(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A service on the middle of the body has no side.

    The head, the chest as a whole, the lower back and the bladder are there once. LT, RT and 50
    on them tell a payer's system that only a half, or the double, was done.
    """
    for line, _ in of_list(encounter, day, "midline"):
        for side in (one for one in line.modifiers if one in _SIDES):
            message = f"{line.code} is done on the middle of the body; {side} says a side."
            remedy = f"Take {side} off."
            yield on_line("modifier.midline", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.digit",
    "modifier",
    source="HCPCS modifiers FA to F9 and TA to T9",
    on=service_lists("finger", "great toe", "lesser toe"),
)
def which_digit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The digit of the modifier is one that the code can be done on.

    FA to F9 are the fingers, TA and T5 the great toes, T1 to T4 and T6 to T9 the other toes. A
    finger code takes no toe, and a code of the great toe no other.
    """
    for name, allowed in _DIGITS:
        for line, when in of_list(encounter, day, name):
            right = members(allowed, when)
            digits = frozenset[str]().union(*(members(other, when) for _, other in _DIGITS))
            for one in (one for one in line.modifiers if one in digits - right):
                message = f"{line.code} is a service on a {name}; {one} is another digit."
                remedy = f"Use the digit that was treated: {', '.join(sorted(right))}."
                yield on_line("modifier.digit", line, message, remedy)


@edit(
    "modifier.digit-missing",
    "modifier",
    source="HCPCS modifiers FA to F9 and TA to T9",
    on=service_lists("finger", "great toe", "lesser toe"),
)
def some_digit(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A procedure on one digit says which.

    Payers deny a second finger as a duplicate of the first where the modifiers do not tell them
    apart. A film of fingers may say the side alone.
    """
    for name, allowed in _DIGITS:
        for line, when in of_list(encounter, day, name):
            says = members(allowed, when).intersection(line.modifiers)
            digits = frozenset[str]().union(*(members(other, when) for _, other in _DIGITS))
            told = digits | {"LT", "RT"}  # another digit is modifier.digit's matter
            if not says and not told.intersection(line.modifiers):
                message = f"{line.code} is a service on a {name}; no modifier says which."
                remedy = f"Add one of {', '.join(sorted(members(allowed, when)))}."
                yield on_line("modifier.digit-missing", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.order",
    "modifier",
    source="Medicare contractors' guidance on pricing and informational modifiers",
    on=(TWO_MODIFIERS,),
)
def price_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifiers that change the price stand before those that inform.

    Many systems read the price from the first place alone: 26 before RT, 50 before 59, 55 before
    a digit. The order changes no meaning, and some payers do not mind.
    """
    for line in encounter.lines:
        if len(line.modifiers) < len(("one", "other")):
            continue
        when = day_of(line, day)
        informs, prices = members("informational modifier", when), members("pricing modifier", when)
        seen = ""
        for one in line.modifiers:
            if one in prices and seen:
                message = f"{seen} stands before {one}, which changes the price."
                remedy = f"Write {one} first."
                yield on_line("modifier.order", line, message, remedy, Severity.WARNING)
                break
            seen = seen or (one if one in informs else "")


EDITS = (side_of_the_middle, which_digit, some_digit, price_first)
