"""What each code of a stay did to its MS-DRG, read from the marks that the grouper leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from codinglab.codes.icd10cm import key_of
from codinglab.encounter.coded import Diagnosis, PcsProcedure
from codinglab.grouping.msdrg_words import DROPPED, LEVELS
from codinglab.grouping.stay import BLANK, Stay

Role = Literal["principal", "counts", "excluded", "defines", "outweighed", "nothing", "unknown"]
_TRAUMA, _HIV = 24, 25
_RANK = {"": 0, "CC": 1, "MCC": 2}
ASKED_FOR = "a secondary diagnosis that this DRG asks for"


@dataclass(frozen=True, slots=True)
class CodeRole:
    """A code of the stay, its `place` and `role`, and `why` in a sentence without full stop.

    principal: made the major diagnostic category; counts: a CC or MCC that counted; excluded: a
    CC or MCC that does not count here; defines: a diagnosis or procedure that the DRG asks for;
    outweighed: a CC or MCC that changes nothing because of others or because the DRG is not split
    by it; nothing: no part of it; unknown: not a code of this version. `level` is what the tables
    say of the code by itself: MCC, CC or nothing. `moved` says of a principal diagnosis that
    another code took the stay out of its own major diagnostic category.
    """

    code: str
    place: str
    role: Role
    level: str
    why: str
    moved: bool = False

    def as_json(self) -> dict[str, str | None]:
        """Return the role for JSON."""
        return {
            "code": self.code,
            "place": self.place,
            "role": self.role,
            "level": self.level or None,
            "why": self.why,
        }


def diagnosis_roles(stay: Stay, found: dict[str, Any]) -> tuple[CodeRole, ...]:
    """Return the role of each diagnosis, in the order of `stay`, out of the grouper's answer."""
    queues = _queues(found["sdx_output"])
    others = (
        _secondary(one, queues[key_of(one.code)].pop(0), stay.principal.code, found)
        for one in stay.diagnoses[1:]
    )
    return (_principal(stay.principal, found), *others)


def _queues(marks: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the marks by code: the grouper sorts them, and a code may stand twice."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mark in marks:
        found[mark["code"]].append(mark)
    return found


def _principal(one: Diagnosis, found: dict[str, Any]) -> CodeRole:
    mark = found["pdx_output"] or {"flags": [], "mdc": None, "severity": "NONE"}
    if "VALID" not in mark["flags"]:
        return CodeRole(one.code, one.place, "unknown", "", "not a code of this version")
    own, final = mark["mdc"] or 0, found["final_mdc"] or 0
    moved = False
    if not own:
        why = "may not be the principal diagnosis"
    elif final == _TRAUMA != own:
        moved = True
        why = "an injury; with injuries of other sites it makes MDC 24, multiple significant trauma"
    elif final == _HIV != own:
        moved = True
        why = "a condition related to HIV; with the diagnosis B20 it makes MDC 25"
    else:
        why = f"principal diagnosis, of MDC {own:02}"
    return CodeRole(one.code, one.place, "principal", LEVELS[mark["severity"]], why, moved)


def _secondary(
    one: Diagnosis, mark: dict[str, Any], principal: str, found: dict[str, Any]
) -> CodeRole:
    level = LEVELS[mark["severity"]]
    final = LEVELS[found["final_severity"]]
    role, why = _acquired(one, mark, level) or _dropped(mark, level, principal) or ("", "")
    if not role and mark["drg_impact"] in {"BOTH", "FINAL"}:
        role, why = _used(level, final)
    if not role and "VALID" not in mark["flags"]:
        role, why = "unknown", "not a code of this version"
    if not role:
        role, why = _unused(level, final, found)
    return CodeRole(one.code, one.place, role, level, why)  # type: ignore[arg-type]


def _acquired(one: Diagnosis, mark: dict[str, Any], level: str) -> tuple[str, str] | None:
    """Say why a condition acquired in the hospital does not count (42 CFR 412.60, DRA 5001(c))."""
    met = [each for each in mark["hacs"] if each["hac_status"] == "HAC_CRITERIA_MET"]
    if not met or not level:
        return None
    indicator = "without an indicator" if one.poa == BLANK else f"with POA {one.poa}"
    return "excluded", (
        f"{level} in the tables, but {indicator} it counts as acquired in the hospital "
        f"(HAC {met[0]['hac_number']:02}, {met[0]['description']})"
    )


def _dropped(mark: dict[str, Any], level: str, principal: str) -> tuple[str, str] | None:
    for flag in mark["flags"]:
        if flag in DROPPED and level:
            return "excluded", DROPPED[flag].format(level=level, principal=principal)
    return None


def _used(level: str, final: str) -> tuple[str, str]:
    if level and level == final:
        return "counts", that_counts(level)
    return "defines", ASKED_FOR


def _unused(level: str, final: str, found: dict[str, Any]) -> tuple[str, str]:
    if not level:
        return "nothing", "neither CC nor MCC"
    if found["return_code"] != "OK":
        return "outweighed", f"{level}, but the stay was not grouped"
    if _RANK[level] > _RANK[final]:
        return "excluded", part_of_drg(level, trauma=found["final_mdc"] == _TRAUMA)
    return "outweighed", not_split(level)  # msdrg_tried finds out where the DRG is split by it


def that_counts(level: str) -> str:
    """Return why a diagnosis that counts does."""
    return f"the {level} that counts"


def part_of_drg(level: str, *, trauma: bool = False) -> str:
    """Return why a code of that `level`, of which the group is made, is not also its CC or MCC."""
    part = "the MDC of multiple trauma" if trauma else "this DRG"
    return f"{level} in the tables, but part of what defines {part}"


def not_split(level: str) -> str:
    """Return why a CC or MCC that could count changes nothing."""
    return f"{level}, but this DRG is not split by it"


def an_mcc_counts() -> str:
    """Return why a CC that could count changes nothing beside an MCC."""
    return "CC, but an MCC counts already"


def asked_only_for_mcc() -> str:
    """Return why a CC would not count without the MCC either."""
    return "CC, but this DRG asks only for an MCC"


def counts_already(level: str) -> str:
    """Return why a diagnosis of the same `level` as the one that counts changes nothing."""
    return f"{level}, but another {level} counts already and one is enough"


def procedure_roles(stay: Stay, found: dict[str, Any]) -> tuple[CodeRole, ...]:
    """Return the role of each procedure, in the order of `stay`."""
    queues = _queues(found["proc_output"])
    return tuple(_procedure(one, queues[key_of(one.code)].pop(0)) for one in stay.procedures)


def _procedure(one: PcsProcedure, mark: dict[str, Any]) -> CodeRole:
    if mark["drg_impact"] in {"BOTH", "FINAL"}:
        return CodeRole(one.code, one.place, "defines", "", "the procedure that decides this DRG")
    return CodeRole(one.code, one.place, "nothing", "", "does not decide this DRG")
