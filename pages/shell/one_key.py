"""A list or a field that looks at its own value only.

Streamlit's lists and fields put together everything that the session holds to look up one key, so that a page with a
dozen of them looks a dozen times at everything: a fifth of the work of a rerun of the runway page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from streamlit.runtime.scriptrunner import get_script_run_ctx


class _Session:
    """The session, but for ``filtered_state``, which holds one key at most.

    Args:
        session: The session.
        key: The key.
    """

    def __init__(self, session: Any, key: str) -> None:  # noqa: ANN401 - Streamlit's own type
        self._session = session
        self.filtered_state = {key: session[key]} if key in session else {}

    def __contains__(self, key: str) -> bool:
        return key in self._session

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - any value
        return self._session[key]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the session has
        return getattr(self._session, name)


@contextmanager
def looking_at(key: str) -> Iterator[None]:
    """Let the control of this key, and no other, be drawn without a look at everything the session holds."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        yield
        return
    session = context.session_state
    context.session_state = cast("Any", _Session(session, key))
    try:
        yield
    finally:
        context.session_state = session
