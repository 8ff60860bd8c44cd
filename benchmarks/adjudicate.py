"""How fast a payer decides on claims, and how fast the decisions become an 835.

Run with

    python benchmarks/adjudicate.py [CLAIMS]

The claims are those of a made practice: 2,500 people of seven payers, lines of visits, tests,
x-rays, shots and small procedures, every claim of a person on another day, so that pairs, unit
limits, global packages, deductibles and earlier claims all count.
"""

import sys
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "claim"))
CLAIMS, PEOPLE = 10_000, 2_500
FIRST = date(2026, 1, 5)
WHEN = datetime(2026, 12, 30, 9, 30)  # noqa: DTZ001  no zone on the wire
PAYERS = ("TRNMB", "TRN01", "TRN02", "TRN03", "TRNMC", "TRN06", "TRN07")
VISITS = (
    (("E11.9",), ("99214 210", "83036-QW 28.50", "36415 9")),
    (("I10",), ("99213 150", "80061 42", "36415 9")),
    (("M17.11",), ("99213-25 150", "20610-RT 140", "J3301 20 4")),
    (("J02.9",), ("99213 150", "87880-QW 30")),
    (("S61.411A",), ("12002-RT 240", "90715 60", "90471 28")),
    (("S52.531A",), ("99203-25 190", "73110-RT 85", "29125-RT 110")),
    (("L02.416",), ("10060 190", "99212 85")),
    (("R07.9",), ("99214 210", "93000 60", "71046 95")),
    (("N39.0",), ("99213 150", "81003-QW 12")),
    (("J45.901",), ("99214-25 210", "94640 45", "J7613 6 3")),
)


def claims(count: int, members: dict[str, list]) -> list:
    """Return `count` claims, the first of every person first."""
    from claim_people import FAMILY_DOCTOR, PRACTICE

    from codinglab.claim.model import Claim, Diagnosis, Line
    from codinglab.claim.parties import Coverage, Payer
    from codinglab.payer.contract_file import contracts

    made = []
    for at in range(count):
        person, turn = at % PEOPLE, at // PEOPLE
        payer = PAYERS[person % len(PAYERS)]
        member = members[payer][person // len(PAYERS)]
        codes, told = VISITS[(person + 3 * turn) % len(VISITS)]
        day = FIRST + timedelta(days=(person * 7) % 60 + 61 * turn)
        lines = []
        for text in told:
            code, charge, *units = text.split()
            name, *modifiers = code.split("-")
            lines.append(
                Line(
                    name,
                    Decimal(charge),
                    Decimal(*units or "1"),
                    day,
                    modifiers=tuple(modifiers),
                    pointers=(1,),
                )
            )
        contract = contracts()[payer]
        made.append(
            Claim(
                "professional",
                f"B{at}",
                member.person,
                (
                    Coverage(
                        Payer(contract.name, payer),
                        member.member_id,
                        contract.companion.filing[0],
                    ),
                ),
                PRACTICE,
                tuple(Diagnosis(code) for code in codes),
                tuple(lines),
                place_of_service="11",
                providers=(("rendering", FAMILY_DOCTOR),),
            )
        )
    return made


def people() -> dict[str, list]:
    """Return made members of every payer, like the first of its file."""
    from codinglab.claim.parties import Name
    from codinglab.payer.member_file import simulated_payers

    found = {}
    for payer in PAYERS:
        (like, *_) = simulated_payers()[payer].members
        found[payer] = [
            replace(
                like,
                member_id=f"{payer}{at:06}",
                person=replace(like.person, name=Name("Made", f"Person{at}")),
                dependents=(),
                left=(),
                first_payer=None,
                starts=date(2020, 1, 1),
            )
            for at in range(PEOPLE // len(PAYERS) + 1)
        ]
    return found


def main(count: int) -> None:
    """Decide on `count` claims and write their 835s; print the CPU seconds of both."""
    from claim_people import PRACTICE

    from codinglab.core.collecting import rarely_collected
    from codinglab.payer.adjudicate import adjudicate
    from codinglab.payer.contract_file import contracts
    from codinglab.payer.state import PayerState
    from codinglab.remit.from_decisions import remittance
    from codinglab.remit.x835 import write
    from codinglab.x12.envelope import Envelope

    members = people()
    known = {one.member_id: one for every in members.values() for one in every}
    todo = claims(count, members)
    states = {one: PayerState() for one in PAYERS}
    decided: dict[str, list] = {one: [] for one in PAYERS}
    begin = time.process_time()
    with rarely_collected():
        for claim in todo:
            payer = claim.coverage.payer.payer_id
            received = claim.lines[0].first + timedelta(days=5)
            member = known[claim.coverage.member_id]
            decision, states[payer] = adjudicate(
                claim, contracts()[payer], member, states[payer], received
            )
            decided[payer].append(decision)
    taken = time.process_time() - begin
    lines = [line for every in decided.values() for one in every for line in one.lines]
    denied = sum(not line.allowed for line in lines)
    paid = sum(one.paid for every in decided.values() for one in every)
    print(
        f"adjudicate: {count:,} claims, {len(lines):,} lines ({denied:,} without an allowed "
        f"amount), {paid:,.2f} dollars paid, in {taken:.1f} CPU s"
    )
    begin = time.process_time()
    payments = [
        remittance(
            every,
            every[0].claim.coverage.payer,
            PRACTICE,
            f"TRACE{at:04}",
            origin="1310000001",
            paid_on=date(2026, 12, 31),
            method="CHK",
            control=f"{at:04}",
        )
        for at, every in enumerate(decided.values(), 1)
    ]
    text = write(Envelope("TRNCH", "HB001", WHEN, 1), payments)
    more = time.process_time() - begin
    print(f"835: {text.count('~'):,} segments in {more:.1f} CPU s; both {taken + more:.1f} CPU s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
