"""JupyterLab for one person: private settings by role, this machine only, no token to be seen."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.lab import server
from codinglab.lab.build import STUB
from codinglab.lab.course_folder import Role, Workplace
from codinglab.lab.server import command, free_port, nbgrader_config, serve, write_settings


def place(folder: Path, role: Role) -> Workplace:
    return Workplace(role, folder, folder / "exchange")


def configured(text: str) -> dict[str, object]:
    """Run a configuration file and return what it sets, by dotted name."""
    found: dict[str, object] = {}

    class Section:
        def __init__(self, name: str) -> None:
            object.__setattr__(self, "name", name)

        def __getattr__(self, name: str) -> "Section":
            return Section(f"{self.name}.{name}".strip("."))

        def __setattr__(self, name: str, value: object) -> None:
            found[f"{self.name}.{name}"] = value

    exec(compile(text, "nbgrader_config.py", "exec"), {"get_config": lambda: Section("")})  # noqa: S102  our own file
    return found


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def test_a_trainees_nbgrader_fetches_into_the_trainees_folder(tmp_path: Path) -> None:
    assert configured(nbgrader_config(place(tmp_path, "trainee"))) == {
        "CourseDirectory.course_id": "codinglab",
        "Exchange.root": str(tmp_path / "exchange"),
        "Exchange.cache": str(tmp_path / ".codinglab" / "exchange-cache"),
        "Exchange.assignment_dir": str(tmp_path),
    }


def test_an_instructors_nbgrader_clears_solutions_as_the_build_does(tmp_path: Path) -> None:
    said = configured(nbgrader_config(place(tmp_path, "instructor")))
    assert said["CourseDirectory.root"] == str(tmp_path)
    assert said["ClearSolutions.code_stub"] == {"python": STUB}
    assert said["ClearSolutions.enforce_metadata"] is True


def test_a_folder_with_a_quote_in_its_name_is_still_a_configuration(tmp_path: Path) -> None:
    odd = tmp_path / "O'Hara's \"lab\""
    assert configured(nbgrader_config(place(odd, "trainee")))["Exchange.root"] == str(
        odd / "exchange"
    )


def disabled(folder: Path, role: Role) -> dict[str, bool]:
    write_settings(place(folder, role))
    page = folder / ".codinglab" / "config" / "labconfig" / "page_config.json"
    return read_json(page)["disabledExtensions"]


def test_a_trainee_does_not_see_what_instructors_use(tmp_path: Path) -> None:
    assert disabled(tmp_path, "trainee") == {
        "@jupyter/nbgrader:formgrader": True,
        "@jupyter/nbgrader:create-assignment": True,
        "@jupyter/nbgrader:course-list": True,
    }


def test_an_instructor_sees_all_of_it(tmp_path: Path) -> None:
    assert disabled(tmp_path, "instructor") == {}


@pytest.mark.parametrize(("role", "served"), [("trainee", False), ("instructor", True)])
def test_the_formgrader_is_served_to_instructors_alone(
    role: Role, served: bool, tmp_path: Path
) -> None:
    write_settings(place(tmp_path, role))
    said = read_json(tmp_path / ".codinglab" / "config" / "jupyter_server_config.json")
    assert said == {
        "ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.formgrader": served}}
    }


def test_every_setting_lies_in_the_private_folder(tmp_path: Path) -> None:
    added = write_settings(place(tmp_path, "trainee"))
    assert added.pop(GRADERS_VARIABLE) == ""
    assert sorted(added) == [
        "IPYTHONDIR",
        "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
    ]
    assert {Path(folder).parent for folder in added.values()} == {tmp_path / ".codinglab"}
    assert [folder for folder in added.values() if not Path(folder).is_dir()] == []


def test_a_trainees_kernels_have_no_graded_keys_and_an_instructors_keep_theirs(
    tmp_path: Path,
) -> None:
    assert write_settings(place(tmp_path / "t", "trainee"))[GRADERS_VARIABLE] == ""
    assert GRADERS_VARIABLE not in write_settings(place(tmp_path / "i", "instructor"))


def test_the_instructors_own_configuration_is_written_once_and_kept_when_changed(
    tmp_path: Path,
) -> None:
    here = place(tmp_path, "instructor")
    write_settings(here)
    own = tmp_path / "nbgrader_config.py"
    assert own.read_text(encoding="utf-8") == nbgrader_config(here)
    own.write_text("# mine\n", encoding="utf-8")
    write_settings(here)
    assert own.read_text(encoding="utf-8") == "# mine\n"


def test_an_unchanged_configuration_follows_a_new_exchange(tmp_path: Path) -> None:
    write_settings(place(tmp_path, "instructor"))
    moved = Workplace("instructor", tmp_path, tmp_path / "elsewhere")
    write_settings(moved)
    own = (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8")
    assert own == nbgrader_config(moved)


def test_a_trainees_folder_gets_no_configuration_beside_the_work(tmp_path: Path) -> None:
    write_settings(place(tmp_path, "trainee"))
    assert [path.name for path in tmp_path.iterdir()] == [".codinglab"]


@pytest.mark.parametrize("role", ["trainee", "instructor"])
def test_the_lab_is_served_on_this_machine_only_without_a_token_in_sight(
    role: Role, tmp_path: Path
) -> None:
    words = command(place(tmp_path, role), 8899, browser=False)
    assert words[:3] == [sys.executable, "-m", "jupyterlab"]
    assert {
        f"--ServerApp.root_dir={tmp_path}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=8899",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
    } <= set(words)
    assert [word for word in words if "token" in word.lower() or "password" in word.lower()] == []


def test_serving_says_the_address_and_hands_the_token_over_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(server.os, "execve", lambda _file, words, env: ran.append((words, env)))
    masks: list[int] = []
    said: list[str] = []
    monkeypatch.setattr(server.os, "umask", masks.append)
    monkeypatch.setattr(server.secrets, "token_hex", lambda length: "ab" * length)
    serve(place(tmp_path, "trainee"), port=8899, browser=True, say=said.append)
    ((words, environment),) = ran
    token = "ab" * 24
    assert environment["JUPYTER_TOKEN"] == token
    assert environment["PATH"].endswith(os.environ["PATH"])
    assert [word for word in words if token in word] == []
    assert said == [f"http://127.0.0.1:8899/lab/tree/welcome.ipynb?token={token}"]
    assert masks == [0o077]


def test_a_port_in_use_is_passed_over() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        assert free_port(taken, 50) > taken
        with pytest.raises(OSError, match=f"^no free port from {taken} to {taken}; close another"):
            free_port(taken, 1)
