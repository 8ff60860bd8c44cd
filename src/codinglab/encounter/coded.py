"""The coded encounter: what a coder wrote down about one visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codinglab.encounter.circumstances import Circumstances

POINTER_LETTERS = "ABCDEFGHIJKL"  # CMS-1500 item 21: twelve diagnoses, lettered A to L


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code in dotted form; `poa` is Y, N, U, W or None; `place` is "line 3"."""

    code: str
    place: str
    poa: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One line of service.

    `code` is CPT or HCPCS, `modifiers` in the order written, `units` and `day` are None where the
    coder gave none, `pointers` count the diagnoses from 1, the primary one first.
    """

    code: str
    place: str
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    place_of_service: str | None = None
    day: date | None = None
    pointers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PcsProcedure:
    """A procedure by ICD-10-PCS, as a hospital reports it for an inpatient, and its day."""

    code: str
    place: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionMaking:
    """The three elements of medical decision making, each straightforward, low, moderate, high."""

    problems: str
    data: str
    risk: str
    place: str


@dataclass(frozen=True, slots=True)
class VisitTime:
    """Total minutes of the practitioner on the date of the visit."""

    minutes: int
    place: str


@dataclass(frozen=True, slots=True)
class CodedEncounter:
    """Diagnoses in sequence, service lines, and how the visit level was reached (if said).

    `procedures` and `discharge_status` belong to a hospital claim. `about` is what else is known;
    it must be given before the encounter can be judged.
    """

    diagnoses: tuple[Diagnosis, ...] = ()
    lines: tuple[ServiceLine, ...] = ()
    visit: DecisionMaking | VisitTime | None = None
    procedures: tuple[PcsProcedure, ...] = ()
    discharge_status: str | None = None
    about: Circumstances | None = None

    @property
    def circumstances(self) -> Circumstances:
        """Return what else is known; raises ValueError where nobody said whose bill it is."""
        if self.about is None:
            raise ValueError("say whose bill it is and who pays before judging the encounter")
        return self.about
