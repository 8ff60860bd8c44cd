"""A trainee's feedback as one plain HTML page: no scripts, nothing fetched, everything escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from codinglab.core.findings import Finding
from codinglab.lab.feedback_rows import as_table
from codinglab.lab.grading_case import CaseMarking

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid; padding: .4rem; text-align: left; vertical-align: top; }
cite { display: block; font-size: .875rem; font-style: normal; }
pre { border: 1px solid; overflow-x: auto; padding: .5rem; }
""".strip()


@dataclass(frozen=True, slots=True)
class CaseFeedback:
    """What the page says of one case: its marking, the points that stand, a human's comment.

    `points` are the gradebook's, with a human's changes; None where the gradebook has none.
    """

    marked: CaseMarking
    points: float
    comment: str | None = None

    @property
    def changed(self) -> bool:
        """Say whether a human gave other points than the marking."""
        return self.points != self.marked.points


@dataclass(frozen=True, slots=True)
class Page:
    """A trainee's feedback on an assignment."""

    assignment: str
    student: str
    score: float
    max_score: float
    penalty: float
    cases: tuple[CaseFeedback, ...]
    problems: tuple[Finding, ...] = ()


def as_html(page: Page) -> str:
    """Return `page` as an HTML document."""
    title = f"Feedback: {page.assignment}, {page.student}"
    off = f" after {page.penalty:g} points off for lateness" if page.penalty else ""
    said = [f"<p><strong>{page.score:g} of {page.max_score:g} points{off}</strong></p>"]
    if page.problems:
        said += ["<h2>About what was handed in</h2>", _list(page.problems)]
    said += [_case(one) for one in page.cases]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n" + "\n".join(said) + "\n</main>\n</body>\n"
        "</html>\n"
    )


def _case(one: CaseFeedback) -> str:
    marked = one.marked
    said = [
        f"<h2>{escape(marked.variant.case.file.title)}</h2>",
        f"<p>{one.points:g} of {marked.case.points} points</p>",
    ]
    if one.changed:
        said.append(f"<p>An instructor set these; the marking gave {marked.points:g}.</p>")
    if one.comment:
        said.append(f"<h3>Your instructor says</h3><p>{escape(one.comment)}</p>")
    if marked.answer.text.strip():
        said.append(f"<h3>Your worksheet</h3><pre>{escape(marked.answer.text)}</pre>")
    said.append(f"<h3>Item by item</h3>{as_table(marked, evidence=True)}")
    if marked.findings:
        said.append(f"<h3>What a claim check says</h3>{_list(marked.findings)}")
    return "\n".join(said)


def _list(findings: tuple[Finding, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(str(one))}</li>" for one in findings) + "</ul>"
