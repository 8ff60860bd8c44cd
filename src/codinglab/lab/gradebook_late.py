"""Penalties for late work, by the plugin a course has configured for nbgrader."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

Penalty = Callable[[str, float, float], float | None]  # (student, score, seconds late)
_NAMED = re.compile(r"^[^#\n]*\b(?:LateSubmissionPlugin|AssignLatePenalties)\b", re.MULTILINE)
CONFIG = "nbgrader_config.py"


def no_penalty(_student: str, _score: float, _seconds: float) -> float | None:
    """Return None: what nbgrader takes off when nothing is configured."""
    return None


def penalty_of(course: Path) -> Penalty:
    """Return how the course's nbgrader_config.py penalises late work.

    The plugin itself is loaded, with all of nbgrader, only where the file names one.
    """
    config = course / CONFIG
    if not config.is_file() or not _NAMED.search(config.read_text(encoding="utf-8")):
        return no_penalty
    from nbgrader.preprocessors import AssignLatePenalties
    from traitlets.config.loader import PyFileConfigLoader

    loaded = PyFileConfigLoader(CONFIG, path=str(course)).load_config()
    step = AssignLatePenalties(config=loaded)
    step.init_plugin()

    def penalty(student: str, score: float, seconds: float) -> float | None:
        found = step.plugin_inst.late_submission_penalty(student, score, seconds)
        return None if found is None else min(max(float(found), 0.0), score)

    return penalty
