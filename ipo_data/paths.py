"""Where things are: the repository root and the seeds folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds ``ipo_data``, ``seeds`` and ``app.py``."""

SEEDS_VARIABLE = "IPO_SEEDS"
"""Environment variable that points the CLI and the app at another seeds folder."""

ARTICLES_VARIABLE = "IPO_SOURCE_TEXTS"
"""Environment variable that names the folder with the original article texts (tests only)."""


def seeds_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """Return the seeds folder: ``given``, else ``$IPO_SEEDS``, else the one in the repository."""
    chosen = given or os.environ.get(SEEDS_VARIABLE)
    return Path(chosen) if chosen else ROOT / "seeds"
