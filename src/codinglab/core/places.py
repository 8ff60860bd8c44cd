"""Where data lives: a checkout, an installed wheel, the user's cache, the instructor's keys."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
GRADERS_VARIABLE = "CODINGLAB_GRADERS"
CACHE_VARIABLE = "CODINGLAB_CACHE"
DATA_VARIABLE = "CODINGLAB_DATA"


class DataMissing(FileNotFoundError):
    """A folder or file of the installation is not where it should be."""


def in_checkout() -> bool:
    """Say whether the package runs from a source checkout rather than from a wheel."""
    return (_CHECKOUT / "pyproject.toml").is_file() and (_CHECKOUT / "curriculum").is_dir()


def data_folder(name: str) -> Path:
    """Return the folder `name` ("code_sets", "curriculum") of a checkout or of the wheel.

    Raises DataMissing when neither has it.
    """
    return _data_folder(_CHECKOUT, _PACKAGE, name)


@lru_cache(maxsize=16)
def _data_folder(checkout: Path, package: Path, name: str) -> Path:
    """Return the folder `name`, looked for once: every look-up of a code asks for one."""
    folder = (checkout if in_checkout() else package / "_data") / name
    if not folder.is_dir():
        msg = f"{folder} is missing; reinstall codinglab, or run from a complete checkout"
        raise DataMissing(msg)
    return folder


def checkout() -> Path:
    """Return the root of the source checkout; raises DataMissing outside one."""
    if in_checkout():
        return _CHECKOUT
    msg = "this command works on the project's own files; run it from a source checkout"
    raise DataMissing(msg)


def graders_folder() -> Path | None:
    """Return the folder that holds the keys of graded families, or None where there is none.

    The variable CODINGLAB_GRADERS names it; set but empty, it says "no graded keys here", as in
    a trainee's lab. Unset, a checkout's own graders/ is used.
    """
    named = os.environ.get(GRADERS_VARIABLE)
    if named is not None:
        if not named:
            return None
        folder = Path(named).expanduser()
        if not folder.is_dir():
            msg = f"{GRADERS_VARIABLE} names {folder}, which is not a folder; correct or unset it"
            raise DataMissing(msg)
        return folder
    return _CHECKOUT / "graders" if in_checkout() else None


def key_file(slug: str, use: str) -> Path | None:
    """Return the key file of the case `slug`, or None when this installation may not see it.

    `use` is "practice" or "graded". Practice keys come with the product; graded keys lie in the
    instructor's folder only.
    """
    root = data_folder("graders") if use == "practice" else graders_folder()
    file = root / "keys" / use / f"{slug}.yml" if root else None
    return file if file and file.is_file() else None


def cache_folder() -> Path:
    """Return (and make) the folder for compiled tables: CODINGLAB_CACHE or the user's cache."""
    named = os.environ.get(CACHE_VARIABLE)
    folder = Path(named).expanduser() if named else Path(platformdirs.user_cache_dir("codinglab"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def user_data_folder() -> Path:
    """Return the folder for what the user imports: CODINGLAB_DATA or the user's data folder.

    It is not made here, since most users import nothing.
    """
    named = os.environ.get(DATA_VARIABLE)
    return Path(named).expanduser() if named else _user_data()


@lru_cache(maxsize=1)
def _user_data() -> Path:
    return Path(platformdirs.user_data_dir("codinglab"))
