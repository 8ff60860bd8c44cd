"""Providers: who must be named on a professional claim, and in which role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.rules import role_needed
from codinglab.claim.scrub_facts import (
    CLAIM,
    has_role,
    kind_of,
    lines,
    missing,
    named,
    place_of,
)
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said, Sent, claim_edit
from codinglab.core.findings import Severity


@claim_edit(
    "provider.rendering-missing",
    "provider",
    "biller",
    4,
    source="CMS-1500 item 24J; 837P 2310B",
    at="2310B; 2420A",
    kinds=("professional",),
    answer="A6 562 82",
    built=("claim.rendering",),
)
def rendering(sent: Sent, day: date) -> Iterator[Said]:
    """A group says which of its practitioners did the work.

    A practice has an NPI of its own, but visits and procedures are made by a person. Suppliers,
    laboratories and ambulances bill as organizations and name none. A practitioner in solo
    practice, who bills alone, is not named again.
    """
    claim = sent.claim
    if claim.billing.name.is_person or has_role(claim, "rendering"):
        return
    for place, line in lines(claim):
        by_hand = on_list("hands of a person", kind_of(line), day)
        if by_hand and not named(line, "rendering"):
            yield missing(place, "Who did the work", "Name the rendering provider with NPI.")


@claim_edit(
    "provider.ordering-missing",
    "provider",
    "biller",
    4,
    source="42 CFR 424.507 and 410.61; Medicare Claims Processing Manual ch. 26 s. 10.4 item 17",
    at="2310A; 2420E; 2420F",
    kinds=("professional",),
    answer="A6 562 DN",
    built=("claim.ordering",),
)
def ordering(sent: Sent, day: date) -> Iterator[Said]:
    """Medicare wants to know who ordered tests, imaging and equipment, or certified a therapy.

    Referring (DN) or ordering (DK), with an NPI and enrolled in Medicare. A physician who does the
    own order is named here too. The reading of a film alone (26) needs none. Lines of therapy are
    known by GN, GO and GP.
    """
    claim = sent.claim
    if any(role in {"referring", "ordering"} for role, _ in claim.providers):
        return
    for place, line in lines(claim):
        asked = role_needed(kind_of(line), claim.coverage.filing, line.modifiers, day)
        specimen = on_list("no CLIA number", line.code, day)
        if asked and not specimen and not named(line, "referring", "ordering"):
            did = "ordered" if asked.role == "ordering" else "certified the plan of therapy for"
            yield missing(place, f"Who {did} {line.code}", "Name the practitioner with NPI.")


@claim_edit(
    "facility.missing",
    "provider",
    "biller",
    4,
    source="CMS-1500 item 32; Medicare Claims Processing Manual ch. 26 s. 10.4 item 32; 837P 2310C",
    at="2310C",
    kinds=("professional",),
)
def facility(sent: Sent, day: date) -> Iterator[Said]:
    """A service in a hospital or another facility names the facility.

    The billing provider's address is not where the service was, and the price follows the place.
    """
    claim = sent.claim
    places = {place_of(claim, line) for line in claim.lines}
    there = sorted(one for one in places if on_list("facility place", one, day))
    if there and claim.facility is None:
        yield Said(
            CLAIM,
            f"The place of service is {', '.join(there)}, and no facility is named.",
            "Name it with address and NPI.",
            Severity.WARNING,
        )


EDITS = (rendering, ordering, facility)
