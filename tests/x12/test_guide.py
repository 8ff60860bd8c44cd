import csv
import time
from collections import Counter

import pytest

from codinglab.x12.facts import LoopNode, SegmentNode
from codinglab.x12.guide import NoGuide, folder, guide, guides, info
from codinglab.x12.names import element_name, loop_name, segment_name


def children(loop: LoopNode) -> list[str]:
    return [one.id if isinstance(one, LoopNode) else one.name for one in loop.children]


def loop_of(name: str, root: LoopNode) -> LoopNode:
    found = [one for one in root.loops if one.id == name]
    return found[0] if found else next(loop_of(name, one) for one in root.loops if one.loops)


def test_a_professional_claim_has_its_loops_in_the_order_of_its_guide() -> None:
    root = guide("005010X222A1").root
    assert children(root) == ["ST", "BHT", "1000A", "1000B", "2000A", "SE"]
    biller = root.loops[2]
    assert children(biller) == ["HL", "PRV", "CUR", "2010AA", "2010AB", "2010AC", "2000B"]
    assert children(biller.loops[0]) == ["NM1", "N3", "N4", "REF", "REF", "PER"]
    subscriber = biller.loops[3]
    assert children(subscriber) == ["HL", "SBR", "PAT", "2010BA", "2010BB", "2300", "2000C"]


def test_a_claim_is_the_same_below_subscriber_and_patient() -> None:
    subscriber = guide("005010X222A1").root.loops[2].loops[3]
    own = next(one for one in subscriber.loops if one.id == "2300")
    patient = next(one for one in subscriber.loops if one.id == "2000C")
    other = next(one for one in patient.loops if one.id == "2300")
    assert own is not other
    assert children(own) == children(other)
    assert [one.usage for one in (own, other)] == ["S", "R"]


def test_facts_of_one_segment_are_those_of_the_guide() -> None:
    biller = guide("005010X222A1").root.loops[2].loops[0].first
    role, kind, last = biller.shape.places[:3]
    assert (role.usage, role.codes, role.kind, role.low, role.high) == ("R", {"85"}, "ID", 2, 3)
    assert kind.codes == {"1", "2"}
    assert (last.kind, last.low, last.high) == ("AN", 1, 60)
    assert [str(one.text) for one in biller.conditions] == ["P0809", "C1110", "C1203"]


@pytest.mark.parametrize("about", guides(), ids=lambda one: one.kind)
def test_a_guide_loads_in_less_than_thirty_milliseconds_of_cpu(about: object) -> None:
    from codinglab.x12 import guide as module

    guide("005010X221A1")
    taken = []
    for _ in range(3):
        module._guide.cache_clear()
        begin = time.process_time()
        guide(about.guide, about.transaction)  # type: ignore[attr-defined]
        taken.append(time.process_time() - begin)
    assert min(taken) < 0.030


@pytest.mark.parametrize("about", guides(), ids=lambda one: f"{one.guide}-{one.transaction}")
def test_everything_that_a_check_can_name_has_a_name(about: object) -> None:
    table = guide(about.guide, about.transaction)  # type: ignore[attr-defined]
    kind = table.info.kind
    assert [one.loop.id for one in table.nodes if not loop_name(kind, one.loop.id)] == []
    assert [one.name for one in table.nodes if not segment_name(one.name)] == []
    unnamed = {
        f"{node.name}{place.at}"
        for node in table.nodes
        for each in node.shape.places
        for place in (each, *each.parts)
        if not element_name(node.name, place.at, place.number)
    }
    assert unnamed == set()


@pytest.mark.parametrize("about", guides(), ids=lambda one: f"{one.guide}-{one.transaction}")
def test_no_two_segments_of_a_loop_answer_to_the_same_name_and_qualifier(about: object) -> None:
    table = guide(about.guide, about.transaction)  # type: ignore[attr-defined]

    def twice(loop: LoopNode) -> list[str]:
        own = [one for one in loop.children if isinstance(one, SegmentNode)]
        seen = Counter(
            (one.name, code, second)
            for one in own
            for code in one.qualifiers or {""}
            for second in one.seconds or {""}
        )
        found = [f"{loop.id} {' '.join(key)}" for key, count in seen.items() if count > 1]
        return found + [each for inner in loop.loops for each in twice(inner)]

    assert twice(table.root) == []


def test_a_guide_without_tables_is_told_with_those_that_have() -> None:
    with pytest.raises(NoGuide, match=r"no tables of the guide '005010X224A2'; those here: 0050"):
        guide("005010X224A2")


def test_a_guide_of_question_and_answer_is_told_apart_by_its_transaction() -> None:
    assert info("005010X212", "276").kind == "276"
    assert info("005010X212", "277").kind == "277"
    assert info("005010X222A1", "835").kind == "837P"


def test_the_states_are_those_of_the_postal_services() -> None:
    with (folder() / "states.csv").open(encoding="utf-8", newline="") as lines:
        kinds = Counter(row["kind"] for row in csv.DictReader(lines))
    assert kinds == {"state": 51, "territory": 8, "military": 3, "province": 13}
