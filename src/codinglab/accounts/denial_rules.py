"""The files of curriculum/denials: what is done first, how it is sent, the odds, the order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeVar

from pydantic import Field

from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml

Do = Literal[
    "correct", "appeal", "bill_other", "find_first", "bill_patient", "records", "ask", "none_left"
]
"""What is done with a denial; `none_left` is the end of all rights, and no write-off by itself."""

RouteName = Literal["new claim", "reopening", "adjustment", "replacement"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a row of actions.yml is chosen by: cause, reason and group, modifiers, kind of payer.

    `status` is that of the claim (CLP02), blank of a rejection.
    """

    cause: str
    carc: str
    group: str
    modifiers: tuple[str, ...] = ()
    filing: str = ""
    status: str = ""


class ActionRow(Row):
    """What is `do`ne first, and what `then`, for a cause or a reason, perhaps of one group.

    A row of `modifiers` speaks of lines with one of them, one of `filing` of these payers alone,
    one of `statuses` of claims with one of these statuses.
    """

    cause: str = ""
    carc: str = ""
    group: str = ""
    modifiers: tuple[str, ...] = ()
    filing: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    do: Do
    then: Do
    look: str
    why: str

    def fits(self, seen: Seen) -> bool:
        """Say whether the row speaks of this denial."""
        told = (self.cause, seen.cause), (self.carc, seen.carc), (self.group, seen.group)
        return (
            all(mine in {"", theirs} for mine, theirs in told)
            and (not self.modifiers or bool(set(self.modifiers) & set(seen.modifiers)))
            and (not self.filing or seen.filing in self.filing)
            and (not self.statuses or seen.status in self.statuses)
        )

    @property
    def narrowness(self) -> tuple[bool, ...]:
        """Return what sorts rows from wide to narrow."""
        return tuple(map(bool, (self.statuses, self.modifiers, self.carc, self.group, self.cause)))


class ActionFile(Row):
    """curriculum/denials/actions.yml."""

    source: str
    no_appeal_remarks: tuple[str, ...]
    actions: tuple[ActionRow, ...]

    def find(self, seen: Seen) -> ActionRow:
        """Return the narrowest row for a denial; raises BadData where none fits."""
        fitting = [one for one in self.actions if one.fits(seen)]
        if not fitting:
            said = f"no row for cause {seen.cause}; add one"
            raise BadData(f"curriculum/denials/actions.yml: {said}")
        return max(fitting, key=lambda one: one.narrowness)


class CorrectionRoute(Row):
    """How payers billed under `filing` take a correction.

    `frequency` is that of the claim, blank where no claim is sent. `lines` says whether all lines
    go or those denied. The limit is the payer's filing limit, or `years` from the notice; `later`
    says what can still be asked for after these years, and until when with good cause. Of
    `conditions`, claim change reasons, exactly one stands on the claim.
    """

    route: RouteName
    filing: tuple[str, ...]
    frequency: str
    lines: Literal["all", "denied"]
    says: str
    source: str
    years: int = 0
    from_notice: bool = False
    later: str = ""
    good_cause_years: int = 0
    conditions: tuple[str, ...] = ()


class CorrectionFile(Row):
    """curriculum/denials/corrections.yml; `new_claim` is for what no payer has processed."""

    source: str
    new_claim_remarks: tuple[str, ...]
    new_claim: CorrectionRoute
    routes: tuple[CorrectionRoute, ...]

    def find(self, filing: str) -> CorrectionRoute:
        """Return the route of the payers billed under `filing`; raises BadData for another."""
        for one in self.routes:
            if filing in one.filing:
                return one
        raise BadData(
            f"curriculum/denials/corrections.yml: no route for claim filing indicator {filing!r}; "
            "add it to the row of the payers that take corrections in the same way"
        )


class OddsRow(Row):
    """Odds of being paid after each act, for one cause."""

    cause: str
    correct: Decimal | None = None
    appeal: Decimal | None = None
    bill_other: Decimal | None = None
    find_first: Decimal | None = None
    bill_patient: Decimal | None = None
    records: Decimal | None = None
    ask: Decimal | None = None


class OddsFile(Row):
    """curriculum/denials/odds.yml; `none_left` are the odds where every right is used up."""

    invented: bool
    source: str
    none_left: Decimal
    odds: tuple[OddsRow, ...]

    def find(self, cause: str, do: Do) -> Decimal:
        """Return the odds from 0 to 1; raises BadData where the file has none."""
        if do == "none_left":
            return self.none_left
        for one in self.odds:
            found: Decimal | None = getattr(one, do)
            if one.cause == cause and found is not None:
                return found
        raise BadData(f"curriculum/denials/odds.yml: no odds of {do} for cause {cause}; add them")


class Band(Row):
    """A part of the queue: what is due within `days`."""

    name: str
    days: int = Field(ge=0)


class QueueFile(Row):
    """curriculum/denials/queue.yml."""

    source: str
    bands: tuple[Band, ...]


F = TypeVar("F", bound=Row)


def _read(name: str, model: type[F]) -> F:
    return read_yaml(data_folder("curriculum") / "denials" / name, model)


@lru_cache(maxsize=1)
def action_file() -> ActionFile:
    """Return what is done first; raises BadData naming file and field."""
    return _read("actions.yml", ActionFile)


@lru_cache(maxsize=1)
def correction_file() -> CorrectionFile:
    """Return how corrections are sent; raises BadData naming file and field."""
    return _read("corrections.yml", CorrectionFile)


@lru_cache(maxsize=1)
def odds_file() -> OddsFile:
    """Return the odds; raises BadData naming file and field."""
    return _read("odds.yml", OddsFile)


@lru_cache(maxsize=1)
def queue_file() -> QueueFile:
    """Return the order of the queue; raises BadData naming file and field."""
    return _read("queue.yml", QueueFile)
