import pytest

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.icd10cm_kin import similarity

PAIRS = [
    ("Z79.4", "Z79.84", None),  # insulin and tablets are different drugs
    ("T40.1X1A", "T40.2X1A", None),  # different substances
    ("T40.1X1A", "T40.1X4A", None),  # accident and undetermined intent
    ("E11.21", "E11.22", None),  # different complications
    ("E11.9", "E11.22", None),  # without complications is a statement
    ("E11.9", "E11.8", None),  # without complications is a statement
    ("E11.9", "E11.A", None),  # remission
    ("E11.311", "E11.319", None),  # with and without macular edema
    ("M25.561", "M25.562", "laterality"),  # right and left
    ("M25.561", "M25.569", "laterality"),  # right and unspecified side
    ("M17.10", "M17.11", "laterality"),  # one knee unsaid
    ("M17.0", "M17.11", "laterality"),  # both and one
    ("M17.9", "M17.11", None),  # not even primary is said
    ("H93.13", "H93.11", "laterality"),  # bilateral leaves out the ear
    ("H93.19", "H93.11", "laterality"),  # unspecified ear
    ("H66.90", "H66.91", "laterality"),  # twice unspecified
    ("H66.91", "H66.001", None),  # kind of otitis and side
    ("G56.01", "G56.03", "laterality"),  # limb and limbs
    ("Z90.11", "Z90.13", "laterality"),  # breast and breasts
    ("R10.31", "R10.32", "laterality"),  # quadrants of the same height
    ("R10.31", "R10.11", None),  # lower and upper quadrant
    ("E11.3211", "E11.3212", "laterality"),  # side told by the seventh character
    ("E11.3211", "E11.3219", "laterality"),  # unspecified eye
    ("C50.911", "C50.919", "laterality"),  # unspecified breast
    ("C50.911", "C50.921", None),  # female and male
    ("Q20.1", "Q20.2", None),  # ventricles are structures
    ("I50.810", "I50.1", None),  # chambers are structures
    ("G81.91", "G81.92", "laterality"),  # both dominant
    ("G81.91", "G81.93", None),  # dominance too
    ("K40.90", "K40.20", "laterality"),  # one groin and both
    ("K40.90", "K40.91", None),  # recurrence
    ("S52.521A", "S52.522A", "laterality"),  # same encounter
    ("S52.521A", "S52.522D", None),  # side and encounter
    ("S52.521A", "S52.521D", "seventh character"),  # encounter
    ("T40.1X1A", "T40.1X1D", "seventh character"),  # encounter
    ("W19.XXXA", "W19.XXXD", "seventh character"),  # encounter
    ("O36.0110", "O36.0111", "seventh character"),  # fetus
    ("H40.1211", "H40.1212", "seventh character"),  # stage
    ("M1A.9XX0", "M1A.9XX1", "seventh character"),  # tophus
    ("M80.051A", "M80.052A", "laterality"),  # hips
    ("S52.501A", "S52.521A", "unspecified"),  # kind of fracture
    ("S52.501A", "S52.522A", None),  # kind of fracture and side
    ("S61.401A", "S61.411A", "unspecified"),  # kind of wound
    ("S61.401A", "S61.412A", None),  # kind of wound and side
    ("S93.401A", "S93.411A", "unspecified"),  # ligament
    ("N18.9", "N18.4", "unspecified"),  # stage
    ("N18.30", "N18.31", "unspecified"),  # part of stage 3
    ("N18.31", "N18.32", None),  # two parts
    ("N18.9", "N18.31", None),  # two levels apart
    ("I50.20", "I50.22", "unspecified"),  # acuity
    ("I50.22", "I50.23", None),  # two acuities
    ("I50.20", "I50.30", None),  # systolic and diastolic
    ("I50.9", "I50.22", None),  # two levels apart
    ("J44.9", "J44.1", "unspecified"),  # exacerbation
    ("J45.909", "J45.901", None),  # both say unspecified asthma
    ("J45.20", "J45.21", None),  # exacerbation
    ("J20.9", "J20.8", "unspecified"),  # organism
    ("J18.0", "J18.1", None),  # two pneumonias
    ("F32.9", "F32.1", "unspecified"),  # severity
    ("F32.A", "F32.9", None),  # two disorders
    ("F10.920", "F10.120", None),  # use and abuse
    ("M54.50", "M54.59", "unspecified"),  # kind of back pain
    ("M54.2", "M54.50", None),  # neck and back
    ("I48.91", "I48.92", None),  # fibrillation and flutter
    ("L03.90", "L03.91", None),  # cellulitis and lymphangitis
    ("L97.411", "L97.419", "unspecified"),  # severity
    ("L89.151", "L89.159", "unspecified"),  # stage
    ("L89.151", "L89.152", None),  # two stages
    ("C34.91", "C34.11", "unspecified"),  # lobe
    ("C50.911", "C50.411", "unspecified"),  # quadrant
    ("C18.9", "C18.2", "unspecified"),  # part of colon
    ("D50.9", "D50.0", "unspecified"),  # cause
    ("D64.9", "D64.2", "unspecified"),  # kind of anemia
    ("R07.9", "R07.0", None),  # chest and throat
    ("R10.9", "R10.0", None),  # not all abdominal pain
    ("B37.9", "B37.7", None),  # merely the same category
    ("A06.9", "Q20.1", None),  # nothing in common
    ("J02.9", "J02.0", None),  # titles share too little
    ("K21.9", "K21.00", None),  # esophagitis
    ("I82.401", "I82.411", "unspecified"),  # vein
    ("I82.401", "I82.402", "laterality"),  # legs
    ("I83.011", "I83.012", None),  # thigh and calf
    ("S82.841A", "S82.844A", None),  # displaced or not
    ("I25.10", "I25.119", None),  # angina
    ("E10.9", "E11.9", None),  # two categories
    ("Z23", "Z23", None),  # the same code
    ("E11", "E11.9", None),  # a header
    ("X99.99", "E11.9", None),  # no code
]


@pytest.mark.parametrize(("answer", "key", "expected"), PAIRS)
def test_codes_are_near_only_when_one_detail_differs(
    table: Icd10cm, answer: str, key: str, expected: str | None
) -> None:
    assert similarity(answer, key, table) == expected
    assert similarity(key, answer, table) == expected
