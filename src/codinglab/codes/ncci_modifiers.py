"""Modifiers that may open a procedure-to-procedure edit of indicator 1, by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from codinglab.codes.release import (
    CodeRow,
    NotInTable,
    Release,
    in_force,
    kept,
    releases,
    row_on,
    rows_on,
)

SET, TABLE = "ncci_modifiers", "modifiers.csv"
Kind = Literal["anatomic", "global", "distinct", "other"]
Site = Literal["digit", "eyelid", "coronary artery"]


class OpeningModifier(CodeRow):
    """A modifier and what it tells: the part of the body, the global package, or distinctness."""

    kind: Kind
    source: str


class SiteRow(CodeRow):
    """An anatomic modifier: the kind of `site` it names, and the side of the body or blank."""

    site: Site
    side: Literal["left", "right", ""] = ""
    source: str


class ServiceSiteRow(CodeRow):
    """A service that is done at a coronary artery, or at neither digit nor eyelid."""

    site: Literal["coronary artery", "neither digit nor eyelid"]
    source: str


def sites(day: date, folder: Path | None = None) -> Mapping[str, SiteRow]:
    """Return the modifiers that name a digit, an eyelid or a coronary artery, in force on `day`.

    Raises NotInForce where there is no list for the day.
    """
    return _sites(in_force(SET, day, folder), day)


@lru_cache(maxsize=64)
def _sites(release: Release, day: date) -> Mapping[str, SiteRow]:
    return MappingProxyType({one.code: one for one in rows_on(release, "sites.csv", SiteRow, day)})


class SurgeonsRow(CodeRow):
    """Who may share an operation, by the fee schedule: two surgeons (62), a team (66).

    2 allows it (for a team: by report), 1 asks for documents that show the need, 0 and 9 do not
    pay it.
    """

    co_surgeons: str
    team: str
    source: str


def surgeons(code: str, day: date, folder: Path | None = None) -> SurgeonsRow | None:
    """Return who may share the operation `code` on `day`, None where that is not known here.

    A fee schedule that the site imported for the day comes before the starter facts. `folder`
    holds the code sets. Raises NotInForce where the lab holds neither.
    """
    from codinglab.codes.importers.physician import RelativeValueRow

    try:
        for span, release in releases("pprrvu", folder).rows:
            if day in span:
                row = row_on(release, "values.csv", RelativeValueRow, code, day)
                source = f"CMS PPRRVU {release.info.release}, imported"
                shared = {"co_surgeons": row.co_surgeons, "team": row.team, "source": source}
                return SurgeonsRow(code=code, label="", **shared)
        return row_on(in_force(SET, day, folder), "surgeons.csv", SurgeonsRow, code, day)
    except NotInTable:
        return None


def services_at(
    site: Literal["coronary artery", "neither digit nor eyelid"],
    day: date,
    folder: Path | None = None,
) -> frozenset[str]:
    """Return the starter codes that are done at `site`; raises NotInForce without a list."""
    return _services(in_force(SET, day, folder), day, site)


@lru_cache(maxsize=64)
def _services(release: Release, day: date, site: str) -> frozenset[str]:
    found = rows_on(release, "services.csv", ServiceSiteRow, day)
    return frozenset(one.code for one in found if one.site == site)


@kept(1024)
def opening_modifiers(day: date, folder: Path | None = None) -> Mapping[str, Kind]:
    """Return the NCCI-associated modifiers in force on `day`, each with what it tells.

    `folder` holds the code sets. Raises NotInForce where there is no list for the day.
    """
    return _by_code(in_force(SET, day, folder), day)


@lru_cache(maxsize=64)
def _by_code(release: Release, day: date) -> Mapping[str, Kind]:
    found = rows_on(release, TABLE, OpeningModifier, day)
    return MappingProxyType({one.code: one.kind for one in found})
