"""Judgements and contrasts."""

import pytest
from pydantic import ValidationError

from ipo_data.model.judgement import Contrast, Verdict, stamp_of
from tests.builders import make_judgement


@pytest.mark.parametrize(
    ("period", "as_of", "stamp"),
    [
        ("9M2025", None, "9M2025"),
        (None, "2025-09-30", "2025-09-30"),
        (None, "2025-09", "2025-09-30"),  # as of a month means as of its end
        (None, "2024-02", "2024-02-29"),
        (None, "2025", "2025-12-31"),
        (None, None, ""),
    ],
)
def test_stamp_is_the_period_or_the_last_day_the_date_may_mean(period, as_of, stamp):
    assert stamp_of(period, as_of) == stamp
    assert make_judgement(period=period, as_of=as_of).stamp == stamp


def test_verdict_is_a_word_of_the_list():
    assert make_judgement(verdict="loose_wording").verdict is Verdict.LOOSE_WORDING
    with pytest.raises(ValidationError, match="Input should be 'misprint'"):
        make_judgement(verdict="wrong")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decided": "2026-02-30"}, "the date 2026-02-30 does not exist"),
        ({"period": None, "as_of": "soon"}, "'soon' is not a date"),
        ({"prefer": "acn", "over": ["finet", "acn"]}, "'acn' is preferred and cannot lose as well"),
        ({"because": "<i>x</i>"}, "looks like HTML"),
        ({"reason": "x"}, "Extra inputs"),
    ],
)
def test_wrong_judgement_is_refused(changes, message):
    with pytest.raises(ValidationError) as caught:
        make_judgement(**changes)
    assert message in str(caught.value)


def test_a_contrast_needs_two_figures():
    fact = {"metric": "mau", "period": "9M2025"}
    data = {"id": "users", "title": "Users", "facts": [fact, {"metric": "cumulative_users", "as_of": "2025-09"}]}
    contrast = Contrast.model_validate({**data, "because": "A flow and a stock."})
    assert [f.stamp for f in contrast.facts] == ["9M2025", "2025-09-30"]
    with pytest.raises(ValidationError, match="at least 2 items"):
        Contrast.model_validate({**data, "facts": [fact], "because": "x"})
