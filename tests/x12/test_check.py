import io
import tracemalloc
from collections.abc import Iterator

import pytest
from made_x12 import claims
from mutants import GOLDEN, recounted

from codinglab.x12.check import Checker, check
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import TransactionTree

P = (GOLDEN / "837p.edi").read_text("utf-8")
R = (GOLDEN / "835.edi").read_text("utf-8")


def ids(text: str) -> list[str]:
    return [one.id for one in check(text)]


def test_a_finding_says_where_what_and_what_to_do() -> None:
    (one,) = check(P.replace("XX*1456789019", "XX*1456789018"))
    assert one.place == "segment 24 (2310A NM109)"
    assert one.message == (
        "NM109 (identifier) is '1456789018', which is no NPI: its check digit does not fit."
    )
    assert one.remedy.startswith("Copy the ten digits again")
    assert (one.transaction, one.claim, one.value, one.snip) == (
        *("0001", "ACCT0001"),
        *("1456789018", 5),
    )


def test_only_the_snip_types_asked_for_are_told() -> None:
    text = P.replace("XX*1456789019", "XX*1456789018").replace("ACCT0001*331.5", "ACCT0001*331.4")
    assert ids(text) == ["x12.npi", "x12.claim_total"]
    assert [one.id for one in check(text, levels=(3,))] == ["x12.claim_total"]
    assert list(check(text, levels=(1, 2))) == []


def test_several_interchanges_with_other_delimiters_are_all_judged() -> None:
    other = R.translate(str.maketrans({"*": "|", ":": ">", "~": "'"})).replace("315.25", "315.26")
    found = list(check(P + other))
    assert [(one.id, one.transaction) for one in found] == [("x12.paid_total", "0001")]


def test_the_same_interchange_twice_is_told() -> None:
    assert ids(R + R) == ["x12.interchange_twice"]


def test_the_same_group_number_twice_is_told() -> None:
    group = R[R.index("GS*") : R.index("IEA*")]
    twice = R.replace("IEA*1*", group + "IEA*2*")
    assert ids(twice) == ["x12.group_twice"]


def test_an_interchange_cut_off_is_judged_as_far_as_it_goes() -> None:
    cut = P[: P.index("SV1*HC:73610") + 10]
    assert [(one.id, one.place) for one in check(cut)] == [
        ("x12.unterminated", "segment 0"),
        ("x12.segment_missing", "segment 31 (2400 SV1)"),
        ("x12.segment_missing", "segment 31 (2400 DTP)"),
        ("x12.segment_missing", "segment 31 (ST SE)"),
        ("x12.claim_total", "segment 20 (2300 CLM02)"),
        ("x12.group_open", "segment 33 (GE)"),
        ("x12.interchange_open", "segment 33 (IEA)"),
    ]


def test_a_claim_given_twice_is_found_though_its_account_number_differs() -> None:
    claim = P[P.index("HL*2*1*22*0~\nSBR*P*18*******MB") : P.index("SE*36*0002")]
    again = claim.replace("HL*2*", "HL*3*").replace("ACCT0003", "ACCT0004")
    text = recounted(P.replace("SE*36*0002", again + "SE*36*0002"))
    (one,) = check(text)
    assert (one.id, one.claim, one.place) == (
        "x12.claim_twice",
        "ACCT0004",
        "segment 43 (2300 CLM01)",
    )
    assert (
        ids(
            text.replace(
                "UN*12***1~\nDTP*472*D8*20260310~\nSE", "UN*12***1~\nDTP*472*D8*20260311~\nSE"
            )
        )
        == []
    )


def test_a_payment_below_zero_is_told_though_it_adds_up() -> None:
    # 330.25 paid, less PLB -5 and 345: 330.25 - 340 = -9.75
    text = R.replace("BPR*I*315.25", "BPR*I*-9.75").replace("WO:ACCT0001*20", "WO:ACCT0001*345")
    assert [(one.id, one.place) for one in check(text)] == [
        ("x12.paid_negative", "segment 2 (ST BPR02)")
    ]


