"""A filled form read as a claim: what each box says, and what is wrong with it, box by box.

The texts are those that somebody typed into the cells of a page, or that were read from a PDF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from codinglab.claim.form_check import check
from codinglab.claim.form_check_cms1500 import check_professional
from codinglab.claim.form_check_ub04 import check_institutional
from codinglab.claim.form_layout import FormName
from codinglab.claim.form_read_cms1500 import read_professional
from codinglab.claim.form_read_ub04 import read_institutional
from codinglab.claim.form_sheet import Sheet
from codinglab.claim.model import Claim
from codinglab.core.findings import Finding


def read(
    form: FormName, pages: Sequence[Mapping[str, str]], on: date
) -> tuple[Claim | None, tuple[Finding, ...]]:
    """Return the claim that the pages of one form tell, and findings by box.

    `on` is the day of reading: it chooses the form, and two digits of a year mean one near it. The
    claim is None where no service line can be read; otherwise what is blank on the form is blank
    in the claim, and a finding says so. Raises NotInForce for a day before the lab's forms.
    """
    sheets = [Sheet(form, texts, on, number) for number, texts in enumerate(pages, start=1)]
    if not sheets:
        raise ValueError("there is no page to read; give at least one")
    for sheet in sheets:
        check(sheet)
    if form == "cms1500":
        for sheet in sheets:
            check_professional(sheet)
        claim = read_professional(sheets)
    else:
        check_institutional(sheets)
        claim = read_institutional(sheets)
    return claim, tuple(dict.fromkeys(one for sheet in sheets for one in sheet.findings))
