"""A paper EOB that somebody typed: checked, and never without who and when."""

from datetime import date, datetime
from pathlib import Path

import pytest
from made_remits import d

from codinglab.core.tables import BadData
from codinglab.remit.manual import Entered, read_entry

TYPED = """
entered_by: Ann Lee
entered_at: 2026-03-21T10:15:00
source: paper EOB of Northfield Mutual, two pages, scanned as 2026-0321-07
notes: page 2 is hard to read
payer: {name: Northfield Mutual, payer_id: TRN01}
payee: {name: Harbor Family Practice, npi: "1234567893"}
check: {number: "100234", amount: 82.00, day: 2026-03-18, method: CHK}
claims:
  - account: A1
    number: NF-77
    patient: {last: Doe, first: Jane}
    member_id: NF00412345
    status: "1"
    charge: 150.00
    paid: 82.00
    patient_share: 20.00
    lines:
      - code: "99213"
        day: 2026-03-03
        charge: 150.00
        allowed: 102.00
        paid: 82.00
        adjustments: [CO 45 48.00, PR-3 20]
"""


def typed(folder: Path, old: str = "", new: str = "") -> Entered:
    assert old in TYPED
    file = folder / "eob.yml"
    file.write_text(TYPED.replace(old, new, 1) if old else TYPED, encoding="utf-8")
    return read_entry(file)


def test_a_typed_eob_becomes_a_remittance(tmp_path: Path) -> None:
    entry = typed(tmp_path)
    told = entry.remittance
    assert entry.findings == ()  # 150.00 - 48.00 - 20.00 = 82.00
    assert (told.trace, told.total, told.method, told.paid_on, told.made) == (
        "100234",
        d("82.00"),
        "CHK",
        date(2026, 3, 18),
        date(2026, 3, 21),
    )
    (line,) = told.claims[0].lines
    assert [(one.group, one.carc, one.amount) for one in line.adjustments] == [
        ("CO", "45", d("48.00")),
        ("PR", "3", d("20")),
    ]
    assert (line.allowed, told.payer.payer_id, told.payee.npi) == (d("102"), "TRN01", "1234567893")


def test_the_entry_keeps_who_typed_it_when_and_from_what(tmp_path: Path) -> None:
    from_whom = typed(tmp_path).provenance
    assert (from_whom.by, from_whom.at) == ("Ann Lee", datetime(2026, 3, 21, 10, 15))  # noqa: DTZ001
    assert from_whom.source == "paper EOB of Northfield Mutual, two pages, scanned as 2026-0321-07"
    assert from_whom.notes == "page 2 is hard to read"


@pytest.mark.parametrize(
    ("old", "new", "ids"),
    [
        ("amount: 82.00", "amount: 28.00", ["remit.total"]),  # digits swapped
        ("patient_share: 20.00", "patient_share: 2.00", ["remit.share"]),
        ("CO 45 48.00", "CO 45 47.00", ["remit.line", "remit.claim"]),
        ("CO 45 48.00", "CO 999 48.00", ["remit.code"]),
        ("PR-3 20]", "PR-3 20]\n        remarks: [N1000]", ["remit.code"]),
        ("CO 45 48.00", "CO 16 48.00", ["remit.remark"]),
        ("day: 2026-03-03", "day: 2027-03-03", ["remit.days"]),  # after its payment
        ("entered_at: 2026-03-21", "entered_at: 2026-03-12", ["remit.days"]),  # before the check
        ("CO 45 48.00, PR-3 20]", "CO 16 48.00, PR-3 20]\n        remarks: [M76]", []),
    ],
)
def test_a_slip_of_the_pen_is_found(tmp_path: Path, old: str, new: str, ids: list[str]) -> None:
    assert [one.id for one in typed(tmp_path, old, new).findings] == ids


def test_a_set_off_lowers_the_check(tmp_path: Path) -> None:
    taken = "\nprovider_adjustments:\n  - {reason: WO, reference: NF-12, amount: 30.00}\n"
    file = tmp_path / "eob.yml"
    text = TYPED.replace("amount: 82.00", "amount: 52.00") + taken
    file.write_text(text, encoding="utf-8")
    entry = read_entry(file)
    assert entry.findings == ()
    assert entry.remittance.total == d("52.00") == d("82.00") - d("30.00")
    file.write_text(text.replace("WO", "QQ"), encoding="utf-8")
    assert [one.id for one in read_entry(file).findings] == ["remit.code"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("entered_by: Ann Lee\n", "", "entered_by: Field required"),
        ("entered_by: Ann Lee", "entered_by: ''", "entered_by: String should have at least 1"),
        ("CO 45 48.00", "CO45", r"claims\.0\.lines\.0\.adjustments\.0.*written like CO 45 57\.62"),
        ("charge: 150.00", "charge: 150.001", r"claims\.0\.charge.*two decimals at most"),
        ("amount: 82.00", "amount: 1.0e+30", r"check\.amount.*fifteen digits"),
        ("method: CHK", "method: CASH", r"check\.method"),
        ("amount: 82.00", "amount: NaN", r"check\.amount"),
        ("number: NF-77", "nummer: NF-77", r"claims\.0\.nummer: Extra inputs"),
    ],
)
def test_a_field_that_is_wrong_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(BadData, match=message):
        typed(tmp_path, old, new)
