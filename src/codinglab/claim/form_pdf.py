"""A filled form as PDF: lines drawn by us, labels of our own, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from codinglab.claim.form_layout import PAGE, Area, Cell, Layout
from codinglab.claim.form_page import TRAINING, Page

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LABEL_FONT, TYPED_FONT = "Helvetica", "Courier"
_INK = (0.69, 0.11, 0.16)
_SHADE = (0.98, 0.90, 0.89)
_BASE = 3.0
"""How far a typed line stands above the lower edge of its line, in points."""
_ONE_LINE = 1.5
_TITLE = 15


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
    _frame(canvas, frame)
    return "\n".join(canvas._code[begun:])  # noqa: SLF001


def _frame(canvas: Canvas, frame: Layout) -> None:
    """Draw what is printed on every copy of the form."""
    for look in ("shade", "box", "line"):
        for area in frame.areas:
            if area.look == look:
                _area(canvas, frame, area)
    canvas.setFillColorRGB(*_INK)
    for area in frame.areas:
        if area.label:
            _label(canvas, frame, area)
    for cell in frame.cells.values():
        if cell.mark:
            _square(canvas, frame, cell)
        if cell.caption:
            _caption(canvas, frame, cell)
    _heading(canvas, frame)


def _area(canvas: Canvas, frame: Layout, area: Area) -> None:
    left, right = frame.x(area.left) - 2, frame.x(area.right) - 2
    top, bottom = frame.y(area.top), frame.y(area.bottom)
    if area.look == "shade":
        canvas.setFillColorRGB(*_SHADE)
        canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
        return
    canvas.setStrokeColorRGB(*_INK)
    canvas.setLineWidth(0.6 if area.look == "box" else 0.3)
    if area.look == "line":
        canvas.line(left, bottom, left, top)
    else:
        canvas.rect(left, bottom, right - left, top - bottom, stroke=1, fill=0)


def _label(canvas: Canvas, frame: Layout, area: Area) -> None:
    """Print the label at the upper left, small enough for its box."""
    if area.look == "title":
        canvas.setFont(f"{LABEL_FONT}-Bold", _TITLE)
        canvas.drawString(frame.x(area.left) - 2, frame.y(area.bottom), area.label)
        return
    size = 5.4 if area.bottom - area.top > _ONE_LINE else 4.4
    room = frame.x(area.right) - frame.x(area.left) - 2
    width = canvas.stringWidth(area.label, LABEL_FONT, size)
    canvas.setFont(LABEL_FONT, size * min(1.0, room / width))
    canvas.drawString(frame.x(area.left) - 0.8, frame.y(area.top) - size - 0.2, area.label)


def _square(canvas: Canvas, frame: Layout, cell: Cell) -> None:
    canvas.setStrokeColorRGB(*_INK)
    canvas.setLineWidth(0.5)
    bottom = frame.y(cell.line + 1)
    canvas.rect(frame.x(cell.column) - 0.6, bottom + 1.4, 8.0, 9.2, stroke=1, fill=0)


def _caption(canvas: Canvas, frame: Layout, cell: Cell) -> None:
    size = 5.0
    canvas.setFont(LABEL_FONT, size)
    base = frame.y(cell.line + 1) + _BASE + 1
    left = frame.x(cell.column)
    if cell.caption_at == "right":
        canvas.drawString(left + cell.characters * frame.form.pitch + 2, base, cell.caption)
    elif cell.caption_at == "left":
        canvas.drawRightString(left - 2.2, base, cell.caption)
    else:
        canvas.drawString(left - 1, frame.y(cell.line) + 0.8, cell.caption)


def _heading(canvas: Canvas, frame: Layout) -> None:
    """Print above and below the form what it is, and what it must not be used for."""
    last = max(one.bottom for one in frame.areas)
    left, right = frame.x(1) - 2, frame.x(max(one.right for one in frame.areas)) - 2
    base = frame.y(last) - 8
    canvas.setFont(f"{LABEL_FONT}-Bold", 7)
    canvas.drawString(left, base, TRAINING)
    canvas.setFont(LABEL_FONT, 6)
    said = f"Drawn by codinglab after the {frame.form.name}; labels are its own"
    canvas.drawRightString(right, base, said)
    canvas.setFont(f"{LABEL_FONT}-Bold", 8)
    top = min(one.top for one in frame.areas)
    canvas.drawString(left, frame.y(top) + 2.5, f"{frame.form.title}. {TRAINING}.")


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
            text.setTextOrigin(frame.x(at), frame.y(cell.line + 1) + _BASE)
            text.textOut(said)
    canvas.drawText(text)
    if page.of > 1:
        canvas.setFont(LABEL_FONT, 7)
        top = min(one.top for one in frame.areas)
        right = frame.x(max(one.right for one in frame.areas)) - 2
        canvas.drawRightString(right, frame.y(top) + 2.5, f"Page {page.number} of {page.of}")
