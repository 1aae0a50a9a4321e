"""Nothing unlike stands side by side without a mark: windows, definitions, share bases, names that sound alike."""

from collections import defaultdict

import pytest

from ipo_data.analysis.look_alikes import GROUPS, alike_in_name, declared
from ipo_data.analysis.points import DataPoint
from ipo_data.exhibits import growth
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.model.judgement import Contrast
from ipo_data.model.metric import METRICS
from ipo_data.periods import Period
from ipo_data.text.catalog import LANGUAGES, catalogue
from tests.builders import make_source
from tests.charts.drawing import point, traces
from tests.exhibits.library import Library, words_in_figure
from tests.exhibits.small import minimax, small, zhipu

DEFINITIONS = (
    "base",
    "burn_basis",
    "deployment",
    "moment",
    "offer_stage",
    "options",
    "proceeds",
    "share_class",
    "stage",
)
"""Axes whose members are other definitions or other share bases of one measure, not parts of it."""
WORDED_OTHERWISE = {
    "runway-bridge-minimax": "proceeds", "runway-bridge-zhipu": "proceeds",  # "all offer proceeds it counts"
    "share-flow": "offer_stage",  # "first size", "public tranche, final"
}  # fmt: skip
"""Exhibits that name a definition in words of their own."""


def words_beside(exhibit: Exhibit) -> str:
    """Return what stands beside the marks: the chart's words, or the table's where there is no chart."""
    own = [exhibit.title, exhibit.subtitle, *exhibit.notes, *words_in_figure(exhibit)]
    if exhibit.figure is None:
        own += [str(cell) for column in exhibit.table for cell in exhibit.table[column]]
    return " ".join(own).replace("<br>", " ")


def by_measure(exhibit: Exhibit) -> dict[str, list[DataPoint]]:
    found: dict[str, list[DataPoint]] = defaultdict(list)
    for shown in exhibit.points:
        if shown.value is not None:
            found[shown.measure].append(shown)
    return found


def unmarked_windows(exhibit: Exhibit, context: Context) -> set[str]:
    """Return the periods of points of one measure and unlike length that are written nowhere."""
    found: set[str] = set()
    for points in by_measure(exhibit).values():
        latest = {
            p.company: p for p in sorted(points, key=lambda p: str(p.when.end if isinstance(p.when, Period) else ""))
        }
        lengths = {p.when.months for p in latest.values() if isinstance(p.when, Period)}
        if len(lengths) > 1:
            words = words_beside(exhibit)
            found |= {w for p in latest.values() if (w := context.period(p.when)) not in words}
    return found


def unmarked_definitions(exhibit: Exhibit, context: Context) -> set[str]:
    """Return the definitions of points of one measure and one time that are unlike and written nowhere."""
    found: set[str] = set()
    for points in by_measure(exhibit).values():
        for axis in DEFINITIONS:
            members: dict[tuple[str, str], set[str]] = defaultdict(set)
            for p in points:
                members[p.company, str(p.when)].add(p.dimensions.get(axis, ""))
            if all(len(found_here) < 2 for found_here in members.values()) or WORDED_OTHERWISE.get(exhibit.id) == axis:
                continue
            words = words_beside(exhibit)
            named = {context.member(p.company, axis, p.dimensions[axis]) for p in points if p.dimensions.get(axis)}
            found |= {name for name in named if name not in words}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_unlike_windows_are_written_beside_their_figures(library: Library, language: str) -> None:
    view = View(language=language)
    found = {e.id: unmarked_windows(e, library.context(view)) for _, e in library.exhibits(view)}

    assert {name: periods for name, periods in found.items() if periods} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_unlike_definitions_are_written_beside_their_figures(library: Library, language: str) -> None:
    view = View(language=language)
    found = {e.id: unmarked_definitions(e, library.context(view)) for _, e in library.exhibits(view)}

    assert {name: definitions for name, definitions in found.items() if definitions} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_sound_alike_carry_their_definitions(library: Library, language: str) -> None:
    view, texts = View(language=language), catalogue(language)
    checked = 0
    for _, exhibit in library.exhibits(view):
        for group in alike_in_name(exhibit.points):
            for metric in group:
                assert any(texts[f"definition.{metric}"] in note for note in exhibit.notes), (exhibit.id, metric)
                checked += 1
    assert checked > 5


