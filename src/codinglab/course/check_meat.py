"""Prove a case of risk adjustment: the record carries each risk-bearing diagnosis, and no other.

A diagnosis bears risk where the case's model and payment year map its code to a category. What
carries it is named in the key by element (MEAT) and span, and must stand in the note of the visit.
Source: Medicare Managed Care Manual, chapter 7, sections 40 and 120; ICD-10-CM guidelines IV.J.
"""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.codes.icd10cm import key_of
from codinglab.core.findings import Finding
from codinglab.core.tables import BadData
from codinglab.course import answers
from codinglab.course.key import ItemFile, load_key
from codinglab.course.risk_terms import CaseRiskRow
from codinglab.course.variants import Variant
from codinglab.encounter.coded import Diagnosis
from codinglab.grading.items import Expected, ExpectedItem, Status
from codinglab.grouping.hcc_support import Support, Visit, meat
from codinglab.grouping.hcc_tables import tables


def check_meat(one: Variant, wanted: Expected) -> Iterator[Finding]:
    """Yield a finding for each risk-bearing diagnosis of a variant that is not proven.

    In a case of another setting there is nothing to prove, and no key names MEAT.
    """
    risk, key = one.case.file.risk, load_key(one.case.slug)
    spans = _spans(one, risk) if risk else frozenset()
    for item in (each for each in wanted.items if each.kind == answers.DIAGNOSIS):
        entry = key.items[item.id]
        if risk is None:
            if entry.meat:
                yield _wrong(item.id, "names meat, which only a case of risk needs.")
        elif _bears_risk(item, risk):
            said = item.status is Status.FORBIDDEN
            yield from _distractor(item) if said else _supported(item, entry, one, spans)


def _wrong(item: str, message: str) -> Finding:
    remedy = "Name what the note of the visit does about the diagnosis, and where it says so."
    return Finding("case.meat", item, message, remedy)


def _bears_risk(item: ExpectedItem, risk: CaseRiskRow) -> bool:
    """Say whether any code that the item takes leads to a category."""
    categories = tables(risk.payment_year, risk.model).categories
    return any(key_of(code) in categories for code in (item.value, *item.accepted))


def _spans(one: Variant, risk: CaseRiskRow) -> frozenset[str]:
    """Return the spans of the visit's note that have words; raises BadData without such a note."""
    titles = [document.title for document in one.chart.documents]
    if risk.note not in titles:
        raise BadData(f"risk: note: the chart has no document {risk.note!r}; it has: {titles}")
    return frozenset(
        name
        for document in one.chart.documents
        if document.title == risk.note
        for name, text in document.spans
        if text
    )


def _supported(
    item: ExpectedItem, entry: ItemFile, one: Variant, spans: frozenset[str]
) -> Iterator[Finding]:
    """Yield a finding where the visit of the case does not carry the diagnosis."""
    risk = one.case.file.risk
    assert risk is not None
    named = entry.meat.at(one.fact) if entry.meat else {}
    every = {span for each in named.values() for span in each}
    if stray := sorted(every - spans):
        yield _wrong(item.id, f"{', '.join(stray)} is no span of {risk.note!r}, where it counts.")
        return
    visit = Visit(one.case.day, risk.visit.setting, risk.visit.clinician, risk.visit.signed)
    supports = [Support(item.value, visit, **named)] if named else []
    for lacking in meat([Diagnosis(item.value, item.id)], supports, spans, risk.payment_year):
        yield _wrong(item.id, f"{item.value} bears risk and is not supported: {lacking.why}.")


def _distractor(item: ExpectedItem) -> Iterator[Finding]:
    """Yield a finding where a code that must not be there does not say where it comes from."""
    if not item.evidence:
        yield _wrong(item.id, f"{item.value} bears risk: name where the record mentions it.")
    if not item.error_class:
        yield _wrong(item.id, f"{item.value} bears risk: say the class of error.")
