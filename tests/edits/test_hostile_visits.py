"""Hostile encounters: what the published rule says, and that the edits say that and nothing else.

Each row holds a worksheet, what is known beside it, and the ids of all that must be found among the
rules on modifiers, visits, the global package and places. An empty row is a false alarm to avoid.
"""

from datetime import date

import pytest
from services_made_up import earlier, says

from codinglab.course.encounter_file import EncounterFile, read_encounter
from codinglab.edits.review import judge_what_can_be

FAMILIES = frozenset({"modifier", "visit", "global package", "place"})
KNOWN = [earlier("99213", "2025-12-02")]
WRIST = [earlier("25605", "2026-02-02")]  # 90 days: until 2026-05-03
UNRELATED = [says("unrelated", "25605")]
HOME, ELSEWHERE = [says("telehealth", value="home")], [says("telehealth", value="elsewhere")]
SOUND = [*HOME, says("telehealth", "99213", value="audio only")]
SUPERVISED = [says("supervised")]
PAYER = {"payer": "commercial PPO"}
NPP = {"practitioner": {"role": "nonphysician practitioner"}}
STAFF = {"practitioner": {"role": "clinical staff"}}


def before(*services: dict[str, object], **more: object) -> dict[str, object]:
    return {"earlier": list(services), **more}


def record(*said: dict[str, object], **more: object) -> dict[str, object]:
    return {"record": list(said), **more}


def found(sheet: str, about: dict[str, object]) -> list[str]:
    lines = [f"{one.strip()} dx A" for one in sheet.split(";")]
    fields = {
        "on": date(2026, 3, 2),
        "setting": "professional",
        "payer": "Medicare",
        "earlier": KNOWN,
        "record": [],
        "practitioner": {"role": "physician"},
        "patient": {"born": date(1951, 4, 18), "sex": "F"},
        **about,
        "worksheet": "\n".join(["dx E11.9", *lines]),
    }
    read = read_encounter(EncounterFile.model_validate(fields))
    assert read.findings == ()
    review = judge_what_can_be(read.coded, read.day, FAMILIES)
    assert review.not_judged == ()
    return sorted({one.id for one in review.findings})


def on(day: str, *services: dict[str, object], **more: object) -> dict[str, object]:
    return {"on": date.fromisoformat(day), "earlier": list(services), **more}


