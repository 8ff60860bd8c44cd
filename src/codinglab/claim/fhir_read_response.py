"""A ClaimResponse or ExplanationOfBenefit of FHIR R4 to what a payer decided of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from codinglab.claim.adjudicated import Adjustment, Group, PaidLine, PriorPayment
from codinglab.claim.fhir_read_lines import dollars
from codinglab.claim.fhir_read_parties import missing, pick
from codinglab.claim.fhir_systems import (
    ABSENT_URL,
    ADJUDICATION,
    C4BB_ADJUDICATION,
    CARC,
    GROUP,
    RARC,
    SERVICES,
    own,
)
from codinglab.core.findings import Severity
from codinglab.encounter.fhir_node import LeftOut, Node
from codinglab.encounter.fhir_words import Coding, codings

_GROUPS: dict[str, Group] = {"CO": "CO", "PR": "PR", "OA": "OA", "PI": "PI", "CR": "CR"}
# CARC 1, 2 and 3 mean nothing else than these amounts of the patient
_PATIENT = {
    (ADJUDICATION, "deductible"): "1",
    (C4BB_ADJUDICATION, "coinsurance"): "2",
    (ADJUDICATION, "copay"): "3",
}
_MEDICARE = "https://bluebutton.cms.gov/resources/variables/"
_MEDICARE_KINDS = {
    "line_nch_pmt_amt": (ADJUDICATION, "benefit"),
    "rev_cntr_pmt_amt_amt": (ADJUDICATION, "benefit"),
    "line_sbmtd_chrg_amt": (ADJUDICATION, "submitted"),
    "line_bene_ptb_ddctbl_amt": (ADJUDICATION, "deductible"),
    "line_coinsrnc_amt": (C4BB_ADJUDICATION, "coinsurance"),
}
"""Fields of Medicare's claims in Blue Button, by which it names its categories."""
_TOTALS = frozenset(
    {
        (ADJUDICATION, "benefit"),
        (ADJUDICATION, "submitted"),
        (C4BB_ADJUDICATION, "memberliability"),
        (C4BB_ADJUDICATION, "noncovered"),
        (own("adjudication"), "units"),
    }
)


@dataclass(slots=True)
class Sums:
    """What a list of adjudications says: amounts by kind, and the adjustments."""

    amounts: dict[str, Decimal] = field(default_factory=dict)
    adjustments: list[Adjustment] = field(default_factory=list)
    shares: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def reasons(self) -> tuple[Adjustment, ...]:
        """Return the adjustments, those of the patient's share where no reason code is given."""
        return tuple(self.adjustments or self.shares)


def _says_unknown(answer: Node) -> bool:
    """Say whether the response says itself that its day is not known."""
    if "_created" not in answer.value:
        return False
    reasons = [one.raw("url") == ABSENT_URL for one in answer.one("_created").many("extension")]
    for one in answer.one("_created").many("extension"):
        one.raw("valueCode")
    return any(reasons)


def prior_payment(answer: Node, coverage: int) -> PriorPayment | None:
    """Return the payer's decision; None, with findings, where nothing was decided on a bill.

    `coverage` is the place of the policy in the claim, from 0.
    """
    _opening(answer)
    if not _is_decided(answer):
        return None
    payment = answer.one("payment")
    day = payment.day("date") or answer.day("created")
    payment.one("type"), answer.raw("created")
    items = answer.many("item")
    if day is None and (items or not _says_unknown(answer)):
        missing(answer, "created", "a payer's decision has a day", Severity.ERROR)
        return None
    numbers = _numbers(answer, items)
    lines = (
        [_line(answer, one, at, day) for at, one in zip(numbers, items, strict=True)] if day else []
    )
    whole = sums(answer, answer.many("adjudication"))
    totals = sums(answer, answer.many("total"))
    paid = _paid(answer, totals, dollars(payment.one("amount")), lines)
    if paid is None:
        missing(answer, "total", "nothing says what was paid", Severity.ERROR)
        return None
    _whole_balance(answer, paid, lines, whole.reasons)
    return PriorPayment(
        coverage,
        paid,
        day,
        tuple(lines),
        whole.reasons,
        next((one.text("value") for one in answer.many("identifier")), ""),
        totals.amounts.get("memberliability"),
        totals.amounts.get("noncovered"),
        tuple(whole.remarks),
    )


