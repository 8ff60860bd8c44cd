import shutil
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes.importers.physician import RelativeValueRow
from codinglab.codes.procedure_facts import Facts, facts
from codinglab.codes.procedures import NotAProcedureCode, all_on, find
from codinglab.codes.release import NotInTable, code_sets_folder, digest

DAY = date(2026, 3, 2)
DAYS = {"effective_from", "effective_to"}
JANUARY, OCTOBER = "CMS PPRRVU 2025 RVU25A", "CMS PPRRVU 2025 RVU25D"
ADD_ONS = "CMS I/OCE 27.1 add-on table, 2026-04"


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("20611", ("0", "2", "1", "1")),
        ("25600", ("0", "2", "1", "1")),
        ("99213", ("0", "0", "0", "0")),
        ("73560", ("1", "0", "3", "0")),
        ("70450", ("1", "4", "0", "0")),
        ("93000", ("4", "6", "0", "0")),
        ("36415", ("9", "9", "9", "9")),
    ],
)
def test_indicators_as_published(code: str, digits: tuple[str, ...]) -> None:
    found = facts(code, DAY)
    assert (found.pc_tc, found.multiple, found.bilateral, found.assistant) == digits
    assert found.source == OCTOBER


@pytest.mark.parametrize(
    ("code", "digits", "days"),
    [
        ("10060", ("0", "2", "0", "1"), "010"),
        ("17003", ("0", "0", "0", "1"), "ZZZ"),
        ("20610", ("0", "2", "1", "1"), "000"),
        ("26720", ("0", "2", "0", "1"), "090"),
        ("69209", ("5", "2", "1", "1"), "000"),
        ("69210", ("0", "2", "2", "1"), "000"),
        ("73630", ("1", "0", "3", "0"), "XXX"),
        ("93005", ("3", "6", "0", "0"), "XXX"),
        ("93010", ("2", "0", "0", "0"), "XXX"),
        ("96375", ("5", "0", "0", "0"), "ZZZ"),
        ("99397", ("9", "9", "9", "9"), "XXX"),
    ],
)
def test_the_others_were_looked_up_in_the_january_release(
    code: str, digits: tuple[str, ...], days: str
) -> None:
    found, listed = facts(code, DAY), find(code, DAY)
    assert (found.pc_tc, found.multiple, found.bilateral, found.assistant) == digits
    assert found.source == JANUARY
    assert listed.global_days == days


def test_an_add_on_code_names_its_primaries_and_their_source() -> None:
    assert facts("11105", DAY).primaries == ("11104", "11106")
    assert facts("90474", DAY).primaries == (
        *("90460", "90471", "90473"),
        *("G0008", "G0009", "G0010"),
    )
    assert facts("g0024", DAY).primaries == ("G0023",)
    assert facts("11105", DAY).primaries_source == ADD_ONS
    assert facts("17003", DAY).primaries == ("17000",)
    assert facts("96361", DAY).primaries == ("96360", "96374")


def test_what_could_not_be_looked_up_is_left_open() -> None:
    assert facts("A0398", DAY) == Facts("A0398", None, None, None, None, "", (), "")
    assert facts("G0279", DAY).primaries == ()


def test_every_fact_is_of_a_code_in_the_starter_sets() -> None:
    listed = {code.code for code in all_on(DAY)}
    known = [facts(code, DAY) for code in sorted(listed)]
    assert sum(one.source != "" and one.code[0].isdigit() for one in known) == 207
    assert sum(one.source != "" and not one.code[0].isdigit() for one in known) == 30
    named = {primary for one in known for primary in one.primaries}
    assert named <= listed
    assert all(find(one.code, DAY).add_on for one in known if one.primaries)


def test_without_the_cpt_folder_and_with_a_malformed_code(tmp_path: Path) -> None:
    skip = shutil.ignore_patterns("cpt")
    folder = Path(shutil.copytree(code_sets_folder(), tmp_path / "sets", ignore=skip))
    with pytest.raises(NotInTable, match="20611 is not in this lab's table"):
        facts("20611", DAY, folder)
    with pytest.raises(NotAProcedureCode):
        facts("E11.22", DAY)


def release(home: Path, name: str, table: str, rows: str) -> None:
    folder = home / name / "2026A"
    folder.mkdir(parents=True)
    (folder / table).write_text(rows, encoding="utf-8")
    (folder / "release.yml").write_text(
        f"set: {name}\nrelease: 2026A\neffective_from: 2026-01-01\nclock: service\n"
        "source: made up for a test\nlicence: none\nsynthetic: yes\n"
        f"tables:\n  {table}: {digest(folder / table)}\n",
        encoding="utf-8",
    )


def test_what_the_site_imported_comes_before_the_starter_set(tmp_path: Path) -> None:
    home = Path(shutil.copytree(code_sets_folder(), tmp_path / "sets"))
    names = [name for name in RelativeValueRow.model_fields if name not in DAYS]
    values = dict.fromkeys(names, "0") | {"code": "11105", "modifier": "", "bilateral": "3"}
    row = ",".join(values[name] for name in names)
    release(home, "pprrvu", "values.csv", f"{','.join(names)}\n{row}\n")
    pairs = "code,primary,type\n11105,11104,1\n17003,17000,1\n90472,CCCCC,2\n"
    release(home, "add_on", "add_ons.csv", pairs)
    found = facts("11105", DAY, home)
    assert (found.bilateral, found.source) == ("3", "CMS PPRRVU 2026A, imported")
    assert found.primaries == ("11104",)
    assert found.primaries_source == "CMS NCCI add-on edits 2026A, imported"
    assert facts("17003", DAY, home).primaries == ("17000",)
    assert facts("90472", DAY, home).primaries == ()
    assert facts("20611", DAY, home).source == OCTOBER
