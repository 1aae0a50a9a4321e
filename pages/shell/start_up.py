"""What happens once when the server starts: imports, data and one figure per form are made before the first reader."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from ipo_data.dataset import Dataset
from ipo_data.errors import IpoDataError
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401 - Streamlit's own type
    """Warm up, then take what is now alive out of the garbage collector's sight for good."""
    del app
    warm_up()
    gc.collect()
    gc.freeze()  # a full collection after every rerun would otherwise walk 140,000 objects that never die
    yield {}


def warm_up() -> None:
    """Load the data and build every exhibit once; broken data are reported by the pages, not here."""
    try:
        dataset = Dataset.load()
        context = Context(dataset, View())
        for page in PAGES:
            for name in exhibit_ids(page, context.companies):
                figure = build(context, page, name).figure
                if figure is not None:
                    figure.to_dict()
    except IpoDataError:
        return
