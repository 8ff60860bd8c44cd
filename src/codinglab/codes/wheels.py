"""Files that an installed wheel carries, found through its own record: nothing is imported."""

from __future__ import annotations

from pathlib import Path

from codinglab.codes.release import digest
from codinglab.core.places import DataMissing
from codinglab.core.tables import BadData


def wheel_file(distribution: str, name: str, expected: str) -> Path:
    """Return the file called `name` of the installed `distribution`.

    `expected` is its SHA-256 in hexadecimal. Raises DataMissing when the wheel or the file is not
    there, BadData when it is another file.
    """
    from importlib import metadata

    try:
        wheel = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        raise DataMissing(f"{distribution} is not installed; reinstall codinglab") from None
    for file in wheel.files or ():
        path = Path(str(wheel.locate_file(file)))
        if file.name == name and path.is_file():
            if digest(path) != expected:
                raise BadData(f"{path}: not the file that release.yml names; reinstall codinglab")
            return path
    raise DataMissing(
        f"{distribution} {wheel.version} has no {name}; install the version codinglab asks for"
    )
