"""What the small sets say, held against the published files where they lie beside the checkout."""

import csv
import gzip
import io
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from shared_data import shared

from codinglab.codes.catalog import code_set
from codinglab.codes.poa import poa_exempt
from codinglab.codes.procedure_facts import facts
from codinglab.codes.procedures import all_on

DAY = date(2026, 3, 2)
OCTOBER = "CMS PPRRVU 2025 RVU25D"  # the release that lies beside the checkout


def lines(name: str) -> list[str]:
    return gzip.decompress(shared(name).read_bytes()).decode("latin-1").splitlines()


def records(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO("\n".join(lines(name))))


def dated() -> dict[str, str]:
    """Return the day on which each code of the 2019 file came into use."""
    rows = (line for line in lines("hcpcs/HCPC2019_CONTR_ANWEB.txt.gz") if line[10:11] == "3")
    return {line[:5]: f"{line[268:272]}-{line[272:274]}-{line[274:276]}" for line in rows}


def test_every_hcpcs_code_is_in_force_in_2026_and_its_day_is_that_of_the_2019_file() -> None:
    in_force = {
        row["key"] for row in records("opps/hcpcs_no_desc.csv.gz") if row["hi_version"] == "103"
    }
    published = dated()
    checked = 0
    for row in code_set("hcpcs").all_on(DAY):
        assert row.code in in_force
        if row.source.startswith("CMS HCPCS 2019"):
            assert str(row.effective_from) == published[row.code], row.code
            checked += 1
    assert checked == 544


def test_every_modifier_is_in_the_2026_table() -> None:
    with shared("opps/modifier.csv").open(encoding="utf-8") as file:
        listed = {row["key"] for row in csv.DictReader(file)}
    assert [row.code for row in code_set("modifiers").all_on(DAY) if row.code not in listed] == []


def test_indicators_are_those_of_the_fee_schedule() -> None:
    rows = csv.reader(lines("mpfs/PPRRVU2025_Oct_part.csv.gz"))
    whole = {row[0]: row for row in rows if len(row) == 31 and not row[1].strip()}
    checked = 0
    for code in all_on(DAY):
        found = facts(code.code, DAY)
        if found.source == OCTOBER:
            row = whole[code.code]
            said = (found.pc_tc, found.multiple, found.bilateral, found.assistant)
            assert said == (row[13], row[18], row[19], row[20]), code.code
            checked += 1
    assert checked == 90 + 30


def test_primaries_are_those_of_the_hospital_edits() -> None:
    published = records("opps/addon1_part.csv.gz")
    table = {row["key"] for row in published if row["hi_version"] == "103"}
    held = {key.split("|")[0] for key in table}  # the file has half of the add-on codes
    pairs = [
        f"{code.code}|{primary}"
        for code in all_on(DAY)
        if code.code in held
        for primary in facts(code.code, DAY).primaries
    ]
    assert len(pairs) == 16 + 12
    assert [pair for pair in pairs if pair not in table] == []


def test_no_code_of_every_seventh_is_called_exempt_that_the_list_lacks() -> None:
    listed = {line.split("\t")[1] for line in lines("icd10cm/POAexemptCodesFY25.txt.gz")[1:]}
    every = [
        line[6:14].strip() for line in lines("icd10cm/icd10cm_order_2025.txt.gz") if line[14] == "1"
    ]
    dotted = [f"{code[:3]}.{code[3:]}" if code[3:] else code for code in every[::7]]
    said = {code: poa_exempt(code, DAY) for code in dotted}
    assert [code for code in dotted if said[code] and code not in listed] == []
    assert [code for code in dotted if said[code] is False and code in listed] == []
    assert sum(1 for code in dotted if said[code]) == 5009
    assert len(listed) == 38154
