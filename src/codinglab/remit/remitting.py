"""How the lab's payers pay: address, numbers and whom to ask, which an 835 says and no claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from codinglab.claim.parties import Address, Payer, Provider
from codinglab.claim.scrub_terms import all_terms
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, read_yaml
from codinglab.payer.decision import Decision
from codinglab.payer.member_file import simulated_payers
from codinglab.remit.from_decisions import remittance
from codinglab.remit.model import (
    BankAccount,
    Contact,
    Method,
    ProviderAdjustment,
    Remittance,
    Transfer,
)


class _AddressRow(Row):
    line_1: str
    city: str
    state: str
    zip_code: str


class _PayerRow(Row):
    address: _AddressRow
    phone: str
    filing: str = ""


class _AccountRow(Row):
    routing: str
    account: str


class _File(Row):
    source: str
    bank: _AccountRow
    payee_bank: _AccountRow
    payers: dict[str, _PayerRow]


@dataclass(frozen=True, slots=True)
class Remitting:
    """A payer as its remittances name it: `origin` is TRN03, `filing` CLP06 where it has one.

    `transfer` says from which account a deposit comes, and to which of the lab's offices it goes.
    """

    payer: Payer
    origin: str
    contacts: tuple[Contact, ...]
    transfer: Transfer
    filing: str = ""


def _transfer(file: _File, origin: str) -> Transfer:
    one, other = file.bank, file.payee_bank
    payer, payee = BankAccount(one.routing, one.account), BankAccount(other.routing, other.account)
    return Transfer(payer, payee, company=origin)


@lru_cache(maxsize=1)
def remitting() -> Mapping[str, Remitting]:
    """Return how each payer of the lab pays, by payer id (curriculum/payers/remitting.yml).

    Raises BadData for a payer without a companion file, which holds its name, or without a file of
    members, which holds its number.
    """
    path = data_folder("curriculum") / "payers" / "remitting.yml"
    found: dict[str, Remitting] = {}
    file = read_yaml(path, _File)
    for key, row in file.payers.items():
        named, simulated = all_terms().get(key), simulated_payers().get(key)
        if named is None or simulated is None:
            where = "companion" if named is None else "members"
            raise BadData(f"{path}: payer {key} has no file in curriculum/payers/{where}")
        origin = simulated.trace_id
        place = row.address
        payer = Payer(
            named.name, key, Address(place.line_1, place.city, place.state, place.zip_code)
        )
        ask = Contact("BL", f"{named.name} remittances", (("TE", row.phone),))
        found[key] = Remitting(payer, origin, (ask,), _transfer(file, origin), row.filing)
    return found


def paid_by(  # noqa: PLR0913  what a payment says of itself
    payer_id: str,
    decisions: Iterable[Decision],
    payee: Provider,
    trace: str,
    *,
    paid_on: date,
    method: Method,
    adjustments: Iterable[ProviderAdjustment] = (),
    control: str = "0001",
) -> Remittance:
    """Return one payment of the lab's payer `payer_id` to `payee`, as `remittance` does.

    Raises BadData for a payer of which the lab does not know how it pays.
    """
    how = remitting().get(payer_id)
    if how is None:
        known = ", ".join(sorted(remitting()))
        raise BadData(f"payer {payer_id} is not in curriculum/payers/remitting.yml: {known} are")
    return remittance(
        decisions,
        how.payer,
        payee,
        trace,
        origin=how.origin,
        paid_on=paid_on,
        method=method,
        adjustments=adjustments,
        transfer=None if method == "CHK" else how.transfer,
        contacts=how.contacts,
        control=control,
        filing=how.filing,
    )
