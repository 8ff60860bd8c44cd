"""What is to be done next about a patient's balance, on which day, why, and by which rule.

The site's own days are in curriculum/accounts/patient/collections.yml, those of federal law in
code_sets/patient_rules. A tax-exempt hospital waits for section 501(r)(6) before an extraordinary
collection action (selling the debt, reporting it, a lawsuit, care refused); to place an account
with an agency is none by itself, but what the agency then does is the hospital's deed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from codinglab.accounts.patient_policy import Collections, Notices, Site, rules_on
from codinglab.accounts.patient_rules import rule
from codinglab.accounts.plan import PlanStanding

What = Literal[
    "nothing",
    "refund the credit",
    "hold",
    "keep the plan",
    "remind of the plan",
    "send a bill",
    "write off the small balance",
    "send the last letter",
    "place with the agency",
    "leave with the agency",
]
ENDS: frozenset[What] = frozenset(
    {"nothing", "hold", "refund the credit", "keep the plan", "leave with the agency"}
)
_HOSPITAL: Site = "tax-exempt hospital"
_FEDERAL = "42 U.S.C. 1320a-7a(i)(6)(A)"


@dataclass(frozen=True, slots=True)
class PatientAccount:
    """What is known of a balance: `balance` in dollars, owed by the patient since a day.

    `bills` are the days of the bills sent, `letter` that of the newest last letter (with a
    hospital, also the notice of extraordinary collection actions), `placed` that of the agency.
    `applied` says that an application for assistance waits, `disputed` that an estimate's dispute
    is open, `bankrupt` that the patient has filed a petition. `plan` is how a payment plan stands,
    `unbillable` the dollars that no notice of noncoverage lets the patient be asked for.
    """

    number: str
    site: Site
    balance: Decimal
    owed_since: date
    bills: tuple[date, ...] = ()
    letter: date | None = None
    placed: date | None = None
    plan: PlanStanding | None = None
    applied: bool = False
    disputed: bool = False
    bankrupt: bool = False
    unbillable: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done `on` a day, `why`, and the `source`; `notes` are what else to mind.

    `notice` is the number of the bill to send, 0 for other steps.
    """

    what: What
    on: date
    why: str
    source: str
    notice: int = 0
    notes: tuple[str, ...] = ()


def next_step(account: PatientAccount, day: date) -> Step:
    """Return what to do next; a step whose day is after `day` waits until then.

    Raises NotInForce for a day without rules.
    """
    rules = rules_on("collections", Collections, day, account.site)
    asked: tuple[Callable[[PatientAccount, date, Collections], Step | None], ...] = (
        _settled,
        _held,
        _planned,
        _at_agency,
        _small,
        _bill,
        _letter,
    )
    for one in asked:
        step = one(account, day, rules)
        if step is not None:
            return replace(step, on=max(step.on, day)) if step.on < day else step
    return _place(account, day, rules)


def timeline(account: PatientAccount, day: date) -> Iterator[Step]:
    """Yield every step from `day` on, as if the patient never answered, each done on its day."""
    while True:
        step = next_step(account, day)
        yield step
        if step.what in ENDS or step.what == "write off the small balance":
            return
        day = step.on
        if step.what == "send a bill":
            account = replace(account, bills=(*account.bills, day))
        elif step.what == "send the last letter":
            account = replace(account, letter=day)
        elif step.what == "place with the agency":
            account = replace(account, placed=day)
        else:
            return


def _settled(account: PatientAccount, day: date, rules: Collections) -> Step | None:
    if account.balance < 0:
        why = f"the patient has paid {-account.balance} too much; give it back"
        return Step("refund the credit", day, why, rules.source)
    if not account.balance and account.placed is None:
        return Step("nothing", day, "the patient owes nothing", rules.source)
    return None


def _held(account: PatientAccount, day: date, rules: Collections) -> Step | None:
    if account.bankrupt:
        why = "the patient has filed for bankruptcy: nobody may try to collect; ask a lawyer"
        return Step("hold", day, why, "11 U.S.C. 362(a)(6)")
    if account.disputed:
        why = "a dispute over the estimate is open: no collection, and no late fees"
        return Step("hold", day, why, "45 CFR 149.620")
    if account.unbillable > 0:
        why = (
            f"{account.unbillable} were denied as not necessary and no notice was signed: the "
            "provider's, not to be billed; appeal, or take them off"
        )
        return Step("hold", day, why, rules_on("notices", Notices, day).without.source)
    if account.applied:
        why = "an application for assistance waits: decide it first"
        hospital = account.site == _HOSPITAL
        return Step("hold", day, why, "26 CFR 1.501(r)-6(c)" if hospital else rules.source)
    return None


def _planned(account: PatientAccount, day: date, rules: Collections) -> Step | None:
    plan = account.plan
    if plan is None or plan.state in {"default", "paid"}:
        return None
    if plan.state == "kept":
        assert plan.next is not None
        return Step("keep the plan", plan.next.due, plan.why, rules.source)
    return Step("remind of the plan", day, plan.why, rules.source)


