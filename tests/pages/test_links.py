"""Links: defaults are left out, codes are canonical, bad values are reported, and nothing chosen is lost on the way."""

from urllib.parse import parse_qs, urlsplit

import pytest

from ipo_data.exhibits.registry import page as page_of
from ipo_data.text.catalog import LANGUAGES, words
from tests.pages.opened import PAGE_IDS, Opened, data

EVERY_CHOICE = {
    "lang": "zh-Hans",
    "firms": "zhipu",
    "ccy": "USD",
    "rates": "articles",
    "basis": "month",
    "evidence": "articles",
    "known": "2026-02-01",
    "without": "finet-2025-12",
}


def warned(query: dict[str, str], page: str = "growth") -> list[str]:
    shown = Opened(page, query)
    assert shown.errors == []
    return shown.warnings


def chosen(shown: Opened) -> dict[str, object]:
    state = shown.app.session_state
    return {name: state[f"view_{name}"] for name in ("ccy", "evidence", "firms", "known", "without")}


# --- what stands in the address bar -----------------------------------------------------------------------------------


def test_a_link_without_values_is_left_as_it_is() -> None:
    assert Opened("growth").query == {}


def test_defaults_are_left_out_and_the_language_always_stands_there() -> None:
    shown = Opened("growth", {"lang": "en"})
    shown.app.selectbox(key="view_ccy").select("USD").run()
    assert shown.query == {"lang": "en", "ccy": "USD"}
    shown.app.selectbox(key="view_ccy").select("native").run()
    assert shown.query == {"lang": "en"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_codes_are_the_same_in_every_language(lang: str) -> None:
    shown = Opened("growth", {"lang": lang}).with_more_evidence()
    shown.app.selectbox(key="view_ccy").select("HKD")
    shown.app.selectbox(key="view_evidence").select("filings")
    shown.app.multiselect(key="view_firms").set_value(["zhipu"])
    shown.app.multiselect(key="view_without").set_value(["finet-2025-12"])
    shown.app.text_input(key="view_known").set_value("2026-03-01").run()
    assert shown.errors == []
    assert shown.query == {
        "lang": lang,
        "firms": "zhipu",
        "ccy": "HKD",
        "evidence": "filings",
        "known": "2026-03-01",
        "without": "finet-2025-12",
    }


@pytest.mark.parametrize("page", PAGE_IDS)
def test_every_choice_of_a_link_is_taken_over_and_the_link_stays(page: str) -> None:
    shown = Opened(page, EVERY_CHOICE)
    assert shown.errors == []
    assert shown.warnings == []
    assert shown.query == EVERY_CHOICE
    assert chosen(shown) == {
        "ccy": "USD",
        "evidence": "articles",
        "firms": ["zhipu"],
        "known": "2026-02-01",
        "without": ["finet-2025-12"],
    }


def test_a_link_that_writes_defaults_out_means_the_same_and_stays() -> None:
    query = {"lang": "en", "ccy": "native", "evidence": "all", "firms": "minimax,zhipu"}
    shown = Opened("growth", query)
    assert shown.warnings == []
    assert shown.query == query


def test_order_and_repetition_of_companies() -> None:
    shown = Opened("growth", {"firms": "zhipu,minimax,zhipu"})
    assert shown.errors == []
    assert shown.app.session_state["view_firms"] == ["zhipu", "minimax"]


# --- bad values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("lang", "xx", "en, zh-Hans, zh-Hant"),
        ("lang", "zh-hans", "zh-Hans"),
        ("ccy", "EUR", "native, USD, CNY, HKD"),
        ("ccy", "usd", "USD"),
        ("ccy", "", "native, USD, CNY, HKD"),
        ("rates", "articels", "articles"),
        ("basis", "monthly", "month"),
        ("basis", "quarter", "ltm, month, reported, annualised"),
        ("usdcny", "71", "5 – 9"),
        ("usdcny", "7,10", "5 – 9"),
        ("usdcny", "1e1", "5 – 9"),
        ("usdhkd", "8.00", "7.75 – 7.85"),
        ("evidence", "filing", "filings"),
        ("firms", "minimx", "minimax"),
        ("firms", "openai", "minimax, zhipu"),
        ("known", "2026-13-40", "2026-01-12"),
        ("known", "2026-02-30", "2026-01-12"),
        ("known", "2026-1-2", "2026-01-12"),
        ("known", "2026-01", "2026-01-12"),
        ("known", "२०२६-०१-१२", "2026-01-12"),
        ("without", "finet", "finet-2025-12"),
        ("data", "latest", data().digest[:12]),
        ("langg", "en", "lang"),
        ("theme", "dark", "lang, firms"),
    ],
)
def test_a_bad_value_is_reported_with_what_is_allowed_and_dropped(name: str, value: str, hint: str) -> None:
    shown = Opened("growth", {name: value})
    assert shown.errors == []
    (warning,) = shown.warnings
    assert name in warning
    assert hint in warning
    assert shown.query.get(name) != value
    assert Opened("growth").headings == shown.headings


