"""Who is risk adjusted: every fact that Medicare's models ask for, and none of them guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from codinglab.encounter.circumstances import Sex, age_in_years
from codinglab.encounter.coded import Diagnosis

Model = Literal["V24", "V28", "RxHCC"]
MODELS: tuple[Model, ...] = ("V24", "V28", "RxHCC")
Plan = Literal["MA", "PDP", "PACE"]
PLANS: tuple[Plan, ...] = ("MA", "PDP", "PACE")
FULL, PARTIAL, NEITHER = ("02", "04", "08"), ("01", "03", "05", "06"), ("00",)
OLDEST = 124
AGED = 65  # the age at which Medicare begins (Social Security Act 226(a))


class BadProfile(ValueError):
    """The person cannot be scored: a fact is missing or cannot be; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskProfile:
    """One person in one payment year, and the diagnoses of the year of service before it.

    `age` is in completed years on 1 February of the payment year (`age_for`), `sex` F or M.
    `dual_status` is the two-digit code of Medicaid beside Medicare: 00 none; 02, 04, 08 full
    benefits; 01, 03, 05, 06 partial. `original_entitlement` is why Medicare began: 0 age,
    1 disability, 2 kidney failure, 3 both. `kidney_failure` says whether it is treated by dialysis
    or a transplant now. `new_enrollee` has had Part B for less than the 12 months of the year of
    service (for Part D likewise), `institutional` lives in a facility for long, `special_needs` is
    in a chronic condition special needs plan, `low_income` has the Part D subsidy. `plan` is MA
    (with its drug benefit for RxHCC), PDP (a drug plan alone) or PACE.
    Source: Medicare Managed Care Manual, chapter 7, section 70.
    """

    age: int
    sex: Sex
    dual_status: str
    original_entitlement: str
    kidney_failure: bool
    new_enrollee: bool
    institutional: bool
    special_needs: bool
    low_income: bool
    plan: Plan
    diagnoses: tuple[Diagnosis, ...]

    def __post_init__(self) -> None:
        """Refuse a fact that cannot be; raises BadProfile."""
        if not 0 <= self.age <= OLDEST:
            raise BadProfile(f"an age of {self.age} years; check the date of birth")
        if self.sex not in {"F", "M"}:
            raise BadProfile(f"sex {self.sex!r}: the models know F and M")
        if self.dual_status not in {*FULL, *PARTIAL, *NEITHER}:
            known = ", ".join(sorted((*NEITHER, *PARTIAL, *FULL)))
            raise BadProfile(f"dual status {self.dual_status!r}: write one of {known}")
        if self.original_entitlement not in {"0", "1", "2", "3"}:
            raise BadProfile(
                f"original reason for entitlement {self.original_entitlement!r}: write 0, 1, 2 or 3"
            )
        if self.original_entitlement == "0" and self.age < AGED - 1:
            raise BadProfile(
                f"{self.age} years old and entitled by age: below {AGED} Medicare begins by "
                "disability (1) or kidney failure (2, 3)"
            )
        if self.plan not in PLANS:
            raise BadProfile(f"plan {self.plan!r}: write MA, PDP or PACE")

    @property
    def aged(self) -> bool:
        """Say whether the person is at least 65."""
        return self.age >= AGED

    @property
    def disabled(self) -> bool:
        """Say whether Medicare is by disability or kidney failure now."""
        return not self.aged and self.original_entitlement != "0"

    @property
    def once_disabled(self) -> bool:
        """Say whether Medicare, now by age, began by disability."""
        return self.aged and self.original_entitlement == "1"

    @property
    def medicaid(self) -> Literal["none", "partial", "full"]:
        """Return the Medicaid benefits beside Medicare."""
        if self.dual_status in FULL:
            return "full"
        return "partial" if self.dual_status in PARTIAL else "none"


def age_for(born: date, payment_year: int) -> int:
    """Return the age on 1 February of the payment year, as the models take it."""
    return age_in_years(born, date(payment_year, 2, 1))


def must_fit(profile: RiskProfile, model: Model) -> None:
    """Raise BadProfile where `model` does not pay for this person, naming what does."""
    if model not in MODELS:
        raise BadProfile(f"model {model!r}: choose one of {', '.join(MODELS)}")
    if profile.plan == "PACE":
        raise BadProfile(
            "PACE is paid by a blend with the 2017 model (V22), which this lab does not have"
        )
    if model != "RxHCC" and profile.plan == "PDP":
        raise BadProfile(f"{model} pays for Part C, and a drug plan alone is Part D: ask for RxHCC")
    if model != "RxHCC" and profile.kidney_failure:
        raise BadProfile(
            f"{model} does not pay for dialysis and transplant status: the ESRD models do, which "
            "this lab does not have"
        )
