"""What is at stake in an appeal, and claims put together to reach the amount in controversy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codinglab.accounts.appeal_deadline import deadline
from codinglab.accounts.appeal_path import (
    AppealPath,
    Level,
    amount_file,
    amount_in_controversy,
)
from codinglab.core.tables import BadData


@dataclass(frozen=True, slots=True)
class Part:
    """One claim of an aggregated appeal.

    `amount` is at stake, in dollars. `decided` is the day of the notice by the level below, None
    where it has not decided; `received` the day on which that came, where it can be shown.
    """

    account: str
    amount: Decimal
    decided: date | None
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Whether claims may go together: `problems` say why not; dollars."""

    total: Decimal
    needed: Decimal
    problems: tuple[str, ...]
    source: str

    @property
    def allowed(self) -> bool:
        """Say whether the claims may be appealed together."""
        return not self.problems


def at_stake(charged: Decimal, paid: Decimal, patient_share: Decimal) -> Decimal:
    """Return the amount in controversy of a claim or line, in dollars.

    What was charged, less what Medicare paid or awarded, less the deductible and coinsurance that
    may be collected (42 CFR 405.1006(d)(1)).
    """
    return max(charged - paid - patient_share, Decimal(0))


def is_enough(level: Level, amount: Decimal, filed: date) -> bool:
    """Say whether `amount` reaches what `level` asks for on the day of the request.

    Raises NotInForce for a year without amounts.
    """
    return level.amount is None or amount >= amount_in_controversy(level.amount, filed)


def aggregate(
    path: AppealPath, number: int, parts: Sequence[Part], filed: date, related_by: str
) -> Aggregated:
    """Return whether `parts` may go to level `number` of `path` together.

    `related_by` says what makes the services similar or related, or which issue of law and fact
    they share; a human judges that, and it may not be blank. Raises BadData for a level without an
    amount in controversy, and NotInForce for a year without amounts.
    """
    level = path.level(number)
    if level.amount is None:
        raise BadData(f"level {number} ({level.name}) asks for no amount: appeal each claim alone")
    total = sum((one.amount for one in parts), Decimal(0))
    needed = amount_in_controversy(level.amount, filed)
    problems = [said for one in parts for said in _problems(level, one, filed)]
    count = Counter(one.account for one in parts)
    problems += [f"{one}: it is counted {many} times" for one, many in count.items() if many > 1]
    if not related_by.strip():
        problems.append("nothing says what makes the claims similar or related; say it")
    if total < needed:
        problems.append(f"together {total} dollars, and {needed} are asked for in {filed.year}")
    return Aggregated(total, needed, tuple(problems), amount_file().aggregation[level.amount])


def _problems(level: Level, part: Part, filed: date) -> list[str]:
    if part.decided is None:
        return [f"{part.account}: the level below has not decided"]
    if filed < part.decided:
        return [f"{part.account}: the level below decided on {part.decided}, after the request"]
    last = deadline(level.on(part.decided), part.decided, part.received).last
    if filed > last:
        return [f"{part.account}: the request was due on {last}"]
    return []
