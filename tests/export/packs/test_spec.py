import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.dataset import Dataset
from ipo_data.errors import SpecError
from ipo_data.export.packs.spec import (
    MemoItem,
    MemoSpec,
    checked,
    is_item,
    item_code,
    item_of,
    load_spec,
    read_spec,
    spec_text,
    view_of,
)
from tests.export.packs.conftest import spec_of

GOOD = """\
title: Two offerings compared
language: zh-Hans
currency: USD
evidence: filings
known_by: 2026-01-12
without: [finet-2025-12]
preset: slide
exhibits:
  - page: growth
    exhibit: revenue-spans
    note: |
      增速放缓。
      = a second line
  - {page: runway, exhibit: runway-what-if, options: {burn: 150}}
"""


def problems(dataset: Dataset, text: str) -> list[str]:
    with pytest.raises(SpecError) as caught:
        read_spec(text.encode(), "memo.yaml", dataset)
    return list(caught.value.problems)


def test_a_file_says_what_the_memo_holds(dataset, tmp_path):
    path = tmp_path / "memo.yaml"
    path.write_text(GOOD, "utf-8")

    spec = load_spec(path, dataset)

    assert (spec.title, spec.language, spec.currency, spec.preset) == (
        "Two offerings compared", "zh-Hans", "USD", "slide",
    )  # fmt: skip
    assert spec.exhibits[0].note == "增速放缓。\n= a second line\n"
    assert spec.exhibits[1].options == {"burn": "150"}


def test_a_view_takes_what_the_file_says_and_defaults_for_the_rest(dataset):
    spec = read_spec(GOOD.encode(), "memo.yaml", dataset)

    view = view_of(spec, spec.exhibits[1], dataset)

    assert (view.language, view.currency, view.evidence, view.known_by) == ("zh-Hans", "USD", "filings", "2026-01-12")
    assert (view.without, view.theme) == (("finet-2025-12",), "light")
    assert (view.option("burn"), view.option("scenario")) == ("150", "base")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("zh-Hans\n", "zh-Hanz\n", "memo.yaml:2:11: unknown value of language 'zh-Hanz' (did you mean 'zh-Hant'?)"),
        ("currency: USD", "currency: USDD", "memo.yaml:3:11: unknown value of currency 'USDD' (did you mean 'USD'?)"),
        ("page: growth", "page: grouth", "memo.yaml:9:11: unknown page 'grouth' (did you mean 'growth'?)"),
        (
            "revenue-spans", "revenue-span",
            "memo.yaml:10:14: unknown exhibit of page growth 'revenue-span' (did you mean 'revenue-spans'?)",
        ),
        ("burn: 150", "burn: 151", "memo.yaml:14:61: unknown value of burn '151' (did you mean '150'?)"),
        ("burn: 150", "born: 150", "memo.yaml:14:61: unknown option of page runway 'born' (did you mean 'burn'?)"),
        ("finet-2025-12", "finet-2025", "memo.yaml:6:11: unknown value of without 'finet-2025' (did you mean"),
        ("2026-01-12", "2026-01-32", "memo.yaml:5:11: '2026-01-32' is no value of known_by, such as 2026-01-12"),
        ("slide", "slides", "memo.yaml:7:9: preset: unknown word 'slides' (did you mean 'slide'?)"),
        ("title: Two", "titel: Two", "memo.yaml:1:1: unknown field 'titel' (did you mean 'title'?)"),
        ("title: Two offerings compared", "title: '=1+1'", "memo.yaml:1:8: title: the text begins with '='"),
    ],
)  # fmt: skip
def test_every_problem_is_named_with_its_place(dataset, old, new, message):
    found = problems(dataset, GOOD.replace(old, new, 1))

    assert any(line.startswith(message) for line in found), found


def test_all_problems_come_at_once(dataset):
    found = problems(dataset, GOOD.replace("USD", "USDD").replace("growth", "grouth"))

    assert [line.split(":")[1] for line in found] == ["3", "9"]


def test_an_exhibit_stands_once(dataset):
    twice = GOOD + "  - {page: growth, exhibit: revenue-spans}\n"

    assert problems(dataset, twice) == ["memo.yaml:15:5: the same exhibit as exhibits[0]; list it once"]


def test_the_same_exhibit_with_other_options_is_another(dataset):
    other = GOOD + "  - {page: runway, exhibit: runway-what-if, options: {burn: 50}}\n"

    assert len(read_spec(other.encode(), "memo.yaml", dataset).exhibits) == 3


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"- a\n- b\n", b"title: x\n", b"title: &a x\nexhibits: *a\n"])
def test_what_is_no_specification_is_refused(dataset, raw):
    with pytest.raises(SpecError):
        read_spec(raw, "memo.yaml", dataset)


def test_a_hidden_character_is_refused(dataset):
    assert "hides or reorders text" in problems(dataset, GOOD.replace("增速", "增\u202e速"))[0]


# --- saving -----------------------------------------------------------------------------------------------------------


def test_what_is_saved_reads_back_the_same(dataset):
    spec = read_spec(GOOD.encode(), "memo.yaml", dataset)

    assert read_spec(spec_text(spec).encode(), "memo.yaml", dataset) == spec


@given(note=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=60))
def test_any_readable_note_survives_saving(dataset, note):
    spec = spec_of("growth.revenue-spans")
    spec = spec.model_copy(update={"exhibits": (spec.exhibits[0].model_copy(update={"note": note}),)})

    assert checked(spec, dataset).exhibits[0].note == note


def test_defaults_are_not_written():
    assert spec_text(spec_of("growth.revenue-spans")) == (
        "title: Two offerings compared\nlanguage: en\nexhibits:\n- page: growth\n  exhibit: revenue-spans\n"
    )


# --- in an address ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["growth.revenue-spans", "runway.runway-what-if~burn:150~scenario:bear"])
def test_an_exhibit_fits_an_address(dataset, code):
    assert item_code(item_of(code)) == code
    assert is_item(code, dataset)


@pytest.mark.parametrize(
    "code",
    ["", "growth", "growth.", ".x", "growth.nothing", "nowhere.x", "growth.users~", "growth.users~burn:150",
     "runway.runway-what-if~burn:151", "runway.runway-what-if~burn", "../x.y", "growth.users,growth.users"],
)  # fmt: skip
def test_what_is_no_exhibit_does_not(dataset, code):
    assert not is_item(code, dataset)


def test_a_specification_needs_an_exhibit():
    with pytest.raises(ValueError, match="exhibits"):
        MemoSpec(title="x", exhibits=())
    assert MemoItem(page="growth", exhibit="users").options == {}
