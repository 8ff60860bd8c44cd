"""Claims with one fault each, made from our own valid ones: what the wire and the scrubber find.

Only faults that need code sets, products, payers or the logic of a whole claim; those of syntax,
guide and balance are in tests/x12/mutants.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from made_claims import CLAIMS

from codinglab.claim.model import Claim, Diagnosis, Line, StayProcedure, ValueCode

Change = Callable[[Claim], Claim]


@dataclass(frozen=True)
class ClaimMutant:
    """A valid claim with one change, and the id and place of what the scrubber must find."""

    name: str
    base: str
    change: Change
    finds: str
    place: str

    def claim(self) -> Claim:
        return self.change(CLAIMS[self.base])


@dataclass(frozen=True)
class WireMutant:
    """A valid claim's 837 with `old` replaced by `new` once, and the finding with its element."""

    name: str
    base: str
    old: str
    new: str
    finds: str
    at: str


def put(**fields: object) -> Change:
    return lambda claim: replace(claim, **fields)


def line(number: int, **fields: object) -> Change:
    def change(claim: Claim) -> Claim:
        lines: list[Line] = list(claim.lines)
        lines[number - 1] = replace(lines[number - 1], **fields)
        return replace(claim, lines=tuple(lines))

    return change


def dx(number: int, code: str, poa: str = "") -> Change:
    def change(claim: Claim) -> Claim:
        all_of = list(claim.diagnoses)
        all_of[number - 1] = Diagnosis(code, poa)
        return replace(claim, diagnoses=tuple(all_of))

    return change


def billing(**fields: object) -> Change:
    return lambda claim: replace(claim, billing=replace(claim.billing, **fields))


def patient(**fields: object) -> Change:
    return lambda claim: replace(claim, patient=replace(claim.patient, **fields))


def coverage(number: int, **fields: object) -> Change:
    def change(claim: Claim) -> Claim:
        all_of = list(claim.coverages)
        all_of[number - 1] = replace(all_of[number - 1], **fields)
        return replace(claim, coverages=tuple(all_of))

    return change


def bill(**fields: object) -> Change:
    return lambda claim: replace(claim, bill=replace(claim.bill, **fields))


def accident(**fields: object) -> Change:
    return lambda claim: replace(claim, accident=replace(claim.accident, **fields))


def _renamed(claim: Claim) -> Claim:
    payer = replace(claim.coverages[0].payer, payer_id="TRN01")
    return coverage(1, payer=payer)(claim)


def _unbalanced(claim: Claim) -> Claim:
    told = claim.prior[0]
    paid = replace(told.lines[0], adjustments=told.lines[0].adjustments[:-1])
    return replace(claim, prior=(replace(told, lines=(paid,)),))


