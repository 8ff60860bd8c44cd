"""What the fee schedule says of a line's code, as far as this lab knows."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from codinglab.codes.procedure_facts import Facts, facts
from codinglab.codes.procedures import NotAProcedureCode
from codinglab.codes.release import NotInTable, releases
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import (
    day_of,
    on_line,
)
from codinglab.encounter.coded import ServiceLine

_IMPORTED = ("pprrvu", "add_on")  # whose facts come before the starter sets'


def known_facts(line: ServiceLine, day: date) -> Facts | None:
    """Return what the fee schedule says of the line's code, None where this lab does not know."""
    imported = tuple(releases(name).rows for name in _IMPORTED)
    return _facts(line.code, day_of(line, day), imported)


@lru_cache(maxsize=4096)
def _facts(code: str, day: date, imported: tuple[object, ...]) -> Facts | None:  # noqa: ARG001  what is imported keys the cache
    try:
        return facts(code, day)
    except (NotInTable, NotInForce, NotAProcedureCode):
        return None


def not_known(rule: str, line: ServiceLine, what: str) -> Finding:
    """Return the note that `what` is not known here of the line's code."""
    message = f"The {what} of {line.code} is not known here, so this was not judged."
    remedy = "Look it up in the fee schedule, or import it."
    return on_line(rule, line, message, remedy, Severity.NOTE)
