"""Twenty visits audited by hand: the chart's pieces, the three levels, and the code they give.

Above each stands the chart in a sentence and how the level was derived from the published grid.
"""

from datetime import date

import pytest
from services_made_up import findings

from codinglab.core.findings import Severity
from codinglab.course.em_file import EmRow
from codinglab.course.encounter_file import EncounterFile, read_encounter
from codinglab.encounter.em import neighbours
from codinglab.encounter.em_worked import WorkedVisit, worked

Pieces = dict[str, list[dict[str, object]]]


def pieces(text: str) -> Pieces:
    """Return the section `em` from short notation: "problems kind: what; ... | data ... | risk"."""
    found: Pieces = {}
    for part in text.split("|"):
        name, _, rest = part.strip().partition(" ")
        found[name] = [_piece(name, one) for one in rest.split(";") if one.strip()]
    return found


def _piece(name: str, text: str) -> dict[str, object]:
    what, *more = (one.strip() for one in text.split("@"))
    first, _, rest = what.partition(":")
    extra = dict(one.split("=", 1) for one in more)
    if name == "time":
        of, minutes = first.rsplit(" ", 1)
        return {"of": of, "minutes": int(minutes), "what": rest.strip()}
    return {"kind": first, "what": rest.strip(), **extra}


def work(em: str, lines: str) -> WorkedVisit:
    file = {
        "on": "2026-03-02",
        "setting": "professional",
        "payer": "commercial PPO",
        "worksheet": lines.replace(";", "\n"),
        "em": pieces(em),
    }
    read = read_encounter(EncounterFile.model_validate(file))
    found = worked(read.coded, read.day)
    assert found is not None
    return found


