"""Files with one fault each, made from our own valid ones, and what must be found in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "x12"
END = "~\n"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: `old` becomes `new` once in the file; `finds` are id and place of each finding.

    Where the number of segments changes, SE01 is set right unless `count` is False.
    """

    name: str
    file: str
    old: str
    new: str
    finds: tuple[tuple[str, str], ...]
    count: bool = True

    def text(self) -> str:
        """Return the file with its fault."""
        whole = (GOLDEN / self.file).read_text("utf-8")
        assert whole.count(self.old), f"{self.name}: {self.old!r} is not in {self.file}"
        changed = whole.replace(self.old, self.new, 1)
        return recounted(changed) if self.count else changed


def recounted(text: str) -> str:
    """Return `text` with every SE01 set to what there is."""
    said, since = [], 0
    for segment in text.split(END):
        since = 1 if segment.startswith("ST*") else since + 1
        if segment.startswith("SE*"):
            _, _, number = segment.split("*")
            said.append(f"SE*{since}*{number}")
        else:
            said.append(segment)
    return END.join(said)


def one(name: str, file: str, old: str, new: str, *finds: str, count: bool = True) -> Mutant:
    """Return a mutant; each of `finds` is "id at place"."""
    pairs = tuple((find.split(" at ", 1)[0], find.split(" at ", 1)[-1]) for find in finds)
    return Mutant(name, file, old, new, pairs, count)


PROFESSIONAL, INPATIENT, REMITTANCE = "837p.edi", "837i.edi", "835.edi"

BILLER = (
    "NM1*85*2*EXAMPLE GENERAL HOSPITAL*****XX*1890123452~\nN3*1 HOSPITAL DR~\n"
    "N4*COLUMBUS*OH*432150002~\nREF*EI*317654321~\n"
)

