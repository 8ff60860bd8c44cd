"""A claim as the cells of its form: CMS-1500 for a professional, UB-04 for a facility."""

from __future__ import annotations

from datetime import date

from codinglab.claim.form_cms1500 import professional_pages
from codinglab.claim.form_page import Page, fitting
from codinglab.claim.form_ub04 import institutional_pages
from codinglab.claim.model import Claim
from codinglab.core.findings import Finding


def service_day(claim: Claim) -> date:
    """Return the day that chooses the form: the bill's first day, or the first line's.

    Raises ValueError for a claim without lines and bill.
    """
    if claim.bill:
        return claim.bill.statement_from
    if not claim.lines:
        raise ValueError(f"claim {claim.account} has no line; a form needs at least one")
    return min(line.first for line in claim.lines)


def fill(claim: Claim, printed: date | None = None) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Return the pages of the claim's form, and what does not fit on paper.

    `printed` is the day on which the form is made (FL 45 of a UB-04); without it that place
    stays blank. Raises NotInForce for a day before the lab's forms.
    """
    day = service_day(claim)
    if claim.kind == "professional":
        pages, findings = professional_pages(claim, day)
    else:
        pages, findings = institutional_pages(claim, day, printed)
    found = [*findings, *(one for page in pages for one in fitting(page))]
    return pages, tuple(dict.fromkeys(found))
