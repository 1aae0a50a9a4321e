"""A click never names the part of a page it is meant for; which parts are drawn anew is for the page to say.

Streamlit's browser side names the fragment that a control stands in, and the server drops a click into a fragment that
its session does not know: after a restart, or on a laptop that has slept, such a control would do nothing. A request
without the name runs the page and stops what is still running; a control's callback asks for less where that will do.
"""

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

_STREAM = "/_stcore/stream"


class WholeRuns:
    """Take the name of the fragment out of what browsers ask for; hand on everything else.

    Args:
        app: What answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "websocket" or not scope["path"].endswith(_STREAM):
            await self._app(scope, receive, send)
            return

        async def receive_whole() -> Message:
            message = await receive()
            sent = message.get("bytes")
            return {**message, "bytes": whole(sent)} if sent else message

        await self._app(scope, receive_whole, send)


def whole(sent: bytes) -> bytes:
    """Return a browser's message without the fragment a click came from; one that a clock sends keeps its own."""
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return sent
    if message.WhichOneof("type") != "rerun_script":
        return sent
    request = message.rerun_script
    if not request.fragment_id or request.is_auto_rerun:
        return sent
    request.ClearField("fragment_id")
    return message.SerializeToString()
