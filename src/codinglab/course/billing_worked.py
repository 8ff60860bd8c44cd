"""Statements of a key that are worked out: `worked: post OV1001.1` beside a key's `say:`.

    post OV1001.1          post OV1001          post all
    cas OV1001.1 OA-23
    bill OV1001
    box 24D.1
    sum deposit = total of eob - PLB-WO of eob
    refund OV1001 TRN01 = paid of again

`of eob` at the end names a payment (or, of a box, a claim) where the case has several. What a near
miss says begins with `but`: `but allowed`, and another way to a sum with `=`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from codinglab.claim.form_fill import fill
from codinglab.core.tables import BadData
from codinglab.course.billing_documents import boxes
from codinglab.course.billing_made import Made, Payment
from codinglab.course.billing_measure import worked_sum
from codinglab.remit.model import RemitClaim, RemitLine

_SHAPE = re.compile(r"(\w+) (.+?)(?: of ([a-z][a-z0-9_]*))?(?: but ([\w ]+))?")
_SUM = re.compile(r"(sum [A-Za-z0-9.-]+|refund [A-Z0-9-]+ [A-Z0-9]+) = (.+)")
ALL = "all"


def singles(text: str, made: Made) -> tuple[str, ...]:
    """Return what `text` stands for: `post all` and `post OV1001` are one statement a line.

    Raises BadData for what the case does not have.
    """
    verb, about, of, but = _read(text)
    if verb != "post" or "." in about:
        return (text,)
    more = f" but {but}" if but else ""
    found = [
        f"post {claim.account}.{at} of {payment.row.name}{more}"
        for payment in made.named(of)
        for claim in payment.remittance.claims
        if about in {ALL, claim.account}
        for at in range(1, len(claim.lines) + 1)
    ]
    if not found:
        raise BadData(f"worked {text!r}: no payment tells of {about}")
    if len(set(found)) != len(found):
        raise BadData(f"worked {text!r}: a claim stands there twice; write the statements out")
    return tuple(found)


def worked(text: str, made: Made) -> str | None:
    """Return the statement that `text` asks for; None where there is none (nobody owes anything).

    Raises BadData for what cannot be worked out, naming what the case has.
    """
    if found := _SUM.fullmatch(text):
        amount = worked_sum(found[2], made)
        nothing = found[1].startswith("refund ") and not amount
        return None if nothing else f"{found[1]} {amount:.2f}"
    verb, about, of, but = _read(text)
    if verb not in _VERBS:
        raise BadData(f"worked {text!r}: begin with one of {', '.join((*_VERBS, 'sum NAME ='))}")
    try:
        return _VERBS[verb](about, of, but, made)
    except BadData as error:
        raise BadData(f"worked {text!r}: {error}") from None


def label(single: str) -> str:
    """Return by what a single statement is told from its like: account and line."""
    return _read(single)[1]


def _read(text: str) -> tuple[str, str, str, str]:
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise BadData(f"worked {text!r} is not understood; write it like: post OV1001.1 of eob")
    return found[1], found[2], found[3] or "", found[4] or ""


def _the_claim(account: str, of: str, made: Made) -> tuple[Payment, RemitClaim]:
    told = [(one, found) for one in made.named(of) if (found := one.claim(account))]
    if not told:
        raise BadData(f"no payment tells of {account}")
    return told[-1]


def _the_line(about: str, of: str, made: Made) -> RemitLine:
    account, _, number = about.partition(".")
    told = [one for one in made.named(of) if one.claim(account)]
    if len(told) > 1:
        names = ", ".join(one.row.name for one in told)
        raise BadData(
            f"several payments tell of {account} ({names}); name one: of {told[0].row.name}"
        )
    _, claim = _the_claim(account, of, made)
    if not number.isdigit() or not 0 < int(number) <= len(claim.lines):
        raise BadData(f"{account} has lines 1 to {len(claim.lines)}; write one after a point")
    return claim.lines[int(number) - 1]


def _post(about: str, of: str, but: str, made: Made) -> str:
    line = _the_line(about, of, made)
    share = sum((one.amount for one in line.adjustments if one.group == "PR"), Decimal(0))
    paid = {"allowed": line.paid + share, "charge": line.charge}.get(but, line.paid)
    groups = {"written off": {"PR": "CO"}, "billed": {"CO": "PR"}}
    if but and but not in {"allowed", "charge", *groups}:
        raise BadData("a posting has: but allowed, but charge, but written off, but billed")
    turned: Mapping[str, str] = groups.get(but, {})
    said = [
        f"{turned.get(one.group, one.group)}-{one.carc} {one.amount:.2f}"
        for one in line.adjustments
    ]
    return " ".join([f"post {about} paid {paid:.2f}", *said])


def _cas(about: str, of: str, but: str, made: Made) -> str:
    where, _, code = about.partition(" ")
    group, _, carc = code.partition("-")
    line = _the_line(where, of, made)
    found = [one.amount for one in line.adjustments if (one.group, one.carc) == (group, carc)]
    if not found or but:
        told = ", ".join(f"{one.group}-{one.carc}" for one in line.adjustments)
        raise BadData(f"line {where} has the adjustments {told or 'none'}; a cas has no but")
    return f"cas {where} {code} {sum(found, Decimal(0)):.2f}"


def _bill(about: str, of: str, but: str, made: Made) -> str | None:
    payment, told = _the_claim(about, of, made)
    own = made.claim_of(about)
    who, amount = "PATIENT", told.patient_share
    if own is not None:
        ids = [one.payer.payer_id for one in own.coverages]
        at = ids.index(payment.remittance.payer.payer_id)
        who = ids[at + 1] if at + 1 < len(ids) else who
    if not amount:
        return None
    if but == "balance":
        amount = told.charge - told.paid
    elif but == "charge":
        amount = told.charge
    elif but.startswith("to "):
        who = but.removeprefix("to ").upper()
    elif but:
        raise BadData("a bill has: but balance, but charge, but to PATIENT (or a payer's id)")
    return f"bill {about} {who} {amount:.2f}"


def _box(about: str, of: str, but: str, made: Made) -> str:
    if but:
        raise BadData("a box has no but; write the near miss out")
    claims = made.claims if not of else {of: made.claims[of]} if of in made.claims else {}
    if len(claims) != 1:
        raise BadData(f"name the claim: of {' or of '.join(made.claims)}")
    (claim,) = claims.values()
    for page in fill(claim)[0]:
        entries = dict(_entries(boxes(page)))
        entries |= {
            cell.upper(): text for cell, text in page.texts.items() if cell.upper() not in entries
        }
        if about.upper() in entries:
            return f"box {about} {entries[about.upper()]}".strip()
    return f"box {about}"


def _entries(told: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    for box, _, text in told:
        yield box.upper(), text


_VERBS: Mapping[str, Callable[[str, str, str, Made], str | None]] = {
    "post": _post,
    "cas": _cas,
    "bill": _bill,
    "box": _box,
}
