"""A file that is wrong changes nothing and is answered with file, line and remedy."""

import gzip
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import made

from codinglab.codes.importers.run import LicenceNotAccepted, run
from codinglab.core.tables import BadData


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    return tmp_path / "sets"


def write(tmp_path: Path, content: str | bytes, name: str = "file.txt") -> Path:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("latin-1"))
    return file


def refused(name: str, file: Path, sets: Path, release: str = "FY2025", **more: object) -> str:
    """Return the error text, having seen that nothing was left behind."""
    before = sorted(sets.rglob("*"))
    more = {"accept_licence": True, "partial": True} | more
    with pytest.raises(BadData) as told:
        run(name, file, release, sets, **more)
    after = [path for path in sorted(sets.rglob("*")) if path != sets]
    assert after == [path for path in before if path != sets]
    return str(told.value)


def test_the_same_file_twice_is_already_there(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, made.ORDER)
    first = run("icd10cm_order", file, "FY2025", sets, partial=True)
    stamps = {path: path.stat().st_mtime_ns for path in sets.rglob("*")}
    again = run("icd10cm_order", file, "FY2025", sets, partial=True)
    assert (first.already_there, again.already_there) == (False, True)
    assert again.info.rows == {"codes.csv": 3}
    assert {path: path.stat().st_mtime_ns for path in sets.rglob("*")} == stamps
    other = write(tmp_path, made.ORDER[:-2] + " more\r\n", "other.txt")
    told = refused("icd10cm_order", other, sets)
    assert "is already there, from other files (file.txt); remove it first (codinglab codes" in told


def test_licensed_text_needs_the_word(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, made.CPT)
    with pytest.raises(LicenceNotAccepted, match=r"American Medical Association.*--accept-licence"):
        run("cpt_short", file, "2026", sets, partial=True)
    assert not sets.exists()


def test_a_file_of_another_format_is_named(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, made.GPCI)
    told = refused("icd10cm_order", file, sets)
    assert told.startswith(f"{file}: is not ICD-10-CM order file (CDC/NCHS); that is lines such as")
    assert told.endswith(f"{file} looks like gpci")


@pytest.mark.parametrize(
    "content", [made.ORDER, made.PTP, made.PCS], ids=["order file", "pairs", "procedures"]
)
def test_a_file_of_codes_is_not_taken_for_cpt(tmp_path: Path, sets: Path, content: str) -> None:
    assert "is not CPT data file" in refused("cpt_short", write(tmp_path, content), sets)


def test_a_file_of_the_other_setting_is_told_by_its_name(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, made.PTP, "ccioph-v320r0-f1.txt")
    assert "by its name this is not" in refused("ncci_ptp_practitioner", file, sets, "2024-Q2")


@pytest.mark.parametrize(
    ("name", "content", "file", "release", "said"),
    [
        ("pprrvu", made.PPRRVU, "a.csv", "2026-Q1", "line 1: says 2025, but the release begins on"),
        ("gpci", made.GPCI, "a.csv", "2024", "line 1: says 2025"),
        ("msdrg_table5", made.TABLE_5, "a.txt", "FY2025", "line 2: says 2026"),
        ("cms_poa_exempt", made.POA, "a.txt", "FY2026", "line 1: says 2025"),
        ("icd10cm_order", made.ORDER, "icd10cm_order_2024.txt", "FY2025", "its name: says 2024"),
    ],
)
def test_a_file_of_another_year_is_refused(  # noqa: PLR0913, PLR0917  one row of the table
    tmp_path: Path, sets: Path, name: str, content: str | bytes, file: str, release: str, said: str
) -> None:
    assert said in refused(name, write(tmp_path, content, file), sets, release)


def test_a_zip_file_is_read_and_a_truncated_one_refused(tmp_path: Path, sets: Path) -> None:
    whole = tmp_path / "order.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.pdf", b"%PDF")
        archive.writestr("notes.txt", "words\r\n")
        archive.writestr("icd10cm_order_2025.txt", made.ORDER)
    cut = write(tmp_path, whole.read_bytes()[:-40], "cut.zip")
    assert "cut.zip: the zip file is damaged or cut short" in refused("icd10cm_order", cut, sets)
    spoilt = bytearray(whole.read_bytes())
    spoilt[spoilt.index(b"icd10cm_order_2025.txt") + 40] ^= 0xFF
    damaged = write(tmp_path, bytes(spoilt), "spoilt.zip")
    assert "damaged or cut short" in refused("icd10cm_order", damaged, sets)
    done = run("icd10cm_order", whole, "FY2025", sets, partial=True)
    assert done.info.rows == {"codes.csv": 3}


