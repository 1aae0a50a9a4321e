"""What the pages of evidence list is chosen above the lists and stands in the address."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import SessionState

from ipo_data.text.catalog import words
from pages.shell.controls import MORE_EVIDENCE
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


# --- controls that are folded away ------------------------------------------------------------------------------------


def is_drawn(shown: Opened, key: str) -> bool:
    return key in shown.controls


def test_folded_controls_are_drawn_when_somebody_unfolds_them_and_show_what_holds() -> None:
    shown = Opened("growth", {"lang": "en"})
    assert not is_drawn(shown, "view_known")
    shown.with_more_evidence()
    assert shown.app.text_input(key="view_known").value == ""
    shown.app.text_input(key="view_known").set_value("2026-02-01").run()
    shown.app.session_state[MORE_EVIDENCE] = False
    shown.again()
    assert not is_drawn(shown, "view_known")
    assert shown.query == {"lang": "en", "known": "2026-02-01"}
    assert shown.with_more_evidence().app.text_input(key="view_known").value == "2026-02-01"


def test_a_link_that_moves_a_folded_control_unfolds_it_also_when_it_comes_later() -> None:
    shown = Opened("valuation", {"lang": "en"})
    assert not is_drawn(shown, "view_hurdle")
    shown.app.query_params["hurdle"] = "20"  # as Back does
    shown.again()
    assert shown.app.select_slider(key="view_hurdle").value == "20"


def test_what_is_unfolded_stays_so_in_the_next_language() -> None:
    shown = Opened("valuation", {"lang": "en"}).with_more_evidence()
    shown.app.session_state["solver"] = True
    shown.again().app.segmented_control(key="view_lang").set_value("zh-Hans").run()
    assert is_drawn(shown, "view_known")
    assert shown.app.selectbox(key="view_price").label == words("zh-Hans")("control.price")


def test_a_rate_that_was_typed_is_still_there_after_the_sourced_ones_were_looked_at() -> None:
    shown = Opened("growth", {"lang": "en", "ccy": "USD"})
    shown.app.selectbox(key="view_rates").select("own").run()
    shown.app.text_input(key="view_usdcny").set_value("7.1").run()
    shown.app.selectbox(key="view_rates").select("prospectus").run()
    shown.again().app.selectbox(key="view_rates").select("own").run()
    assert shown.app.text_input(key="view_usdcny").value == "7.1"
    assert shown.query["usdcny"] == "7.1"


def test_a_page_looks_at_the_whole_session_once_however_many_controls_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, looks = Opened("runway", {"lang": "en"}), []
    whole = SessionState.filtered_state
    monkeypatch.setattr(SessionState, "filtered_state", property(lambda state: looks.append(1) or whole.fget(state)))
    shown.app.run()
    assert len(shown.app.selectbox) == 7
    assert len(looks) <= 2  # one of them by AppTest
