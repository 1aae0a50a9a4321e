"""Our components keep what they hold plainly, as the session stores it.

Streamlit offers ``st.session_state[key]`` of a component as an object that can be written to, and makes a Python class
for each component in each run to that end. Nothing here reads or writes a component there. Ten classes a run were a
millisecond, and 40 kB of every tab that is open or was closed in the last two minutes.
"""

from streamlit.components.v2.bidi_component import main as components


def keep_plain() -> None:
    """Have components registered without what makes their values writable; for this process, from now on."""
    components.make_bidi_component_presenter = _nothing  # type: ignore[assignment]


def _nothing(*given: object) -> None:
    """Stand where Streamlit asks for that."""
    del given
