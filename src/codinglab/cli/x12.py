"""`codinglab x12`: judge X12 files, show them in plain words, and answer them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from codinglab.cli.report import COULD_NOT_RUN, FINDINGS, FINE, AsJson, finish

if TYPE_CHECKING:
    from codinglab.x12.check import Checker
    from codinglab.x12.finding import WireFinding

app = typer.Typer(
    name="x12",
    help="Read X12 files: claims (837), remittances (835), acknowledgments (999, 277CA) and more.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Files = Annotated[
    list[Path], typer.Argument(help="The X12 files; - for standard input.", show_default=False)
]
_File = Annotated[
    Path, typer.Argument(help="The X12 file; - for standard input.", show_default=False)
]
_Levels = Annotated[str, typer.Option("--snip", help="SNIP types to judge, such as 1-7, 1,2 or 3.")]
_When = Annotated[
    datetime | None, typer.Option(help="The time that the answer states; now when left out.")
]
_Control = Annotated[
    int, typer.Option(min=1, max=999_999_999, help="Control number of the answer.")
]
_Claims = Annotated[
    bool, typer.Option("--277ca", help="Answer each claim of an 837 instead, as a payer would.")
]
_STANDARD_INPUT = Path("-")
_BIG = 4_000_000
"""Bytes from which on a file takes long enough to show how far it is."""


def _parsed(text: str) -> frozenset[int]:
    """Return the SNIP types that `text` names; raises BadParameter for another text."""
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)):
            raise typer.BadParameter(f"{text!r}: write SNIP types as 1-7, 1,2 or 3")
        found |= set(range(int(first), int(last or first) + 1))
    if not found or not found <= set(range(1, 8)):
        raise typer.BadParameter(f"{text!r}: SNIP types are 1 to 7")
    return frozenset(found)


@app.command("check")
def check(files: _Files, levels: _Levels = "1-7", as_json: AsJson = False) -> None:
    """Judge X12 files: syntax, guide, balance, situations, codes, products, payers.

    Leaves with 0 when all are valid, 1 when there are findings, 2 when one is not X12. JSON:
    [{"file", "segments", "transactions", "error", "findings": [{"id", "place", "message",
    "remedy", "severity", "cite", "snip", "transaction", "position", "loop", "segment", "element",
    "value", "claim", "error"}]}].
    """
    wanted = _parsed(levels)
    told: list[dict[str, Any]] = []
    worst = FINE
    for file in files:
        one = _judged(file, wanted, as_json=as_json)
        worst = max(worst, COULD_NOT_RUN if one["error"] else FINDINGS if one["count"] else FINE)
        del one["count"]
        told.append(one)
    if as_json:
        import json

        print(json.dumps(told, indent=1, ensure_ascii=False))  # noqa: T201  output
    raise typer.Exit(worst)


def _judged(file: Path, wanted: frozenset[int], *, as_json: bool) -> dict[str, Any]:
    """Judge one file; print its findings as they come, or keep them for JSON."""
    from codinglab.claim.snip_catalog import wire_rules
    from codinglab.core.findings import Severity
    from codinglab.x12.check import Checker
    from codinglab.x12.reading import NotX12

    source = sys.stdin.buffer if file == _STANDARD_INPUT else file
    one: dict[str, Any] = {"file": str(file), "segments": 0, "transactions": 0, "error": ""}
    kept: list[dict[str, object]] = []
    count = 0
    try:
        checker = Checker(source, file.name, wire_rules())
        with _progress(file, checker) as findings:
            for finding in findings:
                if finding.snip not in wanted:
                    continue
                count += finding.severity is not Severity.NOTE
                if as_json:
                    kept.append(finding.as_json())
                else:
                    print(f"{file}: {_line(finding)}")  # noqa: T201  output
        one |= {"segments": checker.segments, "transactions": checker.transactions}
        if not as_json:
            print(f"{file}: {_summary(checker, count)}")  # noqa: T201  output
    except (NotX12, OSError) as error:
        one["error"] = str(error)
        print(f"{file}: {error}", file=sys.stderr)  # noqa: T201  output
    return one | {"findings": kept, "count": count}


def _line(finding: WireFinding) -> str:
    where = f"transaction {finding.transaction}, " if finding.transaction else ""
    claim = f" [claim {finding.claim}]" if finding.claim else ""
    return (
        f"{finding.severity.value}, SNIP {finding.snip}, {where}{finding.place}: "
        f"{finding.message} {finding.remedy}{claim} ({finding.id})"
    )


def _summary(checker: Checker, count: int) -> str:
    found = f"{count} findings" if count != 1 else "1 finding"
    return (
        f"{checker.segments} segments, {checker.transactions} transactions: "
        f"{found if count else 'valid'}"
    )


@contextmanager
def _progress(file: Path, checker: Checker) -> Iterator[Iterator[WireFinding]]:
    """Give the checker's findings, and show in a terminal how far a big file has been read."""
    size = file.stat().st_size if file.is_file() else 0
    if size < _BIG or not sys.stderr.isatty():
        yield iter(checker)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=size)
        checker.reader.advanced = lambda read: bar.update(task, completed=read)
        yield iter(checker)


