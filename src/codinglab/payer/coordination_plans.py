"""Which of two health plans pays first: the NAIC's model regulation on coordination of benefits.

Source: NAIC Model 120, section 6. States adopt it with changes of their own, and a plan that an
employer funds itself follows its own document, most often in the same words.
"""

from __future__ import annotations

from codinglab.payer.coordination_facts import Child, CoveredBy, MissingFact, Parent
from codinglab.payer.coordination_medicare import how_it_came

Verdict = tuple[int, str]
"""Below 0 the first plan pays first, above 0 the second, 0 neither; and the rule that says so."""


def compare(left: CoveredBy, right: CoveredBy, child: Child | None) -> Verdict:
    """Say which plan pays first and by which rule; raises MissingFact, with the question."""
    for decided in (
        _coordinates(left, right),
        _dependent(left, right),
        _of_child(left, right, child),
        _active(left, right),
        _continued(left, right),
    ):
        if decided[0]:
            return decided
    return _longer(left, right, "longer")


def _first(left: bool, right: bool, rule: str) -> Verdict:
    return int(right) - int(left), rule


def _coordinates(left: CoveredBy, right: CoveredBy) -> Verdict:
    return _first(not left.coordinates, not right.coordinates, "no_coordination")


def _dependent(left: CoveredBy, right: CoveredBy) -> Verdict:
    return _first(left.holder == "patient", right.holder == "patient", "dependent")


def _active(left: CoveredBy, right: CoveredBy) -> Verdict:
    for one in (left, right):
        if one.kind == "group" and not one.work:
            raise MissingFact(how_it_came(one))
    gone = {"retired", "laid off"}
    if not ({left.work, right.work} & gone and "current" in {left.work, right.work}):
        return 0, "active"
    return _first(left.work == "current", right.work == "current", "active")


def _continued(left: CoveredBy, right: CoveredBy) -> Verdict:
    return _first(left.work != "continued", right.work != "continued", "continuation")


def _longer(left: CoveredBy, right: CoveredBy, rule: str) -> Verdict:
    whom = "its holder" if rule == "same_birthday" else "the patient"
    unknown = sorted(one.name for one in (left, right) if one.starts is None)
    if unknown:
        raise MissingFact(f"From which day does {' and '.join(unknown)} cover {whom}?")
    assert left.starts is not None
    assert right.starts is not None
    if left.starts == right.starts:
        return 0, "equal"
    return (-1 if left.starts < right.starts else 1), rule


def _of_child(left: CoveredBy, right: CoveredBy, child: Child | None) -> Verdict:
    """Two plans that both cover the patient through somebody else: the rules of children.

    The plans of one and the same parent are not told apart here, but by later rules. A patient
    that is no child has at most one spouse. A grown child's own spouse stands beside the parents by
    length of coverage, and by birthdays where that began on one day: s. 6(D)(2)(d).
    """
    holders = {left.holder, right.holder}
    if child is not None and "patient" not in holders and "spouse" in holders != {"spouse"}:
        longer = _longer(left, right, "longer")
        if longer[0]:
            return longer
        return _birthday(left, right, child.parent(left.holder), child.parent(right.holder))
    if child is None or "patient" in {left.holder, right.holder} or left.holder == right.holder:
        return 0, "birthday"
    one, other = child.parent(left.holder), child.parent(right.holder)
    if child.together or child.decree in {"both parents", "joint custody"}:
        return _birthday(left, right, one, other)
    if child.decree == "one parent":
        decided = _answers(one, other, child)
        if decided[0]:
            return decided
    return _custody(one, other, child)


def _birthday(left: CoveredBy, right: CoveredBy, one: Parent, other: Parent) -> Verdict:
    days = tuple((each.born.month, each.born.day) for each in (one, other))
    if days[0] == days[1]:
        return _longer(left, right, "same_birthday")
    return (-1 if days[0] < days[1] else 1), "birthday"


def _answers(one: Parent, other: Parent, child: Child) -> Verdict:
    """Put first the parent who answers by court order, then that parent's spouse."""
    if not any(parent.answers for parent in child.parents):
        raise MissingFact("Which parent answers for the child's health care by the court's order?")
    return _by_rank(_answering(one, child), _answering(other, child), "court_order")


def _answering(parent: Parent, child: Child) -> int:
    if parent.answers:
        return 0
    return 1 if parent.spouse_of and child.parent(parent.spouse_of).answers else 2


def _custody(one: Parent, other: Parent, child: Child) -> Verdict:
    if sum(parent.custody for parent in child.parents) != 1:
        raise MissingFact("With which parent does the child live?")
    return _by_rank(_keeping(one, child), _keeping(other, child), "custody")


def _keeping(parent: Parent, child: Child) -> int:
    """Rank: the parent with custody, that parent's spouse, the other parent, the other's spouse."""
    if parent.spouse_of:
        return 1 if child.parent(parent.spouse_of).custody else 3
    return 0 if parent.custody else 2


def _by_rank(left: int, right: int, rule: str) -> Verdict:
    return (left > right) - (left < right), rule
