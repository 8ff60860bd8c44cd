"""What the browser tests share: a free port, a server that answers, a lab as a person starts it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

KERNEL_IDLE = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.sessionContext?.session?.kernel?.status === 'idle'
    && panel?.content?.model?.cells?.length > 0;
}"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@dataclass(frozen=True)
class Lab:
    """A lab that `codinglab lab` started, as somebody in a terminal has it."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> str:
        """Press Ctrl+C once and return what the lab has said; fails when it goes on."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        return self.log.read_text("utf-8")


def start(folder: Path, log: Path, terminal: int, options: tuple[str, ...]) -> Lab:
    """Start `codinglab lab` on a terminal, and wait until it answers."""
    words = ["lab", "--course", str(folder), "--no-browser", "--port", str(free_port())]
    command = [sys.executable, "-m", "codinglab", *words, *options]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=terminal, stdout=out, stderr=out, start_new_session=True
        )
    lab = Lab(_printed_url(process, log), folder, process, log)
    wait_for(lab.url, process, log)
    return lab


def _printed_url(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(120):
        found = re.search(r"^Open (http://\S+)$", log.read_text("utf-8"), re.MULTILINE)
        if found:
            return found.group(1)
        if process.poll() is not None:
            break
        time.sleep(0.25)
    process.kill()
    pytest.fail(f"codinglab lab told no address:\n{log.read_text('utf-8')[-2000:]}")
