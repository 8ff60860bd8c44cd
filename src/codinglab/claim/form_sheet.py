"""A filled form while it is read: texts by cell, and findings that name the box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from codinglab.claim import form_parse
from codinglab.claim.form_choices import cells_of, value_of
from codinglab.claim.form_layout import FormName, Layout, layout
from codinglab.claim.parties import Address, OtherId, Person, Provider
from codinglab.core.findings import Finding, Severity


@dataclass(slots=True)
class Sheet:
    """One page of a form, read on the day `on`, with what was found so far."""

    form: FormName
    texts: Mapping[str, str]
    on: date
    page: int = 1
    findings: list[Finding] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        """Return the form in force on the day of reading."""
        return layout(self.form, self.on)

    def text(self, cell: str) -> str:
        """Return the text of a cell without blanks around it."""
        return self.texts.get(cell, "").strip()

    def say(
        self, name: str, cell: str, message: str, remedy: str, how: Severity = Severity.ERROR
    ) -> None:
        """Add a finding about the box of `cell`."""
        at = self.layout.cells[cell]
        row = f", line {at.row}" if at.row else ""
        page = f"page {self.page}, " if self.page > 1 else ""
        place = f"{page}box {at.box}{row}"
        cite = self.layout.cite(at.box)
        self.findings.append(Finding(f"form.{name}", place, message, remedy, how, cite))

    def note(self, name: str, cell: str, message: str, remedy: str) -> None:
        """Add a finding that tells what the paper cannot say."""
        self.say(name, cell, message, remedy, Severity.NOTE)

    def day(self, cell: str) -> date | None:
        """Return the day of a cell; None where it is blank or none (`form_check` tells that)."""
        return form_parse.read_day(self.text(cell), self.on)

    def money(self, cell: str) -> Decimal | None:
        """Return the amount of a cell; None where it is blank or none."""
        return form_parse.read_money(self.text(cell))

    def marked(self, cells: tuple[str, ...]) -> list[str]:
        """Return which of the mark cells are marked."""
        return [cell for cell in cells if cell and self.text(cell)]

    def chosen(self, choice: str, box: str = "") -> str:
        """Return what the mark of a choice says on the wire, blank where there is not one mark.

        `box` comes before the names of cells that several boxes have ("3" and "11a" have a sex).
        """
        before = f"{box}." if box else ""
        names = {f"{before}{cell}": cell for cell in cells_of(choice, self.on)}
        found = self.marked(tuple(names))
        return value_of(choice, names[found[0]], self.on) if len(found) == 1 else ""

    def yes(self, box: str) -> bool:
        """Say whether a box of yes and no is marked yes."""
        return bool(self.text(f"{box}.yes"))

    def address(self, street: str, city: str, state: str, zip_code: str) -> Address | None:
        """Return the address in four cells; None where all are blank."""
        told = tuple(self.text(cell) for cell in (street, city, state, zip_code))
        if not any(told):
            return None
        return Address(told[0], told[1], told[2].upper(), told[3].replace("-", ""))

    def party(self, box: str) -> tuple[str, Address | None]:
        """Return name and address in the cells `box`.1 to .3, None where there is no address."""
        name, street, town = (self.text(f"{box}.{at}") for at in (1, 2, 3))
        city, state, zip_code = form_parse.read_town(town)
        there = Address(street, city, state, zip_code) if street or town else None
        return name, there

    def person(self, name: str, born: str, sex: str, address: Address | None) -> Person:
        """Return the person whose name, day of birth and sex (M, F, U) are given."""
        return Person(
            form_parse.read_last_first(name),
            form_parse.read_day(born, self.on),
            "F" if sex == "F" else "M" if sex == "M" else "U" if sex == "U" else None,
            address,
        )


def other_ids(qualifier: str, text: str) -> tuple[OtherId, ...]:
    """Return the identifier as the one of its owner, none where it is blank."""
    return (OtherId(qualifier, text),) if text else ()


def unnamed(npi: str, ids: tuple[OtherId, ...] = ()) -> Provider:
    """Return a provider of whom the form tells only numbers."""
    return Provider(form_parse.read_first_last(""), npi=npi, other_ids=ids)
