"""The fonts that screen and exports share, served beside the pages."""

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ipo_data.export.fonts import WEIGHTS, font_file, small_font_file

_A_DAY = "public, max-age=86400"
_FILES = {path.name: path for path in (file(weight) for weight in WEIGHTS for file in (font_file, small_font_file))}


async def font(request: Request) -> Response:
    """Send one of the fonts; where they have not been made, the browser takes the next family of its list."""
    path = _FILES.get(request.path_params["name"])
    if path is None or not path.is_file():
        return PlainTextResponse("No such font.\n", status_code=404)
    return FileResponse(path, media_type="font/woff2", headers={"Cache-Control": _A_DAY})


FONT_ROUTES = [Route("/fonts/{name}", font)]
"""Addresses of the fonts."""
