"""Rules on burns and corrosions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from codinglab.codes.icd10cm import key_of
from codinglab.core.findings import Finding
from codinglab.edits.listed import because, is_listed, leads, listed
from codinglab.edits.rule import edit
from codinglab.edits.trait import guideline_lists
from codinglab.encounter.coded import CodedEncounter, Diagnosis

_DEGREES = ("burn-first-degree", "burn-second-degree", "burn-third-degree")


def _degree(one: Diagnosis, day: date) -> int:
    """Return the degree of a burn or corrosion: 1, 2 or 3; 0 where its code tells none."""
    return next((n for n, name in enumerate(_DEGREES, 1) if is_listed(one.code, name, day)), 0)


def _site(one: Diagnosis) -> tuple[str, str]:
    """Return the region, and the site and side within it, without the degree."""
    key = key_of(one.code)
    return key[:3], key[4:6]


@edit(
    "burn.extent",
    "combination",
    source="ICD-10-CM tabular list, notes at T31 and T32; guidelines I.C.19.d.6",
    on=guideline_lists("burn-extent"),
)
def extent_after_site(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """The extent of a burn follows its site.

    T31 and T32 tell how much of the body surface is burned. They stand first only where no site
    is known, and add to the codes of T20 to T25 otherwise.
    """
    first = leads(encounter, "burn-extent", day)
    sites = listed(encounter, "burn-site", day)
    if first and sites:
        yield Finding(
            "burn.extent",
            first.place,
            f"{first.code} is the extent and stands before the site {sites[0].code}.",
            f"Put {sites[0].code} first.",
            cite=because("burn-extent", first.code, day),
        )


@edit(
    "burn.degree-first",
    "combination",
    source="ICD-10-CM guidelines I.C.19.d.1: sequencing of burn and related condition codes",
    on=guideline_lists("burn-site"),
)
def degree_first(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """Of several burns the one of the highest degree comes first.

    The deepest burn decides the treatment and, in a hospital, the group of the stay. Burns of one
    site are not several: they are coded by the highest degree alone.
    """
    burns = [one for one in listed(encounter, "burn-site", day) if _degree(one, day)]
    for one in burns[1:]:
        if _degree(one, day) > _degree(burns[0], day) and _site(one) != _site(burns[0]):
            yield Finding(
                "burn.degree-first",
                one.place,
                f"{one.code} is of a higher degree than {burns[0].code}, which stands before it.",
                f"Put {one.code} before {burns[0].code}.",
                cite=because(_DEGREES[_degree(one, day) - 1], one.code, day),
            )


@edit(
    "burn.same-site",
    "combination",
    source="ICD-10-CM guidelines I.C.19.d.2: burns of the same anatomic site",
    on=guideline_lists("burn-site"),
)
def one_degree_a_site(encounter: CodedEncounter, day: date) -> Iterator[Finding]:
    """One site on one side has one degree, the highest.

    Burns of different degrees at the same anatomic site and side are one code, that of the
    highest degree.
    """
    burns = [one for one in listed(encounter, "burn-site", day) if _degree(one, day)]
    for one in burns:
        deeper = [
            other
            for other in burns
            if _site(other) == _site(one) and _degree(other, day) > _degree(one, day)
        ]
        for other in deeper[:1]:
            yield Finding(
                "burn.same-site",
                one.place,
                f"{one.code} and {other.code} are of one site, in two degrees.",
                f"Keep {other.code} alone.",
                cite=because(_DEGREES[_degree(one, day) - 1], one.code, day),
            )


EDITS = (extent_after_site, degree_first, one_degree_a_site)