@app.command("show")
def show(file: _File, as_json: AsJson = False) -> None:
    """Print an X12 file in plain words, indented as its loops nest.

    JSON: [{"depth", "text"}], one for each line.
    """
    from codinglab.x12.reading import NotX12
    from codinglab.x12.show import STEP, lines

    source = sys.stdin.buffer if file == _STANDARD_INPUT else file
    try:
        if as_json:
            rows = [
                {"depth": (len(one) - len(one.lstrip())) // len(STEP), "text": one.strip()}
                for one in lines(source, file.name)
            ]
            finish(rows, as_json=True, text=str)
        for line in lines(source, file.name):
            print(line)  # noqa: T201  output
    except (NotX12, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  output
        raise typer.Exit(COULD_NOT_RUN) from None


def _twice(file: Path) -> Path | bytes:
    """Return what can be read twice: a file itself, a pipe or standard input as its bytes.

    Raises OSError when it cannot be read.
    """
    if file == _STANDARD_INPUT:
        return sys.stdin.buffer.read()
    return file.read_bytes() if file.exists() and not file.is_file() else file


@app.command("ack")
def ack(
    file: _File,
    when: _When = None,
    control: _Control = 1,
    claims: _Claims = False,
    as_json: AsJson = False,
) -> None:
    """Print the answer to an X12 file: a 999 for each group, and a TA1 where one is due.

    Leaves with 1 when a transaction is rejected. JSON: [{"interchange", "ta1", "groups":
    [{"group", "transactions": [{"transaction", "kind", "verdict"}]}]}]; with --277ca {"text",
    "claims": [{"account", "accepted", "statuses", "lines", "number", "last_day_to_file"}]}.
    """
    if claims:
        from codinglab.cli.x12_277ca import answer

        answer(file, when or datetime.now(), control, as_json=as_json)  # noqa: DTZ005
    from codinglab.x12.ack import acknowledge, answers
    from codinglab.x12.reading import NotX12

    try:
        source = _twice(file)
        made = answers(source, file.name)
        text = acknowledge(source, file.name, when=when or datetime.now(), control=control)  # noqa: DTZ005
    except (NotX12, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201  output
        raise typer.Exit(COULD_NOT_RUN) from None
    told = [
        {
            "interchange": one.isa(13),
            "ta1": one.note,
            "groups": [
                {
                    "group": group.gs(6),
                    "transactions": [
                        {"transaction": each.number, "kind": each.kind, "verdict": each.verdict}
                        for each in group.transactions
                    ],
                }
                for group in one.groups
            ],
        }
        for one in made
    ]
    rejected = any(
        each.verdict == "R" for one in made for group in one.groups for each in group.transactions
    )
    finish(told, as_json=as_json, text=lambda: text.rstrip("\n"), findings=rejected)
