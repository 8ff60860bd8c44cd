"""Row models of the billing sets: what each table says beside code and label."""

from __future__ import annotations

from typing import Literal

from codinglab.codes.release import CodeRow


class Place(CodeRow):
    """A place of service; `rate` is the Medicare fee schedule rate paid there, None if unstated."""

    rate: Literal["facility", "non-facility"] | None = None


class Facility(CodeRow):
    """The first three characters of a type of bill: who bills, and in which `setting`."""

    setting: Literal["inpatient", "outpatient"]


class ValueCode(CodeRow):
    """A value code; `unit` says what stands in its amount field."""

    unit: Literal["amount", "count", "measure", "hour", "place"]


class DischargeStatus(CodeRow):
    """Where a patient went; `transfer` says which DRG transfer policy it can fall under.

    None where it falls under neither, or where no source is at hand.
    """

    transfer: Literal["acute", "post-acute"] | None = None


class PoaRule(CodeRow):
    """Whether the codes of a category, a range of categories or one code need no POA indicator.

    `rule` is all (exempt), later (exempt with a letter as 7th character other than A, B or C)
    or never (not exempt, although the category is).
    """

    rule: Literal["all", "later", "never"]


class Adjustment(CodeRow):
    """A claim adjustment reason; `denial_class` groups reasons for work lists."""

    denial_class: Literal[
        "patient",
        "contractual",
        "registration",
        "eligibility",
        "authorization",
        "coding",
        "bundling",
        "necessity",
        "documentation",
        "data",
        "duplicate",
        "timely",
        "cob",
        "benefit",
        "credentialing",
        "payment",
    ]


class Remark(CodeRow):
    """A remittance remark: something `missing`, an explanation of a decision, or a `notice`."""

    kind: Literal["missing", "explains", "notice"]


class Group(CodeRow):
    """Who bears an adjustment; `patient_pays` is true only for the patient's share."""

    patient_pays: bool


class StatusCategory(CodeRow):
    """A claim status category and the `stage` of a claim that it tells."""

    stage: Literal["received", "accepted", "rejected", "pending", "final", "request", "error"]


class Taxonomy(CodeRow):
    """A provider taxonomy number, of a person or an organization."""

    entity: Literal["person", "organization"]
