"""What the books keep beside the journal: visits, remittances posted, what was held, the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Literal

from codinglab.accounts.journal import Entry

NoteKind = Literal[
    "charged",
    "posted",
    "denied",
    "to the next payer",
    "reversed",
    "difference",
    "quarantined",
    "released",
    "overpayment",
    "by hand",
    "patient",
]


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One service line of a visit: `line` counts from 1, `charge` is in dollars.

    A line `withdrawn` by a corrected claim is charged no more.
    """

    line: int
    code: str
    charge: Decimal
    day: date
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    control_number: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A visit whose charges stand in the journal.

    `number` is the patient control number; `patient` names the patient ("Lovelace, Ada
    1970-05-01"), so that the visits of one person can be added up. `payers` are the identifiers
    of the payers from primary to tertiary and `filings` their claim filing indicators; there are
    none where the patient pays alone. `opened` is the day on which the charges were entered.
    """

    number: str
    opened: date
    patient: str
    lines: tuple[AccountLine, ...]
    payers: tuple[str, ...] = ()
    filings: tuple[str, ...] = ()

    @property
    def charge(self) -> Decimal:
        """Return the total charge, in dollars."""
        return sum((one.charge for one in self.charged), Decimal(0))

    @property
    def charged(self) -> tuple[AccountLine, ...]:
        """Return the lines that are charged: those that no corrected claim has withdrawn."""
        return tuple(one for one in self.lines if not one.withdrawn)

    def payer_at(self, place: int) -> str:
        """Return the payer at `place` (0 the primary), blank where there is none so far down."""
        return self.payers[place] if place < len(self.payers) else ""


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the account trail, which only grows.

    `account` is blank where it concerns no visit, `reason` is one of few names ("unknown claim"),
    `text` a sentence for a reader, `source` the remittance or the hand it came from, `who` the
    person, blank where it was the program. `amount` is what it is about, in dollars.
    """

    day: date
    kind: NoteKind
    account: str
    reason: str
    text: str
    source: str = ""
    who: str = ""
    payer: str = ""
    line: int | None = None
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PostedClaim:
    """One claim of a remittance that was posted.

    `source` is that of its entries. `content` is what the payer said, so that a reversal can be
    compared with it. `reverses` is the source of the posting that it undid.
    """

    source: str
    account: str
    payer: str
    status: str
    number: str
    content: str
    reverses: str = ""


@dataclass(frozen=True, slots=True)
class PostedRemittance:
    """A remittance that the books have taken: the payer's `origin`, the `trace`, the `total`.

    `digest` tells its content, `paid_on` is the payer's day, `posted` that of the books.
    """

    origin: str
    trace: str
    total: Decimal
    digest: str
    payer: str
    method: str
    paid_on: date
    posted: date


@dataclass(frozen=True, slots=True)
class Held:
    """What was kept apart: a claim of a remittance, or (`account` blank, `place` 0) all of it.

    `number` is unique. `reason` is one of the names of `quarantine.REASONS`, `text` says more.
    `amount` is the money that waits in unapplied cash, 0 where none was entered. `content` is the
    remittance with that claim alone, or whole, as it came.
    """

    number: str
    day: date
    reason: str
    text: str
    origin: str
    trace: str
    payer: str
    account: str
    place: int
    amount: Decimal
    content: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What is written at once: all of it or nothing.

    `corrected` are accounts of the books whose lines a corrected claim has changed.
    """

    entries: tuple[Entry, ...] = ()
    accounts: tuple[Account, ...] = ()
    corrected: tuple[Account, ...] = ()
    notes: tuple[Note, ...] = ()
    claims: tuple[PostedClaim, ...] = ()
    remittances: tuple[PostedRemittance, ...] = ()
    held: tuple[Held, ...] = ()
    released: tuple[str, ...] = ()


def joined(batches: Iterable[Batch]) -> Batch:
    """Return `batches` as one, in their order."""
    every = tuple(batches)
    return Batch(
        *(
            tuple(chain.from_iterable(getattr(one, each.name) for one in every))
            for each in fields(Batch)
        )
    )
