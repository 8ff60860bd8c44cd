"""A simulated class: trainees who know more or less, and err the way trainees do."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from codinglab.course import answers
from codinglab.course.mark import reference
from codinglab.course.solution import worksheet
from codinglab.grading.items import Expected, ExpectedItem, Status
from codinglab.lab.desk import JOURNAL


@dataclass(frozen=True, slots=True)
class Trainee:
    """A simulated trainee; `skill` is the chance, 0 to 1, of getting one element right."""

    id: str
    skill: float


def trainees(count: int, seed: int) -> tuple[Trainee, ...]:
    """Return `count` trainees whose skills spread as a class's do; the same for the same seed."""
    chance = random.Random(f"demo class {seed}")  # noqa: S311  a simulation, not a secret
    width = max(2, len(str(count)))
    return tuple(
        Trainee(f"trainee{number:0{width}}", min(1.0, max(0.2, chance.gauss(0.7, 0.17))))
        for number in range(1, count + 1)
    )


def answer(trainee: Trainee, slug: str, variant: int) -> str:
    """Return the worksheet that `trainee` writes for a variant: right but for their errors."""
    chance = random.Random(f"{trainee.id}/{slug}/{variant}")  # noqa: S311  same
    wanted = reference(slug, variant)
    instead, dropped = _slips(wanted, trainee.skill, chance)
    lines = [
        line
        for line in worksheet(wanted, instead).splitlines()
        if not any(value in line.split()[1].split("-") for value in dropped)
    ]
    return "\n".join([*lines, *_over_codes(wanted, trainee.skill, chance)]) + "\n"


def _slips(
    wanted: Expected, skill: float, chance: random.Random
) -> tuple[dict[str, str], set[str]]:
    """Return near misses written instead of the right value, and values forgotten altogether."""
    instead: dict[str, str] = {}
    dropped: set[str] = set()
    for item in wanted.items:
        if item.status is not Status.REQUIRED or chance.random() < skill:
            continue
        if item.near and chance.random() < 0.6:  # noqa: PLR2004  more slips than omissions
            instead[item.id] = chance.choice(item.near).value
        elif item.kind == answers.DIAGNOSIS and not item.first:
            dropped.add(item.value)
    return instead, dropped


def _over_codes(wanted: Expected, skill: float, chance: random.Random) -> list[str]:
    tempting = [one for one in wanted.items if one.status is Status.FORBIDDEN]
    taken = [one for one in tempting if chance.random() > skill + (1 - skill) / 2]
    return [_statement(one) for one in taken]


def _statement(item: ExpectedItem) -> str:
    verb, rest = ("dx", "") if item.kind == answers.DIAGNOSIS else ("line", " x1 dx A")
    return f"{verb} {item.value}{rest}"


def work(
    trainee: Trainee, notebook: Path, cases: Sequence[tuple[str, int]], start: datetime
) -> None:
    """Fill the answer cells of a fetched `notebook`, and write the journal of the work."""
    book: dict[str, Any] = json.loads(notebook.read_text(encoding="utf-8"))
    chance = random.Random(f"{trainee.id}/time")  # noqa: S311  same
    events, moment = [], start
    for slug, variant in cases:
        events.append({"at": moment.isoformat(), "slug": slug, "event": "opened"})
        text = answer(trainee, slug, variant)
        for _line in text.splitlines():
            moment += timedelta(seconds=chance.randint(20, 150))
            events.append({"at": moment.isoformat(), "slug": slug, "event": "edited"})
        _fill(book, slug, text)
    notebook.write_text(json.dumps(book, indent=1) + "\n", encoding="utf-8")
    lines = "".join(json.dumps(event) + "\n" for event in events)
    (notebook.parent / JOURNAL).write_text(lines, encoding="utf-8")


def _fill(book: dict[str, Any], slug: str, text: str) -> None:
    for cell in book["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"{slug}-answer":
            cell["source"] = f"%%worksheet {slug}\n{text}"