def test_the_report_goes_when_the_reader_goes_on() -> None:
    shown = Opened("growth", {"ccy": "EUR"})
    assert len(shown.warnings) == 1
    assert shown.again().warnings == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_bad_value_is_reported_in_the_language_of_the_page(lang: str) -> None:
    (warning,) = warned({"lang": lang, "ccy": "EUR"})
    before, _, after = words(lang)("error.url", parameter="ccy", found="|").partition("|")
    assert warning.startswith(before)
    assert warning.endswith(after)


def test_good_codes_beside_a_bad_one_are_kept() -> None:
    shown = Opened("growth", {"firms": "zhipu,minimx", "without": "nobody,finet-2025-12", "ccy": "USD"})
    assert len(shown.warnings) == 2
    assert shown.query == {"lang": "en", "firms": "zhipu", "without": "finet-2025-12", "ccy": "USD"}


@pytest.mark.parametrize(("name", "value"), [("burn", "999"), ("burn", "-1"), ("burn", "1e2"), ("liquidity", "all")])
def test_a_bad_page_option_is_reported_on_its_page(name: str, value: str) -> None:
    (warning,) = warned({name: value}, "runway")
    assert f"'{value}'" in warning


def test_an_option_of_another_page_is_dropped_without_a_word() -> None:
    shown = Opened("growth", {"burn": "50"})
    assert shown.warnings == []
    assert shown.query == {"lang": "en"}


@pytest.mark.parametrize("name", ["lang", "firms", "ccy", "known", "without", "evidence", "data", "nonsense"])
def test_a_very_long_value_is_cut_in_the_report(name: str) -> None:
    (warning,) = warned({name: "x" * 100_000})
    assert len(warning) < 400


def test_ten_thousand_codes_are_reported_once() -> None:
    (warning,) = warned({"firms": ",".join(f"firm{number}" for number in range(10_000))})
    assert "firm0" in warning


def test_thousands_of_names_that_are_no_parameters_are_reported_by_the_first_few() -> None:
    found = warned({f"{number}{'x' * 200}": "1" for number in range(900)})
    assert len(found) == 5
    assert all(len(warning) < 400 for warning in found)


def test_html_markdown_and_hidden_characters_of_a_link_are_shown_as_text() -> None:
    shown = Opened("growth", {"ccy": "<img src=x onerror=alert(1)>**b** :red[r]\u202e\n# h"})
    (raw,) = (warning.value for warning in shown.app.warning)
    assert "\\<img" in raw
    assert "\\*\\*b" in raw
    assert "\\:red\\[r" in raw
    assert "\u202e" not in raw
    assert "\n" not in raw
    assert not any(element.proto.allow_html for element in shown.app.markdown)


