"""Stays worked by hand by the MS-DRG Definitions Manual v43.1, with the reasoning beside each.

Each `why` goes the manual's way: before the MDC or MDC by the principal diagnosis; class; base DRG;
severity by appendix G (CC and MCC) and appendix C (exclusion by principal diagnosis, by the number
of the collection; part 2 where the DRG is made of the code); appendix I (acquired in hospital).
"""

from dataclasses import dataclass
from datetime import date

from made_stays import stay

from codinglab.grouping.stay import Stay

HIP_LEFT, KNEE, GALLBLADDER = "0SR9019", "0SRC0J9", "0FT44ZZ"
VENT_LONG, VENT_SHORT, TRACHEOSTOMY = "5A1955Z", "5A1945Z", "0B113F4"
BYPASS, CATHETER, STENT = "021009W", "4A023N7", "027034Z"
CESAREAN, DELIVERY, TUBES = "10D00Z1", "10E0XZZ", "0UL70ZZ"


@dataclass(frozen=True)
class Worked:
    """A stay, its DRG and `why`; the code that `counts`, and the CC or MCC that is `dropped`."""

    drg: str
    why: str
    made: Stay
    counts: str = ""
    dropped: str = ""


WORKED = (
    # MDC 1
    Worked(
        "063",
        "I63.9 is MDC 1; 3E03317 (thrombolysis) is no operation but 061-063 ask for it; I10 no CC",
        stay("I63.9", "I10", procedures=("3E03317",)),
    ),
    Worked(
        "065",
        "the same without thrombolysis is 064-066; N39.0 is a CC: 065 (CC or thrombolysis before)",
        stay("I63.9", "N39.0"),
        counts="N39.0",
    ),
    Worked(
        "101",
        "G40.909 is MDC 1, seizures 100-101, split by MCC alone: the CC N39.0 changes nothing",
        stay("G40.909", "N39.0"),
    ),
    Worked(
        "084",
        "S02.0XXA with S06.5X9A second is coma over an hour (082-084); S06.5X9A is an MCC, but "
        "S02.0XXA is in its exclusion collection 1568",
        stay("S02.0XXA", "S06.5X9A"),
        dropped="S06.5X9A",
    ),
    # MDC 2 and 3
    Worked("125", "H40.9 is MDC 2, other eye 124-125; nothing beside it", stay("H40.9")),
    Worked(
        "152",
        "J36 is MDC 3, 152-153 split by MCC; J96.01 is an MCC",
        stay("J36", "J96.01"),
        counts="J96.01",
    ),
    # MDC 4
    Worked(
        "190",
        "J44.1 is MDC 4, 190-192; J44.0 is a CC, but J44.1 is in its collection 0993; J18.9 is an "
        "MCC and J44.1 is not in its collection",
        stay("J44.1", "J44.0", "J18.9"),
        counts="J18.9",
        dropped="J44.0",
    ),
    Worked(
        "207",
        "any principal diagnosis of MDC 4 with ventilation over 96 hours: 207, not split",
        stay("J18.9", "N17.9", procedures=(VENT_LONG,), days=8),
    ),
    Worked(
        "194",
        "pneumonia with a pressure ulcer of stage 3 acquired here: HAC 04, its MCC is lost; "
        "J44.1 is left",
        stay("J18.9", "J44.1", "L89.153:N"),
        counts="J44.1",
        dropped="L89.153",
    ),
    Worked(
        "193",
        "the same ulcer present on admission keeps its MCC",
        stay("J18.9", "J44.1", "L89.153"),
        counts="L89.153",
    ),
    Worked(
        "193",
        "the same acquired, but the hospital is not paid by DRG: the rule does not hold there",
        stay("J18.9", "J44.1", "L89.153:N", reports_poa=False),
        counts="L89.153",
    ),
    Worked(
        "193",
        "indicator W (not to be determined) counts as present, U (not documented) does not",
        stay("J18.9", "L89.153:W"),
        counts="L89.153",
    ),
    Worked("195", "the same with U", stay("J18.9", "L89.153:U"), dropped="L89.153"),
    # MDC 5
    Worked(
        "293",
        "I50.21 is MDC 5, 291-293; I50.31 is an MCC, but I50.21 is in its collection 0824",
        stay("I50.21", "I50.31"),
        dropped="I50.31",
    ),
    Worked(
        "291",
        "I13.0 first (guideline I.C.9.a.3); I50.23 is an MCC that I13.0 does not exclude; N18.30 "
        "is no CC",
        stay("I13.0", "I50.23", "N18.30"),
        counts="I50.23",
    ),
    Worked(
        "280",
        "I48.0 is MDC 5; an infarction as any diagnosis makes 280-282 there and is then not its "
        "MCC (appendix C part 2); J96.01 is",
        stay("I48.0", "I21.4", "J96.01"),
        counts="J96.01",
    ),
    Worked(
        "285",
        "I21.4 and died: 283-285; I46.9 is an MCC only in those who leave alive",
        stay("I21.4", "I46.9", status="20"),
        dropped="I46.9",
    ),
    Worked("280", "the same, alive: I46.9 counts", stay("I21.4", "I46.9"), counts="I46.9"),
    Worked(
        "234",
        "bypass with heart catheter 233-234: the catheter is no operation, but asked for; no MCC",
        stay("I25.110", procedures=(BYPASS, CATHETER)),
    ),
    Worked("236", "bypass without the catheter", stay("I25.110", procedures=(BYPASS,))),
    Worked(
        "236",
        "mediastinitis after bypass, acquired: HAC 08, so that 235 becomes 236",
        stay("I25.10", "J98.51:N", procedures=(BYPASS,)),
        dropped="J98.51",
    ),
    # MDC 6 and 7
    Worked("378", "K92.2 is MDC 6, 377-379; D62 is a CC", stay("K92.2", "D62"), counts="D62"),
    Worked(
        "417",
        "K80.00 is MDC 7; laparoscopic 417-419; K65.0 is an MCC",
        stay("K80.00", "K65.0", procedures=(GALLBLADDER,)),
        counts="K65.0",
    ),
    # MDC 8
    Worked(
        "470",
        "hip replaced for arthrosis: 469-470, split by MCC alone; D62 is a CC",
        stay("M16.12", "D62", procedures=(HIP_LEFT,)),
    ),
    Worked(
        "522",
        "the same operation for a fracture of the hip as principal diagnosis: 521-522",
        stay("S72.002A", "D62", procedures=(HIP_LEFT,)),
    ),
    Worked(
        "470",
        "lung embolism acquired after a knee replacement: HAC 10, so that 469 becomes 470",
        stay("M17.11", "I26.99:N", procedures=(KNEE,)),
        dropped="I26.99",
    ),
    # MDC 9 to 13
    Worked("603", "L03.115 is MDC 9, 602-603; E11.65 no CC", stay("L03.115", "E11.65")),
    Worked("638", "E11.10 is MDC 10, 637-639; N17.9 is a CC", stay("E11.10", "N17.9"), "N17.9"),
    Worked(
        "684",
        "N17.9 is MDC 11, 682-684; N18.6 is an MCC, but N17.9 is in its collection 1335; dialysis "
        "is no operation",
        stay("N17.9", "N18.6", procedures=("5A1D70Z",)),
        dropped="N18.6",
    ),
    Worked(
        "713",
        "N40.1 is MDC 12; prostate resected: 713-714; N13.8 is a CC",
        stay("N40.1", "N13.8", procedures=("0VT08ZZ",), sex="M"),
        counts="N13.8",
    ),
    Worked(
        "724",
        "C61 is MDC 12; the code decides, not the sex of the claim",
        stay("C61", sex="F"),
    ),
    Worked("743", "D25.1 is MDC 13; uterus out: 742-743", stay("D25.1", procedures=("0UT90ZZ",))),
    # MDC 14 and 15
    Worked(
        "788",
        "cesarean without sterilization 786-788; O99.02 no CC",
        stay("O34.211", "O99.02", "Z37.0", procedures=(CESAREAN,), age=31),
    ),
    Worked(
        "798",
        "vaginal delivery with tubes closed: 796-798, a surgical class",
        stay("O80", "Z30.2", "Z37.0", procedures=(DELIVERY, TUBES), age=31),
    ),
    Worked(
        "806",
        "vaginal delivery 805-807, medical though 10E0XZZ is asked for; D62 is a CC",
        stay("O70.1", "D62", "Z37.0", procedures=(DELIVERY,), age=31),
        counts="D62",
    ),
    Worked("795", "a newborn with jaundice, no problem of 793-794", stay("Z38.00", "P59.9", age=0)),
    Worked("792", "36 weeks: prematurity without major problem", stay("Z38.00", "P07.39", age=0)),
    Worked(
        "790",
        "P22.0 (respiratory distress) makes 790 as any diagnosis and is not an MCC beside it",
        stay("Z38.01", "P22.0", age=0),
    ),
    Worked(
        "790",
        "birth weight: P07.02 (500 to 749 g) is extreme immaturity",
        stay("Z38.00", "P07.02", age=0),
    ),
    Worked(
        "789",
        "the same sent to another acute hospital (02): 789 stands before all others in MDC 15",
        stay("Z38.00", "P07.02", age=0, status="02"),
    ),
    # MDC 16 to 20
    Worked("812", "D57.00 is MDC 16, 811-812; nothing beside it", stay("D57.00")),
    Worked("847", "Z51.11 is MDC 17; C34.11 is a CC", stay("Z51.11", "C34.11"), "C34.11"),
    Worked(
        "871",
        "A41.9 is MDC 18; ventilation under 24 hours is not asked for; the MCC makes 871",
        stay("A41.9", "R65.21", procedures=(VENT_SHORT,)),
        counts="R65.21",
    ),
    Worked(
        "870",
        "ventilation over 96 hours: 870, not split",
        stay("A41.9", "R65.21", procedures=(VENT_LONG,), days=8),
    ),
    Worked("885", "F32.2 is MDC 19, psychoses, not split", stay("F32.2", "N17.9")),
    Worked(
        "894",
        "F10.231 left against advice (07): 894 stands before severity",
        stay("F10.231", "J96.01", status="07"),
    ),
    Worked(
        "896",
        "the same sent home: 896-897 (no rehabilitation), J96.01 is an MCC",
        stay("F10.231", "J96.01"),
        counts="J96.01",
    ),
    # MDC 21 to 25
    Worked("917", "T40.2X1A is MDC 21, 917-918", stay("T40.2X1A", "J96.01"), counts="J96.01"),
    Worked("934", "T20.30XA is MDC 22, full thickness without graft", stay("T20.30XA")),
    Worked("950", "Z48.812 is MDC 23, aftercare 949-950", stay("Z48.812")),
    Worked(
        "964",
        "injuries of head, chest and belly: MDC 24; they are not its CCs; N17.9 is",
        stay("S06.5X0A", "S27.0XXA", "S36.113A", "N17.9"),
        counts="N17.9",
    ),
    Worked(
        "975",
        "B20 with B59: MDC 25, major related condition, 974-976; N17.9 is a CC",
        stay("B20", "B59", "N17.9"),
        counts="N17.9",
    ),
    Worked("977", "B20 alone: HIV with or without other condition", stay("B20")),
    # before the MDCs, and operations that do not fit
    Worked(
        "004",
        "tracheostomy with ventilation over 96 hours stands before the MDCs; no major operation",
        stay("A41.9", "R65.21", procedures=(TRACHEOSTOMY, VENT_LONG), days=20),
    ),
    Worked(
        "002", "heart transplant, before the MDCs, no MCC", stay("I42.0", procedures=("02YA0Z0",))
    ),
    Worked(
        "989",
        "J18.9 is MDC 4, where no gallbladder operation is listed; 0FT44ZZ is among the less "
        "extensive (987-989)",
        stay("J18.9", "E11.9", procedures=(GALLBLADDER,)),
    ),
    Worked(
        "982",
        "the sigmoid colon resected (0DTN0ZZ) is extensive: 981-983; N17.9 is a CC",
        stay("J18.9", "N17.9", procedures=("0DTN0ZZ",)),
        counts="N17.9",
    ),
    # the day of discharge
    Worked(
        "343",
        "on 2023-09-30 (v40.1) appendix operations are 338-343",
        stay("K35.80", procedures=("0DTJ4ZZ",), discharged=date(2023, 9, 30)),
    ),
    Worked(
        "399",
        "on 2023-10-01 (v41.0) they are 397-399",
        stay("K35.80", procedures=("0DTJ4ZZ",), discharged=date(2023, 10, 1)),
    ),
    Worked(
        "247",
        "on 2023-09-30 a stent that elutes a drug is 246-247",
        stay("I21.4", procedures=(STENT,), discharged=date(2023, 9, 30)),
    ),
    Worked(
        "322",
        "on 2023-10-01 any device within the vessel is 321-322",
        stay("I21.4", procedures=(STENT,), discharged=date(2023, 10, 1)),
    ),
    Worked(
        "460",
        "on 2024-09-30 (v41.1) a lumbar fusion is 459-460",
        stay("M51.16", procedures=("0SG00AJ",), discharged=date(2024, 9, 30)),
    ),
    Worked(
        "451",
        "on 2024-10-01 (v42.0) a fusion of one level is 450-451",
        stay("M51.16", procedures=("0SG00AJ",), discharged=date(2024, 10, 1)),
    ),
    Worked(
        "079",
        "on 2025-09-30 (v42.1) hypertensive encephalopathy is 077-079",
        stay("I67.4", discharged=date(2025, 9, 30)),
    ),
    Worked(
        "072",
        "on 2025-10-01 (v43.0) 077-079 are gone: other cerebrovascular disorders",
        stay("I67.4", discharged=date(2025, 10, 1)),
    ),
    Worked(
        "295",
        "on 2025-09-30 thrombophlebitis of deep veins is 294-295",
        stay("I80.11", discharged=date(2025, 9, 30)),
    ),
    Worked(
        "301",
        "on 2025-10-01 it is among the disorders of peripheral vessels, 299-301",
        stay("I80.11", discharged=date(2025, 10, 1)),
    ),
    Worked(
        "688",
        "on 2025-03-31 (v42.0) 0TT00Z0 is no code yet: C64.1 is of MDC 11, medical 686-688",
        stay("C64.1", procedures=("0TT00Z0",), discharged=date(2025, 3, 31)),
    ),
    Worked(
        "658",
        "on 2025-04-01 (v42.1) it is an operation on the kidney for a neoplasm, 656-658",
        stay("C64.1", procedures=("0TT00Z0",), discharged=date(2025, 4, 1)),
    ),
    Worked(
        "244",
        "on 2026-04-01 (v43.1) 02HM3JZ, a lead in the septum, makes with its generator 0JH606Z a "
        "pacemaker implant, 242-244",
        stay("I44.2", procedures=("02HM3JZ", "0JH606Z"), discharged=date(2026, 4, 1)),
    ),
    Worked(
        "470",
        "on 2026-10-01 (v44.0) a knee replacement is still 469-470",
        stay("M17.11", procedures=(KNEE,), discharged=date(2026, 10, 1)),
    ),
)
