"""Check our own alphabetic index, file by file, and compare it with the published one.

    .venv/bin/python scripts/check_index.py [FILE ...] [--sort] [--hashes] [--quiet]

Without FILE all files of the release are checked. --sort first puts the siblings in order;
--hashes restates the SHA-256 of the tables in release.yml. Where the published index of 2025 lies
beside the checkout, our codes are compared with it: it is an oracle, not a source. Leaves with 1
when something is wrong; warnings and differences alone leave with 0.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from codinglab.codes.icd10cm import Icd10cm, open_table
from codinglab.codes.index_check import BOOKS, Problem, Text, check_text, read_lenient
from codinglab.codes.index_compare import compare, published_rows
from codinglab.codes.index_rows import TermRow, fold, order_key
from codinglab.codes.index_tables import TABLES, check_table, read_table
from codinglab.codes.index_tree import Tree
from codinglab.codes.release import digest

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "code_sets" / "alphabetic_index" / "2026-04"
SHARED = ROOT.parent / "shared" / "data" / "icd10cm"
DAY = date(2026, 4, 2)


def book_of(name: str) -> str:
    """Return the book that the text file `name` belongs to."""
    return next(book for book, files in BOOKS.items() if name in files)


def book_texts(folder: Path, book: str) -> list[Text]:
    """Return the text files of `book` that are there, numbered through."""
    found: list[Text] = []
    for name in BOOKS[book]:
        if (folder / name).is_file():
            found.append(read_lenient(folder / name, 1 + sum(len(one.lines) for one in found)))
    return found


def table_paths(folder: Path) -> dict[str, frozenset[str]]:
    """Return the folded paths of each table that is there."""
    found = {}
    for name in TABLES:
        if (folder / name).is_file():
            rows, _ = read_table(folder / name)
            found[name] = frozenset(" > ".join(map(fold, row.path.split(" > "))) for _, row in rows)
    return found


def across(files: Sequence[Text]) -> Iterator[Problem]:
    """Yield the main terms that stand in two files."""
    seen: dict[str, str] = {}
    for one in files:
        for each in one.lines:
            if not each.row.level and seen.setdefault(fold(each.row.label), one.name) != one.name:
                place = f"{one.name}, line {each.line}"
                yield Problem(f"{place}: {each.row.label!r} stands in another file too; join them")


def check_one(path: Path, table: Icd10cm) -> list[Problem]:
    """Return the problems of one file, read together with the files beside it."""
    if path.name in TABLES:
        return check_table(path, table)
    book = BOOKS[book_of(path.name)]
    files = book_texts(path.parent, book_of(path.name))
    here = {one.name for one in files}
    absent = "".join(letters for name, letters in book.items() if name not in here)
    tree = Tree.of(each.row for one in files for each in one.lines)
    this = next(one for one in files if one.name == path.name)
    found = check_text(this, table, tree, table_paths(path.parent), absent)
    return found + [one for one in across(files) if one.text.startswith(path.name)]


def sort_file(path: Path) -> None:
    """Put siblings in order, remarks with the term below them; leave faulty files as they are."""
    if read_lenient(path).faults:
        print(f"{path.name}: not sorted, since some lines are no terms; correct those first")
        return
    blocks: list[tuple[int, list[str]]] = []
    pending: list[str] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        pending.append(raw)
        if raw.strip() and not raw.lstrip().startswith("#"):
            blocks.append(((len(raw) - len(raw.lstrip())) // 2, pending))
            pending = []
    head: list[str] = []
    if blocks:  # remarks that open the file stay there, up to the last blank line among them
        first = blocks[0][1]
        blank = max((at for at, raw in enumerate(first) if not raw.strip()), default=-1)
        head, blocks[0] = first[: blank + 1], (0, first[blank + 1 :])
    out = [raw for _, part in _sorted(blocks, 0) for raw in part]
    path.write_text("\n".join([*head, *out, *pending]) + "\n", encoding="utf-8")


def _sorted(blocks: list[tuple[int, list[str]]], level: int) -> list[tuple[int, list[str]]]:
    groups: list[list[tuple[int, list[str]]]] = []
    for one in blocks:
        if one[0] <= level or not groups:
            groups.append([])
        groups[-1].append(one)
    groups.sort(key=lambda group: order_key(_label(group[0][1][-1])))
    return [
        one
        for group in groups
        for one in (group[0], *(_sorted(group[1:], level + 1) if group[1:] else ()))
    ]


def _label(raw: str) -> str:
    return re.sub(r"\([^()]*\)", " ", raw.split("|", maxsplit=1)[0])


def show_comparison(
    name: str, ours: Sequence[TermRow], cells: Sequence[str], *, quiet: bool
) -> None:
    """Print how our codes differ from the published ones, and the counts."""
    theirs = published_rows(name, SHARED)
    if not theirs:
        print(f"{name}: no published index beside the checkout; not compared")
        return
    found = compare(ours, theirs, cells)
    for one in () if quiet else found.differs:
        shown = [" ".join(code or "(none)" for code in each) for each in (one.ours, one.theirs)]
        print(f"differs: {one.path}: ours {shown[0]}, theirs {shown[1]}")
    print(
        f"{name}: same {found.same}, differs {len(found.differs)}, path not in theirs "
        f"{found.lacking}, theirs without a code {found.bare}"
    )


def restate() -> None:
    """Write the SHA-256 of every table that is there into release.yml."""
    file = HOME / "release.yml"
    kept = file.read_text(encoding="utf-8").partition("tables:")[0]
    wanted = [*(name for book in BOOKS.values() for name in book), *TABLES]
    tables = [f"  {name}: {digest(HOME / name)}" for name in wanted if (HOME / name).is_file()]
    text = "tables:\n" + "\n".join(tables) if tables else "tables: {}"
    file.write_text(f"{kept}{text}\n", encoding="utf-8")


def report(path: Path, table: Icd10cm, *, quiet: bool) -> bool:
    """Print what is wrong with one file; say whether anything is."""
    found = check_one(path, table)
    for one in found:
        if not (quiet and one.warning):
            print(f"{'warning' if one.warning else 'error'}: {one.text}")
    if path.name in TABLES:
        rows = [row for _, row in read_table(path)[0]]
        show_comparison(path.name, rows, TABLES[path.name][1], quiet=quiet)
    else:
        rows = [each.row for each in read_lenient(path).lines]
        show_comparison(book_of(path.name), rows, (), quiet=quiet)
    errors = sum(not one.warning for one in found)
    mains = sum(not row.level for row in rows)
    print(f"{path.name}: {mains} main terms, {len(rows)} rows, {errors} errors\n")
    return bool(errors)


def main() -> None:
    """Check the files named, or all that are there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sort", action="store_true", help="first put siblings in order")
    parser.add_argument("--hashes", action="store_true", help="restate hashes in release.yml")
    parser.add_argument("--quiet", action="store_true", help="no warnings, no single differences")
    asked = parser.parse_args()
    known = [*(name for book in BOOKS.values() for name in book), *TABLES]
    files = asked.files or [HOME / name for name in known if (HOME / name).is_file()]
    if wrong := [str(one) for one in files if one.name not in known or not one.is_file()]:
        parser.error(f"{', '.join(wrong)}: not there, or not one of {', '.join(known)}")
    if asked.sort:
        for one in files:
            if one.suffix == ".txt":
                sort_file(one)
    table = open_table(DAY)
    bad = [report(one, table, quiet=asked.quiet) for one in files]
    if asked.hashes:
        restate()
    sys.exit(any(bad))


if __name__ == "__main__":
    main()
