"""Who reads the page: asked at every rerun, before a page, its name or a figure is sent."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ipo_data.identity import Decision, Refusal, decide
from ipo_data.text.catalog import Words, words
from pages.server.settings import serving
from pages.server.signed_out import has_signed_out, note_signed_out
from pages.shell.browser import ICON

_REMEMBER = """<script>
const here = location.pathname + location.search;
if (here !== '/') sessionStorage.setItem('ipoReturn', here);
</script>"""
_RETURN = """<script>
const back = sessionStorage.getItem('ipoReturn');
sessionStorage.removeItem('ipoReturn');
if (back && /^[/](?![/\\\\])/.test(back) && back !== location.pathname + location.search) location.replace(back);
</script>"""
SCRIPTS = (_REMEMBER, _RETURN)
"""Constant, so that a content security policy can list their hashes."""


def admitted(language: str) -> bool:
    """Tell whether the reader may see the product; if not, show how to sign in.

    A link that a reader opened before signing in is opened again afterwards.
    """
    chosen = serving()
    if not chosen.needs_identity:
        return True
    decision = decide(chosen, _identity())
    if decision.refusal is None:
        if chosen.login == "oidc":
            st.html(_RETURN, unsafe_allow_javascript=True)
        return True
    _show(decision, words(language), by_proxy=chosen.login == "proxy")
    return False


def may_read() -> bool:
    """Tell whether the reader may see the product, without showing anything."""
    chosen = serving()
    return not chosen.needs_identity or decide(chosen, _identity()).refusal is None


def sign_out(language: str) -> None:
    """Show who is signed in and the way out, where the product itself signs users in."""
    if serving().login != "oidc":
        return
    say = words(language)
    st.caption(say("login.as", address=str(st.user.get("email", ""))))
    st.button(say("login.out"), on_click=_leave, key="sign-out", type="tertiary")


def _leave() -> None:
    """Sign out, in every tab of this browser."""
    note_signed_out(st.context.cookies)
    st.logout()


def _identity() -> Mapping[str, Any]:
    if serving().login == "proxy":
        address = st.context.headers.get(serving().user_header)
        return {"email": address} if address else {}
    if has_signed_out(st.context.cookies):  # in another tab, whose sign-out Streamlit does not hear of
        return {}
    return st.user.to_dict() if st.user.get("is_logged_in") is True else {}


def _show(decision: Decision, say: Words, *, by_proxy: bool) -> None:
    """Show nothing of the product: neither its pages nor a company."""
    st.set_page_config(page_title=say("login.title"), page_icon=ICON, layout="centered")
    st.title(say("login.title"), anchor=False)
    refusal = decision.refusal or Refusal.NOT_SIGNED_IN
    if refusal is not Refusal.NOT_SIGNED_IN:
        st.error(say(f"login.{refusal}"), icon=":material/block:")
    if by_proxy:
        st.write(say("login.by_proxy"))
        return
    if refusal is Refusal.NOT_SIGNED_IN:
        st.write(say("login.not_signed_in"))
        st.button(say("login.in"), on_click=st.login, type="primary", key="sign-in")
        st.html(_REMEMBER, unsafe_allow_javascript=True)
    else:
        st.button(say("login.out"), on_click=_leave, key="sign-out")
