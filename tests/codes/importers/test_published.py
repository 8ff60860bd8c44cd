"""The real published files, where they lie beside the checkout."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import made
from shared_data import shared

from codinglab.codes.importers.run import run


@pytest.mark.parametrize(
    ("name", "file", "release", "counts"),
    [
        (
            "icd10cm_order",
            "icd10cm/icd10cm_order_2025.txt.gz",
            "FY2025",
            {"codes.csv": 97_584},
        ),
        (
            "hcpcs_level2",
            "hcpcs/HCPC2019_CONTR_ANWEB.txt.gz",
            "2019",
            {"codes.csv": 6_440, "modifiers.csv": 360},
        ),
        ("pprrvu", "mpfs/PPRRVU2025_Oct_part.csv.gz", "2025-Q4", {"values.csv": 9_584}),
        ("gpci", "mpfs/GPCI2025.csv", "2025", {"indices.csv": 109}),
        ("anes", "mpfs/ANES2025.csv", "2025", {"factors.csv": 110}),
        ("add_on", "ncci/aoc_2024_part.csv.gz", "2024-Q3", {"add_ons.csv": 3_504}),
        ("cms_poa_exempt", "icd10cm/POAexemptCodesFY25.txt.gz", "FY2025", {"codes.csv": 38_154}),
        ("msdrg_table5", "msdrg/ipps_fy2026_table5_drg_weights.txt", "FY2026", {"drgs.csv": 772}),
    ],
)
def test_a_published_file_is_kept_whole(
    tmp_path: Path, name: str, file: str, release: str, counts: dict[str, int]
) -> None:
    done = run(name, shared(file), release, tmp_path, accept_licence=True)
    assert dict(done.tally.kept) == counts
    assert done.tally.rejected == []


def test_known_values_of_the_published_files(tmp_path: Path) -> None:
    def by_code(name: str, file: str, release: str, table: str) -> dict[str, dict[str, str]]:
        done = run(name, shared(file), release, tmp_path, accept_licence=True)
        return {row["code"]: row for row in made.rows(done.folder / table)}

    drgs = by_code("msdrg_table5", "msdrg/ipps_fy2026_table5_drg_weights.txt", "FY2026", "drgs.csv")
    assert [drgs[code]["weight"] for code in ("001", "193", "470", "871", "291")] == [
        "28.0239",
        "1.3144",
        "1.9289",
        "1.9425",
        "1.2838",
    ]
    manhattan = by_code("gpci", "mpfs/GPCI2025.csv", "2025", "indices.csv")["13202-01"]
    assert [manhattan[name] for name in ("work", "practice_expense", "malpractice")] == [
        "1.065",
        "1.166",
        "1.656",
    ]
    level2 = by_code("hcpcs_level2", "hcpcs/HCPC2019_CONTR_ANWEB.txt.gz", "2019", "codes.csv")
    assert level2["G0439"]["title"] == (
        "Annual wellness visit, includes a personalized prevention plan of service (pps), "
        "subsequent visit"
    )
    assert level2["J1885"]["effective_from"] == "1993-01-01"
