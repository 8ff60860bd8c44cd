"""The boxes of a UB-04 read as an institutional claim."""

from __future__ import annotations

from collections.abc import Sequence

from codinglab.claim.form_check import filled_rows
from codinglab.claim.form_choices import value_of
from codinglab.claim.form_parse import read_phone
from codinglab.claim.form_read_ub04_codes import bill, diagnoses
from codinglab.claim.form_read_ub04_policies import policies
from codinglab.claim.form_read_ub04_row import read_row
from codinglab.claim.form_sheet import Sheet, other_ids
from codinglab.claim.model import Accident, Claim, Frequency
from codinglab.claim.parties import Name, Person, Provider, Role

_FREQUENCIES: dict[str, Frequency] = {"1": "1", "2": "2", "3": "3", "4": "4", "7": "7", "8": "8"}
_OTHERS: dict[str, Role] = {
    "other operating": "other operating",
    "rendering": "rendering",
    "referring": "referring",
}


def read_institutional(sheets: Sequence[Sheet]) -> Claim | None:
    """Return the claim that the pages tell, None where no line or no billed days can be read.

    All but the lines is read from the first page; findings are added to the pages.
    """
    head = sheets[0]
    stay = bill(head)
    if stay is None:
        return None
    lines = [
        line
        for sheet in sheets
        for row in filled_rows(sheet)
        if (line := read_row(sheet, row, stay))
    ]
    if not lines:
        return None
    payers = policies(head)
    asked = "ABC"[payers.to]
    frequency = head.text("4")[-1:]
    if frequency not in _FREQUENCIES:
        head.say(
            "frequency",
            "4",
            f"the last digit of {head.text('4')!r} is no frequency of this lab; 1 is taken.",
            "Write 1, 2, 3, 4, 7 or 8.",
        )
    return Claim(
        kind="institutional",
        account=head.text("3a"),
        patient=_patient(head),
        coverages=payers.coverages,
        billing=_billing(head, asked),
        diagnoses=diagnoses(head, "67"),
        lines=tuple(lines),
        to=payers.to,
        prior=payers.prior,
        frequency=_FREQUENCIES.get(frequency, "1"),
        original_reference=head.text(f"64{asked}"),
        pay_to=head.party("2")[1],
        providers=tuple(_providers(head)),
        bill=stay,
        accident=Accident(auto=bool(head.text("29")), state=head.text("29").upper()),
        authorization=head.text(f"63{asked}"),
        note=" ".join(filter(None, (head.text(f"80.{at}") for at in range(1, 5)))),
    )


def _patient(sheet: Sheet) -> Person:
    there = sheet.address("9a", "9b", "9c", "9d")
    return sheet.person(sheet.text("8b"), sheet.text("10"), sheet.text("11").upper(), there)


def _billing(sheet: Sheet, asked: str) -> Provider:
    name, there = sheet.party("1")
    other = sheet.text(f"57{asked}")
    return Provider(
        Name(name),
        npi=sheet.text("56"),
        taxonomy=sheet.text("81a.code") if sheet.text("81a.qualifier") == "B3" else "",
        tax_id=sheet.text("5").replace("-", ""),
        address=there,
        phone=read_phone(sheet.text("1.4")),
        other_ids=other_ids("G2", other),
    )


def _provider(sheet: Sheet, box: str) -> Provider | None:
    name = Name(sheet.text(f"{box}.last"), *_given(sheet.text(f"{box}.first")))
    npi = sheet.text(f"{box}.npi")
    if not (npi or name.last):
        return None
    ids = other_ids(sheet.text(f"{box}.qualifier"), sheet.text(f"{box}.other"))
    return Provider(name, npi=npi, other_ids=ids)


def _given(text: str) -> tuple[str, str]:
    first, _, middle = text.partition(" ")
    return first, middle.strip()


def _providers(sheet: Sheet) -> list[tuple[Role, Provider]]:
    found: list[tuple[Role, Provider]] = []
    if one := _provider(sheet, "76"):
        found.append(("attending", one))
    if one := _provider(sheet, "77"):
        found.append(("operating", one))
    for box in ("78", "79"):
        one = _provider(sheet, box)
        role = _OTHERS.get(value_of("other_provider", sheet.text(f"{box}.role"), sheet.on))
        if one and role:
            found.append((role, one))
        elif one:
            sheet.say(
                "role",
                f"{box}.role",
                f"{sheet.text(f'{box}.role')!r} does not say what {one.name.last} did; the name "
                "is left out.",
                "Write ZZ other operating, 82 rendering or DN referring.",
            )
    return found
