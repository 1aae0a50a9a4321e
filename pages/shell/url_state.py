"""The state of a view lives in the URL, in canonical codes; defaults are left out, bad values are reported.

``begin`` reads the URL or the controls into the session before any control is drawn, ``end`` writes the session back
into the URL. A URL that already says the same is left as it is, so that a link with every value written out stays.

After the server was restarted, or another took over, an open tab goes on at the next click: a session that knows
nothing yet gets the URL and, with the click, what every control of the tab shows. The URL says what was chosen before,
the controls what was clicked.

A control learns its value from one run. When the next begins before the browser has built the control – the window
tells its width while a page opens – it would show its first choice; so a value is sent until the browser says it.
"""

from collections.abc import Iterable, Mapping
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
Held = Mapping[Any, Any]
"""What a session holds by key."""


def key_of(parameter: Parameter) -> str:
    """Return the session key of a parameter's control."""
    return PREFIX + parameter.name


def look() -> Held:
    """Return everything the session holds; one look at all keys is cheaper than asking for each of a hundred."""
    return st.session_state.to_dict()


def begin(parameters: Mapping[str, Parameter], page: str, held: Held | None = None) -> list[Complaint]:
    """Take the controls, or else a URL that has changed, over into the session.

    A moved control wins over the URL: the browser sends the URL of the moment, which may be one change behind.

    Args:
        parameters: All parameters by name.
        page: The page about to be shown.
        held: What the session holds, if somebody has just looked.

    Returns:
        Values that were not taken over.
    """
    state = st.session_state
    choices: State = state.setdefault(_CHOICES, {})
    url = st.query_params.to_dict()
    said = _controls_of_the_tab()
    held = look() if held is None else held
    seen = held.get(_SEEN)
    state[_OLDER] = older = frozenset() if _SEEN in held else said
    found = moved(parameters, held)
    choices.update(found)
    complaints: list[Complaint] = []
    if not found and seen != (page, url):
        kept = _but_screen(seen) == _but_screen((page, url))
        complaints = [*(held.get(_REMARKS, ()) if kept else ()), *_take_over(parameters, choices, page, url)]
    state[_REMARKS] = tuple(complaints)
    state[_VALUES], refused = _settle(parameters, choices)
    shown = {key: value for key, value in held.items() if key in said}
    _mirror([p for p in active(parameters, page) if key_of(p) not in older], choices, shown)
    return complaints + refused


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


def moved(parameters: Mapping[str, Parameter], held: Held) -> State:
    """Return what the controls show by name of their parameter, where it is not what was taken over last."""
    choices: State = held.get(_CHOICES, {})
    keys = {name: key_of(parameter) for name, parameter in parameters.items() if name in choices}
    return {name: held[key] for name, key in keys.items() if key in held and held[key] != choices[name]}


def keep(*names: str) -> None:
    """Keep the choices of controls that this run does not draw although others may have.

    Streamlit forgets what a control showed that is not drawn any more, and finds what the session held before it was.
    """
    choices: State = st.session_state[_CHOICES]
    for name in names:
        st.session_state[PREFIX + name] = choices[name]


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


def _settle(parameters: Mapping[str, Parameter], choices: State) -> tuple[State, list[Complaint]]:
    """Give every parameter a value, drop codes that the data no longer hold, and report texts that are no values."""
    valid: State = {}
    complaints = []
    for name, parameter in parameters.items():
        if not parameter.is_state:
            continue
        value, wrong = parameter.valid(choices.setdefault(name, parameter.default))
        valid[name] = value
        if wrong is not None and parameter.check is not None and not parameter.many:
            complaints.append(wrong)  # the reader's text stays in its field
        else:
            choices[name] = value
    return valid, complaints


def _controls_of_the_tab() -> frozenset[str]:
    """Return the keys of the controls whose values the browser sends; in a first run, those of an older tab."""
    context = get_script_run_ctx(suppress_warning=True)
    sent = context.session_state.get_widget_states() if context is not None else []
    keys = (widget.id.split("-", 2)[-1] for widget in sent)  # marker, hash, key
    return frozenset(key for key in keys if key.startswith(PREFIX))


def _mirror(parameters: Iterable[Parameter], choices: State, shown: Mapping[str, Any]) -> None:
    """Give the controls their values, also those the browser has not said it has.

    Option controls exchange labels with the browser: after the labels change language all values are sent anew.

    Args:
        parameters: Those of the page.
        choices: What is chosen.
        shown: What the browser says its controls show, by key.
    """
    state = st.session_state
    is_new_language = state.get(_LANGUAGE) != choices["lang"]
    state[_LANGUAGE] = choices["lang"]
    for parameter in parameters:
        key = key_of(parameter)
        value = choices.get(parameter.name)
        if parameter.is_state and (is_new_language or key not in shown or shown[key] != value):
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
