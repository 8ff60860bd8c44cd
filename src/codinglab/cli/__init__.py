"""The command line: `codinglab VERB`. Exit code 0 is fine, 1 findings, 2 could not run."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; anything that cannot run is one clear line on standard error."""
    from codinglab.cli.app import app
    from codinglab.cli.report import COULD_NOT_RUN, expected_errors

    try:
        app()
    except SystemExit:
        raise  # the usual end; looking further would import what no plain command needs
    except expected_errors() as error:
        lines = " | ".join(str(error).splitlines())
        print(f"codinglab: {lines}", file=sys.stderr)  # noqa: T201  the one line
        sys.exit(COULD_NOT_RUN)
