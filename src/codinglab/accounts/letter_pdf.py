"""A letter to a patient as PDF: blocks of text and tables on as many pages as they need.

The same letter gives the same bytes. Characters that the font has not become question marks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PAGE = (612.0, 792.0)  # US letter, in points
_MARGIN, _FOOT = 54.0, 36.0
_WIDTH = _PAGE[0] - 2 * _MARGIN
_FOOT_CHARACTERS = 80
_ROOM = 600.0  # points of height that a page surely has
_PADDING = 6.0  # of the frame in which reportlab sets text
_MONEY = 84.0  # the width of a column of dollars
Style = Literal["head", "title", "section", "text", "sum", "item", "cut"]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in one of the styles; "cut" is a line to cut along."""

    text: str
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below `heads`; the last column is money, the last row a total where `total` says so.

    `widths` are points of every column but the widest, which is None.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float | None, ...]
    total: bool = False


Block = Text | Table


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stand on one page, if one page can hold them."""

    blocks: tuple[Block, ...]


def as_pdf(title: str, training: str, blocks: Iterable[Block | Together]) -> bytes:
    """Return the letter; every page says `training` above and its number below."""
    from reportlab.platypus import KeepTogether, SimpleDocTemplate

    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=_PAGE,
        leftMargin=_MARGIN - _PADDING,
        rightMargin=_MARGIN - _PADDING,
        topMargin=_MARGIN + 12,
        bottomMargin=_MARGIN,
        title=title,
        author="codinglab",
        lang="en-US",
        invariant=1,
        pageCompression=0,
    )
    story: list[Any] = []
    for one in blocks:
        parts = [_flowable(each) for each in (one.blocks if isinstance(one, Together) else (one,))]
        # What no page can hold would only be moved to the next page, and divided there.
        fits = sum(part.wrap(_WIDTH, _PAGE[1])[1] for part in parts) < _ROOM
        story += [KeepTogether(parts)] if fits and isinstance(one, Together) else parts

    def mark(canvas: Canvas, page: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica-Bold", 9)
        canvas.drawString(_MARGIN, _PAGE[1] - _FOOT, training)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(_MARGIN, _FOOT - 8, _told(title)[:_FOOT_CHARACTERS])
        canvas.drawRightString(_PAGE[0] - _MARGIN, _FOOT - 8, f"Page {page.page}")
        canvas.restoreState()

    document.build(story, onFirstPage=mark, onLaterPages=mark)
    return target.getvalue()


def _told(text: str) -> str:
    return text.encode("cp1252", "replace").decode("cp1252")


def _escaped(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape(_told(text))


def _style(name: Style) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    sizes: dict[Style, tuple[str, float, float, float]] = {
        "head": ("Helvetica", 10, 0, 0),
        "title": ("Helvetica-Bold", 15, 10, 4),
        "section": ("Helvetica-Bold", 11, 10, 3),
        "text": ("Helvetica", 10, 2, 2),
        "sum": ("Helvetica-Bold", 13, 4, 6),
        "item": ("Helvetica", 10, 0, 1),
        "cut": ("Helvetica", 8, 16, 4),
    }
    font, size, before, after = sizes[name]
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=12 if name == "item" else 0,
        bulletIndent=2,
        bulletFontName=font,
        bulletFontSize=size,
        keepWithNext=name in {"section", "title"},
    )


def _flowable(one: Block) -> Any:
    from reportlab.platypus import Paragraph

    if isinstance(one, Table):
        return _table(one)
    bullet = "-" if one.style == "item" else None
    text = f"- - - {one.text} " + "- " * 52 if one.style == "cut" else one.text
    return Paragraph(
        _escaped(text[:150] if one.style == "cut" else text), _style(one.style), bullet
    )


def _table(one: Table) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import Paragraph, TableStyle
    from reportlab.platypus import Table as Drawn

    plain = _style("head")
    right = plain.clone("money", alignment=2)
    bold = plain.clone("bold", fontName="Helvetica-Bold")
    bold_right = right.clone("bold money", fontName="Helvetica-Bold")
    last = len(one.rows) if one.total else 0

    def cells(at: int, row: Sequence[str]) -> list[Any]:
        strong = at in {0, last} if last else at == 0
        left, money = (bold, bold_right) if strong else (plain, right)
        end = len(row) - 1
        return [
            Paragraph(_escaped(cell), money if place == end else left)
            for place, cell in enumerate(row)
        ]

    fixed = sum(width for width in one.widths if width is not None)
    widths = [_WIDTH - fixed if width is None else width for width in one.widths]
    drawn = Drawn(
        [cells(at, row) for at, row in enumerate((one.heads, *one.rows))],
        colWidths=widths,
        repeatRows=1,
        spaceBefore=3,
        spaceAfter=4,
    )
    rules = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, black),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    if last:
        rules.append(("LINEABOVE", (0, -1), (-1, -1), 0.8, black))
    drawn.setStyle(TableStyle(rules))
    return drawn


def money_table(
    heads: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    *,
    before: tuple[float | None, ...] = (None,),
    total: bool = False,
) -> Table:
    """Return a table whose last column is money; `before` are the widths of those before it."""
    return Table(heads, tuple(rows), (*before, _MONEY), total)
