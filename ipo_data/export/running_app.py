"""The app, started for the length of a command, on this machine only."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from ipo_data import serving
from ipo_data.errors import IpoDataError
from ipo_data.paths import ROOT, SEEDS_VARIABLE

_PATIENCE: Final = 90.0
_ADDRESS: Final = "127.0.0.1"


class AppError(IpoDataError):
    """The app did not start."""


@contextmanager
def running_app(seeds: Path | None = None) -> Iterator[str]:
    """Run the app until the block ends.

    Args:
        seeds: Seeds folder, if not the usual.

    Yields:
        Its address, without a slash at the end.

    Raises:
        AppError: If it does not start; the message ends with what it printed.
    """
    if not (ROOT / "app.py").is_file():
        raise AppError("the pages are not installed with the package; run this in the repository, or name --url")
    environment = {name: value for name, value in os.environ.items() if name not in serving.VARIABLES}
    if seeds is not None:
        environment[SEEDS_VARIABLE] = str(seeds.resolve())
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", _ADDRESS, "--server.headless", "true"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            url = f"http://{_ADDRESS}:{port}"
            if not _answers(url, process):
                log.seek(0)
                raise AppError(f"the app did not start: {log.read()[-600:].decode('utf-8', errors='replace')}")
            yield url
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False
