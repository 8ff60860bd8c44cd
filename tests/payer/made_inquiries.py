"""Questions of every kind, and what the simulated payers answer."""

from dataclasses import replace
from datetime import date, datetime

from claim_people import CHILD, COMMERCIAL, HMO, PRACTICE, WOMAN
from made_claims import claim

from codinglab.claim.parties import Coverage, Name, Person
from codinglab.payer.eligibility import request
from codinglab.payer.eligibility_answer import answer
from codinglab.payer.inquiry import Inquiry
from codinglab.payer.member_file import simulated_payers
from codinglab.payer.status import status_request
from codinglab.payer.status_answer import status_answer
from codinglab.payer.status_inquiry import StatusInquiry
from codinglab.x12.envelope import Envelope

PAYERS = simulated_payers()
DAY = date(2026, 3, 3)
ASKED = Envelope("HARBOR", "CLEARING", datetime(2026, 3, 3, 9, 30), 17)  # noqa: DTZ001  no zone on the wire
ANSWERED = Envelope("CLEARING", "HARBOR", datetime(2026, 3, 3, 9, 31), 401)  # noqa: DTZ001

PAUL = Person(Name("Hargrove", "Paul"), date(1968, 4, 2), "M")
GLORIA = Person(Name("Benning", "Gloria"), date(1975, 12, 30), "F")
IRENE_HMO = Coverage(HMO, "RB7741201", "HM")
IRENE_PPO = Coverage(COMMERCIAL, "NF00412345", "CI", group_number="88120")
MATEO_HMO = replace(IRENE_HMO, relationship="19", insured=WOMAN)


def asks(patient: Person, coverage: Coverage, *services: str, day: date = DAY) -> Inquiry:
    return Inquiry(patient, coverage, PRACTICE, day, services or ("30",))


INQUIRIES = {
    "covered": asks(WOMAN, IRENE_HMO),
    "child": asks(CHILD, MATEO_HMO, "98"),
    "child, two services": asks(CHILD, MATEO_HMO, "98", "68"),
    "two services": asks(WOMAN, IRENE_HMO, "98", "88"),
    "in and outside the network": asks(WOMAN, IRENE_PPO),
    "ended": asks(PAUL, Coverage(HMO, "RB7740007", "HM")),
    "other payer first": asks(GLORIA, Coverage(COMMERCIAL, "NF00477310", "CI")),
    "not found": asks(WOMAN, replace(IRENE_HMO, member_id="RB7741210")),
    "other name": asks(replace(WOMAN, name=Name("Sandhurst", "Irene")), IRENE_HMO),
    "other birth date": asks(replace(WOMAN, born=date(1983, 4, 28)), IRENE_HMO),
    "child not on the policy": asks(replace(CHILD, name=Name("Sandoval", "Luis")), MATEO_HMO),
}


def question_of(name: str) -> str:
    return request([INQUIRIES[name]], ASKED, PAYERS).text


def answer_to(name: str) -> str:
    return answer(question_of(name), ANSWERED, PAYERS).text


CHILDS_CLAIM = claim("patient not subscriber")
REJECTED_CLAIM = claim("emergency room")
HOSPITAL_CLAIM = claim("outpatient hospital")
STATUS_INQUIRIES = {
    "child's claim": StatusInquiry(CHILDS_CLAIM),
    "child's claim by the payer's number": StatusInquiry(CHILDS_CLAIM, "26063000417"),
    "rejected claim": StatusInquiry(REJECTED_CLAIM),
    "unknown claim": StatusInquiry(HOSPITAL_CLAIM),
    "unknown member": StatusInquiry(
        replace(CHILDS_CLAIM, coverages=(replace(MATEO_HMO, member_id="RB0000001"),))
    ),
}


def status_question_of(name: str) -> str:
    return status_request([STATUS_INQUIRIES[name]], ASKED, PAYERS).text


def status_answer_to(name: str, day: int) -> str:
    back = replace(ANSWERED, when=datetime(2026, 3, day, 16, 0))  # noqa: DTZ001
    return status_answer(status_question_of(name), back, PAYERS).text


def everything() -> dict[str, str]:
    """Return every text that this room writes, by a name."""
    made = {f"270 {name}": question_of(name) for name in INQUIRIES}
    made |= {f"271 {name}": answer_to(name) for name in INQUIRIES}
    made |= {f"276 {name}": status_question_of(name) for name in STATUS_INQUIRIES}
    made |= {
        f"277 {name}, March {day}": status_answer_to(name, day)
        for name in STATUS_INQUIRIES
        for day in (5, 10, 16, 20)
    }
    return made
