"""The examples of rules on whole claims: lesson for a trainee, and test for us, one file a rule."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from codinglab.claim.model import Claim
from codinglab.claim.scrub_catalog import find_claim_edit
from codinglab.claim.scrub_rule import Sent
from codinglab.core.places import data_folder
from codinglab.core.tables import BadData, Row, parse_yaml, read_text, read_yaml

_FOLDER = "claim_edits"


class ExampleRow(Row):
    """One example: what of the base claim is `set` otherwise, by path ("lines.0.units").

    `drop` are paths taken out. `batch` are the accounts and changes of earlier claims of the batch.
    `on` is the day of sending. `finds` are the places of the rule's findings, in its order.
    """

    name: str
    why: str = ""
    base: str = ""
    on: date | None = None
    set: dict[str, Any] = Field(default_factory=dict)
    drop: tuple[str, ...] = ()
    batch: tuple[dict[str, Any], ...] = ()
    finds: tuple[str, ...] = ()


class ExampleFile(Row):
    """The fields of curriculum/claim_edits/<id>.yml.

    `lesson` says in plain words why the rule is there and what breaking it costs. `base` names a
    claim of curriculum/claim_edits/bases, of which each example states only what differs. `passes`
    find nothing and `fails` find something.
    """

    rule: str
    lesson: str = Field(min_length=40)
    base: str
    on: date = date(2026, 3, 16)
    passes: tuple[ExampleRow, ...] = Field(min_length=1)
    fails: tuple[ExampleRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ClaimExample:
    """An example of a rule: its kind (passes, fails), the claim with its batch, and its places."""

    rule: str
    kind: str
    name: str
    why: str
    sent: Sent
    day: date
    finds: tuple[str, ...]

    def __str__(self) -> str:
        """Return rule and name, as a test is called."""
        return f"{self.rule}: {self.name}"

    def found(self) -> tuple[str, ...]:
        """Return the places where the rule finds something; raises NotInForce as it does."""
        return tuple(one.place for one in find_claim_edit(self.rule)(self.sent, self.day))


def example_names() -> tuple[str, ...]:
    """Return the ids of all rules that have a file, sorted."""
    return tuple(sorted(one.stem for one in (data_folder("curriculum") / _FOLDER).glob("*.yml")))


@lru_cache(maxsize=256)
def example_file(name: str) -> ExampleFile:
    """Return the lesson and examples of the rule `name`; raises BadData naming file and field."""
    path = data_folder("curriculum") / _FOLDER / f"{name}.yml"
    found = read_yaml(path, ExampleFile)
    if found.rule != name:
        raise BadData(f"{path}: is of the rule {found.rule}; make name and rule agree")
    return found


@lru_cache(maxsize=64)
def _base(name: str) -> dict[str, Any]:
    path = data_folder("curriculum") / _FOLDER / "bases" / f"{name}.yml"
    found = parse_yaml(read_text(path), str(path))
    if not isinstance(found, dict):
        raise BadData(f"{path}: write the fields of a claim")
    return found


def base_claim(name: str) -> Claim:
    """Return the claim of curriculum/claim_edits/bases; raises BadData naming what is wrong."""
    return _claim(_base(name), f"curriculum/claim_edits/bases/{name}.yml")


def examples(name: str) -> tuple[ClaimExample, ...]:
    """Return the examples of the rule `name`; raises BadData naming file, example and field."""
    file = example_file(name)
    return tuple(
        _example(file, kind, one)
        for kind, rows in (("passes", file.passes), ("fails", file.fails))
        for one in rows
    )


def _example(file: ExampleFile, kind: str, one: ExampleRow) -> ClaimExample:
    place = f"curriculum/claim_edits/{file.rule}.yml, {one.name}"
    plain = _changed(_base(one.base or file.base), one.set, one.drop, place)
    claim = _claim(plain, place)
    earlier = tuple(_claim(_changed(plain, each, (), place), place) for each in one.batch)
    sent = Sent(claim, (*earlier, claim))
    return ClaimExample(file.rule, kind, one.name, one.why, sent, one.on or file.on, one.finds)


def _changed(
    base: dict[str, Any], new: dict[str, Any], drop: tuple[str, ...], place: str
) -> dict[str, Any]:
    claim = deepcopy(base)
    for path, value in new.items():
        holder, key = _holder(claim, path, place)
        if isinstance(holder, list) and key == len(holder):
            holder.append(deepcopy(value))
        else:
            holder[key] = deepcopy(value)
    for path in drop:
        holder, key = _holder(claim, path, place)
        del holder[key]
    return claim


def _holder(claim: dict[str, Any], path: str, place: str) -> tuple[Any, Any]:
    """Return what holds the last step of `path`, and that step."""
    holder: Any = claim
    steps: list[Any] = [int(one) if one.isdecimal() else one for one in path.split(".")]
    for step in steps[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            raise BadData(f"{place}: the base claim has no {step!r} in {path!r}") from None
    return holder, steps[-1]


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Claim]:
    return TypeAdapter(Claim)


def _claim(plain: dict[str, Any], place: str) -> Claim:
    try:
        claim = _adapter().validate_python(plain)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise BadData(f"{place}: {told}") from None
    if unknown := _unknown(plain, claim):
        raise BadData(f"{place}: a claim has no field {unknown}")
    return claim


def _unknown(plain: Any, value: Any) -> str:
    """Return the first key of `plain` that is no field of what it was made to; blank if none."""
    if isinstance(plain, list):
        pairs = zip(plain, value, strict=True) if isinstance(value, tuple) else ()
        return next((found for one, made in pairs if (found := _unknown(one, made))), "")
    if not isinstance(plain, dict) or not is_dataclass(value):
        return ""
    known = {one.name for one in fields(value)}
    for key, one in plain.items():
        if key not in known:
            return str(key)
        if found := _unknown(one, getattr(value, key)):
            return f"{key}.{found}"
    return ""
