"""Series of remittances as chance makes them: payments, denials, reversals, faults, set-offs."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st
from made_books import FIRST, SECOND, claim, line, remittance, visit

from codinglab.remit.recoup import reversal

SPLITS = ("CO-45", "PR-2", "PR-1", "CO-197", "CO-253", "OA-209", "PI-45", "CO-59")
CENTS = st.integers(1, 40_000)


def dollars(cents):
    return f"{Decimal(cents).scaleb(-2):.2f}"


@st.composite
def visits(draw):
    """Return one to three visits of one to three lines, some with a second payer."""
    found = []
    for at in range(draw(st.integers(1, 3))):
        lines = [f"9921{place} {dollars(draw(CENTS))}" for place in range(draw(st.integers(1, 3)))]
        payers = draw(st.sampled_from([(FIRST,), (FIRST, SECOND)]))
        found.append(visit(f"V{at}", *lines, payers=payers))
    return tuple(found)


@st.composite
def decisions(draw, account):
    """Return what a payer says of the account: each charge divided as chance has it."""
    lines = []
    for one in account.lines:
        left = int(one.charge * 100)
        adjusted = []
        for code in draw(st.lists(st.sampled_from(SPLITS), unique=True, max_size=3)):
            part = draw(st.integers(0, left))
            left -= part
            adjusted.append(f"{code} {dollars(part)}")
        lines.append(
            line(f"{one.code} {one.charge}", dollars(left), *adjusted, number=one.control_number)
        )
    return claim(account.number, *lines, number=f"ICN{draw(st.integers(1, 3))}")


@st.composite
def faulty(draw, decided):
    """Return the decision with one of the faults that a remittance can have."""
    kind = draw(st.sampled_from(["unknown", "cent", "code", "line"]))
    first = decided.lines[0]
    if kind == "unknown":
        return replace(decided, account="NOBODY")
    if kind == "cent":
        return replace(decided, charge=decided.charge + Decimal("0.01"))
    if kind == "code":
        told = line(f"{first.code} {first.charge}", "0", f"CO-998 {first.charge}")
        return claim(decided.account, told)
    return claim(decided.account, line(f"G0008 {first.charge}", f"{first.charge}"))


@st.composite
def series(draw, most=5):
    """Return visits, and remittances about them in order; each payment adds up."""
    every = draw(visits())
    told: list = []
    found = []
    for at in range(draw(st.integers(1, most))):
        claims = []
        for account in draw(st.lists(st.sampled_from(every), min_size=1, max_size=4)):
            what = draw(st.sampled_from(["decide", "decide", "reverse", "fault"]))
            if what == "reverse" and told:
                claims.append(reversal(draw(st.sampled_from(told))))
                continue
            decided = draw(decisions(account))
            if what == "fault":
                decided = draw(faulty(decided))
            else:
                told.append(decided)
            claims.append(decided)
        payer = draw(st.sampled_from([FIRST, FIRST, SECOND]))
        set_off = draw(st.sampled_from([(), ("L6 -0.37 X",), ("CT -500.00 P",), ("SL 0.01 L",)]))
        left = sum(one.paid for one in claims) - sum(Decimal(one.split()[1]) for one in set_off)
        forward = (f"FB {left} T{at}",) if left < 0 else ()
        found.append(remittance(*claims, trace=f"T{at}", payer=payer, beside=(*set_off, *forward)))
    return every, tuple(found)