def test_declared_look_alikes_in_one_exhibit_are_noted(library: Library) -> None:
    view = View()
    context = library.context(view)
    noted = 0
    for _, exhibit in library.exhibits(view):
        for contrast in declared(context.dataset, exhibit.points) if exhibit.id != "look-alikes" else []:
            because = context.dataset.say(contrast.because, "en")
            assert any(because in note for note in exhibit.notes), (exhibit.id, contrast.id)
            noted += 1
    assert noted


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_every_metric_that_sounds_alike_exists_and_is_defined() -> None:
    for metric in (metric for group in GROUPS for metric in group):
        assert metric in METRICS
        assert catalogue("en")[f"definition.{metric}"]


def test_one_metric_of_a_group_needs_no_definition() -> None:
    assert alike_in_name([point("minimax", "1", measure="mau"), point("zhipu", "2", measure="mau")]) == []
    assert alike_in_name([point("minimax", "1", measure="mau"), point("minimax", None, measure="paying_users")]) == []
    assert alike_in_name([point("minimax", "1", measure="mau"), point("zhipu", "2", measure="paying_users")]) == [
        ("mau", "paying_users")
    ]


def test_users_and_payers_side_by_side_are_marked() -> None:
    exhibit = growth.users(
        small(minimax("mau", "27.6m persons", "9M2025"), minimax("paying_users", "1.77m persons", "9M2025"))
    )

    assert any("accounts that paid at least once in the period" in note for note in exhibit.notes)


def test_an_unmarked_mix_is_found() -> None:
    """The guard itself: half a year beside nine months without a word fails."""
    context = small(minimax("mau", "27.6m persons", "9M2025"), zhipu("mau", "5m persons", "H1-2025"))
    points = [point("minimax", "27", "9M2025", measure="mau"), point("zhipu", "5", "H1-2025", measure="mau")]
    bare = Exhibit("x", "Title", "Subtitle", None, "", tuple(points))
    marked = Exhibit("x", "Title", "9M 2025 / H1 2025", None, "", tuple(points))

    assert unmarked_windows(bare, context) == {"9M 2025", "H1 2025"}
    assert unmarked_windows(marked, context) == set()


def test_two_share_bases_without_a_word_are_found() -> None:
    context = small(minimax("mau", "27.6m persons", "9M2025"))
    points = [
        point("minimax", value, measure="subscription_multiple", dimensions={"base": base})
        for value, base in (("37", "whole_tranche"), ("79", "without_cornerstones"))
    ]

    assert unmarked_definitions(Exhibit("x", "T", "S", None, "", tuple(points)), context) == {
        context.member("minimax", "base", "whole_tranche"), context.member("minimax", "base", "without_cornerstones"),
    }  # fmt: skip


# --- a number under another name --------------------------------------------------------------------------------------

NAMED_APART = Contrast.model_validate({
    "id": "developers-and-downloads", "title": {"en": "Two numbers", "zh-Hans": "两个数"},
    "facts": [{"metric": "developers", "as_of": "2026-01"}, {"metric": "downloads", "as_of": "2025-12"}],
    "because": {"en": "Downloads are no people.", "zh-Hans": "下载不是人。"},
})  # fmt: skip
PRESS = zhipu("developers", ">45m developers", "2026-01", source="finet")


def _users(downloads: str, source: str = "prospectus") -> Exhibit:
    counted = zhipu("downloads", f">{downloads} downloads", "2025-12", source=source)
    filing = make_source("prospectus", kind="prospectus")
    return growth.users(small(PRESS, counted, sources=(filing,), contrasts={"zhipu": (NAMED_APART,)}))


@pytest.mark.parametrize(
    ("downloads", "source", "is_open"),
    [("45m", "prospectus", True), ("46m", "prospectus", False), ("45m", "finet", False)],
)
def test_a_number_that_a_filing_gives_another_name_is_open(downloads: str, source: str, is_open: bool) -> None:
    exhibit = _users(downloads, source)
    symbols = [trace["marker"]["symbol"] for trace in traces(exhibit.figure, "markers")]

    assert [symbol.endswith("-open") for symbol in symbols] == [is_open, False]
    assert ("open: downloads in a filing" in " ".join(words_in_figure(exhibit))) is is_open