def _whole_balance(
    answer: Node, paid: Decimal, lines: list[PaidLine], found: tuple[Adjustment, ...]
) -> None:
    """Say where the payments of the lines less the claim's adjustments are not what was paid."""
    of_lines = sum((one.paid for one in lines), Decimal(0))
    taken = sum((one.amount for one in found), Decimal(0))
    if any(one.paid or one.adjustments for one in lines) and of_lines - taken != paid:
        answer.notes.say(
            "fhir.balance",
            f"{answer.place}.total",
            f"Paid is {paid}, but the lines are paid {of_lines} and the claim's own adjustments "
            f"take {taken}.",
            "Compare the remittance; one of the lines or adjustments is missing.",
            Severity.WARNING,
        )


def _opening(answer: Node) -> None:
    for key in ("status", "type", "use", "outcome", "disposition", "requestor", "insurer"):
        answer.raw(key)
    for key in ("type", "patient", "insurer", "requestor", "request", "claim", "provider"):
        if isinstance(answer.value.get(key), dict):
            answer.one(key).text("reference"), answer.one(key).text("display")
            list(codings(answer.one(key))) if key == "type" else None


def _is_decided(answer: Node) -> bool:
    use, outcome = answer.text("use"), answer.text("outcome")
    problem = ""
    if use in {"preauthorization", "predetermination"}:
        problem = f"answers a {use}, so nothing was billed or paid"
    elif outcome in {"queued", "error"}:
        problem = f"has the outcome {outcome}, so nothing was decided yet"
    elif answer.text("status") in {"cancelled", "entered-in-error", "draft"}:
        problem = f"has the status {answer.text('status')}"
    if problem:
        answer.notes.say(
            "fhir.undecided",
            answer.place,
            f"{answer.label} {problem}.",
            "Wait for the payer's decision on the claim itself; this one was left out.",
        )
    return not problem


def _numbers(answer: Node, items: list[Node]) -> list[int]:
    """Return the numbers of the lines; their order where the file repeats or lacks one."""
    given = [one.number("itemSequence") or one.number("sequence") for one in items]
    told = [int(one) for one in given if one is not None]
    if len(set(told)) == len(items):
        return told
    answer.notes.say(
        "fhir.repeated",
        f"{answer.place}.item",
        "Two lines have the same number, or one has none.",
        "They are numbered in their order; compare them with the claim.",
        Severity.WARNING,
    )
    return list(range(1, len(items) + 1))


def _line(answer: Node, one: Node, at: int, day: date) -> PaidLine:
    found = sums(answer, one.many("adjudication"))
    if "benefit" not in found.amounts and found.amounts:
        missing(one, "adjudication", "the line's payment (category benefit) is read as 0.00")
    charge = found.amounts.get("submitted")
    charge = dollars(one.one("net")) if charge is None else charge
    paid = found.amounts.get("benefit", Decimal(0))
    if charge is not None and found.amounts:
        _balance(one, charge, paid, found.reasons)
    code, modifiers, decided = _paid_by(one)
    return PaidLine(
        at,
        paid,
        _units(answer, one, found),
        code,
        decided or day,
        modifiers,
        found.reasons,
        found.amounts.get("memberliability"),
    )


def _units(answer: Node, one: Node, found: Sums) -> Decimal:
    units = found.amounts.get("units")
    if units is None and "quantity" in one.value:
        units = one.one("quantity").number("value")
    if units is None and answer.notes.once(f"units {answer.place}"):
        missing(one, "quantity", "the lines are read as one unit each")
    return Decimal(1) if units is None else units


def _balance(one: Node, charge: Decimal, paid: Decimal, found: Iterable[Adjustment]) -> None:
    taken = sum((each.amount for each in found), Decimal(0))
    if charge != paid + taken:
        one.notes.say(
            "fhir.balance",
            one.place,
            f"The charge {charge} is not the payment {paid} and the adjustments {taken}.",
            "A remittance balances line by line; ask the payer for the reasons that are missing.",
            Severity.WARNING,
        )


def _paid_by(one: Node) -> tuple[str, tuple[str, ...], date | None]:
    """Return code, modifiers and day by which a line was paid, from the item or its extensions."""
    known = sorted(SERVICES)
    code = pick(list(codings(one.one("productOrService"))), *known)
    modifiers = [pick(list(codings(each)), *known) for each in one.many("modifier")]
    day = None
    for each in one.many("extension"):
        url = str(each.value.get("url"))
        if url not in {own("adjudicated"), own("paid-code"), own("paid-modifier")}:
            continue
        each.raw("url")
        told = pick(list(codings(each.one("valueCodeableConcept"))), *known)
        if url == own("adjudicated"):
            day = each.day("valueDate")
        elif url == own("paid-code"):
            code = told
        else:
            modifiers.append(told)
    return code, tuple(each for each in modifiers if each), day


