"""Every rule on the wire that needs code sets, products or payers, ready for `x12.check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codinglab.claim import snip_claim, snip_hospital, snip_line, snip_payer, snip_reason
from codinglab.claim.snip_rule import WireRule
from codinglab.claim.snip_view import WireClaim
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Severity
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import TransactionTree
from codinglab.x12.session import TreeRule

WIRE_RULES: tuple[WireRule, ...] = (
    *snip_claim.RULES,
    *snip_line.RULES,
    *snip_hospital.RULES,
    *snip_payer.RULES,
    *snip_reason.RULES,
)
NOT_JUDGED = "code.not-judged"


def wire_rules() -> tuple[TreeRule, ...]:
    """Return all of them for one file: `check(text, rules=wire_rules())`.

    Where the lab has no code set for a day, a note says so, once a file for each set. Take new
    ones for each file.
    """
    return (_Judge().claim,)


class _Judge:
    """Asks every rule about each claim, and remembers what could not be judged."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def claim(self, tree: TransactionTree) -> Iterable[WireFinding]:
        view = WireClaim.of(tree)
        return () if view is None else self._judged(view)

    def _judged(self, view: WireClaim) -> Iterator[WireFinding]:
        for rule in WIRE_RULES:
            try:
                yield from rule(view)
            except NotInForce as error:
                if str(error) not in self._said:
                    self._said.add(str(error))
                    yield _note(view, rule, error)


def _note(view: WireClaim, rule: WireRule, error: NotInForce) -> WireFinding:
    return WireFinding(
        NOT_JUDGED,
        rule.snip,
        f"Not judged ({rule.id} and others like it): {error}.",
        "Judge it with the code sets of the day.",
        view.tree.control,
        view.head.position,
        view.loop.id,
        view.head.name,
        claim=view.account,
        severity=Severity.NOTE,
    )
