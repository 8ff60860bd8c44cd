"""One question of eligibility: who asks whom about which patient, day and services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codinglab.claim.parties import Coverage, Person, Provider

SELF = "18"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question: is `patient` covered by `coverage` on `day`, for which services.

    `services` are service types (X12 element 1365: 30 the plan as a whole, 98 an office visit,
    88 pharmacy ...). `provider` asks.
    """

    patient: Person
    coverage: Coverage
    provider: Provider
    day: date
    services: tuple[str, ...]

    @property
    def subscriber(self) -> Person:
        """Return the insured person: the patient, or whoever the coverage names."""
        return self.coverage.insured or self.patient

    @property
    def of_dependent(self) -> bool:
        """Say whether the patient is insured through another person."""
        return self.coverage.relationship != SELF
