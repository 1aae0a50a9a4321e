"""Under which names the server is reached; a request that says another one is refused.

A page of a stranger's site can have its own name lead to this server and read the answers through the browser of
somebody who may see them. Such a page always says a name that is not ours, and never a bare address.
"""

import ipaddress
import re
import socket
from typing import Final

from ipo_data.serving import Serving

_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
_HOST: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)|(::1))(?::\d{1,5})?", re.ASCII)
"""A name or an address, and a port."""


class Names:
    """The names that count, chosen once.

    Args:
        serving: Lists the names. Where it lists none, a server on a laptop is called as its own machine calls it, and
            one that a network may reach by any address and by the machine's names.
    """

    def __init__(self, serving: Serving) -> None:
        self._any_address = not serving.hosts and not serving.only_this_machine
        own = (*_THIS_MACHINE, *(_names_of_machine() if self._any_address else ()))
        self._known = frozenset(name.lower() for name in serving.hosts or own)

    def has(self, host: str) -> bool:
        """Tell whether the header ``Host`` of a request, with or without a port, is one of them."""
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = (found[1] or found[2] or found[3]).lower()
        return name in self._known or (self._any_address and _is_address(name))


def _names_of_machine() -> set[str]:
    """Return the names the machine gives itself, with and without a domain and in the local network's own."""
    name = socket.gethostname()
    short = name.partition(".")[0]
    return {name, short, f"{short}.local", socket.getfqdn()}


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
