"""Rules on how sure a diagnosis is, and on symptoms that a diagnosis explains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.guideline_lists import open_lists
from codinglab.codes.icd10cm import open_table
from codinglab.core.findings import Finding, Severity
from codinglab.edits.diagnosis_codes import entry, side_of
from codinglab.edits.listed import because, cited, is_listed, listed, pairs
from codinglab.edits.rule import edit
from codinglab.edits.trait import pair_lists, record_says
from codinglab.encounter.circumstances import Statement
from codinglab.encounter.coded import CodedEncounter, Diagnosis


def _said(
    encounter: CodedEncounter, words: str, day: date
) -> Iterator[tuple[Diagnosis, Statement]]:
    """Yield the diagnoses whose certainty the record states in one of the listed `words`."""
    for one in encounter.diagnoses:
        said = encounter.circumstances.says("certainty", one.code)
        if said and said.about and open_lists(day).word(words, said.value):
            yield one, said


@edit(
    "certainty.outpatient",
    "specificity",
    source="ICD-10-CM guidelines IV.H: uncertain diagnosis, outpatient",
    settings=("professional", "outpatient"),
    needs=("record",),
    on=record_says("certainty"),
)
def uncertain_outpatient(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Outside an inpatient stay a diagnosis that is not certain is not coded.

    Probable, suspected, questionable, rule out, compatible with, working diagnosis: the sign,
    symptom or test result that is known is coded instead, to the highest certainty of that visit.
    """
    for one, said in _said(encounter, "uncertain", day):
        word = open_lists(day).word("uncertain", said.value)
        yield Finding(
            "certainty.outpatient",
            one.place,
            f"{one.code} is coded as established; the record says {said.value!r}.",
            "Code the sign, symptom or abnormal result that led to the visit.",
            cite=open_lists(day).cite(word.place) if word else None,
        )


