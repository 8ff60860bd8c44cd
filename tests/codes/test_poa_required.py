import gzip
from datetime import date

import pytest
from shared_data import shared

from codinglab.codes.poa_required import poa_required
from codinglab.core.dates import NotInForce

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "required"),
    [
        *(("I10", True), ("E11.22", True), ("j18.9", True), ("A00.0", True)),
        *(("S72.001A", True), ("S72.001D", False), ("Z79.4", False), ("Q21.0", False)),
        *(("W16.011A", None), ("Y92.009", None)),  # categories of both kinds
    ],
)
def test_codes_that_need_an_indicator(code: str, required: bool | None) -> None:
    assert poa_required(code, DAY) is required


def lines(name: str) -> list[str]:
    return gzip.decompress(shared(name).read_bytes()).decode("latin-1").splitlines()


def test_other_years_are_not_known() -> None:
    with pytest.raises(NotInForce):
        poa_required("I10", date(2026, 10, 1))


def test_no_code_of_every_seventh_is_called_due_that_the_list_holds() -> None:
    listed = {line.split("\t")[1] for line in lines("icd10cm/POAexemptCodesFY25.txt.gz")[1:]}
    every = [
        line[6:14].strip() for line in lines("icd10cm/icd10cm_order_2025.txt.gz") if line[14] == "1"
    ]
    dotted = [f"{code[:3]}.{code[3:]}" if code[3:] else code for code in every[::7]]
    said = {code: poa_required(code, DAY) for code in dotted}
    assert [code for code in dotted if said[code] and code in listed] == []
    assert [code for code in dotted if said[code] is False and code not in listed] == []
