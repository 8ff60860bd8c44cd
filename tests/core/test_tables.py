"""Files are checked at the border, and what is wrong is named with file, place and remedy."""

from pathlib import Path

import pytest
from pydantic import Field

from codinglab.core.tables import BadData, Row, check, parse_yaml, read_csv, read_text, read_yaml


class Code(Row):
    code: str
    units: int = 1
    label: str = ""


class Codes(Row):
    codes: tuple[Code, ...] = Field(min_length=1)


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.parametrize(
    "text",
    ["00100", "NO", "no", "yes", "1e5", "1_000", "~", "null", "2026-02-11", "0o17", "1.0", "0x1F"],
)
def test_a_yaml_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert parse_yaml(f"value: {text}", "here") == {"value": text}


def test_a_yaml_key_stays_text_too() -> None:
    assert parse_yaml("4: a\nyes: b\n", "here") == {"4": "a", "yes": "b"}


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "top:\n  a: 1\n  a: 1\n"])
def test_a_repeated_yaml_key_is_refused(text: str) -> None:
    with pytest.raises(BadData, match=r"(?s)^key\.yml: not readable as YAML: .*key a stands twice"):
        parse_yaml(text, "key.yml")


def test_broken_yaml_is_told_with_place_and_line() -> None:
    with pytest.raises(BadData, match=r"(?s)^key\.yml: not readable as YAML.*line 2"):
        parse_yaml("a: 1\nb: [1\n", "key.yml")


def test_yaml_cannot_name_a_python_object() -> None:
    with pytest.raises(BadData, match="could not determine a constructor"):
        parse_yaml("!!python/object/apply:os.getcwd []", "key.yml")


def test_each_wrong_field_is_named_with_what_was_found(tmp_path: Path) -> None:
    file = written(tmp_path, "code.yml", "units: many\ncolour: red\n")
    with pytest.raises(BadData) as caught:
        read_yaml(file, Code)
    lines = str(caught.value).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [str(file)] * 3
    assert [line.split(": ")[1] for line in lines] == ["code", "units", "colour"]
    assert lines[1].endswith("(found 'many')")


def test_an_empty_yaml_file_is_told_as_empty(tmp_path: Path) -> None:
    file = written(tmp_path, "code.yml", "# nothing yet\n")
    with pytest.raises(BadData, match=r"code\.yml: the file is empty; write its fields"):
        read_yaml(file, Code)


def test_a_fault_in_the_only_item_of_a_list_is_told_once() -> None:
    with pytest.raises(BadData) as caught:
        check(Codes, {"codes": [{"code": "a", "units": "many"}]}, "here")
    assert str(caught.value).startswith("here: codes.0.units: ")
    assert "\n" not in str(caught.value)
    with pytest.raises(BadData, match=r"^here: codes: Tuple should have at least 1 item"):
        check(Codes, {"codes": []}, "here")


def test_an_entry_that_is_no_mapping_is_named_as_a_whole() -> None:
    with pytest.raises(BadData, match=r"^here: the whole entry: "):
        check(Code, ["a"], "here")


def test_a_checked_row_is_frozen_and_stripped() -> None:
    row = check(Code, {"code": " 00100 "}, "here")
    assert row.code == "00100"
    with pytest.raises(ValueError, match="frozen"):
        row.code = "x"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"gone\.yml: there is no such file$"):
        read_text(tmp_path / "gone.yml")


def test_a_file_that_is_not_utf8_is_told_by_its_byte(tmp_path: Path) -> None:
    file = written(tmp_path, "latin.csv", "code\ncaf\xe9\n".encode("latin-1"))
    with pytest.raises(BadData, match="byte 8 is not UTF-8; save the file as UTF-8"):
        read_text(file)


def test_a_csv_row_keeps_text_and_leaves_blank_fields_out(tmp_path: Path) -> None:
    file = written(tmp_path, "codes.csv", 'code,units,label\n00100,,"a, b"\nNO,2,\n')
    assert list(read_csv(file, Code)) == [
        Code(code="00100", units=1, label="a, b"),
        Code(code="NO", units=2, label=""),
    ]


@pytest.mark.parametrize("row", ["A,1", "A,1,x,y"])
def test_a_ragged_csv_row_is_named_by_its_line(row: str, tmp_path: Path) -> None:
    file = written(tmp_path, "codes.csv", f"code,units,label\nB,1,b\n{row}\n")
    with pytest.raises(BadData, match=r"codes\.csv, line 3: has not as many fields as the header"):
        list(read_csv(file, Code))


def test_a_wrong_csv_field_is_named_by_line_and_column(tmp_path: Path) -> None:
    file = written(tmp_path, "codes.csv", "code,units,label\nA,one,\n")
    with pytest.raises(BadData, match=r"codes\.csv, line 2: units: .*\(found 'one'\)$"):
        list(read_csv(file, Code))


def test_a_csv_column_the_model_does_not_know_is_named(tmp_path: Path) -> None:
    file = written(tmp_path, "codes.csv", "code,colour\nA,red\n")
    with pytest.raises(BadData, match="line 2: colour: "):
        list(read_csv(file, Code))


def test_a_csv_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "codes.csv", "code,units,code\nA,1,B\n")
    with pytest.raises(BadData, match=r"codes\.csv, line 1: column code stands twice; rename one"):
        list(read_csv(file, Code))


def test_broken_quotes_in_csv_are_told_with_the_line(tmp_path: Path) -> None:
    file = written(tmp_path, "codes.csv", 'code,label\nA,a\nB,"b"c\n')
    with pytest.raises(
        BadData, match=r"codes\.csv, line 3: not readable as CSV: .*check the quote"
    ):
        list(read_csv(file, Code))
