"""Addresses for probes: is the process alive, can it show figures, and which version of what does it show."""

from importlib.metadata import version
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pages.shell.data import loaded

_NEVER_KEPT: Final = {"Cache-Control": "no-store"}


def healthz(request: Request) -> Response:
    """Say that the process answers, whatever the record files hold."""
    del request
    return PlainTextResponse("ok", headers=_NEVER_KEPT)


def readyz(request: Request) -> Response:
    """Say whether the record files are sound: 200 with the data's digest, else 503 with the number of problems.

    A server with a broken edit goes on showing the last good figures, but a new one could not start with these files.
    """
    del request
    found = loaded()
    state = {
        "ready": not found.problems,
        "data": found.dataset.digest if found.dataset else None,
        "problems": len(found.problems),
    }
    return JSONResponse(state, status_code=503 if found.problems else 200, headers=_NEVER_KEPT)


def version_of(request: Request) -> Response:
    """Say which version of the product runs."""
    del request
    return JSONResponse({"version": version("ipo-data")}, headers=_NEVER_KEPT)


ROUTES: Final = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/version", version_of)]
"""Addresses that need no login: they tell no figure, no title and no company."""
