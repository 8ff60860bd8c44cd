"""Ten claims with whatever goes wrong in a month, each figure worked out by hand.

February 2026 (28 days), all of TRN01 but I:

    A 100.00  paid 80.00, CO-45 20.00
    B 200.00  paid 90.00, CO-45 50.00, PR-1 60.00; the patient pays 75.00: a credit of 15.00
    C 300.00  denied (authorization), and given up by a person
    D 150.00  line 1 of 100.00: paid 70.00, CO-45 30.00; line 2 of 50.00 denied (bundling); a check
              of 25.00 that had waited in unapplied cash is applied to it: 25.00 are open
    E 120.00  refused at the door, sent again, paid 100.00, CO-45 20.00
    F  80.00  paid 64.00, CO-45 16.00, and taken back: 80.00 are open again
    G  90.00  paid 72.00, CO-45 18.00; sent a second time and denied as a duplicate
    H  60.00  PR-1 60.00, which goes to bad debt
    I  40.00  no payer; the patient paid 50.00 and gets 10.00 back
    J 250.00  no answer yet
    beside them: interest of 1.25; 30.00 set off (WO) for a claim of another year

charges 1,390.00; contractual 20 + 50 + 30 + 20 + 16 - 16 + 18 = 138.00; collectable 1,252.00;
payments 80 + 90 + 75 + 70 + 25 + 100 + 64 - 64 + 72 + 50 - 10 - 30 = 522.00
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from kpi_made import HISTORY, JANUARY, figures, store_of_four

from codinglab.accounts.charge import charges
from codinglab.accounts.journal import Entry, Posting
from codinglab.accounts.kpi import denials_by_cause, gather, kpis
from codinglab.accounts.kpi_books import Period, flows
from codinglab.accounts.kpi_frames import cohorts_frame
from codinglab.accounts.kpi_history import Cost, Decided, History, Sent, Visit
from codinglab.accounts.kpi_text import as_text
from codinglab.accounts.record import Account, AccountLine, Batch
from codinglab.accounts.store import Store

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
MONDAY, FRIDAY = 2, 6
LINES = {
    "A": (100,),
    "B": (200,),
    "C": (300,),
    "D": (100, 50),
    "E": (120,),
    "F": (80,),
    "G": (90,),
    "H": (60,),
    "I": (40,),
    "J": (250,),
}
# number, day, kind, and each side as "ledger/account/amount"; "in" and "pat" are the receivables
MOVED = """
a1 12 payment cash/A/80 in/A/-80
a2 12 adjustment contractual adjustment/A/20 in/A/-20
b1 12 payment cash/B/90 in/B/-90
b2 12 adjustment contractual adjustment/B/50 in/B/-50
b3 12 transfer pat/B/60 in/B/-60
b4 20 patient payment cash/B/75 pat/B/-75
c1 26 write-off denied/C/300 in/C/-300
d1 12 payment cash/D/70 in/D/-70
d2 12 adjustment contractual adjustment/D/30 in/D/-30
d3 10 deposit cash//25 unapplied cash//-25
d4 17 payment unapplied cash//25 in/D/-25
e1 19 payment cash/E/100 in/E/-100
e2 19 adjustment contractual adjustment/E/20 in/E/-20
f1 12 payment cash/F/64 in/F/-64
f2 12 adjustment contractual adjustment/F/16 in/F/-16
f3 19 reversal cash/F/-64 in/F/64
f4 19 reversal contractual adjustment/F/-16 in/F/16
g1 12 payment cash/G/72 in/G/-72
g2 12 adjustment contractual adjustment/G/18 in/G/-18
h1 12 transfer pat/H/60 in/H/-60
h2 27 write-off bad debt/H/60 pat/H/-60
i1 3 patient payment cash/I/50 pat/I/-50
i2 20 refund pat/I/10 refunds payable/I/-10
i3 21 refund refunds payable/I/10 cash/I/-10
w1 19 recoupment payer recoupment//30 cash//-30
t1 19 interest interest income//-1.25 cash//1.25
"""
RECEIVABLE = {"in": "insurance receivable", "pat": "patient receivable"}


def _entry(told: str) -> Entry:
    number, day, rest = told.split(" ", 2)
    kinds = ("patient payment", "payment", "adjustment", "transfer", "write-off", "deposit")
    kinds += ("reversal", "refund", "recoupment", "interest")
    kind = next(one for one in kinds if rest.startswith(one))
    sides = []
    for side in rest.removeprefix(kind).replace(" in/", "|in/").split("|"):
        for each in _split(side):
            ledger, account, amount = each.strip().split("/")
            payer = "TRN01" if ledger == "in" else ""
            sides.append(
                Posting(RECEIVABLE.get(ledger, ledger), Decimal(amount), account, None, payer)
            )
    return Entry(number, date(2026, 2, int(day)), kind, "made", tuple(sides))


def _split(side: str) -> list[str]:
    """Part what stands beside a ledger whose name has a space."""
    words, found = side.split(), [""]
    for word in words:
        found[-1] = f"{found[-1]} {word}".strip()
        if "/" in word:
            found.append("")
    return [one for one in found if one]


def _account(number: str) -> Account:
    lines = tuple(
        AccountLine(at, "99213", Decimal(one), date(2026, 2, FRIDAY if number == "J" else MONDAY))
        for at, one in enumerate(LINES[number], 1)
    )
    payers = () if number == "I" else ("TRN01",)
    return Account(number, date(2026, 2, 3), f"Doe, {number}", lines, payers, ("CI",) * len(payers))


def _store() -> Store:
    accounts = tuple(_account(one) for one in LINES)
    made = tuple(entry for one in accounts for entry in charges(one))
    store = Store("sqlite://")
    entries = (*made, *(_entry(one) for one in MOVED.strip().splitlines()))
    store.write(Batch(entries=entries, accounts=accounts))
    return store


def _visit(number: str) -> Visit:
    who = ("Okafor", "Kim", "Lee", "visit")
    # J on a Friday, keyed on Monday the 9th: the weekend counts
    day, entered = (FRIDAY, 9) if number == "J" else (MONDAY, 3)
    days = (date(2026, 2, day), date(2026, 2, entered))
    payer = "" if number == "I" else "TRN01"
    return Visit(number, number, payer, *days, *who, Decimal(sum(LINES[number])))


def _sent(number: str, attempt: int, day: int, outcome: str, stops: int = 0) -> Sent:
    return Sent(number, attempt, date(2026, 2, day), "TRN01", outcome, stops=stops)


def _line(number: str, paid: str, **more: object) -> Decided:
    """Return a decided line; `at` is "attempt line day", amounts are dollars as text."""
    attempt, line, day = map(int, str(more.pop("at", "1 1 12")).split())
    charge = Decimal(LINES[number][line - 1])
    told = {name: Decimal(one) if name != "cause" else one for name, one in more.items()}
    days = (Decimal(0), date(2026, 2, day))
    return Decided(
        number, attempt, line, "TRN01", "99213", "", charge, Decimal(paid), *days, **told
    )


def _allowed(amount: str) -> dict[str, object]:
    return {"allowed": amount, "expected": amount}


DECIDED = (
    _line("A", "80", **_allowed("80")),
    _line("B", "90", **_allowed("150")),
    _line("C", "0", denied="300", cause="authorization"),
    _line("D", "70", **_allowed("70")),
    _line("D", "0", at="1 2 12", denied="50", cause="bundling"),
    _line("E", "100", at="2 1 19", **_allowed("100")),
    replace(_line("F", "64", **_allowed("64")), taken_back=date(2026, 2, 19)),
    _line("G", "72", allowed="72", expected="75"),
    _line("G", "0", at="2 1 19", denied="90", cause="duplicate"),
    _line("H", "0", **_allowed("60")),
)
ODD = History(
    visits=tuple(_visit(one) for one in LINES),
    sent=(
        *(_sent(one, 1, 4, "decided", stops=int(one == "B")) for one in "ABCDFGHJ"),
        _sent("E", 1, 4, "refused"),
        _sent("E", 2, 10, "decided"),
        _sent("G", 2, 11, "decided"),
    ),
    decided=DECIDED,
    costs=(Cost(date(2026, 2, 1), "pay", Decimal("36.54")),),
)


@pytest.fixture(scope="module")
def odd():
    return gather(_store(), ODD, FEBRUARY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # owed: D 25 + F 80 + J 250 = 355.00, B's credit of 15.00 left out; 355 x 28 / 1,390 = 7.151
        ("days-in-receivables", "7.2"),
        # not A's line of thought: B was stopped by the scrubber, E refused; 7 of 9 that were sent
        ("clean-claims", "0.7778"),
        # answered: A B C D E F G H; C and D denied, E refused: 5 of 8; J waits; G counts once
        ("first-pass", "0.6250"),
        # decided at the first sending: A B C D F G H; C and D denied: 2 of 7
        ("denial-rate", "0.2857"),
        ("gross-collection", "0.3755"),  # 522 / 1,390
        ("net-collection", "0.4169"),  # 522 / 1,252
        ("charge-lag", "1.2"),  # (9 x 1 + 3) / 10
        ("payment-lag", "9.2"),  # A B D F G: 8 days; E from its first sending: 15; 55 / 6
        ("cost-to-collect", "0.0700"),  # 36.54 / 522
        ("denial-write-off", "0.2396"),  # 300 / 1,252
        # A 80 + B 150 + D 70 + E 100 + G 75 + H 60 = 535, F was taken back; G lacks 3: 3 / 535
        ("underpaid", "0.0056"),
        ("over-90", "0.0000"),
    ],
)
def test_a_month_in_which_everything_goes_wrong(odd, name, value):
    assert figures(odd)[name] == Decimal(value)


def test_denials_by_cause_add_up_to_the_claims_denied(odd):
    # each 1 of 7 = 0.1429; G's second sending is no first decision
    assert denials_by_cause(odd) == {
        "authorization": (1, Decimal(300), Decimal("0.1429")),
        "bundling": (1, Decimal(50), Decimal("0.1429")),
    }


def test_money_counts_when_it_is_applied_and_when_it_is_set_off(odd):
    # the check of the 10th is nobody's until the 17th: D's 25.00 are paid on that day
    assert flows(_store().entries(), Period(date(2026, 2, 10), date(2026, 2, 11))).payments == 0
    assert flows(_store().entries(), Period(date(2026, 2, 17), date(2026, 2, 17))).payments == 25
    # the 19th: E 100, F taken back -64, and 30 set off for an account that is not of these
    assert flows(_store().entries(), Period(date(2026, 2, 19), date(2026, 2, 19))).payments == 6
    assert odd.flows.payments == Decimal("522.00")


def test_a_month_of_service_counts_what_was_applied_and_no_interest():
    (row,) = cohorts_frame(_store(), ODD).to_dict("records")
    # 522 + 30: the money set off was of another month's claim
    assert (row["charges"], row["contractual"], row["paid"], row["open"]) == (1390, 138, 552, 340)
    assert row["net_rate"] == pytest.approx(552 / 1252)


MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def _late(kind: str, *sides: tuple[str, str]) -> Store:
    """Return the books with one more entry in March, a month without charges."""
    store = _store()
    postings = tuple(Posting(ledger, Decimal(one), "J", 1, "TRN01") for ledger, one in sides)
    store.append([Entry("late", date(2026, 3, 5), kind, "made", postings)])
    return store


@pytest.mark.parametrize("name", ["days-in-receivables", "gross-collection", "net-collection"])
def test_a_month_with_adjustments_and_no_charges_has_no_rate(name):
    # 0.00 - 90.00 of contractual adjustments is below nothing; no share can be taken of it
    one = ("contractual adjustment", "90"), ("insurance receivable", "-90")
    found = gather(_late("adjustment", *one), ODD, MARCH)
    assert figures(found)[name] is None
    told = {one.definition.id: one for one in kpis(found)}
    assert told["denial-write-off"].value is None
    assert "Net collection rate             cannot be told" in as_text(found, kpis(found))


def test_a_month_in_which_more_was_taken_back_than_paid_has_no_cost_to_collect():
    one = ("cash", "-70"), ("insurance receivable", "70")
    costs = (Cost(date(2026, 3, 1), "pay", Decimal(40)),)
    found = gather(_late("reversal", *one), replace(ODD, costs=costs), MARCH)
    assert figures(found)["cost-to-collect"] is None


def test_what_the_office_cost_is_unknown_where_nobody_wrote_it_down():
    # no cost of January at all is no cost of 0.00
    found = gather(store_of_four(), replace(HISTORY, costs=()), JANUARY)
    assert figures(found)["cost-to-collect"] is None


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2026, 1, 1), date(2026, 1, 30)),  # a month's cost has no part of a month
        Period(date(2026, 1, 2), date(2026, 1, 31)),
        Period(date(2026, 1, 1), date(2026, 2, 28)),  # that of February is not there
    ],
)
def test_the_cost_of_whole_months_is_set_against_whole_months_alone(period):
    assert figures(gather(store_of_four(), HISTORY, period))["cost-to-collect"] is None


def test_a_share_by_cause_is_rounded_as_the_rate_is():
    # 1 of 32 = 0.03125, which both round up
    line = _line("A", "80", **_allowed("80"))
    lines = tuple(replace(line, account=f"X{at}") for at in range(31))
    wrong = replace(line, account="X31", denied=Decimal(100), cause="timely")
    sent = tuple(replace(_sent("A", 1, 4, "decided"), account=f"X{at}") for at in range(32))
    found = gather(_store(), History(sent=sent, decided=(*lines, wrong)), FEBRUARY)
    assert figures(found)["denial-rate"] == Decimal("0.0313")
    assert denials_by_cause(found)["timely"][2] == Decimal("0.0313")


def test_a_line_without_an_allowed_amount_is_in_no_part_of_the_underpayments():
    # A 80 expected, 80 allowed; a second line was priced by nobody
    lines = (_line("A", "80", **_allowed("80")), _line("B", "90", expected="160"))
    found = gather(_store(), replace(ODD, decided=lines), FEBRUARY)
    (told,) = (one for one in kpis(found) if one.definition.id == "underpaid")
    assert dict(told.parts)["expected"] == Decimal(80)


def test_a_rate_just_below_its_target_is_not_shown_as_the_target():
    # 0.9496 misses 0.95, and must not be read as "95.0 %"
    from codinglab.accounts.kpi_text import shown

    assert shown(Decimal("0.9496"), "share") == "94.96 %"
    assert shown(Decimal("16.2"), "days") == "16.2 days"
