"""The level of a visit: two of three elements, or total time.

Source: CPT evaluation and management guidelines as revised in 2021 (office) and 2023 (the others),
in our own words; the dated codes and minutes are in code_sets/visit_levels.
"""

from __future__ import annotations

from datetime import date

from codinglab.codes.visit_levels import VisitLevel, levels

LEVELS = ("straightforward", "low", "moderate", "high")
ELEMENTS = ("problems", "data", "risk")

# The words the decision-making grid uses for its columns, all read as the four levels.
ELEMENT_WORDS = {
    "straightforward": "straightforward",
    "sf": "straightforward",
    "minimal": "straightforward",
    "none": "straightforward",
    "low": "low",
    "limited": "low",
    "moderate": "moderate",
    "mod": "moderate",
    "high": "high",
    "extensive": "high",
}


def decision_making(problems: str, data: str, risk: str) -> str:
    """Return the level that at least two of the three elements reach: the middle one.

    Each argument is one of LEVELS; raises ValueError naming the one that is not.
    """
    for name, word in zip(ELEMENTS, (problems, data, risk), strict=True):
        if word not in LEVELS:
            msg = f"{name} is {word!r}; it must be one of {', '.join(LEVELS)}"
            raise ValueError(msg)
    return sorted((problems, data, risk), key=LEVELS.index)[1]


def _family(family: str, day: date) -> tuple[VisitLevel, ...]:
    found = tuple(one for one in levels(day) if one.family == family)
    if not found:
        known = ", ".join(sorted({one.family for one in levels(day)}))
        msg = f"no visit family {family!r}; known: {known}"
        raise LookupError(msg)
    return found


def code_by_level(family: str, level: str, day: date) -> str:
    """Return the visit code of `family` for a decision-making `level` on `day`.

    It is the highest code whose own level is reached; where the lowest code of a family says low,
    it stands for straightforward decisions too. Raises LookupError for a level that is none.
    """
    if level not in LEVELS:
        msg = f"the family {family} has no code of level {level!r}"
        raise LookupError(msg)
    ranked = [(LEVELS.index(one.mdm), one.code) for one in _family(family, day) if one.mdm]
    reached = [code for rank, code in ranked if rank <= LEVELS.index(level)]
    return reached[-1] if reached else ranked[0][1]


def code_by_time(family: str, minutes: int, day: date) -> str:
    """Return the highest visit code of `family` whose minutes are met or exceeded on `day`.

    Raises LookupError when the family is not chosen by time, or the minutes reach no code.
    """
    met = [one for one in _family(family, day) if one.minutes and one.minutes <= minutes]
    if not met:
        msg = f"{minutes} minutes reach no code of the family {family}"
        raise LookupError(msg)
    return max(met, key=lambda one: one.minutes or 0).code


def neighbours(family: str, code: str, day: date) -> tuple[tuple[str, int], ...]:
    """Return the other codes of `family`, each with its steps above (+) or below (-) `code`."""
    codes = [one.code for one in _family(family, day) if one.mdm]
    return tuple((other, n - codes.index(code)) for n, other in enumerate(codes) if other != code)
