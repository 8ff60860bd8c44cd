from pathlib import Path

import pytest
from made_files import FOLDER, values

from codinglab.claim.claim_file import ClaimFile
from codinglab.claim.claim_rows import ProviderRow
from codinglab.claim.parties import Address, Name
from codinglab.core.tables import BadData, check, read_yaml


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_practice_file_can_be_read(path: Path) -> None:
    assert read_yaml(path, ClaimFile).worksheet


def test_an_unknown_field_is_named_with_its_file_and_path() -> None:
    file = values("office visit")
    file["coverages"][0]["memberid"] = "1"
    with pytest.raises(BadData, match=r"made.yml: coverages.0.memberid: Extra inputs"):
        check(ClaimFile, file, "made.yml")


def test_a_day_that_the_calendar_lacks_is_named_with_its_path() -> None:
    file = values("office visit")
    file["patient"]["born"] = "1948-02-30"
    with pytest.raises(BadData, match=r"made.yml: patient.born: .*\(found '1948-02-30'\)"):
        check(ClaimFile, file, "made.yml")


def test_a_charge_that_is_no_number_is_named_with_its_code() -> None:
    file = values("office visit")
    file["charges"]["99214"] = "a lot"
    with pytest.raises(BadData, match=r"made.yml: charges.99214: .*\(found 'a lot'\)"):
        check(ClaimFile, file, "made.yml")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"none\.yml: there is no such file"):
        read_yaml(tmp_path / "none.yml", ClaimFile)


@pytest.mark.parametrize("row", [{}, {"last": "A", "organization": "B"}])
def test_a_provider_is_a_person_or_an_organization(row: dict[str, str]) -> None:
    with pytest.raises(BadData, match="name a person by last and first, or an organization"):
        check(ProviderRow, row, "made.yml")


def test_a_tax_number_says_its_kind() -> None:
    with pytest.raises(BadData, match="tax_id and tax_id_kind"):
        check(ProviderRow, {"organization": "A", "tax_id": "421234567"}, "made.yml")


def test_hyphens_of_numbers_are_for_the_eye() -> None:
    row = check(ClaimFile, values("office visit"), "made.yml").billing
    assert row is not None
    one = row.value()
    assert one.tax_id == "421234567"
    assert one.name == Name("Harbor Family Medicine PC")
    assert one.address == Address("100 Pier Street", "Millbrook", "OH", "430151234", "Suite 2")


@pytest.mark.parametrize("text", ["20260303", "1772496000", "03/03/2026", "2026-3-3", ""])
def test_a_day_is_written_in_one_way_alone(text: str) -> None:
    with pytest.raises(BadData, match=r"made.yml: on: .*write the day as 2026-03-03"):
        check(ClaimFile, values("office visit") | {"on": text}, "made.yml")


@pytest.mark.parametrize("text", ["1e5", "1e500", "$210", "1,210.00", "NaN", "210.00000", ""])
def test_a_charge_is_written_as_a_plain_number(text: str) -> None:
    file = values("office visit")
    file["charges"]["99214"] = text
    with pytest.raises(BadData, match=r"made.yml: charges.99214: .*write the number as 1234.50"):
        check(ClaimFile, file, "made.yml")
