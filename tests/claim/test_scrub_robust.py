"""Whatever a claim holds, the scrubber answers with findings, and its 277CA keeps the guide."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import CLAIMS

from codinglab.claim.model import Claim
from codinglab.claim.parties import Name
from codinglab.claim.scrub import scrub
from codinglab.claim.scrub_text import as_text
from codinglab.claim.x277ca import Front, Submission, transaction, write
from codinglab.claim.x277ca_status import answers
from codinglab.claim.x277ca_text import read
from codinglab.x12.check import check
from codinglab.x12.envelope import Envelope

DAY = date(2026, 4, 1)
WHEN = datetime(2026, 4, 1, 9, 30)  # noqa: DTZ001  the wire tells no zone
BAD: dict[type, list[Any]] = {
    str: ["", "X", "*~:", "\u00e9\x00", "999", "  ", "A" * 90],
    date: [date(1, 1, 1), date.max, date(2015, 1, 1), date(2026, 9, 30), date(2027, 5, 1)],
    Decimal: [Decimal(0), Decimal(-1), Decimal("0.001"), Decimal(99_999_999)],
    int: [0, -1, 99],
}


def spoil(value: Any, data: st.DataObject) -> Any:
    """Return `value` with one thing in it made bad, its types kept."""
    if is_dataclass(value):
        one = data.draw(st.sampled_from(fields(value)))
        return replace(value, **{one.name: spoil(getattr(value, one.name), data)})
    if isinstance(value, tuple) and value:
        if isinstance(value[0], str) and is_dataclass(value[-1]):
            return (value[0], spoil(value[1], data))  # a role and its provider
        at = data.draw(st.integers(0, len(value)))
        return value[:-1] if at == len(value) else _at(value, at, data)
    if isinstance(value, bool):
        return not value
    return data.draw(st.sampled_from(BAD[type(value)])) if type(value) in BAD else value


def _at(value: tuple[Any, ...], at: int, data: st.DataObject) -> tuple[Any, ...]:
    return (*value[:at], spoil(value[at], data), *value[at + 1 :])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CLAIMS)), st.integers(1, 4), st.data())
def test_a_spoilt_claim_is_answered_and_never_an_error(
    name: str, times: int, data: st.DataObject
) -> None:
    claim: Claim = CLAIMS[name]
    for _ in range(times):
        claim = spoil(claim, data)
    report = scrub([claim], DAY)
    assert as_text(report)
    made = answers(report)
    sent = Submission(Name("Billing"), "SUB001", "BATCH7", DAY)
    one = transaction(Front("Payer", "TRNMB"), sent, made, when=WHEN, trace="T1")
    text = write(Envelope("TRNMB", "SUB001", WHEN, 7), [one])
    assert [str(each.as_finding()) for each in check(text)] == []
    (told,) = read(text)
    assert told.stage(DAY) == ("accepted" if made[0].accepted else "rejected")
