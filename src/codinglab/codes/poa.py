"""Present on admission: which diagnoses need no indicator on an inpatient claim."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from codinglab.codes.billing import POA_RULES
from codinglab.codes.billing_rows import PoaRule
from codinglab.codes.release import CodeRow, in_force, releases, rows_on

PUBLISHED = "cms_poa_exempt"  # the name under which the whole list is imported


def poa_rule(code: str, day: date, folder: Path | None = None) -> PoaRule | None:
    """Return the rule that speaks of the ICD-10-CM `code` on `day`, or None when none does.

    The most exact rule wins: the code itself, else its category or range of categories.
    """
    written = code.strip().upper()
    exact, ranges = _poa_rules(day, folder)
    if written in exact:
        return exact[written]
    return next((rule for rule in ranges if _covers(rule, written[:3])), None)


@lru_cache(maxsize=8)
def _poa_rules(day: date, folder: Path | None) -> tuple[dict[str, PoaRule], tuple[PoaRule, ...]]:
    """Return the rules of single codes by code, and those of categories and ranges."""
    rules = POA_RULES.all_on(day, folder)
    exact = {rule.code: rule for rule in rules if "." in rule.code}
    return exact, tuple(rule for rule in rules if rule.code not in exact)


def _covers(rule: PoaRule, category: str) -> bool:
    first, _, last = rule.code.partition("-")
    return first <= category <= (last or first)


def poa_exempt(code: str, day: date, folder: Path | None = None) -> bool | None:
    """Say whether the ICD-10-CM `code` needs no present on admission indicator on `day`.

    The published list decides where it was imported for that day. Else the rules of the starter
    set do, and None means that no rule speaks of the category: it is then not known.
    """
    written = code.strip().upper()
    if any(day in span for span, _ in releases(PUBLISHED, folder).rows):
        return written in _listed(day, folder)
    rule = poa_rule(written, day, folder)
    if rule is None:
        return None
    seventh = written.replace(".", "")[6:]
    later = len(seventh) == 1 and seventh.isalpha() and seventh not in "ABC"
    return rule.rule == "all" or (rule.rule == "later" and later)


@lru_cache(maxsize=8)
def _listed(day: date, folder: Path | None) -> frozenset[str]:
    release = in_force(PUBLISHED, day, folder)
    return frozenset(row.code for row in rows_on(release, "codes.csv", CodeRow, day))
