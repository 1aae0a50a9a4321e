"""The form for the reader's own scenario: every input of one company at a time; the values go into the link."""

from collections.abc import Callable
from hashlib import sha256

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.runway_fields import GROUPS, Field, fields_of, summary, text_of, without
from ipo_data.exhibits.runway_heat import input_names
from ipo_data.exhibits.runway_run import refusals_of, run_of, runs_of
from pages.shell.data import context_of
from pages.shell.escape import name_of_control, plain
from pages.shell.kept import kept
from pages.shell.url_state import PREFIX

PARAMETER = "set"
_COLUMNS = 3


@kept(64)
def inputs_of(dataset: Dataset, view: View) -> dict[str, str]:
    """Return the words of every input that a map may have on a side, made once; see ``input_names``."""
    return input_names(context_of(dataset, view))


def own_scenario(context: Context) -> None:
    """Draw the reader's own values, those that were refused, and the form to change them."""
    say = context.say
    for refusal in refusals_of(context, runs_of(context)):
        st.warning(plain(refusal), icon=":material/block:")
    own = summary(context)
    if own:
        st.markdown("  \n".join(plain(line) for line in own))
    fold = st.expander(say("form.title"), key="own-scenario", on_change="rerun", icon=":material/edit:")
    if not fold.open:  # some sixty fields are sent only to those who want them
        return
    with fold:
        company = st.segmented_control(
            say("control.company"), context.companies, format_func=context.name, key="own-company",
            default=context.companies[0], required=True,
        )  # fmt: skip
        _form(context, str(company))


def _form(context: Context, company: str) -> None:
    say, text = context.say, context.view.option(PARAMETER)
    groups = fields_of(context, company)
    fields = [field for group in groups.values() for field in group]
    state = sha256(f"{text}|{[(field.name, field.value) for field in fields]}".encode()).hexdigest()[:8]
    has_cash_data = run_of(context.dataset, context.view, company).chosen is not None
    explained = "form.explained" if has_cash_data else "form.figures"
    st.caption(plain(say(explained, company=context.name(company))))
    with st.form(f"own-{company}-{state}", border=False):
        for group, found in groups.items():
            st.markdown(f"**{plain(say(GROUPS[group]))}**")
            for first in range(0, len(found), _COLUMNS):  # by rows, so that fields stand level where a label is long
                row = found[first : first + _COLUMNS]
                for column, field in zip(st.columns(_COLUMNS, vertical_alignment="bottom"), row, strict=False):
                    with column:
                        _number(field, f"own-{company}-{state}-{field.name}")
        st.form_submit_button(say("form.apply"), on_click=_apply, args=(company, text, fields, state), type="primary")
    if text != without(company, text):
        st.button(say("form.reset"), on_click=_store(without(company, text)), key=f"own-reset-{company}")


def _number(field: Field, key: str) -> None:
    """Draw one number. Bounds are checked where links are, so that all ways in refuse alike."""
    name, explained = name_of_control(field.label), plain(field.help)
    if field.whole:
        st.number_input(name, value=int(field.value), step=1, key=key, help=explained)
    else:
        st.number_input(name, value=float(field.value), step=None, format="%.6g", key=key, help=explained)


def _apply(company: str, text: str, fields: list[Field], state: str) -> None:
    """Take the fields that were changed over into the link."""
    changes = {}
    for field in fields:
        shown = st.session_state.get(f"own-{company}-{state}-{field.name}")
        if shown is not None and shown != field.value:
            changes[field.name] = field.stored(float(shown))
    _store(text_of(company, text, changes))()


def _store(text: str) -> Callable[[], None]:
    def store() -> None:
        st.session_state[PREFIX + PARAMETER] = text

    return store
