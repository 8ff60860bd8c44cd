"""What the text of a reference note names; the April 2026 tabular's, a few shortened."""

import pytest

from codinglab.codes.icd10cm_references import Condition, References, Span, condition_of, parse


def named(text: str) -> list[tuple[str, str]]:
    """Return (first, last) of what `text` names, when it names it without condition."""
    found = parse(text)
    assert found.carries_code
    assert found.trouble == ""
    assert {span.condition for span in found.spans} == {None}
    return [(span.first, span.last) for span in found.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("insulin (Z79.4)", [("Z79.4", "Z79.4")]),
        ("gestational diabetes (O24.4-)", [("O24.4", "O24.4")]),
        ("type 1 diabetes mellitus (E10.-)", [("E10", "E10")]),
        ("code to identify stage of chronic kidney disease (N18.1-N18.6)", [("N18.1", "N18.6")]),
        (
            (
                "hypertensive disease complicating pregnancy, childbirth and the puerperium "
                "(O10-O11, O13-O16)"
            ),
            [("O10", "O11"), ("O13", "O16")],
        ),
        (
            "any associated otitis media (H65.-, H66.1-, H66.2-, H66.3-, H66.4-, H66.9-, H67.-)",
            [(one, one) for one in ["H65", "H66.1", "H66.2", "H66.3", "H66.4", "H66.9", "H67"]],
        ),
        (
            "malignant neoplasm of auricular canal (external) (C43.2-,C44.2-)",
            [("C43.2", "C43.2"), ("C44.2", "C44.2")],
        ),
        (
            "other acute respiratory tract infections (J00-J06; J20-J22)",
            [("J00", "J06"), ("J20", "J22")],
        ),
        (
            "cerebral hemorrhage (I60.-. I61.-, I62.-)",
            [("I60", "I60"), ("I61", "I61"), ("I62",) * 2],
        ),
        ("rheumatic fever with heart involvement (I01.0 -I01.9)", [("I01.0", "I01.9")]),
        ("head injury (S00 - S09)", [("S00", "S09")]),
        (
            (
                "cognitive deficits following (sequelae of) cerebral hemorrhage or infarction "
                "(I69.01-I69.11-, I69.21-I69.31-, I69.81- I69.91-)"
            ),
            [("I69.01", "I69.11"), ("I69.21", "I69.31"), ("I69.81", "I69.91")],
        ),
        (
            "rheumatoid arthritis with rheumatoid factor by site, if known (M05.00 to M05.8A)",
            [("M05.00", "M05.8A")],
        ),
        (
            "specified adverse effects of drugs and medicaments (A00-R94 and T80-T88.6, T88.8)",
            [("A00", "R94"), ("T80", "T88.6"), ("T88.8", "T88.8")],
        ),
        ("meconium passage (without aspiration) during delivery (P03.82 )", [("P03.82", "P03.82")]),
        (
            "abscess of intestine with Crohn's disease (K50.014, K50.114, K50.814, K50.914,)",
            [("K50.014",) * 2, ("K50.114",) * 2, ("K50.814",) * 2, ("K50.914",) * 2],
        ),
    ],
)
def test_brackets_name_codes_prefixes_and_ranges(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("electrolyte imbalance (E87.8}", "E87.8"),
        (
            (
                "acquired absence of knee joint following prior explantation of knee prosthesis "
                "(Z89.52-"
            ),
            "Z89.52",
        ),
    ],
)
def test_a_bracket_that_the_list_forgot_to_close_well_is_read(text: str, expected: str) -> None:
    assert named(text) == [(expected, expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jaw pain R68.84", [("R68.84", "R68.84")]),
        ("dementia as classified in F01-F02", [("F01", "F02")]),
        ("conditions classified to Q67.0-Q67.4", [("Q67.0", "Q67.4")]),
        ("code from category T31 or T32 to identify extent of body surface involved", "T31 T32"),
        (
            "code from categories E08, E09 and E13 to further identify any manifestation",
            "E08 E09 E13",
        ),
        (
            "code(s) from F11-F16 and F18-F19 to identify manifestations of the drug use",
            [("F11", "F16"), ("F18", "F19")],
        ),
        ("excessive crying of infant (baby) R68.11", [("R68.11", "R68.11")]),
        (
            (
                "concussion with other intracranial injuries classified in subcategories S06.1- to "
                "S06.6-, and S06.81- to S06.89-, code to specified intracranial injury"
            ),
            [("S06.1", "S06.6"), ("S06.81", "S06.89")],
        ),
        (
            "conditions classifiable to S06.0- to S06.8-code to specified intracranial injury",
            [("S06.0", "S06.8")],
        ),
    ],
)
def test_without_codes_in_brackets_the_sentence_names_them(
    text: str, expected: str | list[tuple[str, str]]
) -> None:
    if isinstance(expected, str):
        expected = [(one, one) for one in expected.split()]
    assert named(text) == expected


