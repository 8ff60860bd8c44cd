"""The 277CA (005010X214): a front end's answer to each claim of a batch.

It says which claims were taken into adjudication and which were refused, with a reason. A refused
claim was never received: it has no remittance and no appeal, and the filing clock runs on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from codinglab.claim.model import Claim, Line
from codinglab.claim.parties import Name, Provider
from codinglab.claim.scrub_facts import first_day, has_payer, last_day
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca_status import ClaimAnswer, LineAnswer
from codinglab.x12.envelope import Envelope, Transaction, wrap
from codinglab.x12.npi import is_npi
from codinglab.x12.syntax import Element, Segment, amount, clock, days
from codinglab.x12.syntax import day as written
from codinglab.x12.values import EARLIEST

GUIDE = "005010X214"
NO_TRACE = "0"
"""The trace of a provider, to whom the 837 gives none."""

UNKNOWN = "00"
"""What stands for a number or name that the claim does not tell, or that cannot be written."""

_LAST, _FIRST, _MIDDLE, _SUFFIX, _NUMBER, _TRACE = 60, 35, 25, 10, 80, 50  # characters at most

_CODE, _MODIFIER = 48, 2
_MARKS = str.maketrans("", "", "*:~^")
_TAKEN, _REFUSED = "WQ", "U"
_IN_ONE = 3  # statuses that one STC holds, in its 1st, 10th and 11th element
_PERSON, _ORGANIZATION = "1", "2"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Front:
    """Who answers: a payer (PR) or a clearinghouse (AY), by its number and the number's kind.

    `qualifier` is PI (payer's number), 46 (electronic), FI (tax number) or XV (plan id).
    """

    name: str
    number: str
    kind: Literal["PR", "AY"] = "PR"
    qualifier: Literal["PI", "46", "FI", "XV"] = "PI"


@dataclass(frozen=True, slots=True)
class Submission:
    """The 837 that is answered: its submitter, the submitter's number, and its own (BHT03)."""

    submitter: Name
    submitter_id: str
    reference: str
    received: date


class _Levels:
    def __init__(self) -> None:
        self.last = 0

    def next(self, above: int, level: str, child: str = "1") -> Segment:
        self.last += 1
        return ("HL", str(self.last), str(above or ""), level, child)


def _plain(text: str, most: int) -> str:
    """Return `text` without what cannot be written, cut to `most` characters."""
    kept = "".join(one for one in text if one.isascii() and one.isprintable())
    return kept.translate(_MARKS).strip()[:most].strip()


def _named(entity: str, name: Name, qualifier: str, number: str, kind: str = "") -> Segment:
    return (
        *("NM1", entity, kind or (_PERSON if name.is_person else _ORGANIZATION)),
        *(_plain(name.last, _LAST) or UNKNOWN, _plain(name.first, _FIRST)),
        *(_plain(name.middle, _MIDDLE), "", _plain(name.suffix, _SUFFIX)),
        *(qualifier, _number(number)),
    )


def _number(text: str) -> str:
    """Return an identifier, which has two characters at least."""
    found = _plain(text, _NUMBER)
    return found if len(found) >= len(UNKNOWN) else UNKNOWN


def _status(one: StatusAnswer) -> Element:
    return (one.category, one.code, one.entity)


def _stc(statuses: Sequence[StatusAnswer], day: str, action: str, charge: str) -> Iterator[Segment]:
    """Yield STC segments for `statuses`, three in each."""
    for at in range(0, len(statuses), _IN_ONE):
        first, *more = map(_status, statuses[at : at + _IN_ONE])
        rest: tuple[Element, ...] = ("", "", "", "", "", *more) if more else ()
        yield ("STC", first, day, action, charge, *rest)


def _charges(answers: Iterable[ClaimAnswer]) -> Decimal:
    return sum((one.claim.total for one in answers), _ZERO)


def _totals(answers: Sequence[ClaimAnswer], taken: str, refused: str) -> Iterator[Segment]:
    """Yield how many claims were taken and refused, and then their charges."""
    groups = (
        (taken, "YU", [one for one in answers if one.accepted]),
        (refused, "YY", [one for one in answers if not one.accepted]),
    )
    yield from (("QTY", code, str(len(same))) for code, _, same in groups if same)
    yield from (("AMT", code, amount(_charges(same))) for _, code, same in groups if same)


def _body(
    front: Front, submission: Submission, answers: Sequence[ClaimAnswer], when: datetime, trace: str
) -> Iterator[Segment]:
    levels, today = _Levels(), written(when.date())
    received = StatusAnswer("A1", "19", front.kind)
    yield ("BHT", "0085", "08", trace, today, clock(when), "TH")
    yield levels.next(0, "20")
    yield _named(front.kind, Name(front.name), front.qualifier, front.number)
    yield ("TRN", "1", trace)
    yield ("DTP", "050", "D8", written(submission.received))
    yield ("DTP", "009", "D8", today)
    yield levels.next(1, "21", "1" if answers else "0")
    yield _named("41", submission.submitter, "46", submission.submitter_id)
    yield ("TRN", "2", submission.reference)
    yield from _stc((received,), today, _TAKEN, amount(_charges(answers)))
    yield from _totals(answers, "90", "AA")
    for provider, same in _by_provider(answers):
        yield levels.next(2, "19")
        above = levels.last
        yield _named("85", provider.name, *_provider_number(provider))
        yield ("TRN", "1", NO_TRACE)
        yield from _stc((received,), "", _TAKEN, amount(_charges(same)))
        yield from _totals(same, "QA", "QC")
        for one in same:
            yield levels.next(above, "PT", "")
            yield from _claim(one, today)


def _by_provider(
    answers: Sequence[ClaimAnswer],
) -> Iterator[tuple[Provider, list[ClaimAnswer]]]:
    groups: dict[Provider, list[ClaimAnswer]] = {}
    for one in answers:
        groups.setdefault(one.claim.billing, []).append(one)
    yield from groups.items()


def _provider_number(provider: Provider) -> tuple[str, str]:
    """Return the NPI, or the tax number where there is none that could be one."""
    if is_npi(provider.npi):
        return "XX", provider.npi
    return "FI", provider.tax_id or UNKNOWN


def _claim(one: ClaimAnswer, today: str) -> Iterator[Segment]:
    claim = one.claim
    member = claim.coverage.member_id.strip() if has_payer(claim) else ""
    yield _named("QC", claim.patient.name, "MI", member, _PERSON)
    yield ("TRN", "2", _plain(claim.account, _TRACE) or UNKNOWN)
    action = _TAKEN if one.accepted else _REFUSED
    yield from _stc(one.statuses, today, action, amount(claim.total))
    if one.number:
        yield ("REF", "1K", one.number)
    if claim.bill:
        yield ("REF", "BLT", _plain(f"{claim.bill.bill_type[1:]}{claim.frequency}", _TRACE))
    yield _service_days(claim, today)
    for line in one.lines:
        yield from _line(claim.lines[line.line - 1], line, today)


def _service_days(claim: Claim, today: str) -> Segment:
    """Return the days of service, which must be there: of a claim without any, that of the answer.

    Also where a day is of no century that the wire can tell.
    """
    first, last = first_day(claim), last_day(claim)
    if first is None or last is None or first.year < EARLIEST:
        return ("DTP", "472", "D8", today)
    return _days("472", first, max(first, last))


def _days(qualifier: str, first: date, last: date) -> Segment:
    if first == last:
        return ("DTP", qualifier, "D8", written(first))
    return ("DTP", qualifier, "RD8", days(first, last))


def _line(line: Line, answer: LineAnswer, today: str) -> Iterator[Segment]:
    """Yield a refused line: its service, its statuses without amount, and its number and day."""
    revenue = line.revenue_code
    marks = (_plain(one, _MODIFIER) for one in line.modifiers[:4])
    service: Element = ("HC", _plain(line.code, _CODE) or UNKNOWN, *(one for one in marks if one))
    if not line.code and revenue:
        service, revenue = ("NU", _plain(revenue, _CODE) or UNKNOWN), ""
    yield (
        "SVC",
        service,
        amount(line.charge),
        "",
        _plain(revenue, _CODE),
        "",
        "",
        amount(line.units),
    )
    first, *more = map(_status, answer.statuses)
    rest: tuple[Element, ...] = ("", "", "", "", "", "", *more) if more else ()
    yield ("STC", first, today, _REFUSED, *rest)
    yield ("REF", "FJ", _plain(line.control_number, _TRACE) or str(answer.line))
    if line.first.year >= EARLIEST:
        yield _days("472", line.first, max(line.last or line.first, line.first))


def transaction(  # noqa: PLR0913  what an answer must be told
    front: Front,
    submission: Submission,
    answers: Sequence[ClaimAnswer],
    *,
    when: datetime,
    trace: str,
    control: str = "0001",
) -> Transaction:
    """Return the answer to one 837 as a transaction.

    `when` is the time of processing, `trace` the front end's own number of the answer, `control`
    the transaction's (ST02).
    """
    return Transaction("277", GUIDE, control, list(_body(front, submission, answers, when, trace)))


def write(envelope: Envelope, transactions: Iterable[Transaction]) -> str:
    """Return the interchange of the answers; raises CannotWrite when a value cannot be carried."""
    return wrap(envelope, transactions)
