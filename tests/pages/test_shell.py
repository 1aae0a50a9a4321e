"""What the pages share: nothing is made twice, nothing shared is changed, and the server starts whatever happens."""

import asyncio
import gc
import inspect
import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit import config

from ipo_data.charts.drawing import Drawing
from ipo_data.exhibits import registry
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES
from ipo_data.exhibits.view_query import Parameter, complaint
from ipo_data.text.catalog import LANGUAGES, words
from pages.shell import data as data_module
from pages.shell import exhibit, start_up
from pages.shell.data import context_of, exhibit_of, loaded
from pages.shell.exhibit import ready
from pages.shell.exhibit_element import KEY_LENGTH, SCRIPT, Chart, Texts, packed
from pages.shell.kept import forget, kept
from pages.shell.navigation import TOOLS, _pages
from pages.shell.trace_page import LARGEST
from tests.builders import GOOD_SEEDS
from tests.pages.conftest import UseSeeds
from tests.pages.opened import Opened, data

# --- the cache --------------------------------------------------------------------------------------------------------


@pytest.fixture
def made() -> list[object]:
    return []


@pytest.fixture(autouse=True)
def _forget_afterwards() -> Iterator[None]:
    yield
    forget()


def test_a_result_is_made_once_and_shared(made: list[object]) -> None:
    @kept(8)
    def make(name: str) -> list[str]:
        made.append(name)
        return [name]

    assert make("a") is make("a")
    assert make("b") == ["b"]
    assert made == ["a", "b"]


def test_the_oldest_result_goes_first(made: list[object]) -> None:
    @kept(2)
    def make(number: int) -> str:
        made.append(number)
        return str(number)

    for number in (1, 2, 3, 2, 1):
        make(number)
    assert made == [1, 2, 3, 1]


def test_what_is_asked_for_again_outlasts_many_that_are_asked_for_once(made: list[object]) -> None:
    @kept(3)
    def make(number: int) -> str:
        made.append(number)
        return str(number)

    for number in (0, 1, 0, 2, 3, 0, 4, 5, 0):  # a view that readers open between the steps of somebody's slider
        make(number)
    assert made == [0, 1, 2, 3, 4, 5]
    for number in (6, 7, 8, 9, 0):  # 4, then 5 (0 is spared and loses its mark), 6, and 0 go
        make(number)
    assert made == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]


def test_named_arguments_are_part_of_the_question() -> None:
    @kept(8)
    def make(name: str, *, loud: bool = False) -> str:
        return name.upper() if loud else name

    assert make("a") == "a"
    assert make("a", loud=True) == "A"


