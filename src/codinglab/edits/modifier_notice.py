"""Modifiers about who pays: notices of noncoverage, policy met, waived tests, screening."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from codinglab.codes.service_lists import members
from codinglab.core.findings import Finding, Severity
from codinglab.edits.line_facts import day_of, kind_of, on_line, with_modifier
from codinglab.edits.rule import edit
from codinglab.edits.trait import carries, record_says
from codinglab.encounter.coded import CodedEncounter

_NOTICE: Literal["notice of noncoverage"] = "notice of noncoverage"
_ABN = "Medicare Claims Processing Manual ch. 30 s. 50; ch. 1 s. 60"
_ON_FILE = {"GA": "Without it the provider, not the patient, bears a denial.", "GX": ""}


@edit(
    "modifier.ga-gx",
    "modifier",
    source=_ABN,
    payer="Medicare",
    needs=("record",),
    on=(*carries("GA", "GX"), *record_says("notice of noncoverage")),
)
def notice_on_file(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifiers GA and GX say that the patient signed a notice; the record must hold it.

    GA: an Advance Beneficiary Notice was required, as a denial for necessity is expected. GX: it
    was given freely, for something that Medicare never covers. A notice in the record and no
    modifier on the line leaves the provider with the bill.
    """
    for line in encounter.lines:
        said = encounter.circumstances.says(_NOTICE, line.code)
        claimed = [one for one in line.modifiers if one in _ON_FILE]
        if claimed and not said:
            message = f"{claimed[0]} says that a notice was signed; the record holds none."
            remedy = "Use GZ if none was given, or put the signed notice on file."
            yield on_line(
                "modifier.ga-gx", line, message, f"{remedy} {_ON_FILE[claimed[0]]}".strip()
            )
        elif said and said.about and not {*claimed, "GY", "GZ"}.intersection(line.modifiers):
            message = f"The record holds a notice for {line.code}, and the line does not say so."
            remedy = "Add GA (required) or GX (voluntary)."
            yield on_line("modifier.ga-gx", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.gz", "modifier", source=_ABN, payer="Medicare", needs=("record",), modifiers=("GZ",)
)
def no_notice(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifier GZ says that a denial is expected and that no notice was given.

    The line is denied at once and the provider bears it. With a signed notice it would be GA, and
    the patient could be billed.
    """
    for line in with_modifier(encounter, "GZ"):
        if encounter.circumstances.says(_NOTICE, line.code):
            message = "GZ says that no notice was given; the record holds one."
            yield on_line("modifier.gz", line, message, "Use GA, and bill the patient if denied.")


@edit(
    "modifier.kx",
    "modifier",
    source="Medicare Claims Processing Manual ch. 5 s. 10.3",
    needs=("record",),
    modifiers=("KX",),
)
def policy_met(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """Modifier KX attests that what the coverage policy asks for is in the record.

    It is a statement of fact to the payer. It contradicts GA and GZ, which expect a denial.
    """
    for line in with_modifier(encounter, "KX"):
        against = {"GA", "GZ"}.intersection(line.modifiers)
        if against:
            message = f"KX (policy met) stands with {', '.join(sorted(against))} (denial expected)."
            yield on_line("modifier.kx", line, message, "Keep the one that is true.")
        elif not encounter.circumstances.says("documented", line.code):
            message = f"KX attests documents for {line.code}; the record names none."
            remedy = "Find what the policy asks for, or take KX off."
            yield on_line("modifier.kx", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.qw",
    "modifier",
    source="CMS list of tests waived under CLIA; Claims Processing Manual ch. 16 s. 70.8",
    modifiers=("QW",),
)
def waived_test(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier QW is for waived tests that CMS lists with it.

    A laboratory with a certificate of waiver needs it there. A few of the oldest waived tests go
    without, and a test that is not waived cannot be billed under such a certificate at all.
    """
    for line in with_modifier(encounter, "QW"):
        when = day_of(line, day)
        kind = kind_of(line.code, when)
        if kind == "visit":
            continue  # modifier.kind says so
        if kind and kind != "laboratory":
            message = f"QW stands on {line.code}, which is no laboratory test."
            yield on_line("modifier.qw", line, message, "Take it off.")
        elif line.code in members("waived without QW", when):
            message = f"{line.code} is a waived test that goes without QW."
            yield on_line("modifier.qw", line, message, "Take it off.", Severity.WARNING)
        elif line.code not in members("waived with QW", when):
            message = f"Whether {line.code} is waived is not known here."
            remedy = "Look it up in the CMS list for the kit that was used."
            yield on_line("modifier.qw", line, message, remedy, Severity.NOTE)


@edit(
    "modifier.33",
    "modifier",
    source="45 CFR 147.130; CPT modifier 33, in our own words",
    modifiers=("33",),
)
def prevention(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier 33 marks a preventive service where the code itself does not say so.

    A check-up or a screening that is preventive by its code needs none. Medicare has PT and codes
    of its own, and takes 33 in few places.
    """
    for line in with_modifier(encounter, "33"):
        if line.code in members("preventive by itself", day_of(line, day)):
            message = f"{line.code} is preventive by itself and needs no 33."
            yield on_line("modifier.33", line, message, "Take it off.", Severity.NOTE)
        elif encounter.circumstances.payer == "Medicare":
            message = "33 stands on a Medicare claim."
            remedy = "Medicare marks screenings by their codes and by PT; check that it wants 33."
            yield on_line("modifier.33", line, message, remedy, Severity.WARNING)


@edit(
    "modifier.pt",
    "modifier",
    source="Medicare Claims Processing Manual ch. 18 s. 60.1",
    modifiers=("PT",),
)
def screening_became_more(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Modifier PT marks a colorectal screening that became a treatment, for Medicare.

    It stands on the code of what was done instead, never on the screening's own code, and other
    payers know 33 for it.
    """
    for line in with_modifier(encounter, "PT"):
        when = day_of(line, day)
        if line.code in members("colorectal screening", when):
            message = f"PT stands on {line.code}, the screening itself."
            yield on_line("modifier.pt", line, message, "Report what was done instead, with PT.")
        elif encounter.circumstances.payer != "Medicare":
            message = f"PT is Medicare's; the payer is {encounter.circumstances.payer}."
            yield on_line("modifier.pt", line, message, "Use 33.", Severity.WARNING)


EDITS = (
    *(notice_on_file, no_notice, policy_met, waived_test),
    *(prevention, screening_became_more),
)
