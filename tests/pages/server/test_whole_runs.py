"""A click runs the page and not the fragment its control stands in; everything else passes as it is."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.server.stack import layers
from pages.server.whole_runs import WholeRuns, whole


def click(fragment: str = "", *, by_clock: bool = False) -> BackMsg:
    """Return a request as a browser sends it, with a control's value in it."""
    message = BackMsg()
    message.rerun_script.query_string = "lang=en"
    message.rerun_script.page_script_hash = "page"
    message.rerun_script.fragment_id = fragment
    message.rerun_script.is_auto_rerun = by_clock
    message.rerun_script.widget_states.widgets.add(id="slider", int_value=7)
    return message


def passed_on(*messages: Message, path: str = "/_stcore/stream", kind: str = "websocket") -> list[Message]:
    """Return what an application behind the layer receives."""
    waiting, received = list(messages), []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, send
        received.extend([await receive() for _ in messages])

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        del message

    asyncio.run(WholeRuns(app)({"type": kind, "path": path}, receive, send))
    return received


def test_a_click_loses_its_fragment_and_nothing_else() -> None:
    (received,) = passed_on({"type": "websocket.receive", "bytes": click("gone").SerializeToString()})

    assert BackMsg.FromString(received["bytes"]) == click()


@pytest.mark.parametrize(
    "sent",
    [
        click().SerializeToString(),
        click("progress", by_clock=True).SerializeToString(),
        BackMsg(clear_cache=True).SerializeToString(),
        b"\xff\xff no message at all",
    ],
)
def test_everything_else_passes_byte_by_byte(sent: bytes) -> None:
    assert whole(sent) == sent


def test_text_frames_and_the_end_pass() -> None:
    messages: list[Message] = [
        {"type": "websocket.receive", "text": "x"},
        {"type": "websocket.disconnect", "code": 1001},
    ]

    assert passed_on(*messages) == messages


@pytest.mark.parametrize(("path", "kind"), [("/other", "websocket"), ("/_stcore/stream", "http")])
def test_other_connections_are_left_alone(path: str, kind: str) -> None:
    sent = click("kept").SerializeToString()

    (received,) = passed_on({"type": "websocket.receive", "bytes": sent}, path=path, kind=kind)

    assert received["bytes"] == sent


def test_a_server_below_a_path_is_served_as_well() -> None:
    (received,) = passed_on(
        {"type": "websocket.receive", "bytes": click("gone").SerializeToString()}, path="/ai/_stcore/stream"
    )

    assert BackMsg.FromString(received["bytes"]) == click()


def test_the_app_stands_behind_the_layer() -> None:
    assert any(layer.cls is WholeRuns for layer in layers())
