"""FL 50 to 65 of a UB-04 read: the policies in their ranks, and which payer is asked."""

from __future__ import annotations

from dataclasses import dataclass

from codinglab.claim.adjudicated import PriorPayment
from codinglab.claim.form_parse import read_last_first
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.form_ub04_policies import RANKS
from codinglab.claim.parties import Coverage, Payer, Person


@dataclass(frozen=True, slots=True)
class Payers:
    """The policies from rank A on, the place of the one that is asked, and what others paid."""

    coverages: tuple[Coverage, ...]
    to: int
    prior: tuple[PriorPayment, ...] = ()


def policies(sheet: Sheet) -> Payers:
    """Return what FL 50 to 65 tell.

    The form does not say who is asked: it is the first payer that has not paid yet.
    """
    ranks = [one for one in RANKS if sheet.text(f"50{one}") or sheet.text(f"60{one}")]
    if not ranks:
        return Payers((Coverage(Payer("", ""), "", ""),), 0)
    if ranks != list(RANKS[: len(ranks)]):
        sheet.say(
            "rank",
            f"50{ranks[-1]}",
            f"payers stand in {' and '.join(ranks)}, with a rank left out between them.",
            "Write the first payer in A, the second in B, the third in C.",
        )
    sheet.note(
        "kind_not_told",
        "50A",
        "the form does not tell the kind of each payer.",
        "Add the claim filing indicator (2000B and 2320 SBR09) before the claim goes on the wire.",
    )
    told = {one: sheet.money(f"54{one}") for one in ranks}
    paid = {rank: amount for rank, amount in told.items() if amount is not None}
    for rank in paid:
        sheet.note(
            "decided",
            f"54{rank}",
            "the form tells what this payer paid, not when, nor why it paid less.",
            "Take its reasons from the remittance (2320 CAS, 2330B DTP) for the wire.",
        )
    unpaid = [at for at, one in enumerate(ranks) if one not in paid]
    to = unpaid[0] if unpaid else len(ranks) - 1
    prior = tuple(PriorPayment(ranks.index(rank), amount, None) for rank, amount in paid.items())
    return Payers(tuple(_policy(sheet, one) for one in ranks), to, prior)


def _policy(sheet: Sheet, rank: str) -> Coverage:
    release, assigned = sheet.text(f"52{rank}"), sheet.text(f"53{rank}")
    if release not in {"Y", "I"}:
        sheet.say(
            "release", f"52{rank}", f"{release!r} is neither Y nor I; Y is taken.", "Write one."
        )
    if assigned not in {"Y", "N", "W"}:
        sheet.say(
            "assigned", f"53{rank}", f"{assigned!r} is none of Y, N, W; Y is taken.", "Write one."
        )
    name = sheet.text(f"58{rank}")
    relationship = sheet.text(f"59{rank}")
    same = relationship == "18" or name == sheet.text("8b")
    return Coverage(
        Payer(sheet.text(f"50{rank}"), sheet.text(f"51{rank}")),
        sheet.text(f"60{rank}"),
        "",
        relationship,
        None if same or not name else Person(read_last_first(name)),
        group_number=sheet.text(f"62{rank}"),
        group_name=sheet.text(f"61{rank}"),
        assigned="N" if assigned == "N" else "W" if assigned == "W" else "Y",
        release="I" if release == "I" else "Y",
    )
