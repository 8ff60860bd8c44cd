"""What the scrubber says of a batch: findings in a biller's order, and which claims are clean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from codinglab.claim.model import Claim
from codinglab.claim.scrub_rule import STAGES, Fixer, Stage, StatusAnswer
from codinglab.core.findings import Finding, Severity
from codinglab.x12.finding import Snip

if TYPE_CHECKING:
    import pandas as pd

Origin = Literal["claim edit", "line edit", "wire"]
WorkStage = Literal["format"] | Stage
WORK_STAGES: tuple[WorkStage, ...] = ("format", *STAGES)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Scrub:
    """One finding with what a biller asks of it.

    `stage` says when it is worked and `fixer` who can mend it. `snip` is its WEDI SNIP type, None
    for an edit of a payer's claim editor, which SNIP does not know. `rejects` says that a front end
    refuses the claim for it, and `answer` how a 277CA tells so, where one does. `at` names loop
    and element of the 837.
    """

    finding: Finding
    origin: Origin
    stage: WorkStage
    fixer: Fixer
    snip: Snip | None
    at: str = ""
    answer: StatusAnswer | None = None
    rejects: bool = False

    @property
    def order(self) -> tuple[int, int, int]:
        """Return by what findings are ordered: rejections first, then stage, then weight."""
        return (
            0 if self.rejects else 1,
            WORK_STAGES.index(self.stage),
            _WEIGHT[self.finding.severity],
        )

    def as_json(self) -> dict[str, Any]:
        """Return the stable JSON form."""
        return self.finding.as_json() | {
            "origin": self.origin,
            "stage": self.stage,
            "fixer": self.fixer,
            "snip": self.snip,
            "at": self.at,
            "rejects": self.rejects,
            "answer": [self.answer.category, self.answer.code, self.answer.entity]
            if self.answer
            else None,
        }


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule that applies and could not judge, by its id, and why not."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class ScrubbedClaim:
    """One claim, what was found of it in a biller's order, and which rules could not judge it.

    `last_day` is the last one on which its payer takes it, None where the lab does not know.
    """

    claim: Claim
    findings: tuple[Scrub, ...]
    not_judged: tuple[NotJudged, ...] = ()
    last_day: date | None = None

    @property
    def is_clean(self) -> bool:
        """Say whether the claim can go out: nothing found of it is an error."""
        return all(one.finding.severity is not Severity.ERROR for one in self.findings)

    @property
    def is_rejected(self) -> bool:
        """Say whether a front end would refuse the claim."""
        return any(one.rejects for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the stable JSON form."""
        return {
            "account": self.claim.account,
            "clean": self.is_clean,
            "rejected": self.is_rejected,
            "last_day_to_file": self.last_day.isoformat() if self.last_day else None,
            "findings": [one.as_json() for one in self.findings],
            "not_judged": [{"id": one.id, "why": one.why} for one in self.not_judged],
        }


@dataclass(frozen=True, slots=True)
class ScrubReport:
    """A batch as it would be sent on `day`; `file` are findings on the 837 that are of no claim."""

    day: date
    claims: tuple[ScrubbedClaim, ...]
    file: tuple[Scrub, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Say whether the whole batch can go out."""
        errors = any(one.finding.severity is Severity.ERROR for one in self.file)
        return not errors and all(one.is_clean for one in self.claims)

    @property
    def clean_rate(self) -> tuple[int, int]:
        """Return how many claims are clean, and of how many."""
        return sum(one.is_clean for one in self.claims), len(self.claims)

    def as_json(self) -> dict[str, Any]:
        """Return the stable JSON form."""
        clean, count = self.clean_rate
        return {
            "day": self.day.isoformat(),
            "clean": self.is_clean,
            "clean_claims": clean,
            "claims_judged": count,
            "file": [one.as_json() for one in self.file],
            "claims": [one.as_json() for one in self.claims],
        }

    def frame(self) -> pd.DataFrame:
        """Return a row a finding: account, place, what, remedy, who mends it, and its levels."""
        import pandas as pd

        rows = [("", one) for one in self.file]
        rows += [(claim.claim.account, one) for claim in self.claims for one in claim.findings]
        columns = [
            *("account", "rejects", "stage", "fixer", "severity", "snip"),
            *("id", "place", "message", "remedy", "at", "answer"),
        ]
        return pd.DataFrame([_row(account, one) for account, one in rows], columns=columns)


def _row(account: str, one: Scrub) -> tuple[Any, ...]:
    found, said = one.finding, str(one.answer or "")
    return (
        *(account, one.rejects, one.stage, one.fixer, found.severity.value, one.snip),
        *(found.id, found.place, found.message, found.remedy, one.at, said),
    )
