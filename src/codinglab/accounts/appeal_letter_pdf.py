"""An appeal letter as PDF, which anybody can print; the same letter gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from codinglab.accounts.appeal_letter import TRAINING, Letter

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PAGE = (612.0, 792.0)  # US letter, in points
_LEFT, _TOP, _BOTTOM = 72.0, 734.0, 58.0
_WIDTH = _PAGE[0] - 2 * _LEFT
_FONT, _SIZE, _LEADING, _FOOT = "Helvetica", 10.0, 13.0, 8.0
_BULLET = "- "


def as_pdf(letter: Letter) -> bytes:
    """Return the letter on as many pages as it needs, each marked as a training copy.

    Characters that the font has not are written as question marks.
    """
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=_PAGE, invariant=1, pageCompression=0)
    canvas.setTitle(f"{letter.subject}, {TRAINING.lower()}")
    canvas.setAuthor("codinglab")
    lines = [row for line in letter.text.splitlines() for row in _rows(line)]
    pages = _pages(lines, int((_TOP - _BOTTOM) // _LEADING))
    for number, page in enumerate(pages, 1):
        _draw(canvas, page, number, len(pages))
    canvas.save()
    return target.getvalue()


def _pages(rows: list[tuple[float, str]], most: int) -> list[list[tuple[float, str]]]:
    """Return the rows of each page; the signature, the last block, is not torn in two."""
    blank = max((at for at, (_, text) in enumerate(rows) if not text), default=-1)
    body, end = rows[: blank + 1], rows[blank + 1 :]
    pages = [body[at : at + most] for at in range(0, len(body), most)] or [[]]
    if len(pages[-1]) + len(end) > most:
        pages.append([])
    pages[-1] += end
    return pages


def _rows(line: str) -> list[tuple[float, str]]:
    """Return a line of text as rows that fit the page, each with its indent in points."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth

    told = line.encode("cp1252", "replace").decode("cp1252")
    if not told.strip():
        return [(0.0, "")]
    indent = stringWidth(_BULLET, _FONT, _SIZE) if told.startswith(_BULLET) else 0.0
    first, *rest = simpleSplit(told, _FONT, _SIZE, _WIDTH - indent)
    return [(0.0, first), *((indent, one) for one in rest)]


def _draw(canvas: Canvas, rows: list[tuple[float, str]], number: int, of: int) -> None:
    canvas.setFont(_FONT, _SIZE)
    for at, (indent, text) in enumerate(rows):
        canvas.drawString(_LEFT + indent, _TOP - at * _LEADING, text)
    canvas.setFont(f"{_FONT}-Bold", _FOOT)
    canvas.drawString(_LEFT, _BOTTOM / 2, TRAINING)
    canvas.setFont(_FONT, _FOOT)
    canvas.drawRightString(_PAGE[0] - _LEFT, _BOTTOM / 2, f"Page {number} of {of}")
    canvas.showPage()
