"""Read back what a PDF of ours has typed, by the place of every character."""

import ctypes
from collections import defaultdict

import pypdfium2 as pdfium
from pypdfium2 import raw

from codinglab.claim.form_layout import Layout
from codinglab.claim.form_pdf import TYPED_FONT

_BASE = 3.0  # a typed line stands three points above the lower edge of its line
_NEAR = 0.6


def characters(document: pdfium.PdfDocument, page: int):
    """Yield text, font, left and base line of every character of a page, in points."""
    text = document[page].get_textpage()
    name = ctypes.create_string_buffer(200)
    for at in range(text.count_chars()):
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
        flags = ctypes.c_int()
        size = raw.FPDFText_GetFontInfo(text.raw, at, name, 200, flags)
        font = name.raw[: max(size - 1, 0)].decode()
        yield chr(raw.FPDFText_GetUnicode(text.raw, at)), font, x.value, y.value


def typed_cells(pdf: bytes, frame: Layout, page: int = 0) -> dict[str, str]:
    """Return the text of each cell, built from the characters that stand within its rectangle.

    Raises AssertionError for a typed character that stands in no cell.
    """
    document = pdfium.PdfDocument(pdf)
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for text, font, x, y in characters(document, page):
        if TYPED_FONT not in font or text.isspace():
            continue
        cell, at = _cell(frame, x, y)
        found[cell][at] = text
    return {
        cell: "".join(marks.get(at, " ") for at in range(max(marks) + 1)).strip()
        for cell, marks in found.items()
    }


def _cell(frame: Layout, x: float, y: float) -> tuple[str, int]:
    for cell in frame.cells.values():
        base = frame.y(cell.line + 1) + _BASE
        at = (x - frame.x(cell.column)) / frame.form.pitch
        on_grid = abs(y - base) < _NEAR and abs(at - round(at)) < 0.05
        if on_grid and 0 <= round(at) < cell.characters:
            return cell.id, round(at)
    raise AssertionError(f"a character at {x:.1f}, {y:.1f} stands in no cell")
