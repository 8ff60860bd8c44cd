"""The people, practices and payers of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Sex = Literal["F", "M", "U"]
Role = Literal[
    "referring",
    "rendering",
    "supervising",
    "ordering",
    "purchased service",
    "attending",
    "operating",
    "other operating",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, or an organization's in `last` with nothing else."""

    last: str
    first: str = ""
    middle: str = ""
    suffix: str = ""

    @property
    def is_person(self) -> bool:
        """Say whether this names a person."""
        return bool(self.first)


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in the United States; `state` has two letters, `zip_code` 5 or 9 digits."""

    line_1: str
    city: str
    state: str
    zip_code: str
    line_2: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A patient or insured person; `phone` has ten digits, or is blank."""

    name: Name
    born: date | None = None
    sex: Sex | None = None
    address: Address | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OtherId:
    """An identifier that is no NPI: its X12 qualifier ("0B" a state licence, "G2" the payer's)."""

    qualifier: str
    text: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A practitioner, practice or facility.

    `npi` has ten digits. `tax_id` has nine, and `tax_id_kind` says whether it is an employer's
    number (EI) or a social security number (SY). `contact` names whom to ask, with `phone`.
    """

    name: Name
    npi: str = ""
    taxonomy: str = ""
    tax_id: str = ""
    tax_id_kind: Literal["EI", "SY"] = "EI"
    address: Address | None = None
    contact: str = ""
    phone: str = ""
    other_ids: tuple[OtherId, ...] = ()


@dataclass(frozen=True, slots=True)
class Payer:
    """Who is asked to pay; `payer_id` is the number by which the clearinghouse knows it."""

    name: str
    payer_id: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One policy, from primary to tertiary by its place in `Claim.coverages`.

    `filing` is the claim filing indicator (X12 element 1032: MB Medicare Part B, MA Part A, MC
    Medicaid, CI commercial, BL Blue Cross, HM HMO, WC workers' compensation, AM automobile, LM
    liability, CH TRICARE, 16 Medicare HMO ...). `relationship` is the patient's to the insured
    (element 1069: 18 self, 01 spouse, 19 child, 20 employee, G8 other ...), and `insured` is None
    where it is the patient. `msp_type` says why Medicare pays second (element 1336: 12, 13, 14,
    15, 41, 42, 43, 47). `claim_number` is the number that the payer of an accident or a work injury
    gave to the event. `assigned` and `release` are the answers to assignment of benefits (Y, N, W)
    and release of information (Y, I). `signed_for_patient` says that the provider signed in the
    patient's stead; of the policy that the claim is sent to, the claim itself says it.
    """

    payer: Payer
    member_id: str
    filing: str
    relationship: str = "18"
    insured: Person | None = None
    group_number: str = ""
    group_name: str = ""
    msp_type: str = ""
    claim_number: str = ""
    assigned: Literal["Y", "N", "W"] = "Y"
    release: Literal["Y", "I"] = "Y"
    signed_for_patient: bool = False
