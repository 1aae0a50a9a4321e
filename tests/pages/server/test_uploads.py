"""A tab holds so many uploaded files and no more, and all tabs together so many bytes."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.server import uploads
from pages.server.stack import layers
from pages.server.uploads import HeldUploads

TAKEN, TOO_MUCH = 204, 413


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A server that takes files as Streamlit does, up to three or 100 bytes a tab and 250 bytes of all."""
    storage = MemoryUploadedFileManager("/_stcore/upload_file")
    for name, value in (("MOST_FILES", 3), ("MOST_BYTES", 100), ("MOST_OF_ALL", 250)):
        monkeypatch.setattr(uploads, name, value)
    monkeypatch.setattr(uploads, "storage_in_use", lambda: storage)

    async def take(request: Request) -> Response:
        session, file = request.path_params["session"], request.path_params["file"]
        if request.method == "PUT":
            storage.add_file(session, UploadedFileRec(file, file, "text/plain", await request.body()))
        else:
            storage.remove_file(session, file)
        return Response(status_code=TAKEN)

    path = "/_stcore/upload_file/{session}/{file}"
    routes = [Route(below + path, take, methods=["PUT", "DELETE", "GET"]) for below in ("", "/ipo")]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(HeldUploads)]))


def put(client: TestClient, tab: str, file: str, size: int = 1, below: str = "") -> int:
    return client.put(f"{below}/_stcore/upload_file/{tab}/{file}", content=b"x" * size).status_code


@pytest.mark.parametrize("below", ["", "/ipo"])
def test_a_tab_holds_so_many_files(client: TestClient, below: str) -> None:
    assert [put(client, "a", name, below=below) for name in "1234"] == [TAKEN, TAKEN, TAKEN, TOO_MUCH]
    assert put(client, "b", "1", below=below) == TAKEN
    assert client.delete(f"{below}/_stcore/upload_file/a/1").status_code == TAKEN
    assert put(client, "a", "4", below=below) == TAKEN


def test_a_tab_holds_so_many_bytes_and_all_together_no_more(client: TestClient) -> None:
    assert [put(client, "a", "1", 100), put(client, "a", "2")] == [TAKEN, TOO_MUCH]
    assert [put(client, tab, "1", 100) for tab in "bcd"] == [TAKEN, TAKEN, TOO_MUCH]


def test_everything_else_is_handed_on(client: TestClient) -> None:
    for name in "123":
        put(client, "a", name)
    assert client.get("/_stcore/upload_file/a/4").status_code == TAKEN


def test_the_storage_is_the_one_of_the_installed_streamlit() -> None:
    """Without a running server there is none, and the layer stands aside."""
    assert uploads.storage_in_use() is None
    assert any(layer.cls is HeldUploads for layer in layers())
