"""The public samples of 270, 271, 276 and 277: read to plain words, or told what is not valid."""

from datetime import date
from pathlib import Path

import pytest

from codinglab.core.findings import Severity
from codinglab.payer.says import says
from codinglab.x12.check import check

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "edi"
DAY = date(2026, 3, 3)
NAMES = sorted(
    f"{kind}/{one.name}"
    for kind in ("270", "271", "276", "277")
    for one in SAMPLES.glob(f"{kind}/*")
)
OLD = {
    "270/x12-parser__x270.txt",
    "271/TigerShark__271-dependent-benefits.txt",
    "271/TigerShark__271-example-dependent-rejection.txt",
    "271/TigerShark__271-related-entity.txt",
}
FAULTS = {  # by SNIP types 1 and 2; a wrong NPI is of type 5, and many samples have one
    "270/X12-Parser-Encoder__batch_with_one_bad_transaction.x12": {"x12.code"},
    "270/badX12__unknown_segment_error.edi": {
        "x12.outside",
        "x12.segment_unexpected",
        "x12.loop_missing",
        "x12.segment_count",
    },
    # a 271 in a group of questions (GS01 HS, where HB belongs)
    "271/X12-Parser-Encoder__271_active_response.x12": {"x12.transaction_kind"},
    "271/X12-Parser-Encoder__271_ls_le_wrapper.x12": {"x12.segment_order", "x12.transaction_kind"},
    "271/X12-Parser-Encoder__271_multiple_eb_segments.x12": {"x12.transaction_kind"},
    "271/X12-Parser-Encoder__gainwell_271_redacted.edi": {"x12.transaction_kind"},
    "271/badX12__X279-error-response-from-payer-to-clinic-not-eligible-for-inquiries-"
    "with-payer.edi": {"x12.hl_child"},
    "271/x12__subscriber-health-benefit-check-error.271": {"x12.transaction_number"},
    "277/x12-parser__x12_277_x212.txt": {"x12.not_used", "x12.interchange_number"},
}

pytestmark = pytest.mark.skipif(not NAMES, reason="no X12 samples beside the checkout")


@pytest.mark.parametrize("name", sorted(set(NAMES) - OLD))
def test_a_sample_is_judged_as_known(name: str) -> None:
    found = {
        one.id for one in check(SAMPLES / name, levels={1, 2}) if one.severity is Severity.ERROR
    }
    assert found == FAULTS.get(name, set())


@pytest.mark.parametrize("name", sorted(set(NAMES) - OLD))
def test_a_sample_is_told_in_whole_sentences(name: str) -> None:
    said = says(SAMPLES / name, DAY)
    assert said
    assert all(one.endswith((".", ":")) for one in said)
    assert not [one for one in said if "None" in one]


@pytest.mark.parametrize("name", sorted(OLD & set(NAMES)))
def test_a_sample_of_an_older_version_is_told_so(name: str) -> None:
    (said,) = says(SAMPLES / name, DAY)
    assert "since 1 January 2012" in said


def test_a_denied_claim_is_told_with_its_line() -> None:
    claim, then, line = says(SAMPLES / "277/x12__demo.277", DAY)[-3:]
    denied = (
        ": done: denied: not eligible on those dates, about the patient; "
        "charged $150.00; paid $0.00; status of 2005-06-12."
    )
    assert claim.startswith("Claim of ")
    assert claim.endswith(denied)
    assert then.startswith("Next: Read the reasons in the remittance.")
    assert line.startswith("Line ")
    assert line.endswith(denied)


def test_limits_and_what_is_left_of_a_long_answer_are_told() -> None:
    said = says(SAMPLES / "271/TigerShark__271-example-3.txt", DAY)
    assert "Chiropractic: limit, one person, in the network, 35 visits in 1 years." in {
        one.partition(" The payer writes")[0] for one in said
    }
    assert (
        "The plan as a whole: most that the patient pays $2,100.00 left, one person, "
        "in the network."
    ) in said
