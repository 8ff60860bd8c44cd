"""What is printed on every copy of a form: lines, shades, labels, squares for marks, captions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codinglab.claim.form_layout import Area, Cell, Layout
from codinglab.claim.form_page import TRAINING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LABEL_FONT = "Helvetica"
BASE = 3.0
"""How far a typed line stands above the lower edge of its line, in points."""
_INK = (0.69, 0.11, 0.16)
_SHADE = (0.98, 0.90, 0.89)
_ONE_LINE = 1.5
_TITLE = 15


def draw_frame(canvas: Canvas, frame: Layout) -> None:
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
    base = frame.y(cell.line + 1) + BASE + 1
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
