"""What is wrong with a link or with the record files, in the reader's language."""

import streamlit as st

from ipo_data.exhibits.view_query import Complaint
from ipo_data.text.catalog import Words, words
from pages.shell.escape import plain


def report(complaints: list[Complaint], remark: str, language: str) -> None:
    """Show which values of a link were not taken over, and a remark on the link as a whole."""
    say = words(language)
    for complaint in complaints:
        found = f"'{complaint.found}' {hint(complaint, say)}"
        message = say("error.url", parameter=complaint.parameter, found=found)
        st.warning(plain(message), icon=":material/link_off:")
    if remark:
        st.info(plain(remark), icon=":material/history:")


def hint(complaint: Complaint, say: Words) -> str:
    """Return what was probably meant, or what is allowed."""
    if complaint.nearest:
        return say("error.did_you_mean", name=complaint.nearest)
    if complaint.such_as:
        return say("error.such_as", form=complaint.such_as)
    return say("error.allowed", names=", ".join(complaint.allowed))


def show_stale(problems: tuple[str, ...], language: str) -> None:
    """Say above a page that the record files have problems and older data are shown."""
    st.warning(words(language)("error.stale"), icon=":material/warning:")
    st.code("\n".join(problems), language=None, wrap_lines=True)


def show_problems(problems: tuple[str, ...], language: str) -> None:
    """Show what is wrong with the record files instead of a page."""
    say = words(language)
    st.title(say("error.seeds_title"), anchor=False)
    st.markdown(plain(say("error.seeds", count=len(problems))))
    st.code("\n".join(problems), language=None, wrap_lines=True)
