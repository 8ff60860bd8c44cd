"""XML read line by line, so that an error names the line and no file is held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from codinglab.codes.importers.kind import Numbered
from codinglab.codes.importers.values import text
from codinglab.core.tables import BadData

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def elements(lines: Numbered, *tags: str) -> Iterator[tuple[int, Any]]:
    """Yield each finished element called one of `tags`, with the line at which it begins.

    An element is emptied once the next is asked for. Raises BadData when the text is not XML.
    """
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    line = 0
    try:
        for line, said in lines:
            # The lines are decoded already, whatever encoding the file declares.
            parser.feed(f"{_DECLARATION.sub('', said) if line == 1 else said}\n".encode())
            for _, element in parser.read_events():
                yield element.sourceline or line, element
                element.clear()
        parser.close()
    except etree.XMLSyntaxError as error:
        raise BadData(
            f"line {line}: not readable as XML ({error.msg}); download it again; nothing was "
            "imported"
        ) from None


def words(element: Any, leave_out: str = "") -> str:
    """Return the text of `element` and of what is in it, but for elements called `leave_out`."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element:
        if inner.tag != leave_out:
            parts.append(words(inner))
        parts.append(inner.tail or "")
    return text(" ".join(parts))
