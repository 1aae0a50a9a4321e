"""The layers around the app, outermost first, and the refusal to start with an open door."""

import sys

from starlette.middleware import Middleware
from streamlit import config

from ipo_data.errors import OptionError
from ipo_data.serving import LOGIN, is_loopback
from pages.server.gate import Gate
from pages.server.headers import SecurityHeaders
from pages.server.log import AccessLog, set_up
from pages.server.packed import PackedStatic
from pages.server.settings import serving
from pages.server.uploads import HeldUploads
from pages.server.whole_runs import WholeRuns


def layers() -> list[Middleware]:
    """Return the layers of this process.

    Raises:
        SystemExit: The settings would let in everybody, or the server would listen to a network without anybody
            having said so; the message says what to set.
    """
    try:
        chosen = serving()
    except OptionError as error:
        sys.exit(f"ipo-data: {error}")
    address = config.get_option("server.address")
    if chosen.only_this_machine and address and not is_loopback(address):
        sys.exit(
            f"ipo-data: listening on {address} without a login would show everything to the whole network. "
            f"Set up a login (see docs/serving.md), or, on a network that you trust, set {LOGIN}=none."
        )
    set_up()
    below = config.get_option("server.baseUrlPath") or ""
    gate = Middleware(Gate, serving=chosen, below=below)
    inside = [Middleware(HeldUploads), Middleware(WholeRuns), Middleware(PackedStatic, below=below)]
    return [Middleware(AccessLog), Middleware(SecurityHeaders), gate, *inside]
