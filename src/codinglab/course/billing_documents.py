"""The papers of a billing case: `{{ documents.eob }}` in chart.md is one of them, as chart text.

Of a claim `claim` (its template's name) there are `claim` (the form, box by box) and `claim_837`;
of a payment `eob` there are `eob` (in plain words) and `eob_835`; of a deposit slip its name;
`ack` is the 277CA in plain words, `charges` and `ledger` are the practice's own books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from functools import partial

from codinglab.claim.form_fill import fill
from codinglab.claim.form_page import MARK, Page
from codinglab.claim.model import Claim
from codinglab.course import billing_advice, billing_ledger
from codinglab.course.billing_file import DepositRow
from codinglab.course.billing_made import DepositLine, Made
from codinglab.remit.x835 import write
from codinglab.x12.envelope import Envelope

FENCE = "```"
_NINE = time(9)


class Documents(Mapping[str, str]):
    """The documents by name, each made when it is asked for."""

    def __init__(self, made: Made) -> None:
        """Say which documents there are."""
        self._makers: dict[str, Callable[[], str]] = {}
        for name, claim in made.claims.items():
            self._makers[name] = partial(form, claim)
            self._makers[f"{name}_837"] = partial(wire_837, claim)
        for name, payment in made.payments.items():
            self._makers[name] = partial(billing_advice.advice, payment)
            self._makers[f"{name}_835"] = partial(wire_835, made, name)
        for name, (row, lines) in made.deposits.items():
            self._makers[name] = partial(slip, row, lines)
        if made.acknowledged:
            self._makers["ack"] = partial(acknowledgment, made)
        self._makers["charges"] = partial(billing_ledger.charges, made)
        self._makers["ledger"] = partial(billing_ledger.ledger, made)

    def __getitem__(self, name: str) -> str:
        """Return the text of a document; raises LookupError naming those there are."""
        if name not in self._makers:
            raise KeyError(f"no document {name}; there are {', '.join(self._makers)}")
        return self._makers[name]()

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._makers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._makers)


def box_text(page: Page, cells: list[str]) -> str:
    """Return what stands in the cells; a marked one is told by its name ("male")."""
    told = []
    for cell in cells:
        text = page.texts[cell]
        marked = page.layout.cells[cell].mark and text == MARK
        told.append(cell.rpartition(".")[2] if marked else text)
    return " ".join(told)


def boxes(page: Page) -> Iterator[tuple[str, str, str]]:
    """Yield each filled box: its name (24D.1 in line 1), what it is, and what stands there."""
    layout = page.layout
    for box, ids in page.boxes().items():
        for row in sorted({layout.cells[one].row for one in ids}):
            cells = [one for one in ids if layout.cells[one].row == row]
            yield (f"{box}.{row}" if row else box), layout.boxes[box].label, box_text(page, cells)


def form(claim: Claim) -> str:
    """Return the claim's paper form, box by box."""
    pages, _ = fill(claim)
    rows = ["| Box | What it holds | Typed |", "|---|---|---|"]
    rows += [f"| {box} | {label} | {text} |" for page in pages for box, label, text in boxes(page)]
    return f"{pages[0].layout.form.name}, training copy.\n\n" + "\n".join(rows)


def _envelope(sender: str, receiver: str, when: datetime) -> Envelope:
    return Envelope(sender[:15], receiver[:15], when, 1)


def fenced(text: str) -> str:
    """Return `text` as a block that is shown as it stands."""
    return f"{FENCE}\n{text.strip()}\n{FENCE}"


def wire_837(claim: Claim) -> str:
    """Return the claim as an 837."""
    from codinglab.claim.x837 import write as write_837
    from codinglab.claim.x837_batch import Batch

    when = datetime.combine(max(line.last or line.first for line in claim.lines), _NINE)
    payer, sender = claim.coverage.payer, claim.billing
    batch = Batch(
        *(sender.name, sender.npi, payer.name, payer.payer_id, claim.account, when),
        contact="Billing Office",
        phone="6145550100",
    )
    return fenced(write_837(_envelope(sender.npi, payer.payer_id, when), [(batch, [claim])]))


def wire_835(made: Made, name: str) -> str:
    """Return the payment `name` as an 835."""
    told = made.payments[name].remittance
    when = datetime.combine(told.made, _NINE)
    payee = told.payee.npi or told.payee.tax_id
    return fenced(write(_envelope(told.payer.payer_id, payee, when), [told]))


def slip(row: DepositRow, lines: tuple[DepositLine, ...]) -> str:
    """Return a deposit slip."""
    rows = [
        f"{row.bank}, deposited on {row.day}.",
        "",
        "| From | Number | Dollars |",
        "|---|---|---|",
    ]
    rows += [
        f"| [[{row.name.replace('_', '-')}-{at}|{one.sender} | {one.trace} | {one.amount:.2f}]] |"
        for at, one in enumerate(lines, 1)
    ]
    total = sum(one.amount for one in lines)
    return "\n".join([*rows, f"| Total | | [[{row.name.replace('_', '-')}-total|{total:.2f}]] |"])


def acknowledgment(made: Made) -> str:
    """Return in plain words what the front end answers to the case's claims."""
    from codinglab.claim.scrub import scrub
    from codinglab.claim.x277ca import Front, Submission, transaction
    from codinglab.claim.x277ca import write as write_ca
    from codinglab.claim.x277ca_status import answers
    from codinglab.claim.x277ca_text import as_text, read

    assert made.acknowledged is not None
    day, claims = made.acknowledged, list(made.claims.values())
    told = answers(scrub(claims, day))
    when = datetime.combine(day, _NINE)
    payer, sender = claims[0].coverage.payer, claims[0].billing
    sent = Submission(sender.name, sender.npi, claims[0].account, day)
    one = transaction(
        Front(payer.name, payer.payer_id),
        sent,
        told,
        when=when,
        trace=f"{when:%y%j}01",
        control="0001",
    )
    text = write_ca(_envelope(payer.payer_id, sender.npi, when), [one])
    last = {each.claim.account: each.last_day for each in told if each.last_day}
    return "\n".join(
        f"- {line.strip()}" for line in as_text(list(read(text.encode())), day, last).splitlines()
    )
