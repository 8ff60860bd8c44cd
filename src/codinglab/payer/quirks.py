"""Habits of single payers, by name: a contract's file turns them on, with its figure and source."""

from __future__ import annotations

FROM_FIRST_PAYER = "filing runs from the first payer's decision"
VISIT_WITH_25 = "visit with 25 at a share"
WITHHOLD = "withhold of the payment"
CARVE_OUT, EXCLUSION = "coordination by carve-out", "coordination by exclusion"
SUPPLEMENT = "supplement of Medicare"

QUIRKS = {
    FROM_FIRST_PAYER: "the filing limit of a second payer runs from the first payer's decision",
    VISIT_WITH_25: "a visit with modifier 25 beside a procedure is paid at the share `value`",
    WITHHOLD: "the share `value` of each payment is held back until the end of the year",
    CARVE_OUT: "after another payer the normal benefit is paid less what that one paid",
    EXCLUSION: "after another payer deductible and coinsurance are taken from what that one left",
    SUPPLEMENT: "it pays the shares of Medicare that the standard plan in `codes` (a letter) names",
}
"""Each quirk, and what it does."""
