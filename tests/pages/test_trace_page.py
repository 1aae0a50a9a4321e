"""The trace page: codes and files in, views and changes out."""

import pytest

from ipo_data.export.packs.build import packed
from ipo_data.serving import Serving
from ipo_data.text.catalog import words
from pages.server import limits
from pages.shell import trace_page
from pages.shell.data import loaded
from tests.export.packs.conftest import memo_of, spec_of
from tests.pages.opened import Opened


@pytest.fixture(scope="module")
def memo():
    dataset = loaded().dataset
    assert dataset is not None
    return memo_of(dataset, spec_of("growth.growth-rates", "overview.key-figures"), pictures=False)


def text(opened: Opened) -> str:
    return "\n".join(str(part.value) for part in (*opened.app.markdown, *opened.app.caption))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_page_opens(language):
    assert Opened("trace", {"lang": language}).errors == []


def test_a_typed_code_leads_to_its_view(memo):
    opened = Opened("trace", {"lang": "en"})
    opened.app.text_input(key="trace-code").set_value(memo.exhibits[0].code.lower()).run()

    assert opened.errors == []
    assert "unchanged since" in text(opened)
    assert "(<http://localhost:8501/growth?lang=en&" in text(opened)


def test_a_code_that_was_not_exported_here_leads_to_the_readers_language(memo, monkeypatch):
    monkeypatch.setattr("pages.shell.trace_page.remembered", lambda code: ("", ""))
    code, english = memo.exhibits[0].code, memo.exhibits[0].exhibit.title
    opened = Opened("trace", {"lang": "zh-Hans"})
    opened.app.text_input(key="trace-code").set_value(code).run()

    assert "growth?lang=zh-Hans&" in text(opened)
    assert english not in text(opened)


@pytest.mark.parametrize(("language", "asks"), [("en", "Did you mean"), ("zh-Hans", "是否指"), ("zh-Hant", "是否指")])
def test_a_code_with_a_slip_names_the_nearest(memo, language, asks):
    code = memo.exhibits[0].code
    opened = Opened("trace", {"lang": language})
    opened.app.text_input(key="trace-code").set_value(code[:-1] + ("A" if code[-1] != "A" else "B")).run()

    assert opened.errors == []
    button = opened.app.button(key=f"trace-nearest-{code}")
    assert asks in button.label
    button.click().run()
    assert opened.app.text_input(key="trace-code").value == code
    assert any(f"`{code}`" in str(part.value) and "**" in str(part.value) for part in opened.app.markdown)


def test_a_code_of_a_view_with_settings_is_found_once_it_was_exported_here():
    query = {"lang": "zh-Hans", "ccy": "USD", "burn": "150"}
    shown = Opened("runway", query)
    shown.app.session_state["details-runway-runway-what-if"] = True
    names = [button.proto.id for button in shown.again().app.main.get("download_button")]
    code = names[0].rpartition("-")[2].partition(".")[0]
    opened = Opened("trace", {"lang": "en"})
    opened.app.text_input(key="trace-code").set_value(code).run()

    assert "unchanged since" in text(opened)
    assert "runway?lang=zh-Hans&" in text(opened)
    assert "ccy=USD" in text(opened)
    assert "burn=150" in text(opened)


@pytest.mark.parametrize("code", ["hello", "[x](y)", "ABCDEFGH09"])
def test_what_is_no_code_is_named(code):
    opened = Opened("trace", {"lang": "en"})
    opened.app.text_input(key="trace-code").set_value(code).run()

    assert any("is not a figure code" in warning for warning in opened.warnings)


def test_a_file_lists_all_its_figures(memo):
    content = packed(memo, ["docx"])["Two-offerings-compared.docx"]
    opened = Opened("trace", {"lang": "en"})
    opened.app.file_uploader(key="trace-file").set_value([("memo.docx", content, "application/zip")]).run()

    assert opened.errors == []
    assert "2 figure codes" in text(opened)
    assert text(opened).count("unchanged since") == 2


def test_a_damaged_file_is_named():
    opened = Opened("trace", {"lang": "en"})
    opened.app.file_uploader(key="trace-file").set_value([("x.docx", b"PK\x03\x04", "application/zip")]).run()

    assert opened.errors == []
    assert any("cannot be read" in str(error.value) for error in opened.app.error)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_search_that_takes_too_long_is_given_up_and_said_so(language, memo, monkeypatch):
    monkeypatch.setattr(limits, "serving", lambda: Serving(shared=True, most_seconds=1e-9))
    opened = Opened("trace", {"lang": language})
    content = packed(memo, ["md"])["Two-offerings-compared.md"]
    opened.app.text_input(key="trace-code").set_value("ABCDEFGHIJ")
    opened.app.file_uploader(key="trace-file").set_value([("memo.md", content, "text/markdown")]).run()

    assert opened.errors == []
    assert words(language)("error.over_time", seconds="1e-09") in opened.warnings


def test_a_file_is_traced_once(memo, monkeypatch):
    asked = []
    monkeypatch.setattr(trace_page, "trace_file", lambda *given, **named: asked.append(given[0]) or [])
    opened = Opened("trace", {"lang": "en"})
    content = packed(memo, ["md"])["Two-offerings-compared.md"]
    opened.app.file_uploader(key="trace-file").set_value([("memo.md", content, "text/markdown")]).run()
    opened.again()

    assert asked == ["memo.md"]
