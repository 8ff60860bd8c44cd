"""What one kernel knows of its trainee's work: the cases opened, and the worksheets written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from codinglab.core.tables import BadData
from codinglab.course.variants import Variant, variant
from codinglab.course.worksheet import first_line

JOURNAL = "journal.jsonl"  # travels with the notebook when the folder is submitted


@dataclass(slots=True)
class Desk:
    """The state of a notebook's session; `folder` is the notebook's own."""

    folder: Path
    variants: dict[str, int] = field(default_factory=dict)
    worksheets: dict[str, str] = field(default_factory=dict)

    def open(self, slug: str, number: int) -> Variant:
        """Put variant `number` of the case `slug` on the desk; raises BadData if there is none."""
        opened = variant(slug, number)
        self.variants[slug] = number
        return opened

    def opened(self, slug: str) -> Variant:
        """Return the variant on the desk; raises BadData when the case is not there."""
        if slug not in self.variants:
            on_desk = ", ".join(self.variants) or "none yet: run the cells from the top"
            raise BadData(f"the case {slug!r} is not open in this notebook; open: {on_desk}")
        return variant(slug, self.variants[slug])

    def write(self, line: str, body: str) -> Variant:
        """Keep the worksheet `body` under the magic's argument `line`.

        Raises BadData when the line is not wholly a case's name, or names another variant.
        """
        named = first_line(f"%%worksheet {line}".rstrip())
        if named is None:
            raise BadData(
                f"'%%worksheet {line}' must name one case and nothing else, "
                "such as '%%worksheet diabetes-kidney-follow-up'"
            )
        slug, number = named
        opened = self.opened(slug)
        if number not in {None, opened.number}:
            raise BadData(
                f"this notebook asks for variant {opened.number}, not {number}, of {slug}"
            )
        self.worksheets[slug] = body
        return opened

    def note(self, event: dict[str, object]) -> None:
        """Append `event` to the journal beside the notebook, one JSON object a line."""
        with (self.folder / JOURNAL).open("a", encoding="utf-8") as file:
            file.write(json.dumps(event, sort_keys=True) + "\n")
