"""Which browser the tests and pictures are made with."""

import os
from pathlib import Path
from shutil import which

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def browser_program() -> Path | None:
    """Return the browser that ``find_or_install_browser.sh`` would name; ``None`` if there is none."""
    found = os.environ.get("BROWSER_PATH") or next(filter(None, map(which, _NAMES)), None)
    return Path(found) if found else None
