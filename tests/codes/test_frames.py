import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from codinglab.codes import frames
from codinglab.codes.catalog import SETS
from codinglab.core.dates import NotInForce
from codinglab.core.places import checkout
from codinglab.core.tables import BadData

DAY = date(2026, 3, 2)


def test_icd10cm_is_one_frame_with_codes_titles_and_parents(cache: Path) -> None:
    assert cache.is_dir()
    found = frames.frame("icd10cm", DAY)
    assert list(found.columns) == ["code", "title", "billable", "parent", "kind"]
    assert len(found) == 98505
    assert int(found["billable"].sum()) == 74719
    one = found.set_index("code").loc["E11.22"]
    assert one["title"] == "Type 2 diabetes mellitus with diabetic chronic kidney disease"
    assert (bool(one["billable"]), one["parent"], one["kind"]) == (True, "E11.2", "code")
    assert found.attrs["release"] == "2026-04"


@pytest.mark.parametrize("name", sorted(SETS))
def test_every_set_is_a_frame_with_text_codes_and_days(name: str) -> None:
    found = frames.frame(name, DAY)
    assert len(found) == len(SETS[name].all_on(DAY))
    assert list(found.columns)[:2] == ["code", "label"]
    assert list(found.columns)[-2:] == ["effective_from", "effective_to"]
    assert all(isinstance(code, str) for code in found["code"])
    assert str(found["effective_from"].dtype).startswith("datetime64")
    assert found["effective_from"].notna().all()
    assert (found.attrs["set"], found.attrs["licence"] != "") == (name, True)


def test_codes_keep_their_zeros_and_flags_are_flags() -> None:
    revenue = frames.frame("revenue_codes", DAY).set_index("code")
    assert revenue.loc["0450", "label"] == "emergency room"
    groups = frames.frame("group_codes", DAY).set_index("code")
    assert groups["patient_pays"].to_dict() == {
        "CO": False,
        "CR": False,
        "OA": False,
        "PI": False,
        "PR": True,
    }


def test_other_tables_of_a_set_are_read_as_text() -> None:
    found = frames.frame("cpt", DAY, table="facts.csv")
    assert list(found.columns) == ["code", "pc_tc", "multiple", "bilateral", "assistant", "source"]
    assert len(found) == 207
    assert found.set_index("code").loc["20611", "bilateral"] == "1"


def test_a_row_outside_its_own_days_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "toy" / "2026"
    folder.mkdir(parents=True)
    text = "code,effective_from,effective_to\n07,2026-01-01,2026-03-01\n08,2026-03-01,\n09,,\n"
    (folder / "codes.csv").write_text(text, encoding="utf-8")
    (folder / "release.yml").write_text(
        "set: toy\nrelease: 2026\neffective_from: 2026-01-01\nclock: service\nsource: a test\n"
        "licence: none\nsynthetic: yes\ntables:\n  codes.csv: '0'\n",
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "names", lambda: ("toy",))
        found = frames.frame("toy", DAY, tmp_path)
    assert list(found["code"]) == ["08", "09"]


def test_an_unknown_set_table_or_day_says_what_there_is() -> None:
    with pytest.raises(BadData, match=r"there is no code set cars; choose one of .*bill_freq"):
        frames.frame("cars", DAY)
    with pytest.raises(BadData, match=r"carc 2026 has no table more\.csv; it has: codes\.csv"):
        frames.frame("carc", DAY, table="more.csv")
    with pytest.raises(NotInForce, match="carc: nothing in force on 2020-01-01"):
        frames.frame("carc", date(2020, 1, 1))


def test_pandas_is_not_loaded_before_a_frame_is_asked_for() -> None:
    asked = "import sys, codinglab.codes.frames; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_set_of_the_installation_is_documented() -> None:
    said = (checkout() / "docs/data_frames.md").read_text(encoding="utf-8")
    assert [name for name in (*SETS, "icd10cm") if f"`{name}`" not in said] == []


def test_icd10pcs_is_a_frame_of_the_days_codes_and_says_what_is_missing(cache: Path) -> None:
    assert cache.is_dir()
    found = frames.frame("icd10pcs", DAY)
    assert list(found.columns) == ["code", "title"]
    assert (len(found), int(found["title"].isna().sum())) == (79115, 290)
    assert found.attrs["release"] == "2026-10"
    assert "290 codes valid on that day have no title here" in found.attrs["caveat"]


def test_a_table_of_icd10pcs_is_a_frame_of_its_values(cache: Path) -> None:
    assert cache.is_dir()
    found = frames.pcs_table_frame("0FT", date(2024, 1, 5))
    assert list(found.columns) == ["row", "position", "axis", "value", "label", "codes"]
    assert len(found) == 5 + 2 + 1 + 1 + 8 + 4 + 1 + 1
    first = found.iloc[3].to_dict()
    assert first["label"] == "Gallbladder"
    assert (first["row"], first["position"], first["axis"], first["codes"]) == (
        1,
        4,
        "Body Part",
        2,
    )
