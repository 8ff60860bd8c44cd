"""Rules on unspecified codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from codinglab.codes.icd10cm import Code, Icd10cm, open_table
from codinglab.codes.icd10cm_kin import similarity
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import CATEGORY, guideline, known, side_of
from codinglab.edits.listed import Pair, pairs
from codinglab.edits.rule import edit
from codinglab.edits.trait import TWO_DIAGNOSES, record_says
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_VAGUE = re.compile(r"\bunspecified\b")
_BRACKET = re.compile(r" *[(\[].*?[)\]]")


@edit(
    "dx.unspecified",
    "specificity",
    source="ICD-10-CM guidelines I.A.9.b, I.B.2 and I.B.18",
    needs=("record",),
    on=record_says("specified"),
)
def unspecified(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A code is as specific as the record.

    An unspecified code is right when the record says no more; it is then the honest code. Where
    the record supports a more specific one, that one is reported: it decides necessity, DRG and
    risk score, and payers ask back for less.
    """
    table = open_table(day)
    held = {one.code for one in encounter.diagnoses}
    for one, code in known(encounter, day):
        said = encounter.circumstances.says("specified", one.code)
        better = table.find(said.value) if said and said.value else None
        if better is None or better.code in held:
            continue
        yield Finding(
            "dx.unspecified",
            one.place,
            f"{one.code} ({code.title}) says less than the record.",
            f"Write {better.code} ({better.title}).",
            cite=guideline("I.B.2", day),
        )


@edit(
    "dx.unspecified-with-specific",
    "specificity",
    source="ICD-10-CM guidelines I.A.9.b, I.B.2 and I.B.13",
    on=(TWO_DIAGNOSES,),
)
def beside_specific(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """An unspecified code adds nothing beside the specific code of the same condition.

    Lists that are copied forward often hold both. The specific one tells all, and the other reads
    like a second disease. A warning, as a patient may have two conditions of one kind, of which
    one is not specified.
    """
    found = list(_vague_by_title(encounter, day))
    titles = {one.place for one, _ in found}
    found += [
        (pair.one, pair.other)
        for pair in _vague_by_list(encounter, day)
        if pair.one.place not in titles
    ]
    table = open_table(day)
    for one, other in found:
        yield Finding(
            "dx.unspecified-with-specific",
            one.place,
            f"{one.code} ({table.node(one.code).title}) stands beside {other.code} "
            f"({table.node(other.code).title}).",
            f"Take {one.code} out, unless the record tells of a second condition.",
            Severity.WARNING,
            guideline("I.A.9.b", day),
        )


def _vague_by_title(encounter: CodedEncounter, day: date) -> Iterator[tuple[Diagnosis, Diagnosis]]:
    """Yield each diagnosis whose title is the unspecified form of another one's, with that one."""
    table = open_table(day)
    every = known(encounter, day)
    categories = [code.code[:CATEGORY] for _, code in every]
    codes = [pair for pair in every if categories.count(pair[1].code[:CATEGORY]) > 1]
    for one, code in codes:
        for other, found in codes:
            if other is not one and _is_vague_form(code, found, table):
                yield one, other
                break


def _vague_by_list(encounter: CodedEncounter, day: date) -> Iterator[Pair]:
    """Yield the pairs of a vague and an exact code whose titles do not show it."""
    told: set[str] = set()
    for pair in pairs(encounter, "unspecified-form", day):
        if pair.one.place not in told:
            told.add(pair.one.place)
            yield pair


def _bare(title: str) -> str:
    """Return `title` without its ", unspecified" and what stands in brackets."""
    return _BRACKET.sub("", title.casefold()).removesuffix(", unspecified").strip()


def _is_vague_form(code: Code, other: Code, table: Icd10cm) -> bool:
    """Say whether `code` is the unspecified form, or the form without side, of `other`."""
    if code.code[:CATEGORY] != other.code[:CATEGORY]:
        return False
    vague, exact = (len(_VAGUE.findall(one.title.lower())) for one in (code, other))
    if vague <= exact:
        return False
    if _bare(code.title) == _bare(table.node(code.code[:CATEGORY]).title):
        return True
    how = similarity(code.code, other.code, table)
    return how == "unspecified" or (how == "laterality" and not side_of(code.title))


EDITS = (unspecified, beside_specific)
