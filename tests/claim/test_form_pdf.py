"""The PDF read back: every text in its own cell, the same bytes, the same picture."""

import hashlib
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from made_claims import CLAIMS, claim
from read_pdf import characters, typed_cells

from codinglab.claim.form_fill import fill
from codinglab.claim.form_page import TRAINING
from codinglab.claim.form_pdf import as_pdf
from codinglab.claim.form_read import read

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "forms"
PRINTED = date(2026, 4, 1)
PICTURED = ("drug in the office", "auto accident", "inpatient", "outpatient hospital")
DPI = 50


def cut(page) -> dict[str, str]:
    """What the paper shows of a page: texts longer than their cell end with it."""
    cells = page.layout.cells
    return {name: text[: cells[name].characters].strip() for name, text in page.texts.items()}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_pdf_holds_each_text_in_the_rectangle_of_its_cell(name: str) -> None:
    pages, _ = fill(claim(name), PRINTED)
    pdf = as_pdf(pages)
    for at, page in enumerate(pages):
        assert typed_cells(pdf, page.layout, at) == cut(page)


def test_the_pages_of_a_long_claim_hold_their_own_lines() -> None:
    pages, _ = fill(claim("60 lines"))
    pdf = as_pdf(pages)
    for at in (0, 4, 9):
        assert typed_cells(pdf, pages[at].layout, at) == cut(pages[at])


def test_the_first_letter_of_a_name_stands_at_line_11_column_1_of_the_typewriter() -> None:
    pages, _ = fill(claim("office visit"))
    document = pdfium.PdfDocument(as_pdf(pages))
    places = [
        (x, y) for text, font, x, y in characters(document, 0) if font == "Courier" and text == "Q"
    ]
    # Column 1 begins at 18 points; the lower edge of line 11 is 792 - 11 x 12 = 660, and type
    # stands 3 above it. The second Q is that of QW: column 33 is 18 + 32 x 7.2 = 248.4, and line
    # 46 ends at 792 - 552 = 240.
    assert [(round(x, 1), round(y, 1)) for x, y in places] == [(18.0, 663.0), (248.4, 243.0)]


@pytest.mark.parametrize("name", ["60 lines", "inpatient"])
def test_every_page_says_above_and_below_that_it_is_a_training_copy(name: str) -> None:
    pages, _ = fill(claim(name))
    document = pdfium.PdfDocument(as_pdf(pages))
    for at in range(len(pages)):
        text = document[at].get_textpage().get_text_range()
        assert text.count(TRAINING) == 2


def test_the_same_claim_gives_the_same_bytes() -> None:
    pages, _ = fill(claim("office visit"))
    digests = {hashlib.sha256(as_pdf(pages)).hexdigest() for _ in range(3)}
    assert len(digests) == 1


def test_the_file_has_no_clock_and_no_chance_in_it() -> None:
    pdf = as_pdf(fill(claim("office visit"))[0])
    assert b"/CreationDate (D:20000101000000+00'00')" in pdf


@pytest.mark.parametrize("name", ["office visit", "auto accident", "outpatient hospital"])
def test_a_claim_read_back_from_its_pdf_is_the_claim_of_its_cells(name: str) -> None:
    pages, _ = fill(claim(name), PRINTED)
    pdf = as_pdf(pages)
    texts = [typed_cells(pdf, page.layout, at) for at, page in enumerate(pages)]
    form = pages[0].form
    assert read(form, texts, PRINTED)[0] == read(form, [cut(one) for one in pages], PRINTED)[0]


@pytest.mark.parametrize("name", PICTURED)
def test_a_page_looks_as_it_did(name: str) -> None:
    import numpy as np
    from PIL import Image

    pages, _ = fill(claim(name), PRINTED)
    drawn = pdfium.PdfDocument(as_pdf(pages))[0].render(scale=DPI / 72, grayscale=True).to_pil()
    kept = Image.open(GOLDEN / f"{name.replace(' ', '-')}.png")
    assert drawn.size == kept.size == (425, 550)
    apart = np.abs(np.asarray(drawn.convert("L"), int) - np.asarray(kept.convert("L"), int))
    # Renderers differ by shades at the edges of a stroke; a moved line or text differs by more.
    assert (apart > 96).mean() < 0.0001


def test_both_forms_stand_in_one_file_each_with_its_own_frame() -> None:
    both = (*fill(claim("telehealth"))[0], *fill(claim("outpatient hospital"))[0])
    pdf = as_pdf(both)
    for at, page in enumerate(both):
        assert typed_cells(pdf, page.layout, at) == cut(page)
    texts = [pdfium.PdfDocument(pdf)[at].get_textpage().get_text_range() for at in (0, 1)]
    assert ["Professional claim" in text for text in texts] == [True, False]


def test_no_page_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="no page to draw"):
        as_pdf([])
