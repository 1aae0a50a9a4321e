"""What comes over the wire of a websocket: a relay in front of the server that counts, for browsers to open.

The browser's own tools count a message after it is unpacked.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

_PIECE = 65_536
_UPGRADE = b"upgrade: websocket"


class Wire:
    """A counting relay.

    Attributes:
        url: Where to reach the server through it.
        pushed: Bytes that the server has sent over websockets so far, handshakes and frames and all.
    """

    def __init__(self, server: str) -> None:
        address = urlsplit(server)
        self._server = (address.hostname or "127.0.0.1", address.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.pushed = 0
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener was closed
            while True:
                browser, _ = self._listener.accept()
                Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        """Pass one connection on in both directions; a browser opens one of its own for every websocket."""
        with suppress(OSError), browser, socket.create_connection(self._server) as server:
            request = browser.recv(_PIECE)
            server.sendall(request)
            counts = _UPGRADE in request.lower()
            Thread(target=_pass_on, args=(browser, server), daemon=True).start()
            while piece := server.recv(_PIECE):
                self.pushed += len(piece) if counts else 0
                browser.sendall(piece)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def counted(server: str) -> Iterator[Wire]:
    """Put a counting relay in front of a server on this machine."""
    wire = Wire(server)
    try:
        yield wire
    finally:
        wire.close()
