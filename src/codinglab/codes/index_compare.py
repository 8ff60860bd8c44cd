"""Compare our own index with the published one, path by path: an oracle, not a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from codinglab.codes.index_rows import SEPARATOR, TermRow, fold, names

ORACLES = {
    "diseases": ("icd10cm_index", "ICD10CM_2025_Index.csv.gz"),
    "external causes": ("icd10cm_external_index", "icd10cm_eindex_2025.xml.gz"),
    "neoplasms.csv": ("icd10cm_neoplasms", "icd10cm_neoplasm_2025.xml.gz"),
    "drugs.csv": ("icd10cm_drugs", "icd10cm_drug_2025.xml.gz"),
}
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A path whose codes differ: ours and theirs, without dashes, "" where there is none."""

    path: str
    ours: Key
    theirs: Key


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of our paths carry the same code, what differs, and what cannot be compared.

    `lacking` counts our paths that theirs has not, `bare` those that carry no code there.
    """

    same: int
    differs: tuple[Difference, ...]
    lacking: int
    bare: int


def published_rows(name: str, folder: Path) -> list[TermRow]:
    """Return the rows of the published index `name` (of ORACLES); none where `folder` lacks it."""
    from codinglab.codes.importers.files import lines, texts
    from codinglab.codes.importers.kind import Good
    from codinglab.codes.importers.kinds import kind

    wanted, file = ORACLES[name]
    if not (folder / file).is_file():
        return []
    one = kind(wanted)
    model = one.tables["terms.csv"]
    rows = [
        model.model_validate({key: value for key, value in found.values.items() if value})
        for found in one.read(lines(texts(folder / file)[0], one.encoding))
        if isinstance(found, Good)
    ]
    typed = [row for row in rows if isinstance(row, TermRow)]
    if name == "neoplasms.csv":  # there all sites hang below the one term "Neoplasm"
        return [
            row.model_copy(update={"path": row.path.partition(SEPARATOR)[2]}) for row in typed[1:]
        ]
    return typed


def _keys(path: str) -> Iterator[Key]:
    main, *rest = path.split(SEPARATOR)
    for name in names(main):
        yield (name, *map(fold, rest))


def _by_path(rows: Sequence[TermRow]) -> dict[Key, TermRow]:
    """Return each row under every name of its main term; the whole label wins."""
    found: dict[Key, TermRow] = {}
    for short in (False, True):
        for row in rows:
            for key in list(_keys(row.path))[1:] if short else list(_keys(row.path))[:1]:
                found.setdefault(key, row)
    return found


def _stems(row: TermRow, cells: Sequence[str]) -> Key:
    """Return the codes of `row` without dashes, or those of its `cells`."""
    written = [getattr(row, name) for name in cells] if cells else [row.code]
    return tuple(code.rstrip("-").rstrip(".") for code in written)


def compare(
    ours: Sequence[TermRow], theirs: Sequence[TermRow], cells: Sequence[str] = ()
) -> Comparison:
    """Return how the codes of `ours` differ from `theirs`; of `cells` those that both fill."""
    published = _by_path(theirs)
    same = lacking = bare = 0
    differs: list[Difference] = []
    for row in ours:
        mine = _stems(row, cells)
        if not any(mine):
            continue
        found = next((published[key] for key in _keys(row.path) if key in published), None)
        their = _stems(found, cells) if found else ()
        if found is None:
            lacking += 1
        elif not any(their):
            bare += 1
        elif all(a == b for a, b in zip(mine, their, strict=True) if a and b):
            same += 1
        else:
            differs.append(Difference(row.path, mine, their))
    return Comparison(same, tuple(differs), lacking, bare)
