"""From a file, a text or a case's worksheet to the encounter that is reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from codinglab.core.tables import BadData, check, parse_yaml, read_yaml
from codinglab.course.encounter_file import (
    EncounterFile,
    ReadEncounter,
    payer_named,
    read_encounter,
)
from codinglab.course.review_terms import PricesRow
from codinglab.course.variants import Variant, variant
from codinglab.course.worksheet import first_line, parse
from codinglab.edits.review import AT_WORK
from codinglab.encounter.circumstances import SETTINGS, Circumstances

_ENCOUNTER = re.compile(r"^worksheet\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a worksheet beside its text: case and variant, or day, setting and payer."""

    case: str | None = None
    variant: int | None = None
    on: date | None = None
    setting: str | None = None
    payer: str | None = None


def read_prices(path: Path) -> PricesRow:
    """Return what decides the payment, from the YAML file `path`; raises BadData naming field."""
    return read_yaml(path, PricesRow)


def read(text: str, place: str, about: About, prices: PricesRow | None = None) -> ReadEncounter:
    """Return the encounter that `text` tells.

    `text` is an encounter file, or a worksheet of which `about` says the rest; `place` names it in
    errors. `prices` takes the place of what the file says. Raises BadData.
    """
    if not _ENCOUNTER.search(text):
        return _worksheet(text, place, about, prices or PricesRow())
    if about != About():
        raise BadData(f"{place} is an encounter file: it says its own day, setting and payer")
    found = read_encounter(check(EncounterFile, parse_yaml(text, place), place))
    return found if prices is None else replace(found, prices=prices)


def _worksheet(text: str, place: str, about: About, prices: PricesRow) -> ReadEncounter:
    first, _, rest = text.partition("\n")
    slug, number = about.case, about.variant
    if named := first_line(first):
        slug, number, text = slug or named[0], number or named[1], rest
    if slug is None:
        return _stated(text, place, about, prices)
    if number is None:
        raise BadData(f"{place}: say which variant of {slug} this is (--variant)")
    return of_case(variant(slug, number), text, prices)


def of_case(one: Variant, text: str, prices: PricesRow) -> ReadEncounter:
    """Return the worksheet `text` (without its first line) of a variant.

    Of graded work only what a claim could not be read with may be said before it is marked.
    """
    file, sheet = one.case.file, parse(text)
    coded = replace(sheet.coded, about=file.circumstances)
    where = prices.place_of_service or file.place_of_service
    priced = prices.model_copy(update={"place_of_service": where})
    families = AT_WORK if file.use == "graded" else None
    risk = file.risk.asked() if file.risk else None
    return ReadEncounter(coded, one.case.day, sheet.findings, text, priced, families, risk)


def _stated(text: str, place: str, about: About, prices: PricesRow) -> ReadEncounter:
    setting = next((one for one in SETTINGS if one == about.setting), None)
    if about.on is None or setting is None or about.payer is None:
        raise BadData(
            f"{place} is a worksheet: say the case and variant that it answers, or the day, the "
            f"setting ({', '.join(SETTINGS)}) and the payer; or write an encounter file"
        )
    sheet = parse(text)
    coded = replace(sheet.coded, about=Circumstances(setting, payer_named(about.payer)))
    return ReadEncounter(coded, about.on, sheet.findings, text, prices)