SF, LOW, MODERATE, HIGH = "straightforward", "low", "moderate", "high"
AUDITS = {
    # Insect bite, no treatment. One minor problem (SF), nothing ordered (SF), no risk (SF).
    "insect bite": (
        "problems minor: insect bite | data | risk none: cold pack",
        "line 99212",
        (SF, SF, SF, SF, "99212"),
    ),
    # Two minor problems are low; over-the-counter is low; no data. Low, low -> low.
    "bite and a splinter": (
        "problems minor: insect bite; minor: splinter | data | risk over-the-counter: cream",
        "line 99213",
        (LOW, SF, LOW, LOW, "99213"),
    ),
    # Sore throat, rapid strep in the office (result only: 1 test < 2), amoxicillin (moderate).
    # Low, SF, moderate -> the middle one is low.
    "strep throat with an antibiotic": (
        (
            "problems acute-uncomplicated: strep throat | data test: 87880 | "
            "risk prescription-drug: amoxicillin"
        ),
        "line 99213; line 87880",
        (LOW, SF, MODERATE, LOW, "99213"),
    ),
    # Two chronic illnesses at goal are moderate, renewing drugs is moderate -> moderate.
    "two stable illnesses and renewals": (
        (
            "problems chronic-stable: hypertension; chronic-stable: lipids | "
            "data test: 80053; test: 80061 | risk prescription-drug: both renewed"
        ),
        "line 99214",
        (MODERATE, LOW, MODERATE, MODERATE, "99214"),
    ),
    # The second illness is only listed, so one stable illness is low. One panel, counted once
    # (1 < 2): SF. Renewal moderate. Low.
    "a second illness that was copied forward": (
        (
            "problems chronic-stable: hypertension; "
            "chronic-stable: gout@not_addressed=only listed | "
            "data test: sodium@panel=80048; test: potassium@panel=80048 | "
            "risk prescription-drug: lisinopril renewed"
        ),
        "line 99213",
        (LOW, SF, MODERATE, LOW, "99213"),
    ),
    # Diabetes off goal: moderate. A1c of the last visit's order: counted there, 0 left. Insulin
    # begun: moderate.
    "the result of the last visit's order": (
        (
            "problems chronic-worse: diabetes | data test: 83036@ordered=earlier visit | "
            "risk prescription-drug: insulin begun"
        ),
        "line 99214",
        (MODERATE, SF, MODERATE, MODERATE, "99214"),
    ),
    # A standing order's new result counts (1), a cardiology letter (2), a lipid panel (3): 3 of 3.
    # One stable illness is low; renewed drug moderate. Low, moderate, moderate -> moderate.
    "three pieces of category 1": (
        (
            "problems chronic-stable: atrial fibrillation | "
            "data test: INR@ordered=standing order; note: cardiology letter; test: 80061 | "
            "risk prescription-drug: warfarin continued"
        ),
        "line 99214",
        (LOW, MODERATE, MODERATE, MODERATE, "99214"),
    ),
    # Two letters of one cardiologist are one source, a note of the own group is not outside:
    # 1 piece < 2: SF. Low, SF, moderate -> low.
    "two letters of one source": (
        (
            "problems chronic-stable: atrial fibrillation | data note: Dr Roe, cardiology; "
            "note: dr roe, cardiology; note: our own partner@same_group=yes | "
            "risk prescription-drug: metoprolol continued"
        ),
        "line 99213",
        (LOW, SF, MODERATE, LOW, "99213"),
    ),
    # Sprain: low. The practice bills and reads the film: no test, no reading (0). Advice: low.
    "a film that the practice bills": (
        (
            "problems acute-uncomplicated: ankle sprain | data test: 73610; "
            "interpretation: 73610 | "
            "risk over-the-counter: ibuprofen"
        ),
        "line 99213; line 73610-RT",
        (LOW, SF, LOW, LOW, "99213"),
    ),
    # The same film, billed by the hospital and read here: an own reading is moderate.
    # Low, moderate, moderate -> moderate.
    "a film of the hospital that was read here": (
        (
            "problems acute-uncomplicated: ankle sprain | data interpretation: 73610 | "
            "risk prescription-drug: naproxen"
        ),
        "line 99214",
        (LOW, MODERATE, MODERATE, MODERATE, "99214"),
    ),
    # A child: mother's account alone meets low. Ear infection low. Amoxicillin moderate. Low.
    "an account by the mother": (
        (
            "problems acute-uncomplicated: otitis media | data historian: mother | "
            "risk prescription-drug: amoxicillin"
        ),
        "line 99203",
        (LOW, LOW, MODERATE, LOW, "99203"),
    ),
    # New patient: breast lump, outlook unknown (moderate); mammogram and ultrasound ordered and
    # an old mammogram's report from outside (2 tests + 1 note = 3: moderate); no treatment (SF).
    "a new lump": (
        (
            "problems uncertain: breast lump | data test: mammogram; test: ultrasound; "
            "note: outside radiology | risk none: wait for the films"
        ),
        "line 99204",
        (MODERATE, MODERATE, SF, MODERATE, "99204"),
    ),
    # Pyelonephritis with fever and vomiting (moderate); urine test and blood count (2: low);
    # oral antibiotic (moderate).
    "fever and flank pain": (
        (
            "problems acute-systemic: pyelonephritis | data test: 81001; test: 85025 | "
            "risk prescription-drug: ciprofloxacin"
        ),
        "line 99214",
        (MODERATE, LOW, MODERATE, MODERATE, "99214"),
    ),
    # Chest pain in the emergency department: threat to life (high). Troponin, ECG, chest film: 3 of
    # 3 (category 1); call to the cardiologist (category 3): 2 of 2 -> high. Admission high.
    "chest pain in the emergency department": (
        (
            "problems threat: possible infarction | data test: troponin; test: ECG of cardiology; "
            "test: 71045; discussion: cardiologist | risk hospital: admission"
        ),
        "line 99285",
        (HIGH, HIGH, HIGH, HIGH, "99285"),
    ),
    # As before, but the physician bills the ECG reading (93010) and reads the chest film alone:
    # troponin, film = 2 of 3; reading of the film = 1 category -> moderate data. Two high -> high.
    "chest pain, the tracing billed": (
        (
            "problems threat: possible infarction | data test: troponin; test: 93010; test: 71045; "
            "interpretation: 71045 | risk hospital: admission"
        ),
        "line 99285-25; line 93010",
        (HIGH, MODERATE, HIGH, HIGH, "99285"),
    ),
    # Laceration in the emergency department, simple repair decided: low problem, no data, minor
    # surgery low; 60 minutes of time decide nothing.
    "a cut, and an hour in the department": (
        (
            "problems acute-uncomplicated: cut finger | data | risk minor-surgery: stitches | "
            "time practitioner 60: exam and wait"
        ),
        "line 99283-25; line 12001",
        (LOW, SF, LOW, LOW, "99283"),
    ),
    # Four stable illnesses stay moderate; methotrexate watched by tests is high; blood count and
    # liver panel (2: low). Moderate, low, high -> moderate.
    "one high element alone": (
        (
            "problems chronic-stable: arthritis; chronic-stable: hypertension; "
            "chronic-stable: gout; "
            "chronic-stable: lipids | data test: 85025; test: 80053 | "
            "risk drug-toxicity: methotrexate, blood count every month"
        ),
        "line 99214",
        (MODERATE, LOW, HIGH, MODERATE, "99214"),
    ),
    # First hospital day of a severe heart failure flare (high); 3 tests and an account by the wife
    # = 4 of 3 (1 category), no second: moderate; escalation to intensive care (high). High.
    "first hospital day": (
        (
            "problems chronic-severe: heart failure | data test: BNP; test: 80053; test: 71046; "
            "historian: wife | risk hospital: to intensive care"
        ),
        "line 99223",
        (HIGH, MODERATE, HIGH, HIGH, "99223"),
    ),
    # Later hospital day, settling pneumonia (low), one test (SF), oral drug (moderate): low, the
    # lowest code of the family.
    "a later hospital day": (
        "problems acute-stable: pneumonia | data test: 85025 | risk prescription-drug: to tablets",
        "line 99231",
        (LOW, SF, MODERATE, LOW, "99231"),
    ),
    # Home visit: 2 stable illnesses (moderate), daughter's account (low), homeless shelter closing
    # limits treatment (moderate) -> moderate, 99349; 60 minutes reach 99350, and more than that is
    # allowed to decide.
    "a home visit of an hour": (
        (
            "problems chronic-stable: COPD; chronic-stable: hypertension | "
            "data historian: daughter | "
            "risk social: cannot pay for inhalers | time practitioner 45: visit; "
            "practitioner 15: calls and note; staff 20: dressing; travel 25: there and back"
        ),
        "line 99350",
        (MODERATE, LOW, MODERATE, MODERATE, "99350"),
    ),
}


