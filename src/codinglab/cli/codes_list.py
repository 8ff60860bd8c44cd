"""`codinglab codes list`: which code sets are here, for which days, from where."""

from __future__ import annotations

from codinglab.cli.report import AsJson, finish


def list_sets(as_json: AsJson = False) -> None:
    """List every release of every code set that this installation holds.

    JSON: [{"set", "release", "effective_from", "effective_to", "clock", "source", "licence",
    "tables": {file: sha256}}].
    """
    from codinglab.codes.release import code_sets_folder, releases

    names = sorted(path.name for path in code_sets_folder().iterdir() if path.is_dir())
    found = [one.info for name in names for _, one in releases(name).rows]
    said = [
        {
            "set": one.set,
            "release": one.release,
            "effective_from": one.effective_from.isoformat(),
            "effective_to": one.effective_to.isoformat() if one.effective_to else None,
            "clock": one.clock,
            "source": one.source,
            "licence": one.licence,
            "tables": dict(one.tables),
        }
        for one in found
    ]
    lines = [f"{one.set} {one.release}: {one.span}, by {one.clock} date" for one in found]
    finish(said, as_json=as_json, text=lambda: "\n".join(lines))
