"""Record files dropped in a browser: problems with their place, then every page with the company, for one reader."""

import io
import zipfile

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from ipo_data.text.catalog import LANGUAGES, words
from tests.browser.accessibility import violations
from tests.browser.layout import WIDTHS, findings, resized
from tests.browser.tab import Tab
from tests.loading.test_dropped import ACME, REVENUE, SOURCES
from tests.serving import Server

pytestmark = pytest.mark.browser
FIELD = "input[type=file]"


def dropped(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def company() -> FilePayload:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("acme/company.yaml", ACME)
        archive.writestr("acme/revenue.yaml", REVENUE)
    return dropped("acme.zip", stream.getvalue())


def test_problems_are_shown_and_sound_files_are_on_every_page_of_this_reader_until_removed(
    tab: Tab, browser: Browser, server: Server
) -> None:
    say = words("en")
    tab.open("check?lang=en")
    main = tab.page.get_by_test_id("stMain")

    tab.page.set_input_files(FIELD, [company()])
    expect(main.get_by_test_id("stCode")).to_contain_text("seeds/companies/acme/revenue.yaml:2:")
    expect(main.get_by_test_id("stCode")).to_contain_text("unknown source 'acme-2025'")
    tab.page.set_input_files(FIELD, [dropped("sources.yaml", SOURCES)])
    expect(main).to_contain_text("Acme: 1 figure from 1 document")
    banner = say("dropped.banner", count=3, names="Acme")
    expect(main).to_contain_text(banner)

    tab.link_to(say("nav.growth")).click()
    tab.page.get_by_role("heading", name=say("question.growth")).wait_for()
    expect(main).to_contain_text(banner)
    expect(main).to_contain_text("Acme")
    with browser.new_context(locale="en-GB") as context, Tab(context, server.url) as other:
        other.open("growth?lang=en")
        assert "Acme" not in other.page.get_by_test_id("stMain").inner_text()

    tab.page.get_by_role("button", name=say("dropped.remove")).press("Enter")
    expect(main).not_to_contain_text("Acme")
    expect(tab.page.get_by_role("heading", name=say("question.growth"))).to_be_focused()
    tab.link_to(say("nav.check")).click()
    tab.page.get_by_role("heading", name=say("question.check")).wait_for()
    expect(main).not_to_contain_text("acme", ignore_case=True)
    assert tab.problems == []


def test_what_is_no_record_file_does_no_harm(tab: Tab) -> None:
    tab.open("check?lang=en")
    tab.page.set_input_files(FIELD, [dropped("notes.yaml", b"\xff\x00\xfe<script>alert(1)</script>")])

    code = tab.page.get_by_test_id("stMain").get_by_test_id("stCode")
    expect(code).to_contain_text("notes.yaml:1:1: 'notes.yaml' is no record file")
    assert tab.problems == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_fits_and_has_no_barrier_in_every_language(lang: str, tab: Tab) -> None:
    tab.open(f"check?lang={lang}")
    button = tab.page.get_by_test_id("stFileUploaderDropzone").locator("button")

    assert button.evaluate("e => getComputedStyle(e.querySelector('p'), '::after').content") == (
        f'"{words(lang)("check.choose")}"'
    )
    assert violations(tab.page) == []
    for width in WIDTHS:
        resized(tab.page, width)
        assert findings(tab.page, lang) == [], width