def _at_agency(account: PatientAccount, day: date, rules: Collections) -> Step | None:
    if account.placed is None:
        return None
    notice, dispute = rule("agency_notice_days", day), rule("agency_dispute_days", day)
    law = (
        "The Fair Debt Collection Practices Act binds the agency, not the creditor itself: within "
        f"{notice.value} days of its first contact it sends the validation of the debt, which the "
        f"patient may dispute within {dispute.value} days ({notice.source})."
    )
    why = f"the agency has it since {account.placed}; the patient pays there"
    return Step(
        "leave with the agency", day, why, rules.source, notes=(law, *_hospital_notes(account, day))
    )


def _hospital_notes(account: PatientAccount, day: date) -> Iterator[str]:
    if account.site != _HOSPITAL or not account.bills:
        return
    wait, until = rule("action_wait_days", day), rule("application_days", day)
    first = action_day(account, day)
    if first is not None:
        yield (
            f"No extraordinary collection action before {first}, by the agency neither: "
            f"{wait.value} days from the first bill, and the notice ({wait.source})."
        )
    yield (
        f"An application for assistance is taken until {application_until(account, day)} at least, "
        f"and halts such actions ({until.source})."
    )


def notice_deadline(account: PatientAccount, day: date) -> date | None:
    """Return the last day on which the letter asks for an answer; None without bill or letter.

    It is the policy's days after the letter. In a tax-exempt hospital's notice it is at least 30
    days after the notice (26 CFR 1.501(r)-6(c)(4)(i)), and the lab's letter names no day so early
    that an action the day after would come before the 120th day. `day` chooses the rules.
    """
    if not account.bills or account.letter is None:
        return None
    rules = rules_on("collections", Collections, day, account.site)
    last = account.letter + timedelta(rules.agency_days)
    if account.site != _HOSPITAL:
        return last
    wait, notice = rule("action_wait_days", day), rule("action_notice_days", day)
    first = account.bills[0] + timedelta(wait.value)
    return max(last, account.letter + timedelta(notice.value), first - timedelta(1))


def action_day(account: PatientAccount, day: date) -> date | None:
    """Return the first day of an extraordinary collection action, None without bill or notice.

    Source: 26 CFR 1.501(r)-6(c)(3)(i) and (c)(4)(i): 120 days from the first bill since discharge,
    and after the deadline in a written notice, which is at least 30 days after it: the patient has
    the whole of that day. `day` chooses the release of the rules.
    """
    deadline = notice_deadline(account, day)
    return None if deadline is None else deadline + timedelta(1)


def application_until(account: PatientAccount, day: date) -> date:
    """Return the last day on which a hospital must take an application for assistance.

    Source: 26 CFR 1.501(r)-1(b)(3): the later of the 240th day after the first bill since discharge
    and the deadline in the notice. Raises ValueError where no bill was sent.
    """
    if not account.bills:
        raise ValueError(f"account {account.number}: no bill was sent, so no time runs")
    last = account.bills[0] + timedelta(rule("application_days", day).value)
    return max(last, notice_deadline(account, day) or last)


def _small(account: PatientAccount, _: date, rules: Collections) -> Step | None:
    small = rules.small_balance
    if account.balance > small.limit or len(account.bills) < small.after_notices:
        return None
    on = account.bills[-1] + timedelta(rules.cycle_days)
    why = (
        f"{account.balance} is not more than {small.limit}, after {len(account.bills)} bills "
        "without payment: it costs more to collect"
    )
    note = (
        "A share of Medicare or Medicaid is not given up by routine: only after an effort to "
        f"collect, as here, or in need ({_FEDERAL})."
    )
    return Step("write off the small balance", on, why, rules.source, notes=(note,))


def _bill(account: PatientAccount, _: date, rules: Collections) -> Step | None:
    sent, many = len(account.bills), len(rules.notices)
    if (sent and account.letter is not None) or sent >= many:
        return None
    on = account.bills[-1] + timedelta(rules.cycle_days) if sent else account.owed_since
    why = (
        f"bill {sent + 1} of {many}, {rules.cycle_days} days after the last"
        if sent
        else (f"the balance is the patient's since {account.owed_since}")
    )
    return Step("send a bill", on, why, rules.source, notice=sent + 1)


def _letter(account: PatientAccount, day: date, rules: Collections) -> Step | None:
    if account.letter is not None:
        return None
    on = account.bills[-1] + timedelta(rules.letter_days)
    why = f"all {len(account.bills)} bills are unpaid; the letter says what comes next, and when"
    if account.site != _HOSPITAL:
        return Step("send the last letter", on, why, rules.source)
    notice = rule("action_notice_days", day)
    note = (
        f"It names the extraordinary collection actions intended and a deadline at least "
        f"{notice.value} days off, says that assistance is available, and has the plain-language "
        "summary with it; try to tell the patient by word of mouth too."
    )
    return Step("send the last letter", on, why, notice.source, notes=(note,))


def _place(account: PatientAccount, day: date, rules: Collections) -> Step:
    assert account.letter is not None
    deadline = notice_deadline(account, day)
    assert deadline is not None
    usual = account.letter + timedelta(rules.agency_days)
    why = f"nothing was paid until {deadline}, the day that the last letter names"
    source = rules.source
    if deadline > usual:
        wait = rule("action_wait_days", day)
        why = f"{why}, and {wait.value} days have gone by since the first bill"
        source = wait.source
    note = f"It is then written off as {rules.placed}, by somebody with the authority."
    on = deadline + timedelta(1)
    return Step("place with the agency", on, why, source, notes=(note,))
