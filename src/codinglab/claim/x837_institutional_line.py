"""The revenue lines of an 837I: loop 2400 with SV2, drug, providers and what others paid."""

from __future__ import annotations

from collections.abc import Iterator

from codinglab.claim.model import Claim, InstitutionalBill, Line
from codinglab.claim.parties import Role
from codinglab.claim.x837_benefits import paid_lines
from codinglab.claim.x837_block import Block, procedure, references
from codinglab.claim.x837_names import (
    PERSON,
)
from codinglab.claim.x837_professional_line import drug_block, service_date
from codinglab.claim.x837_providers import (
    Place,
    provider_blocks,
)
from codinglab.claim.x837_sent import without_date
from codinglab.x12.syntax import Segment, amount

RATE_CODE_REVENUE = frozenset({"0022", "0023", "0024"})
"""Revenue codes whose line has a HIPPS rate code and not a HCPCS code (SV202 qualifier HP).

Source: Medicare Claims Processing Manual, chapter 25, section 75.4 (FL 44).
"""

_PROVIDERS: tuple[tuple[Role, Place], ...] = (
    ("operating", Place("institutional", "2420A", "72", PERSON)),
    ("other operating", Place("institutional", "2420B", "ZZ", PERSON)),
    ("rendering", Place("institutional", "2420C", "82", PERSON)),
    ("referring", Place("institutional", "2420D", "DN", PERSON)),
)


def _service(line: Line) -> Segment:
    kind = "HP" if line.revenue_code in RATE_CODE_REVENUE else "HC"
    code = procedure(line.code, line.modifiers, line.description, kind)
    noncovered = "" if line.noncovered is None else amount(line.noncovered)
    return (
        *("SV2", line.revenue_code, code, amount(line.charge)),
        *(line.unit_kind, amount(line.units), "", noncovered),
    )


def _segments(line: Line, bill: InstitutionalBill, number: int) -> Iterator[Segment]:
    yield ("LX", str(number))
    yield _service(line)
    for one in line.attachments:
        yield ("PWK", one.kind, one.how, "", "", "AC" if one.control else "", one.control)
    if not without_date(line, bill):
        yield service_date(line)
    yield from references(("6R", line.control_number))


def line_blocks(claim: Claim, bill: InstitutionalBill) -> Iterator[Block]:
    """Yield loop 2400 of each line, numbered from 1."""
    paid = paid_lines(claim)
    for number, line in enumerate(claim.lines, 1):
        blocks = [] if line.drug is None else [drug_block(line.drug)]
        blocks += provider_blocks(line.providers, _PROVIDERS)
        blocks += paid.get(number, ())
        yield Block("2400", list(_segments(line, bill, number)), blocks)
