"""Laboratory, equipment and ambulance: simple schedules, on made-up amounts unless imported."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codinglab.codes.importers.run import run
from codinglab.codes.release import NotInTable, code_sets_folder
from codinglab.core.dates import NotInForce
from codinglab.core.tables import BadData
from codinglab.encounter.coded import ServiceLine
from codinglab.pricing.ambulance import Trip, billed_miles, price_trip
from codinglab.pricing.equipment import price_equipment
from codinglab.pricing.physician_schedule import schedule_on
from codinglab.pricing.physician_terms import LinePrice
from codinglab.pricing.schedules import fees_on, price_laboratory

DAY = date(2026, 3, 2)
LABORATORY = fees_on("laboratory", DAY, "teaching")
EQUIPMENT = fees_on("equipment", DAY, "teaching")
AMBULANCE = fees_on("ambulance", DAY, "teaching")
MANHATTAN = schedule_on(DAY, "13202-01", None, "teaching").index


def line(written: str, units: int | None = 1) -> ServiceLine:
    code, *modifiers = written.split("-")
    return ServiceLine(code, "line 1", tuple(modifiers), units)


def item(written: str, units: int | None = 1) -> LinePrice:
    return price_equipment(line(written, units), EQUIPMENT)


def paid(found: LinePrice) -> Decimal | None:
    return found.price.amount if found.price else None


def test_without_an_imported_schedule_the_made_up_one_must_be_named() -> None:
    with pytest.raises(NotInForce, match="codes import fees-laboratory"):
        fees_on("laboratory", DAY)
    assert LABORATORY.notes == ("made-up schedule (teaching_laboratory 2026)",)
    with pytest.raises(NotInForce, match="teaching_laboratory: nothing in force on 2025-12-31"):
        fees_on("laboratory", date(2025, 12, 31), "teaching")


def test_a_laboratory_test_pays_its_amount_for_each_unit() -> None:
    found = price_laboratory(line("83036", 2), LABORATORY)
    assert paid(found) == Decimal("19.40")  # 9.70 x 2
    assert found.used == ("teaching_laboratory 2026",)
    assert found.notes == LABORATORY.notes
    assert price_laboratory(line("83036", None), LABORATORY).said.startswith("the units")
    unknown = price_laboratory(line("99213"), LABORATORY)
    assert unknown.said == (
        "99213 is not in this lab's table (teaching_laboratory 2026) on 2026-03-02; it has "
        "36415, 80048, 80053, 80061, 81001, 81002, 81003, 81025, 82947, 82962, 83036, "
        "85025, 85027, 87635, 87651, 87804, 87811, 87880"
    )


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("E0143-NU", "100.00"),
        ("E0143-UE", "75.00"),
        ("E0143-RR", "16.00"),
        ("E0601-RR-KH-KX", "80.00"),
        ("E0601-RR-KI-KX", "80.00"),
        ("E0601-RR-KJ-KX", "60.00"),  # 80.00 x 0.75
        ("K0823-RR-KJ-KX", "200.00"),  # 500.00 x 0.40
        ("E0431-RR", "20.00"),
        ("E0601-RR-KH", "0.00"),  # no KX
        ("E0601-NU-KX", "0.00"),  # only rented
    ],
)
def test_equipment_by_its_modifiers(written: str, amount: str) -> None:
    assert paid(item(written)) == Decimal(amount)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("E0143", "say how it is supplied"),
        ("E0143-NU-RR", "say how it is supplied"),
        ("E0601-RR-KX", "say which month"),
        ("A0425-NU", "A0425 is not in this lab's table (teaching_equipment 2026)"),
    ],
)
def test_equipment_that_does_not_say_enough_has_no_price(written: str, said: str) -> None:
    found = item(written)
    assert found.price is None
    assert found.said.startswith(said)


def test_a_ground_trip_is_a_local_base_rate_and_miles() -> None:
    # 448.00 x (0.70 x 1.166 + 0.30) = 448 x 1.1162 = 500.0576; 10 miles x 9.00 = 90.00
    found = price_trip(Trip("A0429", "A0425", Decimal(10), rural=False), AMBULANCE, MANHATTAN)
    assert found.amount == Decimal("590.06")
    assert [step.how for step in found.steps] == [
        "448.00 x (0.70 x 1.166 + 0.30)",
        "10.0 x 9.00",
    ]


def test_the_first_17_rural_miles_pay_half_more() -> None:
    # 500.0576 + 17 x 9.00 x 1.50 = 229.50 + 3.5 x 9.00 = 31.50: 761.0576
    trip = Trip("A0429", "A0425", Decimal("20.5"), rural=True)
    assert price_trip(trip, AMBULANCE, MANHATTAN).amount == Decimal("761.06")
    near = replace(trip, miles=Decimal(17))
    assert price_trip(near, AMBULANCE, MANHATTAN).amount == Decimal("729.56")


@pytest.mark.parametrize(
    ("measured", "billed"),
    [
        ("0.31", "0.4"),
        ("1.43", "1.5"),
        ("10", "10.0"),
        ("99.91", "100.0"),
        ("100", "100"),
        ("100.3", "101"),
    ],
)
def test_loaded_miles_are_rounded_up_to_a_tenth_and_from_100_on_to_a_whole_mile(
    measured: str, billed: str
) -> None:
    assert str(billed_miles(Decimal(measured), DAY)) == billed


def test_a_trip_is_priced_by_the_miles_that_are_billed() -> None:
    # 500.0576 + 1.5 x 9.00 = 513.5576, where 1.43 miles were driven
    trip = Trip("A0429", "A0425", Decimal("1.43"), rural=False)
    found = price_trip(trip, AMBULANCE, MANHATTAN)
    assert found.amount == Decimal("513.56")
    assert found.steps[1].how == "1.5 x 9.00"


def test_a_level_needs_its_own_mile() -> None:
    trip = Trip("A0431", "A0425", Decimal(10), rural=False)
    with pytest.raises(ValueError, match="A0431 is air and A0425 is ground mile; pair them"):
        price_trip(trip, AMBULANCE, MANHATTAN)
    with pytest.raises(NotInTable, match=r"A0999 is not in this lab's table \(teaching_ambulance"):
        price_trip(replace(trip, level="A0999"), AMBULANCE, MANHATTAN)
    with pytest.raises(ValueError, match="a trip of -1 miles"):
        replace(trip, miles=Decimal(-1))


FEES = {
    "laboratory": "code,label,amount,source\n83036,sugar,9.71,CLFS 2026\n",
    "equipment": "code,label,category,new,used,rent,kx,source\n"
    'E0143,walker,purchase,"1,110.50",83,17.25,no,DMEPOS 2026\n',
    "ambulance": "code,label,kind,amount,source\n"
    "A0431,helicopter,air,4000.00,AFS\nA0436,mile,air mile,26.00,AFS\n",
}


def imported(tmp_path: Path, name: str, content: str) -> Path:
    file, target = tmp_path / f"{name}.csv", tmp_path / "sets"
    file.write_text(content, encoding="utf-8")
    run(f"fees_{name}", file, "2026", target, accept_licence=True)
    if not (target / "fee_rules").exists():
        (target / "fee_rules").symlink_to(code_sets_folder() / "fee_rules")
    return target


def test_imported_fees_are_used_without_being_named(tmp_path: Path) -> None:
    home = imported(tmp_path, "laboratory", FEES["laboratory"])
    fees = fees_on("laboratory", DAY, folder=home)
    found = price_laboratory(line("83036"), fees)
    assert (paid(found), found.notes) == (Decimal("9.71"), ())
    assert found.price is not None
    assert found.price.steps[0].source == "CLFS 2026 (fees_laboratory 2026)"


def test_imported_equipment_may_write_thousands(tmp_path: Path) -> None:
    home = imported(tmp_path, "equipment", FEES["equipment"])
    found = price_equipment(line("E0143-NU", 2), fees_on("equipment", DAY, folder=home), home)
    assert paid(found) == Decimal("2221.00")


def test_a_rural_flight_pays_half_more_for_base_and_miles(tmp_path: Path) -> None:
    home = imported(tmp_path, "ambulance", FEES["ambulance"])
    trip = Trip("A0431", "A0436", Decimal(30), rural=True)
    # 4000 x (0.50 x 1.166 + 0.50) = 4332.00; 30 x 26 = 780.00; 5112.00 x 1.50 = 7668.00
    found = price_trip(trip, fees_on("ambulance", DAY, folder=home), MANHATTAN, home)
    assert found.amount == Decimal("7668.00")


def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"line 2: category: .*'lease'"):
        imported(
            tmp_path,
            "equipment",
            FEES["equipment"].replace("purchase", "lease"),
        )
    with pytest.raises(BadData, match="own format, with the header code,label,amount,source"):
        imported(tmp_path, "laboratory", "code,amount\n83036,9.71\n")
