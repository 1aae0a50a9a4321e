"""The state of a view lives in the URL, in canonical codes; defaults are left out, bad values are reported.

``begin`` reads the URL or the controls into the session before any control is drawn, ``end`` writes the session back
into the URL. A URL that already says the same is left as it is, so that a link with every value written out stays.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import streamlit as st

from ipo_data.errors import PeriodError, shown
from ipo_data.periods import Instant

_CHOICES = "_url_choices"
_VALUES = "_url_values"
_SEEN = "_url_seen"
_LANGUAGE = "_url_language"
_FULL_DATE = len("2026-01-12")
_LONGEST_NAME = 80
_LONGEST_SHOWN = 40
PREFIX = "view_"
"""Prefix of the session keys of controls."""

State = dict[str, Any]
"""Values of a view by parameter name."""


@dataclass(frozen=True)
class Complaint:
    """A value that was not taken over.

    Attributes:
        parameter: Name of the parameter.
        found: What was found, short and on one line.
        nearest: The allowed code that was probably meant; empty if none is near.
        allowed: Allowed codes, the first few.
        such_as: A correct value where codes are not listed.
    """

    parameter: str
    found: str
    nearest: str = ""
    allowed: tuple[str, ...] = ()
    such_as: str = ""


@dataclass(frozen=True)
class Parameter:
    """One URL parameter.

    Attributes:
        name: Name in the URL.
        default: Value when absent.
        allowed: Allowed codes; empty if ``check`` decides.
        many: Whether several codes may be given, joined by commas.
        check: Tells whether a text is a value.
        form: A correct value, for complaints about ``check``.
        page: Page it belongs to; empty for all pages.
        always: Written even if it is the default, because the default depends on the reader.
        is_state: Whether it describes the view (``False``: only read from links).
        empty_is_all: Whether none stands for all codes.
    """

    name: str
    default: Any
    allowed: tuple[str, ...] = ()
    many: bool = False
    check: Callable[[str], bool] | None = None
    form: str = ""
    page: str = ""
    always: bool = False
    is_state: bool = True
    empty_is_all: bool = False

    @property
    def key(self) -> str:
        """Session key of its control."""
        return PREFIX + self.name

    def read(self, raw: str) -> tuple[Any, Complaint | None]:
        """Return the value of a raw text, or the default and what is wrong with it."""
        if not self.many:
            return self.valid(raw.strip())
        return self.valid([code for code in raw.split(",") if code])

    def valid(self, value: Any) -> tuple[Any, Complaint | None]:  # noqa: ANN401 - any control value
        """Return a value as far as it is allowed, and what is wrong with the rest."""
        if self.many:
            codes = list(dict.fromkeys(value))
            kept = [code for code in codes if code in self.allowed]
            wrong = next((code for code in codes if code not in self.allowed), None)
            return kept or list(self.default), None if wrong is None else self._complaint(wrong)
        if value == self.default or value in self.allowed or (self.check is not None and self.check(value)):
            return value, None
        return self.default, self._complaint(str(value))

    def write(self, value: Any) -> str | None:  # noqa: ANN401 - any control value
        """Return the raw text of a value, or ``None`` if it is the default."""
        if value in (None, "", []) or (value == self.default and not self.always):
            return None
        return ",".join(value) if self.many else str(value)

    def _complaint(self, found: str) -> Complaint:
        if self.check is not None:
            return Complaint(self.name, shown(found, most=_LONGEST_SHOWN), such_as=self.form)
        return complaint(self.name, found, self.allowed)


def complaint(parameter: str, found: str, allowed: Iterable[str], most: int = 6) -> Complaint:
    """Return a complaint that names the nearest allowed code and the first few."""
    codes = tuple(allowed)
    name = found[:_LONGEST_NAME].lower()
    near = [code for code in codes if len(name) > 2 and code.lower().startswith(name)]
    lowered = {code.lower(): code for code in codes}
    near += [lowered[code] for code in get_close_matches(name, list(lowered), n=1)]
    return Complaint(parameter, shown(found, most=_LONGEST_SHOWN), near[0] if near else "", codes[:most])


def is_date(raw: str) -> bool:
    """Tell whether a text is a full date that exists."""
    try:
        return len(raw) == _FULL_DATE and bool(Instant.parse(raw))
    except PeriodError:
        return False


def is_digest(raw: str) -> bool:
    """Tell whether a text may be the beginning of a digest."""
    return 0 < len(raw) <= 64 and set(raw) <= set("0123456789abcdef")


def begin(parameters: Mapping[str, Parameter], page: str) -> list[Complaint]:
    """Take the controls, or else a URL that has changed, over into the session.

    A moved control wins over the URL: the browser sends the URL of the moment, which may be one change behind.

    Args:
        parameters: All parameters by name.
        page: The page about to be shown.

    Returns:
        Values that were not taken over.
    """
    state = st.session_state
    choices: State = state.setdefault(_CHOICES, {})
    url = st.query_params.to_dict()
    moved = _absorb(parameters, choices)
    complaints: list[Complaint] = []
    if not moved and state.get(_SEEN) != (page, url):
        complaints = _take_over(parameters, choices, page, url)
    complaints += _settle(parameters, choices)
    state[_VALUES] = {name: p.valid(choices[name])[0] for name, p in parameters.items() if p.is_state}
    _mirror(parameters, choices, page)
    return complaints


def end(parameters: Mapping[str, Parameter], page: str) -> None:
    """Write the session into the URL unless the URL says the same already."""
    url = st.query_params.to_dict()
    if not is_said_by_url(parameters, page):
        url = query_of(parameters, page)
        st.query_params.from_dict(url)
    st.session_state[_SEEN] = (page, url)


def is_said_by_url(parameters: Mapping[str, Parameter], page: str) -> bool:
    """Tell whether the URL, as it is now, stands for what the session holds."""
    chosen = values()
    wanted = {p.name: chosen[p.name] for p in _active(parameters, page) if p.is_state}
    return _meaning(parameters, page, st.query_params.to_dict()) == wanted


def values() -> State:
    """Return the value of every parameter that describes the view; only allowed ones."""
    found: State = st.session_state[_VALUES]
    return found


def query_of(parameters: Mapping[str, Parameter], page: str) -> dict[str, str]:
    """Return the query of a page in the shortest form: defaults left out."""
    chosen = values()
    written = {p.name: p.write(chosen[p.name]) for p in _active(parameters, page) if p.is_state}
    return {name: raw for name, raw in written.items() if raw is not None}


def complete_query(parameters: Mapping[str, Parameter], page: str) -> dict[str, str]:
    """Return every value of the view, defaults included, for links that must not change when defaults do."""
    chosen = values()
    found = {}
    for parameter in _active(parameters, page):
        if parameter.is_state:
            value = chosen[parameter.name]
            codes = (
                (value or parameter.allowed if parameter.empty_is_all else value) if parameter.many else [str(value)]
            )
            found[parameter.name] = ",".join(codes)
    return {name: raw for name, raw in found.items() if raw}


def _active(parameters: Mapping[str, Parameter], page: str) -> list[Parameter]:
    return [parameter for parameter in parameters.values() if parameter.page in ("", page)]


def _absorb(parameters: Mapping[str, Parameter], choices: State) -> bool:
    """Take over what the reader did to the controls and tell whether anything was moved."""
    state = st.session_state
    moved = False
    for name, parameter in parameters.items():
        if name in choices and parameter.key in state and state[parameter.key] != choices[name]:
            choices[name] = state[parameter.key]
            moved = True
    return moved


def _take_over(
    parameters: Mapping[str, Parameter], choices: State, page: str, url: Mapping[str, str]
) -> list[Complaint]:
    complaints = [complaint(name, name, parameters) for name in url if name not in parameters]
    for parameter in _active(parameters, page):
        raw = url.get(parameter.name)
        value, wrong = (parameter.default, None) if raw is None else parameter.read(raw)
        if parameter.is_state:
            choices[parameter.name] = value
        if wrong is not None:
            complaints.append(wrong)
    return complaints


def _settle(parameters: Mapping[str, Parameter], choices: State) -> list[Complaint]:
    """Give every parameter a value, drop codes that the data no longer hold, and report texts that are no values."""
    complaints = []
    for name, parameter in parameters.items():
        if not parameter.is_state:
            continue
        value, wrong = parameter.valid(choices.setdefault(name, parameter.default))
        if wrong is not None and parameter.check is not None:
            complaints.append(wrong)  # the reader's text stays in its field
        else:
            choices[name] = value
    return complaints


def _mirror(parameters: Mapping[str, Parameter], choices: State, page: str) -> None:
    """Give the controls their values.

    Option controls exchange labels with the browser: after the labels change language all values are sent anew.
    """
    state = st.session_state
    resend = state.get(_LANGUAGE) != choices["lang"]
    state[_LANGUAGE] = choices["lang"]
    for parameter in _active(parameters, page):
        value = choices.get(parameter.name)
        if parameter.is_state and (resend or parameter.key not in state or state[parameter.key] != value):
            state[parameter.key] = value


def _meaning(parameters: Mapping[str, Parameter], page: str, url: Mapping[str, str]) -> State | None:
    """Return the values a URL stands for, or ``None`` if something in it cannot be taken over."""
    active = {parameter.name: parameter for parameter in _active(parameters, page)}
    if any(name not in active for name in url):
        return None
    found = {}
    for name, parameter in active.items():
        value, wrong = parameter.read(url[name]) if name in url else (parameter.default, None)
        if wrong is not None:
            return None
        if parameter.is_state:
            found[name] = value
    return found
