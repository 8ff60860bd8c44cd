"""Provider-level amounts (PLB): interest, capitation, recoupment, and what nobody knows yet."""

from __future__ import annotations

from datetime import date

from codinglab.accounts.journal import Entry, Kind, Ledger, Posting
from codinglab.accounts.post_rules import Rules
from codinglab.accounts.record import Note
from codinglab.remit.model import ProviderAdjustment, Remittance


def post_provider(
    remittance: Remittance, rules: Rules, day: date, source: str, number: str
) -> tuple[tuple[Entry, ...], tuple[Note, ...]]:
    """Return an entry for each provider adjustment, and a note where its reason has no ledger.

    A positive amount lowers the payment, so it takes cash; the other side stands on the reason's
    ledger, or in unapplied cash until somebody knows what it is. The reference is the entry's
    reason, so a balance that is carried forward and recovered can be followed.
    """
    by_number = {one.number: one.account for one in remittance.claims if one.number}
    entries: list[Entry] = []
    notes: list[Note] = []
    for at, one in enumerate(remittance.provider_adjustments, 1):
        rule = rules.provider.get(one.reason)
        ledger: Ledger = rule.ledger if rule else "unapplied cash"
        kind: Kind = rule.kind if rule else "deposit"
        account = by_number.get(one.reference, "")
        where = f"{source}, {one.reason} {one.reference}".rstrip()
        if rule is None:
            notes.append(_unknown(one, account, remittance.payer.payer_id, day, where))
        if one.amount:
            sides = (
                Posting(ledger, one.amount, account, payer=remittance.payer.payer_id),
                Posting("cash", -one.amount, account, payer=remittance.payer.payer_id),
            )
            reason = f"{one.reason} {one.reference}".rstrip()
            entries.append(Entry(f"{number}/plb.{at}", day, kind, where, sides, reason))
    return tuple(entries), tuple(notes)


def _unknown(one: ProviderAdjustment, account: str, payer: str, day: date, source: str) -> Note:
    return Note(
        day,
        "difference",
        account,
        "unknown provider adjustment",
        f"the payer set off {one.amount:.2f} for reason {one.reason} ({one.reference}); ask it "
        "what that is",
        source,
        payer=payer,
        amount=one.amount,
    )
