"""A list that looks at its own value does what Streamlit's own list does."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    """Run as a script of its own, so it brings what it needs."""
    import streamlit as st

    from pages.shell.one_key import looking_at

    def note() -> None:
        st.session_state["moved"] = st.session_state.get("moved", 0) + 1

    st.session_state.setdefault("kept", "c")
    for key in ("plain", "kept"):
        st.selectbox("Streamlit's own", ["a", "b", "c"], key=f"{key}-own", on_change=note)
        with looking_at(key):
            found = st.selectbox("looked at alone", ["a", "b", "c"], key=key, on_change=note)
        st.markdown(f"{found} {st.session_state[key]} {'kept' in st.session_state}")


def test_it_shows_what_the_session_holds_and_says_what_was_chosen() -> None:
    page = AppTest.from_function(_page).run()
    assert [text.value for text in page.markdown] == ["a a True", "c c True"]
    for value in ("b", "c"):
        for key in ("plain", "plain-own"):
            page.selectbox(key=key).set_value(value)
        page.run()
        assert page.selectbox(key="plain").value == page.selectbox(key="plain-own").value == value
        assert page.markdown[0].value == f"{value} {value} True"
    assert page.session_state["moved"] == 4  # two lists, two choices
    assert not page.exception
