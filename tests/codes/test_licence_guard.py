"""Nothing tracked may hold AMA notices, or more CPT numbers than a starter set has."""

import csv
import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codinglab.core.places import DataMissing, checkout
from codinglab.core.tables import parse_yaml

LIMIT = 300
MAY_NAME_THE_OWNER = {"NOTICE", "tests/codes/test_licence_guard.py"}
NOTICE = re.compile(
    r"american medical association\W+all\s+rights\s+reserved"
    r"|copyright\W+(?:\d{4}\W+)?american medical association"
    r"|\bcpt\W{0,3}copyright\b|\bcpt only\b"
    r"|\bcpt codes,? (?:and )?descriptions\b",
    re.IGNORECASE,
)
CPT = r"\d{4}[\dFTUMA]"
CODE_FIELD = re.compile(
    r"^(?!billable)(?:|.*_)(?:codes?|cpt|hcpcs|procedures?|column_?[12]|primary|add_on|line|lines)(?:_|$)"
)
NUMBER = re.compile(rf"(?<![\w.$-]){CPT}(?![\w.])")
PREFIXED = re.compile(
    rf"\b(?:cpt|hcpcs|codes?|line|hc:)[\s:=`'\"(]{{0,3}}({CPT})(?![\w.])", re.IGNORECASE
)

TEMPLATE = re.compile(r"\{[{%]")  # a case's claim, which is YAML only when its facts are filled in
KEY = re.compile(rf"^\s*['\"]?({CPT})['\"]?:", re.MULTILINE)


def in_csv(text: str) -> Iterator[str]:
    for row in csv.DictReader(io.StringIO(text)):
        for name, value in row.items():
            if name and isinstance(value, str) and CODE_FIELD.search(name.lower()):
                yield from NUMBER.findall(value)


def in_yaml(value: Any, *, coded: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from NUMBER.findall(str(name))
            yield from in_yaml(inner, coded=coded or bool(CODE_FIELD.search(str(name).lower())))
    elif isinstance(value, list):
        for inner in value:
            yield from in_yaml(inner, coded=coded)
    elif isinstance(value, str):
        yield from NUMBER.findall(value) if coded else PREFIXED.findall(value)


def codes_of(name: str, text: str) -> set[str]:
    if name.endswith(".csv"):
        return set(in_csv(text))
    if name.endswith((".yml", ".yaml")) and TEMPLATE.search(text):
        return {*PREFIXED.findall(text), *KEY.findall(text)}
    if name.endswith((".yml", ".yaml")):
        return set(in_yaml(parse_yaml(text, name)))
    return set(PREFIXED.findall(text))


def tracked() -> dict[str, str]:
    try:
        root = checkout()
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607  whichever git the developer has
            cwd=root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
    except (DataMissing, OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    files = [name for name in listed if name and (root / name).is_file()]
    return {name: (root / name).read_text("utf-8", errors="replace") for name in files}


def test_no_tracked_file_holds_an_ama_notice() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in tracked().items()
        if name not in MAY_NAME_THE_OWNER and (match := NOTICE.search(text))
    ]
    assert found == [], "take the AMA text out; see NOTICE"


def test_tracked_files_name_at_most_300_cpt_codes() -> None:
    found = {name: codes_of(name, text) for name, text in tracked().items()}
    every = set().union(*found.values())
    worst = sorted(found, key=lambda name: len(found[name]), reverse=True)[:5]
    assert len(every) <= LIMIT, f"{len(every)} CPT-shaped codes; most in {worst}"


def test_the_count_sees_the_starter_set() -> None:
    file = Path("code_sets/cpt/2026/codes.csv")
    assert len(codes_of(str(file), (checkout() / file).read_text("utf-8"))) == 207


@pytest.mark.parametrize(
    "text",
    [
        "Copyright 2025 American Medical Association",
        "American Medical Association. All Rights Reserved.",
        "CPT copyright 2026",
        "CPT only (c)",
        "CPT codes and descriptions only are ...",
    ],
)
def test_notices_are_recognised(text: str) -> None:
    assert NOTICE.search(text)


def test_a_plain_mention_of_the_mark_is_no_notice() -> None:
    assert not NOTICE.search("CPT is a registered trademark of the American Medical Association.")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "code,zip\n99213,60601\n", {"99213"}),
        (
            "claim.yml",
            "line 93000 x1\n{% if a %}\nline {{ b }} x1\n{% endif %}\ncharges:\n  93005: 40.00\n",
            {"93000", "93005"},
        ),
        ("a.csv", "column_1,column_2,charge\n80053,80048,12500\n", {"80053", "80048"}),
        ("a.yml", "zip: 60601\ncode: 12001\n", {"12001"}),
        ("a.yml", "lines:\n  - {code: 99213-25, charge: 12500.00}\n", {"99213"}),
        ("a.yml", "near: {99214: 1/2}\n", {"99214"}),
        ("a.yml", "address: 12345 Long Road\n", set()),
        ("a.md", "The code 20610 and CPT `20605`, 60601 Chicago", {"20610", "20605"}),
        ("a.837", "SV1*HC:99213:25*12500*UN*1~", {"99213"}),
        ("a.py", "port = 18080", set()),
    ],
)
def test_codes_are_counted_in_code_fields_and_after_code_words(
    name: str, text: str, expected: set[str]
) -> None:
    assert codes_of(name, text) == expected
