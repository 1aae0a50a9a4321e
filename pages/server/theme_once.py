"""The colours and fonts of the settings, put together once instead of six times in every run.

Streamlit tells the browser of them at the beginning of each run and goes through all of its settings for each of six
sections: a tenth of what a rerun costs. They do not change while the server runs.
"""

from collections.abc import Callable
from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_Fill = Callable[[CustomThemeConfig, str], None]


def keep_theme() -> None:
    """Have the sections of the theme kept after they were first asked for; for this process, from now on."""
    if not hasattr(app_session._populate_theme_msg, "cache_clear"):
        app_session._populate_theme_msg = kept(app_session._populate_theme_msg)


def kept(fill: _Fill) -> _Fill:
    """Return what fills a message with a section of the theme as another function does, but asks it once a section.

    Args:
        fill: Fills an empty message with a section.
    """

    @cache
    def section_of(section: str) -> CustomThemeConfig:
        found = CustomThemeConfig()
        fill(found, section)
        return found

    def fill_again(msg: CustomThemeConfig, section: str = "theme") -> None:
        found = section_of(section)
        if found.ByteSize():  # merging nothing would tell of an empty section
            msg.MergeFrom(found)

    fill_again.cache_clear = section_of.cache_clear  # type: ignore[attr-defined]
    return fill_again