def test_a_code_beside_the_bracket_describes_and_is_not_referred_to() -> None:
    text = "coalworker pneumoconiosis with tuberculosis, any type in A15 (J65)"
    assert named(text) == [("J65", "J65")]
    assert named("code (B95-B97) to identify infectious agent") == [("B95", "B97")]


@pytest.mark.parametrize(
    "text",
    [
        "underlying disease, such as:",
        "code (Chapter 20) to identify external cause",
        "code, if applicable, for type 4 or type 5 myocardial infarction, to further specify",
    ],
)
def test_a_list_head_carries_no_code(text: str) -> None:
    assert parse(text) == References(carries_code=False)


def test_genes_acronyms_viruses_and_vitamins_are_no_codes() -> None:
    assert named("glucose-6-phosphate dehydrogenase (G6PD) deficiency without anemia (D75.A)") == [
        ("D75.A", "D75.A")
    ]
    assert named("primary cutaneous CD30-positive T-cell proliferations (C86.6-)") == [
        ("C86.6", "C86.6")
    ]
    assert named("influenza A/H1N1 (J10.-)") == [("J10", "J10")]
    assert named("vitamin B12 deficiency anemia (D51.-)") == [("D51", "D51")]
    assert named("Acute nephritic syndrome with C3 glomerulonephritis (N00.A)") == [
        ("N00.A", "N00.A")
    ]
    assert named("hepatic fibrosis, stage F4 (K74.6-)") == [("K74.6", "K74.6")]
    assert not parse("vitamin B12 deficiency").carries_code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fifth or sixth character 5", "intent:5"),
        ("fifth or six character 5", "intent:5"),
        ("fifth or sixth character 1-4", "intent:1,2,3,4"),
        ("fifth or sixth character 1-4 or 6", "intent:1,2,3,4,6"),
        ("fifth or sixth character to indicate intent", "intent:1,2,3,4"),
        ("fifth character 2", "5:2"),
        ("5th character 9", "5:9"),
        ("fifth-character 1", "5:1"),
        ("5th character .6", "5:6"),
        ("sixth character 1-4", "6:1,2,3,4"),
        ("seventh character A", "7:A"),
        ("7th character B or C", "7:B,C"),
        ("open fracture 7th character", "7:B,C,E,F,H,J,M,N,Q,R"),
        ("fifth to sixth characters 51", "5-6:51"),
        ("final characters -23", "final:23"),
        ("final character 6", "final:6"),
        ("final characters .00 or .01", "after dot:00,01"),
        (".42", "after dot:42"),
        (".62-", "after dot:62"),
        (".51-.52", "after dot:51,52"),
        (".17, .27, .97", "after dot:17,27,97"),
        (".15. .25, .95", "after dot:15,25,95"),
        ("ketoacidosis", "after dot:1"),
    ],
)
def test_every_way_of_writing_a_condition_is_read(text: str, expected: str) -> None:
    found = condition_of(text)
    assert str(found) == expected
    assert Condition.read(expected) == found


@pytest.mark.parametrize("text", ["C3 glomerulopathy", "nephropathy", "fifth character", ""])
def test_other_words_after_with_are_no_condition(text: str) -> None:
    assert condition_of(text) is None


