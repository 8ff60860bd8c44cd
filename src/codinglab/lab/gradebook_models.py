"""nbgrader's own SQLAlchemy models, without its applications.

Importing `nbgrader.api` imports the package first, and that imports nbgrader's server extensions,
applications, exchange, nbconvert and jsonschema: 4.7 CPU seconds for models that need none of
them. So the same file is loaded under a package name of its own, where `import nbgrader` elsewhere
in the process neither sees nor disturbs it: 0.6 CPU seconds.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import lru_cache
from types import ModuleType

_ALONE = "_codinglab_nbgrader"


@lru_cache(maxsize=1)
def models() -> ModuleType:
    """Return nbgrader's `api` module; raises ModuleNotFoundError where nbgrader is missing."""
    return sys.modules.get("nbgrader.api") or _load_alone()


def _load_alone() -> ModuleType:
    spec = importlib.util.find_spec("nbgrader")  # finds the package without importing it
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("nbgrader is not installed; install codinglab again")
    package = ModuleType(_ALONE)
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules[_ALONE] = package
    # The models use nothing of these two, which cost most of the time.
    _stand_in(package, "utils")
    _stand_in(package, "auth").__dict__["Authenticator"] = object
    return importlib.import_module(f"{_ALONE}.api")


def _stand_in(package: ModuleType, name: str) -> ModuleType:
    """Put an empty module in the place of the package's module `name`."""
    empty = ModuleType(f"{_ALONE}.{name}")
    sys.modules[empty.__name__] = empty
    setattr(package, name, empty)
    return empty
