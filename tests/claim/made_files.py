"""The practice claim files of the curriculum as plain values, to be changed and built."""

from typing import Any

from codinglab.claim.build import Built, build
from codinglab.claim.claim_file import ClaimFile
from codinglab.core.findings import Finding
from codinglab.core.places import data_folder
from codinglab.core.tables import check, parse_yaml
from codinglab.course.worksheet import parse

FOLDER = data_folder("curriculum") / "claims"


def values(name: str) -> dict[str, Any]:
    """Return the claim file `name` ("office visit") as plain values."""
    path = FOLDER / f"{name.replace(' ', '-')}.yml"
    found: dict[str, Any] = parse_yaml(path.read_text("utf-8"), path.name)
    return found


def built(file: dict[str, Any]) -> Built:
    """Return what the plain values of a claim file make."""
    checked = check(ClaimFile, file, "made.yml")
    return build(checked, parse(checked.worksheet).coded)


def found(file: dict[str, Any]) -> list[tuple[str, str]]:
    """Return id and place of every finding."""
    return [(one.id, one.place) for one in built(file).findings]


def only(file: dict[str, Any]) -> Finding:
    """Return the one finding that the file gives; there must be no other."""
    one, *more = built(file).findings
    assert not more
    return one
