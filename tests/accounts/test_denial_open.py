"""Which denials a later file closes: one decision answers one line, and nothing more."""

from datetime import date
from decimal import Decimal

from made_claims import claim as made_claim
from made_denials import REJECTED, adjusted, remit_claim, remit_line, remittance

from codinglab.accounts.denial_open import open_denials, open_rejections
from codinglab.claim.scrub_rule import StatusAnswer
from codinglab.claim.x277ca_text import Told
from codinglab.remit.model import RemitClaim, Remittance

LATER = date(2026, 4, 15)
PAID = "CO 45 88.69, PR 2 24.26"
LOST = remit_claim(
    "MB", remit_line("99214", "210.00", "CO 50 210.00"), remit_line("99214-25", "90.00", "CO 97 90")
)


def keys(*told: Remittance) -> list[str]:
    return [one.key.removeprefix("TRNMB/OV1001/") for one in open_denials(told)]


def later(claim: RemitClaim, trace: str = "T2", made: date = LATER) -> Remittance:
    return remittance("MB", claim, made=made, trace=trace)


def test_a_decision_on_one_of_two_equal_lines_leaves_the_other_open():
    one = remit_claim("MB", remit_line("99214", "210.00", PAID), number="N9")
    assert keys(remittance("MB", LOST), later(one)) == ["2/CO-97"]
    other = remit_claim("MB", remit_line("99214-25", "90.00", "CO 45 10, PR 2 16"), number="N9")
    assert keys(remittance("MB", LOST), later(other)) == ["1/CO-50"]


def test_the_control_number_says_which_of_two_equal_lines_was_decided():
    lost = remit_claim(
        "MB",
        *(remit_line("99214", "210.00", "CO 50 210", control_number=one) for one in ("A", "B")),
    )
    won = remit_claim("MB", remit_line("99214", "210.00", PAID, control_number="B"), number="N9")
    assert keys(remittance("MB", lost), later(won)) == ["1/CO-50"]


def test_every_reason_of_a_line_is_closed_by_its_new_decision():
    lost = remit_claim("MB", remit_line("99214", "210.00", "CO 50 150.00, CO 16 60.00"))
    won = remit_claim("MB", remit_line("99214", "210.00", PAID), number="N9")
    assert keys(remittance("MB", lost)) == ["1/CO-50", "1/CO-16"]
    assert keys(remittance("MB", lost), later(won)) == []


def test_two_duplicates_of_one_service_are_one_item_of_work():
    doubles = [
        later(
            remit_claim("MB", remit_line("99214", "210.00", "OA 18 210.00"), number=f"N{at}"),
            f"T{at}",
            date(2026, 4, 10 + at),
        )
        for at in (2, 3)
    ]
    assert keys(remittance("MB", LOST), *doubles) == ["1/CO-50", "2/CO-97", "1/OA-18"]
    won = later(remit_claim("MB", remit_line("99214", "210.00", PAID), number="N9"), "T9")
    assert keys(remittance("MB", LOST), *doubles, won) == ["2/CO-97"]


def test_a_claim_denied_whole_is_closed_once_all_of_it_was_decided():
    # the denial is of 210.00 + 90.00 = 300.00; the first new claim decides 210.00 of it
    whole = remit_claim(
        "MB",
        remit_line("99214", "210.00"),
        remit_line("99214-25", "90.00"),
        adjustments=adjusted("CO 16 300.00"),
    )
    part = remit_claim("MB", remit_line("99214", "210.00", PAID), number="N9")
    every = remit_claim(
        "MB",
        remit_line("99214", "210.00", PAID),
        remit_line("99214-25", "90.00", "CO 97 90.00"),
        number="N9",
    )
    assert keys(remittance("MB", whole), later(part)) == ["claim/CO-16"]
    assert keys(remittance("MB", whole), later(every)) == ["2/CO-97"]


def test_a_rejection_is_open_until_its_claim_was_taken():
    claim = made_claim("office visit")
    sent = {claim.account: claim}
    no = Told(claim.account, "Quill, Walter", claim.total, None, REJECTED)
    yes = Told(claim.account, "Quill, Walter", claim.total, None, (StatusAnswer("A2", "20"),))
    first, second = date(2026, 3, 9), date(2026, 3, 20)
    (found,), _ = open_rejections([(first, no)], sent, [])
    assert (found.notice, found.amount) == (first, Decimal("247.50"))
    assert open_rejections([(second, yes), (first, no)], sent, []) == ((), ())
    decided = remittance("MB", remit_claim("MB", remit_line("99214", "210.00", PAID)))
    assert claim.account == decided.claims[0].account
    assert open_rejections([(first, no)], sent, [decided]) == ((), ())
    # a replacement that was refused after the decision is still work
    after = date(2026, 5, 4)
    assert len(open_rejections([(after, no)], sent, [decided])[0]) == 1
    assert open_rejections([(first, no)], {}, [decided]) == ((), ())


def test_a_price_told_ahead_of_the_service_neither_denies_nor_closes_anything():
    line = remit_line("99214", "210.00", "CO 50 210.00")
    told = remittance("CI", remit_claim("CI", line))
    ahead = remittance("CI", remit_claim("CI", line, status="25", number="P1"), trace="T2")
    assert open_denials([ahead]) == ()
    assert [one.number for one in open_denials([told, ahead])] == ["2609600001"]
