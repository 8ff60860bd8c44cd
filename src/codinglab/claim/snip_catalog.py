"""Every rule on the wire that needs code sets, products or payers: `check(x, rules=WIRE_RULES)`."""

from __future__ import annotations

from codinglab.claim import snip_claim, snip_hospital, snip_line, snip_payer
from codinglab.claim.snip_rule import WireRule

WIRE_RULES: tuple[WireRule, ...] = (
    *snip_claim.RULES,
    *snip_line.RULES,
    *snip_hospital.RULES,
    *snip_payer.RULES,
)
