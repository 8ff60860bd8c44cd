"""Check the files of our own index: codes, dashes, order, siblings and where each `see` leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from codinglab.codes.icd10cm import Icd10cm
from codinglab.codes.index_rows import fold, order_key
from codinglab.codes.index_targets import by_path, split
from codinglab.codes.index_text import Line, parse
from codinglab.codes.index_tree import Tree
from codinglab.core.tables import BadData, read_text

BOOKS = {
    "diseases": {
        "a-c.txt": "abc",
        "d-h.txt": "defgh",
        "i-o.txt": "ijklmno",
        "p-z.txt": "pqrstuvwxyz",
    },
    "external causes": {"external.txt": "abcdefghijklmnopqrstuvwxyz"},
}
TABLE_NAMES = {
    "neoplasm table": "neoplasms.csv",
    "neoplasms table": "neoplasms.csv",
    "table of neoplasms": "neoplasms.csv",
    "drug table": "drugs.csv",
    "drugs table": "drugs.csv",
    "table of drugs and chemicals": "drugs.csv",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do; a `warning` alone does not make a file wrong."""

    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A text file of the index: its terms and its faulty lines."""

    name: str
    lines: tuple[Line, ...]
    faults: tuple[BadData, ...] = ()


def read_lenient(path: Path, first: int = 1) -> Text:
    """Return the file `path`, its faulty lines apart; raises BadData when it is not there."""
    found = tuple(parse(read_text(path).splitlines(), path.name, first))
    return Text(
        path.name,
        tuple(one for one in found if isinstance(one, Line)),
        tuple(one for one in found if isinstance(one, BadData)),
    )


def code_problem(code: str, table: Icd10cm) -> str:
    """Return what is wrong with `code` by the dash rule, "" when nothing is."""
    stem = code.rstrip("-").rstrip(".")
    node = table.find(stem)
    if node is None:
        bare = stem.rstrip("X").rstrip(".")
        hint = f"write {bare}.-" if len(bare) == 3 and table.find(bare) else ""  # noqa: PLR2004
        hint = hint or (f"write {bare}-" if bare != stem and table.find(bare) else "look it up")
        return f"{code} is not in ICD-10-CM {table.info.release}; {hint}"
    if node.billable and code.endswith("-"):
        return f"{code} is billable; write {stem}"
    if not node.billable and not code.endswith("-"):
        dashed = f"{stem}-" if "." in stem else f"{stem}.-"
        return f"{code} needs more characters; write {dashed} or a full code"
    return ""


def _codes(row_codes: Iterable[str], table: Icd10cm) -> Iterator[str]:
    for code in filter(None, row_codes):
        if said := code_problem(code, table):
            yield said


def _order(lines: tuple[Line, ...], tree: Tree, name: str) -> Iterator[Problem]:
    by_number = {one.row.number: one for one in lines}
    for siblings in tree.children.values():
        for first, second in pairwise(by_number[number] for number in siblings):
            keys = order_key(first.row.label), order_key(second.row.label)
            if keys[0] > keys[1]:
                yield Problem(
                    f"{name}, line {second.line}: {second.row.label!r} stands after "
                    f"{first.row.label!r} (line {first.line}); sort by letters, with `with` and "
                    "`without` first (--sort does it)"
                )
        seen: dict[str, Line] = {}
        for one in (by_number[number] for number in siblings):
            before = seen.setdefault(fold(one.row.label), one)
            if before is not one:
                yield Problem(
                    f"{name}, line {one.line}: {one.row.label!r} stands already on line "
                    f"{before.line}; join them"
                )


def _shape(one: Line, tree: Tree, letters: str) -> Iterator[Problem]:
    row = one.row
    if not row.level and not row.label[0].isupper():
        yield Problem(f"main term {row.label!r}: begin it with a capital")
    if not row.level and fold(row.label)[0] not in letters:
        yield Problem(f"main term {row.label!r} belongs to another file; move it")
    if not (row.code or row.see or row.see_also or tree.children.get(row.number)):
        yield Problem(f"{row.path!r} leads nowhere; give it a code, a see or subterms")
    if row.code and row.see:
        yield Problem(
            f"{row.path!r} has a code and a see; write `see also` beside a code", warning=True
        )


def table_of(target: str) -> str:
    """Return the file of the table that `target` names ("neoplasm table > breast"), or ""."""
    return TABLE_NAMES.get(fold(target.split(">", maxsplit=1)[0]), "")


def _target(
    target: str, book: Tree, paths: Mapping[str, frozenset[str]], absent: str
) -> Problem | None:
    if table := table_of(target):
        path = " > ".join(map(fold, target.split(">")[1:]))
        if not path or path in paths.get(table, {path}):
            return None
        return Problem(f"see {target!r}: {table} has no such row; add it, or correct the target")
    if by_path(book, target).leads != "nothing":
        return None
    main = target.split(">", maxsplit=1)[0].strip()
    lacking = bool(fold(main)) and fold(main)[0] in absent and book.find(main) is None
    told = "main term of a file that is not there yet" if lacking else "no such term"
    return Problem(
        f"see {target!r}: {told}; name main term and subterms as they are written, parted by >",
        warning=lacking,
    )


def check_text(
    one: Text, table: Icd10cm, book: Tree, paths: Mapping[str, frozenset[str]], absent: str = ""
) -> list[Problem]:
    """Return all problems of the file `one`.

    `book` holds the terms of all files of its book, `paths` the folded paths of each table, and
    `absent` the letters of files that are not there yet.
    """
    tree = Tree.of(each.row for each in one.lines)
    letters = next(book[one.name] for book in BOOKS.values() if one.name in book)
    found = [Problem(str(fault)) for fault in one.faults]
    for each in one.lines:
        own = [Problem(said) for said in _codes((each.row.code, each.row.manifestation), table)]
        own += _shape(each, tree, letters)
        every = split(each.row.see) + split(each.row.see_also)
        own += filter(None, (_target(to, book, paths, absent) for to in every))
        place = f"{one.name}, line {each.line}"
        found += [Problem(f"{place}: {problem.text}", problem.warning) for problem in own]
    return found + list(_order(one.lines, tree, one.name))
