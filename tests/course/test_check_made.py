"""The proof of a billing case finds each thing that does not add up, by a path of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from made_up import CASE, SLUG, forget

from codinglab.course.check import check_case

Write = Callable[..., str]

BILLING = (
    CASE.replace("setting: professional\n", "setting: billing\n").replace(
        'place_of_service: "11"\n', ""
    )
    + "billing: {payments: payments.yml}\n"
)
RECORD = "# Advice\n\n{{ documents.eob }}\n\n# Bank\n\n{{ documents.slip }}\n"
# Charge 130; 30, 25 or 20 off by the contract (drug), 20 or 15 of copayment (side). The pressure
# says the reason of it: 3 x 2 x 2 = 12 postings.
PAYMENTS = """{% set rest = {"right": 20, "left": 15} %}
payments:
  - name: eob
    payer: TRN02
    trace: "5512"
    paid_on: 2026-02-10
    method: CHK
    typed:
      - account: OV1
        status: 1
        number: RB1
        patient: "Sandoval, Mateo"
        filing: HM
        lines:
          - code: "99213"
            charge: 130.00
            day: 2026-02-02
            adjustments:
              - CO-45 {{ {"insulin": "30.00", "oral": "25.00", "none": "20.00"}[drug] }}
              - PR-{{ {"normal": 3, "high": 2}[pressure] }} {{ rest[side] | dollars }}
deposits:
  - name: slip
    bank: First Bank
    day: 2026-02-11
    lines: [{payment: eob}]
"""
KEY = """case: made-up-knee
revision: 1
second_coding: Made up for tests; nobody has coded it a second time.
items:
  line:
    worked: post all
    why: The advice says so.
    cites: ["guidelines: IV.I"]
    near:
      - {code: but written off, credit: 1/4, error: adjustment group, why: The patient owes it.}
  deposit:
    worked: sum deposit = total of slip
    why: The bank says so.
    cites: ["guidelines: IV.I"]
    near:
      - {code: "= charge of eob", credit: 1/4, error: arithmetic, why: That was charged.}
"""


@pytest.fixture
def proof(write: Write, checkout: Path) -> Callable[..., list[tuple[str, str]]]:
    """Return a function that proves the made-up family and returns (place, message)."""

    def proven(
        payments: str = PAYMENTS, key: str = KEY, record: str = RECORD, case: str = BILLING
    ) -> list[tuple[str, str]]:
        (checkout / "curriculum" / "cases" / SLUG).mkdir(parents=True, exist_ok=True)
        (checkout / "curriculum" / "cases" / SLUG / "payments.yml").write_text(payments)
        write(record, case, key)
        forget()
        found = check_case(SLUG).findings
        return [(one.place.rpartition(": ")[2], one.message) for one in found]

    return proven


Proof = Callable[..., list[tuple[str, str]]]


def test_a_sound_family_has_no_findings(proof: Proof) -> None:
    assert proof() == []


def changed(old: str, new: str, text: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_a_payment_that_does_not_add_up_is_found_unless_it_is_meant(proof: Proof) -> None:
    broken = changed("    typed:", "    total: 1.00\n    typed:", PAYMENTS)
    messages = {message for _, message in proof(broken)}
    # 130 - 30 - 20 = 80 and so on up to 130 - 20 - 15 = 95: four totals, of which none is 1.00.
    assert any("80.00" in one and "1.00" in one for one in messages)
    assert len(messages) == 4
    assert proof(changed("total: 1.00", "total: 1.00\n    unbalanced: yes", broken)) == []
    meant = changed("    typed:", "    unbalanced: yes\n    typed:", PAYMENTS)
    assert {message for _, message in proof(meant)} == {
        "the payment balances, and unbalanced says that it does not."
    }


def test_a_posting_that_is_said_and_does_not_come_to_the_charge_is_found(proof: Proof) -> None:
    key = changed("worked: post all", "say: post OV1.1 paid 80.00 CO-45 30.00 PR-2 21.00", KEY)
    found = set(proof(key=changed("but written off", "post OV1.1 paid 1.00", key)))
    assert ("line", "OV1.1: paid 80.00 and adjusted 51.00 is not the charge 130.00.") in found


def test_a_posting_of_what_no_payment_tells_is_found(proof: Proof) -> None:
    key = changed("worked: post all", "say: post OV7.1 paid 80.00 CO-45 30.00", KEY)
    found = set(proof(key=changed("but written off", "post OV7.1 paid 1.00", key)))
    assert ("line", "no payment tells of OV7.1.") in found


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("payments", "payer: TRN02", "payer: TRN99", "payer: no payer TRN99; use one of"),
        ("payments", 'code: "99213"', "units: 2", "OV1: line 1: give code, charge and day"),
        ("payments", "        filing: HM\n", "", "none of the case's: give patient and filing"),
        ("payments", "{payment: eob}", "{payment: eop}", "slip: there is no payment eop"),
        ("payments", "name: eob", "name: ledger", "ledger is the name of another document"),
        ("payments", "    typed:", "    received: 2026-02-03\n    typed:", "and not both"),
        ("payments", "CO-45 {{", "CO45 {{", "an adjustment is written like"),
        ("payments", "| dollars }}", "| euros }}", "euros"),
        ("record", "documents.slip", "documents.note", "note"),
        ("case", "setting: billing", "setting: professional", "place_of_service"),
        ("case", "billing: {payments: payments.yml}", "", "the case has no billing"),
    ],
)
def test_what_is_wrong_in_a_template_is_told_with_its_place(
    proof: Proof, part: str, old: str, new: str, says: str
) -> None:
    texts = {"payments": PAYMENTS, "record": RECORD, "case": BILLING}
    found = proof(**{part: changed(old, new, texts[part])})
    assert any(says in message for _, message in found), found[:2]


def test_a_bill_is_what_the_books_have_the_patient_owe(proof: Proof, checkout: Path) -> None:
    folder = checkout / "curriculum" / "cases" / SLUG
    folder.mkdir(parents=True)
    source = Path(__file__).parents[2] / "curriculum" / "cases" / "posting-office-payment"
    claim = (source / "claim.yml").read_text().replace("{{ visit }}", "99213")
    claim = claim.replace("beside", "drug").replace("{{ doctor.last }}", "Okafor")
    claim = claim.replace("{{ doctor.first }}", "Ada").replace("{{ doctor.npi }}", "1352660660")
    (folder / "claim.yml").write_text(claim)
    payments = (source / "payments.yml").read_text().split("    left:")[0]
    case = BILLING.replace("{payments:", "{claims: [claim.yml], payments:")
    # 35 of copayment, and 20 % of 8.73 for the laboratory test: 36.75.
    key = KEY.replace("post all", "bill OV1207").replace("but written off", "but balance")
    key = key.replace("of slip", "of eob")
    record = "# Advice\n\n{{ documents.eob }} {{ side }} {{ drug }} {{ pressure }}\n"
    keys_alone = {("made-up-knee", "1 distinct keys; a family needs 6.")}
    assert set(proof(payments, key, record, case)) == keys_alone
    wrong = key.replace("worked: bill OV1207", "say: bill OV1207 patient 36.00")
    assert set(proof(payments, wrong, record, case)) == {
        *keys_alone,
        ("line", "OV1207: the books say that patient owes 36.75."),
    }