def test_a_segment_outside_all_is_told_once() -> None:
    text = R.replace("ST*835*0001~\n", "")
    assert ids(text) == ["x12.outside", "x12.group_count"]


def test_a_transaction_of_an_unknown_guide_is_told_and_its_envelope_judged() -> None:
    text = R.replace("005010X221A1", "005010X999").replace("IEA*1", "IEA*2")
    found = list(check(text))
    assert [(one.id, one.severity.value) for one in found] == [
        ("x12.no_guide", "warning"),
        ("x12.interchange_count", "error"),
    ]


def test_an_empty_segment_is_told() -> None:
    assert ids(R.replace("LX*1~", "LX*1~~")) == ["x12.empty_segment", "x12.segment_count"]


def test_a_run_of_lost_segments_is_told_once() -> None:
    text = recounted(P.replace("HI*ABK:I639~\n", "ZZZ*1~\nZZY*2~\nZZX*3~\nHI*ABK:I639~\n"))
    assert ids(text) == ["x12.segment_unknown"]


def test_a_further_rule_is_asked_once_a_claim_with_that_claim_alone() -> None:
    seen: list[tuple[str, int, str]] = []

    def rule(tree: TransactionTree) -> Iterator[WireFinding]:
        claims_there = tree.loops_of("2300")
        biller = tree.loop("2010AA")
        assert biller is not None
        name = biller.first("NM1")
        assert name is not None
        seen.append((claims_there[0].segments[0].get(1), len(claims_there), name.get(9)))
        yield WireFinding("site.rule", 7, "said.", "Do.", tree.control)

    found = [one.id for one in check(P, rules=(rule,))]
    assert found == ["site.rule"] * 3
    assert seen == [
        ("ACCT0001", 1, "1234567893"),
        ("ACCT0002", 1, "1234567893"),
        ("ACCT0003", 1, "1234567893"),
    ]


def test_a_further_rule_of_a_guide_without_parts_is_asked_once_a_transaction() -> None:
    seen: list[str] = []

    def rule(tree: TransactionTree) -> Iterator[WireFinding]:
        seen.append(f"{tree.kind} {len(tree.loops_of('2100'))}")
        return iter(())

    list(check(R, rules=(rule,)))
    assert seen == ["835 1", "835 1", "835 1"]


def test_memory_stays_small_however_many_claims_there_are() -> None:
    def highest(count: int) -> int:
        tracemalloc.start()
        checker = Checker(io.StringIO("".join(claims(count, alike=True))))
        tracemalloc.reset_peak()
        base = tracemalloc.get_traced_memory()[0]
        assert not [one for one in checker if one.id != "x12.claim_twice"]
        peak = tracemalloc.get_traced_memory()[1] - base
        tracemalloc.stop()
        return peak

    few, many = highest(50), highest(1000)
    assert many < few + 600_000


@pytest.mark.parametrize(
    "text",
    [
        P.replace("SE*64", "SE*" + "9" * 5000),
        P.replace("GE*2", "GE*99999999999999999999"),
        P.replace("LX*1~", "LX*" + "1" * 3000 + "~"),
        P.replace("SV1*HC:99213", "SV1*" + ":" * 50_000 + "HC:99213"),
        P.replace("1:2~", ":".join("9" * 4000) + "~"),
        P.replace("HL*2*1", "HL*2*" + "7" * 4000),
        P.replace("*331.5*", "*" + "1" * 5000 + "*"),
        P.replace("DMG*D8*19850412", "DMG*D8*" + "0" * 5000),
        P.replace("~\n", "~\n~\n~\n"),
        P + "ISA*" * 1000,
        P.replace("CLM*", "CLM*\x00\x01\x02"),
        P[: len(P) // 2] + P,
    ],
    ids=range(12),
)
def test_hostile_files_end_in_findings(text: str) -> None:
    found = list(check(text))
    assert found
    assert all(one.message and one.remedy and one.id.startswith("x12.") for one in found)