def test_a_truncated_gzip_file_is_refused(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, gzip.compress(made.ORDER.encode() * 1)[:-12], "order.txt.gz")
    assert "damaged or cut short" in refused("icd10cm_order", file, sets)


def test_a_file_that_ends_within_a_line_is_refused(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, made.ORDER[:-20])
    assert f"{file}, line 3: the file ends within a line" in refused("icd10cm_order", file, sets)


def test_a_file_with_too_few_rows_is_refused(tmp_path: Path, sets: Path) -> None:
    told = refused("icd10cm_order", write(tmp_path, made.ORDER), sets, partial=False)
    assert "has 3 rows, and ICD-10-CM order file (CDC/NCHS) has 60,000 or more" in told


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "damaged"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1", "is an old Excel workbook"),
        (b"\xff\xfeA\0", "is UTF-16 text"),
        (b"A00\0\0\n", "line 1: is not text"),
        (b"", "is not ICD-10-CM order file"),
    ],
)
def test_a_file_that_is_no_text_is_named(
    tmp_path: Path, sets: Path, content: bytes, said: str
) -> None:
    assert said in refused("icd10cm_order", write(tmp_path, content), sets)


def test_an_excel_workbook_is_named(tmp_path: Path, sets: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
    assert "is an Excel workbook" in refused("gpci", file, sets, "2025")


def test_a_row_that_repeats_is_refused_with_both_lines(tmp_path: Path, sets: Path) -> None:
    last = made.ORDER.splitlines(keepends=True)[-1]
    file = write(tmp_path, made.ORDER + last)
    told = refused("icd10cm_order", file, sets)
    assert f"{file}, line 4: codes.csv: E11.9 repeats line 3" in told
    assert "take one of each out of the file" in told


def test_rows_whose_days_overlap_are_refused(tmp_path: Path, sets: Path) -> None:
    file = write(tmp_path, made.PTP + "G0101\tG0439\t \t20240331\t*\t1\tMisuse\r\n")
    told = refused("ncci_ptp_practitioner", file, sets, "2024-Q2")
    assert f"{file}, line 7: pairs.csv: G0101 G0439 overlaps the days of line 5" in told
    adjoining = write(tmp_path, made.PTP + "G0101\tG0439\t \t20240401\t*\t1\tMisuse\r\n")
    done = run(
        "ncci_ptp_practitioner", adjoining, "2024-Q2", sets, accept_licence=True, partial=True
    )
    assert done.info.rows == {"pairs.csv": 3}


def test_the_same_pairs_in_two_files_are_refused(tmp_path: Path, sets: Path) -> None:
    files = [write(tmp_path, made.PTP, f"f{number}.txt") for number in (1, 2)]
    with pytest.raises(BadData) as told:
        run("ncci_ptp_practitioner", files, "2024-Q2", sets, accept_licence=True, partial=True)
    assert f"{files[1]}, line 4: pairs.csv: 45380 45378 overlaps" in str(told.value)
    assert f"{files[0]}, line 4" in str(told.value)


def test_releases_must_not_overlap(tmp_path: Path, sets: Path) -> None:
    run("icd10cm_order", write(tmp_path, made.ORDER), "FY2025", sets, partial=True)
    other = write(tmp_path, made.ORDER[:-2] + " more\r\n", "other.txt")
    told = refused("icd10cm_order", other, sets, "April", start=date(2025, 4, 1))
    assert "icd10cm_order April (from 2025-04-01 on) overlaps FY2025" in told
    assert "give other days with --from and --to" in told


@pytest.mark.parametrize(
    ("release", "more", "said"),
    [
        ("../away", {}, "cannot name a release"),
        ("spring", {}, "does not say which days it covers; add --from"),
        ("x", {"start": date(2025, 1, 1), "end": date(2025, 1, 1)}, "is not after --from"),
    ],
)
def test_a_release_needs_a_name_and_days(
    tmp_path: Path, sets: Path, release: str, more: dict[str, date], said: str
) -> None:
    assert said in refused("icd10cm_order", write(tmp_path, made.ORDER), sets, release, **more)


def test_rejected_rows_are_told_with_line_and_reason(tmp_path: Path, sets: Path) -> None:
    bad = made.PPRRVU + made.PPRRVU.splitlines()[-1].replace("0.45", "x").replace("26", "TC")
    file = write(tmp_path, bad + "\r\nG0102,,\r\n")
    told = refused("pprrvu", file, sets, "2025", partial=False)
    assert f"{file}, line 6: work_rvu: Input should be a valid decimal (found 'x')" in told
    assert "2 of 4 rows cannot be read" in told
    done = run("pprrvu", file, "2025", sets, accept_licence=True, partial=True)
    assert [(one.line, one.reason) for one in done.tally.rejected] == [
        (6, "work_rvu: Input should be a valid decimal (found 'x')"),
        (7, "has 3 fields, and needs 31"),
    ]
    assert (done.tally.read, done.info.rows) == (4, {"values.csv": 2})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("J3301,-1,3 Clinical,x", "units: Input should be greater than or equal to 0 (found '-1')"),
        ("J3301,,3 Clinical,x", "units: Field required (found 'nothing')"),
        ("J3301,n/a,3 Clinical,x", "'n/a' is not a number"),
        ("J3301,16,4 Other,x", "adjudication: Input should be '1', '2' or '3' (found '4')"),
    ],
)
def test_a_limit_that_cannot_be_is_rejected_and_a_limit_of_0_kept(
    tmp_path: Path, sets: Path, row: str, why: str
) -> None:
    head = (
        '"HCPCS/\r\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,'
        "MUE Rationale\r\n"
    )
    text = f"{head}99051,0,2 Date of Service Edit: Policy,CMS Policy\r\n{row}\r\n"
    file = write(tmp_path, text, "mue.csv")
    done = run("mue_practitioner", file, "2026-Q1", sets, accept_licence=True, partial=True)
    assert [one.reason for one in done.tally.rejected] == [why]
    assert done.info.rows == {"limits.csv": 1}


