"""`codinglab practice`: simulate a practice's year, read its key figures, compare contracts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import AsJson, finish

if TYPE_CHECKING:
    from collections.abc import Callable

    from codinglab.accounts.kpi import Facts, Kpi

app = typer.Typer(
    name="practice",
    help="Simulate a practice's year from a seed, and read its key figures.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Books = Annotated[Path, typer.Argument(help="The file of a simulated practice.")]


def _bad_data(message: str) -> Exception:
    """Return the error that is told in one line; its module is heavy, so it is read when needed."""
    from codinglab.core.tables import BadData

    return BadData(message)


@app.command()
def simulate(  # noqa: PLR0913, PLR0917  one a flag
    seed: Annotated[int, typer.Option(help="The same seed makes the same year.")],
    into: Annotated[Path, typer.Option(help="The file (SQLite) to make; it must not exist.")],
    months: Annotated[int, typer.Option(help="How many months, 1 to 12.")] = 12,
    practice: Annotated[str, typer.Option(help="Which practice.")] = "harbor",
    planted: Annotated[
        Path | None,
        typer.Option(help="Problems to plant (YAML), not the practice's own: see docs/kpi.md."),
    ] = None,
    nothing_planted: Annotated[
        bool, typer.Option("--nothing-planted", help="Plant no problem at all.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Simulate a practice: visits, claims, decisions, 835s, postings, denials, payments.

    The books and what happened are written into one file. JSON: {"into", "practice", "seed",
    "first", "last", "visits", "sendings", "decided_lines", "denials_worked"}.
    """
    from codinglab.accounts.practice_file import practice_folder, read_practice
    from codinglab.accounts.practice_run import free, make, problems

    if nothing_planted and planted:
        raise _bad_data("--planted and --nothing-planted exclude each other; give one of them")
    made = read_practice(practice_folder(practice) / "practice.yml")
    plant = problems(practice, planted, nothing=nothing_planted)
    free(into)
    try:
        with _progress(made.first, months, quiet=as_json) as told:
            done = make(into, seed, practice=practice, planted=plant, months=months, progress=told)
    except KeyboardInterrupt:
        typer.echo("codinglab: stopped; nothing was written", err=True)
        raise
    history = done.history
    value = {
        "into": str(into),
        "practice": practice,
        "seed": seed,
        "first": str(done.period.first),
        "last": str(done.period.last),
        "visits": len(history.visits),
        "sendings": len(history.sent),
        "decided_lines": len(history.decided),
        "denials_worked": len(history.worked),
    }
    text = (
        f"{made.name}, {done.period.first} to {done.period.last}, seed {seed}: "
        f"{len(history.visits):,} visits, {len(history.sent):,} claims sent, "
        f"{len(history.decided):,} lines decided, {len(history.worked):,} denials worked.\n"
        f"Written to {into}; look at it by: codinglab practice kpi {into}"
    )
    finish(value, as_json=as_json, text=lambda: text)


@contextmanager
def _progress(first: date, months: int, *, quiet: bool) -> Iterator[Callable[[date], None] | None]:
    """Show a bar on a terminal, and nothing for JSON or where standard error is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        following = first.month - 1 + months  # months since January of the first year
        after = date(first.year + following // 12, following % 12 + 1, 1)
        task = bar.add_task("Simulating", total=(after - first).days)
        yield lambda day: bar.update(
            task, completed=(day - first).days + 1, description=f"{day:%B %Y}"
        )


@app.command()
def kpi(
    books: _Books,
    month: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m"], help="One month (2026-05); all of it if left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the key figures of a practice, with what they are made of, and its denials and aging.

    Leaves with 1 where a figure misses its target. JSON: {"first", "last", "kpis": [{"id", "name",
    "unit", "value", "target", "better", "meets", "formula", "parts"}], "denials": [{"cause",
    "claims", "dollars", "rate"}], "aging": [{"payer", "bucket", "amount"}], "source"}.
    """
    from codinglab.accounts.kpi import gather, kpis
    from codinglab.accounts.kpi_books import Period
    from codinglab.accounts.practice_store import kept
    from codinglab.accounts.store import Store

    if not books.is_file():
        raise _bad_data(f"{books}: there is no such file; make it by codinglab practice simulate")
    url = f"sqlite:///{books}"
    done = kept(url)
    period = done.period
    if month is not None:
        found = [one for one in period.months() if one.first == month.date()]
        if not found:
            raise _bad_data(
                f"--month {month:%Y-%m}: the file covers {period.first} to {period.last}"
            )
        period = Period(found[0].first, found[0].last)
    with Store(url) as store:
        facts = gather(store, done.history, period)
    figures = kpis(facts)
    finish(
        _json(facts, figures),
        as_json=as_json,
        text=lambda: _text(facts, figures),
        findings=any(one.meets is False for one in figures),
    )


