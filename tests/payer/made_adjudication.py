"""Claims to every payer, and what it decides on them: helpers of the tests of adjudication."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claim_people import (
    FAMILY_DOCTOR,
    HOSPITAL,
    MAN,
    OLD_WOMAN,
    PRACTICE,
    WOMAN,
)

from codinglab.claim.model import Claim, Diagnosis, InstitutionalBill, Line, ValueCode
from codinglab.claim.parties import Coverage, Name, Payer, Person
from codinglab.payer.adjudicate import adjudicate
from codinglab.payer.contract_file import contracts
from codinglab.payer.decision import Decision, LineDecision, Refusal
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.members import Member
from codinglab.payer.state import PayerState

DAY, RECEIVED = date(2026, 3, 3), date(2026, 3, 10)
MARLOW = Person(Name("Marlow", "Edith"), date(1950, 9, 30), "F", OLD_WOMAN.address)
BENNING = Person(Name("Benning", "Gloria"), date(1975, 12, 30), "F", WOMAN.address)
PEOPLE: dict[str, tuple[Person, str]] = {
    "TRN01": (WOMAN, "NF00412345"),
    "TRN02": (WOMAN, "RB7741201"),
    "TRN03": (MAN, "BTP123456789"),
    "TRN04": (OLD_WOMAN, "EG5550012"),
    "TRN05": (MAN, "RW3310077"),
    "TRN06": (MAN, "EMP40017"),
    "TRN07": (MARLOW, "LV10040022"),
    "TRN08": (BENNING, "SL0000023"),
    "TRNMA": (OLD_WOMAN, "2AC4DE5FG67"),
    "TRNMB": (OLD_WOMAN, "2AC4DE5FG67"),
    "TRNDM": (OLD_WOMAN, "2AC4DE5FG67"),
    "TRNMC": (WOMAN, "910000123456"),
    "TRNSP": (MAN, "none"),
}
"""A person whom each payer insures, and the number."""


def money(text: str) -> Decimal:
    return Decimal(text)


def line(text: str, charge: str, *pointers: int, units: str = "1", **more: object) -> Line:
    """Return a line; `text` is "99213-25", or a revenue code and a code "0450 99284-25"."""
    revenue, _, code = text.rpartition(" ")
    if code.isdecimal() and len(code) == 4:
        revenue, code = code, ""
    name, *modifiers = code.split("-")
    return Line(
        name,
        Decimal(charge),
        Decimal(units),
        **{
            "first": DAY,
            "modifiers": tuple(modifiers),
            "pointers": pointers,
            "revenue_code": revenue,
            **more,
        },
    )


def coverage(payer: str, member: str = "", **more: object) -> Coverage:
    contract = contracts()[payer]
    number = member or PEOPLE[payer][1]
    filing = contract.companion.filing[0]
    return Coverage(Payer(contract.name, payer), number, filing, **more)


def visit(payer: str, *lines: Line, dx: tuple[str, ...] = ("J02.9",), **more: object) -> Claim:
    """Return a professional claim to `payer` for the person of PEOPLE."""
    fields = {
        "kind": "professional",
        "account": "T1",
        "patient": PEOPLE[payer][0],
        "coverages": (coverage(payer),),
        "billing": PRACTICE,
        "diagnoses": tuple(Diagnosis(code) for code in dx),
        "lines": lines,
        "place_of_service": "11",
        "providers": (("rendering", FAMILY_DOCTOR),),
        **more,
    }
    return Claim(**fields)


def outpatient(payer: str, *lines: Line, dx: tuple[str, ...] = ("S52.532A",)) -> Claim:
    """Return an outpatient hospital's claim."""
    bill = InstitutionalBill("013", DAY, DAY, "01", priority="1")
    made = visit(payer, *lines, dx=dx, kind="institutional", billing=HOSPITAL, bill=bill)
    return replace(made, place_of_service="", providers=())


def stay(
    payer: str,
    *lines: Line,
    dx: tuple[str, ...] = ("K35.80",),
    days: tuple[date, date] = (date(2026, 3, 3), date(2026, 3, 5)),
    covered: int | None = None,
    **more: object,
) -> Claim:
    """Return a hospital's claim for a stay of those days, discharged home."""
    first, last = days
    bill = InstitutionalBill(
        "011",
        first,
        last,
        "01",
        priority=str(more.pop("priority", "1")),
        admitted=first,
        values=() if covered is None else (ValueCode("80", Decimal(covered)),),
    )
    lines = tuple(replace(one, first=first) for one in lines)
    made = visit(payer, *lines, dx=dx, kind="institutional", billing=HOSPITAL, bill=bill, **more)
    diagnoses = tuple(Diagnosis(code, "Y") for code in dx)
    return replace(made, place_of_service="", providers=(), diagnoses=diagnoses)


def member_of(claim: Claim) -> Member | None:
    payer = simulated_payers().get(claim.coverage.payer.payer_id)
    return payer.member(claim.coverage.member_id) if payer else None


def opening(payer: str) -> PayerState:
    """Return the payer's state by its members' file: what they have used of 2026."""
    known = simulated_payers().get(payer)
    return PayerState.opening(known.members if known else (), 2026)


def decide(
    claim: Claim,
    state: PayerState | None = None,
    received: date = RECEIVED,
    decided: date | None = None,
) -> tuple[Decision | Refusal, PayerState]:
    payer = claim.coverage.payer.payer_id
    contract, member = contracts()[payer], member_of(claim)
    state = opening(payer) if state is None else state
    return adjudicate(claim, contract, member, state, received, decided=decided)


def decided(claim: Claim, state: PayerState | None = None, **more: date) -> Decision:
    """Return the decision on a claim that the payer does not refuse."""
    found, _ = decide(claim, state, **more)
    assert isinstance(found, Decision), found
    return found


def told(one: LineDecision | Decision) -> list[str]:
    """Return the adjustments in short: "CO 45 88.69", with their remarks."""
    return [
        " ".join((each.group, each.carc, f"{each.amount:.2f}", *each.remarks))
        for each in one.reasons
    ]
