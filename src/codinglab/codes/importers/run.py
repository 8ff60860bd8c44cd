"""Import an official file as one release of a code set: all of it, or nothing at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from codinglab.codes.importers import kinds, spans, write
from codinglab.codes.importers.files import Progress, Text, head, texts
from codinglab.codes.importers.headed import HEAD_LINES
from codinglab.codes.importers.kind import Kind
from codinglab.codes.release import ReleaseInfo, digest, forget, imported_folder, read_release
from codinglab.core.dates import Span
from codinglab.core.tables import BadData

REJECTED_SHARE = 100
"""One row in so many may be rejected; beyond that the file is not what it should be."""


class LicenceNotAccepted(BadData):
    """The file holds text under somebody's licence, and the user has not said to have one."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: the release as stored, and what became of the rows.

    `already_there` says that the same files had been imported before and nothing was done.
    """

    info: ReleaseInfo
    folder: Path
    already_there: bool
    tally: write.Tally

    def as_json(self) -> dict[str, Any]:
        """Return the JSON form with stable keys."""
        info, tally = self.info, self.tally
        return {
            "set": info.set,
            "release": info.release,
            "effective_from": info.effective_from.isoformat(),
            "effective_to": info.effective_to.isoformat() if info.effective_to else None,
            "licence": info.licence,
            "folder": str(self.folder),
            "already_there": self.already_there,
            "files": dict(info.sources),
            "rows": dict(info.rows),
            "rows_read": tally.read,
            "rows_kept": tally.kept.total(),
            "rows_rejected": tally.rejections,
            "left_out": dict(tally.left_out),
            "rejected": [one.as_json() for one in tally.rejected],
        }


def run(  # noqa: PLR0913  the options of the command
    kind_name: str,
    paths: Path | Sequence[Path],
    release: str,
    target: Path | None = None,
    *,
    start: date | None = None,
    end: date | None = None,
    accept_licence: bool = False,
    partial: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import `paths` (text, gzip or zip) as the `release` of the code set `kind_name`.

    `target` is the folder of code sets, the user's by default. The days are `start` until before
    `end`, or what the release's name says. `partial` keeps the good rows of a file that is too
    short or has too many bad rows. `progress` is called with bytes done and bytes in all.

    Raises LicenceNotAccepted, and BadData, naming file, line and remedy; then nothing changed.
    """
    kind, home = kinds.kind(kind_name), target or imported_folder()
    spans.check_name(release)
    span = spans.span_of(release, kind, start, end)
    if kind.needs_acceptance and not accept_licence:
        raise LicenceNotAccepted(
            f"{kind.title}: {kind.licence}. If you or your site hold the licence, say so with "
            "--accept-licence; nothing was imported"
        )
    given = (paths,) if isinstance(paths, Path) else tuple(paths)
    files = _recognised(kind, given, span)
    sources = _hashes(given)
    if known := _already_there(kind, home / kind.name / release, sources):
        return known
    _check_overlaps(home / kind.name, release, span)
    info = ReleaseInfo(
        set=kind.name,
        release=release,
        effective_from=span.start,
        effective_to=span.end,
        clock=kind.clock,
        source=f"{kind.title}, imported from {', '.join(sources)}",
        licence=kind.licence,
        synthetic=False,
        sources=sources,
    )

    def fill(folder: Path) -> write.Tally:
        tally = write.write(kind, files, folder, progress)
        if not partial:
            _check_whole(kind, files, tally)
            if kind.check_days:
                kind.check_days(folder, span)
        return tally

    return _store(info, home / kind.name / release, fill)


def _recognised(kind: Kind, paths: tuple[Path, ...], span: Span) -> tuple[Text, ...]:
    """Return the texts in `paths` that are of this kind; raises BadData when that is unclear."""
    found: list[Text] = []
    for path in paths:
        if kind.not_named and re.search(kind.not_named, path.name, re.IGNORECASE):
            raise BadData(f"{path}: by its name this is not {kind.title}; choose the other kind")
        within = texts(path)
        fitting = [one for one in within if kind.recognise(head(one, kind.encoding, HEAD_LINES))]
        if not fitting:
            raise BadData(f"{path}: is not {kind.title}; that is {kind.layout}{_other(within)}")
        found += fitting
    if len(found) > 1 and not kind.several_files:
        raise BadData(
            f"{', '.join(one.label for one in found)}: {kind.name} is one file; give the one that "
            "you mean, taken out of its zip file"
        )
    for one in found:
        spans.check_year(kind, span, one.label, head(one, kind.encoding, HEAD_LINES))
    return tuple(found)


