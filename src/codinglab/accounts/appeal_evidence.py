"""What goes with an appeal: sentences of the chart, policies, proof of receipt, other papers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from codinglab.accounts.denial_open import dated
from codinglab.claim.x277ca_text import Told
from codinglab.core.tables import BadData, Row
from codinglab.encounter.chart import Chart
from codinglab.x12.reading import Source

EvidenceKind = Literal[
    "chart",
    "operative note",
    "policy",
    "literature",
    "receipt",
    "authorization",
    "emergency",
    "other payer",
    "eligibility",
    "contract",
    "corrected line",
]
"""What a piece of evidence shows.

A policy is a coverage rule that the record meets, a receipt shows when the payer took the claim,
other payer is its remittance or its letter that coverage ended.
"""


class Evidence(Row):
    """One enclosure: its kind, the `name` by which it is found, what it says, and where it is from.

    `day` is the day that it speaks of: of receipt, of the authorization, of the note. `number` is
    one that it gives: an authorization's, a payer's.
    """

    kind: EvidenceKind
    name: str
    text: str
    source: str
    day: date | None = None
    number: str = ""


class Justification(Row):
    """A file of evidence for one denial, as a biller or a case gives it.

    `spans` name sentences of a chart. `argument` is what the writer adds in own words.
    """

    evidence: tuple[Evidence, ...] = ()
    spans: tuple[str, ...] = ()
    argument: str = ""
    signer: str = ""
    title: str = ""


def from_chart(chart: Chart, names: Iterable[str]) -> tuple[Evidence, ...]:
    """Return the sentences of `chart` called `names`, each as evidence.

    Raises BadData for a name that the chart has not.
    """
    found = []
    for name in names:
        spans = chart.evidence(name)
        if not spans:
            known = ", ".join(sorted(chart.evidence_names)) or "none"
            raise BadData(f"the chart marks no sentence {name!r}; it marks {known}")
        found += [
            Evidence(kind="chart", name=name, text=text, source=title) for title, text in spans
        ]
    return tuple(found)


def receipts(source: Source, account: str) -> tuple[Evidence, ...]:
    """Return the proof of every 277CA in `source` that the payer took claim `account`.

    The day is that of the answer (BHT04). Raises NotX12, NoGuide, and NotInForce.
    """
    return tuple(proof for day, one in dated(source) for proof in from_277ca([one], account, day))


def from_277ca(told: Iterable[Told], account: str, day: date) -> tuple[Evidence, ...]:
    """Return the proof that the payer took claim `account`: its 277CA of `day`; nothing if none.

    Only a claim accepted into adjudication (A2) counts; that a file was received (999, A1) does
    not show that the claim was. Raises NotInForce for a day without tables.
    """
    return tuple(
        Evidence(
            kind="receipt",
            name=f"277CA of {day}",
            text=f"claim {account} was accepted into adjudication, payer's number "
            f"{one.payer_number or 'not given'}",
            source=f"277CA (005010X214), status {one.statuses[0]}",
            day=day,
            number=one.payer_number,
        )
        for one in told
        if one.account == account and one.stage(day) == "accepted"
    )
