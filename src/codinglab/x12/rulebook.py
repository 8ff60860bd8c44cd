"""All rules that the wire alone can be judged by, and how they are asked while a file is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from codinglab.x12.answering import GroupView, answer, benefit, totals
from codinglab.x12.balance import amount, balance, cob
from codinglab.x12.batch import Batch
from codinglab.x12.claim_view import ClaimView
from codinglab.x12.finding import WireFinding
from codinglab.x12.loops import Loop, TransactionTree
from codinglab.x12.product import by_ambulance, product
from codinglab.x12.remittance import PaymentView, RemittanceView, payment, remittance
from codinglab.x12.rules import LoopRules, Rule, ask
from codinglab.x12.situation import situation
from codinglab.x12.situation_dates import dates
from codinglab.x12.situation_hospital import hospital
from codinglab.x12.situation_payer import others, payer
from codinglab.x12.situation_people import SubscriberView, people

_OF_ALL = (balance, situation, hospital, payer, dates)
_OF_CLAIMS = (*_OF_ALL, cob, others, product)


AnyRule = (
    Rule[ClaimView]
    | Rule[SubscriberView]
    | Rule[PaymentView]
    | Rule[RemittanceView]
    | Rule[GroupView]
    | Rule[Loop]
)


def catalog() -> tuple[AnyRule, ...]:
    """Return every rule about claims, subscribers, payments and answers, family by family."""
    claims = tuple(rule for family in _OF_CLAIMS for rule in family.rules)
    answers: tuple[AnyRule, ...] = (*answer.rules, *totals.rules, *benefit.rules)
    return (*claims, *people.rules, *payment.rules, *remittance.rules, *answers)


class _Claims:
    """Asks the rules about claims and subscribers of one kind of 837."""

    def __init__(self, kind: str) -> None:
        self.of_all = tuple(rule for family in _OF_ALL for rule in family.of(kind))
        self.of_several_payers = (*cob.of(kind), *others.of(kind))
        self.of_products = product.of(kind)
        self.of_people = people.of(kind)
        self.batch = Batch()

    def claim(self, tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
        view = ClaimView(tree, chain)
        account = view.head.get(1)
        yield from ask(self.of_all, view, tree.control, account)
        if view.others:
            yield from ask(self.of_several_payers, view, tree.control, account)
        if self.of_products and by_ambulance(view):
            yield from ask(self.of_products, view, tree.control, account)
        yield from self.batch.claim(view)

    def subscriber(self, tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
        view = SubscriberView.of(chain[-1])
        if view is not None:
            yield from ask(self.of_people, view, tree.control, "")


class _Payments:
    """Asks the rules about payments, and adds up what all claims of a remittance were paid."""

    def __init__(self) -> None:
        self.of_claims = payment.of("835")
        self.of_all = remittance.of("835")
        self.paid = Decimal(0)

    def claim(self, tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
        view = PaymentView.of(chain[-1])
        self.paid += amount(view.head.get(4))
        yield from ask(self.of_claims, view, tree.control, view.head.get(1))

    def all(self, tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
        paid, self.paid = self.paid, Decimal(0)
        head = chain[-1].first("BPR")
        if head is not None:
            view = RemittanceView(head, paid, chain[-1].all("PLB"))
            yield from ask(self.of_all, view, tree.control, "")


def _group(tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
    view = GroupView.of(chain[-1])
    return () if view is None else ask(answer.of("999"), view, tree.control, "")


def _benefit(tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
    return ask(benefit.of("271"), chain[-1], tree.control, "")


def _totals(tree: TransactionTree, chain: Sequence[Loop]) -> Iterable[WireFinding]:
    return ask(totals.of("277CA"), chain[-1], tree.control, "")


def built_in(kind: str) -> LoopRules:
    """Return the rules of a kind of transaction ("837P") by the loop that they look at.

    They remember what the file held so far: take new ones for each file.
    """
    if kind in {"837P", "837I"}:
        claims = _Claims(kind)
        return {"2300": [claims.claim], "2000B": [claims.subscriber]}
    if kind == "835":
        payments = _Payments()
        return {"2100": [payments.claim], "ST": [payments.all]}
    if kind == "999":
        return {"ST": [_group]}
    if kind == "277CA":
        return {"2200B": [_totals], "2200C": [_totals]}
    if kind == "271":
        return {"2110C": [_benefit], "2110D": [_benefit]}
    return {}
