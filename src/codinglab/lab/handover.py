"""Hand work in and collect it as a ZIP file, which works on every system and by mail.

The file holds the assignment's folder and `submission.json`: who, what, when, and a hash of each
file. Collecting puts it where nbgrader puts its own submissions.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from codinglab.core.findings import Finding, Severity
from codinglab.core.tables import BadData, Row, check

MANIFEST = "submission.json"
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f UTC"  # as nbgrader writes timestamp.txt
_LARGEST = 20_000_000  # bytes of one submission, unpacked
_LEFT_OUT = frozenset({".ipynb_checkpoints", "__pycache__", ".codinglab", "feedback"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")


class Manifest(Row):
    """What submission.json says."""

    trainee: str
    assignment: str
    timestamp: datetime
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Handover:
    """A submission packed or collected: who, what, when (UTC), and the file or folder it is in."""

    trainee: str
    assignment: str
    timestamp: datetime
    path: Path

    def as_json(self) -> dict[str, str]:
        """Return the stable JSON form."""
        return {
            "trainee": self.trainee,
            "assignment": self.assignment,
            "timestamp": self.timestamp.strftime(TIME_FORMAT),
            "path": str(self.path),
        }


def _checked_name(what: str, name: str) -> str:
    """Return `name`; raises BadData when it could not be a folder's name on every system."""
    if _NAME.fullmatch(name) is None:
        raise BadData(f"{what} {name!r}: use 1 to 64 letters, digits, dots, hyphens, @ or _")
    return name


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and not _LEFT_OUT & set(path.relative_to(folder).parts)
    )


def pack(folder: Path, target: Path, trainee: str, now: datetime) -> Handover:
    """Pack the assignment in `folder` into the ZIP `target`, handed in by `trainee` at `now`.

    Raises BadData when the folder holds no notebook of its own name, or the target exists.
    """
    folder = folder.resolve()
    assignment = _checked_name("assignment", folder.name)
    _checked_name("trainee", trainee)
    if not (folder / f"{assignment}.ipynb").is_file():
        raise BadData(f"{folder} holds no {assignment}.ipynb; name the folder of one assignment")
    if target.exists():
        raise BadData(f"{target} is there already; choose another name, so that nothing is lost")
    content = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    manifest = {
        "trainee": trainee,
        "assignment": assignment,
        "timestamp": now.astimezone(UTC).isoformat(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in content.items()},
    }
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        for name, data in content.items():
            packed.writestr(f"{assignment}/{name}", data)
    return Handover(trainee, assignment, now.astimezone(UTC), target.resolve())


def _unpacked(file: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Return the manifest and files of a ZIP; raises BadData for anything unsound in it."""
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(one.file_size for one in packed.infolist()) > _LARGEST:
                raise BadData(f"{file}: over {_LARGEST} bytes unpacked; send the assignment alone")
            content = {one: packed.read(one) for one in packed.namelist() if not one.endswith("/")}
    except FileNotFoundError:
        raise BadData(f"{file}: there is no such file") from None
    except (zipfile.BadZipFile, OSError) as error:
        raise BadData(f"{file}: not readable as a ZIP file: {error}") from None
    if MANIFEST not in content:
        raise BadData(f"{file}: holds no {MANIFEST}; make it with codinglab submit --to")
    try:
        said = json.loads(content.pop(MANIFEST))
    except ValueError as error:
        raise BadData(f"{file}, {MANIFEST}: not readable as JSON: {error}") from None
    manifest = check(Manifest, said, f"{file}, {MANIFEST}")
    _checked_name(f"{file}: trainee", manifest.trainee)
    prefix = f"{_checked_name(f'{file}: assignment', manifest.assignment)}/"
    return manifest, {name.removeprefix(prefix): data for name, data in content.items()}


def _sound(file: Path, manifest: Manifest, content: dict[str, bytes]) -> None:
    """Raise BadData when the files are not just those of the manifest, or lead out of a folder."""
    if set(content) != set(manifest.files):
        odd = ", ".join(sorted(set(content) ^ set(manifest.files)))
        raise BadData(f"{file}: its files are not those it lists: {odd}; ask for it again")
    for name, data in content.items():
        if name.startswith("/") or ".." in Path(name).parts or "\\" in name or ":" in name:
            raise BadData(f"{file}: {name!r} leads out of the assignment's folder; refused")
        if hashlib.sha256(data).hexdigest() != manifest.files[name]:
            raise BadData(f"{file}: {name} is damaged (its hash differs); ask for it again")


def collect(file: Path, course: Path) -> tuple[Handover, tuple[Finding, ...]]:
    """Put the submission in the ZIP `file` into `course`, as a newer one of the same trainee.

    An older or equal one changes nothing and is a finding. Raises BadData, and changes nothing,
    for a file that is damaged or unsound.
    """
    manifest, content = _unpacked(file)
    _sound(file, manifest, content)
    target = course / "submitted" / manifest.trainee / manifest.assignment
    moment = manifest.timestamp.astimezone(UTC)
    done = Handover(manifest.trainee, manifest.assignment, moment, target)
    earlier = _collected_at(target)
    if earlier is not None and earlier >= moment:
        message = f"{file}: {manifest.trainee}'s work of {earlier:%Y-%m-%d %H:%M} is there already."
        remedy = "The newer one is kept."
        finding = Finding("collect.older", manifest.trainee, message, remedy, Severity.WARNING)
        return done, (finding,)
    _put(target, content, moment)
    return done, ()


def _collected_at(target: Path) -> datetime | None:
    stamp = target / "timestamp.txt"
    if not stamp.is_file():
        return None
    text = stamp.read_text(encoding="utf-8").strip().removesuffix(" UTC")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _put(target: Path, content: dict[str, bytes], moment: datetime) -> None:
    """Write a submission's folder in full, then swap it in, so that it is never half there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".collecting-", dir=target.parent))
    stamps = {
        "timestamp.txt": moment.strftime(TIME_FORMAT).encode(),
        "submission_secret.txt": secrets.token_hex(64).encode(),  # release_feedback asks for it
    }
    for name, data in {**content, **stamps}.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=".replaced-", dir=target.parent))
        target.replace(old / target.name)
        fresh.replace(target)
        shutil.rmtree(old)
    else:
        fresh.replace(target)