MUTANTS = (
    # envelope
    one(
        "interchange number",
        PROFESSIONAL,
        "IEA*1*000000101",
        "IEA*1*000000102",
        "x12.interchange_number at segment 104 (IEA02)",
    ),
    one(
        "group count of IEA",
        PROFESSIONAL,
        "IEA*1*",
        "IEA*2*",
        "x12.interchange_count at segment 104 (IEA01)",
    ),
    one(
        "transaction count of GE",
        PROFESSIONAL,
        "GE*2*101",
        "GE*1*101",
        "x12.group_count at segment 103 (GE01)",
    ),
    one(
        "group number",
        PROFESSIONAL,
        "GE*2*101",
        "GE*2*100",
        "x12.group_number at segment 103 (GE02)",
    ),
    one(
        "segment count",
        PROFESSIONAL,
        "SE*64*0001",
        "SE*63*0001",
        "x12.segment_count at segment 64 (ST SE01)",
        count=False,
    ),
    one(
        "transaction number",
        PROFESSIONAL,
        "SE*64*0001",
        "SE*64*0009",
        "x12.transaction_number at segment 64 (ST SE02)",
    ),
    one(
        "transaction twice",
        PROFESSIONAL,
        "ST*837*0002*005010X222A1",
        "ST*837*0001*005010X222A1",
        "x12.transaction_twice at segment 1 (ST ST02)",
        "x12.transaction_number at segment 36 (ST SE02)",
    ),
    one(
        "other guide in ST",
        INPATIENT,
        "ST*837*0001*005010X223A2",
        "ST*837*0001*005010X222A1",
        "x12.code at segment 1 (ST ST03)",
    ),
    one("group kind", REMITTANCE, "GS*HP*", "GS*HC*", "x12.group_kind at segment 2 (GS01)"),
    one(
        "impossible date in ISA",
        REMITTANCE,
        "*260315*1030*^",
        "*260230*1030*^",
        "x12.date at segment 1 (ISA09)",
    ),
    one(
        "impossible time in GS",
        REMITTANCE,
        "*20260315*1030*103",
        "*20260315*2460*103",
        "x12.time at segment 2 (GS05)",
    ),
    one(
        "no trailer of the group",
        REMITTANCE,
        "GE*1*103~\n",
        "",
        "x12.group_open at segment 50 (GE)",
    ),
    one(
        "no trailer of the interchange",
        REMITTANCE,
        "IEA*1*000000103~\n",
        "",
        "x12.interchange_open at segment 50 (IEA)",
    ),
    one(
        "no trailer of the transaction",
        REMITTANCE,
        "SE*47*0001~\n",
        "",
        "x12.segment_missing at segment 46 (ST SE)",
    ),
    # levels
    one(
        "level number",
        PROFESSIONAL,
        "HL*3*1*22*1",
        "HL*5*1*22*1",
        "x12.hl_number at segment 39 (2000B HL01)",
        "x12.hl_parent at segment 43 (2000C HL02)",
    ),
    one(
        "level above",
        PROFESSIONAL,
        "HL*4*3*23*0",
        "HL*4*2*23*0",
        "x12.hl_parent at segment 43 (2000C HL02)",
    ),
    one(
        "level below denied",
        PROFESSIONAL,
        "HL*3*1*22*1",
        "HL*3*1*22*0",
        "x12.hl_child at segment 39 (2000B HL04)",
    ),
    one(
        "level below claimed",
        INPATIENT,
        "HL*3*1*22*0",
        "HL*3*1*22*1",
        "x12.hl_child at segment 40 (2000B HL04)",
    ),
    one("line number", PROFESSIONAL, "LX*2~", "LX*5~", "x12.line_number at segment 31 (2400 LX01)"),
    # places
    one(
        "no street",
        PROFESSIONAL,
        "N3*100 CLINIC WAY~\n",
        "",
        "x12.segment_missing at segment 9 (2010AA N3)",
    ),
    one(
        "no tax number",
        PROFESSIONAL,
        "REF*EI*311234567~\n",
        "",
        "x12.segment_missing at segment 11 (2010AA REF)",
    ),
    one(
        "no diagnosis",
        PROFESSIONAL,
        "HI*ABK:I639~\n",
        "",
        "x12.segment_missing at segment 23 (2300 HI)",
        "x12.pointer at segment 30 (2400 SV107-1)",
        "x12.pointer at segment 33 (2400 SV107-1)",
    ),
    one(
        "no payer",
        PROFESSIONAL,
        "NM1*PR*2*LAB PAYER*****PI*LP001~\n",
        "",
        "x12.loop_missing at segment 19 (2010BB NM1)",
    ),
    one(
        "no date of service",
        PROFESSIONAL,
        "DTP*472*D8*20260310~\nLX*2",
        "LX*2",
        "x12.segment_missing at segment 32 (2400 DTP)",
    ),
    one(
        "city before street",
        PROFESSIONAL,
        "N3*7 ELM ST~\nN4*DAYTON*OH*45402~\n",
        "N4*DAYTON*OH*45402~\nN3*7 ELM ST~\n",
        "x12.segment_order at segment 47 (2010CA N3)",
    ),
    one(
        "street twice",
        PROFESSIONAL,
        "N3*7 ELM ST~\n",
        "N3*7 ELM ST~\nN3*7 ELM ST~\n",
        "x12.segment_too_often at segment 47 (2010CA N3)",
    ),
    one(
        "billing provider twice",
        INPATIENT,
        "HL*2*1*22*0",
        BILLER + "HL*2*1*22*0",
        "x12.loop_too_often at segment 12 (2010AA NM1)",
    ),
    one(
        "unknown segment",
        PROFESSIONAL,
        "HI*ABK:I639~\n",
        "ZZZ*1~\nHI*ABK:I639~\n",
        "x12.segment_unknown at segment 23 (2300 ZZZ)",
    ),
    one(
        "segment of another guide",
        PROFESSIONAL,
        "SV1*HC:29515*60*UN*1***1~",
        "SV2*0510*HC:29515*60*UN*1~",
        "x12.segment_unknown at segment 36 (2400 SV2)",
        "x12.segment_missing at segment 37 (2400 SV1)",
        "x12.claim_total at segment 20 (2300 CLM02)",
    ),
    one(
        "segment at a wrong place",
        PROFESSIONAL,
        "PAT*19~\n",
        "PAT*19~\nREF*F8*ORIG~\n",
        "x12.segment_unexpected at segment 45 (2000C REF)",
    ),
    # elements
    one(
        "no last name",
        PROFESSIONAL,
        "NM1*IL*1*SAMPLE*MARIA*Q",
        "NM1*IL*1**MARIA*Q",
        "x12.element_missing at segment 15 (2010BA NM103)",
    ),
    one(
        "no account number",
        PROFESSIONAL,
        "CLM*ACCT0003*",
        "CLM**",
        "x12.element_missing at segment 20 (2300 CLM01)",
    ),
    one(
        "element not used",
        PROFESSIONAL,
        "PAT*19~",
        "PAT*19*A~",
        "x12.not_used at segment 44 (2000C PAT02)",
    ),
    one(
        "too many elements",
        PROFESSIONAL,
        "LX*2~",
        "LX*2*3~",
        "x12.too_many_elements at segment 31 (2400 LX02)",
    ),
    one(
        "too many components",
        PROFESSIONAL,
        "SV1*HC:29515*60",
        "SV1*HC:29515:::::::::9*60",
        "x12.too_many_components at segment 36 (2400 SV101)",
    ),
    one(
        "account number too long",
        PROFESSIONAL,
        "CLM*ACCT0001*",
        "CLM*ACCT0001" + "7" * 31 + "*",
        "x12.too_long at segment 20 (2300 CLM01)",
    ),
    one(
        "ZIP too short",
        PROFESSIONAL,
        "N4*DAYTON*OH*45402",
        "N4*DAYTON*OH*45",
        "x12.too_short at segment 47 (2010CA N403)",
    ),
    one(
        "ZIP of a biller without plus four",
        INPATIENT,
        "N4*COLUMBUS*OH*432150002",
        "N4*COLUMBUS*OH*43215",
        "x12.nine_digits at segment 10 (2010AA N403)",
    ),
    one(
        "charge with a comma",
        PROFESSIONAL,
        "SV1*HC:A0429:RH*520*",
        "SV1*HC:A0429:RH*5,20*",
        "x12.number at segment 31 (2400 SV102)",
        "x12.claim_total at segment 20 (2300 CLM02)",
    ),
    one(
        "line break in a name",
        PROFESSIONAL,
        "N4*ATHENS*",
        "N4*ATH\nENS*",
        "x12.characters at segment 17 (2010BA N401)",
    ),
    one(
        "letters with accents",
        PROFESSIONAL,
        "N4*ATHENS*",
        "N4*ATH\u00c9NS*",
        "x12.letters at segment 17 (2010BA N401)",
    ),
    one(
        "blank at the end",
        PROFESSIONAL,
        "N4*ATHENS*",
        "N4*ATHENS *",
        "x12.trailing_blanks at segment 17 (2010BA N401)",
    ),
    one(
        "separator at the end",
        PROFESSIONAL,
        "PAT*19~",
        "PAT*19*~",
        "x12.trailing_separators at segment 44 (2000C PAT02)",
    ),
    one(
        "unknown claim filing",
        PROFESSIONAL,
        "*******MB~",
        "*******ZY~",
        "x12.code at segment 14 (2000B SBR09)",
    ),
    one(
        "unknown role of the payer",
        PROFESSIONAL,
        "NM1*PR*2*LAB MEDICARE",
        "NM1*PX*2*LAB MEDICARE",
        "x12.code at segment 19 (2010BB NM101)",
    ),
    one(
        "unknown sex",
        PROFESSIONAL,
        "DMG*D8*19400704*M",
        "DMG*D8*19400704*X",
        "x12.code at segment 18 (2010BA DMG03)",
    ),
    one(
        "unknown frequency qualifier",
        PROFESSIONAL,
        "41:B:1",
        "41:C:1",
        "x12.code at segment 20 (2300 CLM05-2)",
    ),
    one(
        "birth on 30 February",
        PROFESSIONAL,
        "DMG*D8*20180228*F",
        "DMG*D8*20180230*F",
        "x12.date at segment 48 (2010CA DMG02)",
    ),
    one(
        "birth on 29 February of no leap year",
        PROFESSIONAL,
        "DMG*D8*20180228*F",
        "DMG*D8*20180229*F",
        "x12.date at segment 48 (2010CA DMG02)",
    ),
    one(
        "period from 30 February",
        PROFESSIONAL,
        "20260302-20260303",
        "20260230-20260303",
        "x12.date at segment 37 (2400 DTP03)",
    ),
    one(
        "discharge at 25 o'clock",
        INPATIENT,
        "DTP*096*TM*1100",
        "DTP*096*TM*2500",
        "x12.time at segment 20 (2300 DTP03)",
    ),
    one(
        "admission at 8:75",
        INPATIENT,
        "202602010830",
        "202602010875",
        "x12.date at segment 22 (2300 DTP03)",
    ),
    one(
        "number of the contact without its kind",
        PROFESSIONAL,
        "*TE*6145550100*EX*12",
        "*TE*6145550100**12",
        "x12.condition at segment 4 (1000A PER05)",
    ),
    one(
        "state and country part",
        PROFESSIONAL,
        "N4*DAYTON*OH*45402",
        "N4*DAYTON*OH*45402*CA***ON",
        "x12.exclusive at segment 47 (2010CA N407)",
    ),
    one(
        "component where none is",
        PROFESSIONAL,
        "PAT*19~",
        "PAT*19:1~",
        "x12.not_composite at segment 44 (2000C PAT01)",
    ),
    one(
        "element repeated",
        PROFESSIONAL,
        "HI*ABK:I639~",
        "HI*ABK:I639^ABF:I10~",
        "x12.repetitions at segment 23 (2300 HI01)",
    ),
    # numbers of others
    one(
        "NPI of the biller",
        PROFESSIONAL,
        "XX*1234567893",
        "XX*1234567890",
        "x12.npi at segment 8 (2010AA NM109)",
    ),
    one(
        "NPI of nine digits",
        INPATIENT,
        "XX*1102030404",
        "XX*110203040",
        "x12.npi at segment 32 (2310A NM109)",
    ),
    one(
        "NPI of the payee",
        REMITTANCE,
        "XX*1234567893",
        "XX*1234567890",
        "x12.npi at segment 11 (1000B N104)",
    ),
    one(
        "state of the biller",
        PROFESSIONAL,
        "N4*COLUMBUS*OH*432150001",
        "N4*COLUMBUS*ZZ*432150001",
        "x12.state at segment 10 (2010AA N402)",
    ),
    # balance
    one(
        "total charge",
        PROFESSIONAL,
        "CLM*ACCT0001*331.5*",
        "CLM*ACCT0001*331.4*",
        "x12.claim_total at segment 20 (2300 CLM02)",
    ),
    one(
        "line charge",
        INPATIENT,
        "SV2*0250**450.25",
        "SV2*0250**450.26",
        "x12.claim_total at segment 19 (2300 CLM02)",
    ),
    one(
        "other payer's line",
        PROFESSIONAL,
        "SVD*FP003*70*",
        "SVD*FP003*71*",
        "x12.cob_line at segment 61 (2430 SVD02)",
    ),
    one(
        "other payer's claim",
        PROFESSIONAL,
        "AMT*D*70",
        "AMT*D*69",
        "x12.cob_claim at segment 53 (2320 AMT02)",
    ),
    one(
        "paid line",
        REMITTANCE,
        "SVC*HC:73610:RT*121.5*90.25",
        "SVC*HC:73610:RT*121.5*90.5",
        "x12.paid_line at segment 27 (2110 SVC03)",
    ),
    one(
        "paid claim",
        REMITTANCE,
        "CLP*ACCT0009*1*200*100*",
        "CLP*ACCT0009*1*200*101*",
        "x12.paid_claim at segment 35 (2100 CLP04)",
        "x12.paid_total at segment 2 (ST BPR02)",
    ),
    one(
        "charged claim",
        REMITTANCE,
        "SVC*HC:29515*60*45",
        "SVC*HC:29515*61*46",
        "x12.charged_claim at segment 15 (2100 CLP03)",
    ),
    one(
        "adjustment of the provider",
        REMITTANCE,
        "WO:ACCT0001*20",
        "WO:ACCT0001*-20",
        "x12.paid_total at segment 2 (ST BPR02)",
    ),
    one(
        "payment",
        REMITTANCE,
        "BPR*I*315.25",
        "BPR*I*315.24",
        "x12.paid_total at segment 2 (ST BPR02)",
    ),
    one(
        "payment without a payment",
        REMITTANCE,
        "*C*ACH*CCP*01*071000013*DA*123456*1999999999**01*041000014*DA*987654*",
        "*C*NON************",
        "x12.paid_nothing at segment 2 (ST BPR04)",
    ),
    # situations
    one(
        "accident without its date",
        PROFESSIONAL,
        "DTP*439*D8*20260301~\n",
        "",
        "x12.accident_date at segment 20 (2300 CLM11)",
    ),
    one(
        "auto accident without its state",
        PROFESSIONAL,
        "**AA:::OH",
        "**AA",
        "x12.accident_state at segment 20 (2300 CLM11-4)",
    ),
    one(
        "replacement of an unknown claim",
        PROFESSIONAL,
        "REF*F8*ORIG998877~\n",
        "",
        "x12.original_reference at segment 49 (2300 CLM05-3)",
    ),
    one(
        "pointer to an absent diagnosis",
        PROFESSIONAL,
        "150*UN*1***1:2",
        "150*UN*1***1:3",
        "x12.pointer at segment 28 (2400 SV107-2)",
    ),
    one(
        "pointer twice",
        PROFESSIONAL,
        "150*UN*1***1:2",
        "150*UN*1***1:1",
        "x12.pointer_twice at segment 28 (2400 SV107)",
    ),
    one(
        "patient without a level",
        PROFESSIONAL,
        "SBR*P*18*******MB",
        "SBR*P********MB",
        "x12.patient_missing at segment 14 (2000B SBR02)",
    ),
    one(
        "patient twice",
        PROFESSIONAL,
        "SBR*S**GRP200",
        "SBR*S*18*GRP200",
        "x12.patient_twice at segment 40 (2000B SBR02)",
    ),
    one(
        "subscriber without a birth date",
        PROFESSIONAL,
        "DMG*D8*19400704*M~\n",
        "",
        "x12.subscriber_facts at segment 15 (2010BA NM1)",
    ),
    one(
        "secondary without a primary",
        PROFESSIONAL,
        "SBR*P*18*******MB",
        "SBR*S*18***47****MB",
        "x12.primary_missing at segment 14 (2000B SBR01)",
    ),
    one(
        "two primaries",
        PROFESSIONAL,
        "SBR*S**GRP200",
        "SBR*P**GRP200",
        "x12.payer_order_twice at segment 52 (2320 SBR01)",
    ),
    one(
        "paid by nobody known",
        PROFESSIONAL,
        "SVD*FP003*70*",
        "SVD*FP009*70*",
        "x12.paid_by_unknown at segment 61 (2430 SVD01)",
    ),
    one(
        "other payer is this one",
        PROFESSIONAL,
        "NM1*PR*2*FIRST PAYER*****PI*FP003",
        "NM1*PR*2*FIRST PAYER*****PI*SP002",
        "x12.paid_by_unknown at segment 61 (2430 SVD01)",
        "x12.other_payer_same at segment 56 (2330B NM109)",
    ),
    one(
        "service after the file",
        PROFESSIONAL,
        "DTP*472*D8*20260310~\nLX*2",
        "DTP*472*D8*20260316~\nLX*2",
        "x12.future_service at segment 32 (2400 DTP03)",
    ),
    one(
        "period reversed",
        PROFESSIONAL,
        "20260302-20260303",
        "20260302-20260301",
        "x12.period_reversed at segment 37 (2400 DTP03)",
    ),
    one(
        "born after the service",
        PROFESSIONAL,
        "DMG*D8*20180228*F",
        "DMG*D8*20260228*F",
        "x12.birth_after_service at segment 48 (2010CA DMG02)",
    ),
    one(
        "too old",
        PROFESSIONAL,
        "DMG*D8*19400704*M",
        "DMG*D8*18400704*M",
        "x12.too_old at segment 18 (2010BA DMG02)",
    ),
    one(
        "line outside the statement",
        INPATIENT,
        "LX*3~\nSV2*0300*HC:80053*3000*UN*1~\nDTP*472*D8*20260202",
        "LX*3~\nSV2*0300*HC:80053*3000*UN*1~\nDTP*472*D8*20260205",
        "x12.line_outside_statement at segment 39 (2400 DTP03)",
    ),
    one(
        "stay without admission",
        INPATIENT,
        "DTP*435*DT*202602010830~\n",
        "",
        "x12.admission_date at segment 19 (2300 CLM05-1)",
    ),
    one(
        "stay without admitting diagnosis",
        INPATIENT,
        "HI*ABJ:R0602~\n",
        "",
        "x12.admitting_diagnosis at segment 19 (2300 CLM05-1)",
    ),
    one(
        "ambulance without its trip",
        PROFESSIONAL,
        "CR1*LB*180**A*DH*12~\n",
        "",
        "x12.ambulance_trip at segment 20 (2300 CLM05-1)",
    ),
    one(
        "ambulance without drop-off",
        PROFESSIONAL,
        "NM1*45*2~\nN3*1 HOSPITAL DR~\nN4*ATHENS*OH*45701~\n",
        "",
        "x12.ambulance_places at segment 20 (2300 CLM05-1)",
    ),
    one(
        "secondary Medicare without a reason",
        PROFESSIONAL,
        "SBR*S**GRP200*EXAMPLE GROUP*****CI",
        "SBR*S**GRP200*EXAMPLE GROUP*****MB",
        "x12.msp_reason at segment 40 (2000B SBR05)",
    ),
    one(
        "discharged before the admission",
        PROFESSIONAL,
        "DTP*439*D8*20260301~\n",
        "DTP*439*D8*20260301~\nDTP*435*D8*20260302~\nDTP*096*D8*20260301~\n",
        "x12.discharge_before_admission at segment 23 (2300 DTP03)",
    ),
    one(
        "subscriber without a claim",
        PROFESSIONAL,
        "HL*3*1*22*1",
        "HL*3*1*22*0~\nSBR*P*18*******CI~\nNM1*IL*1*NOBODY*NINA****MI*MEM7~\n"
        "NM1*PR*2*LAB PAYER*****PI*LP001~\nHL*4*1*22*1",
        "x12.claim_missing at segment 40 (2000B SBR02)",
        "x12.hl_number at segment 47 (2000C HL01)",
        "x12.hl_parent at segment 47 (2000C HL02)",
    ),
)
