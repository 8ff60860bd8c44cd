"""Fee tables in this lab's own CSV format: laboratory tests, equipment, ambulance.

CMS publishes these schedules as workbooks that change their layout; save the columns named here as
CSV. The same rows make the made-up schedules of the lab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Literal

from codinglab.codes.importers.headed import fields
from codinglab.codes.importers.kind import AMA, FEDERAL, Bad, Found, Good, Kind, Numbered
from codinglab.codes.importers.values import number, procedure_code, text
from codinglab.codes.release import CodeRow

TABLE = "fees.csv"


class LaboratoryFeeRow(CodeRow):
    """A laboratory test and its `amount` in dollars; `source` names the list."""

    amount: Decimal
    source: str


class EquipmentFeeRow(CodeRow):
    """An item of equipment: amounts in dollars to buy it `new` or `used`, and to `rent` it.

    `category` says how it may be paid; `rent` is the amount of a month, of a capped item that of
    the first three. `kx` says whether a line needs KX to be paid.
    """

    category: Literal["purchase", "capped rental", "power wheelchair", "oxygen"]
    new: Decimal | None = None
    used: Decimal | None = None
    rent: Decimal | None = None
    kx: bool
    source: str


class AmbulanceFeeRow(CodeRow):
    """A level of ambulance service, or a mile: its `amount` in dollars before the adjustments."""

    kind: Literal["ground", "air", "ground mile", "air mile"]
    amount: Decimal
    source: str


_NUMBERS = frozenset({"amount", "new", "used", "rent"})


def _reader(columns: tuple[str, ...]) -> Callable[[Numbered], Iterator[Found]]:
    def read(lines: Numbered) -> Iterator[Found]:
        below = False
        for line, record in fields(lines, ","):
            if not below:
                below = _is_header(record, columns)
            elif len(record) != len(columns):
                yield Bad(line, f"has {len(record)} fields, and needs {len(columns)}")
            else:
                yield _row(line, dict(zip(columns, record, strict=True)))

    return read


def _row(line: int, record: dict[str, str]) -> Found:
    try:
        values = {
            name: number(value) if name in _NUMBERS else text(value)
            for name, value in record.items()
        }
        return Good(line, TABLE, values | {"code": procedure_code(record["code"])})
    except ValueError as error:
        return Bad(line, str(error))


def _is_header(record: list[str], columns: tuple[str, ...]) -> bool:
    return tuple(text(one).lower() for one in record) == columns


def _kind(name: str, title: str, model: type[CodeRow], licence: str, fewest: int) -> Kind:
    columns = tuple(one for one in model.model_fields if not one.startswith("effective"))
    return Kind(
        name=name,
        title=title,
        recognise=lambda head: any(
            _is_header(record, columns) for _, record in fields(enumerate(head, 1), ",")
        ),
        layout=f"a CSV file of this lab's own format, with the header {','.join(columns)}",
        read=_reader(columns),
        tables={TABLE: model},
        licence=licence,
        needs_acceptance=licence == AMA,
        fewest=fewest,
    )


KINDS = (
    _kind("fees_laboratory", "laboratory fees (CLFS, own format)", LaboratoryFeeRow, AMA, 1),
    _kind("fees_equipment", "equipment fees (DMEPOS, own format)", EquipmentFeeRow, FEDERAL, 1),
    _kind("fees_ambulance", "ambulance fees (AFS, own format)", AmbulanceFeeRow, FEDERAL, 1),
)