def test_a_date_typed_wrongly_is_reported_kept_in_its_field_and_not_used() -> None:
    shown = Opened("growth", {"known": "2026-02-01"})
    before = shown.headings
    shown.app.text_input(key="view_known").set_value("2026-13-40").run()
    assert ["2026-13-40" in warning for warning in shown.warnings] == [True]
    assert "known" not in shown.query
    assert shown.app.text_input(key="view_known").value == "2026-13-40"
    assert shown.headings != before
    assert shown.headings == Opened("growth").headings


def test_a_date_with_spaces_around_it_is_a_date() -> None:
    assert warned({"known": " 2026-02-01 "}) == []


# --- nothing is lost --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", LANGUAGES)
@pytest.mark.parametrize("then", LANGUAGES)
def test_switching_the_language_keeps_every_selection(first: str, then: str) -> None:
    shown = Opened("runway", {**EVERY_CHOICE, "lang": first, "burn": "50", "liquidity": "cash_only"})
    before = chosen(shown)
    shown.app.segmented_control(key="view_lang").set_value(then).run()
    assert shown.errors == []
    assert shown.title == words(then)("question.runway")
    assert chosen(shown) == before
    shown.again()
    assert chosen(shown) == before
    assert shown.query == {**EVERY_CHOICE, "lang": then, "burn": "50", "liquidity": "cash_only"}


def test_after_a_language_switch_the_controls_still_work() -> None:
    shown = Opened("growth", {"ccy": "USD", "lang": "en"})
    shown.app.segmented_control(key="view_lang").set_value("zh-Hant").run()
    shown.app.selectbox(key="view_evidence").select("filings").run()
    assert shown.query == {"lang": "zh-Hant", "ccy": "USD", "evidence": "filings"}
    shown.app.segmented_control(key="view_lang").set_value("en").run()
    assert shown.query == {"lang": "en", "ccy": "USD", "evidence": "filings"}


@pytest.mark.parametrize("page", PAGE_IDS[1:])
def test_switching_the_page_keeps_what_all_pages_share(page: str) -> None:
    shown = Opened("overview", EVERY_CHOICE).turn_to(page)
    assert shown.errors == []
    assert shown.title == Opened(page, EVERY_CHOICE).title
    assert shown.query == EVERY_CHOICE
    assert shown.turn_to("overview").query == EVERY_CHOICE


def test_page_options_come_back_with_their_page() -> None:
    shown = Opened("runway", {"lang": "en", "burn": "50", "liquidity": "cash_only"})
    shown.turn_to("growth")
    assert shown.query == {"lang": "en"}
    shown.turn_to("runway")
    assert shown.query == {"lang": "en", "burn": "50", "liquidity": "cash_only"}
    assert shown.app.select_slider(key="view_burn").value == "50"


def test_the_rate_set_survives_a_detour_without_conversion() -> None:
    shown = Opened("growth", {"lang": "en", "ccy": "USD", "rates": "articles"})
    shown.app.selectbox(key="view_ccy").select("native").run()
    shown.app.selectbox(key="view_ccy").select("USD").run()
    assert shown.app.selectbox(key="view_rates").value == "articles"


def test_an_own_rate_is_typed_noted_and_kept_in_the_address() -> None:
    query = {"lang": "en", "ccy": "USD", "rates": "own", "usdcny": "7.50"}
    shown = Opened("growth", query)
    assert shown.errors == []
    assert shown.warnings == []
    assert shown.query == query
    assert "Converted at your own rate of 7.5 RMB per US$" in shown.text()
    assert shown.app.text_input(key="view_usdhkd").placeholder == "7.7805"
    shown.app.text_input(key="view_usdcny").set_value("75").run()
    (warning,) = shown.warnings
    assert "usdcny" in warning
    assert "5 – 9" in warning
    assert "own rate" not in shown.text().replace("Own rate", "").split("Exhibit")[1]


def other_options(page: str) -> dict[str, str]:
    """Return every option of a page that has codes at the second of them, which is not the default."""
    return {name: codes[1] for name, codes in page_of(page).codes(data()).items() if len(codes) > 1}


