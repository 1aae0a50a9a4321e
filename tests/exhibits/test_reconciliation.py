"""Reconciliation: rival figures and look-alikes."""

from math import inf

from ipo_data.exhibits import reconciliation
from ipo_data.model.judgement import Contrast
from tests.builders import make_judgement, make_source
from tests.charts.drawing import traces
from tests.exhibits.library import words_in_figure
from tests.exhibits.small import MINIMAX, ZHIPU, minimax, small, zhipu

RUNWAY = (
    minimax("runway", ">53 months", "2025-09-30", source="acn", at="¶1 超53個月"),
    minimax("runway", "37 months", "2025-09-30", source="finet", at="table: months"),
)


# --- rivals -----------------------------------------------------------------------------------------------------------


def test_every_document_in_conflict_is_a_mark() -> None:
    exhibit = reconciliation.rival_figures(small(*RUNWAY))
    words = [text.replace("<br>", " ") for text in words_in_figure(exhibit)]  # lines are broken to fit a phone

    assert exhibit.title == "Documents disagree on 1 figure; 1 undecided"
    assert words[0] == "<b>Minimax · Runway · 30 Sep 2025 — in conflict, undecided</b>"
    assert "<b>over 53 months</b>  A paper (24 Dec 2025)  ¶1" in words
    assert "<b>37 months</b>  A paper (24 Dec 2025)" in words  # names of transcribed tables are left out


def test_the_shape_of_a_mark_tells_the_kind_of_document() -> None:
    kinds = {"acn": "issuer_release", "hkex": "prospectus", "post": "self_media", "bank": "broker"}
    says = {"acn": ">53 months", "hkex": "~37 months", "post": "40 months", "bank": "45 months"}
    claims = [minimax("runway", text, "2025-09-30", source=name) for name, text in says.items()]

    exhibit = reconciliation.rival_figures(small(*claims, sources=[make_source(n, kind=k) for n, k in kinds.items()]))
    shapes = {dot["customdata"][0].split("@")[1]: dot["marker"]["symbol"] for dot in traces(exhibit.figure, "markers")}

    assert shapes == {"acn": "circle-open", "hkex": "square", "post": "triangle-up-open", "bank": "diamond-open"}


def test_an_open_figure_has_an_open_whisker() -> None:
    exhibit = reconciliation.rival_figures(small(*RUNWAY))
    whiskers = traces(exhibit.figure, "lines")

    assert inf not in [x for whisker in whiskers for x in whisker["x"]]  # drawn to the edge and dotted
    assert sorted(whisker["line"]["dash"] for whisker in whiskers) == ["dot", "solid"]


def test_a_settled_conflict_says_what_is_shown() -> None:
    choice = make_judgement(
        metric="runway", period=None, as_of="2025-09-30", prefer="finet", because="No sum is given."
    )
    exhibit = reconciliation.rival_figures(small(*RUNWAY, judgements=[choice]))

    assert exhibit.title == "Documents disagree on 1 figure; 0 undecided"
    assert exhibit.table["Status"].tolist() == ["shown", "in conflict, settled by judgement"]
    assert {dot["marker"]["symbol"] for dot in traces(exhibit.figure, "markers")} == {"circle", "circle-open"}


def test_open_conflicts_come_first() -> None:
    settled = [
        zhipu("runway", says, "2025-10-31", source=s) for says, s in (("27 months", "acn"), ("30 months", "finet"))
    ]
    choice = make_judgement(metric="runway", period=None, as_of="2025-10-31", prefer="acn", because="It says so.")

    table = reconciliation.rival_figures(small(*settled, *RUNWAY, judgements=[choice])).table

    assert table["Item"].tolist()[0].startswith("Minimax")


def test_agreement_says_that_nobody_contradicts() -> None:
    exhibit = reconciliation.rival_figures(small(RUNWAY[0]))

    assert exhibit.title == "No document contradicts another in this evidence"
    assert words_in_figure(exhibit) == [exhibit.title]


def test_conflicts_of_a_company_left_out_are_not_counted() -> None:
    other = [
        zhipu("runway", says, "2025-10-31", source=s) for says, s in (("27 months", "acn"), ("30 months", "finet"))
    ]
    context = small(*RUNWAY, *other)
    context.companies = ["zhipu"]

    assert reconciliation.rival_figures(context).title == "Documents disagree on 1 figure; 1 undecided"


# --- look-alikes ------------------------------------------------------------------------------------------------------

PAIR = Contrast.model_validate(
    {
        "id": "market-values", "title": "Market value on the first day", "because": "Open and close.",
        "facts": [
            {"metric": "market_cap", "as_of": "2026-01-09", "dimensions": {"moment": "open"}},
            {"metric": "market_cap", "as_of": "2026-01-09", "dimensions": {"moment": "close"}},
        ],
    }
)  # fmt: skip
OPEN = minimax("market_cap", "72.8bn HKD", "2026-01-09", moment="open")
CLOSE = minimax("market_cap", ">100bn HKD", "2026-01-09", moment="close")


def test_look_alikes_stand_side_by_side_in_their_own_currency() -> None:
    context = small(OPEN, CLOSE, companies=(MINIMAX, ZHIPU), contrasts={"minimax": (PAIR,)})

    assert reconciliation.look_alikes(context).table.to_numpy().tolist() == [
        [
            "Minimax", "Market value on the first day",
            "HK$72.8bn (Market value, open) ≠ over HK$100bn (Market value, close)", "Open and close.",
        ]
    ]  # fmt: skip


def test_half_a_look_alike_is_not_shown() -> None:
    exhibit = reconciliation.look_alikes(small(OPEN, contrasts={"minimax": (PAIR,)}))

    assert exhibit.table.empty
    assert exhibit.title == "No look-alikes declared in this evidence"