AFTER_SURGERY = {
    "24 and the record says unrelated": ("line 99213-24 x1", before(*WRIST, record=UNRELATED), []),
    "24 and the record is silent": ("line 99213-24 x1", before(*WRIST), ["modifier.24"]),
    "24 after a procedure of 0 days": (
        "line 99213-24 x1",
        before(*KNOWN, earlier("20610", "2026-03-01")),
        ["modifier.24"],
    ),
    "the last day of 90": ("line 99213 x1", on("2026-05-03", *WRIST), ["global.follow-up"]),
    "the day after it": ("line 99213 x1", on("2026-05-04", *WRIST), []),
    "the last day of 10": (
        "line 99213 x1",
        on("2026-03-12", earlier("10060", "2026-03-02")),
        ["global.follow-up"],
    ),
    "day 11": ("line 99213 x1", on("2026-03-13", earlier("10060", "2026-03-02")), []),
    "the day after 0 days": ("line 99213 x1", before(*KNOWN, earlier("20610", "2026-03-01")), []),
    "a surgeon of another specialty": (
        "line 99213 x1",
        before(*KNOWN, earlier("25605", "2026-02-02", "another")),
        [],
    ),
    "a colleague of group and specialty": (
        "line 99213 x1",
        before(earlier("25605", "2026-02-02", "same group and specialty")),
        ["global.follow-up"],
    ),
    "the surgeon gave the care after it away": (
        "line 99213 x1",
        before(*KNOWN, earlier("25605", "2026-02-02", "same practitioner", "54")),
        [],
    ),
    "a wellness visit is no follow-up": ("line G0439 x1", before(*WRIST), []),
    "a film in the period": ("line 73110-RT x1", before(*WRIST), []),
    "surgery and follow-up on one claim": (
        "line 10060 x1 on 2026-03-02; line 99213 x1 on 2026-03-09",
        {},
        ["global.follow-up"],
    ),
    "visit and surgery of another claim on one day": (
        "line 99213 x1",
        before(*KNOWN, earlier("10060", "2026-03-02")),
        ["modifier.25"],
    ),
    "24 with a minor procedure, and no 25": (
        "line 99213-24 x1; line 11102-79 x1",
        before(*WRIST, record=UNRELATED),
        ["modifier.25"],
    ),
    "24 and 25 with it": (
        "line 99213-24-25 x1; line 11102-79 x1",
        before(*WRIST, record=UNRELATED),
        [],
    ),
    "an injection in the period without a modifier": (
        "line 20610-RT x1",
        before(*WRIST),
        ["global.procedure"],
    ),
    "staged on the last day": (
        "line 20610-58-RT x1",
        on("2026-05-03", *WRIST, record=[says("staged", "25605")]),
        [],
    ),
    "staged a day late": (
        "line 20610-58-RT x1",
        on("2026-05-04", *WRIST, record=[says("staged", "25605")]),
        ["modifier.58"],
    ),
    "79 where the record says staged": (
        "line 25605-79-LT x1",
        before(*WRIST, record=[says("staged", "25605")]),
        ["modifier.79"],
    ),
    "a return to an office": (
        "line 10140-78 x1 pos 11",
        before(*WRIST, record=[says("return to operating room", "25605")]),
        ["modifier.78-place"],
    ),
    "a return to a surgical center": (
        "line 10140-78 x1 pos 24",
        before(*WRIST, record=[says("return to operating room", "25605")]),
        [],
    ),
    "critical care about something else": (
        "line 99291-FT x1 pos 21",
        before(*WRIST, record=UNRELATED),
        [],
    ),
    "critical care with 24": (
        "line 99291-24 x1 pos 21",
        before(*WRIST, record=UNRELATED),
        ["modifier.ft"],
    ),
    "FT on an office visit": (
        "line 99213-FT x1",
        before(*WRIST, record=UNRELATED),
        ["modifier.ft"],
    ),
}
DAY_OF_SURGERY = {
    "57 with a fracture": ("line 99214-57 x1; line 25605-RT x1", {}, []),
    "nothing with a fracture": ("line 99214 x1; line 25605-RT x1", {}, ["modifier.57"]),
    "25 with a fracture alone": ("line 99214-25 x1; line 25605-RT x1", {}, ["modifier.57"]),
    "57 with an injection": ("line 99214-57 x1; line 20610-RT x1", {}, ["modifier.57"]),
    "the day before": (
        "line 99214 x1",
        before(*KNOWN, earlier("25605", "2026-03-03")),
        ["modifier.57"],
    ),
    "57 the day before": ("line 99214-57 x1", before(*KNOWN, earlier("25605", "2026-03-03")), []),
    "57 two days before": (
        "line 99214-57 x1",
        before(*KNOWN, earlier("25605", "2026-03-04")),
        ["modifier.57"],
    ),
    "57 within the period of another surgery": (
        "line 99214-57 x1; line 26725-79-F1 x1",
        before(*WRIST, record=UNRELATED),
        [],
    ),
    "a joint injection without 25": ("line 99213 x1; line 20610-RT x1", {}, ["modifier.25"]),
    "a blood draw without 25": ("line 99213 x1; line 36415 x1", {}, []),
    "a heart tracing without 25": ("line 99213 x1; line 93000 x1", {}, []),
    "a Medicare vaccine without 25": ("line 99213 x1; line G0008 x1; line 90656 x1", {}, []),
    "stitches in the emergency department": (
        "line 99283 x1 pos 23; line 12001 x1 pos 23",
        {},
        ["modifier.25"],
    ),
}
PATIENT = {
    "a day before three years": (
        "line 99203 x1",
        before(earlier("99213", "2023-03-03")),
        ["visit.new-patient"],
    ),
    "three years to the day": (
        "line 99203 x1",
        before(earlier("99213", "2023-03-02")),
        ["visit.new-patient"],
    ),
    "a day after three years": ("line 99203 x1", before(earlier("99213", "2023-03-01")), []),
    "same group, other specialty": (
        "line 99203 x1",
        before(earlier("99213", "2025-12-02", "another")),
        [],
    ),
    "only a reading before": (
        "line 99203 x1",
        before(earlier("71046", "2025-12-02", "same practitioner", "26")),
        [],
    ),
    "seen in hospital": ("line 99213 x1", before(earlier("99232", "2025-12-02")), []),
    "a service that is not known": (
        "line 99213 x1",
        before(earlier("99499", "2025-12-02")),
        ["global.follow-up", "visit.established"],
    ),
    "a first check-up with a problem, the second visit as known": (
        "line 99387 x1; line 99213-25 x1",
        before(**PAYER),
        [],
    ),
    "a check-up and a problem without 25": (
        "line 99397 x1; line 99213 x1",
        PAYER,
        ["visit.preventive-with-problem"],
    ),
    "a wellness visit with 25 on the wrong one": (
        "line G0439-25 x1; line 99213 x1",
        {},
        ["visit.preventive-with-problem"],
    ),
    "a check-up to Medicare": ("line 99397 x1", {}, ["visit.preventive-medicare"]),
    "wellness 11 full months later": (
        "line G0439 x1",
        on("2026-04-01", earlier("G0439", "2025-04-20")),
        [],
    ),
    "wellness a day too early": (
        "line G0439 x1",
        on("2026-03-31", earlier("G0439", "2025-04-20")),
        ["visit.wellness-interval"],
    ),
}
COMPLEXITY = {
    "beside 25 for an injection": (
        "line 99214-25 x1; line G2211 x1; line 20610-RT x1",
        {},
        ["visit.g2211"],
    ),
    "the same to another payer": ("line 99214-25 x1; line G2211 x1; line 20610-RT x1", PAYER, []),
    "beside 25 for a wellness visit": ("line 99214-25 x1; line G2211 x1; line G0439 x1", {}, []),
    "beside 25 for a laboratory test, which needs none": (
        "line 99214-25 x1; line G2211 x1; line 80053 x1",
        {},
        ["visit.g2211"],
    ),
    "beside a home visit": ("line 99349 x1 pos 12; line G2211 x1", {}, []),
    "beside an emergency visit": ("line 99284 x1 pos 23; line G2211 x1", {}, ["visit.g2211"]),
}
TELEHEALTH = {
    "95 at home": ("line 99213-95 x1 pos 10", record(*HOME), []),
    "95 in an office, to Medicare": (
        "line 99213-95 x1 pos 11",
        record(*HOME),
        ["place.telehealth", "place.telehealth-record"],
    ),
    "95 in an office, to another payer": (
        "line 99213-95 x1 pos 11",
        record(*HOME, **PAYER),
        ["place.telehealth"],
    ),
    "02 for a patient at home": (
        "line 99213 x1 pos 02",
        record(*HOME),
        ["place.telehealth-record"],
    ),
    "93 at home": ("line 99213-93 x1 pos 10", record(*SOUND), []),
    "FQ at home": ("line 99213-FQ x1 pos 10", record(*SOUND), []),
    "sound alone and no modifier": ("line 99213 x1 pos 10", record(*SOUND), ["modifier.93"]),
    "sound alone elsewhere": (
        "line 99213-93 x1 pos 02",
        record(*ELSEWHERE, says("telehealth", "99213", value="audio only")),
        ["modifier.93-home"],
    ),
    "an emergency visit by video": ("line 99284 x1 pos 02", record(*ELSEWHERE), []),
    "a hospital visit by video": ("line 99232 x1 pos 02", record(*ELSEWHERE), []),
    "an injection by video": ("line 20610-RT x1 pos 10", record(*HOME), ["place.telehealth-hands"]),
    "GT to Medicare": ("line 99213-GT x1 pos 10", record(*HOME), ["modifier.gt"]),
    "GT to medicare, written small": (
        "line 99213-GT x1 pos 10",
        record(*HOME, payer="medicare"),
        ["modifier.gt"],
    ),
}
WHO_AND_WHERE = {
    "shared in a hospital": ("line 99233-FS x1 pos 21", {}, []),
    "shared in an outpatient department": ("line 99214-FS x1 pos 22", {}, []),
    "shared in an office": ("line 99214-FS x1 pos 11", {}, ["modifier.fs"]),
    "shared on a procedure": (
        "line 20610-FS-RT x1 pos 22",
        {},
        ["modifier.kind"],
    ),
    "incident to in an office": ("line 99213-SA x1 pos 11", record(*SUPERVISED, **NPP), []),
    "incident to in a hospital": (
        "line 99213-SA x1 pos 22",
        record(*SUPERVISED, **NPP),
        ["visit.incident-to-place"],
    ),
    "incident to for a new problem": (
        "line 99213-SA x1 pos 11",
        record(*SUPERVISED, says("new problem"), **NPP),
        ["visit.incident-to-new-problem"],
    ),
    "incident to for a new patient": (
        "line 99203-SA x1 pos 11",
        before(record=SUPERVISED, **NPP),
        ["visit.incident-to-new-patient"],
    ),
    "a practitioner's own name in a hospital": ("line 99214 x1 pos 22", NPP, []),
    "staff with nobody at hand": ("line 99211 x1 pos 11", STAFF, ["visit.incident-to-supervision"]),
    "staff give a vaccine": ("line G0008 x1 pos 11; line 90656 x1 pos 11", STAFF, []),
    "staff make a full visit": (
        "line 99213 x1 pos 11",
        record(*SUPERVISED, **STAFF),
        ["visit.incident-to-staff"],
    ),
    "an emergency visit in an office": ("line 99284 x1 pos 11", {}, ["place.emergency"]),
    "an office visit to an inpatient": ("line 99213 x1 pos 21", {}, ["place.office-visit"]),
    "an office visit in a nursing facility": ("line 99213 x1 pos 32", {}, ["place.office-visit"]),
    "an office visit in an emergency department": ("line 99213 x1 pos 23", {}, []),
    "a hospital visit in an office": ("line 99223 x1 pos 11", {}, ["place.visit-kind"]),
    "a home visit in assisted living": ("line 99348 x1 pos 13", {}, []),
    "a film in a hospital": ("line 71046 x1 pos 23", {}, ["place.technical-part"]),
    "its reading": ("line 71046-26 x1 pos 23", {}, []),
    "a whole tracing in a hospital": ("line 93000 x1 pos 23", {}, ["place.technical-part"]),
    "its reading by its own code": ("line 93010 x1 pos 23", {}, []),
    "an injection by a hospital's staff": (
        "line 96372 x1 pos 22; line J1885 x1 pos 22",
        {},
        ["place.hospital-supplies"],
    ),
    "admitted from the emergency department": (
        "line 99285-25 x1 pos 23; line 99223 x1 pos 21",
        {},
        ["visit.admitted"],
    ),
    "the same to another payer": ("line 99285-25 x1 pos 23; line 99223 x1 pos 21", PAYER, []),
    "admitted and gone on one day": (
        "line 99222 x1 pos 21; line 99238 x1 pos 21",
        {},
        ["visit.two-levels"],
    ),
    "critical care after a ward visit": (
        "line 99232 x1 pos 21; line 99291 x1 pos 21",
        {},
        ["visit.critical-care"],
    ),
    "critical care of two hours": ("line 99291 x1 pos 21; line 99292 x2 pos 21", {}, []),
    "the lowest visit beside an injection": (
        "line 99211-25 x1; line 96372 x1; line J1885 x1",
        {},
        ["visit.staff-and-injection"],
    ),
    "two office visits, apart": ("line 99213 x1; line 99214-25 x1", {}, ["visit.two-levels"]),
}
GROUPS = (AFTER_SURGERY, DAY_OF_SURGERY, PATIENT, COMPLEXITY, TELEHEALTH, WHO_AND_WHERE)
ROWS = [pytest.param(*row, id=name) for group in GROUPS for name, row in group.items()]


@pytest.mark.parametrize(("sheet", "about", "ids"), ROWS)
def test_the_edits_say_what_the_published_rule_says_and_nothing_else(
    sheet: str, about: dict[str, object], ids: list[str]
) -> None:
    assert found(sheet, about) == ids