@pytest.mark.parametrize("page", PAGE_IDS)
def test_switching_language_currency_or_basis_loses_no_choice(page: str) -> None:
    """Neither what all pages share nor the page's own options, whichever is switched after which."""
    query = {**EVERY_CHOICE, **other_options(page)}
    shown = Opened(page, query)
    assert shown.errors == []
    assert shown.warnings == []
    for control, value in (("lang", "zh-Hant"), ("ccy", "HKD"), ("basis", "annualised"), ("lang", "en")):
        if control == "lang":
            shown.app.segmented_control(key="view_lang").set_value(value).run()
        else:
            shown.app.selectbox(key=f"view_{control}").select(value).run()
        query[control] = value
        assert shown.errors == []
        assert shown.query == query


def test_back_and_forward_restore_the_view_of_the_address() -> None:
    shown = Opened("growth", {"lang": "en"})
    shown.app.selectbox(key="view_ccy").select("USD").run()
    shown.app.query_params.clear()  # Back: the browser sends the older address and the controls as they were
    shown.app.query_params["lang"] = "en"
    shown.again()
    assert shown.app.selectbox(key="view_ccy").value == "native"
    shown.app.query_params["ccy"] = "USD"  # Forward
    shown.again()
    assert shown.app.selectbox(key="view_ccy").value == "USD"
    assert shown.query == {"lang": "en", "ccy": "USD"}


def test_back_to_an_address_without_values_restores_the_defaults() -> None:
    shown = Opened("growth", locale="zh-CN")
    shown.app.selectbox(key="view_ccy").select("USD").run()
    shown.app.query_params.clear()
    shown.again()
    assert shown.errors == []
    assert shown.title == words("zh-Hans")("question.growth")
    assert shown.app.selectbox(key="view_ccy").value == "native"
    assert shown.query == {}


def test_a_control_moved_before_the_address_caught_up_is_not_undone() -> None:
    shown = Opened("growth", {"lang": "en"})
    shown.app.selectbox(key="view_ccy").select("USD").run()
    shown.app.query_params.clear()  # the browser has not yet been told of ccy=USD
    shown.app.query_params["lang"] = "en"
    shown.app.selectbox(key="view_evidence").select("filings").run()
    assert shown.query == {"lang": "en", "ccy": "USD", "evidence": "filings"}


# --- the link to copy -------------------------------------------------------------------------------------------------


def copied(shown: Opened) -> tuple[str, dict[str, str]]:
    (code,) = shown.with_link().app.code
    address = urlsplit(str(code.value))
    return address.path, {name: values[0] for name, values in parse_qs(address.query).items()}


def test_the_link_to_copy_writes_every_value_and_the_data() -> None:
    path, query = copied(Opened("runway", {"lang": "en"}))
    assert path == "/runway"
    shared = {"lang": "en", "firms": "minimax,zhipu", "ccy": "native", "rates": "prospectus", "evidence": "all"}
    assert shared.items() <= query.items()
    assert {"burn": "100", "liquidity": "company_definition"}.items() <= query.items()
    assert query["data"] == data().digest[:12]


@pytest.mark.parametrize("page", PAGE_IDS)
def test_the_copied_link_opens_the_same_view(page: str) -> None:
    first = Opened(page, EVERY_CHOICE)
    _, query = copied(first)
    again = Opened(page, query)
    assert again.warnings == []
    assert again.remarks == []
    assert again.headings == first.headings
    assert again.query == query


def test_a_link_made_with_other_data_says_so_until_the_view_changes() -> None:
    shown = Opened("growth", {"lang": "en", "data": "0123456789ab"})
    (remark,) = [*shown.remarks, *shown.warnings]
    assert "0123456789ab" in remark
    assert data().digest[:12] in remark
    assert len(shown.again().remarks) == 1
    shown.app.selectbox(key="view_ccy").select("USD").run()
    assert shown.remarks == []
    assert "data" not in shown.query


def test_a_link_made_with_todays_data_says_nothing() -> None:
    shown = Opened("growth", {"data": data().digest[:12]})
    assert shown.remarks == []
    assert shown.warnings == []
