"""The state of a view lives in the URL, in canonical codes; defaults are left out, bad values are reported.

``begin`` reads the URL or the controls into the session before any control is drawn, ``end`` writes the session back
into the URL. A URL that already says the same is left as it is, so that a link with every value written out stays.

After the server was restarted, or another took over, an open tab goes on at the next click: a session that knows
nothing yet gets the URL and, with the click, what every control of the tab shows. The URL says what was chosen before,
the controls what was clicked.

A control learns its value from one run. When the next begins before the browser has built the control – the window
tells its width while a page opens – it would show its first choice; so a value is sent until the browser says it.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ipo_data.exhibits.view_query import Complaint, Parameter, active, unknown_names

_CHOICES = "_url_choices"
_VALUES = "_url_values"
_SEEN = "_url_seen"
_LANGUAGE = "_url_language"
_OLDER = "_url_older"
_REMARKS = "_url_remarks"
SCREEN = "screen"
"""Name of the parameter by which the browser says whether its window is narrow; it is no part of a link to a view."""
SCREENS = ("wide", "narrow")
PREFIX = "view_"
"""Prefix of the session keys of controls."""

State = dict[str, Any]
"""Values of a view by parameter name."""


def key_of(parameter: Parameter) -> str:
    """Return the session key of a parameter's control."""
    return PREFIX + parameter.name


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
    said = _controls_of_the_tab()
    state[_OLDER] = frozenset() if _SEEN in state else said
    is_moved = _absorb(parameters, choices)
    complaints: list[Complaint] = []
    if not is_moved and state.get(_SEEN) != (page, url):
        kept = _but_screen(state.get(_SEEN)) == _but_screen((page, url))
        complaints = [*(state.get(_REMARKS, ()) if kept else ()), *_take_over(parameters, choices, page, url)]
    state[_REMARKS] = tuple(complaints)
    complaints += _settle(parameters, choices)
    state[_VALUES] = {name: p.valid(choices[name])[0] for name, p in parameters.items() if p.is_state}
    _mirror(parameters, choices, page, said)
    return complaints


def end(parameters: Mapping[str, Parameter], page: str) -> None:
    """Write the session into the URL unless the URL says the same already; run again for a click into an older tab."""
    url = st.query_params.to_dict()
    if st.session_state[_OLDER]:
        st.session_state[_SEEN] = (page, url)
        st.session_state[_OLDER] = frozenset()
        st.rerun()  # the controls have now been drawn with what the tab showed, and are taken over at the beginning
    if not is_said_by_url(parameters, page):
        url = query_of(parameters, page)
        st.query_params.from_dict(url)
    st.session_state[_SEEN] = (page, url)


def moved(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return what the controls show by name of their parameter, where it is not what was taken over last."""
    choices: State = st.session_state.get(_CHOICES, {})
    held = st.session_state.to_dict()  # one look at all keys is cheaper than asking for each of a hundred
    keys = {name: key_of(parameter) for name, parameter in parameters.items() if name in choices}
    return {name: held[key] for name, key in keys.items() if key in held and held[key] != choices[name]}


def is_narrow() -> bool:
    """Tell whether the browser says that its window is narrow."""
    return st.query_params.get(SCREEN, SCREENS[0]) != SCREENS[0]


def is_said_by_url(parameters: Mapping[str, Parameter], page: str) -> bool:
    """Tell whether the URL, as it is now, stands for what the session holds."""
    chosen = values()
    wanted = {p.name: chosen[p.name] for p in active(parameters, page) if p.is_state}
    return _meaning(parameters, page, st.query_params.to_dict()) == wanted


def values() -> State:
    """Return the value of every parameter that describes the view; only allowed ones."""
    found: State = st.session_state[_VALUES]
    return found


def query_of(parameters: Mapping[str, Parameter], page: str) -> dict[str, str]:
    """Return the query of a page in the shortest form: defaults left out."""
    return queries_of(parameters, (page,))[page]


def queries_of(parameters: Mapping[str, Parameter], pages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the query of several pages in the shortest form: defaults left out."""
    chosen = values()
    written = [(p.name, p.page, p.write(chosen[p.name])) for p in parameters.values() if p.is_state]
    said = [(name, where, raw) for name, where, raw in written if raw is not None]
    return {page: {name: raw for name, where, raw in said if where in ("", page)} for page in pages}


def complete_query(parameters: Mapping[str, Parameter], page: str) -> dict[str, str]:
    """Return every value of the view, defaults included, for links that must not change when defaults do."""
    chosen = values()
    found = {p.name: p.write_out(chosen[p.name]) for p in active(parameters, page) if p.is_state and p.name != SCREEN}
    return {name: raw for name, raw in found.items() if raw}


def _but_screen(seen: tuple[str, Mapping[str, str]] | None) -> tuple[str, Mapping[str, str]] | None:
    """Return page and URL without what the window adds by itself, which takes no remark on the link away."""
    return seen and (seen[0], {name: raw for name, raw in seen[1].items() if name != SCREEN})


def _absorb(parameters: Mapping[str, Parameter], choices: State) -> bool:
    """Take over what the reader did to the controls and tell whether anything was moved."""
    found = moved(parameters)
    choices.update(found)
    return bool(found)


def _take_over(
    parameters: Mapping[str, Parameter], choices: State, page: str, url: Mapping[str, str]
) -> list[Complaint]:
    complaints = unknown_names(url, parameters)
    for parameter in active(parameters, page):
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
        if wrong is not None and parameter.check is not None and not parameter.many:
            complaints.append(wrong)  # the reader's text stays in its field
        else:
            choices[name] = value
    return complaints


def _controls_of_the_tab() -> frozenset[str]:
    """Return the keys of the controls whose values the browser sends; in a first run, those of an older tab."""
    context = get_script_run_ctx(suppress_warning=True)
    sent = context.session_state.get_widget_states() if context is not None else []
    keys = (widget.id.split("-", 2)[-1] for widget in sent)  # marker, hash, key
    return frozenset(key for key in keys if key.startswith(PREFIX))


def _mirror(parameters: Mapping[str, Parameter], choices: State, page: str, said: Container[str]) -> None:
    """Give the controls their values, also those the browser has not said it has.

    Option controls exchange labels with the browser: after the labels change language all values are sent anew.
    """
    state = st.session_state
    is_new_language = state.get(_LANGUAGE) != choices["lang"]
    state[_LANGUAGE] = choices["lang"]
    for parameter in active(parameters, page):
        key, value = key_of(parameter), choices.get(parameter.name)
        if key in state[_OLDER] or not parameter.is_state:
            continue
        if is_new_language or key not in said or key not in state or state[key] != value:
            state[key] = value


def _meaning(parameters: Mapping[str, Parameter], page: str, url: Mapping[str, str]) -> State | None:
    """Return the values a URL stands for, or ``None`` if something in it cannot be taken over."""
    known = {parameter.name: parameter for parameter in active(parameters, page)}
    if any(name not in known for name in url):
        return None
    found = {}
    for name, parameter in known.items():
        value, wrong = parameter.read(url[name]) if name in url else (parameter.default, None)
        if wrong is not None:
            return None
        if parameter.is_state:
            found[name] = value
    return found
