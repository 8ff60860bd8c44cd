"""Checked files at the border: YAML and CSV in, pydantic models out, errors with file and row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)


class BadData(ValueError):
    """A data file is wrong; the message names the file, the place and what to do."""


class Row(BaseModel):
    """Base of every model read from a file: frozen, and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _say(place: str, error: ValidationError) -> BadData:
    lines = []
    problems = error.errors()
    for problem in problems:
        if problem["type"] == "too_short" and _echoes(problem["loc"], problems):
            continue  # pydantic counts an item with a fault as none
        where = ".".join(str(step) for step in problem["loc"]) or "the whole entry"
        lines.append(f"{place}: {where}: {problem['msg']} (found {problem['input']!r:.80})")
    return BadData("\n".join(lines))


def _echoes(place: tuple[int | str, ...], problems: Sequence[ErrorDetails]) -> bool:
    """Say whether a fault lies deeper within `place`."""
    deep = len(place)
    return any(len(one["loc"]) > deep and one["loc"][:deep] == place for one in problems)


def check(model: type[M], value: Any, place: str) -> M:
    """Return `value` checked as `model`; raises BadData naming `place` and each wrong field."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise _say(place, error) from None


def read_text(path: Path) -> str:
    """Return the UTF-8 text of `path`; raises BadData when missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        msg = f"{path}: there is no such file"
        raise BadData(msg) from None
    except UnicodeDecodeError as error:
        msg = f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        raise BadData(msg) from None


def parse_yaml(text: str, place: str) -> Any:
    """Return the YAML `text` as plain values, every scalar a string ("00100" stays "00100").

    Raises BadData naming `place` and the line when the text is not YAML or repeats a key.
    """
    import yaml

    class Strings(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
        """A loader without implicit types, which refuses repeated keys."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML's own shape

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            keys = [self.construct_object(key, deep=True) for key, _ in node.value]
            twice = {str(key) for key in keys if keys.count(key) > 1}
            if twice:
                msg = f"key {', '.join(sorted(twice))} stands twice"
                raise yaml.constructor.ConstructorError(None, None, msg, node.start_mark)
            return dict(super().construct_mapping(node, deep=deep))

    try:
        return yaml.load(text, Loader=Strings)  # noqa: S506  a subclass of SafeLoader
    except yaml.YAMLError as error:
        msg = f"{place}: not readable as YAML: {error}"
        raise BadData(msg) from None


def read_yaml(path: Path, model: type[M]) -> M:
    """Return the YAML file `path` checked as `model`; raises BadData naming file and field."""
    told = parse_yaml(read_text(path), str(path))
    if told is None:
        raise BadData(f"{path}: the file is empty; write its fields, or name another file")
    return check(model, told, str(path))


def _read_rows(rows: csv.DictReader[str], path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows; raises BadData for quotes that cannot be read, and for a repeated column."""
    try:
        columns = list(rows.fieldnames or ())
        if twice := sorted({name for name in columns if columns.count(name) > 1}):
            msg = f"{path}, line 1: column {', '.join(twice)} stands twice; rename one"
            raise BadData(msg)
        yield from rows
    except csv.Error as error:
        msg = f"{path}, line {rows.line_num + 1}: not readable as CSV: {error}; check the quotes"
        raise BadData(msg) from None


def read_csv(path: Path, model: type[M]) -> Iterator[M]:
    """Yield each row of the CSV file `path` checked as `model`, blank fields left out.

    The first line names the columns. Raises BadData naming file, line and column.
    """
    rows = csv.DictReader(io.StringIO(read_text(path)), strict=True)
    for row in _read_rows(rows, path):
        place = f"{path}, line {rows.line_num}"
        if None in row or None in row.values():
            msg = f"{place}: has not as many fields as the header; quote fields that hold commas"
            raise BadData(msg)
        yield check(model, {name: value for name, value in row.items() if value}, place)
