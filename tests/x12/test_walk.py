from mutants import GOLDEN, recounted

from codinglab.x12.check import check
from codinglab.x12.tree import trees

P = (GOLDEN / "837p.edi").read_text("utf-8")
R = (GOLDEN / "835.edi").read_text("utf-8")


def found(old: str, new: str, text: str = P) -> list[tuple[str, str, str]]:
    assert old in text
    return [(one.id, one.place, one.error) for one in check(recounted(text.replace(old, new, 1)))]


def test_a_tree_nests_as_the_guide_does() -> None:
    first, second = trees(P)
    assert (first.kind, first.guide, first.control) == ("837P", "005010X222A1", "0001")
    assert [loop.id for loop in first.root.loops] == ["1000A", "1000B", "2000A"]
    biller = first.loop("2000A")
    assert biller is not None
    assert [loop.id for loop in biller.loops] == ["2010AA", "2000B", "2000B"]
    assert [one.get(1) for one in (claim.segments[0] for claim in first.loops_of("2300"))] == [
        "ACCT0001",
        "ACCT0002",
    ]
    assert [len(claim.loops_of("2400")) for claim in first.loops_of("2300")] == [3, 1]
    assert second.loop("2010CA") is None


def test_segments_are_found_by_name_and_qualifier_in_their_own_loop() -> None:
    first, _ = trees(P)
    claim = first.loops_of("2300")[0]
    assert [one.position for one in claim.all("DTP")] == [21]
    assert claim.first("DTP", "439") is claim.segments[1]
    assert claim.first("DTP", "431") is None
    assert claim.first("HI", "ABK") is not None
    line = claim.loops_of("2400")[0]
    service = line.first("SV1")
    assert service is not None
    assert (service.get(2), service.get(99)) == ("150", "")
    assert service.parts(1) == ["HC", "99213", "25"]
    assert (service.part(1, 2), service.part(1, 9), service.parts(5)) == ("99213", "", [])


def test_a_tree_knows_its_interchange() -> None:
    (tree,) = trees(R)
    between = tree.interchange
    assert (between.sender, between.receiver, between.control) == (
        *("LABSUBMITTER", "LABPAYER"),
        "000000103",
    )
    assert (between.day.isoformat() if between.day else "", between.version) == (
        "2026-03-15",
        "005010X221A1",
    )
    assert [one.get(1) for one in tree.all("PLB")] == ["1234567893"]
    assert len([one for _, one in tree.root.walk()]) == 47


def test_a_wrong_code_is_told_of_the_element_and_not_as_a_lost_segment() -> None:
    wanted = [("x12.code", "segment 8 (2010AA NM101)", "7")]
    assert found("NM1*85*2*EXAMPLE FAMILY CLINIC", "NM1*8Z*2*EXAMPLE FAMILY CLINIC") == wanted


def test_a_right_code_at_a_wrong_place_is_a_lost_segment() -> None:
    lost = "NM1*77*2*SOMEWHERE~\n"
    assert found("HL*2*1*22*0", f"{lost}HL*2*1*22*0") == [
        ("x12.segment_unexpected", "segment 13 (2010AA NM1)", "2")
    ]


def test_a_loop_that_comes_too_late_is_told_once_and_read_on() -> None:
    moved = "NM1*82*1*HEALER*HANNA****XX*1678901236~\nPRV*PE*PXC*207Q00000X~\n"
    text = P.replace(moved, "", 1).replace("HL*3*1*22*1", f"{moved}HL*3*1*22*1", 1)
    # Behind the lines the same role is the rendering provider of the last line (2420A): no fault.
    assert list(check(recounted(text))) == []
    late = "NM1*41*2*LATE*****46*LATE~\nPER*IC*ANNE*TE*6145550100~\n"
    assert found("HL*1**20*1", f"{late}HL*1**20*1") == [
        ("x12.loop_too_often", "segment 6 (1000A NM1)", "4")
    ]


def test_a_missing_loop_is_told_where_it_should_have_been() -> None:
    lost = "NM1*40*2*LAB PAYER*****46*LABPAYER~\n"
    assert found(lost, "") == [("x12.loop_missing", "segment 5 (1000B NM1)", "3")]


def test_the_fifty_first_line_is_one_too_many() -> None:
    line = "LX*{0}~\nSV1*HC:A0425:RH*0*UN*1***1~\nDTP*472*D8*20260310~\n"
    more = "".join(line.format(at) for at in range(3, 52))
    assert found("SE*36*0002", f"{more}SE*36*0002") == [
        ("x12.loop_too_often", "segment 180 (2400 LX)", "4")
    ]
    assert found("SE*36*0002", "".join(line.format(at) for at in range(3, 51)) + "SE*36*0002") == []


def test_too_many_are_told_once_however_many_there_are() -> None:
    more = "REF*G1*AUTH7788~\n"
    assert found(more, more * 4) == [("x12.segment_too_often", "segment 23 (2300 REF)", "5")]
