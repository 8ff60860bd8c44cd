"""The reference answers of the course's cases make claims."""

import re
from typing import Any

import pytest
from made_files import built, values

from codinglab.course.case import load, slugs
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.course.variants import all_variants

PROFESSIONAL = [slug for slug in slugs() if load(slug).file.setting == "professional"]
ASKED = {"urgent-care-laceration": ["claim.accident"], "emergency-ankle": ["claim.facility"]}
VARIANTS = 5


def claim_file(slug: str, number: int) -> dict[str, Any]:
    """Return a claim file of the variant's answer, each service for 100.00."""
    case = load(slug)
    text = worksheet(reference(slug, number))
    file = values("office visit") | {
        "on": case.day.isoformat(),
        "worksheet": text,
        "place_of_service": case.file.place_of_service,
        "charges": dict.fromkeys(re.findall(r"^line (\w{5})", text, re.MULTILINE), "100.00"),
    }
    if case.file.payer != "Medicare":
        file["coverages"][0] |= {"filing": "CI"}
    return file


@pytest.mark.parametrize("slug", PROFESSIONAL)
def test_the_reference_answer_of_a_case_makes_a_claim(slug: str) -> None:
    for variant in all_variants(slug)[:VARIANTS]:
        made = built(claim_file(slug, variant.number))
        assert made.claim is not None
        assert [one.id for one in made.findings] == ASKED.get(slug, [])
        assert made.claim.total == sum(100 * one.units for one in made.claim.lines)
