"""The memo page and the button under every exhibit: the list in the address, order, notes, files, saved lists."""

import io
import time
import zipfile

import pytest

from ipo_data.errors import IpoDataError, NoBrowserError
from ipo_data.exhibits.model import View
from ipo_data.export.packs.spec import MOST_EXHIBITS
from pages.server.limits import PICTURES, FilesBudget
from pages.shell import memo_job
from pages.shell.data import loaded
from pages.shell.memo_job import MemoJob
from tests.export.packs.conftest import drawn, spec_of
from tests.pages.opened import PAGE_IDS, Opened, expected_exhibits

TWO = "growth.growth-rates,runway.runway-what-if~burn:150"
SAVED = b"""\
title: Saved yesterday
language: zh-Hans
currency: USD
exhibits:
  - {page: mix, exhibit: products, note: A note}
  - {page: growth, exhibit: growth-rates}
"""


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing: pictures have their own tests."""
    monkeypatch.setattr("ipo_data.export.packs.drawing.drawing", lambda dataset, preset: drawn)


def headings(opened: Opened) -> list[str]:
    return [str(text.value) for text in opened.app.markdown if str(text.value).startswith("**Exhibit")]


def press(opened: Opened, key: str) -> Opened:
    opened.app.button(key=key).click().run()
    assert opened.errors == []
    return opened


# --- collecting -------------------------------------------------------------------------------------------------------


def test_an_exhibit_is_added_from_its_page_and_taken_out_again() -> None:
    opened = Opened("growth", {"lang": "en"})
    assert opened.memo_label("growth", "growth-rates") == "Add to memo"
    opened.press_memo("growth", "growth-rates")

    assert opened.query["memo"] == "growth.growth-rates"
    assert opened.memo_label("growth", "growth-rates") == "Take out of memo"
    assert opened.memo_label("growth", "one-footing") == "Add to memo"
    assert "memo" not in opened.press_memo("growth", "growth-rates").query


def test_a_full_list_takes_no_more_until_something_is_taken_off() -> None:
    names = expected_exhibits("growth", View())[:2]
    others = [f"{page}.{name}" for page in PAGE_IDS if page != "growth" for name in expected_exhibits(page, View())]
    opened = Opened("growth", {"memo": ",".join([f"growth.{names[0]}", *others[: MOST_EXHIBITS - 1]])})
    assert opened.press_memo("growth", names[1]).query["memo"].count(",") == MOST_EXHIBITS - 1
    assert opened.press_memo("growth", names[0]).query["memo"].count(",") == MOST_EXHIBITS - 2


def test_an_exhibit_is_collected_with_the_options_it_reads() -> None:
    opened = Opened("runway", {"lang": "en", "burn": "150", "scenario": "bear"})
    opened.press_memo("runway", "runway-what-if")

    assert opened.query["memo"].startswith("runway.runway-what-if~burn:150")


def test_the_list_goes_along_from_page_to_page() -> None:
    opened = Opened("growth", {"lang": "en"}).press_memo("growth", "growth-rates").turn_to("mix")

    assert opened.query["memo"] == "growth.growth-rates"
    assert len(headings(opened.turn_to("memo"))) == 1


def test_a_copied_link_of_a_page_does_not_carry_the_list() -> None:
    def link(page: str) -> str:
        opened = Opened(page, {"lang": "en", "memo": TWO}).with_link()
        return next(str(code.value) for code in opened.app.code if "lang=en" in str(code.value))

    assert "memo=" not in link("growth")
    assert "memo=growth.growth-rates," in link("memo")


def test_an_unknown_exhibit_in_the_address_is_reported() -> None:
    opened = Opened("memo", {"lang": "en", "memo": "growth.growth-rates,growth.nothing"})

    assert len(headings(opened)) == 1
    assert any("'growth.nothing'" in warning and "growth.revenue-spans" in warning for warning in opened.warnings)


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_an_empty_memo_says_how_to_begin(language: str) -> None:
    opened = Opened("memo", {"lang": language})

    assert opened.errors == []
    assert not opened.app.text_area


def test_exhibits_are_moved_and_taken_out() -> None:
    opened = Opened("memo", {"lang": "en", "memo": TWO})
    assert ["growth is" in headings(opened)[0], "150%" in headings(opened)[1]] == [True, True]

    press(opened, "memo-down-growth.growth-rates")
    assert opened.query["memo"] == "runway.runway-what-if~burn:150,growth.growth-rates"

    press(opened, "memo-off-growth.growth-rates")
    assert opened.query["memo"] == "runway.runway-what-if~burn:150"


def test_notes_outlive_a_look_at_another_page() -> None:
    opened = Opened("memo", {"lang": "en", "memo": "growth.growth-rates"})
    opened.app.text_area(key="memo-note-growth.growth-rates").set_value("slows | down").run()

    opened.turn_to("growth").turn_to("memo")

    assert opened.app.text_area(key="memo-note-growth.growth-rates").value == "slows | down"


def test_a_title_that_a_spreadsheet_would_run_is_refused_with_the_reason() -> None:
    opened = Opened("memo", {"lang": "en", "memo": TWO})
    opened.app.text_input(key="memo-title").set_value("=1+1").run()

    assert opened.errors == []
    assert any("begins with '='" in str(code.value) for code in opened.app.code)
    assert "memo-make" not in [button.key for button in opened.app.button]


# --- a saved list -----------------------------------------------------------------------------------------------------


def test_a_saved_list_brings_exhibits_notes_language_and_currency() -> None:
    opened = Opened("memo", {"lang": "en"})
    opened.app.file_uploader(key="memo-spec").set_value(("memo.yaml", SAVED, "application/yaml")).run()

    assert opened.errors == []
    assert opened.query["memo"] == "mix.products,growth.growth-rates"
    assert (opened.query["lang"], opened.query["ccy"]) == ("zh-Hans", "USD")
    assert opened.app.text_area(key="memo-note-mix.products").value == "A note"
    assert opened.app.text_input(key="memo-title").value == "Saved yesterday"


def test_a_broken_list_changes_nothing_and_says_where_it_is_wrong() -> None:
    opened = Opened("memo", {"lang": "en", "memo": TWO})
    broken = SAVED.replace(b"products", b"prodcts")
    opened.app.file_uploader(key="memo-spec").set_value(("memo.yaml", broken, "application/yaml")).run()

    assert opened.query["memo"] == TWO
    assert any("memo.yaml:5:26: unknown exhibit of page mix 'prodcts'" in str(c.value) for c in opened.app.code)


# --- the files --------------------------------------------------------------------------------------------------------


def made(opened: Opened) -> Opened:
    """Wait until the memo is made."""
    job = opened.app.session_state["_memo_job"]
    for _ in range(600):
        if job.is_over:
            return opened.again()
        time.sleep(0.05)
    raise AssertionError("the memo was not made in half a minute")


@pytest.mark.slow
def test_a_memo_is_made_and_offered_in_every_format() -> None:
    opened = made(press(Opened("memo", {"lang": "en", "memo": TWO}), "memo-make"))

    names = [button.proto.label.split(" ")[0] for button in opened.app.get("download_button")]
    assert {"DOCX", "PPTX", "XLSX", "MD", "ZIP"} <= set(names)
    files, reason = opened.app.session_state["_memo_job"].result()
    assert reason == ""
    with zipfile.ZipFile(io.BytesIO(files["Memo-MiniMax-and-Zhipu.zip"])) as archive:
        assert "http://localhost:8501/growth?lang=en" in archive.read("manifest.json").decode()


def test_without_a_browser_the_page_says_so_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise NoBrowserError("no browser was found; install chromium-headless-shell")

    monkeypatch.setattr("ipo_data.export.browser.find_browser", none)
    opened = Opened("memo", {"lang": "en", "memo": TWO})

    assert any("install chromium-headless-shell" in warning for warning in opened.warnings)
    assert not opened.app.button(key="memo-make").disabled


def test_a_failure_says_why_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(dataset: object, preset: str) -> None:
        raise ZeroDivisionError("a [broken] drawing")

    monkeypatch.setattr("ipo_data.export.packs.drawing.drawing", fail)
    opened = Opened("memo", {"lang": "en", "memo": TWO})
    opened.app.text_area(key="memo-note-growth.growth-rates").set_value("kept").run()
    made(press(opened, "memo-make"))

    assert any("ZeroDivisionError" in str(error.value) and "drawing" in str(error.value) for error in opened.app.error)
    assert opened.query["memo"] == TWO
    assert opened.app.text_area(key="memo-note-growth.growth-rates").value == "kept"


def test_over_budget_no_memo_is_begun_and_the_list_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = FilesBudget()
    budget.use(PICTURES + 10)  # 10 short, given back in 20 s
    monkeypatch.setattr("pages.shell.memo_page.files_budget", lambda: budget)
    opened = press(Opened("memo", {"lang": "en", "memo": TWO}), "memo-make")

    assert "_memo_job" not in opened.app.session_state
    assert any("further pictures are drawn in" in warning for warning in opened.warnings)
    assert opened.query["memo"] == TWO
    assert not opened.app.button(key="memo-make").disabled


# --- the job ----------------------------------------------------------------------------------------------------------


def test_a_cancelled_job_stops() -> None:
    dataset = loaded().dataset
    assert dataset is not None
    jobs = [MemoJob(dataset, spec_of("growth.growth-rates"), ["xlsx"], "") for _ in range(4)]
    for job in jobs:
        job.cancel()

    for job in jobs:
        for _ in range(400):
            if job.is_over:
                break
            time.sleep(0.05)
        assert job.is_over
    assert memo_job._POOL._max_workers == 2
    with pytest.raises((IpoDataError, BaseException)):
        jobs[-1].result()


def test_a_collected_exhibit_is_shown_with_its_options() -> None:
    from pages.shell.memo_list import view_with

    dataset = loaded().dataset
    assert dataset is not None
    view = view_with(View(currency="USD"), "runway.runway-what-if~burn:150", dataset)

    assert (view.currency, view.option("burn"), view.option("scenario")) == ("USD", "150", "base")