def _paid(
    answer: Node, totals: Sums, payment: Decimal | None, lines: list[PaidLine]
) -> Decimal | None:
    of_lines = sum((one.paid for one in lines), Decimal(0)) if lines else None
    told = [one for one in (totals.amounts.get("benefit"), payment) if one is not None]
    if len(set(told)) > 1:
        answer.notes.say(
            "fhir.balance",
            f"{answer.place}.payment",
            f"The total paid is {told[0]}, the payment {told[1]}.",
            "Ask the payer what else the payment settles; the total is used.",
            Severity.WARNING,
        )
    return told[0] if told else of_lines


def sums(answer: Node, entries: Iterable[Node]) -> Sums:
    """Return what adjudications or totals say; those that say something else are listed as left."""
    made, shares = Sums(), []
    for one in entries:
        found = list(codings(one.one("category")))
        one.one("category").raw("text")
        pairs = [_kind(each) for each in found]
        if not _amounts(made, one, pairs) and not _reasons(made, one, pick(found, GROUP)):
            shares.append((one, pairs))
    for one, pairs in shares:
        share = next((_PATIENT[pair] for pair in pairs if pair in _PATIENT), "")
        amount = dollars(one.one("amount"))
        if share and amount and not made.adjustments:
            made.shares.append(Adjustment("PR", share, amount))
        elif amount is not None:
            _inform(answer, one, ", ".join(code for _, code in pairs))
    if made.shares:
        _say_shares(answer)
    return made


def _kind(one: Coding) -> tuple[str, str]:
    """Return system and code of a category; Medicare's names of fields are read as HL7's."""
    field = one.code.removeprefix(_MEDICARE)
    return _MEDICARE_KINDS.get(field, (one.system, field))


def _amounts(made: Sums, one: Node, pairs: list[tuple[str, str]]) -> bool:
    """Add an amount that the payment needs, and say whether it was one."""
    kind = next((code for system, code in pairs if (system, code) in _TOTALS), "")
    value = one.number("value") if kind == "units" else dollars(one.one("amount"))
    if kind and value is None:
        where = "value" if kind == "units" else "amount"
        missing(one, where, f"{kind} is told without a number", Severity.ERROR)
    elif value is not None and kind and made.amounts.setdefault(kind, value) != value:
        _say_twice(one, kind, made.amounts[kind], value)
    return bool(kind)


def _say_twice(one: Node, kind: str, first: Decimal, other: Decimal) -> None:
    one.notes.say(
        "fhir.twice_told",
        one.place,
        f"The category {kind} stands twice, with {first} and with {other}; {first} is read.",
        "Ask the payer which one holds: a category stands once for a line and once for the whole.",
    )


def _reasons(made: Sums, one: Node, group: str) -> bool:
    """Add an adjustment or a remark, and say whether it was one."""
    why = list(codings(one.one("reason"))) if "reason" in one.value else []
    carc, remark = pick(why, CARC), pick(why, RARC)
    if remark:
        made.remarks.append(remark)
    if group or carc:
        adjustment = _adjustment(one, group, carc)
        made.adjustments += [adjustment] if adjustment else []
    return bool(group or carc or remark)


def _adjustment(one: Node, group: str, carc: str) -> Adjustment | None:
    amount = dollars(one.one("amount"))
    if group in _GROUPS and carc and amount is not None:
        return Adjustment(_GROUPS[group], carc, amount, one.number("value"))
    one.notes.say(
        "fhir.adjustment",
        one.place,
        f"An adjustment has group {group or 'none'}, reason {carc or 'none'} and amount {amount}.",
        "Each needs a group code (CO, PR, OA, PI, CR), a claim adjustment reason code and dollars; "
        "this one was left out.",
        Severity.ERROR if amount else Severity.WARNING,
    )
    return None


def _inform(answer: Node, one: Node, what: str) -> None:
    path = one.place.removeprefix(f"{answer.place}.")
    why = f"{what or 'an amount without a kind'} only informs; it is no adjustment"
    answer.notes.left.append(LeftOut(answer.type, answer.id, why, path))


def _say_shares(answer: Node) -> None:
    if answer.notes.once(f"shares {answer.place}"):
        answer.notes.say(
            "fhir.adjustment",
            answer.place,
            "Deductible, coinsurance or copayment is given without a reason code.",
            "It is read as PR 1, 2 or 3, which mean the same; compare the payer's remittance.",
            Severity.NOTE,
        )
