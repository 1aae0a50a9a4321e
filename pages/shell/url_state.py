"""The state of a view lives in the URL, in canonical codes; defaults are left out, bad values are reported.

``begin`` reads the URL into the session before any control is drawn, ``end`` writes the session back into the URL.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ipo_data.errors import PeriodError, nearest
from ipo_data.periods import Instant

_WRITTEN = "_url_written"
_PAGE = "_url_page"
_LANGUAGE = "_url_language"
PREFIX = "view_"
"""Prefix of the session keys of controls."""


@dataclass(frozen=True)
class Parameter:
    """One URL parameter.

    Attributes:
        name: Name in the URL.
        default: Value when absent.
        allowed: Allowed codes; empty if ``check`` decides.
        many: Whether several codes may be given, joined by commas.
        check: Returns a reason to refuse a value, or ``None``.
        page: Page it belongs to; empty for all pages.
    """

    name: str
    default: Any
    allowed: tuple[str, ...] = ()
    many: bool = False
    check: Callable[[str], str | None] | None = None
    page: str = ""

    @property
    def key(self) -> str:
        """Session key of its control."""
        return PREFIX + self.name

    def read(self, raw: str) -> tuple[Any, str | None]:
        """Return the value of a raw text, or the default and what is wrong with it."""
        if self.many:
            codes = [code for code in raw.split(",") if code]
            wrong = [code for code in codes if code not in self.allowed]
            if wrong:
                kept = [code for code in codes if code in self.allowed]
                return kept or self.default, f"'{_shown(wrong[0])}'{nearest(wrong[0], self.allowed)}"
            return codes or self.default, None
        if self.check is not None:
            reason = self.check(raw)
            return (self.default, reason) if reason else (raw, None)
        if raw in self.allowed:
            return raw, None
        return self.default, f"'{_shown(raw)}'{nearest(raw, self.allowed, show=6)}"

    def write(self, value: Any) -> str | None:  # noqa: ANN401 - any control value
        """Return the raw text of a value, or ``None`` if it is the default."""
        if value in (self.default, None, ""):
            return None
        return ",".join(value) if self.many else str(value)


@dataclass(frozen=True)
class Complaint:
    """A URL value that was not taken over."""

    parameter: str
    found: str


def is_date(raw: str) -> str | None:
    """Return why a text is not a full date, or ``None``."""
    try:
        instant = Instant.parse(raw)
    except PeriodError as error:
        return str(error)
    return None if len(instant.text) == 10 else f"'{_shown(raw)}' is not a full date such as 2026-01-12"


def begin(parameters: Mapping[str, Parameter], page: str, first_language: str) -> list[Complaint]:
    """Take the URL over into the session, once per change of the URL.

    Args:
        parameters: All parameters by name.
        page: The page about to be shown.
        first_language: Language if neither URL nor session name one.

    Returns:
        Values that were not taken over, with what is allowed.
    """
    state = st.session_state
    url = dict(st.query_params.to_dict())
    first = _WRITTEN not in state
    moved = not first and state.get(_PAGE) != page
    complaints: list[Complaint] = []
    if first or (url != state[_WRITTEN] and not (moved and not url)):
        for parameter in parameters.values():
            if not first and parameter.page not in ("", page):
                continue
            raw = url.get(parameter.name)
            value, wrong = (parameter.default, None) if raw is None else parameter.read(raw)
            if raw is None and parameter.name == "lang" and first:
                value = first_language
            state[parameter.key] = value
            if wrong:
                complaints.append(Complaint(parameter.name, wrong))
        complaints += [Complaint(name, f"'{_shown(name)}'{nearest(name, parameters)}") for name in url if name not in parameters]
    for parameter in parameters.values():
        state.setdefault(parameter.key, parameter.default)
    state[_PAGE] = page
    _resend_after_language_change(parameters)
    return complaints


def _resend_after_language_change(parameters: Mapping[str, Parameter]) -> None:
    # option widgets exchange labels with the browser: after the labels change language the values must be sent anew
    state = st.session_state
    language = state[PREFIX + "lang"]
    if state.get(_LANGUAGE, language) != language:
        for parameter in parameters.values():
            state[parameter.key] = state[parameter.key]
    state[_LANGUAGE] = language


def end(parameters: Mapping[str, Parameter], page: str) -> None:
    """Write the session's values into the URL, defaults left out."""
    state = st.session_state
    written = {}
    for parameter in parameters.values():
        if parameter.page in ("", page):
            raw = parameter.write(state.get(parameter.key, parameter.default))
            if raw is not None:
                written[parameter.name] = raw
    if dict(st.query_params.to_dict()) != written:
        st.query_params.from_dict(written)
    state[_WRITTEN] = written


def complete_query(parameters: Mapping[str, Parameter], page: str) -> dict[str, str]:
    """Return every value of the view, defaults included, for links that must not change when defaults do."""
    found = {}
    for parameter in parameters.values():
        if parameter.page in ("", page):
            value = st.session_state.get(parameter.key, parameter.default)
            raw = ",".join(value) if parameter.many else str(value)
            if raw:
                found[parameter.name] = raw
    return found


def _shown(raw: str, most: int = 40) -> str:
    return raw if len(raw) <= most else raw[:most] + "…"
