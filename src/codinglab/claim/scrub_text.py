"""The scrubber's report as a biller reads it, on paper or in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from codinglab.claim.scrub_report import Scrub, ScrubbedClaim, ScrubReport
from codinglab.core.findings import Severity

_STAGES = {
    "format": "Format of the file",
    "registration": "Registration",
    "provider": "Providers",
    "coding": "Coding",
    "money": "Money",
}
_NAMED = 3  # more rules than these are counted, not named
REJECTED = (
    "Rejected is not denied: a claim that the front end refuses was never received. It cannot be "
    "appealed, only mended and sent again, and the filing clock runs on from the day of service."
)


def as_text(report: ScrubReport) -> str:
    """Return the whole report as text."""
    lines: list[str] = []
    for one in report.file:
        lines += _told(one)
    for claim in report.claims:
        lines += [*_of_claim(claim), ""]
    clean, count = report.clean_rate
    lines.append(f"{clean} of {count} claims are clean.")
    if any(one.is_rejected for one in report.claims):
        lines.append(REJECTED)
    return "\n".join(lines)


def _of_claim(one: ScrubbedClaim) -> Iterator[str]:
    yield f"Claim {one.claim.account}: {verdict(one)}"
    if one.last_day:
        yield f"  The payer takes it until {one.last_day}."
    for (rejects, stage), found in groupby(one.findings, key=_group):
        reach = "the front end rejects it" if rejects else "it is let in"
        yield f"  {_STAGES[stage]} ({reach})"
        for each in found:
            yield from (f"  {line}" for line in _told(each))
    yield from _not_judged(one)


def _group(one: Scrub) -> tuple[bool, str]:
    return one.rejects, one.stage


def _not_judged(one: ScrubbedClaim) -> Iterator[str]:
    """Yield the reasons why rules did not judge, each with its rules or how many there are."""
    reasons: dict[str, list[str]] = {}
    for each in one.not_judged:
        reasons.setdefault(each.why, []).append(each.id)
    for why, names in reasons.items():
        said = ", ".join(names) if len(names) <= _NAMED else f"{len(names)} rules"
        yield f"  Not judged: {said} ({why})"


def verdict(one: ScrubbedClaim) -> str:
    """Return in a few words whether the claim can go out."""
    errors = sum(each.finding.severity is Severity.ERROR for each in one.findings)
    if one.is_clean:
        rest = len(one.findings)
        return "clean" + (f", {rest} to look at" if rest else "")
    noun = "error" if errors == 1 else "errors"
    return f"not clean, {errors} {noun}" + (
        "; a front end would reject it" if one.is_rejected else "; let in, and then denied"
    )


def _told(one: Scrub) -> Iterator[str]:
    found = one.finding
    level = f"SNIP {one.snip}" if one.snip else "payer's claim editor"
    yield f"  {found.place}: {found.severity.value.upper()} {found.id} ({level})"
    yield f"    {found.message}"
    yield f"    Do ({one.fixer}): {found.remedy}"
    if one.at:
        yield f"    837: {one.at}"
