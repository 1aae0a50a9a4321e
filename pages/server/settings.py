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
