import re
from pathlib import Path

from mutants import MUTANTS
from one_fault import rows

from codinglab.x12.rulebook import catalog

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "codinglab" / "x12"
PAGE = (ROOT / "docs" / "x12.md").read_text("utf-8")
NAMES = {
    found
    for module in SOURCE.glob("*.py")
    for found in re.findall(r'"(x12\.[a-z_]+)"', module.read_text("utf-8"))
} | {"x12.condition", "x12.exclusive"}
OF_READING = {  # made in test_reading.py and test_check.py
    *("x12.isa_width", "x12.delimiters", "x12.repetition_mark", "x12.byte_order_mark"),
    *("x12.leading_blanks", "x12.encoding", "x12.after_interchange", "x12.unterminated"),
    *("x12.no_terminator", "x12.empty_segment", "x12.outside", "x12.interchange_twice"),
    *("x12.group_twice", "x12.no_guide", "x12.claim_twice"),
    "x12.paid_negative",
    "x12.holds_nothing",  # test_one_fault.py
}


def test_every_finding_stands_on_the_page_and_every_one_there_exists() -> None:
    assert set(re.findall(r"`(x12\.[a-z_]+)`", PAGE)) == NAMES


def test_every_rule_has_a_page_of_its_own_words_a_remedy_and_a_source() -> None:
    rules = catalog()
    assert len({rule.id for rule in rules}) == len(rules) == 45
    for rule in rules:
        assert f"| `{rule.id}` | {rule.snip} | {', '.join(rule.kinds)} | {rule.page} |" in PAGE
        assert rule.page.endswith(".")
        assert rule.remedy.endswith((".", "?"))
        assert rule.source.source


def test_every_finding_is_made_by_a_test() -> None:
    made = {name for mutant in MUTANTS for name, _ in mutant.finds}
    made |= {found for row in rows("one_fault.csv") for found in row["finds"].split()}
    assert sorted(NAMES - made - OF_READING) == []