_PRESENT = "Y"
OV, IP, OP = "office visit", "inpatient", "outpatient hospital"
M = ClaimMutant
CLAIM_MUTANTS = (
    M("a diagnosis that does not exist", OV, dx(2, "I12.7"), "diagnosis.date", "diagnosis 2"),
    M("a header as diagnosis", OV, dx(3, "N18.3"), "diagnosis.date", "diagnosis 3"),
    M("a diagnosis of other years", OV, dx(4, "R51"), "diagnosis.date", "diagnosis 4"),
    M("a diagnosis twice", OV, dx(4, "E11.22"), "diagnosis.repeated", "diagnosis 4"),
    M(
        "an external cause first",
        "auto accident",
        put(diagnoses=(Diagnosis("V43.52XA"), Diagnosis("S33.5XXA"))),
        "diagnosis.external-cause-first",
        "diagnosis 1",
    ),
    M("no diagnosis", OV, put(diagnoses=()), "diagnosis.none", "the claim"),
    M("a pointer to nothing", OV, line(2, pointers=(5,)), "pointer.absent", "line 2"),
    M("no pointer", OV, line(2, pointers=()), "pointer.none", "line 2"),
    M("five pointers", OV, line(1, pointers=(1, 2, 3, 4, 1)), "pointer.many", "line 1"),
    M("a procedure of no shape", OV, line(1, code="9921"), "line.code", "line 1"),
    M("a modifier of no shape", OV, line(2, modifiers=("Q",)), "line.modifier", "line 2"),
    M("a place that is none", OV, line(1, place_of_service="98"), "line.place", "line 1"),
    M("no units", OV, line(3, units=Decimal(0)), "line.units", "line 3"),
    M("a negative charge", OV, line(3, charge=Decimal("-9.00")), "charge.none", "line 3"),
    M("a wrong check digit", OV, billing(npi="1234567890"), "provider.npi", "the billing provider"),
    M("no NPI", OV, billing(npi=""), "provider.npi-missing", "the billing provider"),
    M(
        "a taxonomy of no shape",
        OV,
        billing(taxonomy="19340000X"),
        "provider.taxonomy",
        "the billing provider",
    ),
    M("no tax number", OV, billing(tax_id=""), "provider.tax-id", "the billing provider"),
    M("nobody rendered", OV, put(providers=()), "provider.rendering-missing", "line 1"),
    M("nobody ordered", OV, line(2, providers=()), "provider.ordering-missing", "line 2"),
    M("no CLIA number", OV, put(clia=""), "laboratory.clia", "line 2"),
    M(
        "a Medicare number with O",
        OV,
        coverage(1, member_id="1EGOTE5MK73"),
        "member.medicare",
        "coverage 1",
    ),
    M("the wrong payer", OV, _renamed, "payer.wrong", "coverage 1"),
    M(
        "too old",
        OV,
        patient(born=CLAIMS[OV].patient.born.replace(year=1848)),
        "patient.too-old",
        "the patient",
    ),
    M(
        "born later",
        OV,
        patient(born=CLAIMS[OV].lines[0].first.replace(day=4)),
        "patient.not-yet-born",
        "the patient",
    ),
    M(
        "a state that is none",
        OV,
        patient(address=replace(CLAIMS[OV].patient.address, state="ZZ")),
        "address.state",
        "the patient",
    ),
    M(
        "in the future",
        OV,
        line(1, first=CLAIMS[OV].lines[0].first.replace(year=2027)),
        "line.future",
        "line 1",
    ),
    M(
        "replacement without original",
        "replacement",
        put(original_reference=""),
        "frequency.no-original",
        "the claim",
    ),
    M("accident without date", "auto accident", accident(day=None), "accident.date", "the claim"),
    M(
        "auto accident without state",
        "auto accident",
        accident(state=""),
        "accident.state",
        "the claim",
    ),
    M(
        "workers' compensation without work",
        "work injury",
        accident(employment=False, other=True),
        "accident.payer",
        "the claim",
    ),
    M("ambulance without trip", "ambulance", put(ambulance=None), "ambulance.trip", "line 1"),
    M(
        "ambulance without origin",
        "ambulance",
        line(1, modifiers=()),
        "ambulance.modifier",
        "line 1",
    ),
    M("anesthesia in units", "anesthesia", line(1, unit_kind="UN"), "anesthesia.minutes", "line 1"),
    M(
        "a drug number of ten digits",
        "drug in the office",
        line(3, drug=replace(CLAIMS["drug in the office"].lines[2].drug, ndc="0409379501")),
        "drug.ndc",
        "line 3",
    ),
    M(
        "no drug number for Medicaid",
        "drug in the office",
        line(3, drug=None),
        "drug.ndc-wanted",
        "line 3",
    ),
    M(
        "no taxonomy for Medicaid",
        "drug in the office",
        billing(taxonomy=""),
        "provider.taxonomy-wanted",
        "the billing provider",
    ),
    M(
        "Medicare second without reason",
        "medicare second",
        coverage(2, msp_type=""),
        "medicare.second-type",
        "coverage 2",
    ),
    M("secondary without the first", "secondary", put(prior=()), "cob.missing", "coverage 1"),
    M("secondary out of balance", "secondary", _unbalanced, "cob.balance", "line 1"),
    M(
        "patient without the insured",
        "patient not subscriber",
        coverage(1, insured=None),
        "relationship.insured",
        "coverage 1",
    ),
    M("a bill of no type", OP, bill(bill_type="0131"), "bill.type", "the bill"),
    M("a status of no shape", IP, bill(status="1"), "bill.status", "the bill"),
    M("still a patient on a last bill", IP, bill(status="30"), "bill.status-frequency", "the bill"),
    M("a revenue code of no shape", IP, line(1, revenue_code="12"), "bill.revenue-code", "line 1"),
    M("no indicator", IP, dx(2, "E11.9"), "stay.poa", "diagnosis 2"),
    M("another DRG", IP, bill(drg="398"), "stay.drg", "the bill"),
    M(
        "no admitting diagnosis",
        IP,
        bill(admitting_diagnosis=""),
        "stay.admitting-diagnosis",
        "the bill",
    ),
    M(
        "a procedure code of no table",
        IP,
        bill(procedures=(StayProcedure("0DTJ9ZZ", CLAIMS[IP].bill.admitted),)),
        "stay.procedure",
        "procedure 1",
    ),
    M(
        "a day too many",
        IP,
        bill(values=(ValueCode("80", Decimal(3)),)),
        "stay.covered-days",
        "the bill",
    ),
    M("no reason for the visit", OP, bill(reasons=()), "visit.reason", "the bill"),
    M("nobody attends", OP, put(providers=()), "provider.attending-missing", "the bill"),
)

