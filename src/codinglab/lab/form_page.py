"""A filled form as HTML: each box a link that tells its rule and its place in the 837."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from codinglab.claim.form_layout import PAGE, Area, Cell, Layout
from codinglab.claim.form_page import MARK, TRAINING, Page
from codinglab.core.findings import Finding
from codinglab.lab.form_boxes import about, box_of
from codinglab.widgets.form import FormView, script, style

Findings = dict[str, list[Finding]]


def form_html(
    pages: Sequence[Page], findings: Iterable[Finding] = (), name: str = "form", level: int = 2
) -> str:
    """Return the pages and what their boxes mean as HTML.

    `name` keeps its ids apart from others, and `level` is that of its heading.

    Raises ValueError without pages.
    """
    if not pages:
        raise ValueError("there is no page to show; fill a claim first")
    frame = pages[0].layout
    by_box: Findings = defaultdict(list)
    for one in findings:
        by_box[box_of(one)].append(one)
    drawn = "".join(_page(page, by_box, name) for page in pages)
    told = "".join(about(frame, box, by_box[box], name, level + 1) for box in frame.boxes)
    title = f"{frame.form.name}: {frame.form.title.lower()}"
    return (
        f"<h{level}>{escape(title)}</h{level}>"
        f"<p>{TRAINING}. Choose a box to see its rule and where the 837 carries it; the arrow keys "
        "go from box to box.</p>"
        f'<div class="clf-columns"><div class="clf-pages">{drawn}</div>'
        f'<aside class="clf-about" tabindex="0" aria-live="polite" aria-label="About the box">'
        f'<p class="clf-hint">No box is chosen yet.</p>{told}</aside></div>'
    )


def standalone(pages: Sequence[Page], findings: Iterable[Finding] = ()) -> str:
    """Return a whole HTML document that needs nothing beside it."""
    body = form_html(pages, findings, level=1)
    program = script().partition("export default")[0].replace("export function", "function")
    title = escape(f"{pages[0].layout.form.name}, {TRAINING.lower()}")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>body {{ margin: 0 }}\n{style()}</style></head>"
        f'<body><main class="clf clf-alone">{body}</main>'
        f"<script>\n{program}\nwire(document.querySelector('.clf'));\n</script></body></html>\n"
    )


def form_view(pages: Sequence[Page], findings: Iterable[Finding] = ()) -> FormView:
    """Return the form as a widget of a notebook."""
    return FormView(f'<div class="clf">{form_html(pages, findings)}</div>')


def _page(page: Page, findings: Findings, name: str) -> str:
    frame = page.layout
    texts = _by_area(page)
    number = f", page {page.number} of {page.of}" if page.of > 1 else ""
    parts = [_decoration(frame, area) for area in frame.areas if not area.box]
    parts += [
        _link(frame, area, texts[at], findings, name)
        for at, area in enumerate(frame.areas)
        if area.box
    ]
    parts += [_cell(frame, cell, page.texts.get(cell.id, "")) for cell in frame.cells.values()]
    parts.append(f'<div class="clf-training">{TRAINING}</div>')
    label = escape(f"{frame.form.name}{number}")
    return f'<div class="clf-page" role="group" aria-label="{label}">{"".join(parts)}</div>'


def _by_area(page: Page) -> dict[int, list[str]]:
    """Return what is typed in each area, by the place of its first character."""
    frame = page.layout
    found: dict[int, list[str]] = defaultdict(list)
    for cell in frame.cells.values():
        text = page.texts.get(cell.id, "")[: cell.characters]
        if not text:
            continue
        for at, area in enumerate(frame.areas):
            if area.box == cell.box and _holds(area, cell):
                found[at].append(cell.caption or "marked" if cell.mark else text)
                break
    return found


def _holds(area: Area, cell: Cell) -> bool:
    half = 0.5
    return (
        area.left - half <= cell.column + half < area.right
        and area.top - half <= cell.line < area.bottom
    )


def _placed(frame: Layout, left: float, top: float, right: float, bottom: float) -> str:
    """Return the style that puts something at these columns and lines, as shares of the page."""
    x, y = frame.x(left) - 2, PAGE[1] - frame.y(top)
    width, height = frame.x(right) - 2 - x, (bottom - top) * frame.form.leading
    return (
        f"left:{100 * x / PAGE[0]:.3f}%;top:{100 * y / PAGE[1]:.3f}%;"
        f"width:{100 * width / PAGE[0]:.3f}%;height:{100 * height / PAGE[1]:.3f}%"
    )


def _decoration(frame: Layout, area: Area) -> str:
    placed = _placed(frame, area.left, area.top, area.right, area.bottom)
    kind = {"shade": "clf-shade", "line": "clf-rule", "title": "clf-title"}[area.look]
    return f'<div class="{kind}" aria-hidden="true" style="{placed}">{escape(area.label)}</div>'


def _link(frame: Layout, area: Area, texts: Sequence[str], findings: Findings, name: str) -> str:
    box = frame.boxes[area.box]
    typed = ", ".join(texts)
    found = len(findings.get(area.box, ()))
    row = f", line {area.row}" if area.row else ""
    # The printed label comes first, so that who steers by voice can say what is seen.
    said = f"{area.label}. " if area.label else ""
    said += f"Box {area.box}{row}, {box.label}: {typed or 'nothing'}"
    said += f"; {found} finding{'' if found == 1 else 's'}" if found else ""
    placed = _placed(frame, area.left, area.top, area.right, area.bottom)
    look = "clf-box clf-found" if found else "clf-box"
    return (
        f'<a class="{look}" href="#{name}-{escape(area.box)}" data-box="{escape(area.box)}" '
        f'data-typed="{escape(typed)}" aria-label="{escape(said)}" style="{placed}">'
        f'<span aria-hidden="true">{escape(area.label)}</span></a>'
    )


def _cell(frame: Layout, cell: Cell, text: str) -> str:
    """Return the square of a mark, the typed text and the small caption of a cell."""
    parts = []
    size, pitch = frame.form.size, frame.form.pitch
    x, y = frame.x(cell.column), PAGE[1] - frame.y(cell.line)
    if cell.mark:
        placed = (
            f"left:{100 * (x - 0.6) / PAGE[0]:.3f}%;top:{100 * (y + 1.4) / PAGE[1]:.3f}%;"
            f"width:{100 * 8 / PAGE[0]:.3f}%;height:{100 * 9.2 / PAGE[1]:.3f}%"
        )
        parts.append(f'<div class="clf-mark" aria-hidden="true" style="{placed}"></div>')
    said = (MARK if cell.mark and text else text)[: cell.characters]
    if said:
        left = x + (cell.characters - len(said)) * pitch * cell.right
        top = y + frame.form.leading - size - 1.4
        parts.append(
            f'<div class="clf-typed" aria-hidden="true" style="left:{100 * left / PAGE[0]:.3f}%;'
            f"top:{100 * top / PAGE[1]:.3f}%;font-size:{100 * size / PAGE[0]:.3f}cqw;"
            f'letter-spacing:{100 * (pitch - 0.6 * size) / PAGE[0]:.3f}cqw">{escape(said)}</div>'
        )
    if cell.caption:
        parts.append(_caption(cell, x, y, pitch))
    return "".join(parts)


def _caption(cell: Cell, x: float, y: float, pitch: float) -> str:
    moved = ""
    if cell.caption_at == "right":
        x, y = x + cell.characters * pitch + 2, y + 4.5
    elif cell.caption_at == "left":
        x, y, moved = x - 2.2, y + 4.5, ";transform:translateX(-100%)"
    else:
        y -= 5.5
    placed = f"left:{100 * x / PAGE[0]:.3f}%;top:{100 * y / PAGE[1]:.3f}%{moved}"
    return (
        f'<div class="clf-small" aria-hidden="true" style="{placed}">{escape(cell.caption)}</div>'
    )
