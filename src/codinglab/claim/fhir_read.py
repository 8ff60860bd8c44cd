"""A Claim of FHIR R4 to a claim of this lab, with findings and a list of what was left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.fhir_read_bill import accident, diagnoses, stay
from codinglab.claim.fhir_read_information import Told, told
from codinglab.claim.fhir_read_lines import dollars, line
from codinglab.claim.fhir_read_parties import address, coverage, home, missing, person, provider
from codinglab.claim.fhir_read_response import prior_payment
from codinglab.claim.fhir_slots import AMBULANCE, CLAIM, DATES
from codinglab.claim.model import Ambulance, Claim, Kind, ProfessionalDates
from codinglab.claim.parties import Address, Coverage, Payer, Person, Provider
from codinglab.core.findings import Finding, Severity
from codinglab.encounter.fhir_bundle import Bundle, read_bundle
from codinglab.encounter.fhir_node import LeftOut, Node
from codinglab.encounter.fhir_people import place
from codinglab.encounter.fhir_words import codings

_KINDS: dict[str, Kind] = {"professional": "professional", "institutional": "institutional"}


@dataclass(frozen=True, slots=True)
class FhirClaim:
    """A claim that was read; `claim` is None where what a claim cannot do without is missing.

    `ids` are the claims of the file, by which one is chosen; `chosen` says whether one was.
    """

    ids: tuple[str, ...]
    chosen: bool = False
    claim: Claim | None = None
    created: date | None = None
    left: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_claim(source: str | bytes | Path, wanted: str = "") -> FhirClaim:
    """Return the claim with the id `wanted`, or the only one, of a FHIR file, text or bytes.

    Raises NotFhir where the file is not FHIR JSON, FileNotFoundError where there is none.
    """
    bundle = read_bundle(source)
    known = bundle.of("Claim")
    chosen = _choose(bundle, known, wanted)
    made = _claim(bundle, bundle.use(chosen)) if chosen else None
    created = chosen.day("created") if chosen else None
    for one in bundle.resources:
        if not bundle.is_used(one):
            bundle.leave(one, "is not named by the claim" if chosen else "no claim was chosen")
    left = bundle.all_left("the claim")
    return FhirClaim(
        tuple(one.id for one in known),
        chosen is not None,
        made,
        created,
        left,
        tuple(bundle.notes.findings),
    )


def _choose(bundle: Bundle, known: list[Node], wanted: str) -> Node | None:
    found = [one for one in known if one.id == wanted.removeprefix("Claim/")] if wanted else known
    if len(found) == 1:
        return found[0]
    message = f"{len(found)} claims" if found else f"no claim{' ' if wanted else ''}{wanted}"
    ids = ", ".join(one.id or one.place for one in known)
    bundle.notes.say(
        "fhir.claim",
        "Bundle.entry",
        f"The file holds {message}.",
        f"Name one of these by its id: {ids}." if known else "Choose a file with a Claim in R4.",
    )
    return None


def _claim(bundle: Bundle, one: Node) -> Claim | None:
    kind = _kind(one)
    if kind is None or not _is_bill(one):
        return None
    facts = told(bundle, one)
    patient, billing = _patient(bundle, one), _billing(bundle, one)
    policies, to, prior = _insurance(bundle, one)
    listed, places, extra = diagnoses(bundle, one, kind)
    lines = tuple(found for each in one.many("item") if (found := line(each, facts, places)))
    bill = stay(one, facts, extra) if kind == "institutional" else None
    if patient is None or billing is None or not policies or not lines:
        _not_whole(one, patient, billing, policies, lines)
        return None
    made = Claim(
        kind,
        _account(one),
        patient,
        policies,
        billing,
        listed,
        lines,
        to=to,
        providers=facts.providers(),
        bill=bill,
        accident=accident(one),
        prior=prior,
        **_rest(bundle, one, facts),
    )
    _total(one, made)
    return replace(made, dates=ProfessionalDates(**facts.facts(DATES)))


def _not_whole(one: Node, *parts: Any) -> None:
    names = ("patient", "provider", "insurance", "item")
    absent = [name for name, part in zip(names, parts, strict=True) if not part]
    one.notes.say(
        "fhir.claim",
        one.place,
        f"No claim can be made of it without {', '.join(absent)}.",
        "See the findings on these elements, mend them and read the file again.",
    )


def _kind(one: Node) -> Kind | None:
    codes = [each.code for each in codings(one.one("type"))]
    found = next((_KINDS[code] for code in codes if code in _KINDS), None)
    if found is None:
        one.notes.say(
            "fhir.claim",
            f"{one.place}.type",
            f"The claim is of the type {', '.join(codes) or 'none'}.",
            "This lab reads professional and institutional claims.",
        )
    return found


def _is_bill(one: Node) -> bool:
    use, status = one.text("use"), one.text("status")
    list(codings(one.one("priority")))
    if use == "claim" and status == "active":
        return True
    one.notes.say(
        "fhir.claim",
        f"{one.place}.{'use' if use != 'claim' else 'status'}",
        f"Its use is {use or 'not given'} and its status {status or 'not given'}.",
        "Only an active claim with the use claim is a bill.",
    )
    return False


def _patient(bundle: Bundle, one: Node) -> Person | None:
    found = bundle.take(one, one.one("patient"))
    if found is None or found.type != "Patient":
        missing(one, "patient", "a claim is about somebody")
        return None
    return person(found)


def _billing(bundle: Bundle, one: Node) -> Provider | None:
    found = _provider(bundle, one, one.one("provider"))
    if found is None:
        missing(one, "provider", "somebody is to be paid")
    return found


def _provider(bundle: Bundle, one: Node, reference: Node) -> Provider | None:
    found = bundle.take(one, reference)
    if found is not None and found.type == "PractitionerRole":
        found = bundle.take(home(one, found), found.one("practitioner"))
    if found is None or found.type not in {"Practitioner", "Organization", "Location"}:
        return None
    return provider(found)


def _account(one: Node) -> str:
    found = one.many("identifier")
    ranked = [
        each for each in found if "AN" in {kind.code for kind in codings(each.one("type"))}
    ] or found
    if not ranked:
        missing(one, "identifier", "a payment is matched by the patient's account number")
    return ranked[0].text("value") if ranked else ""


def _insurance(
    bundle: Bundle, one: Node
) -> tuple[tuple[Coverage, ...], int, tuple[PriorPayment, ...]]:
    entries = sorted(one.many("insurance"), key=lambda each: each.number("sequence") or 0)
    focal = [at for at, each in enumerate(entries) if each.flag("focal")]
    if entries and len(focal) != 1:
        missing(one, "insurance.focal", "the claim is read as sent to the first policy")
    policies, prior = [], []
    for at, each in enumerate(entries):
        reference = each.one("coverage")
        found = bundle.take(one, reference)
        if found is None:
            missing(each, "coverage", "the policy is known by its words alone")
            policies.append(Coverage(Payer(reference.text("display"), ""), "", ""))
        else:
            policies.append(coverage(bundle, one, found))
        if "claimResponse" in each.value and (
            answer := bundle.take(one, each.one("claimResponse"))
        ):
            prior += [paid] if (paid := prior_payment(answer, at)) else []
    if not entries:
        missing(one, "insurance", "a claim is sent to a payer")
    return tuple(policies), focal[0] if len(focal) == 1 else 0, tuple(prior)


def _rest(bundle: Bundle, one: Node, facts: Told) -> dict[str, Any]:
    """Return the fields that have an element of their own, and those of supportingInfo."""
    made = facts.facts(CLAIM)
    for path, usual in (("frequency", "1"), ("accepts", "A"), ("signature_on_file", "true")):
        if path not in made:
            _say_usual(one, path, usual)
    where = bundle.take(one, one.one("facility")) if "facility" in one.value else None
    trip = facts.facts(AMBULANCE)
    return made | {
        "original_reference": _original(one),
        "pay_to": _pay_to(bundle, one),
        "facility": provider(where) if where else None,
        "ambulance": _ambulance(one, trip) if trip else None,
        "authorization": next(_authorizations(one), ""),
        "referral": _referral(one.one("referral")),
    }


def _referral(found: Node) -> str:
    found.raw("type")
    return found.one("identifier").text("value")


def _say_usual(one: Node, path: str, usual: str) -> None:
    one.notes.say(
        "fhir.usual",
        f"{one.place}.supportingInfo",
        f"The claim does not say its {path.replace('_', ' ')}; it is read as {usual}.",
        "Check it before the claim is sent.",
        Severity.NOTE,
    )


def _original(one: Node) -> str:
    for each in one.many("related"):
        list(codings(each.one("relationship")))
        each.one("claim").raw("type")
        if found := each.one("claim").one("identifier").text("value"):
            return found
    return ""


def _pay_to(bundle: Bundle, one: Node) -> Address | None:
    payee = one.one("payee")
    list(codings(payee.one("type")))
    found = bundle.take(one, payee.one("party")) if payee else None
    if found is None:
        return None
    found.raw("name")
    return address(place(found.many("address")))


def _ambulance(one: Node, trip: dict[str, Any]) -> Ambulance | None:
    absent = {"reason", "miles", "pick_up", "drop_off"} - set(trip)
    if absent:
        missing(one, "supportingInfo", f"an ambulance trip lacks {', '.join(sorted(absent))}")
        return None
    return Ambulance(**{"conditions": (), **trip})


def _authorizations(one: Node) -> Iterator[str]:
    entries = one.many("insurance")
    for each in entries:
        if each.flag("focal") or len(entries) == 1:
            yield from each.texts("preAuthRef")


def _total(one: Node, made: Claim) -> None:
    period = one.one("billablePeriod")
    period.raw("start"), period.raw("end")
    total = dollars(one.one("total"))
    if total is not None and total != made.total:
        one.notes.say(
            "fhir.balance",
            f"{one.place}.total",
            f"The total is {total}, the lines add up to {made.total}.",
            "Correct the total, or see which line was left out.",
        )