W = WireMutant
WIRE_MUTANTS = (
    W(
        "principal diagnosis that is none",
        OV,
        "HI*ABK:E1122",
        "HI*ABK:E1129X",
        "code.diagnosis",
        "HI01-2",
    ),
    W("other diagnosis that is none", OV, "ABF:I129", "ABF:I127", "code.diagnosis", "HI02-2"),
    W("a header on the wire", OV, "ABF:N1831", "ABF:N183", "code.diagnosis", "HI03-2"),
    W(
        "external cause first on the wire",
        "auto accident",
        "HI*ABK:S335XXA*ABF:V4352XA",
        "HI*ABK:V4352XA*ABF:S335XXA",
        "code.external-cause-first",
        "HI01-2",
    ),
    W("procedure of no shape", OV, "HC:99214", "HC:9921", "code.procedure", "SV101-2"),
    W("procedure not in the table", OV, "HC:99214", "HC:99919", "code.procedure", "SV101-2"),
    W("modifier not in the table", OV, "HC:83036:QW", "HC:83036:ZZ", "code.modifier", "SV101-3"),
    W("place that is none", OV, "*11:B:1*", "*98:B:1*", "code.place", "CLM05-1"),
    W(
        "taxonomy that is none",
        OV,
        "PRV*PE*PXC*207Q00000X",
        "PRV*PE*PXC*207Q99999X",
        "code.taxonomy",
        "PRV03",
    ),
    W(
        "billing taxonomy of no shape",
        OV,
        "PRV*BI*PXC*193400000X",
        "PRV*BI*PXC*1934000000",
        "code.taxonomy",
        "PRV03",
    ),
    W(
        "ZIP Code of four digits",
        OV,
        "N4*Millbrook*OH*43015~",
        "N4*Millbrook*OH*4301~",
        "code.zip",
        "N403",
    ),
    W(
        "no CLIA number on the wire",
        OV,
        "REF*X4*36D0912345~\n",
        "",
        "product.laboratory",
        "SV101-2",
    ),
    W(
        "anesthesia in units on the wire",
        "anesthesia",
        "*MJ*45*",
        "*UN*45*",
        "product.anesthesia",
        "SV103",
    ),
    W(
        "drug number of ten digits on the wire",
        "drug in the office",
        "LIN**N4*00409379501",
        "LIN**N4*0409379501",
        "code.drug",
        "LIN03",
    ),
    W("unlisted drug", "drug in the office", "HC:J1885", "HC:J3490", "code.unlisted", "SV101-7"),
    W(
        "member number of no shape",
        "replacement",
        "MI*NF00412345",
        "MI*00412345",
        "payer.member-number",
        "NM109",
    ),
    W(
        "Medicare billed as commercial",
        OV,
        "SBR*P*18*******MB",
        "SBR*P*18*******CI",
        "payer.filing",
        "SBR09",
    ),
    W(
        "no taxonomy for Medicaid on the wire",
        "drug in the office",
        "PRV*BI*PXC*193400000X~\n",
        "",
        "payer.taxonomy",
        "",
    ),
    W("CARC that is none", "secondary", "CAS*CO*45*", "CAS*CO*999*", "code.carc", "CAS02"),
    W("bill type that is none", OP, "*13:A:1*", "*99:A:1*", "code.bill-type", "CLM05-1"),
    W(
        "discharge status that is none",
        IP,
        "CL1*1*1*01",
        "CL1*1*1*99",
        "code.discharge-status",
        "CL103",
    ),
    W("revenue code not in the table", OP, "SV2*0320", "SV2*0309", "code.revenue", "SV201"),
    W("procedure by PCS that is none", IP, "BBR:0DTJ4ZZ", "BBR:0DTJ9ZZ", "code.pcs", "HI01-2"),
    W("no indicator on the wire", IP, "ABF:E119:::::::Y", "ABF:E119", "code.poa", "HI01-9"),
    W("occurrence not in the table", IP, "BH:11", "BH:ZZ", "code.occurrence", "HI01-2"),
    W("value code not in the table", IP, "BE:80", "BE:ZZ", "code.value", "HI01-2"),
    W(
        "no drug number for Medicaid on the wire",
        "drug in the office",
        "LIN**N4*00409379501~\nCTP****1*ML~\n",
        "",
        "payer.drug-number",
        "SV101-2",
    ),
    W("condition not in the table", IP, "HI*BH:", "HI*BG:ZZ~\nHI*BH:", "code.condition", "HI01-2"),
    W(
        "span not in the table",
        IP,
        "HI*BH:",
        "HI*BI:ZZ:RD8:20260303-20260304~\nHI*BH:",
        "code.span",
        "HI01-2",
    ),
    W(
        "remark that is none",
        "secondary",
        "OI***Y***Y~\n",
        "OI***Y***Y~\nMOA***N9999~\n",
        "code.rarc",
        "MOA03",
    ),
)