def _other(within: tuple[Text, ...]) -> str:
    """Return which kind would recognise the file instead, as the end of an error text."""
    for other in kinds.KINDS:  # the most particular first
        for one in within:
            if other.recognise(head(one, other.encoding, HEAD_LINES)):
                return f"; {one.label} looks like {other.name}"
    return ""


def _hashes(paths: tuple[Path, ...]) -> dict[str, str]:
    names = [path.name for path in paths]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadData(f"{', '.join(twice)}: given twice; give each file once")
    return {path.name: digest(path) for path in paths}


def _already_there(kind: Kind, folder: Path, sources: dict[str, str]) -> ImportReport | None:
    """Return a report when `folder` was made from the same files; raises BadData when others."""
    if not folder.exists():
        return None
    info = read_release(folder).info
    if sorted(info.sources.values()) == sorted(sources.values()):
        return ImportReport(info, folder, already_there=True, tally=write.Tally())
    raise BadData(
        f"{folder}: {kind.name} {info.release} is already there, from other files "
        f"({', '.join(info.sources)}); remove it first (codinglab codes forget {kind.name} "
        f"{info.release}), or choose another --release"
    )


def _check_overlaps(home: Path, release: str, span: Span) -> None:
    for file in sorted(home.glob("*/release.yml")):
        other = read_release(file.parent).info.span
        before = span.end is not None and span.end <= other.start
        after = other.end is not None and other.end <= span.start
        if not (before or after):
            raise BadData(
                f"{home.name} {release} ({span}) overlaps {file.parent.name} ({other}); give "
                f"other days with --from and --to, or remove that one: codinglab codes forget "
                f"{home.name} {file.parent.name}"
            )


def _store(info: ReleaseInfo, folder: Path, fill: Callable[[Path], write.Tally]) -> ImportReport:
    """Let `fill` write the tables beside `folder`, and put them there in one step at the end."""
    home = folder.parents[1]
    home.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".importing-", dir=home))
    try:
        tally = fill(scratch)
        tables = {file.name: digest(file) for file in sorted(scratch.glob("*.csv"))}
        info = info.model_copy(update={"tables": tables, "rows": dict(tally.kept)})
        _write_release(info, scratch / "release.yml")
        scratch.chmod(0o755)
        folder.parent.mkdir(exist_ok=True)
        os.replace(scratch, folder)  # noqa: PTH105  the one step that makes it visible
    except OSError as error:
        raise BadData(
            f"{folder}: cannot be written ({error.strerror}); make room, mend the folder's rights, "
            "or wait for another import to end; nothing was imported"
        ) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    forget()
    return ImportReport(info, folder, already_there=False, tally=tally)


def _write_release(info: ReleaseInfo, file: Path) -> None:
    import yaml

    said = info.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100)
    file.write_text(text, encoding="utf-8")


def _check_whole(kind: Kind, files: tuple[Text, ...], tally: write.Tally) -> None:
    """Raise BadData when too many rows are bad, or too few are there."""
    names = ", ".join(one.label for one in files)
    if tally.rejections * REJECTED_SHARE > tally.read:
        shown = "\n".join(str(one) for one in tally.rejected[:10])
        raise BadData(
            f"{shown}\n{names}: {tally.rejections} of {tally.read} rows cannot be read; correct "
            "the file, or keep its good rows with --partial; nothing was imported"
        )
    if tally.kept.total() < kind.fewest:
        raise BadData(
            f"{names}: has {tally.kept.total():,} rows, and {kind.title} has {kind.fewest:,} or "
            "more; download it again, or keep what is there with --partial; nothing was imported"
        )
