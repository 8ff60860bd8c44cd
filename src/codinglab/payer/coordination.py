"""Who pays first: the policies of a patient in their order, each with its reason.

Accident insurers come before health plans, plans from current work before Medicare, Medicare
before the rest, and Medicaid last (code_sets/payer_order, places.csv). Plans of one place follow
the NAIC's model (`payer.coordination_plans`). Where Medicare stands between two plans of a retired
patient with a working spouse, the plans do so too: NAIC Model 120 s. 6(D)(1)(b).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cmp_to_key

from codinglab.payer.coordination_facts import CoveredBy, Facts, MissingFact, Order, Ranked
from codinglab.payer.coordination_medicare import before_medicare
from codinglab.payer.coordination_plans import Verdict, compare
from codinglab.payer.coordination_tables import RuleRow, place_on, rule_on

_PAYS_FOR = {
    "workers' compensation": {"work"},
    "black lung": {"black lung"},
    "no-fault": {"auto", "premises"},
    "liability": {"auto", "premises", "liability"},
}
"""For which care an accident's policy pays; a health plan pays for any."""
_VETERANS = "veterans"


@dataclass(frozen=True, slots=True)
class _Standing:
    """A policy, the place of its kind, and the rule that put it there."""

    policy: CoveredBy
    place: int
    rule: RuleRow | None


def order(policies: Sequence[CoveredBy], facts: Facts, day: date) -> Order:
    """Return the order in which `policies` pay for care on `day`.

    Accident policies that the care has nothing to do with, and policies that do not hold yet, are
    left out. A fact that decides and is not known becomes a question in `asks`, and nothing is
    ranked. Raises NotInForce for a day without rules.
    """
    try:
        used = _used(policies, facts, day)
    except MissingFact as question:
        return Order((), (), (str(question),))
    left_out = tuple(one for one in policies if one not in used)
    asks: list[str] = []
    standing = []
    for one in used:
        try:
            standing.append(_standing(one, used, facts, day))
        except MissingFact as question:
            asks.append(str(question))
    if asks:
        return Order((), left_out, tuple(dict.fromkeys(asks)))
    try:
        return Order(_ranked(_sorted(standing, facts), facts, day), left_out)
    except MissingFact as question:
        return Order((), left_out, (str(question),))


def _used(policies: Sequence[CoveredBy], facts: Facts, day: date) -> list[CoveredBy]:
    """Return the policies that pay for the care; what Veterans Affairs ordered it pays alone."""
    used = [one for one in policies if _pays(one, facts, day)]
    veterans = [one for one in used if one.kind == _VETERANS]
    if any(one.authorized is None for one in veterans):
        raise MissingFact("Did Veterans Affairs order this care, and does it pay for it?")
    ordered = [one for one in veterans if one.authorized]
    return ordered or [one for one in used if one.kind != _VETERANS]


def _pays(policy: CoveredBy, facts: Facts, day: date) -> bool:
    starts = policy.starts
    if policy.kind == "medicare" and facts.medicare is not None:
        starts = facts.medicare.since
    holds = starts is None or starts <= day
    return holds and facts.injury in _PAYS_FOR.get(policy.kind, {facts.injury})


def _standing(policy: CoveredBy, policies: list[CoveredBy], facts: Facts, day: date) -> _Standing:
    if policy.kind not in {"group", "individual"}:
        row = place_on(policy.kind, day)
        return _Standing(policy, row.place, rule_on(row.rule, day) if row.rule else None)
    if not any(one.kind == "medicare" for one in policies):
        return _Standing(policy, place_on("after medicare", day).place, None)
    before, rule = before_medicare(policy, facts.medicare, day)
    name = "before medicare" if before else "after medicare"
    return _Standing(policy, place_on(name, day).place, rule)


def _sorted(standing: list[_Standing], facts: Facts) -> list[_Standing]:
    def which(left: _Standing, right: _Standing) -> int:
        return left.place - right.place or _within(left, right, facts)[0]

    found = sorted(standing, key=cmp_to_key(which))
    for left, right in itertools.combinations(found, 2):
        if which(left, right) > 0:
            raise MissingFact(
                f"By the model's rules {right.policy.name} pays before {left.policy.name}, and by "
                "way of the other plans after it: which one do the plans say pays first?"
            )
    return found


def _within(left: _Standing, right: _Standing, facts: Facts) -> Verdict:
    if left.policy.kind in {"group", "individual"}:
        return compare(left.policy, right.policy, facts.child)
    names = " and ".join(sorted((left.policy.name, right.policy.name)))
    raise MissingFact(
        f"Which of {names} pays first? No rule of the lab tells two such policies apart; ask both "
        "insurers."
    )


def _ranked(standing: list[_Standing], facts: Facts, day: date) -> tuple[Ranked, ...]:
    found = []
    between = _medicare_between(standing)
    for at, one in enumerate(standing):
        rule = _rule(standing, at, facts, day)
        found.append(
            Ranked(
                at + 1,
                one.policy,
                rule.code,
                _sentence(standing, at, rule, between=between, day=day),
                rule.source,
                one.rule.msp_type if one.rule and _before_medicare(standing, at) else "",
            )
        )
    return tuple(found)


def _rule(standing: list[_Standing], at: int, facts: Facts, day: date) -> RuleRow:
    """Return the rule by which the policy at `at` stands where it stands.

    That is its own rule where it has one; Medicare has its neighbour's.
    """
    here = standing[at]
    if len(standing) == 1:
        return rule_on(_VETERANS if here.policy.kind == _VETERANS else "only", day)
    near = standing[at - 1] if at else standing[1]
    if near.place == here.place:
        pair = (near, here) if at else (here, near)
        return rule_on(_within(*pair, facts)[1], day)
    found = here.rule or near.rule
    if found is None:
        found = next(one.rule for one in standing if one.rule)
    assert found is not None
    return found


def _sentence(
    standing: list[_Standing], at: int, rule: RuleRow, *, between: bool, day: date
) -> str:
    name = standing[at].policy.name
    where = "pays alone" if len(standing) == 1 else "pays first" if not at else f"pays {_nth(at)}"
    also = f"; {rule_on('medicare_between', day).why}" if between and at in {0, 2} else ""
    return f"{name} {where}: {rule.why}{also}."


def _nth(at: int) -> str:
    return f"after {('one', 'two', 'three', 'four', 'five')[min(at, 5) - 1]} other" + (
        "s" if at > 1 else ""
    )


def _before_medicare(standing: list[_Standing], at: int) -> bool:
    return any(one.policy.kind == "medicare" for one in standing[at + 1 :])


def _medicare_between(standing: list[_Standing]) -> bool:
    """Say whether a spouse's plan, Medicare and the patient's own plan pay in that order."""
    kinds = [(one.policy.kind, one.policy.holder == "patient") for one in standing[:3]]
    return kinds == [("group", False), ("medicare", True), ("group", True)]
