"""A case with made-up callables, for the browser tests: it is copied beside their notebook."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

from codinglab.codes.icd10cm import open_table
from codinglab.codes.search_index import synonyms
from codinglab.lab.book_index import BOOKS, term_page, terms
from codinglab.lab.code_search import found
from codinglab.widgets.view import CaseView
from codinglab.widgets.workspace import CodeSearch, IndexBooks, Workspace

DAY = date(2026, 5, 4)
PROGRESS = """
## Chief complaint
Follow-up of diabetes and kidney function.

## History
Maria Delgado, 67 years old, comes for her three-month visit. She takes \u27e6insulin\u27e7insulin
glargine 22 units at bedtime\u27e6/\u27e7 and checks her sugar twice a day; morning values run from
118 to 164. No hypoglycemia. She denies chest pain and shortness of breath. Her mother had
a stroke at 71.

## Examination
| Sign | Value | Last visit |
|---|---|---|
| Blood pressure | 138/82 | 144/86 |
| Weight | 81.4 kg | 82.0 kg |
| BMI | 31.2 | 31.4 |

Feet: pulses present, monofilament felt at all points. No ulcer.

## Assessment and plan
1. \u27e6ckd\u27e7Type 2 diabetes with diabetic chronic kidney disease, stage 3b\u27e6/\u27e7; eGFR
   stable. Continue losartan; repeat albumin in three months.
2. Hypertension, at goal on two drugs. No change.
- Retinal photographs were clean; <next> in a year & no sooner.
"""
LABS = """
| Test | Result | Reference |
|---|---|---|
| Hemoglobin A1c | 7.4 % | below 7.0 % |
| \u27e6egfr\u27e7eGFR | 38 mL/min\u27e6/\u27e7 | above 60 |
| Albumin/creatinine | 212 mg/g | below 30 |
| Potassium | 4.6 mmol/L | 3.5 to 5.1 |
"""
ORDER = "## Signed\nJ. Alvarez, MD, on 4 May 2026. Time is not stated."
GRAMMAR = (
    "dx E11.22                     a diagnosis; the first listed comes first",
    "line 99214-25 x1 dx A,B       a service, its units, and the diagnoses it is for",
    "em mdm moderate/limited/moderate",
    "em time 35",
    "# a remark; dots, case and spaces do not matter",
)
PROCEDURES = (
    ("99213", "Office visit, established patient, low"),
    ("99214", "Office visit, established patient, moderate"),
    ("99215", "Office visit, established patient, high"),
    ("83036", "Hemoglobin A1c test"),
    ("25", "Separate visit service on the day of a procedure"),
)


def view(cell_line: str, title: str, *, book_only: bool) -> CaseView:
    return CaseView(
        slug="dm-kidney",
        variant="4",
        title=title,
        setting="Professional, office",
        service_date="2026-05-04",
        instructions="Code the diagnoses and the visit, as the physician's office would bill them.",
        documents=(("Progress note", PROGRESS), ("Laboratory", LABS), ("Signature", ORDER)),
        hints=(
            "Read the assessment first, then look for what supports each diagnosis.",
            "Does the tabular list ask for a second code with the kidney complication?",
            "Long-term use of a drug can be a diagnosis of its own.",
        ),
        minutes=12,
        cell_line=cell_line,
        text="",
        procedures=PROCEDURES,
        grammar=GRAMMAR,
        books=tuple(BOOKS),
        book_only=book_only,
    )


def details(code: str) -> dict[str, object]:
    table = open_table(DAY)
    if code in dict(PROCEDURES):
        nothing = {"ancestors": [], "children": [], "notes": []}
        return {"code": code, "title": dict(PROCEDURES)[code], "billable": True, **nothing}
    node = table.node(code)
    row = lambda one: {"code": one.code, "title": one.title, "billable": one.billable}  # noqa: E731
    return {
        **row(node),
        "ancestors": [row(one) for one in reversed(table.ancestors(code))],
        "children": [row(one) for one in table.children(code)],
        "notes": [
            {
                "kind": note.kind,
                "text": note.text,
                "origin": "" if note.from_code == node.code else note.from_code,
            }
            for note in table.notes(code)
        ],
    }


def check(text: str) -> list[dict[str, str]]:
    verbs = ("dx", "pdx", "line", "em", "#")
    return [
        {
            "place": f"line {number}",
            "message": f"{line.split()[0]!r} is not a word of the worksheet.",
            "remedy": "Begin the line with dx, pdx, line or em.",
            "severity": "error",
        }
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.strip().lower().startswith(verbs)
    ]


def journal(event: dict[str, object]) -> None:
    with Path("journal.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(event) + "\n")


def practice(text: str) -> dict[str, object]:
    right = "E11.22" in text
    rows = [
        {
            "verdict": "exact" if right else "missing",
            "what": "E11.22 Type 2 diabetes mellitus with diabetic chronic kidney disease",
            "reason": "The assessment links the kidney disease to the diabetes.",
            "cites": ["ICD-10-CM guidelines FY 2026, I.A.15"],
            "evidence": "ckd",
        },
        {
            "verdict": "partial",
            "what": "N18.31 for N18.32",
            "reason": "The stage is coded, but as 3a; an eGFR of 38 and the note say 3b.",
            "cites": ["ICD-10-CM tabular list, N18.3"],
            "evidence": "egfr",
        },
        {
            "verdict": "missing",
            "what": "Z79.4 Long term (current) use of insulin",
            "reason": "The tabular list at E11 asks for it when insulin is used.",
            "cites": ["ICD-10-CM tabular list, E11"],
            "evidence": "insulin",
        },
    ]
    methods = [
        {"name": "Code over code", "score": "1 of 3, 33.3 %"},
        {"name": "Weighted", "score": "7 of 12 points, 58.3 %"},
        {"name": "Record over record", "score": "0 of 1"},
    ]
    return {"score": 7 / 12, "rows": rows, "methods": methods, "findings": check(text)}


def workspace(cell_line: str, *, graded: bool = False, book_only: bool = False) -> Workspace:
    def table() -> bytes:
        return open_table(DAY).search_blob()

    title = "Three-month visit: diabetes and kidneys"
    title = "Another visit" if graded else "A visit by the book" if book_only else title
    mark = None if graded else practice
    shown = view(cell_line, title, book_only=book_only)
    index = IndexBooks(partial(terms, DAY), partial(term_page, DAY))
    search = CodeSearch(partial(found, DAY), table, partial(synonyms, DAY))
    return Workspace(shown, search, details, check, journal, mark, index)


def worksheet(_line: str, _cell: str = "") -> None:
    """Take the answer cell's text; an empty cell is an answer too."""


def load_ipython_extension(shell: object) -> None:
    shell.register_magic_function(worksheet, "cell", "worksheet")
