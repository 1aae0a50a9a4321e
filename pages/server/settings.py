"""The settings of this process, read once."""

import os
from functools import cache

from ipo_data.serving import Serving, read


@cache
def serving() -> Serving:
    """Return how this process is served.

    Raises:
        OptionError: The environment holds settings that would let anybody in.
    """
    return read(os.environ)


def root_path(below: str) -> str:
    """Return what all of Streamlit's addresses begin with.

    Args:
        below: Path below which it serves the app, with or without slashes: ``/ipo/``; empty for the root.

    Returns:
        The path without a slash at the end: ``/ipo``; empty for the root.
    """
    return f"/{below.strip('/')}".rstrip("/")
