"""Rules on present on admission (POA) indicators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.poa import poa_exempt
from codinglab.codes.poa_required import poa_required
from codinglab.core.cite import Cite
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import guideline
from codinglab.edits.rule import edit
from codinglab.edits.trait import POA
from codinglab.encounter.circumstances import Setting
from codinglab.encounter.coded import CodedEncounter

_APPENDIX = "ICD-10-CM guidelines, Appendix I"
_INPATIENT: tuple[Setting, ...] = ("inpatient",)
_NOT_PRESENT = ("N", "U")
_LOST = "(HAC "  # how grouping.msdrg_roles says that a condition counts as acquired


@edit(
    "poa.missing", "present on admission", source=f"{_APPENDIX}; UB-04 FL 67", settings=_INPATIENT
)
def missing(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Every diagnosis of an inpatient claim has a POA indicator, unless it is exempt.

    The principal diagnosis has one too. CMS lists the exempt codes each year: mostly codes that
    are no disease, or that are always present. A claim without an indicator that is due goes
    back. A warning where this lab does not know whether the code is on the list.
    """
    for one in encounter.diagnoses:
        due = None if one.poa else poa_required(one.code, day)
        if one.poa or due is False:
            continue
        yield Finding(
            "poa.missing",
            one.place,
            f"{one.code} has no present on admission indicator."
            if due
            else f"{one.code} has no present on admission indicator, and this lab does not know "
            "whether it is exempt.",
            "Write poa Y, N, U or W." if due else "Look it up in the CMS list of exempt codes.",
            Severity.ERROR if due else Severity.WARNING,
            guideline("Appendix I", day),
        )


@edit("poa.exempt", "present on admission", source=f"{_APPENDIX}; UB-04 FL 67", settings=_INPATIENT)
def exempt(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A diagnosis that is exempt from POA reporting has no indicator.

    The field stays blank. An indicator there is a sign that the list was not looked at, and some
    payers send the claim back.
    """
    for one in encounter.diagnoses:
        if one.poa and poa_exempt(one.code, day):
            yield Finding(
                "poa.exempt",
                one.place,
                f"{one.code} is exempt from POA reporting and has the indicator {one.poa}.",
                "Leave the indicator out.",
                Severity.WARNING,
                guideline("Appendix I", day),
            )


@edit("poa.indicator", "present on admission", source=_APPENDIX, settings=_INPATIENT)
def indicator(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A POA indicator is Y, N, U or W, and U is a reason to ask.

    Y: present at the time of the order for admission. N: not present. U: the record does not
    say, so ask the provider before the claim goes out; Medicare treats U as N. W: the provider
    writes that it cannot be told clinically; Medicare treats W as Y. The 1 that older claims used
    for exempt codes does not exist on version 5010: the field is left blank.
    """
    for one in encounter.diagnoses:
        if one.poa in {None, "Y", "N"}:
            continue
        if one.poa == "U":
            message = "says that the record does not tell; Medicare treats U as not present"
            remedy, severity = "Query the provider before the claim goes out.", Severity.WARNING
        elif one.poa == "W":
            message = "says that nobody can tell clinically; Medicare treats W as present"
            remedy, severity = "Keep it only if the provider wrote so.", Severity.NOTE
        else:
            message = "is no indicator on version 5010"
            remedy, severity = "Use Y, N, U or W, or nothing for an exempt code.", Severity.ERROR
        yield Finding(
            "poa.indicator",
            one.place,
            f"{one.code}: POA {one.poa} {message}.",
            remedy,
            severity,
            guideline("Appendix I", day),
        )


@edit(
    "poa.professional",
    "present on admission",
    source=f"{_APPENDIX}; 837P and CMS-1500 have no place for it",
    settings=("professional", "outpatient"),
    on=(POA,),
)
def elsewhere(encounter: CodedEncounter, day: date) -> Iterator[Finding]:  # noqa: ARG001  a rule's shape
    """POA indicators belong to inpatient claims of hospitals.

    A physician's claim has no place for them, and a hospital's outpatient claim leaves them blank:
    there is no admission before which a condition could be present.
    """
    setting = encounter.circumstances.setting
    for one in encounter.diagnoses:
        if one.poa:
            yield Finding(
                "poa.professional",
                one.place,
                f"{one.code} has the POA indicator {one.poa} on a {setting} claim.",
                "Leave it out.",
                Severity.WARNING,
            )


@edit(
    "poa.hospital-acquired",
    "present on admission",
    source="Social Security Act 1886(d)(4)(D); MS-DRG Definitions Manual, HACs",
    settings=_INPATIENT,
    payer="Medicare",
    needs=("patient.born", "patient.sex", "admitted"),
)
def hospital_acquired(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A hospital-acquired condition does not raise the DRG.

    Medicare lists conditions that good care usually prevents (HAC 01 to 14), such as a pressure
    ulcer of stage 3. Where one is not present on admission (N or U), it does not count as CC or
    MCC, and the stay is paid as if it had not happened. Found by the MS-DRG grouper, so only where
    the discharge status is known; it holds for hospitals paid by DRG, not for critical access,
    cancer or children's hospitals. The code stays on the claim.
    """
    from codinglab.grouping.msdrg import group
    from codinglab.grouping.stay import MissingFact, stay_of

    if not any(one.poa in _NOT_PRESENT for one in encounter.diagnoses):
        return
    try:
        grouped = group(stay_of(encounter, day, reports_poa=True))
    except MissingFact:
        return
    for one, role in zip(encounter.diagnoses, grouped.diagnoses, strict=True):
        if one.poa in _NOT_PRESENT and role.role == "excluded" and _LOST in role.why:
            changed = grouped.drg != grouped.before_hospital_acquired
            yield Finding(
                "poa.hospital-acquired",
                one.place,
                f"{one.code} is {role.why}."
                + (
                    f" The stay falls from MS-DRG {grouped.before_hospital_acquired} to "
                    f"{grouped.drg}."
                    if changed
                    else f" MS-DRG {grouped.drg} is the same without it."
                ),
                "Check in the record of the first day whether it was present; keep the code.",
                Severity.NOTE,
                Cite("MS-DRG Definitions Manual", f"v{grouped.version}", "hospital-acquired"),
            )


EDITS = (missing, exempt, indicator, elsewhere, hospital_acquired)
