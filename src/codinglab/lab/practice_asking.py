"""What is wrong with a practice: answers that are kept as they are given, and their judgement."""

from __future__ import annotations

import html
import json
from pathlib import Path

import ipywidgets as w

from codinglab.accounts.practice import MONTHS
from codinglab.accounts.practice_answers import (
    KINDS,
    Answer,
    AnswersFile,
    in_words,
    read_answers,
    told,
)
from codinglab.accounts.practice_file import PracticeFile
from codinglab.accounts.practice_planted import PlantedFile
from codinglab.claim.scrub_terms import all_terms
from codinglab.lab.practice_looking import WIDE, WRAPPED

_MIDDLE = 15  # a month is meant, and no day of it is far from its middle


class Asking:
    """Four choices for each answer, the answers so far, and a button that judges them."""

    def __init__(
        self, file: Path, name: str, about: PracticeFile, planted: PlantedFile | None
    ) -> None:
        """Show what `file` keeps of the answers about the practice `name`.

        Where nobody here knows what was `planted`, the file is what is handed in. Raises BadData
        where the file was damaged.
        """
        self._file, self._name, self._planted = file, name, planted
        self.kind = _choice("Problem", [(words, kind) for kind, words in KINDS.items()])
        names = all_terms()
        payers = [(f"{one}, {names[one].name}", one) for one in about.payers]
        self.payer = _choice("Payer", [("any payer", ""), *payers])
        people = (*(one.name for one in about.providers), *about.coders, *about.registrars)
        self.who = _choice("Person", [("nobody alone", ""), *((one, one) for one in people)])
        months = [about.first.replace(month=one, day=_MIDDLE) for one in range(1, MONTHS + 1)]
        self.since = _choice("Since", [(f"{day:%B %Y}", day) for day in months])
        self.add = w.Button(description="Add this answer", layout=w.Layout(width="18em"))
        self.add.on_click(lambda _: self._keep((*self.answers, self._chosen())))
        self.given, self.judged = w.VBox(), w.HTML()
        self.view = w.VBox(
            [
                w.HTML("<h3>What is wrong with this practice?</h3>"),
                w.HBox([self.kind, self.payer, self.who, self.since], layout=WRAPPED),
                self.add,
                self.given,
                *self._ends(),
            ]
        )
        self._list()

    def _ends(self) -> tuple[w.Widget, ...]:
        """Return what stands below the answers: judging them, or where they are to hand in."""
        if (planted := self._planted) is None:
            said = f"What you answer is kept in {self._file}: hand that file in."
            return (w.HTML(html.escape(said)),)

        def judge(*, key: bool) -> None:
            shown = (html.escape(line) for line in told(planted, self.answers, key=key))
            self.judged.value = "<br>".join(one.replace("    ", "&emsp;") for one in shown)

        check = w.Button(description="Check my answers", button_style="primary", layout=WIDE)
        check.on_click(lambda _: judge(key=False))
        key = w.Button(description="Show what was planted", layout=WIDE)
        key.on_click(lambda _: judge(key=True))
        return w.HBox([check, key], layout=WRAPPED), self.judged

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers so far; raises BadData where their file was damaged."""
        return read_answers(self._file, self._name).answers if self._file.is_file() else ()

    def _chosen(self) -> Answer:
        return Answer(
            kind=self.kind.value,
            since=self.since.value,
            payer=self.payer.value,
            who=self.who.value,
        )

    def _keep(self, answers: tuple[Answer, ...]) -> None:
        """Write the answers, the same one once: the file is the old one or the new one."""
        unique = tuple(dict.fromkeys(answers))
        kept = AnswersFile(practice=self._name, answers=unique).model_dump(mode="json")
        unfinished = self._file.with_suffix(".part")
        unfinished.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        unfinished.replace(self._file)
        self.judged.value = ""
        self._list()

    def _list(self) -> None:
        self.given.children = tuple(self._row(one) for one in self.answers)

    def _row(self, answer: Answer) -> w.HBox:
        words = in_words(answer.claimed)
        drop = w.Button(description="Remove", tooltip=f"Remove: {words}")
        drop.on_click(lambda _: self._keep(tuple(x for x in self.answers if x != answer)))
        return w.HBox([drop, w.Label(words)])


def _choice(name: str, options: list[tuple[str, object]]) -> w.Dropdown:
    return w.Dropdown(options=options, description=name, layout=WIDE)