@pytest.mark.parametrize("name", AUDITS)
def test_the_worked_levels_and_code_are_those_derived_by_hand(name: str) -> None:
    em, lines, expected = AUDITS[name]
    found = work(em, lines)
    assert found.grid is not None
    cells = [cell.level for cell in found.grid.cells]
    assert (*cells, found.grid.level, found.codes[0].right) == expected
    assert found.codes[0].steps == 0


@pytest.mark.parametrize("name", AUDITS)
def test_the_right_code_passes_a_level_above_is_an_error_and_one_below_a_warning(
    name: str,
) -> None:
    em, lines, (*_, right) = AUDITS[name]
    about = {"em": EmRow.model_validate(pieces(em)), "payer": "commercial PPO"}
    assert findings("visit.worked-grid", lines, **about) == []
    family = work(em, lines).codes[0].family
    for other, step in neighbours(family, right, date(2026, 3, 2)):
        (one,) = findings("visit.worked-grid", lines.replace(right, other), **about)
        assert one.severity is (Severity.ERROR if step > 0 else Severity.WARNING)
        assert one.remedy == f"Code {right}."


def test_the_hour_at_home_leaves_out_staff_and_travel() -> None:
    em, lines, _ = AUDITS["a home visit of an hour"]
    time = work(em, lines).time
    assert time is not None
    # 45 + 15 = 60; 20 of staff and 25 on the road are left out.
    assert time.minutes == 60
    assert time.not_counted == (
        "dressing: 20, staff's time",
        "there and back: 25, travel",
    )