def _json(facts: Facts, figures: tuple[Kpi, ...]) -> dict[str, Any]:
    from codinglab.accounts.kpi import denials_by_cause
    from codinglab.accounts.kpi_books import aging

    return {
        "first": str(facts.period.first),
        "last": str(facts.period.last),
        "kpis": [
            {
                "id": one.definition.id,
                "name": one.definition.name,
                "unit": one.definition.unit,
                "value": None if one.value is None else str(one.value),
                "target": None if one.definition.target is None else str(one.definition.target),
                "better": one.definition.better,
                "meets": one.meets,
                "formula": one.definition.formula,
                "parts": {name: str(amount) for name, amount in one.parts},
            }
            for one in figures
        ],
        "denials": [
            {"cause": cause, "claims": claims, "dollars": str(dollars), "rate": str(rate)}
            for cause, (claims, dollars, rate) in denials_by_cause(facts).items()
        ],
        "aging": [
            {"payer": payer or "patient", "bucket": bucket, "amount": str(amount)}
            for (payer, bucket), amount in sorted(aging(facts.owed, facts.period.last).items())
        ],
        "source": facts.rules.source,
    }


def _text(facts: Facts, figures: tuple[Kpi, ...]) -> str:
    from codinglab.accounts.kpi_text import as_text

    return as_text(facts, figures)


@app.command()
def compare(
    panel: Annotated[
        Path | None, typer.Option(help="The patients to compare on (YAML); the lab's own if not.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare fee for service with shared savings, capitation and a quality bonus on one panel.

    JSON: {"panel", "year", "source", "models": [{"model", "income", "cost", "left", "one_visit",
    "steps": [{"what", "how", "amount", "source"}]}]}.
    """
    from codinglab.accounts.value_based import compare as compared
    from codinglab.accounts.value_based_file import read_panel
    from codinglab.accounts.value_based_frames import as_text

    read = read_panel(panel)
    found = compared(read)
    value = {
        "panel": read.name,
        "year": read.year,
        "source": read.source,
        "models": [
            {
                "model": one.model,
                "income": str(one.income.amount),
                "cost": str(one.cost),
                "left": str(one.left),
                "one_visit": str(one.one_visit),
                "steps": [step.as_json() for step in one.income.steps],
            }
            for one in found
        ],
    }
    finish(value, as_json=as_json, text=lambda: f"{read.name} ({read.source})\n{as_text(found)}")


@app.command()
def judge(
    answers: Annotated[Path, typer.Argument(help="What somebody found (YAML): see docs/kpi.md.")],
    practice: Annotated[str, typer.Option(help="Which practice.")] = "harbor",
    planted: Annotated[
        Path | None, typer.Option(help="What was planted (YAML); the practice's own if left out.")
    ] = None,
    key: Annotated[
        bool, typer.Option("--key", help="Tell every problem, and where it shows.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Judge what somebody found wrong with a simulated practice by what was planted.

    Leaves with 1 where a problem was not found. JSON: {"found", "problems", "told": [lines]}.
    """
    from codinglab.accounts.practice_answers import found, read_answers, told
    from codinglab.accounts.practice_run import problems

    plant = problems(practice, planted)
    given = read_answers(answers, practice).answers
    right, lines = found(plant, given), list(told(plant, given, key=key))
    finish(
        {"found": right, "problems": len(plant.problems), "told": lines},
        as_json=as_json,
        text=lambda: "\n".join(lines),
        findings=right < len(plant.problems),
    )