def test_readers_who_come_together_get_one_thing(made: list[object]) -> None:
    start = threading.Barrier(8)
    found: list[object] = []

    @kept(8)
    def make(name: str) -> object:
        made.append(name)
        return object()

    def ask() -> None:
        start.wait()
        found.append(make("a"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]
    assert len({id(thing) for thing in found}) == 1


def test_a_failure_is_not_kept(made: list[object]) -> None:
    @kept(8)
    def make(name: str) -> str:
        made.append(name)
        if len(made) == 1:
            raise ValueError
        return name

    with pytest.raises(ValueError, match=r"^$"):
        make("a")
    assert make("a") == "a"


def test_forgetting_leaves_what_is_not_made_from_data() -> None:
    @kept(8)
    def from_data(name: str) -> object:
        return object()

    @kept(8, made_from_data=False)
    def lasting(name: str) -> object:
        return object()

    before = from_data("a"), lasting("a")
    forget()
    assert from_data("a") is not before[0]
    assert lasting("a") is before[1]


def test_new_data_drop_what_was_made_from_the_old(use_seeds: UseSeeds) -> None:
    folder = use_seeds({})
    dataset, view = data(), View()
    old = context_of(dataset, view)
    assert context_of(dataset, view) is old
    (folder / "sources.yaml").write_text(GOOD_SEEDS["sources.yaml"] + "\n", encoding="utf-8")
    assert data() is not dataset
    assert context_of(dataset, view) is not old


# --- reruns -----------------------------------------------------------------------------------------------------------


def test_a_rerun_builds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Opened("growth")

    def refuse(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("pages.shell.data.build", refuse)
    monkeypatch.setattr("pages.shell.data.Dataset.load", refuse)
    monkeypatch.setattr("pages.shell.exhibit.packed", refuse)
    assert shown.again().errors == []


def test_two_readers_share_figures_and_neither_changes_them() -> None:
    view = View(options=())
    first = ready(data(), view, "growth", "one-footing", 1)
    exhibit = exhibit_of(data(), view, "growth", "one-footing")
    assert exhibit.figure is not None
    before = json.dumps(exhibit.figure.to_dict(), default=str)
    Opened("growth")
    Opened("growth")
    assert ready(data(), view, "growth", "one-footing", 1) is first
    assert json.dumps(exhibit.figure.to_dict(), default=str) == before


def test_an_exhibit_is_sent_as_it_was_drawn_under_a_key_of_its_own() -> None:
    drawing = Drawing([{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], {"title": {"text": "t"}, "height": 300})
    texts, chart = (
        Texts(heading="h", notes=("one",)),
        Chart(drawing, "what it shows", 480, {"displaylogo": False}, "full"),
    )
    sent = packed(texts, chart)
    content = json.loads(sent[KEY_LENGTH:])
    assert {name: content["chart"][name] for name in ("data", "layout")} == drawing.to_dict()
    assert content["chart"]["alt"] == "what it shows"
    assert {name: content[name] for name in content if name != "chart"} == {
        "heading": "h", "notes": ["one"], "script": SCRIPT,
    }  # fmt: skip
    # other words and the same chart: the element is told, the chart is not drawn again
    other = packed(replace(texts, heading="i"), chart)
    assert other[:KEY_LENGTH] != sent[:KEY_LENGTH]
    assert json.loads(other[KEY_LENGTH:])["chart"]["key"] == content["chart"]["key"]
    assert packed(texts, replace(chart, alt="else"))[KEY_LENGTH:] != sent[KEY_LENGTH:]


def test_views_are_told_apart() -> None:
    light = exhibit_of(data(), View(), "growth", "one-footing")
    dark = exhibit_of(data(), View(theme="dark"), "growth", "one-footing")
    assert light is not dark
    assert light is exhibit_of(data(), View(), "growth", "one-footing")


# --- the start --------------------------------------------------------------------------------------------------------


def test_the_server_starts_in_time_with_more_than_it_can_build(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    built: list[str] = []
    monkeypatch.setattr(start_up, "LONGEST", 1e-9)
    monkeypatch.setattr(start_up, "ready", lambda *given: built.append(given[3]))
    start_up.warm_up()
    assert built == []
    assert "Starting without overview and the pages after it" in caplog.text


def test_of_more_companies_than_a_view_holds_two_are_built_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    built: set[tuple[str, ...]] = set()
    monkeypatch.setattr(start_up, "_build", lambda *given: built.add(given[2]))
    start_up.warm_up()
    assert built == {()}
    monkeypatch.setattr(start_up, "MOST_COMPANIES", 1)
    start_up.warm_up()
    assert built == {(), ("minimax", "zhipu")}


def test_thousands_of_record_files_are_not_looked_at_in_every_rerun(
    use_seeds: UseSeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look of 6 ms, more than 5: the next one 20 × 6 = 120 ms after it."""
    folder = use_seeds({})
    looks: list[str] = []
    spent, now = iter(range(100)), [0.0]
    monkeypatch.setattr(data_module, "_stamp", lambda place: looks.append(place) or ())
    monkeypatch.setattr(data_module.time, "thread_time", lambda: next(spent) * 0.006)
    monkeypatch.setattr(data_module.time, "monotonic", lambda: now[0])
    for moment in (10.0, 10.1, 10.119, 10.121, 10.2):
        now[0] = moment
        data_module._looked_at(str(folder))
    assert len(looks) == 2
    monkeypatch.setattr(data_module.time, "thread_time", lambda: 0.0)
    for moment in (11.0, 11.001):
        now[0] = moment
        data_module._looked_at(str(folder))
    assert len(looks) == 4


def test_the_server_starts_though_a_page_cannot_be_built(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(start_up, "ready", fail)
    start_up.warm_up()
    assert "growth could not be built" in caplog.text


def test_the_server_starts_though_the_records_are_broken(use_seeds: UseSeeds) -> None:
    use_seeds({"sources.yaml": "sources: ["})
    start_up.warm_up()
    assert loaded().dataset is None


def test_after_the_start_the_first_reader_finds_every_page_built(monkeypatch: pytest.MonkeyPatch) -> None:
    start_up.warm_up()
    monkeypatch.setattr("pages.shell.data.build", None)
    for page in registry.PAGES:
        assert Opened(page.id).errors == [], page.id


def test_what_lives_at_the_start_is_never_looked_through_again() -> None:
    """A full collection would walk more than a hundred thousand objects that never die, in every reader's time."""
    before = gc.get_freeze_count()

    async def start() -> int:
        async with start_up.lifespan(None):
            return gc.get_freeze_count()

    try:
        frozen = asyncio.run(start())
    finally:
        gc.unfreeze()
    assert frozen - before > 50_000
    assert {"plotly.graph_objects", "pandas"} <= set(sys.modules)
    assert "plotly.express" not in sys.modules


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("runner.postScriptGC", False),
        ("server.fileWatcherType", "none"),
        ("client.disableDataExport", True),
        ("server.enableStaticServing", False),
        ("server.maxUploadSize", LARGEST),
        ("server.maxMessageSize", 20),
        ("browser.gatherUsageStats", False),
    ],
)
def test_settings_that_keep_a_server_fast_and_closed_are_known_and_set(option: str, value: object) -> None:
    """Streamlit passes over a setting it does not know with a warning; a renamed one would go unnoticed."""
    assert config.get_option(option) == value


# --- small things -----------------------------------------------------------------------------------------------------


def test_every_state_has_a_mark_and_no_mark_is_left_over() -> None:
    from ipo_data.analysis.points import State

    assert {str(state) for state in State} == set(exhibit.MARKS)


@pytest.mark.parametrize(
    ("found", "nearest"),
    [("minimx", "minimax"), ("MINIMAX", "minimax"), ("mini", "minimax"), ("zzz", ""), ("m", ""), ("", "")],
)
def test_the_nearest_code_is_named(found: str, nearest: str) -> None:
    assert complaint("firms", found, ["minimax", "zhipu"]).nearest == nearest


def test_a_parameter_writes_what_it_reads() -> None:
    several = Parameter("firms", [], ("a", "b"), many=True)
    assert several.read("b,a") == (["b", "a"], None)
    assert several.write(["b", "a"]) == "b,a"
    assert several.write([]) is None
    one = Parameter("ccy", "native", ("native", "USD"))
    assert one.read("USD") == ("USD", None)
    assert one.write("native") is None
    assert Parameter("lang", "en", ("en",), always=True).write("en") == "en"


def test_a_seeds_folder_of_any_size_is_looked_through_quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pages.shell.data import _stamp

    for name in ("companies/a", "companies/b/deeper", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "x.yaml").write_text("", encoding="utf-8")
    stamped = {Path(name).relative_to(tmp_path).as_posix() for name, *_ in _stamp(str(tmp_path))}
    assert stamped == {"companies", "companies/a", "companies/a/x.yaml", "companies/b"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_called_by_their_names_before_their_scripts_begin(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """The browser's tab shows this name from the first message of the server on."""
    monkeypatch.setattr("streamlit.Page", lambda path, **named: (path.stem, named["title"]))
    say = words(language)

    assert inspect.unwrap(_pages)(language) == tuple(
        (name, say(f"nav.{name}")) for name in [*(page.id for page in PAGES), *TOOLS]
    )
