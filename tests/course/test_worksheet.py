"""The coder's notation: what can be read counts, what cannot is named with its line and remedy."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from codinglab.core.findings import Severity
from codinglab.course.worksheet import GRAMMAR, HELP, RESERVED, first_line, parse
from codinglab.encounter.coded import DecisionMaking, Diagnosis, VisitTime


def codes(text: str) -> list[str]:
    return [one.code for one in parse(text).coded.diagnoses]


def said(text: str) -> list[tuple[str, str]]:
    """Return (id without its room, place) of what could not be read."""
    return [(one.id.removeprefix("worksheet."), one.place) for one in parse(text).findings]


def test_an_empty_worksheet_is_an_empty_encounter_without_findings() -> None:
    read = parse("")
    assert (read.coded.diagnoses, read.coded.lines, read.coded.visit) == ((), (), None)
    assert read.findings == ()


def test_diagnoses_keep_their_sequence_and_their_lines() -> None:
    assert parse("dx E11.22\n\ndx N18.31").coded.diagnoses == (
        Diagnosis("E11.22", "line 1"),
        Diagnosis("N18.31", "line 3"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "dx E11.22",
        "dx e11.22",
        "DX E1122",
        "  Dx   e1122  ",
        "dx: E11.22",
        "dx E11 .22",
        "dx\tE11.22",
        "dx E11.22 # kidney",
        "dx E11.22#kidney",
    ],
)
def test_case_spacing_dots_and_comments_are_free(text: str) -> None:
    assert codes(text) == ["E11.22"]
    assert said(text) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("E08.10", "E08.10"),  # the zero at the end stays
        ("E0810", "E08.10"),
        ("i10", "I10"),
        ("s83511a", "S83.511A"),
        ("W19.XXXA", "W19.XXXA"),
        ("C7A.00", "C7A.00"),
        ("F32.A", "F32.A"),
        ("O00.101", "O00.101"),
        ("1e5", "1E5"),  # no code, and no number either
        ("NO", "NO"),
        ("00100", "00100"),
    ],
)
def test_a_code_stays_the_text_that_was_written(written: str, code: str) -> None:
    assert codes(f"dx {written}") == [code]


def test_a_whole_line_of_comment_is_not_marked() -> None:
    assert parse("# dx E11.22\n   # dx I10\n") == parse("")


@pytest.mark.parametrize(
    "code", ["E1", "11.22", "EE1.2", "E11.22.1", "E11.22333", "E11.", "E11-22"]
)
def test_what_is_not_shaped_like_a_code_is_named_and_still_counts_as_an_answer(code: str) -> None:
    assert said(f"dx {code}\ndx I10") == [("dx-shape", "line 1")]
    assert codes(f"dx {code}\ndx I10") == [code, "I10"]


def test_several_codes_on_one_line_are_read_one_after_the_other_with_a_warning() -> None:
    read = parse("dx E11.22, n1831,Z79.84")
    assert [one.code for one in read.coded.diagnoses] == ["E11.22", "N18.31", "Z79.84"]
    (one,) = read.findings
    assert (one.id, one.severity) == ("worksheet.dx-several", Severity.WARNING)
    assert one.message == "3 codes stand on one line; they were read one after the other."


def test_two_codes_without_a_comma_are_not_taken_for_one_that_exists() -> None:
    assert said("dx E11.22 N18.31") == [("dx-several", "line 1")]
    assert [one.code for one in parse("dx E11.22 N18.31").coded.diagnoses] == ["E11.22", "N18.31"]


@pytest.mark.parametrize("text", ["dx", "dx ,", "pdx", "dx # to do"])
def test_a_statement_without_a_code_is_named(text: str) -> None:
    assert said(text) == [("dx-empty", "line 1")]
    assert codes(text) == []


@pytest.mark.parametrize("poa", ["Y", "n", "U", "w"])
def test_present_on_admission_is_one_of_four_letters(poa: str) -> None:
    read = parse(f"dx E11.22 poa {poa}")
    assert read.coded.diagnoses == (Diagnosis("E11.22", "line 1", poa.upper()),)
    assert read.findings == ()


def test_another_letter_for_present_on_admission_is_named_and_left_out() -> None:
    assert parse("dx E11.22 poa X").coded.diagnoses == (Diagnosis("E11.22", "line 1", None),)
    assert said("dx E11.22 poa X") == [("poa", "line 1")]


def test_pdx_puts_its_diagnosis_first_wherever_it_stands() -> None:
    assert codes("dx N18.31\ndx Z79.4\npdx E11.22\ndx I10") == ["E11.22", "N18.31", "Z79.4", "I10"]


def test_pdx_keeps_pointers_on_the_diagnoses_as_they_were_written() -> None:
    # Written A N18.31, B Z79.4, C E11.22 (pdx), D I10; read E11.22, N18.31, Z79.4, I10.
    coded = parse("dx N18.31\ndx Z79.4\npdx E11.22\ndx I10\nline 99214 dx C,A,B,D").coded
    assert [coded.diagnoses[n - 1].code for n in coded.lines[0].pointers] == [
        "E11.22",
        "N18.31",
        "Z79.4",
        "I10",
    ]


def test_a_pointer_before_the_pdx_line_is_kept_too() -> None:
    coded = parse("line 99214 dx B\ndx N18.31\npdx E11.22").coded
    assert coded.lines[0].pointers == (1,)
    assert coded.diagnoses[0].code == "E11.22"


def test_pdx_on_the_first_line_moves_nothing() -> None:
    coded = parse("pdx E11.22\ndx N18.31\nline 99214 dx A,B").coded
    assert coded.lines[0].pointers == (1, 2)


def test_a_second_pdx_is_named_and_read_as_dx() -> None:
    text = "dx I10\npdx E11.22\npdx N18.31"
    assert codes(text) == ["E11.22", "I10", "N18.31"]
    (one,) = parse(text).findings
    assert (one.id, one.place) == ("worksheet.pdx-twice", "line 3")
    assert one.message == "A first-listed diagnosis was already given on line 2."


@pytest.mark.parametrize("verb", sorted(RESERVED))
def test_a_reserved_verb_is_told_to_be_unused_and_the_rest_is_read(verb: str) -> None:
    text = f"{verb} anything at all\ndx I10"
    assert said(text) == [("reserved", "line 1")]
    assert codes(text) == ["I10"]


def test_no_reserved_verb_is_in_use() -> None:
    in_use = {line.partition(" ")[0] for line, _ in HELP}
    assert RESERVED & in_use == set()


@pytest.mark.parametrize(
    ("line", "example"),
    [("E11.22", "'dx E11.22'"), ("99214 x1 dx A", "'line 99214 x1 dx A'")],
)
def test_a_line_without_a_verb_is_told_how_to_begin(line: str, example: str) -> None:
    (one,) = parse(line).findings
    assert (one.id, one.place) == ("worksheet.verb", "line 1")
    assert one.remedy == f"Begin with dx, pdx, line or em: for example {example}."


def test_every_error_names_its_line_and_the_others_are_read() -> None:
    text = "dx E11.22\nfoo\nline 9921 x1\nem mdm low/low\ndx I10\nline 99214 x1 dx A\nem time 35\n"
    read = parse(text)
    assert said(text) == [("verb", "line 2"), ("line-code", "line 3"), ("em-mdm", "line 4")]
    assert [one.code for one in read.coded.diagnoses] == ["E11.22", "I10"]
    assert [one.code for one in read.coded.lines] == ["99214"]
    assert read.coded.visit == VisitTime(35, "line 7")
    assert [one for one in read.findings if not one.remedy] == []


@pytest.mark.parametrize(
    "text",
    [
        "em mdm moderate/low/moderate",
        "EM MDM Moderate / Low / Moderate",
        "em mdm moderate, low, moderate",
        "em mdm mod limited mod",
    ],
)
def test_the_three_elements_are_read_in_the_words_of_the_grid(text: str) -> None:
    assert parse(text).coded.visit == DecisionMaking("moderate", "low", "moderate", "line 1")
    assert said(text) == []


@pytest.mark.parametrize(
    "text", ["em time 35", "em time 35 min", "EM TIME 35m", "em time 35minutes"]
)
def test_total_minutes_are_read_with_or_without_their_unit(text: str) -> None:
    assert parse(text).coded.visit == VisitTime(35, "line 1")
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("em", "em-mdm"),
        ("em 99214", "em-mdm"),
        ("em mdm moderate/low", "em-mdm"),
        ("em mdm moderate/low/moderate/low", "em-mdm"),
        ("em mdm moderate/some/moderate", "em-mdm"),
        ("em time", "em-time"),
        ("em time half an hour", "em-time"),
        ("em time -5", "em-time"),
        ("em time 1000", "em-time"),
    ],
)
def test_a_visit_level_that_cannot_be_read_is_named_and_left_out(text: str, name: str) -> None:
    assert said(text) == [(name, "line 1")]
    assert parse(text).coded.visit is None


def test_the_first_visit_level_holds_and_a_second_is_named() -> None:
    text = "em time 35\nem mdm high/high/high"
    assert parse(text).coded.visit == VisitTime(35, "line 1")
    assert parse(text).findings[0].message == "The visit level was already given on line 1."


def test_a_worksheet_may_say_its_grammar() -> None:
    assert said(f"grammar {GRAMMAR}") == []
    assert said("grammar 2") == [("grammar", "line 1")]


def test_every_line_of_the_help_can_be_read_by_itself() -> None:
    assert [line for line, _ in HELP if said(line)] == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("%%worksheet c1", ("c1", None)),
        ("%%worksheet c1 variant 3", ("c1", 3)),
        ("%%worksheet   c1   variant   12  ", ("c1", 12)),
        ("%%worksheet c1\n", ("c1", None)),
        ("%%worksheet c10", ("c10", None)),
        ("%%worksheet diabetes-kidney-follow-up", ("diabetes-kidney-follow-up", None)),
    ],
)
def test_the_first_line_names_the_case_and_perhaps_the_variant(
    line: str, named: tuple[str, int | None]
) -> None:
    assert first_line(line) == named


@pytest.mark.parametrize(
    "line",
    [
        "%%worksheet",
        "%%worksheet ",
        "%%worksheet c1 c2",
        "%%worksheet c1 # mine",
        "%%worksheet c1; print(1)",
        "%%worksheet C1",
        "%%worksheet ../c1",
        "%%worksheet c1 variant",
        "%%worksheet c1 variant 0",
        "%%worksheet c1 variant -1",
        "%%worksheet c1 variant 3x",
        "%%worksheetc1",
        "%worksheet c1",
        " %%worksheet c1",
        "x %%worksheet c1",
        "%%worksheet c1\n%%worksheet c2",
    ],
)
def test_a_first_line_that_is_not_wholly_one_names_nothing(line: str) -> None:
    assert first_line(line) is None


WORDS = st.sampled_from(
    [
        *("dx", "pdx", "line", "em", "grammar", "proc", "mdm", "time", "poa", "pos", "on", "x1"),
        *(
            "E11.22",
            "i10",
            "99214-25",
            "A,B",
            "\u00b2",
            "2026-02-30",
            "#",
            "-",
            ",",
            "\n",
            "moderate",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
@example("line 99214 dx \u00b2")
@example("em time \u0663\u0665")
@example("line 99214 on 0000-00-00")
def test_any_text_is_read_without_an_exception_and_twice_alike(text: str) -> None:
    assert parse(text) == parse(text)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["dx I10", "foo", "line 99214 x1 dx A", "", "# x"])))
def test_each_line_is_read_by_itself(lines: list[str]) -> None:
    read = parse("\n".join(lines))
    assert len(read.coded.diagnoses) == lines.count("dx I10")
    assert len(read.coded.lines) == lines.count("line 99214 x1 dx A")
    assert [one.place for one in read.findings] == [
        f"line {number}" for number, line in enumerate(lines, start=1) if line == "foo"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "dx {{ 7*7 }}",
        "dx __import__('os').system('false')",
        "!ls",
        "%run x",
        "line {0.__class__}",
        "em mdm eval(1)/low/low",
    ],
)
def test_nothing_is_executed(text: str) -> None:
    read = parse(text)
    assert "49" not in repr(read)
    assert len(read.findings) == 1
    assert (read.coded.lines, read.coded.visit) == ((), None)


def test_codes_with_blanks_between_are_read_one_after_the_other() -> None:
    read = parse("dx E11.22 n18.31\ndx E11 22\n")
    assert [one.code for one in read.coded.diagnoses] == ["E11.22", "N18.31", "E11.22"]
    assert [one.id for one in read.findings] == ["worksheet.dx-several"]
