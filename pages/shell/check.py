"""Where record files are dropped: their problems with line and column, or what they add and where it is shown."""

import streamlit as st

from ipo_data.dataset import Dataset
from ipo_data.formatting import number
from ipo_data.loading.dropped import MOST_BYTES, MOST_FILES
from ipo_data.text.catalog import Words, words
from pages.server.limits import refusal
from pages.shell.dropped import Overlay, overlay, take, turn
from pages.shell.escape import plain
from pages.shell.file_field import in_language
from pages.shell.page import shown


def draw() -> None:
    """Draw the page."""
    view = shown().view
    say = words(view.language)
    st.title(say("question.check"), anchor=False)
    st.markdown(plain(say("check.explained", files=MOST_FILES, megabytes=MOST_BYTES // 1_000_000)))
    given = st.file_uploader(
        say("check.drop"), type=["yaml", "yml", "zip"], accept_multiple_files=True, key=f"dropped_{turn()}",
        max_upload_size=1,
    )  # fmt: skip
    in_language(say)
    if take([(file.name, file.getvalue()) for file in given]):
        st.rerun()  # the sidebar and every page now know the companies in the files
    found = overlay()
    if found is not None:
        _report(found, say, view.language)


def _report(found: Overlay, say: Words, language: str) -> None:
    if found.refused is not None:
        st.warning(plain(refusal(found.refused, say)), icon=":material/hourglass_disabled:")
        return
    if found.dataset is None:
        st.markdown(f"## {plain(say('check.problems', count=len(found.problems)))}")
        st.code("\n".join(found.problems) or say("check.nothing"), language=None, wrap_lines=True)
        return
    st.markdown(f"## {plain(say('check.sound'))}")
    ids = dict.fromkeys(name.split("/")[1] for name in found.names if name.startswith("companies/"))
    lines = [_line(found.dataset, company, say, language) for company in ids if company in found.dataset.companies]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    st.markdown(plain(say("check.next")))


def _line(dataset: Dataset, company: str, say: Words, language: str) -> str:
    claims = [claim for claim in dataset.claims if claim.company == company]
    documents = {claim.source for claim in claims}
    return say(
        "check.company", company=dataset.say(dataset.companies[company].name, language),
        claims=say("count.figure" if len(claims) == 1 else "count.figures", count=number(len(claims))),
        documents=say("count.document" if len(documents) == 1 else "count.documents", count=number(len(documents))),
    )  # fmt: skip
