"""Problems are listed once, in reading order, one line each."""

import pytest

from ipo_data.loading.problems import MOST_PER_FILE, Problem, ProblemList, dotted


def test_problem_is_written_as_editors_read_it():
    assert str(Problem("seeds/fx.yaml", 3, 14, "too low")) == "seeds/fx.yaml:3:14: too low"


def test_lines_are_sorted_by_file_and_position_and_not_repeated():
    problems = ProblemList()
    for place in [("b.yaml", (1, 1)), ("a.yaml", (10, 2)), ("a.yaml", (9, 5)), ("a.yaml", (9, 5)), ("a.yaml", (10, 1))]:
        problems.add(*place, "wrong")
    assert problems.lines() == ("a.yaml:9:5: wrong", "a.yaml:10:1: wrong", "a.yaml:10:2: wrong", "b.yaml:1:1: wrong")


def test_an_empty_list_is_false():
    problems = ProblemList()
    assert not problems
    problems.add("a.yaml", (1, 1), "wrong")
    assert problems


def test_a_message_stays_on_one_visible_line():
    problems = ProblemList()
    problems.add("a\n.yaml", (1, 1), "got 'x\ny\u202e'" + "z" * 5_000)
    (line,) = problems.lines()
    assert line.startswith("a\\n.yaml:1:1: got 'x\\ny\\u202e'zzz")
    assert len(line) < 2_100


def test_only_the_first_problems_of_a_file_are_listed():
    problems = ProblemList()
    for number in range(MOST_PER_FILE + 50):
        problems.add("a.yaml", (number + 1, 1), "wrong")
    problems.add("b.yaml", (1, 1), "wrong")
    assert problems.is_full("a.yaml")
    assert not problems.is_full("b.yaml")
    lines = problems.lines()
    assert len(lines) == MOST_PER_FILE + 2
    assert lines[MOST_PER_FILE] == "a.yaml:200:1: these are the first 200 problems of this file; there may be more"
    assert lines[-1] == "b.yaml:1:1: wrong"


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("revenue",), "revenue"), (("revenue", 1, "says"), "revenue[1].says"), ((0, "a", 2), "[0].a[2]"),
     (("a\nb",), "a\\nb")],
)  # fmt: skip
def test_dotted(path, text):
    assert dotted(path) == text
