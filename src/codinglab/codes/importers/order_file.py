"""The yearly order files of ICD-10-CM (CDC/NCHS) and ICD-10-PCS (CMS): fixed width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from codinglab.codes.importers import code_year
from codinglab.codes.importers.kind import Bad, Found, Good, Kind, Numbered
from codinglab.codes.importers.values import diagnosis_code, text
from codinglab.codes.release import CodeRow

_LINE = re.compile(r"(\d{5}) ([0-9A-Z]{3,7}) +([01]) (.{60}) (.+)")
_PROCEDURE = re.compile(r"[0-9A-HJ-NP-Z]{3}(?:[0-9A-HJ-NP-Z]{4})?")
_LAYOUT = "lines such as '00002 A000    1 Short title ...' with an order number, a code and 0 or 1"


class OrderRow(CodeRow):
    """A code or heading; `label` is the short title, `title` the long one."""

    order: int
    billable: bool
    title: str


def procedure_code(code: str) -> str:
    """Return an ICD-10-PCS code or its first three values; raises ValueError for other text."""
    if not _PROCEDURE.fullmatch(code):
        raise ValueError(f"{code!r} is not an ICD-10-PCS code")
    return code


def _read(code_of: Callable[[str], str]) -> Callable[[Numbered], Iterator[Found]]:
    def read(lines: Numbered) -> Iterator[Found]:
        for line, said in lines:
            match = _LINE.fullmatch(said)
            if not match:
                if said.strip():
                    yield Bad(line, "is not order number, code, 0 or 1, short and long title")
                continue
            order, code, billable, short, long = match.groups()
            try:
                values = {"code": code_of(code), "label": text(short), "title": text(long)}
            except ValueError as error:
                yield Bad(line, str(error))
                continue
            yield Good(line, "codes.csv", values | {"order": order, "billable": billable})

    return read


def _starts_with(first: str) -> Callable[[tuple[str, ...]], bool]:
    def recognise(head: tuple[str, ...]) -> bool:
        match = _LINE.fullmatch(head[0]) if head else None
        return bool(match and re.fullmatch(first, match[2]))

    return recognise


ICD10CM = Kind(
    name="icd10cm_order",
    title="ICD-10-CM order file (CDC/NCHS)",
    recognise=_starts_with(r"[A-Z]\d[0-9A-Z]\w*"),
    layout=_LAYOUT,
    read=_read(diagnosis_code),
    tables={"codes.csv": OrderRow},
    year="fiscal",
    year_in=r"order\D{0,3}(20\d\d)",
    fewest=60_000,
    check_days=code_year.checker(code_year.diagnosis_days),
)
ICD10PCS = Kind(
    name="icd10pcs_order",
    title="ICD-10-PCS order file (CMS)",
    recognise=_starts_with(r"[0-9][0-9A-HJ-NP-Z]{2}(?:[0-9A-HJ-NP-Z]{4})?"),
    layout="lines such as '00002 0016070 1 Short title ...' that begin with section 0",
    read=_read(procedure_code),
    tables={"codes.csv": OrderRow},
    clock="discharge",
    year="fiscal",
    year_in=r"order\D{0,3}(20\d\d)",
    fewest=60_000,
    check_days=code_year.checker(code_year.procedure_days),
)
KINDS = (ICD10CM, ICD10PCS)
