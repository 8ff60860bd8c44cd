"""A filled form as PDF: lines drawn by us, labels of our own, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from codinglab.claim.form_layout import PAGE, Layout
from codinglab.claim.form_page import TRAINING, Page
from codinglab.claim.form_pdf_frame import BASE, LABEL_FONT, draw_frame

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TYPED_FONT = "Courier"


def as_pdf(pages: Sequence[Page]) -> bytes:
    """Return the pages as one PDF; the same pages give the same bytes.

    Text beyond the end of a cell is left out, as paper does; `form_page.fitting` tells it.
    Raises ValueError without pages.
    """
    if not pages:
        raise ValueError("there is no page to draw; fill a claim first")
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=PAGE, invariant=1, pageCompression=0)
    canvas.setTitle(f"{pages[0].layout.form.name}, {TRAINING.lower()}")
    canvas.setAuthor("codinglab")
    for form in dict.fromkeys(one.form for one in pages):
        frame = next(one.layout for one in pages if one.form == form)
        canvas.beginForm(form, upperx=PAGE[0], uppery=PAGE[1])
        _name_fonts(canvas)
        canvas.addLiteral(_printed(frame))
        canvas.endForm()
    for page in pages:
        canvas.doForm(page.form)
        _typed(canvas, page)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _name_fonts(canvas: Canvas) -> None:
    """Use the fonts in a fixed order, since a document numbers them as they come."""
    for font in (LABEL_FONT, f"{LABEL_FONT}-Bold", TYPED_FONT):
        canvas.setFont(font, 1)


@lru_cache(maxsize=4)
def _printed(frame: Layout) -> str:
    """Return the printed frame as PDF operators: it is the same on every copy, and slow to draw."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(io.BytesIO(), pagesize=PAGE, invariant=1, pageCompression=0)
    _name_fonts(canvas)
    begun = len(canvas._code)  # noqa: SLF001  reportlab has no other way to hand them out
    draw_frame(canvas, frame)
    return "\n".join(canvas._code[begun:])  # noqa: SLF001


def _typed(canvas: Canvas, page: Page) -> None:
    """Type the cells at the pitch of a typewriter, so that columns stand under each other."""
    frame = page.layout
    size = frame.form.size
    text: Any = canvas.beginText()
    text.setFont(TYPED_FONT, size)
    text.setFillColorRGB(0, 0, 0)
    text.setCharSpace(frame.form.pitch - 0.6 * size)  # a character of Courier is 0.6 of its size
    for name, cell in frame.cells.items():
        said = page.texts.get(name, "")[: cell.characters]
        if said:
            at = cell.column + (cell.characters - len(said) if cell.right else 0)
            text.setTextOrigin(frame.x(at), frame.y(cell.line + 1) + BASE)
            text.textOut(said)
    canvas.drawText(text)
    if page.of > 1:
        canvas.setFont(LABEL_FONT, 7)
        top = min(one.top for one in frame.areas)
        right = frame.x(max(one.right for one in frame.areas)) - 2
        canvas.drawRightString(right, frame.y(top) + 2.5, f"Page {page.number} of {page.of}")
