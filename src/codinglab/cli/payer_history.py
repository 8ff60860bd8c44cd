"""What a simulated payer remembers between commands: the claims it got, decided again in order.

The file holds claims and days alone, so that nothing in it can disagree with the adjudication.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from codinglab.core.tables import BadData, Row, read_yaml

if TYPE_CHECKING:
    from codinglab.claim.model import Claim
    from codinglab.payer.authorization import Authorization
    from codinglab.payer.decision import Decision, Refusal
    from codinglab.payer.state import PayerState


class ReceivedRow(Row):
    """A claim file, relative to the history's folder, its SHA-256, and when the payer got it.

    `through` says that it went on to the payers of its further policies.
    """

    file: str
    sha256: str
    received: date
    through: bool = False


class GrantedRow(Row):
    """A request for an authorization: a planned visit's claim file, and what came with it."""

    file: str
    sha256: str
    asked: date
    records: tuple[str, ...] = ()
    urgent: bool = False


class HistoryFile(Row):
    """What payers got so far, in order."""

    asked: tuple[GrantedRow, ...] = ()
    claims: tuple[ReceivedRow, ...] = ()


@dataclass(slots=True)
class Payers:
    """The lab's payers and what each remembers; `year` is that of their opening balances."""

    year: int
    states: dict[str, PayerState] = field(default_factory=dict)
    refusals: list[tuple[str, Refusal]] = field(default_factory=list)

    def state(self, payer_id: str) -> PayerState:
        """Return what the payer remembers."""
        from codinglab.payer.member_file import simulated_payers
        from codinglab.payer.state import PayerState

        if payer_id not in self.states:
            known = simulated_payers().get(payer_id)
            members = known.members if known else ()
            self.states[payer_id] = PayerState.opening(members, self.year)
        return self.states[payer_id]

    def decide(self, claim: Claim, received: date) -> Decision | Refusal:
        """Let the claim's payer decide.

        Raises BadData for a payer without a contract, and for a hospital that it does not name.
        """
        from codinglab.cli.payer_claim import asked_of
        from codinglab.codes.release import NotInTable
        from codinglab.payer.adjudicate import adjudicate
        from codinglab.payer.decision import Refusal

        payer_id = claim.coverage.payer.payer_id
        contract, member = asked_of(claim, "send the claim to")
        try:
            made, state = adjudicate(claim, contract, member, self.state(payer_id), received)
        except NotInTable as error:
            raise BadData(f"claim {claim.account}: {error}") from None
        self.states[payer_id] = state
        if isinstance(made, Refusal):
            self.refusals.append((f"R{len(self.refusals) + 1:07}", made))
        return made

    def through(self, claim: Claim, received: date, *, on: bool) -> Iterator[Decision | Refusal]:
        """Yield the decision and, where it goes `on`, those of the further policies' payers.

        The next payer gets the claim on the day of the decision before.
        """
        from codinglab.payer.decision import Refusal
        from codinglab.payer.next_claim import next_claim

        following: Claim | None = claim
        while following is not None:
            made = self.decide(following, received)
            yield made
            if not on or isinstance(made, Refusal):
                return
            following, received = next_claim(made), made.decided

    def granted(self, one: Authorization) -> None:
        """Put an authorization on the payer's file."""
        state = self.state(one.payer_id)
        register = state.authorizations.with_one(one)
        self.states[one.payer_id] = replace(state, authorizations=register)


def replay(history: Path | None, year: int) -> Payers:
    """Return the payers after everything in the file `history`; raises BadData naming the place."""
    from codinglab.cli.payer_claim import claim_of, sent_of
    from codinglab.cli.payer_requests import answered

    payers = Payers(year)
    if history is None or not history.exists():
        return payers
    file = read_yaml(history, HistoryFile)
    for at, asked in enumerate(file.asked):
        claim = claim_of(_unchanged(history, asked))
        found = answered(claim, asked.asked, asked.records, urgent=asked.urgent, serial=at + 1)
        if found.answer is not None:
            payers.granted(found.answer.authorization)
    for one in file.claims:
        for claim in sent_of(_unchanged(history, one)):
            tuple(payers.through(claim, one.received, on=one.through))
    return payers


def _unchanged(history: Path, row: ReceivedRow | GrantedRow) -> Path:
    """Return the claim file of a row; raises BadData where it is not what was sent."""
    from codinglab.codes.release import digest

    path = history.parent / row.file
    if digest(path) != row.sha256:
        raise BadData(
            f"{history}: {row.file} changed since it was sent; keep the file as it was and write a "
            f"correction into a file of its own, or take it out of {history.name}"
        )
    return path


def remember(history: Path, claims: list[ReceivedRow], asked: list[GrantedRow]) -> None:
    """Add `claims` and `asked` to the file `history`, which is made where there is none."""
    import yaml

    had = read_yaml(history, HistoryFile) if history.exists() else HistoryFile()
    rows = {
        "asked": [one.model_dump(mode="json") for one in (*had.asked, *asked)],
        "claims": [one.model_dump(mode="json") for one in (*had.claims, *claims)],
    }
    text = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True)
    history.write_text(text, encoding="utf-8")
