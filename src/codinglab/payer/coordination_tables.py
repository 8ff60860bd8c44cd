"""Tables of who pays first and what the next payer answers (code_sets/payer_order)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from codinglab.claim.adjudicated import Group
from codinglab.codes.release import CodeRow, NotInTable, in_force, row_on

SET = "payer_order"


class RuleRow(CodeRow):
    """A rule of order: its reason in words, its threshold, Medicare's reason code, its source."""

    number: int | None = None
    msp_type: str = ""
    source: str = ""

    @property
    def why(self) -> str:
        """Return the reason with its number."""
        return self.label.replace("{number}", str(self.number))


class PlaceRow(CodeRow):
    """Where a kind of policy stands: the lower `place` pays first, for the `rule`."""

    place: int
    rule: str = ""


class NumberRow(CodeRow):
    """A number: of days, or of years."""

    number: int
    source: str


class SupplementRow(CodeRow):
    """Which shares of Medicare's deductibles and coinsurance a supplement pays."""

    hospital_deductible: Decimal
    deductible: Decimal
    coinsurance: Decimal
    not_for_those_new_from: date | None = None
    source: str


class AnswerRow(CodeRow):
    """How a payer answers: group, CARC and, where one is needed, RARC."""

    group: Group
    carc: str
    rarc: str = ""
    source: str


class StatusRow(CodeRow):
    """How a payer speaks of a claim in a 277: status category and status code."""

    category: str
    status: str
    source: str


@lru_cache(maxsize=1024)
def rule_on(code: str, day: date) -> RuleRow:
    """Return the rule of order `code` on `day`; raises NotInForce, NotInTable."""
    return row_on(in_force(SET, day), "rules.csv", RuleRow, code, day)


@lru_cache(maxsize=256)
def place_on(code: str, day: date) -> PlaceRow:
    """Return where policies of the kind `code` stand on `day`; raises NotInForce, NotInTable."""
    return row_on(in_force(SET, day), "places.csv", PlaceRow, code, day)


@lru_cache(maxsize=256)
def days_on(code: str, day: date) -> NumberRow:
    """Return the number `code`, of days or as its label says, in force on `day`.

    Raises NotInForce, NotInTable.
    """
    return row_on(in_force(SET, day), "numbers.csv", NumberRow, code, day)


@lru_cache(maxsize=256)
def supplement_on(letter: str, day: date) -> SupplementRow:
    """Return the supplement plan `letter` on `day`; raises NotInForce, NotInTable."""
    return row_on(in_force(SET, day), "supplements.csv", SupplementRow, letter, day)


@lru_cache(maxsize=1024)
def answer_on(code: str, day: date) -> AnswerRow:
    """Return how a payer answers in the situation `code`; raises NotInForce, NotInTable."""
    return row_on(in_force(SET, day), "answers.csv", AnswerRow, code, day)


@lru_cache(maxsize=1024)
def status_row(code: str, day: date) -> StatusRow | None:
    """Return how a claim in the situation `code` is spoken of, None where no row says it."""
    try:
        return row_on(in_force(SET, day), "statuses.csv", StatusRow, code, day)
    except NotInTable:
        return None
