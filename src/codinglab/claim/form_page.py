"""A filled page of a form: the text of each cell, as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from codinglab.claim.form_layout import FormName, Layout, layout
from codinglab.core.findings import Finding, Severity

TRAINING = "Training copy, not for submission"
MARK = "X"
_LAST_TYPED = 0xFF  # the fonts of every PDF reader end with Latin-1


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `texts` by cell, `number` of `of` pages, by the form in force on `day`."""

    form: FormName
    day: date
    texts: dict[str, str] = field(hash=False)
    number: int = 1
    of: int = 1

    @property
    def layout(self) -> Layout:
        """Return the form's layout."""
        return layout(self.form, self.day)

    def boxes(self) -> dict[str, list[str]]:
        """Return the cells that hold text, by box in the form's order."""
        cells = self.layout.cells
        found: dict[str, list[str]] = {box: [] for box in self.layout.boxes}
        for cell in cells.values():
            if self.texts.get(cell.id):
                found[cells[cell.id].box].append(cell.id)
        return {box: ids for box, ids in found.items() if ids}


def typed(text: str) -> str:
    """Return `text` as a form is typed: upper case, and one blank where there are several."""
    return " ".join(text.upper().split())


def fitting(page: Page) -> Iterator[Finding]:
    """Yield which texts are too long or cannot be typed, and which cells the form has not."""
    cells = page.layout.cells
    for name, text in page.texts.items():
        cell = cells.get(name)
        if cell is None:
            yield Finding(
                "form.no_such_cell",
                f"cell {name}",
                f"{page.layout.form.name} has no cell {name!r}.",
                "Use the cells that `codinglab claim form` lists.",
            )
            continue
        if odd := "".join(dict.fromkeys(one for one in text if ord(one) > _LAST_TYPED)):
            yield Finding(
                "form.letters",
                f"box {cell.box}",
                f"{text!r} has letters that cannot be typed: {odd}.",
                "Write them as the payer's card does, with letters from A to Z.",
                Severity.WARNING,
                page.layout.cite(cell.box),
            )
        if len(text) > cell.characters:
            yield Finding(
                "form.too_long",
                f"box {cell.box}",
                f"{text!r} has {len(text)} characters; the box holds {cell.characters}, and the "
                f"paper ends after {text[: cell.characters]!r}.",
                "Shorten it in a way that the payer knows; the 837 has more room.",
                Severity.WARNING,
                page.layout.cite(cell.box),
            )
