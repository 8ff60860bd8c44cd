"""A claim form in a notebook whose boxes tell what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

_FOLDER = Path(__file__).parent


def script() -> str:
    """Return the program of the form's page, a module that exports `wire(root)`."""
    return (_FOLDER / "form.js").read_text("utf-8")


def style() -> str:
    """Return the style sheet of the form's page."""
    return (_FOLDER / "form.css").read_text("utf-8")


class FormView(anywidget.AnyWidget):
    """The pages of a form as HTML, which is sent once a page is open and never saved."""

    _esm = script()
    _css = style()

    def __init__(self, html: str) -> None:
        """Build the widget; display it as the last line of a cell."""
        super().__init__()
        self._html = html
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: dict[str, Any], _buffers: object) -> None:
        if message.get("kind") == "open":
            self.send({"kind": "page", "html": self._html})
