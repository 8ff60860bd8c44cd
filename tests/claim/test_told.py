import json

import pytest
from made_claims import CLAIMS, claim

from codinglab.claim.told import as_json, as_text
from codinglab.core.findings import Finding


def test_days_and_dollars_are_text_and_the_total_is_told() -> None:
    told = as_json(claim("office visit"))
    assert told["total"] == "247.50"
    assert told["patient"]["born"] == "1948-05-17"
    assert told["lines"][0]["pointers"] == [1, 2, 3]
    assert told["lines"][0]["charge"] == "210.00"
    assert told["providers"][0][0] == "rendering"
    assert told["bill"] is None


@pytest.mark.parametrize("name", CLAIMS)
def test_every_sample_is_json(name: str) -> None:
    assert json.loads(json.dumps(as_json(claim(name))))["account"] == claim(name).account


def test_a_claim_is_told_as_text() -> None:
    finding = Finding("claim.npi", "item 33a, 2010AA NM109", "No NPI.", "State npi.")
    text = as_text((claim("replacement"),), (finding,))
    assert text.splitlines() == [
        "professional claim RP1011, frequency 7 of NF26052200417",
        "to                Northfield Mutual (TRN01)",
        "patient           Sandoval, Irene M  member NF00412345",
        "billing           Whitfield, June  NPI 1728331327",
        "diagnosis A       J02.9",
        "line 1            99213-25  2026-03-03  pos 11  1 UN  dx A  150.00",
        "line 2            87880-QW  2026-03-03  pos 11  1 UN  dx A  30.00",
        "total             180.00",
        "",
        "1 finding",
        "error    claim.npi  item 33a, 2010AA NM109: No NPI. State npi.",
    ]


def test_a_bill_is_told_with_its_type_and_revenue_codes() -> None:
    text = as_text((claim("inpatient"),), ())
    assert "type of bill      0111" in text
    assert "diagnosis 1       K35.80  POA Y" in text
    assert "line 1            rev 0120  2026-03-03  2 DA  3600.00" in text
    assert text.endswith("0 findings")


def test_where_there_is_no_claim_the_text_says_so() -> None:
    assert as_text((), ()).splitlines()[0] == "There is no claim yet: see what is missing."
