"""The site's own dated rules on patients' balances: the files of curriculum/accounts/patient.

Each file is a list of rules with the day from which they hold, for one site where they differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar, cast

from pydantic import Field, RootModel, model_validator

from codinglab.core.dates import Dated, Span
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, check, parse_yaml, read_text

Site = Literal["practice", "tax-exempt hospital"]
"""Section 501(r) binds hospitals that are tax-exempt under 501(c)(3), and nobody else."""


class Rules(Row):
    """What every set of rules says of itself."""

    effective_from: date
    source: str
    site: Site | None = None


class Practice(Rules):
    """Who writes to the patient, and how a patient may pay, ask for help, or object."""

    name: str
    address: tuple[str, ...]
    phone: str
    hours: str
    pay: tuple[str, ...] = Field(min_length=1)
    plan: str
    assistance: str
    question: str


class Words(Rules):
    """Why a patient owes something, by group and CARC; the sentence begins with the dollars."""

    reasons: dict[str, str]
    with_notice: str
    otherwise: str
    alone: str
    moved: str
    interest: str


class SmallBalance(Row):
    """A balance of at most `limit` dollars is written off after so many bills."""

    limit: Decimal = Field(ge=0)
    after_notices: int = Field(ge=1)
    write_off: str


class Collections(Rules):
    """How a balance is collected; days count from the bill or letter before.

    `notices` are the messages of the bills in their order, `placed` the reason of the write-off
    when an agency takes over.
    """

    site: Site
    cycle_days: int = Field(ge=1)
    notices: tuple[str, ...] = Field(min_length=1)
    letter_days: int = Field(ge=1)
    agency_days: int = Field(ge=1)
    small_balance: SmallBalance
    placed: str


class Plans(Rules):
    """Which payment plans may be agreed, in dollars; `finance_charge` where none is told."""

    least_instalment: Decimal = Field(gt=0)
    most_instalments: int = Field(ge=1)
    grace_days: int = Field(ge=0)
    default_after_missed: int = Field(ge=1)
    finance_charge: Decimal = Field(ge=0)


class Tier(Row):
    """Up to `to_percent` of the poverty guideline the part `forgiven` (0 to 1) is forgiven."""

    to_percent: Decimal = Field(gt=0)
    forgiven: Decimal = Field(gt=0, le=1)


class AssistanceRules(Rules):
    """What is forgiven by income; `billed_generally` is AGB as a share of gross charges."""

    site: Site
    tiers: tuple[Tier, ...] = Field(min_length=1)
    billed_generally: Decimal | None = Field(default=None, gt=0, lt=1)
    write_off: str

    @model_validator(mode="after")
    def _ordered(self) -> AssistanceRules:
        ends = [one.to_percent for one in self.tiers]
        if ends != sorted(set(ends)):
            raise ValueError("the tiers do not rise; order them by to_percent, each once")
        if (self.site == "tax-exempt hospital") != (self.billed_generally is not None):
            raise ValueError("a tax-exempt hospital, and nobody else, has a limit billed_generally")
        return self


class NoticeRow(Row):
    """Who owes a denied line with a modifier, why, and by which rule.

    `about` is the CARC of the denials that the notice is about, blank where it is any.
    """

    owes: Literal["patient", "provider"]
    about: str = ""
    why: str
    source: str


class Notices(Rules):
    """The modifiers that tell of a notice of noncoverage, and what holds `without` one."""

    modifiers: dict[str, NoticeRow]
    without: NoticeRow


class EstimateWords(Rules):
    """What an estimate says beside its figures; `dispute` names excess, days and fee."""

    separate: str
    more: str
    only: str
    dispute: str
    contract: str
    keep: str
    meanwhile: tuple[str, ...]


class LetterWords(Rules):
    """The last letter: `says`, then the `actions` that are meant, then what comes `after`."""

    site: Site
    title: str
    says: tuple[str, ...] = Field(min_length=1)
    actions: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _named(self) -> LetterWords:
        if (self.site == "tax-exempt hospital") != bool(self.actions):
            raise ValueError("a tax-exempt hospital, and nobody else, names the actions it means")
        return self


R = TypeVar("R", bound=Rules)


def rules_on(
    name: str, model: type[R], day: date, site: Site | None = None, folder: Path | None = None
) -> R:
    """Return the rules of the file `name` in force on `day` for `site`.

    `folder` is curriculum/accounts/patient by default. Raises NotInForce before the first rules,
    BadData naming file and field.
    """
    home = folder or data_folder("curriculum") / "accounts" / "patient"
    return cast("R", _read(home / f"{name}.yml", model, site).at(day))


@lru_cache(maxsize=32)
def _read(file: Path, model: type[R], site: Site | None) -> Dated[R]:
    rows: Sequence[R] = check(
        RootModel[tuple[model, ...]],  # type: ignore[valid-type]
        parse_yaml(read_text(file), str(file)),
        str(file),
    ).root
    own = sorted((one for one in rows if one.site == site), key=lambda one: one.effective_from)
    ends = [*(one.effective_from for one in own[1:]), None]
    try:
        spans = [(Span(one.effective_from, end), one) for one, end in zip(own, ends, strict=True)]
    except ValueError as error:
        raise BadData(f"{file}: {error}; give each rule of a site a day of its own") from None
    return Dated.of(f"{file.name}" + (f" of a {site}" if site else ""), spans)
