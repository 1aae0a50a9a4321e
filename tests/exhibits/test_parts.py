"""Long tables in parts."""

import pytest

from ipo_data.exhibits.parts import codes_of_parts, part_label, part_of


@pytest.mark.parametrize(("rows", "codes"), [(0, ("1", "2")), (50, ("1", "2")), (51, ("1", "2", "3"))])
def test_there_are_as_many_parts_as_the_rows_need(rows: int, codes: tuple[str, ...]) -> None:
    assert codes_of_parts(rows, 25) == codes


@pytest.mark.parametrize(
    ("code", "part", "first"), [("", [0, 1], 0), ("1", [0, 1], 0), ("2", [2, 3], 2), ("3", [4], 4), ("9", [4], 4)]
)
def test_a_part_is_so_many_rows(code: str, part: list[int], first: int) -> None:
    assert part_of(range(5), code, 2) == (part, first)


def test_no_rows_are_one_empty_part() -> None:
    assert part_of([], "4", 25) == ([], 0)


def test_a_part_is_written_as_its_rows() -> None:
    assert part_label("2", 25) == "26–50"
