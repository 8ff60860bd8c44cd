"""A list that states no year is told by its codes."""

from datetime import date

import pytest

from codinglab.codes.importers.code_year import check, diagnosis_days, procedure_days
from codinglab.core.dates import Span
from codinglab.core.tables import BadData

KNOWN = Span(date(2023, 10, 1), date(2026, 10, 1))
DAYS = {
    "OLD": (Span(date(2023, 10, 1), date(2024, 10, 1)),),
    "NEW": (Span(date(2024, 10, 1)),),
    "APRIL": (Span(date(2026, 4, 1)),),
}
FY2024, FY2025, FY2026 = ({"OLD"}, {"NEW"}, {"NEW", "APRIL"})


def year(number: int) -> Span:
    return Span(date(number - 1, 10, 1), date(number, 10, 1))


def test_a_list_of_its_own_year_passes() -> None:
    check(FY2024, DAYS, KNOWN, year(2024))
    check(FY2025, DAYS, KNOWN, year(2025))
    check(FY2026, DAYS, KNOWN, year(2026))


def test_a_list_of_october_passes_though_april_brought_a_code() -> None:
    check(FY2025, DAYS, KNOWN, year(2026))


def test_a_list_of_the_year_before_is_refused_with_the_year_that_it_is_of() -> None:
    # OLD is there and NEW is not: two codes speak against fiscal year 2025
    with pytest.raises(BadData) as told:
        check(FY2024, DAYS, KNOWN, year(2025))
    assert str(told.value).startswith(
        "codes.csv: these are the codes of 2023-10-01 (fiscal year 2024, 0 codes differ), but the "
        "release begins on 2024-10-01, in fiscal year 2025; 2 codes speak against that year"
    )


def test_a_list_of_a_year_that_is_not_known_passes_unless_it_is_the_list_of_a_known_one() -> None:
    check({"NEW", "APRIL", "OLD"}, DAYS, KNOWN, year(2029))
    with pytest.raises(BadData, match="the codes of 2026-04-01"):
        check(FY2026, DAYS, KNOWN, year(2029))


@pytest.mark.parametrize("taken", [diagnosis_days, procedure_days])
def test_the_codes_of_every_known_year_are_told_apart(taken: object) -> None:
    days, known = taken()  # type: ignore[operator]
    for number in range(2017, 2027):
        first = date(number - 1, 10, 1)
        codes = {code for code, spans in days.items() if any(first in span for span in spans)}
        check(codes, days, known, year(number))
        with pytest.raises(BadData, match=f"fiscal year {number}, 0 codes differ"):
            check(codes, days, known, year(number - 1))