@edit(
    "certainty.inpatient",
    "specificity",
    source="ICD-10-CM guidelines II.H: uncertain diagnosis at discharge",
    settings=("inpatient",),
    needs=("record",),
    on=record_says("certainty"),
)
def uncertain_inpatient(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A hospital codes what was still probable at discharge as if it were established.

    The work-up and the treatment of the stay were for that condition. It holds for short-term,
    acute, long-term care and psychiatric hospitals, and not for conditions that are coded only
    when confirmed. The rule warns where a symptom stands first instead.
    """
    first = encounter.diagnoses[:1]
    if not first or not is_listed(first[0].code, "symptom", day):
        return
    coded = {one.code for one in encounter.diagnoses}
    for said in encounter.circumstances.record or ():
        if said.kind != "certainty" or not open_lists(day).word("uncertain", said.value):
            continue
        for code in said.about:
            if code not in coded and not is_listed(code, "confirmed-only", day):
                yield Finding(
                    "certainty.inpatient",
                    first[0].place,
                    f"{first[0].code} is a symptom; at discharge {code} was {said.value!r}.",
                    f"Code {code} as if established, unless the symptom has another cause.",
                    Severity.WARNING,
                    open_lists(day).cite("II.H"),
                )


@edit(
    "certainty.confirmed-only",
    "specificity",
    source="ICD-10-CM guidelines I.C.1.a.1, I.C.1.f.1, I.C.1.g.1.a and I.C.10.c",
    settings=("inpatient",),
    needs=("record",),
)
def confirmed_only(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """HIV, Zika, COVID-19 and certain influenza viruses are coded only when confirmed.

    They are the exceptions to the hospital rule on uncertain diagnoses. Confirmed means that the
    provider says so; a positive test in the record is not required.
    """
    for one, said in _said(encounter, "uncertain", day):
        if is_listed(one.code, "confirmed-only", day):
            yield Finding(
                "certainty.confirmed-only",
                one.place,
                f"{one.code} is coded only when confirmed; the record says {said.value!r}.",
                "Code what brought the patient in, or ask the provider whether it is confirmed.",
                cite=because("confirmed-only", one.code, day),
            )


@edit(
    "certainty.ruled-out",
    "specificity",
    source="ICD-10-CM guidelines II.H, IV.H and I.C.21.c.6",
    needs=("record",),
    on=record_says("certainty"),
)
def ruled_out(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A condition that was ruled out is never coded.

    It is not there, in any setting. What was found instead is coded, or the symptom; observation
    without any sign or symptom has codes of its own (Z03 to Z05).
    """
    for one, said in _said(encounter, "ruled out", day):
        word = open_lists(day).word("ruled out", said.value)
        yield Finding(
            "certainty.ruled-out",
            one.place,
            f"{one.code} was ruled out, as the record says.",
            "Take it out, and code the symptom or what was found.",
            cite=open_lists(day).cite(word.place) if word else None,
        )


def _explained(encounter: CodedEncounter, day: date) -> Iterator[tuple[Diagnosis, Diagnosis]]:
    """Yield each symptom with a coded disease that, as the record says, it is integral to."""
    symptoms = listed(encounter, "symptom", day)
    for symptom in symptoms:
        for other in encounter.diagnoses:
            link = encounter.circumstances.says("integral", symptom.code, other.code)
            if other not in symptoms and link and link.about:
                yield symptom, other
                break


@edit(
    "symptom.integral",
    "specificity",
    source="ICD-10-CM guidelines I.B.5: conditions that are an integral part of a disease process",
    needs=("record",),
    on=record_says("integral"),
)
def symptom_integral(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A symptom that belongs to a coded disease is not coded beside it.

    Cough with pneumonia or chest pain with a heart attack adds nothing. A symptom that is not
    routinely part of the disease is coded. What is integral is a clinical question: the rule goes
    by what the record says.
    """
    for symptom, disease in _explained(encounter, day):
        if symptom is not encounter.diagnoses[0]:
            yield Finding(
                "symptom.integral",
                symptom.place,
                f"{symptom.code} is a symptom of {disease.code}, which is coded.",
                "Take the symptom out.",
                cite=open_lists(day).cite("I.B.5"),
            )


@edit(
    "sequence.symptom-first",
    "sequence",
    source="ICD-10-CM guidelines II.A and IV.D: symptoms and an established diagnosis",
    needs=("record",),
    on=record_says("integral"),
)
def symptom_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A symptom does not stand first once the diagnosis behind it is established.

    Symptom codes are first-listed while no diagnosis explains them. On an inpatient claim a
    symptom as principal diagnosis also groups the stay to another DRG, often of lower weight.
    """
    for symptom, disease in _explained(encounter, day):
        if symptom is encounter.diagnoses[0]:
            yield Finding(
                "sequence.symptom-first",
                symptom.place,
                f"{symptom.code} stands first, and {disease.code} explains it.",
                f"Put {disease.code} first, and take the symptom out.",
                cite=because("symptom", symptom.code, day),
            )


@edit(
    "symptom.usual",
    "specificity",
    source="ICD-10-CM guidelines I.B.5, II.A and IV.D: symptoms that a disease explains",
    contested="what is integral to a disease is a clinical question; the list holds pairs that few "
    "dispute, and the record decides",
    on=pair_lists("usual-symptom"),
)
def usual_symptom(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """A symptom that usually belongs to a coded disease needs a reason of its own.

    Cough with pneumonia, chest pain with an infarction, pain of the knee with its arthritis: such
    symptoms are not coded, and do not stand first. A warning, as the symptom may have another
    cause; a record that calls the two unrelated, or separate, silences it. Where the record says
    that they belong together, another rule finds an error.
    """
    about = encounter.circumstances
    told: set[str] = set()
    for pair in pairs(encounter, "usual-symptom", day):
        codes = pair.one.code, pair.other.code
        known = [about.says(kind, *codes) for kind in ("unrelated", "separate", "integral")]
        if any(known) or pair.one.place in told or _of_other_sides(*codes, day):
            continue
        told.add(pair.one.place)
        yield Finding(
            "symptom.usual",
            pair.one.place,
            f"{pair.one.code} usually belongs to {pair.other.code} ({pair.row.label}).",
            "Take it out, unless the record gives it another cause.",
            Severity.WARNING,
            cited(pair, day),
        )


def _of_other_sides(symptom: str, disease: str, day: date) -> bool:
    """Say whether one is of the right and the other of the left."""
    table = open_table(day)
    found = (entry(table, symptom), entry(table, disease))
    return {side_of(one.title) for one in found if one} == {"left", "right"}


EDITS = (
    *(uncertain_outpatient, uncertain_inpatient, confirmed_only, ruled_out),
    *(symptom_integral, symptom_first),
    *(usual_symptom,),
)