def test_latin_1_utf_8_and_line_ends_make_no_difference(tmp_path: Path, sets: Path) -> None:
    text = made.ORDER.replace("Cholera\r\n", "Cholerá\r\n")
    forms = {
        "latin-1": text.encode("latin-1"),
        "utf-8": text.encode("utf-8"),
        "utf-8-sig": text.encode("utf-8-sig"),
        "lf": text.replace("\r\n", "\n").encode("latin-1"),
    }
    written = set()
    for name, content in forms.items():
        file = write(tmp_path, content, f"{name}.txt")
        done = run("icd10cm_order", file, "FY2025", sets / name, partial=True)
        written.add((done.folder / "codes.csv").read_bytes())
    assert len(written) == 1
    assert "Cholerá".encode() in written.pop()


def test_a_zip_file_with_two_fitting_files_asks_for_one(tmp_path: Path, sets: Path) -> None:
    file = tmp_path / "rvu.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("PPRRVU_QPP.csv", made.PPRRVU)
        archive.writestr("PPRRVU_nonQPP.csv", made.PPRRVU)
    told = refused("pprrvu", file, sets, "2025")
    assert "PPRRVU_QPP.csv" in told
    assert "PPRRVU_nonQPP.csv" in told
    assert "pprrvu is one file; give the one that you mean" in told


def test_an_import_that_is_stopped_leaves_nothing(
    tmp_path: Path, sets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    file = write(tmp_path, made.ORDER)
    monkeypatch.setattr("codinglab.codes.importers.run.os.replace", stop)
    with pytest.raises(KeyboardInterrupt):
        run("icd10cm_order", file, "FY2025", sets, partial=True)
    assert [path for path in sets.rglob("*") if path.is_file() or path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, sets: Path) -> None:
    sets.mkdir()
    (sets / "icd10cm_order").write_text("in the way", encoding="utf-8")
    with pytest.raises(BadData, match=r"FY2025: cannot be written \(.*\); make room"):
        run("icd10cm_order", write(tmp_path, made.ORDER), "FY2025", sets, partial=True)
    assert [path.name for path in sets.iterdir()] == ["icd10cm_order"]


def test_progress_counts_bytes(tmp_path: Path, sets: Path) -> None:
    line = made.PTP.splitlines()[-2]
    body = "".join(f"{line.replace('G0439', f'Q{n:04}')}\r\n" for n in range(10_000))
    more = "".join(f"{line.replace('G0439', f'J{n:04}')}\r\n" for n in range(10_000))
    file = write(tmp_path, made.PTP + body + more)
    said: list[tuple[int, int]] = []
    run(
        "ncci_ptp_practitioner",
        file,
        "2024-Q2",
        sets,
        accept_licence=True,
        partial=True,
        progress=lambda done, total: said.append((done, total)),
    )
    assert len(said) == 1
    assert said[0][1] == file.stat().st_size
    assert 0 < said[0][0] < said[0][1]
