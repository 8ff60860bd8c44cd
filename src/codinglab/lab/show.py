"""A case and its marking as a notebook shows them: the workspace widget, and the report."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from codinglab.codes import modifiers, procedures
from codinglab.codes.icd10cm import Code, open_table
from codinglab.codes.search_index import synonyms
from codinglab.course.billing_key import called
from codinglab.course.billing_statement import HELP as BILLING_HELP
from codinglab.course.billing_statement import KINDS
from codinglab.course.case import CaseFile
from codinglab.course.key import KeyWithheld, load_key
from codinglab.course.mark import answered, findings, mark
from codinglab.course.variants import Variant
from codinglab.course.worksheet import HELP
from codinglab.grading.marking import Marking
from codinglab.grading.methods import methods
from codinglab.grading.report import MarkRow, rows
from codinglab.lab.book_index import BOOKS, term_page, terms
from codinglab.lab.code_search import found
from codinglab.lab.desk import Desk
from codinglab.lab.feedback_rows import reason_of, verdict_of, worth_saying
from codinglab.widgets.view import CaseView
from codinglab.widgets.workspace import CodeSearch, IndexBooks, Workspace

_CHILDREN = 200  # a header with more codes below is walked level by level anyway


def workspace(opened: Variant, desk: Desk, *, book_only: bool = False) -> Workspace:
    """Return the workspace of an opened variant; it marks at once where the case is practice.

    While somebody writes, only what a claim could not be read with is said; what the other edits
    find would think for them, and comes with the mark. With `book_only` there is no code search.
    """
    day = opened.case.day
    practice = _marker(opened) if opened.case.file.use == "practice" else None
    return Workspace(
        case_view(opened, desk.worksheets.get(opened.case.slug, ""), book_only=book_only),
        CodeSearch(
            partial(found, day, diagnoses_alone=opened.case.file.setting == "risk"),
            open_table(day).search_blob,
            partial(synonyms, day),
        ),
        lambda code: details(opened, code),
        lambda text: [one.as_json() for one in findings(opened, text, sealed=True)],
        desk.note,
        practice,
        IndexBooks(partial(terms, day), partial(term_page, day)),
    )


def case_view(opened: Variant, text: str, *, book_only: bool = False) -> CaseView:
    """Return what the workspace shows of a variant; evidence marks only where it is practice."""
    case, file = opened.case, opened.case.file
    documents = tuple(
        (one.title, one.marked if file.use == "practice" else one.text)
        for one in opened.chart.documents
    )
    return CaseView(
        slug=case.slug,
        variant=str(opened.number),
        title=file.title,
        setting=_setting(file),
        service_date=file.service_date.isoformat(),
        instructions="\n\n".join([file.asked, *file.policy]),
        documents=documents,
        hints=file.hints,
        minutes=file.minutes,
        cell_line=f"%%worksheet {case.slug}",
        text=text,
        procedures=_procedures(opened) if file.looks_for_codes else (),
        grammar=_help(file),
        books=tuple(BOOKS),
        book_only=book_only,
        finds_codes=file.looks_for_codes,
        **_beginning(file),
    )


def _beginning(file: CaseFile) -> dict[str, Any]:
    """Return how a worksheet is begun, where it is not by a diagnosis, and what its day is."""
    if file.setting != "billing":
        return {}
    example = "One statement a line.\nThe help below has the words."
    return {"starters": (), "example": example, "day_is": "At work on"}


def _help(file: CaseFile) -> tuple[str, ...]:
    if file.setting == "billing":
        return tuple(f"{line}\n    {meaning}" for line, meaning in BILLING_HELP)
    return tuple(f"{line}   {meaning}" for line, meaning in HELP)


def _setting(file: CaseFile) -> str:
    if file.setting == "billing":
        return f"billing, {file.payer}"
    what = "risk adjustment" if file.setting == "risk" else f"{file.setting} claim"
    return f"{what}, place of service {file.place_of_service}, {file.payer}"


def _procedures(opened: Variant) -> tuple[tuple[str, str], ...]:
    if opened.case.file.setting == "risk":
        return ()  # no service is coded, and their code sets may not reach back to the day
    day = opened.case.day
    codes = [(one.code, one.label) for one in procedures.all_on(day)]
    return tuple(codes + [(one.code, f"modifier: {one.label}") for one in modifiers.all_on(day)])


def details(opened: Variant, code: str) -> dict[str, Any]:
    """Return a code's place in the tabular list and its notes, as `widgets.view.Details`."""
    table = open_table(opened.case.day)
    found = table.find(code)
    if found is None:
        return _procedure_details(opened, code)
    notes = [
        {
            "kind": one.kind,
            "text": one.text,
            "origin": "" if one.from_code == found.code else one.from_code,
        }
        for one in table.notes(found.code)
    ]
    above = [_row(one) for one in reversed(table.ancestors(found.code))]
    below = [_row(one) for one in table.children(found.code)[:_CHILDREN]]
    return {**_row(found), "ancestors": above, "children": below, "notes": notes}


def _row(code: Code) -> dict[str, Any]:
    return {"code": code.code, "title": code.title, "billable": code.billable}


def _procedure_details(opened: Variant, code: str) -> dict[str, Any]:
    title = dict(_procedures(opened)).get(code, "not in this lab's tables")
    empty: dict[str, Any] = {"ancestors": [], "children": [], "notes": []}
    return {"code": code, "title": title, "billable": True, **empty}


def _marker(opened: Variant) -> Any:
    """Return the function by which the workspace marks, or None where the key is not here."""
    try:
        load_key(opened.case.slug)
    except KeyWithheld:
        return None

    def practice(text: str) -> dict[str, Any]:
        if nothing_coded(text):
            return {"score": 0.0, "rows": [], "methods": [], "findings": []}
        marking = mark(opened.case.slug, opened.number, text)
        titles = _titles(opened)
        shown = [
            _widget_row(row, titles) for row in rows(marking, sealed=False) if worth_saying(row)
        ]
        return {
            "score": float(marking.score),
            "rows": shown,
            "methods": method_rows(marking),
            "findings": [one.as_json() for one in findings(opened, text)],
        }

    return practice


def nothing_coded(text: str) -> bool:
    """Say whether a worksheet holds nothing to mark; its report would only give the key away."""
    return not answered(text)


def _titles(opened: Variant) -> Callable[[str], str]:
    """Return the function that names a code of any kind on the day of the case."""
    table, named = open_table(opened.case.day), dict(_procedures(opened))

    def title(code: str) -> str:
        found = table.find(code)
        return f"{code} {found.title}" if found else f"{code} {named.get(code, '')}".strip()

    return title


def _widget_row(row: MarkRow, title: Callable[[str], str]) -> dict[str, Any]:
    evidence = row["evidence"] or []
    answered, expected = row["answered"], row["expected"]
    billing = row["kind"] in KINDS
    said = (
        called(row["kind"], expected or answered)
        if billing
        else title(expected or answered or row["kind"])
    )
    other = answered and expected and answered != expected
    return {
        "verdict": verdict_of(row),
        "what": f"{answered} for {said}" if other else said,
        "reason": reason_of(row),
        "cites": row["cites"],
        "evidence": evidence[0] if evidence else "",
    }


def method_rows(marking: Marking) -> list[dict[str, str]]:
    """Return the score by each of the field's methods, in words."""
    return [
        {"name": name.replace("_", " "), "score": f"{share:.0%}"}
        for name, share in methods(marking).as_json().items()
        if share is not None
    ]
