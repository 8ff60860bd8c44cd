"""The people, policies and earlier payments of a claim file, as its YAML writes them."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from codinglab.claim.adjudicated import Group
from codinglab.claim.claim_values import Day, Number
from codinglab.claim.parties import Address, Name, OtherId, Payer, Person, Provider, Sex
from codinglab.core.tables import Row

Rank = Literal["primary", "secondary", "tertiary"]
RANKS: tuple[Rank, ...] = ("primary", "secondary", "tertiary")


class AddressRow(Row):
    """A postal address; `zip_code` has five digits, or nine with or without a hyphen."""

    line_1: str
    line_2: str = ""
    city: str
    state: str
    zip_code: str

    def value(self) -> Address:
        """Return the address with the digits of its ZIP code alone."""
        digits = self.zip_code.replace("-", "")
        return Address(self.line_1, self.city, self.state.upper(), digits, self.line_2)


class NamedRow(Row):
    """A person by `last` and `first` name, or an `organization`."""

    last: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    organization: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> NamedRow:
        if bool(self.organization) == bool(self.last or self.first):
            raise ValueError("name a person by last and first, or an organization, and not both")
        return self

    @property
    def named(self) -> Name:
        """Return the name."""
        if self.organization:
            return Name(self.organization)
        return Name(self.last, self.first, self.middle, self.suffix)


class PersonRow(NamedRow):
    """A patient or an insured; the insured of a work injury is an organization."""

    born: Day | None = None
    sex: Sex | None = None
    address: AddressRow | None = None
    phone: str = ""

    def value(self) -> Person:
        """Return the person."""
        address = self.address.value() if self.address else None
        return Person(self.named, self.born, self.sex, address, self.phone)


class OtherIdRow(Row):
    """An identifier that is no NPI, with its X12 qualifier."""

    qualifier: str
    text: str


class ProviderRow(NamedRow):
    """A practitioner, practice or facility; see `claim.parties.Provider`."""

    npi: str = ""
    taxonomy: str = ""
    tax_id: str = ""
    tax_id_kind: Literal["EI", "SY"] | None = None
    address: AddressRow | None = None
    contact: str = ""
    phone: str = ""
    other_ids: tuple[OtherIdRow, ...] = ()

    @model_validator(mode="after")
    def _kind_of_number(self) -> ProviderRow:
        if bool(self.tax_id) != (self.tax_id_kind is not None):
            raise ValueError("tax_id and tax_id_kind (EI employer, SY social security) go together")
        return self

    def value(self) -> Provider:
        """Return the provider."""
        return Provider(
            self.named,
            self.npi,
            self.taxonomy,
            self.tax_id.replace("-", ""),
            self.tax_id_kind or "EI",
            self.address.value() if self.address else None,
            self.contact,
            self.phone,
            tuple(OtherId(one.qualifier, one.text) for one in self.other_ids),
        )


class PayerRow(Row):
    """Who is asked to pay."""

    name: str
    payer_id: str = ""
    address: AddressRow | None = None

    def value(self) -> Payer:
        """Return the payer."""
        return Payer(self.name, self.payer_id, self.address.value() if self.address else None)


class CoverageRow(Row):
    """One policy; see `claim.parties.Coverage`. What is None was not told."""

    payer: PayerRow
    member_id: str = ""
    filing: str = ""
    relationship: str | None = None
    insured: PersonRow | None = None
    group_number: str = ""
    group_name: str = ""
    msp_type: str = ""
    claim_number: str = ""
    assigned: Literal["Y", "N", "W"] | None = None
    release: Literal["Y", "I"] | None = None
    signed_for_patient: bool = False


class AdjustmentRow(Row):
    """One reason why less (or more) was paid."""

    group: Group
    carc: str
    amount: Number
    quantity: Number | None = None


class PaidLineRow(Row):
    """How the payer adjudicated the line that stands at place `line`, from 1."""

    line: int
    paid: Number
    units: Number
    code: str
    modifiers: tuple[str, ...] = ()
    adjustments: tuple[AdjustmentRow, ...] = ()
    patient_still_owes: Number | None = None


class PriorRow(Row):
    """What the payer of the `payer` rank decided of the claim."""

    payer: Rank
    paid: Number
    adjudicated: Day
    lines: tuple[PaidLineRow, ...] = ()
    adjustments: tuple[AdjustmentRow, ...] = ()
    control_number: str = ""
    patient_still_owes: Number | None = None
    noncovered: Number | None = None
    remarks: tuple[str, ...] = ()
