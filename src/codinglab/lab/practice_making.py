"""The button that simulates a practice's year once, with a bar, into the user's data folder."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ipywidgets as w

from codinglab.accounts.practice import MONTHS
from codinglab.accounts.practice_file import practice_folder, read_practice
from codinglab.accounts.practice_planted import PlantedFile
from codinglab.accounts.practice_run import make
from codinglab.core.places import user_data_folder

_LONGEST = 31  # days of a month, for the bar


def kept_file(practice: str, seed: int, planted: Path | None = None) -> Path:
    """Return where the year of a practice lies in the user's data folder.

    Another seed, or another text of the practice or of what is planted, is another file.
    """
    folder = practice_folder(practice)
    texts = (folder / "practice.yml", planted or folder / "planted.yml")
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in texts)).hexdigest()[:8]
    return user_data_folder() / "practices" / f"{practice}-{seed}-{digest}.db"


class Making:
    """A button, a bar, and what they do: the year is in `file` whole, or not at all."""

    def __init__(
        self, file: Path, practice: str, seed: int, planted: PlantedFile, then: Callable[[], None]
    ) -> None:
        """Keep what is made and `then`, which is called once it is there."""
        self._file, self._practice, self._seed, self._planted = file, practice, seed, planted
        self._then = then
        name = read_practice(practice_folder(practice) / "practice.yml").name
        self._said = w.HTML(
            f"{html.escape(name)}: some 20,000 visits of a year, made up. To make them takes about "
            "a minute and a half; afterwards they are here whenever this notebook is opened."
        )
        self._button = w.Button(
            description="Simulate the year", button_style="primary", layout=w.Layout(width="18em")
        )
        self._bar = w.IntProgress(max=MONTHS * _LONGEST, layout=w.Layout(visibility="hidden"))
        self._button.on_click(lambda _: self.run())
        self.view = w.VBox([self._said, self._button, self._bar])

    def run(self) -> None:
        """Simulate the year; where it is stopped, say so and keep nothing."""
        self._button.disabled = True
        self._bar.layout.visibility = "visible"
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            make(
                self._file,
                self._seed,
                practice=self._practice,
                planted=self._planted,
                progress=self._over,
            )
        except KeyboardInterrupt:
            self._said.value = "Stopped; nothing was kept. The button begins again."
            return
        finally:
            self._button.disabled = False
        self._then()

    def _over(self, day: date) -> None:
        self._bar.value = (day.month - 1) * _LONGEST + day.day
        self._bar.description = f"{day:%B}"
