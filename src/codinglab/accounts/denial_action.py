"""What to do next with a denial: mend and send again, appeal, or something before either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codinglab.accounts.appeal_deadline import Deadline, deadline
from codinglab.accounts.appeal_path import AppealPath, path_of
from codinglab.accounts.denial import Denial
from codinglab.accounts.denial_rules import (
    ActionRow,
    CorrectionRoute,
    Do,
    Seen,
    action_file,
    correction_file,
)
from codinglab.claim.model import Claim
from codinglab.claim.scrub_terms import TimelyFiling, all_terms, last_day_to_file

_REJECTED, _NEW_CLAIM = "277CA", "new claim"


@dataclass(frozen=True, slots=True)
class NextAction:
    """What is done with one denial.

    `last` is the last day for it, None where the lab knows none. `route` says how a correction is
    sent. `appeal` is the first level's last day, None where there is no appeal, and `no_appeal`
    says why not. `path` is the path of appeal. `look` says what to look at first, `then`
    what is done where the first act does not help.
    """

    do: Do
    why: str
    look: str
    last: date | None
    last_why: str
    route: CorrectionRoute
    appeal: Deadline | None = None
    no_appeal: str = ""
    path: AppealPath | None = None
    source: str = ""
    then: Do | None = None


def next_action(denial: Denial, day: date, received: date | None = None) -> NextAction:
    """Return what is to be done on `day`.

    `received` is the day on which the notice came, where it can be shown. The first act of its
    row is taken, and the second where the first is barred or its last day is past; `none_left`
    where both are. That writes nothing off. Raises BadData for a payer or cause that the files of
    curriculum/denials do not hold.
    """
    if denial.source == _REJECTED:
        return _of_rejection(denial, day)
    row = row_of(denial)
    route = route_of(denial)
    appeal, path, barred, source = _appeal(denial, received)
    last = {do: _last(do, denial, route, appeal, day) for do in (row.do, row.then, "correct")}
    do = _first_open(row, last, appeal, day, is_new=route.route == _NEW_CLAIM)
    until, why = last.get(do, (None, "every right is used up"))
    if until and until < day:
        until, why = None, f"the right to appeal ended on {until}; this can still be done"
    then = row.then if do == row.do and row.then != do else None
    return NextAction(do, row.why, row.look, until, why, route, appeal, barred, path, source, then)


def route_of(denial: Denial) -> CorrectionRoute:
    """Return how a correction of the denied line or claim is sent; raises BadData."""
    file = correction_file()
    if denial.source == _REJECTED or set(denial.remarks) & set(file.new_claim_remarks):
        return file.new_claim
    return file.find(denial.filing)


def filing_limit(denial: Denial) -> tuple[date | None, str]:
    """Return the payer's last day to file, and where it comes from; None where it is not known."""
    terms = all_terms().get(denial.payer_id)
    if terms is None:
        return None, f"the lab has no filing limit of {denial.payer}"
    if denial.last is None:
        return None, "the payer tells no day of service, from which the filing limit runs"
    limit: TimelyFiling = terms.timely_filing
    start = (denial.first or denial.last) if limit.by_line else denial.last
    return limit.until(start), f"{limit} after {start}: {limit.source}"


def correction_limit(
    denial: Denial, route: CorrectionRoute, claim: Claim, day: date
) -> tuple[date | None, str]:
    """Return the last day on which `claim` can go by `route`, and where it comes from.

    A filing limit runs from the days of the whole claim that goes. None where none is known, or
    where a reopening needs a cause by now.
    """
    if route.from_notice:
        return _reopened(denial, route, day)
    last, terms = last_day_to_file(claim), all_terms().get(denial.payer_id)
    if last is None or terms is None:
        return filing_limit(denial)
    return last, f"{terms.timely_filing} after the service: {terms.timely_filing.source}"


def row_of(denial: Denial) -> ActionRow:
    """Return what is done first with a denial; raises BadData where no row fits."""
    return action_file().find(_seen(denial))


def _of_rejection(denial: Denial, day: date) -> NextAction:
    last, why = filing_limit(denial)
    row = action_file().find(Seen(denial.cause.code, "", denial.group))
    do: Do = "none_left" if last and last < day else "correct"
    return NextAction(
        do,
        "the payer never took the claim: it is rejected, not denied",
        row.look,
        last,
        f"{why}; the clock has run since the service",
        route_of(denial),
        no_appeal="there is no decision to appeal",
    )


def _appeal(
    denial: Denial, received: date | None
) -> tuple[Deadline | None, AppealPath | None, str, str]:
    """Return the last day of the first level, its path, or why there is no appeal."""
    path = path_of(denial.filing)
    if path is None:
        said = f"the lab has no path of appeal for claim filing indicator {denial.filing}"
        return None, None, f"{said}; ask the payer", ""
    if refused := path.refuses(denial.carc, denial.remarks, denial.filing):
        return None, path, f"{refused.why}; {refused.instead}", refused.source
    told = sorted(set(denial.remarks) & set(action_file().no_appeal_remarks))
    if told:
        return None, path, f"remark {', '.join(told)} says that there is no appeal", path.source
    due = deadline(path.levels[0].on(denial.notice), denial.notice, received)
    return due, path, "", due.source


def _last(
    do: Do, denial: Denial, route: CorrectionRoute, appeal: Deadline | None, day: date
) -> tuple[date | None, str]:
    """Return the last day for an act and why it is that one."""
    if do == "correct":
        return _reopened(denial, route, day) if route.from_notice else filing_limit(denial)
    if appeal:
        said = "; ".join(appeal.steps)
        return appeal.last, said if do == "appeal" else f"the right to appeal ends: {said}"
    limit, why = filing_limit(denial)
    return None, f"no day is set for this; the filing limit is {limit}, {why}" if limit else why


def _reopened(denial: Denial, route: CorrectionRoute, day: date) -> tuple[date | None, str]:
    """Return the last day to ask for a reopening for any reason; None where it needs one."""
    until = _years(denial, route, route.years)
    if until >= day or not route.later:
        return until, f"{route.years} year after the notice of {denial.notice}: {route.source}"
    most = _years(denial, route, route.good_cause_years)
    cause = f"with good cause until {most}" if day <= most else f"good cause ended on {most}"
    return None, f"the year for any reason ended on {until}; {route.later}; {cause}"


def _years(denial: Denial, route: CorrectionRoute, years: int) -> date:
    return TimelyFiling(source=route.source, years=years).until(denial.notice)


def _seen(denial: Denial) -> Seen:
    code, modifiers = denial.cause.code, denial.modifiers
    return Seen(code, denial.carc, denial.group, modifiers, denial.filing, denial.status)


def _first_open(
    row: ActionRow,
    last: dict[Do, tuple[date | None, str]],
    appeal: Deadline | None,
    day: date,
    *,
    is_new: bool,
) -> Do:
    """Return the first act that is still possible; an unprocessable claim is always corrected."""
    wanted: tuple[Do, ...] = ("correct",) if is_new else (row.do, row.then)
    for do in wanted:
        until, _ = last[do]
        if do == "appeal" and (appeal is None or appeal.left(day) < 0):
            continue
        if do == "correct" and until is not None and until < day:
            continue
        return do
    return "none_left"
