"""The frame of a letter to a patient as one plain HTML page: no scripts, nothing fetched.

Colours are the reader's own, light or dark; headings, captions and scopes are for those who listen.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: .5rem; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid; padding: .3rem .4rem; text-align: left; vertical-align: top; }
th { font-weight: normal; }
thead th, tr.total > * { font-weight: bold; }
.money { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 6rem; }
tr > :first-child:nth-last-child(3) { white-space: nowrap; width: 6rem; }
ul { margin: 0 0 1rem; padding-left: 1.2rem; }
section { break-inside: avoid; }
.training { border: 2px solid; font-weight: bold; padding: .3rem .6rem; }
.sum { font-size: 1.3rem; font-weight: bold; }
.slip { border-top: 2px dashed; margin-top: 2rem; }
.wide { overflow-x: auto; }
""".strip()


def items(told: Iterable[str]) -> str:
    """Return sentences as a list, blank where there are none."""
    found = "".join(f"<li>{escape(one)}</li>" for one in told)
    return f"<ul>{found}</ul>" if found else ""


def paragraphs(told: Iterable[str]) -> str:
    """Return each sentence as a paragraph."""
    return "\n".join(f"<p>{escape(one)}</p>" for one in told)


def table(
    caption: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]], *, total: bool = True
) -> str:
    """Return a table whose last column is money; the last row is a total where `total` says so."""
    names = tuple(heads)
    found = tuple(rows)
    last = len(names) - 1
    top = "".join(
        f'<th scope="col"{_money(at, last)}>{escape(name)}</th>' for at, name in enumerate(names)
    )
    body = []
    for place, row in enumerate(found):
        cells = f'<th scope="row">{escape(row[0])}</th>' + "".join(
            f"<td{_money(at, last)}>{escape(cell)}</td>" for at, cell in enumerate(row[1:], 1)
        )
        kind = ' class="total"' if total and place == len(found) - 1 else ""
        body.append(f"<tr{kind}>{cells}</tr>")
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}">'
        f"\n<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{top}</tr></thead>\n"
        f"<tbody>{''.join(body)}</tbody>\n</table>\n</div>"
    )


def _money(at: int, last: int) -> str:
    return ' class="money"' if at == last else ""


def page(title: str, training: str, body: Iterable[str]) -> str:
    """Return the document; `training` stands above and below what is said."""
    inside = "\n".join(one for one in body if one)
    mark = f'<p class="training">{escape(training)}</p>'
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f"{mark}\n{inside}\n</main>\n<footer>{mark}</footer>\n</body>\n</html>\n"
    )
