"""What rules on whole claims ask of a claim: its days, its people, and codes in their tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.claim.model import Claim, Diagnosis, Line
from codinglab.claim.parties import Address, Coverage, Person, Provider
from codinglab.claim.scrub_lists import on_list
from codinglab.claim.scrub_rule import Said
from codinglab.codes.code_set import CodeSet, NotACode
from codinglab.codes.procedures import NotAProcedureCode, Procedure, find
from codinglab.codes.release import CodeRow, NotInTable
from codinglab.core.dates import NotInForce
from codinglab.core.findings import Severity

COVERAGE, LINE, DIAGNOSIS = "coverage {}", "line {}", "diagnosis {}"
BILL, CLAIM, PATIENT = "the bill", "the claim", "the patient"
SELF = "18"


def has_payer(claim: Claim) -> bool:
    """Say whether the claim is sent to one of its policies."""
    return 0 <= claim.to < len(claim.coverages)


def first_day(claim: Claim) -> date | None:
    """Return the first day of the claim: of its statement, else of its lines."""
    if claim.bill:
        return claim.bill.statement_from
    return min((line.first for line in claim.lines), default=None)


def last_day(claim: Claim) -> date | None:
    """Return the last day of the claim: of its statement, else of its lines."""
    if claim.bill:
        return claim.bill.statement_to
    return max([line.last or line.first for line in claim.lines], default=None)


def is_stay(claim: Claim) -> bool:
    """Say whether the claim bills an inpatient stay, by its type of bill.

    A type that the lab does not know bills none: `bill.type` tells of it.
    """
    from codinglab.codes.billing import FACILITIES

    if claim.bill is None:
        return False
    try:
        return FACILITIES.find(claim.bill.bill_type, claim.bill.statement_to).setting == "inpatient"
    except (NotACode, NotInTable):
        return False


def code_day(claim: Claim) -> date | None:
    """Return the day by which diagnoses are valid: of discharge for a stay, else the first."""
    return last_day(claim) if is_stay(claim) else first_day(claim)


def lines(claim: Claim) -> Iterator[tuple[str, Line]]:
    """Yield each line with its place."""
    for at, line in enumerate(claim.lines, 1):
        yield LINE.format(at), line


def coverages(claim: Claim) -> Iterator[tuple[str, Coverage]]:
    """Yield each coverage with its place."""
    for at, one in enumerate(claim.coverages, 1):
        yield COVERAGE.format(at), one


def diagnoses(claim: Claim) -> Iterator[tuple[str, Diagnosis]]:
    """Yield each diagnosis that has a number of its own, with its place."""
    for at, one in enumerate(claim.diagnoses, 1):
        yield DIAGNOSIS.format(at), one


def all_diagnoses(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield every diagnosis code of the claim with its place, external causes and all."""
    yield from ((place, one.code) for place, one in diagnoses(claim))
    if claim.bill is None:
        return
    if claim.bill.admitting_diagnosis:
        yield "the admitting diagnosis", claim.bill.admitting_diagnosis
    yield from ((f"reason {at}", one) for at, one in enumerate(claim.bill.reasons, 1))
    for at, cause in enumerate(claim.bill.external_causes, 1):
        yield f"external cause {at}", cause.code


def people(claim: Claim) -> Iterator[tuple[str, Person]]:
    """Yield the patient and each insured person, with their places."""
    yield PATIENT, claim.patient
    for place, one in coverages(claim):
        if one.insured:
            yield f"the insured of {place}", one.insured


def providers(claim: Claim) -> Iterator[tuple[str, str, Provider]]:
    """Yield each provider as its place, its role and itself."""
    yield "the billing provider", "billing", claim.billing
    for role, one in claim.providers:
        yield f"the {role} provider", role, one
    if claim.facility:
        yield "the facility", "facility", claim.facility
    for place, line in lines(claim):
        for role, one in line.providers:
            yield f"the {role} provider of {place}", role, one


def addresses(claim: Claim) -> Iterator[tuple[str, Address]]:
    """Yield every address of the claim with its place."""
    for place, person in people(claim):
        if person.address:
            yield place, person.address
    for place, _, provider in providers(claim):
        if provider.address:
            yield place, provider.address
    if claim.pay_to:
        yield "the pay-to address", claim.pay_to
    if claim.ambulance:
        yield "the pick-up of the ambulance", claim.ambulance.pick_up
        yield "the drop-off of the ambulance", claim.ambulance.drop_off


def has_role(claim: Claim, *roles: str) -> bool:
    """Say whether the claim or all of its lines name a provider in one of the `roles`."""
    if any(role in roles for role, _ in claim.providers):
        return True
    return bool(claim.lines) and all(named(line, *roles) for line in claim.lines)


def named(line: Line, *roles: str) -> bool:
    """Say whether the line itself names a provider in one of the `roles`."""
    return any(role in roles for role, _ in line.providers)


def is_medicare(claim: Claim, day: date) -> bool:
    """Say whether the claim goes to Medicare Part A or B."""
    return on_list("Medicare filing", claim.coverage.filing, day)


def procedure(line: Line) -> Procedure | None:
    """Return the line's procedure code on its day, None where this lab does not know it."""
    try:
        return find(line.code, line.first)
    except (NotInTable, NotInForce, NotAProcedureCode):
        return None


def kind_of(line: Line) -> str:
    """Return the kind of the line's service ("visit"), blank where it is not known."""
    found = procedure(line) if line.code else None
    return found.kind if found else ""


def place_of(claim: Claim, line: Line) -> str:
    """Return the place of service of the line, which is the claim's where it has none."""
    return line.place_of_service or claim.place_of_service


def in_table(
    table: CodeSet[CodeRow], code: str, day: date, *, complete: bool = False
) -> tuple[str, Severity] | None:
    """Return what is wrong with `code` and how much that weighs, None where the table has it.

    Where the lab holds a starter set, not the `complete` list, a code of the right shape may
    exist: that is a warning. Raises NotInForce without a table for `day`.
    """
    try:
        table.find(code, day)
    except NotACode as error:
        return f"{error}.", Severity.ERROR
    except NotInTable as error:
        return f"{error}.", Severity.ERROR if complete else Severity.WARNING
    return None


def missing(place: str, what: str, remedy: str) -> Said:
    """Return what a rule says where something is not there at all."""
    return Said(place, f"{what} is missing.", remedy)
