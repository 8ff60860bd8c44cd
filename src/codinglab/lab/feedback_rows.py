"""What a trainee may read of a marked case, as rows, as a comment, and as an HTML table.

Sealed feedback, for graded work, names no value of the key that the trainee did not write: it
rests on the sealed report, and leaves out each citation that would itself name such a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from codinglab.course.billing_key import called
from codinglab.course.variants import variant
from codinglab.encounter.chart import Chart
from codinglab.grading.report import MarkRow, PartRow
from codinglab.lab.grading_case import CaseMarking

_WORDS = {
    "exact": "right",
    "accepted": "accepted",
    "partial": "partly right",
    "missing": "missing",
    "wrong": "wrong",
    "extra": "too much",
}
_RIGHT = ("exact", "accepted")
_CODE = re.compile(r"\b(?:[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?|\d{4}[0-9A-Z]|[A-Z]\d{4})\b")


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of feedback: where, what, the verdict, points, why, and by which citations."""

    place: str
    what: str
    verdict: str
    points: str
    reason: str
    cites: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def _chart(slug: str, number: int) -> Chart:
    """Return the chart of a variant, rendered once for a whole class."""
    return variant(slug, number).chart


def nothing_to_say(marked: CaseMarking) -> str:
    """Return why there are no rows, or an empty text where there are some.

    Where nothing is coded, a row for each missing item would only give the key away.
    """
    if marked.answer.cell is None:
        return "No worksheet for this case could be marked."
    return "" if marked.coded else "Nothing is coded in this worksheet."


def shown_rows(marked: CaseMarking) -> tuple[Shown, ...]:
    """Return the rows of feedback on a case, open or sealed as the case is."""
    if nothing_to_say(marked):
        return ()
    written = frozenset(row["answered"] for row in marked.rows if row["answered"])
    return tuple(_shown(row, written, marked.sealed) for row in marked.rows if worth_saying(row))


def worth_saying(row: MarkRow) -> bool:
    """Leave out an optional item that is not coded: it would only tell that the key has it."""
    return not row["optional"] or row["answered"] is not None


def verdict_of(row: MarkRow) -> str:
    """Return the verdict on an item and its parts together.

    A right value with a wrong part is partly right; where its parts are all that counts (an amount
    under its name) and nothing of them is, it is wrong.
    """
    wrong_part = any(part["verdict"] not in _RIGHT for part in row["parts"])
    if not wrong_part or row["verdict"] not in _RIGHT:
        return row["verdict"]
    return "wrong" if row["possible"] > 0 >= row["earned"] else "partial"


def reason_of(row: MarkRow) -> str:
    """Return why an item was marked as it was, with each part that is not right."""
    wrong = [part for part in row["parts"] if part["verdict"] not in _RIGHT]
    return " ".join([row["reason"], *map(_part_reason, wrong)])


def _part_reason(part: PartRow) -> str:
    """Return why a part is wrong, as a sentence that begins with the part's name."""
    missing, extra = part["missing"] or [], part["extra"] or []
    if len(missing) == len(extra) == 1 and len(part["answered"]) == 1:
        return f"{part['part']}: {missing[0]}, not {extra[0]}."
    said = part["reason"].replace(".; ", ". ")
    said = said if said.startswith(part["part"]) else f"{part['part']}: {said}"
    return said if said.endswith(".") else f"{said}."


def _shown(row: MarkRow, written: frozenset[str], sealed: bool) -> Shown:
    cites = [cite for cite in row["cites"] if not sealed or _tells_nothing(cite, written)]
    return Shown(
        row["place"],
        called(row["kind"], row["answered"] or row["expected"]),
        _WORDS[verdict_of(row)],
        f"{row['earned']:g} of {row['possible']:g}",
        "" if sealed and verdict_of(row) in _RIGHT else reason_of(row),
        tuple(cites),
        tuple(row["evidence"] or ()),
    )


def _tells_nothing(cite: str, written: frozenset[str]) -> bool:
    """Say whether every code in a citation is one the trainee wrote, or a category of one."""
    return all(any(one.startswith(code) for one in written) for code in _CODE.findall(cite))


def as_comment(marked: CaseMarking) -> str:
    """Return the feedback on a case as the text of nbgrader's comment, which it shows as Markdown.

    Angle brackets are replaced, since nbgrader lets HTML in a comment through.
    """
    said = nothing_to_say(marked)
    lines = [f"{marked.points:g} of {marked.case.points} points.{f' {said}' if said else ''}"]
    for row in shown_rows(marked):
        place = f"{row.place}: " if row.place else ""
        cites = f" [{'; '.join(row.cites)}]" if row.cites else ""
        why = f" {row.reason}" if row.reason else ""
        lines.append(f"- {place}{row.what}: {row.verdict}, {row.points}.{why}{cites}")
    if marked.marking.blocked_by and not said:
        lines.append("- Not passed: a critical item is wrong.")
    lines += [f"- {finding}" for finding in marked.findings]
    return "\n".join(lines).replace("<", "\u2039").replace(">", "\u203a")


def as_table(marked: CaseMarking, *, evidence: bool) -> str:
    """Return the rows as a plain HTML table with headings, everything escaped.

    `evidence` asks for the sentences of the record too, where the feedback is open.
    """
    said = nothing_to_say(marked)
    if said:
        return f"<p>{escape(said)}</p>"
    heads = ("Where", "What", "Verdict", "Points", "Why")
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "".join(_table_row(row, marked, evidence) for row in shown_rows(marked))
    caption = f"<caption>{escape(marked.case.slug)}, item by item</caption>"
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    blocked = "<p><strong>Not passed: a critical item is wrong.</strong></p>"
    return table + (blocked if marked.marking.blocked_by else "")


def _table_row(row: Shown, marked: CaseMarking, evidence: bool) -> str:
    cells = [escape(one) for one in (row.place, row.what, row.verdict, row.points)]
    why = [escape(row.reason), *(f"<cite>{escape(one)}</cite>" for one in row.cites)]
    for name in row.evidence if evidence else ():
        found = _chart(marked.case.slug, marked.case.variant).evidence(name)
        why += [f"<q>{escape(sentence)}</q> ({escape(title)})" for title, sentence in found]
    filled = "".join(f"<td>{one}</td>" for one in cells)
    return f"<tr>{filled}<td>{' '.join(why)}</td></tr>"
