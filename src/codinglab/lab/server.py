"""Start JupyterLab for a person: private settings, a token, this machine only."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from codinglab.core.places import GRADERS_VARIABLE
from codinglab.lab.build import STUB
from codinglab.lab.course_folder import COURSE_ID, Workplace

_FOR_INSTRUCTORS = ("formgrader", "create-assignment", "course-list")
_NO_NEWS = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
_QUIET_KERNELS = "c = get_config()\nc.IPKernelApp.log_level = 40\n"  # each start warns otherwise
_SAVE_OFTEN = {"autosaveInterval": 20}  # seconds; the workspace saves at each change anyway


def nbgrader_config(place: Workplace) -> str:
    """Return the nbgrader configuration of a workplace, as the text of its config file."""
    lines = [
        "c = get_config()",
        f"c.CourseDirectory.course_id = {COURSE_ID!r}",
        f"c.Exchange.root = {str(place.exchange)!r}",
        f"c.Exchange.cache = {str(place.private / 'exchange-cache')!r}",
        # For all of fetch, list and submit: each looks below the server's working folder otherwise.
        f"c.Exchange.assignment_dir = {str(place.folder)!r}",
    ]
    if place.role == "instructor":
        lines += [
            f"c.CourseDirectory.root = {str(place.folder)!r}",
            f"c.ClearSolutions.code_stub = {{'python': {STUB!r}}}",
            "c.ClearSolutions.enforce_metadata = True",
            "c.OverwriteCells.add_missing_cells = True",
            "c.ExecutePreprocessor.timeout = 60",
        ]
    return "\n".join(lines) + "\n"


def write_settings(place: Workplace) -> dict[str, str]:
    """Write the private Jupyter settings of a workplace, and return the environment they need."""
    home = place.private
    config, settings = home / "config", home / "settings"
    _write_nbgrader_config(place, config / "nbgrader_config.py")
    hidden = _FOR_INSTRUCTORS if place.role == "trainee" else ()
    disabled = {f"@jupyter/nbgrader:{name}": True for name in hidden}
    _write_json(config / "labconfig" / "page_config.json", {"disabledExtensions": disabled})
    served = {"nbgrader.server_extensions.formgrader": place.role == "instructor"}
    _write_json(
        config / "jupyter_server_config.json", {"ServerApp": {"jpserver_extensions": served}}
    )
    lab = settings / "@jupyterlab"
    _write_json(lab / "apputils-extension" / "notification.jupyterlab-settings", _NO_NEWS)
    _write_json(lab / "docmanager-extension" / "plugin.jupyterlab-settings", _SAVE_OFTEN)
    _write(home / "ipython" / "profile_default" / "ipython_kernel_config.py", _QUIET_KERNELS)
    folders = {
        "JUPYTER_CONFIG_DIR": config,
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": settings,
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
    }
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    graders = {GRADERS_VARIABLE: ""} if place.role == "trainee" else {}
    return {**{name: str(folder) for name, folder in folders.items()}, **graders}


def _write_nbgrader_config(place: Workplace, private: Path) -> None:
    """Write the private configuration, and an instructor's, unless the instructor changed it."""
    own, said = place.folder / "nbgrader_config.py", nbgrader_config(place)
    before = private.read_text(encoding="utf-8") if private.exists() else None
    ours = not own.exists() or own.read_text(encoding="utf-8") == before
    if place.role == "instructor" and ours:
        _write(own, said)
    _write(private, said)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_json(path: Path, value: object) -> None:
    _write(path, json.dumps(value, indent=1) + "\n")


def tool_path() -> str:
    """Return PATH with our interpreter's folder first: nbgrader calls `alembic` by its name."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def free_port(first: int = 8888, tries: int = 100) -> int:
    """Return a port of this machine that is free now; raises OSError when none of them is."""
    for port in range(first, first + tries):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise OSError(f"no free port from {first} to {first + tries - 1}; close another lab first")


def command(place: Workplace, port: int, *, browser: bool) -> list[str]:
    """Return the command that serves a workplace on `port` of this machine only."""
    return [
        sys.executable,
        *("-m", "jupyterlab"),
        f"--ServerApp.root_dir={place.folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.open_browser={browser}",
        f"--LabApp.default_url=/lab/tree/{place.welcome}",
        "--LabApp.expose_app_in_browser=True",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",  # asks no package index
        "--ServerApp.answer_yes=True",  # Ctrl+C stops it, as we say, and asks nothing
        "--Application.log_level=ERROR",
        *(["--ServerApp.allow_root=True"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
    ]


def serve(place: Workplace, *, port: int, browser: bool, say: Callable[[str], None]) -> NoReturn:
    """Replace this process by the lab, after telling its address to `say`."""
    token = secrets.token_hex(24)
    added = write_settings(place)
    say(f"http://127.0.0.1:{port}/lab/tree/{place.welcome}?token={token}")
    environment = {**os.environ, **added, "JUPYTER_TOKEN": token, "PATH": tool_path()}
    os.umask(0o077)  # what is made from here on, such as the gradebook, is nobody else's
    os.execve(sys.executable, command(place, port, browser=browser), environment)  # noqa: S606  our own interpreter
