"""Chart text to HTML: headings, lists, tables, paragraphs and marked evidence, all escaped.

The charts use a small part of Markdown, so a small reader of our own keeps a Markdown library,
and every way of smuggling HTML through one, out of the lab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

_MARK = re.compile("\u27e6(/|[^\u27e6\u27e7]+)\u27e7")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![*\w])")
_CODE = re.compile(r"`([^`\n]+)`")
_SENTENCE_END = re.compile(r"[.:;!?)][\u27e6/\u27e7]*$")
_HEADING = re.compile(r"(#{1,4})\s+(.+)")
_BULLET = re.compile(r"\s*([-*])\s+(.+)")
_NUMBER = re.compile(r"\s*(\d+)[.)]\s+(.+)")
_FENCED = re.compile(r"^```[ \t]*\n(.*?)\n?^```[ \t]*$", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"[|:\s]*-[-|:\s]*")
# A document's title is the page's second level, so its first heading is the third.
_FIRST_LEVEL = 3
_BREAK = "\u2028"  # a line separator; no chart holds one


class _Inline:
    """Writes pieces of text; an evidence span that runs over several pieces is closed in each."""

    def __init__(self) -> None:
        self._open = ""

    def __call__(self, text: str) -> str:
        bold = _BOLD.sub(r"<strong>\1</strong>", self.plain(text))
        return _CODE.sub(r"<code>\1</code>", _ITALIC.sub(r"<em>\1</em>", bold))

    def plain(self, text: str) -> str:
        parts = _MARK.split(text)
        pieces = [self._piece(parts[0])]
        for name, after in zip(parts[1::2], parts[2::2], strict=True):
            self._open = "" if name == "/" else name
            pieces.append(self._piece(after))
        return "".join(pieces)

    def _piece(self, text: str) -> str:
        if not self._open or not text:
            return escape(text)
        return f'<span data-evidence="{escape(self._open)}">{escape(text)}</span>'


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _HEADING.fullmatch(line.strip()):
        return "heading"
    if line.lstrip().startswith("|"):
        return "table"
    if _BULLET.fullmatch(line):
        return "ul"
    return "ol" if _NUMBER.fullmatch(line) else "paragraph"


def _joined(text: str) -> Iterator[str]:
    """Yield the lines, each list item with the lines that continue it, paragraphs as they are."""
    held = ""
    for line in text.splitlines():
        if held and _kind(line) == "paragraph":
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
        held = line if _kind(line) in ("ul", "ol") else ""
        if not held:
            yield line
    if held:
        yield held


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for kind, lines in groupby(_joined(text), key=_kind):
        if kind == "heading":
            yield from ((kind, [line]) for line in lines)
        elif kind != "blank":
            yield kind, list(lines)


def _heading(lines: list[str], inline: _Inline) -> str:
    found = _HEADING.fullmatch(lines[0].strip())
    assert found is not None
    level = min(6, _FIRST_LEVEL + max(0, len(found[1]) - 2))
    return f"<h{level}>{inline(found[2])}</h{level}>"


def _list(kind: str, lines: list[str], inline: _Inline) -> str:
    found = [(_BULLET if kind == "ul" else _NUMBER).fullmatch(line) for line in lines]
    items = [(one[1], one[2]) for one in found if one is not None]
    # A list that a table interrupts goes on counting where the chart does.
    start = f' start="{int(items[0][0])}"' if kind == "ol" and items[0][0] != "1" else ""
    return f"<{kind}{start}>{''.join(f'<li>{inline(text)}</li>' for _, text in items)}</{kind}>"


def _row(line: str, cell: str, inline: _Inline) -> str:
    texts = line.strip().strip("|").split("|")
    scope = ' scope="col"' if cell == "th" else ""
    return (
        "<tr>"
        + "".join(f"<{cell}{scope}>{inline(one.strip())}</{cell}>" for one in texts)
        + "</tr>"
    )


def _table(lines: list[str], inline: _Inline) -> str:
    headed = len(lines) > 1 and _RULE.fullmatch(lines[1].strip())
    head = f"<thead>{_row(lines[0], 'th', inline)}</thead>" if headed else ""
    body = "".join(_row(line, "td", inline) for line in lines[2 if headed else 0 :])
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _block(kind: str, lines: list[str], inline: _Inline) -> str:
    if kind == "heading":
        return _heading(lines, inline)
    if kind == "table":
        return _table(lines, inline)
    if kind in ("ul", "ol"):
        return _list(kind, lines, inline)
    return f"<p>{inline(_broken(lines)).replace(_BREAK, '<br>')}</p>"


def _broken(lines: list[str]) -> str:
    """Join the lines of a paragraph, and keep the breaks that end a sentence.

    A face sheet has one entry a line, while a narrative runs on.
    """
    said = [line.strip() for line in lines]
    ends = [_BREAK if _SENTENCE_END.search(line) else " " for line in said[:-1]]
    return "".join(text + end for text, end in zip(said, [*ends, ""], strict=True))


def to_html(text: str) -> str:
    """Return `text` as HTML in which every character of the text is escaped.

    It knows headings (`## `), lists (`- `, `1. `), tables of `|` cells, `**bold**`, `*italic*`,
    words between backticks and paragraphs parted by an empty line, with a break where a line ends a
    sentence. Text between the private marks U+27E6, name, U+27E7 and their end mark becomes a
    `span` with `data-evidence`, over block borders too. What stands between two lines of three
    backticks is shown as it stands.
    """
    inline = _Inline()
    made = []
    for at, piece in enumerate(_FENCED.split(text)):
        if at % 2:  # it may be wider than the page, so the keyboard must be able to scroll it
            made.append(f'<pre tabindex="0">{inline.plain(piece)}</pre>')
        else:
            made += [_block(kind, lines, inline) for kind, lines in _blocks(piece)]
    return "\n".join(made)
