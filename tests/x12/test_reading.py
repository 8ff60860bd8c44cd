import io
from pathlib import Path

import pytest
from mutants import GOLDEN

from codinglab.x12.header import header
from codinglab.x12.reading import LONGEST, NotX12, read
from codinglab.x12.syntax import Delimiters

TEXT = (GOLDEN / "835.edi").read_text("utf-8")
SEGMENTS = [one for one in TEXT.split("~\n") if one]


def ids(text: object) -> list[str]:
    reader = read(text)  # type: ignore[arg-type]
    list(reader)
    return [one.id for one in reader.take()]


def test_delimiters_come_from_the_isa_segment() -> None:
    assert read(TEXT).delimiters == Delimiters("*", ":", "^", "~")


@pytest.mark.parametrize(
    ("element", "component", "repetition", "segment"),
    [("|", ">", "^", "~"), ("*", ":", "!", "\n"), ("+", "/", "^", "'"), ("*", "\\", "^", "\x1d")],
)
def test_other_delimiters_read_the_same_segments(
    element: str, component: str, repetition: str, segment: str
) -> None:
    marks = str.maketrans({"*": element, ":": component, "^": repetition})
    end = segment if segment == "\n" else segment + "\n"
    text = TEXT.translate(marks).replace("~\n", end)
    back = [one.split(element) for one in read(text)]
    assert len(back) == len(SEGMENTS) == 51
    assert back[3][2] == "315.25"
    assert back[22][1] == f"HC{component}99213{component}25"


@pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\r", "\n\n"])
def test_line_ends_behind_the_terminator_do_not_matter(ending: str) -> None:
    assert list(read(TEXT.replace("~\n", f"~{ending}"))) == SEGMENTS
    assert ids(TEXT.replace("~\n", f"~{ending}")) == []


def test_mixed_line_ends_do_not_matter() -> None:
    mixed = TEXT.replace("~\n", "~\r\n", 10).replace("~\nCLP", "~CLP")
    assert list(read(mixed)) == SEGMENTS


@pytest.mark.parametrize("kind", [str, bytes, io.StringIO, io.BytesIO, Path])
def test_text_bytes_and_files_read_the_same(kind: type, tmp_path: Path) -> None:
    raw = TEXT.encode()
    (tmp_path / "one.edi").write_bytes(raw)
    sources = {
        str: TEXT,
        bytes: raw,
        io.StringIO: io.StringIO(TEXT),
        io.BytesIO: io.BytesIO(raw),
        Path: tmp_path / "one.edi",
    }
    assert list(read(sources[kind])) == SEGMENTS


def test_a_byte_order_mark_and_blanks_before_isa_are_told_and_passed_over() -> None:
    assert ids(b"\xef\xbb\xbf" + TEXT.encode()) == ["x12.byte_order_mark"]
    assert ids("\n  " + TEXT) == ["x12.leading_blanks"]


def test_latin_1_is_read_and_told() -> None:
    raw = TEXT.replace("SAMPLE", "SAMPL\u00c9").encode("latin-1")
    reader = read(raw)
    assert [one.split("*")[3] for one in reader if "SAMPL" in one] == ["SAMPL\u00c9"]
    assert [one.id for one in reader.take()] == ["x12.encoding"]


def test_a_character_of_two_bytes_may_lie_across_two_chunks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("codinglab.x12.reading.CHUNK", 7)
    raw = TEXT.replace("SAMPLE", "\u00c9\u00c9\u00c9\u00c9\u00c9").encode()
    assert [one.split("*")[3] for one in read(raw) if "\u00c9" in one] == ["\u00c9" * 5]
    assert ids(raw) == []


@pytest.mark.parametrize("size", [1, 2, 3, 64, 105, 106, 107, 1000])
def test_the_size_of_a_chunk_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("codinglab.x12.reading.CHUNK", size)
    assert list(read(TEXT + TEXT.translate(str.maketrans("*~", "|#")))) == SEGMENTS + [
        one.replace("*", "|") for one in SEGMENTS
    ]


@pytest.mark.parametrize(
    "text",
    ["", " ", "hello", "UNB+UNOA:1", "ISA", "ISA*00*", "ISAXX" * 60, "\x00\x01\x02PK", "GS*HC~"],
)
def test_what_is_not_x12_is_refused(text: str) -> None:
    with pytest.raises(NotX12, match="not X12"):
        read(text)


def test_an_isa_with_twice_as_many_separators_is_refused() -> None:
    with pytest.raises(NotX12, match="64 characters where 106 belong"):
        read(TEXT.replace("*", "**"))


def test_binary_is_refused() -> None:
    with pytest.raises(NotX12):
        read(bytes(range(256)) * 100)


def test_an_isa_of_another_length_is_read_and_told() -> None:
    short = TEXT.replace("*LABSUBMITTER   *", "*LABSUBMITTER*")
    assert read(short).delimiters == Delimiters()
    reader = read(short)
    assert list(reader)[1:] == SEGMENTS[1:]
    assert [(one.id, one.element) for one in reader.take()] == [("x12.isa_width", "ISA06")]


def test_delimiters_that_are_the_same_are_told() -> None:
    assert [one.id for one in header(SEGMENTS[0].replace(":", "*") + "~").faults] == [
        "x12.delimiters"
    ]


def test_a_file_that_ends_in_a_segment_is_told_and_the_rest_is_read() -> None:
    reader = read(TEXT[: TEXT.index("CLP*ACCT0009") + 20])
    assert len(list(reader)) == 36
    assert [(one.id, one.value) for one in reader.take()] == [
        ("x12.unterminated", "CLP*ACCT0009*1*200*1")
    ]


def test_a_last_segment_without_terminator_still_closes_the_file() -> None:
    assert list(read(TEXT.rstrip("~\n")))[-1] == "IEA*1*000000103"


def test_a_segment_without_end_is_told_once_and_dropped() -> None:
    reader = read(io.StringIO(TEXT + "NM1*" + "A" * (5 * LONGEST) + "~IEA*1*1~"))
    assert [one[:3] for one in reader] == [*(one[:3] for one in SEGMENTS), "IEA"]
    assert [one.id for one in reader.take()] == ["x12.after_interchange", "x12.no_terminator"]


def test_what_follows_an_interchange_and_is_none_is_told() -> None:
    assert ids(TEXT + "and so on") == ["x12.after_interchange", "x12.unterminated"]
    assert ids(TEXT + "\n\n \x1a") == []


def test_a_broken_isa_within_a_file_is_told_and_passed_over() -> None:
    reader = read(TEXT.replace("LX*1~", "ISA*00~\nLX*1~"))
    assert [one[:3] for one in reader].count("ISA") == 2
    assert [one.id for one in reader.take()] == ["x12.after_interchange"]


def test_separators_of_ascii_separate_though_they_print_nothing() -> None:
    marks = str.maketrans({"*": "\x1d", ":": "\x1f", "^": "\x1e", "~": "\x1c"})
    assert read(TEXT.translate(marks)).delimiters == Delimiters("\x1d", "\x1f", "\x1e", "\x1c")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_name(encoding: str) -> None:
    with pytest.raises(NotX12, match="is written in UTF-16; save it as plain text"):
        read(TEXT.encode(encoding))


@pytest.mark.parametrize("nothing", [b"", b"  \r\n\x00", b"\xef\xbb\xbf"])
def test_a_file_of_nothing_is_told_to_hold_nothing(nothing: bytes) -> None:
    with pytest.raises(NotX12, match="the text holds nothing; not X12"):
        read(nothing)
