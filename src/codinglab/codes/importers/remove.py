"""Take an imported release of a code set out of the user's data folder again."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from codinglab.codes.release import Release, forget, imported_folder, read_release
from codinglab.core.tables import BadData


def imported(name: str, release: str, home: Path | None = None) -> Release:
    """Return the imported `release` of the set `name` (hyphens or underscores).

    `home` is the folder of imported code sets, the user's by default. Raises BadData, naming
    those that were imported, when it is not one of them.
    """
    found = sorted((home or imported_folder()).glob("*/*/release.yml"))
    plain = name.strip().lower().replace("-", "_")
    for file in found:
        if (file.parents[1].name, file.parent.name) == (plain, release.strip()):
            return read_release(file.parent)
    known = ", ".join(f"{file.parents[1].name} {file.parent.name}" for file in found)
    raise BadData(
        f"{name} {release} was not imported; imported are: {known or 'none'}. What came with the "
        "installation stays"
    )


def remove(release: Release) -> None:
    """Remove the folder of `release`, all of it at once; raises BadData when that cannot be."""
    folder = release.folder
    try:
        scratch = Path(tempfile.mkdtemp(prefix=".removing-", dir=folder.parents[1]))
        os.replace(folder, scratch / folder.name)  # noqa: PTH105  the one step that takes it away
    except OSError as error:
        raise BadData(
            f"{folder}: cannot be removed ({error.strerror}); mend the folder's rights, or close "
            "what has a file of it open"
        ) from None
    shutil.rmtree(scratch, ignore_errors=True)
    if not any(folder.parent.iterdir()):
        folder.parent.rmdir()
    forget()
