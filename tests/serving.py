"""The real server as a subprocess, for the browser tests and the benchmark."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 90.0
"""Seconds to wait for a server on a busy machine."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        url: Its address, without a slash at the end.
        pid: Its process.
        log: What it prints.
    """

    url: str
    pid: int
    log: Path


@contextmanager
def serve(
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    port: int | None = None,
    before: str = "",
    patience: float = _PATIENCE,
) -> Iterator[Server]:
    """Run ``streamlit run app.py`` in a folder on this machine.

    Args:
        folder: Where ``app.py`` stands.
        environment: Variables beside those of this process.
        port: Where to listen; a free port if none is given.
        before: Python statement that the server's process runs first.
        patience: Seconds in which it must be up.
    """
    port = port or free_port()
    start = ["-c", f"{before}\nfrom streamlit.web.cli import main; main()"] if before else ["-m", "streamlit"]
    command = [sys.executable, *start, "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1"]
    with tempfile.TemporaryDirectory(prefix="ipo-server-") as place:
        log = Path(place) / "log.txt"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                url = f"http://127.0.0.1:{port}"
                _wait(url, process, log, patience)
                yield Server(url, process.pid, log)
            finally:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def status(url: str, cookies: Mapping[str, str] | None = None) -> int:
    """Return the status with which an address of such a server answers."""
    said = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
    asked = Request(url, headers={"Cookie": said} if said else {})  # noqa: S310 - our own server
    try:
        with urlopen(asked, timeout=20) as answer:  # noqa: S310
            found: int = answer.status
            return found
    except HTTPError as error:
        return error.code


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
