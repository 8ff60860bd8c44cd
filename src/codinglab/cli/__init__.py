"""The command line: `codinglab VERB`. Exit code 0 is fine, 1 findings, 2 could not run."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; anything that cannot run is one clear line on standard error."""
    from typer.exceptions import TyperException

    from codinglab.cli.app import app
    from codinglab.cli.report import COULD_NOT_RUN

    words = sys.argv[1:] or ["--help"]
    try:
        code = app(words, standalone_mode=False)
    except TyperException as error:
        told = getattr(error, "format_message", error.__str__)()
        _say(f"{told} Try codinglab --help.")
        code = COULD_NOT_RUN
    except KeyboardInterrupt:
        _say("stopped.")
        code = COULD_NOT_RUN
    except Exception as error:
        from codinglab.cli.report import expected_errors  # what no plain command needs

        if not isinstance(error, expected_errors()):
            raise
        _say(_plain(error))
        code = COULD_NOT_RUN
    sys.exit(code)


def _plain(error: Exception) -> str:
    """Return the error's text; of a file that is missing or closed to us, without its number."""
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename}: {error.strerror.lower()}; name a file that can be read"
    return str(error)


def _say(message: str) -> None:
    line = " | ".join(part.strip() for part in message.splitlines() if part.strip())
    print(f"codinglab: {line}", file=sys.stderr)  # noqa: T201  the one line
