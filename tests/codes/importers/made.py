"""Small files in the publishers' layouts, written by hand for the tests."""

import csv
import io
from pathlib import Path

ORDER = (
    "00001 A00     0 Cholera                                                      Cholera\r\n"
    "00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to "
    "Vibrio cholerae 01, biovar cholerae\r\n"
    "04407 E119    1 Type 2 diabetes mellitus without complications               Type 2 diabetes "
    "mellitus without complications\r\n"
)
PCS = (
    "00001 001     0 Central Nervous System and Cranial Nerves, Bypass            Central Nervous "
    "System and Cranial Nerves, Bypass\r\n"
    "00002 0016070 1 Bypass Cereb Vent to Nasophar with Autol Sub, Open           Bypass Cerebral "
    "Ventricle to Nasopharynx with Autologous Tissue Substitute, Open Approach\r\n"
)
HEADING = (
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,"
    "AMOUNT\r\n"
)
PPRRVU = (
    f",,2025 National Physician Fee Schedule Relative Value File{',' * 28}\r\n"
    f"{',' * 30}\r\n" + HEADING + "G0439,,Ppps subseq visit,A,,1.92,1.91,,1.91,NA,0.12,3.95,3.95,0,"
    "XXX,0.00,0.00,0.00,0,0,0,0,0,,32.3465,09,0,99,0.00,0.00,0.00\r\n"
    "G0101,26,Ca screen;pelvic/breast exam,A,,0.45,0.80,,0.26,NA,0.05,1.30,0.76,0,"
    "XXX,0.00,0.00,0.00,0,0,0,0,0,,32.3465,09,0,99,0.00,0.00,0.00\r\n"
)
GPCI = (
    "ADDENDUM E. FINAL CY 2025 INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,\r\n,,,,,,\r\n"
    "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI\r\n"
    "02102,AK,01,ALASKA*,1.5,1.081,0.592\r\n13202,NY,01,MANHATTAN,1.065,1.166,1.656\r\n"
    "*Work GPCI reflects a 1.5 floor in Alaska.,,,,,,\r\n"
)
ANES = (
    "Contractor,Locality,Locality Name,National Anes CF of 20.3178\r\n"
    "02102 ,01 ,ALASKA*,27.86 \r\n,,,\r\n"
)
PTP = (
    "Notices stand here\r\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r\n"
    "45380\t45378\t*\t19960101\t*\t0\tMore extensive procedure\r\n"
    "G0101\tG0439\t \t20240101\t20240331\t1\tMisuse of column two code\r\n"
    "G0101\tQ0091\t \t20240401\t20240401\t9\tMisuse of column two code\r\n"
)
MUE = (
    '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n'
    "G0439,1,2 Date of Service Edit: Policy,Code Descriptor / CPT Instruction\n"
    "J1885,8,3 Date of Service Edit: Clinical,Prescribing Information\n"
)
ADD_ON = (
    "Add-On_Code\tAOC_Del_Dt\tAOC_Edit_Type\tPrimary_Code\tPrimary_Code_Eff_Dt\t"
    "Primary_Code_Del_Dt\tSpecial_Instruction_Notes\r\n"
    "G2211\t\t1\t99213\t20240101\t0\t\r\nG0513\t\t2\tCCCCC\t2018001\t2024366\t\r\n"
)
ADDENDUM_A = (
    "Addendum A.-Final OPPS APCs for CY 2026\r\n"
    "APC,Group Title,SI,Relative Weight,Payment Rate,National Unadjusted Copayment,"
    "Minimum Unadjusted Copayment\r\n"
    '5115,Level 5 Musculoskeletal,J1,143.4,"$13,116.76",,"$2,623.36"\r\n'
)
ADDENDUM_B = (
    "Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026\r\n"
    "HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate,"
    "National Unadjusted Copayment,Minimum Unadjusted Copayment\r\n"
    "G0463,Hospital outpt clinic visit,J2,5012,1.49,$136.02 ,,$27.21 \r\n"
    "G0439,Ppps subseq visit,A,,,,,\r\n"
)
TABLE_5 = (
    b'"TABLE 5.\x97LIST OF MS-DRGS, \nFY 2026 Final Rule"\t\t\t\t\t\t\t\t\t\r\n'
    b"MS-DRG \tFY 2026 Final Post-Acute DRG\tFY 2026 Final Special Pay DRG\tMDC\tTYPE\t"
    b"MS-DRG Title\tWeights - Before Cap\tWeights - 10% Cap Applied \tGeometric mean LOS\t"
    b"Arithmetic mean LOS\r\n"
    b'193\tYes\tNo\t04\tMED\t"SIMPLE PNEUMONIA, WITH MCC"\t1.3144\t1.3144\t4.0\t5.0\r\n'
    b"999\tNo\tNo\t \t**\tUNGROUPABLE\t.\t.\t.\t.\r\n"
)
POA = (
    "OrdFY25\tPOAexemptCode\tDescription\r\n01236\tB90.0\tSequelae of central nervous system "
    'tuberculosis\r\n78161\tT45.AX1D\t"Poisoning by, accidental, subsequent encounter"\r\n'
)
CPT = "Words of the owner\r\n\r\n99213\tmade-up text\r\n0001F\tanother\r\n"
CARC = "Code,Description,Start,Stop\n1,made-up text,01/01/1995,\n15,gone,1995-01-01,06/30/2007\n"


def anweb() -> str:
    """Return a code over three lines, a modifier that ended, and a dental code."""
    return (
        "***Disclaimers\r\n\r\n"
        + record("A0021001003", "Ambulance service, outside state per mile,", "Outside", "1985")
        + record("A0021002004", "transport")
        + record("A0021003004", "(medicaid \xe9 only)")
        + record("   CP001007", "Adjunctive service", "Adjunctive", "2014", "20171231")
        + record("D0120001003", "words of another owner", "words", "2000")
    )


def record(start: str, long: str, short: str = "", year: str = "", end: str = "") -> str:
    """Return one record of 320 characters."""
    text = f"{start}{long:80}{short:28}".ljust(229) + ("I" if year else " ")
    text = text.ljust(268) + (f"{year}0101{year}0101{end:8}N" if year else "")
    return text.ljust(320) + "\r\n"


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a written table without blank fields."""
    found = csv.DictReader(io.StringIO(file.read_text("utf-8")))
    return [{name: value for name, value in row.items() if value} for row in found]
