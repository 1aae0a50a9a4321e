"""What the pages of evidence list is chosen above the lists and stands in the address."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from tests.pages.opened import Opened


def heading(shown: Opened, words: str) -> str:
    return next(text for text in shown.text().splitlines() if words in text)


def test_a_link_chooses_what_the_ledger_lists() -> None:
    shown = Opened("reconciliation", {"lang": "en", "verdict": "in_conflict", "topic": "mix"})

    assert not shown.errors
    assert shown.app.selectbox(key="view_verdict").value == "in_conflict"
    assert "under this choice" in heading(shown, "stated figures recomputed")
    assert shown.query == {"lang": "en", "verdict": "in_conflict", "topic": "mix"}


def test_a_moved_choice_is_written_into_the_address() -> None:
    shown = Opened("reconciliation", {"lang": "en"})
    shown.app.selectbox(key="view_rule").set_value("revenue_cagr").run()

    assert not shown.errors
    assert shown.query == {"lang": "en", "rule": "revenue_cagr"}
    assert "130%" in shown.text()


def test_turning_the_pages_of_the_ledger() -> None:
    shown = Opened("reconciliation", {"lang": "en", "rows": "2"})

    assert "Rows 26 to" in shown.text()


@pytest.mark.parametrize(
    ("page", "name", "value", "nearest"),
    [
        ("reconciliation", "verdict", "conflict", "in_conflict"),
        ("reconciliation", "rule", "revenue_cagrs", "revenue_cagr"),
        ("reconciliation", "rows", "0", ""),
        ("sources", "document", "finet-2025-21", "finet-2025-12"),
        ("sources", "metric", "revenu", "revenue"),
        ("sources", "period", "FY1999", ""),
        ("sources", "about", "marging", "margins"),
    ],
)
def test_a_choice_that_is_not_allowed_is_reported_with_the_nearest(
    page: str, name: str, value: str, nearest: str
) -> None:
    shown = Opened(page, {"lang": "en", name: value})

    assert not shown.errors
    assert any(value in warning and nearest in warning for warning in shown.warnings)
    assert shown.query == {"lang": "en"}


def test_the_chosen_document_is_left_out_and_its_claims_are_listed() -> None:
    shown = Opened("sources", {"lang": "en", "document": "scmp-minimax-debut"})

    assert not shown.errors
    assert heading(shown, "Without South China Morning Post")
    assert "3 of " in heading(shown, "claims as printed")


def test_a_topic_chooses_gaps_coverage_and_claims() -> None:
    shown = Opened("sources", {"lang": "en", "about": "users", "metric": "mau", "period": "FY2024"})
    text = shown.text()

    assert not shown.errors
    assert "Average monthly active users" in text
    assert shown.app.selectbox(key="view_period").value == "FY2024"


def test_choices_keep_their_codes_when_the_language_changes() -> None:
    shown = Opened("sources", {"lang": "en", "document": "finet-2025-12", "period": "2025"})
    shown.app.segmented_control(key="view_lang").set_value("zh-Hans").run()

    assert not shown.errors
    assert shown.query == {"lang": "zh-Hans", "document": "finet-2025-12", "period": "2025"}


def test_a_value_is_sent_until_the_browser_says_it() -> None:
    shown = Opened("runway", {"lang": "en", "burn": "70"})
    shown.app.run()  # as a click does: the tab sends what its controls show
    assert not shown.app.select_slider(key="view_burn").proto.set_value

    shown.app._run(WidgetStates())  # as when the window tells its width before the controls are built
    assert shown.app.select_slider(key="view_burn").proto.set_value
    assert shown.app.select_slider(key="view_burn").value == "70"
    assert shown.query == {"lang": "en", "burn": "70"}


def test_a_remark_on_the_link_stands_though_the_window_tells_its_width() -> None:
    shown = Opened("sources", {"lang": "en", "ccy": "EUR"})
    shown.app.query_params["screen"] = "narrow"
    shown.app._run(WidgetStates())  # the window tells its width by itself
    assert any("EUR" in warning for warning in shown.warnings)
    assert shown.query == {"lang": "en", "screen": "narrow"}

    shown.app.selectbox(key="view_basis").set_value("month").run()
    assert not any("EUR" in warning for warning in shown.warnings)
