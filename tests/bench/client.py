"""One browser tab as the server sees it: opens a page over the websocket and asks for reruns."""

import http.client
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_XSRF = "_streamlit_xsrf"


@dataclass
class Run:
    """What one run of the script sent.

    Attributes:
        milliseconds: From the request to the end of the script.
        size: Bytes received, unpacked.
        wire: Bytes that came over the wire for them, frames and all.
        messages: Messages received.
        charts: Charts received; a chart the tab holds already comes as a reference.
        references: Messages that only name what the tab holds already.
        errors: Exceptions shown.
        files: Names by which files are asked for, by the labels of their buttons.
        received: Everything received, one message after the other.
    """

    milliseconds: float = 0.0
    size: int = 0
    wire: int = 0
    messages: int = 0
    charts: int = 0
    references: int = 0
    errors: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    received: bytearray = field(default_factory=bytearray, repr=False)


class Tab:
    """A tab on one page; use it as a context manager.

    Args:
        url: Address of the server.
        page: Path of the page, empty for the first.
        query: Query of the page.
        cookies: What the browser holds of the server from before.
        origin: Whether to say where the page came from, as every browser does.

    Attributes:
        cookies: What the browser holds once the tab is open.
        packed: Whether the server packs what it sends, which every browser offers to unpack.
    """

    def __init__(
        self,
        url: str,
        page: str = "",
        query: str = "",
        cookies: Mapping[str, str] | None = None,
        *,
        origin: bool = True,
    ) -> None:
        self._url, self._page, self._query = url, page, query
        self.cookies = dict(cookies or {})
        self._page_hash = self._session = ""
        self._held: dict[str, None] = {}
        self._lists: dict[str, str] = {}
        self._chosen: dict[str, str] = {}
        self._sliders: dict[str, str] = {}
        self._moved: dict[str, str] = {}
        self._exhibits: dict[str, None] = {}
        self._unfolded: list[str] = []
        self._socket: ClientConnection
        self._open = ExitStack()
        self._received = 0
        self.packed = False
        self._origin = url if origin else None

    def __enter__(self) -> Self:
        self._collect_cookies()
        opening = connect(
            f"ws://{urlsplit(self._url).netloc}/_stcore/stream",
            origin=self._origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
            subprotocols=["streamlit", self.cookies.get(_XSRF, "-")],  # type: ignore[list-item]
            max_size=None,
            compression="deflate",
        )
        self._socket = self._open.enter_context(opening)
        self.packed = bool(self._socket.protocol.extensions)
        self._count_bytes()
        return self

    def _count_bytes(self) -> None:
        take = self._socket.protocol.receive_data

        def counted(data: bytes | bytearray) -> None:
            self._received += len(data)
            take(data)

        self._socket.protocol.receive_data = counted  # type: ignore[method-assign]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def choose(self, label: str, option: str) -> Run:
        """Choose an option of a list control that the last runs showed, and wait until the script has finished.

        Raises:
            KeyError: No list of this label was shown.
        """
        self._chosen[self._lists[label]] = option
        return self.run()

    def slide(self, label: str, option: str) -> Run:
        """Move a slider or a row of buttons that was shown to an option, and wait until what follows is there.

        Raises:
            KeyError: No slider of this label was shown.
        """
        self._moved[self._sliders[label]] = option
        return self.run()

    def run(self) -> Run:
        """Ask for a run and wait until the script has finished, also where a control's callback asks for another."""
        request = self._request()
        result = Run()
        seen: dict[str, None] = {}
        received = self._received
        start = time.perf_counter()
        self._socket.send(request.SerializeToString())
        while True:
            raw = self._socket.recv(timeout=60)
            result.size += len(raw)
            result.messages += 1
            result.received += raw  # type: ignore[arg-type]
            message = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._session = message.new_session.initialize.session_id
                self._page_hash = message.new_session.page_script_hash or self._page_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash or self._page_hash
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "ref_hash":
                result.references += 1
                seen[message.ref_hash] = None
            elif kind == "delta":
                self._note(message, result, seen)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        result.milliseconds = (time.perf_counter() - start) * 1_000
        result.wire = self._received - received
        self._held = seen
        return result

    def follow(self, query: str) -> Run:
        """Go to the same page with another query, as Back and a changed address do."""
        self._query = query
        return self.run()

    def unfold(self, key: str) -> Run:
        """Unfold the exhibit whose element has this key and return what the run sent."""
        self.run()
        self._unfolded.append(next(name for name in self._exhibits if name.endswith(key)))
        return self.run()

    def download(self, name: str) -> bytes:
        """Ask for a file that is made on request, by its name in ``Run.files``, and return it.

        Raises:
            RuntimeError: If it could not be made.
            FileNotFoundError: If it is gone.
        """
        return self.fetched(self.made(name))

    def made(self, name: str) -> str:
        """Ask for a file that is made on request and return the path where it lies."""
        message = BackMsg()
        message.backend_operation_request.request_id = name
        message.backend_operation_request.session_id = self._session
        message.backend_operation_request.deferred_file.file_id = name
        self._socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self._socket.recv(timeout=120))  # type: ignore[arg-type]
            if answer.WhichOneof("type") == "backend_operation_response":
                break
        found = answer.backend_operation_response
        if found.error_msg:
            raise RuntimeError(found.error_msg)
        return str(found.deferred_file.url)

    def fetched(self, path: str) -> bytes:
        """Return the file at a path.

        Raises:
            FileNotFoundError: If there is none.
        """
        connection = http.client.HTTPConnection(urlsplit(self._url).netloc, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers={"Cookie": cookies})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status == http.HTTPStatus.NOT_FOUND:
            raise FileNotFoundError(path)
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")
        return content

    def uploaded(self, content: bytes) -> int:
        """Send a file as a field that takes files does, and return the answer's status."""
        mark = "a-mark-that-no-file-holds"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.yaml"\r\n\r\n'
        connection = http.client.HTTPConnection(urlsplit(self._url).netloc, timeout=60)
        connection.request(
            "PUT",
            f"/_stcore/upload_file/{self._session}/{uuid4()}",
            head.encode() + content + f"\r\n--{mark}--\r\n".encode(),
            {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Content-Type": f"multipart/form-data; boundary={mark}",
                "X-Xsrftoken": self.cookies.get(_XSRF, ""),
            },
        )
        status = connection.getresponse().status
        connection.close()
        return status

    def _note(self, message: ForwardMsg, result: Run, seen: dict[str, None]) -> None:
        if message.metadata.cacheable:
            seen[message.hash] = None
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        if element.WhichOneof("type") == "bidi_component":
            result.charts += b'"chart":' in element.bidi_component.bytes
            self._exhibits[element.bidi_component.id] = None
        elif element.WhichOneof("type") == "selectbox":
            self._lists[element.selectbox.label] = element.selectbox.id
        elif element.WhichOneof("type") == "slider":
            self._sliders[element.slider.label] = element.slider.id
        elif element.WhichOneof("type") == "button_group":
            self._sliders[element.button_group.label] = element.button_group.id
        elif element.WhichOneof("type") == "download_button":
            result.files[element.download_button.label] = element.download_button.deferred_file_id
        elif element.WhichOneof("type") == "exception":
            result.errors.append(f"{element.exception.type}: {element.exception.message}")

    def _request(self) -> BackMsg:
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self._query
        if self._page_hash:
            client.page_script_hash = self._page_hash
        else:
            client.page_name = self._page
        client.context_info.timezone = "Asia/Hong_Kong"
        client.context_info.locale = "en"
        client.context_info.url = f"{self._url}/{self._page}"
        client.cached_message_hashes.extend(self._held)
        for control, option in self._chosen.items():
            client.widget_states.widgets.add(id=control, string_value=option)
        for control, option in self._moved.items():
            state = client.widget_states.widgets.add(id=control)
            state.string_array_value.data.append(option)
        for name in self._unfolded:
            client.widget_states.widgets.add(id=name, json_value='{"open": true}')
        return message

    def _collect_cookies(self) -> None:
        found = self.cookies
        for path in (f"/{self._page}", "/_stcore/health", "/_stcore/host-config"):
            connection = http.client.HTTPConnection(urlsplit(self._url).netloc, timeout=30)
            connection.request("GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in found.items())})
            answer = connection.getresponse()
            answer.read()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, rest = value.partition("=")
                    found[cookie] = rest.split(";", 1)[0]
            connection.close()
