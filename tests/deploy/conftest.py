"""Programs that check or run the files in ``deploy/``; installed where possible, else the test says what lacks."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

PACKAGES = {"haproxy": "haproxy", "systemd-analyze": "systemd"}
"""Programs and the Debian packages that hold them."""


def program(name: str) -> str:
    """Return the path of a program; skip the test if there is none and it cannot be installed."""
    beside = Path(sys.executable).with_name(name)
    if beside.is_file():
        return str(beside)
    found = which(name) or which(name, path="/usr/sbin:/sbin")
    if found is None and name in PACKAGES and which("apt-get") and os.geteuid() == 0:
        command = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", PACKAGES[name]]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], env=environment, capture_output=True, check=False)
        subprocess.run(command, env=environment, capture_output=True, check=False)
        found = which(name) or which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed; on Debian: apt-get install {PACKAGES.get(name, name)}")
    return found