def test_a_condition_holds_for_the_whole_list_before_it() -> None:
    condition = Condition("after dot", ("00", "01"))
    text = "diabetes with hyperosmolarity (E08, E09, E11, E13 with final characters .00 or .01)"
    assert parse(text).spans == tuple(
        Span(one, one, condition) for one in ("E08", "E09", "E11", "E13")
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [
        (
            "amnestic syndrome (F10-F19, with .17, .27, .97)",
            Span("F10", "F19", Condition("after dot", ("17", "27", "97"))),
        ),
        (
            (
                "fluency disorder (stuttering) following cerebrovascular disease "
                "(I69. with final characters -23)"
            ),
            Span("I69", "I69", Condition("final", ("23",))),
        ),
        (
            "open fracture of ankle, foot and toes (S92.-with 7th character B)",
            Span("S92", "S92", Condition("7", ("B",))),
        ),
        (
            "open fracture of pelvis (S32.1--S32.9 with 7th character B)",
            Span("S32.1", "S32.9", Condition("7", ("B",))),
        ),
        (
            "leukemia in remission C91.0-C95.9 with 5th character 1",
            Span("C91.0", "C95.9", Condition("5", ("1",))),
        ),
        (
            "underdosing of medication (T36-T50) with fifth or sixth character 6",
            Span("T36", "T50", Condition("intent", ("6",))),
        ),
        (
            (
                "poisoning due to drug or toxin (T51-T65 with fifth or sixth character to indicate "
                "intent), for toxic pneumonopathy"
            ),
            Span("T51", "T65", Condition("intent", ("1", "2", "3", "4"))),
        ),
    ],
)
def test_a_condition_is_read_where_it_stands(text: str, span: Span) -> None:
    assert parse(text).spans == (span,)


def test_a_list_head_may_restrict_its_list() -> None:
    found = parse("code, if applicable, for codes G31.0-G31.83, G31.85-G31.9, to identify:")
    assert found.spans == ()
    assert found.scope == (Span("G31.0", "G31.83"), Span("G31.85", "G31.9"))


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("a condition (E08-E13 with a blue moon)", "condition not understood: with a blue moon"),
        ("a condition (E08-E13 unless mild)", "words not understood: unless mild"),
        ("a condition (see E08)", "words not understood: see"),
        ("a condition E08-E13 with nephropathy", "condition not understood: with nephropathy"),
    ],
)
def test_what_is_not_understood_is_said_and_names_nothing(text: str, trouble: str) -> None:
    assert parse(text) == References(carries_code=True, trouble=trouble)


@pytest.mark.parametrize(
    ("stored", "yes", "no"),
    [
        ("intent:5", "T360X5A T3695XA T50995S T43655A", "T360X1A T3691XA T43651A T43652D T4365"),
        ("intent:1,2,3,4", "T360X1A T43654A T6594XA", "T360X5A T43655A T360X6A"),
        ("5:2", "B2702 J9602 V0102XA", "B2701 B272 B27 J962"),
        ("6:1,2,3,4", "T39011A T39094S", "T39015A T39016A T390"),
        ("7:A", "S060X0A", "S060X0D S060X0"),
        ("5-6:51", "F11151 F19951", "F11150 F1151 F1195"),
        ("final:23", "I69023 I69923", "I69022 I6923"),
        ("final:20", "I69320", "I6920"),  # I69.20 is an unspecified sequela, not aphasia
        ("final:90", "I69390 I69990", "I6990"),
        ("final:6", "T360X6A T3696XD", "T360X5A"),
        ("after dot:42", "E0842 E1142", "E1149 E1122 E11"),
        ("after dot:62", "E11620 E11628", "E11610 E1165"),
        ("after dot:9", "E119 E139", "E1142"),
    ],
)
def test_a_condition_holds_for_the_characters_it_names(stored: str, yes: str, no: str) -> None:
    condition = Condition.read(stored)
    assert [key for key in yes.split() if not condition.holds(key)] == []
    assert [key for key in no.split() if condition.holds(key)] == []
