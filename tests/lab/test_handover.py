"""Work handed in as a ZIP file arrives whole, or not at all."""

import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from codinglab.core.tables import BadData
from codinglab.lab.handover import MANIFEST, collect, pack

MONDAY = datetime(2026, 2, 9, 12, 30, 15, 250000, tzinfo=UTC)


@pytest.fixture
def assignment(tmp_path):
    """A trainee's folder of one assignment, with what must not travel beside what must."""
    folder = tmp_path / "home" / "10-graded"
    (folder / ".ipynb_checkpoints").mkdir(parents=True)
    (folder / "10-graded.ipynb").write_text('{"cells": []}')
    (folder / "journal.jsonl").write_text('{"at": "2026-02-09T12:00:00+00:00"}\n')
    (folder / ".ipynb_checkpoints" / "old.ipynb").write_text("{}")
    return folder


@pytest.fixture
def packed(assignment, tmp_path):
    """The assignment as ana hands it in on Monday."""
    return pack(assignment, tmp_path / "ana.zip", "ana", MONDAY).path


def rewritten(file, change):
    """Return a copy of the ZIP `file` after `change` has been at its {name: bytes}."""
    with zipfile.ZipFile(file) as old:
        content = {name: old.read(name) for name in old.namelist()}
    change(content)
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as new:
        for name, data in content.items():
            new.writestr(name, data)
    return target


def test_a_packed_file_holds_the_work_and_says_whose_it_is(packed):
    with zipfile.ZipFile(packed) as file:
        assert sorted(file.namelist()) == [
            "10-graded/10-graded.ipynb",
            "10-graded/journal.jsonl",
            "submission.json",
        ]
        said = json.loads(file.read(MANIFEST))
    assert (said["trainee"], said["assignment"]) == ("ana", "10-graded")
    assert said["timestamp"] == "2026-02-09T12:30:15.250000+00:00"


def test_collected_work_lies_where_nbgrader_puts_its_own(packed, tmp_path):
    done, findings = collect(packed, tmp_path / "course")
    folder = tmp_path / "course" / "submitted" / "ana" / "10-graded"
    assert (done.path, findings) == (folder, ())
    assert sorted(path.name for path in folder.iterdir()) == [
        "10-graded.ipynb",
        "journal.jsonl",
        "submission_secret.txt",
        "timestamp.txt",
    ]
    assert (folder / "timestamp.txt").read_text() == "2026-02-09 12:30:15.250000 UTC"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["10-graded"]


def test_a_newer_hand_in_replaces_an_older_one(assignment, packed, tmp_path):
    collect(packed, tmp_path / "course")
    (assignment / "10-graded.ipynb").write_text('{"cells": [1]}')
    (assignment / "journal.jsonl").unlink()
    later = pack(assignment, tmp_path / "later.zip", "ana", MONDAY + timedelta(hours=1))
    _, findings = collect(later.path, tmp_path / "course")
    folder = tmp_path / "course" / "submitted" / "ana" / "10-graded"
    assert findings == ()
    assert (folder / "10-graded.ipynb").read_text() == '{"cells": [1]}'
    assert not (folder / "journal.jsonl").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["10-graded"]


@pytest.mark.parametrize("hours", [0, -1])
def test_an_older_or_the_same_hand_in_changes_nothing_and_is_told(
    assignment, packed, tmp_path, hours
):
    collect(packed, tmp_path / "course")
    (assignment / "10-graded.ipynb").write_text('{"cells": [1]}')
    other = pack(assignment, tmp_path / "other.zip", "ana", MONDAY + timedelta(hours=hours))
    _, findings = collect(other.path, tmp_path / "course")
    kept = tmp_path / "course" / "submitted" / "ana" / "10-graded" / "10-graded.ipynb"
    assert [finding.id for finding in findings] == ["collect.older"]
    assert kept.read_text() == '{"cells": []}'


def test_a_damaged_file_is_refused_and_nothing_is_written(packed, tmp_path):
    def change(content):
        content["10-graded/10-graded.ipynb"] = b"other"

    with pytest.raises(BadData, match=r"10-graded\.ipynb is damaged \(its hash differs\)"):
        collect(rewritten(packed, change), tmp_path / "course")
    assert not (tmp_path / "course").exists()


def test_a_file_that_leads_out_of_the_folder_is_refused(packed, tmp_path):
    def change(content):
        said = json.loads(content[MANIFEST])
        said["files"]["../../evil.txt"] = said["files"]["journal.jsonl"]
        content[MANIFEST] = json.dumps(said).encode()
        content["10-graded/../../evil.txt"] = content["10-graded/journal.jsonl"]

    with pytest.raises(BadData, match=r"leads out of the assignment's folder"):
        collect(rewritten(packed, change), tmp_path / "course")
    assert not (tmp_path / "course").exists()


def test_a_file_without_a_manifest_is_refused_with_what_to_do(packed, tmp_path):
    with pytest.raises(BadData, match=r"holds no submission\.json; make it with codinglab submit"):
        collect(rewritten(packed, lambda content: content.pop(MANIFEST)), tmp_path / "course")


def test_an_unlisted_file_is_refused(packed, tmp_path):
    def change(content):
        content["10-graded/extra.txt"] = b"x"

    with pytest.raises(BadData, match=r"its files are not those it lists: extra\.txt"):
        collect(rewritten(packed, change), tmp_path / "course")


def test_what_is_no_zip_file_is_refused(tmp_path):
    file = tmp_path / "note.zip"
    file.write_text("hello")
    with pytest.raises(BadData, match="not readable as a ZIP file"):
        collect(file, tmp_path / "course")
    with pytest.raises(BadData, match="there is no such file"):
        collect(tmp_path / "gone.zip", tmp_path / "course")


@pytest.mark.parametrize("name", ["", "a/b", "../ana", "ana+bob", "x" * 65])
def test_a_trainee_needs_a_name_that_every_system_can_write(assignment, tmp_path, name):
    with pytest.raises(BadData, match="use 1 to 64 letters"):
        pack(assignment, tmp_path / "ana.zip", name, MONDAY)


def test_packing_never_overwrites_and_needs_the_assignments_own_notebook(
    assignment, packed, tmp_path
):
    with pytest.raises(BadData, match="is there already"):
        pack(assignment, packed, "ana", MONDAY)
    with pytest.raises(BadData, match=r"holds no home\.ipynb"):
        pack(assignment.parent, tmp_path / "new.zip", "ana", MONDAY)
