"""`codinglab codes list` names every release with its days and hashes."""

import json

from typer.testing import CliRunner

from codinglab.cli.app import app


def test_every_set_is_listed_with_its_days():
    done = CliRunner().invoke(app, ["codes", "list", "--json"])
    assert done.exit_code == 0
    found = {(one["set"], one["release"]): one for one in json.loads(done.stdout)}
    assert {name for name, _ in found} >= {"cpt", "hcpcs", "icd10cm", "modifiers", "visit_levels"}
    icd = found["icd10cm", "2026-04"]
    assert (icd["effective_from"], icd["effective_to"]) == ("2025-10-01", "2026-10-01")
    assert icd["clock"] == "service"
