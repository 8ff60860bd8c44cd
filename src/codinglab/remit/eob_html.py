"""A remittance as one plain HTML page: no scripts, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from codinglab.remit.eob import Eob, EobClaim, EobRow, dollars, full_name
from codinglab.remit.eob_text import HEADS, money, reason_says

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: .5rem; }
caption { text-align: left; font-weight: bold; padding: .5rem 0; }
th, td { border: 1px solid; padding: .3rem .4rem; text-align: left; vertical-align: top; }
td.money, th.money { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
ul { margin: 0; padding-left: 1.2rem; }
section { break-inside: avoid; border-top: 2px solid; margin-top: 1.5rem; }
.wide { overflow-x: auto; }
""".strip()
_COLUMNS = ("service", *HEADS)
_WORDS = {
    "contract": "contract (CO, PI)",
    "refused": "refused (CO, PI)",
    "other": "other (OA, CR)",
    "patient": "patient (PR)",
}


def _list(items: Iterable[str]) -> str:
    found = "".join(f"<li>{escape(one)}</li>" for one in items)
    return f"<ul>{found}</ul>" if found else ""


def _why(row: EobRow) -> list[str]:
    return [reason_says(one) for one in row.reasons] + [
        f"{code}: {what}" for code, what in row.remarks
    ]


def _row(name: str, row: EobRow) -> str:
    cells = "".join(
        f'<td class="money">{"not told" if one is None else escape(dollars(one))}</td>'
        for one in money(row)
    )
    why = _list(_why(row))
    below = f'<tr><td colspan="{len(_COLUMNS)}">{why}</td></tr>' if why else ""
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>{below}'


def _name(row: EobRow) -> str:
    day = row.day.isoformat() if row.day else ""
    units = "" if row.units is None else f", units {row.units:f}"
    return f"{day} {row.code}".strip() + units


def _claim(claim: EobClaim, place: int) -> str:
    heads = "".join(
        f'<th scope="col"{"" if one == "service" else " class=" + chr(34) + "money" + chr(34)}>'
        f"{_WORDS.get(one, one)}</th>"
        for one in _COLUMNS
    )
    number = f", payer's number {claim.number}" if claim.number else ""
    title = f"Claim {claim.account}{number}"
    rows = "".join(_row(_name(one), one) for one in claim.rows) + _row("Whole claim", claim.whole)
    about = f"{claim.patient} {claim.member_id}".strip()
    return (
        f'<section aria-labelledby="claim-{place}">\n<h3 id="claim-{place}">{escape(title)}</h3>\n'
        f"<p>{escape(about)}: {escape(claim.status)}.</p>\n"
        f'<div class="wide" tabindex="0" role="region" aria-label="Money of claim '
        f'{escape(claim.account, quote=True)}">\n<table>\n<caption>What was charged, and who bears '
        f"it</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody>\n</table>\n</div>\n"
        f"<p><strong>{escape(claim.owes)}</strong></p>\n{_list(claim.notes)}\n</section>"
    )


def _set_off(eob: Eob) -> str:
    if not eob.set_off:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(one.reason)}</th><td>{escape(one.what)}</td>'
        f'<td>{escape(one.reference)}</td><td class="money">{escape(dollars(one.effect))}</td></tr>'
        for one in eob.set_off
    )
    return (
        "<section>\n<h3>Beside the claims</h3>\n<table>\n<caption>What raises or lowers the "
        'payment</caption>\n<thead><tr><th scope="col">reason</th><th scope="col">what</th>'
        '<th scope="col">reference</th><th scope="col" class="money">effect</th></tr></thead>\n'
        f"<tbody>{rows}</tbody>\n</table>\n</section>"
    )


def _balance(eob: Eob) -> str:
    if not eob.findings:
        return "<p>Every line, every claim and the payment balance.</p>"
    return "<h3>What does not balance</h3>\n" + _list(str(one) for one in eob.findings)


def as_html(eobs: Iterable[Eob]) -> str:
    """Return remittances as one HTML document, which a browser also prints."""
    told = list(eobs)
    said = []
    place = 0
    for eob in told:
        remittance = eob.remittance
        title = f"{remittance.payer.name} to {full_name(remittance.payee.name)}"
        words = f"<p>{escape(eob.words)}</p>\n" if eob.words else ""
        said.append(f"<h2>{escape(title)}</h2>\n<p>{escape(eob.paid)}</p>\n{words}{_balance(eob)}")
        for claim in eob.claims:
            place += 1
            said.append(_claim(claim, place))
        said.append(_set_off(eob))
    head = "Remittance advice, training copy"
    body = "\n".join(["<h1>Remittance advice</h1>", *(one for one in said if one)])
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{head}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{body}\n"
        f"</main>\n<footer><p>{head}.</p></footer>\n</body>\n</html>\n"
    )
