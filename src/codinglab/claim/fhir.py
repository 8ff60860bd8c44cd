"""Claims and payers' answers in FHIR R4: what a program of this lab needs of it.

`claim_resource` writes a claim, `read_claim` reads one, `read_answers` reads what payers decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.fhir_read import FhirClaim, read_claim
from codinglab.claim.fhir_read_response import prior_payment
from codinglab.claim.fhir_write import claim_resource, to_json
from codinglab.core.findings import Finding, Severity
from codinglab.encounter.fhir_bundle import Bundle, read_bundle
from codinglab.encounter.fhir_node import LeftOut, Node

__all__ = [
    "Answer",
    "FhirAnswers",
    "FhirClaim",
    "claim_resource",
    "read_answers",
    "read_claim",
    "to_json",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """A payer's answer: its resource and `id`, the claim it answers, and the decision.

    `claim` is the reference or number by which the payer names the claim. `payment` is None where
    nothing was decided on a bill; the findings say why.
    """

    resource: str
    id: str
    claim: str
    payment: PriorPayment | None


@dataclass(frozen=True, slots=True)
class FhirAnswers:
    """The payers' answers of a file, what was left, and what was noticed."""

    answers: tuple[Answer, ...]
    left: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]


def read_answers(source: str | bytes | Path, coverage: int | None = None) -> FhirAnswers:
    """Return every ClaimResponse and ExplanationOfBenefit of a FHIR file, text or bytes.

    `coverage` is the place in the claim, from 0, of the policy that the payer decided on; None
    takes it from the answer, with a finding where the answer does not say it. Raises NotFhir where
    the file is not FHIR JSON, FileNotFoundError where there is none.
    """
    bundle = read_bundle(source)
    found = bundle.of("ClaimResponse", "ExplanationOfBenefit")
    answers = tuple(_answer(bundle.use(one), coverage) for one in found)
    for one in bundle.resources:
        if not bundle.is_used(one):
            bundle.leave(one, "is no payer's answer")
    if not found:
        _none(bundle)
    return FhirAnswers(answers, bundle.all_left("the answer"), tuple(bundle.notes.findings))


def _none(bundle: Bundle) -> None:
    bundle.notes.say(
        "fhir.answer",
        "the file",
        "It holds no payer's answer that can be read.",
        "Choose a file with a ClaimResponse or an ExplanationOfBenefit in FHIR R4.",
    )


def _answer(one: Node, coverage: int | None) -> Answer:
    place = _focal(one) if coverage is None else coverage
    payment = prior_payment(one, place)
    reference = one.one("request" if one.type == "ClaimResponse" else "claim")
    told = reference.text("reference") or reference.one("identifier").text("value")
    return Answer(one.type, one.id, told, payment)


def _focal(one: Node) -> int:
    entries = one.many("insurance")
    for each in entries:
        each.one("coverage").text("reference"), each.one("coverage").text("display")
    focal = [at for at, each in enumerate(entries) if each.flag("focal")]
    if len(focal) == 1:
        return focal[0]
    one.notes.say(
        "fhir.usual",
        f"{one.place}.insurance",
        f"{one.label} does not say which policy it was decided on; it is read as the first.",
        "Say which one, counted from 0 as in the claim.",
        Severity.NOTE,
    )
    return 0
