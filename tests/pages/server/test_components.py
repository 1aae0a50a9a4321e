"""Components keep what they hold plainly: no class is made for each of them in each run."""

import gc

import pytest
from streamlit.components.v2.bidi_component import main as components
from streamlit.testing.v1 import AppTest

from pages.server.components import keep_plain


def page() -> None:
    import streamlit as st

    found = st.components.v2.component("ipo-data.plain", html="<p>")(key="one", on_memo_change=lambda: None)
    st.text(f"memo: {found.memo}")


def classes_of_two_runs() -> int:
    """Return how many classes two runs of a page with one component make for its value."""
    at = AppTest.from_function(page).run()
    assert at.text[0].value == "memo: None"
    gc.collect()
    before = {id(each) for each in gc.get_objects() if isinstance(each, type)}
    gc.disable()
    try:
        at.run().run()
        made = [each for each in gc.get_objects() if isinstance(each, type) and id(each) not in before]
        return sum(issubclass(each, dict) and "components.v2" in each.__module__ for each in made)
    finally:
        gc.enable()


def test_no_class_is_made_for_a_component(monkeypatch: pytest.MonkeyPatch) -> None:
    # The name is Streamlit's own: what it makes otherwise shows that it is still the place to take hold of.
    monkeypatch.setattr(components, "make_bidi_component_presenter", components.make_bidi_component_presenter)
    assert classes_of_two_runs() > 0
    keep_plain()
    assert classes_of_two_runs() == 0
