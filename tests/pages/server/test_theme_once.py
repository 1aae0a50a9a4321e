"""Colours and fonts of the settings are what Streamlit would send, put together once."""

from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session

from pages.server.theme_once import keep_theme, kept

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar", "theme.dark.sidebar")


def test_every_section_is_as_streamlit_fills_it_and_asked_for_once() -> None:
    asked = []

    def fill(msg: CustomThemeConfig, section: str) -> None:
        asked.append(section)
        if section != "theme.sidebar":
            msg.primary_color = section

    again = kept(fill)
    for _ in range(3):
        for section in SECTIONS:
            plain, found = NewSession(), NewSession()
            if section != "theme.sidebar":
                plain.custom_theme.light.primary_color = section
            again(found.custom_theme.light, section)
            assert found == plain  # an empty section is not told of
    assert asked == list(SECTIONS)


def test_the_settings_of_the_product_are_sent_as_they_are() -> None:
    before = app_session._populate_theme_msg
    try:
        for section in SECTIONS:
            plain, found = CustomThemeConfig(), CustomThemeConfig()
            before(plain, section)
            keep_theme()
            app_session._populate_theme_msg(found, section)
            assert found == plain
        once = app_session._populate_theme_msg
        keep_theme()
        assert app_session._populate_theme_msg is once
    finally:
        app_session._populate_theme_msg = before
