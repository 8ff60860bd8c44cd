"""A real Jupyter server and a real Chromium for the browser tests, in folders of their own."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parent))

from labs import KERNEL_IDLE, Lab, free_port, start, wait_for

HERE = Path(__file__).parent
NEEDED = "CODINGLAB_REQUIRE_BROWSER"
JUPYTER_FOLDERS = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
)
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NOTICES = "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
SETUP = "%load_ext dummy_case\nfrom dummy_case import workspace\n"


def _missing(reason: str) -> None:
    """Skip for `reason`, unless the environment forbids to skip (as in CI)."""
    if os.environ.get(NEEDED) == "1":
        raise pytest.UsageError(f"{NEEDED}=1, but {reason}")
    pytest.skip(reason)


def chromium_path() -> str:
    """Return the Chromium to drive; skips or stops where there is none."""
    named = os.environ.get("CODINGLAB_CHROMIUM")
    for path in (named, "/usr/bin/chromium", shutil.which("chromium"), shutil.which("chrome")):
        if path and Path(path).is_file():
            return path
    _missing("no Chromium found: apt install chromium, or set CODINGLAB_CHROMIUM")
    raise AssertionError


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if importlib.util.find_spec("playwright") is None:
        _missing("playwright is not installed: pip install playwright")
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_script() -> str:
    """The text of axe-core in the version that package.json pins, kept in a cache folder."""
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]["axe-core"]
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = base / "codinglab-tests" / f"axe-core-{wanted}"
    file = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        npm = shutil.which("npm")
        if npm is None:
            _missing("no npm found to install axe-core: apt install npm")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", folder)
        command = [str(npm), "install", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            _missing(f"npm could not install axe-core: {done.stderr[-300:]}")
    return file.read_text("utf-8")


@dataclass(frozen=True)
class Server:
    url: str
    token: str
    folder: Path

    def notebook(self, name: str, cells: list[str]) -> Path:
        """Write a notebook of code cells beside the dummy case."""
        made = new_notebook(cells=[new_code_cell(source) for source in cells])
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        path = self.folder / name
        nbformat.write(made, path)
        return path

    def sources(self, name: str) -> list[str]:
        """Return the cells' sources as the file has them now."""
        found = json.loads((self.folder / name).read_text("utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in found]


def _environment(home: Path) -> dict[str, str]:
    folders = {name: str(home / name.lower()) for name in JUPYTER_FOLDERS}
    for folder in folders.values():
        Path(folder).mkdir(parents=True)
    notices = Path(folders["JUPYTERLAB_SETTINGS_DIR"]) / NOTICES
    notices.parent.mkdir(parents=True)
    notices.write_text('{"fetchNews": "false", "checkForUpdates": false}')
    return {**os.environ, **folders}


def start_server(home: Path, *extra: str) -> tuple[Server, subprocess.Popen[bytes]]:
    folder = home / "work"
    folder.mkdir()
    shutil.copy(HERE / "dummy_case.py", folder)
    port, token, log = free_port(), "browser-test", home / "jupyter.log"
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={folder}", *extra),
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=_environment(home), stdout=out, stderr=out)
    server = Server(f"http://127.0.0.1:{port}", token, folder)
    wait_for(f"{server.url}/api/status?token={token}", process, log)
    return server, process


EXPOSED = (
    "--LabApp.expose_app_in_browser=True",
    "--JupyterNotebookApp.expose_app_in_browser=True",
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for JupyterLab (/lab) and Notebook 7 (/notebooks)."""
    server, process = start_server(tmp_path_factory.mktemp("jupyter"), *EXPOSED)
    yield server
    process.terminate()
    process.wait(20)


TABLE_READY = ".clw-finder[data-ready]"


@pytest.fixture(scope="session")
def open_case(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """Open a notebook in "lab" or "notebook", run all cells, wait for the code table."""
    pages = []

    def open_it(front: str, name: str, width: int = 1400) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 1000})
        context.set_default_timeout(15_000)
        page = context.new_page()
        pages.append(context)
        path = f"lab/tree/{name}?reset&" if front == "lab" else f"notebooks/{name}?"
        page.goto(f"{server.url}/{path}token={server.token}")
        page.wait_for_function(KERNEL_IDLE, timeout=60_000)
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(TABLE_READY, timeout=30_000)
        return page

    yield open_it
    for context in pages:
        context.close()


@pytest.fixture(scope="session")
def start_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Lab]]:
    """Start `codinglab lab --course FOLDER` with more options, and wait until it answers."""
    import pty

    labs: list[Lab] = []
    keyboard, terminal = pty.openpty()  # a server asks before it stops only where a person types

    def start_it(folder: Path, *options: str) -> Lab:
        log = tmp_path_factory.mktemp("lab") / "said.txt"
        labs.append(start(folder, log, terminal, options))
        return labs[-1]

    yield start_it
    for lab in labs:
        lab.stop()
    for end in (keyboard, terminal):
        os.close(end)
