"""Draw the small pictures in tests/golden/forms again, after a wanted change; look at each.

Run with

    python scripts/draw_golden_forms.py
"""

import sys
from pathlib import Path

import pypdfium2 as pdfium

from codinglab.claim.form_fill import fill
from codinglab.claim.form_pdf import as_pdf

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "claim"))


def main() -> None:
    """Write one PNG for each pictured claim."""
    from made_claims import claim
    from test_form_pdf import DPI, GOLDEN, PICTURED, PRINTED

    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in PICTURED:
        pages, _ = fill(claim(name), PRINTED)
        page = pdfium.PdfDocument(as_pdf(pages))[0]
        target = GOLDEN / f"{name.replace(' ', '-')}.png"
        page.render(scale=DPI / 72, grayscale=True).to_pil().save(target, optimize=True)
        print(target)


if __name__ == "__main__":
    main()
