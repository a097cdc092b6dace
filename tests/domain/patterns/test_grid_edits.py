"""Edits of a painted tile: each can be taken back by another one, and none loses a cell."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.patterns.grid_edits import (
    MOST_SIDE,
    Block,
    Cell,
    Echo,
    block_between,
    cells_between,
    cut_out,
    echoed,
    filled,
    followed,
    joined,
    made_symmetric,
    painted,
    pasted,
    replaced,
    shifted,
    size_of,
    with_column,
    with_row,
    without_column,
    without_row,
    woods_of,
)
from luthier_desktop.domain.patterns.grid_text import grid_text, read_grid
from luthier_desktop.domain.patterns.symmetry import turned_tile
from luthier_desktop.domain.patterns.tile_figures import tile_figures
from tests.domain.patterns.rings import RADII, SYMMETRIES, grids, ring

painted_grids = grids().map(lambda rows: tuple(map(tuple, rows)))
EASY = settings(max_examples=60, deadline=None)


def tile(text):
    """Write a grid in letters: "aab abb"."""
    return tuple(tuple(row) for row in text.split())


def letters(grid):
    return " ".join("".join(row) for row in grid)


@EASY
@given(painted_grids, SYMMETRIES)
def test_turning_a_tile_twice_gives_it_back(grid, symmetry):
    assert turned_tile(turned_tile(grid, symmetry), symmetry) == grid


@EASY
@given(painted_grids, st.integers(-9, 9), st.integers(-9, 9))
def test_shifting_loses_nothing_and_comes_round(grid, down, right):
    rows, cols = size_of(grid)
    moved = shifted(grid, down, right)
    assert shifted(moved, -down, -right) == grid
    assert shifted(grid, rows * down, cols * right) == grid
    assert Counter(sum(moved, ())) == Counter(sum(grid, ()))


def test_a_shift_goes_the_way_it_says():
    assert letters(shifted(tile("abc def"), 0, 1)) == "cab fde"
    assert letters(shifted(tile("ab cd ef"), 1, 0)) == "ef ab cd"


@EASY
@given(painted_grids, st.sampled_from(Echo))
def test_a_tile_made_symmetric_is_and_stays_so(grid, echo):
    once = made_symmetric(grid, echo)
    assert made_symmetric(once, echo) == once
    for row, col in Block(0, 0, len(grid) - 1, len(grid[0]) - 1).cells():
        alike = echoed([Cell(row, col)], size_of(grid), echo)
        assert len({once[one.row][one.col] for one in alike}) == 1


def test_the_outer_left_half_is_what_is_echoed():
    grid = tile("abc def ghi")
    assert letters(made_symmetric(grid, Echo.SIDEWAYS)) == "aba ded ghg"
    assert letters(made_symmetric(grid, Echo.INWARD)) == "abc def abc"
    assert letters(made_symmetric(grid, Echo.BOTH)) == "aba ded aba"
    assert letters(made_symmetric(grid, Echo.TURN)) == "abc ded cba"
    assert made_symmetric(grid, Echo.NONE) == grid


@EASY
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_stroke_has_no_gaps_and_is_the_same_from_both_ends(row, col, to_row, to_col):
    start, end = Cell(row, col), Cell(to_row, to_col)
    stroke = cells_between(start, end)
    assert (stroke[0], stroke[-1]) == (start, end)
    assert all(
        max(abs(one.row - other.row), abs(one.col - other.col)) == 1
        for one, other in pairwise(stroke)
    )
    assert len(stroke) == max(abs(to_row - row), abs(to_col - col)) + 1


def test_painting_changes_its_cells_alone_and_ignores_what_lies_outside():
    grid = tile("aaa aaa")
    assert letters(painted(grid, [Cell(0, 1), Cell(1, 2), Cell(5, 0), Cell(0, -1)], "b")) == (
        "aba aab"
    )
    assert painted(grid, [], "b") == grid


@EASY
@given(painted_grids, st.data())
def test_filling_takes_what_is_joined_and_only_that(grid, data):
    rows, cols = size_of(grid)
    start = Cell(data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, cols - 1)))
    found = set(joined(grid, start))
    wood = grid[start.row][start.col]
    assert {grid[one.row][one.col] for one in found} == {wood}
    for row, col in found:
        for near in ((row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1)):
            inside = 0 <= near[0] < rows and 0 <= near[1] < cols
            assert not inside or near in found or grid[near[0]][near[1]] != wood


def test_filling_does_not_leak_through_a_corner():
    assert set(joined(tile("ab ba"), Cell(0, 0))) == {(0, 0)}


@EASY
@given(painted_grids, st.data())
def test_a_row_or_column_put_in_and_taken_out_leaves_the_tile_as_it_was(grid, data):
    rows, cols = size_of(grid)
    row, col = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, cols - 1))
    assert without_row(with_row(grid, row), row) == grid
    assert without_column(with_column(grid, col), col) == grid
    assert with_row(grid, row)[row + 1] == grid[row]


def test_the_only_row_stays_and_there_are_at_most_200():
    for edit in (without_row, without_column):
        with pytest.raises(InputRefused, match="at least one"):
            edit(tile("a"), 0)
    full = filled((MOST_SIDE, MOST_SIDE), "a")
    for edit in (with_row, with_column):
        with pytest.raises(InputRefused, match="at most 200"):
            edit(full, 0)


@EASY
@given(painted_grids, st.data())
def test_a_part_cut_out_and_pasted_where_it_was_changes_nothing(grid, data):
    rows, cols = size_of(grid)
    rows_in, cols_in = st.integers(0, rows - 1), st.integers(0, cols - 1)
    corners = st.builds(Cell, rows_in, cols_in)
    block = block_between(data.draw(corners), data.draw(corners))
    part = cut_out(grid, block)
    assert len(part) * len(part[0]) == len(block.cells())
    assert pasted(grid, Cell(block.top, block.left), part) == grid
    assert size_of(pasted(grid, data.draw(corners), grid)) == (rows, cols)


def test_what_hangs_over_is_left_out():
    assert letters(pasted(tile("aaa aaa"), Cell(1, 2), tile("bc de"))) == "aaa aab"


def test_one_wood_takes_another_s_place():
    assert letters(replaced(tile("ab ba"), "a", "c")) == "cb bc"
    assert woods_of(tile("ab ca")) == ("a", "b", "c")


@EASY
@given(painted_grids)
def test_a_tile_goes_through_the_clipboard_unchanged(grid):
    assert read_grid(grid_text(grid), {"koa", "pear"}) == grid


def test_what_is_no_tile_is_refused_with_its_row():
    known = {"koa", "hard_maple"}
    assert read_grid("Koa\tHard maple\r\n", known) == (("koa", "hard_maple"),)
    for text, said in (
        ("", "no tile"), ("koa\tkoa\nkoa\n", "Row 2"), ("koa\ngold\n", "gold"),
        ("koa\n" * 201, "201 rows"), ("koa\t\n", "nothing"), ("x" * 4_000_001, "far more"),
        ("\u202ekoa\n", "U+202E"),
    ):
        with pytest.raises(InputRefused, match=said.replace("+", r"\+")):
            read_grid(text, known)


def test_a_ring_s_materials_follow_its_tile_unless_they_were_chosen():
    assert followed(("a", "b", "c"), {"a", "b"}, ("a", "d")) == ("a", "c", "d")
    assert followed((), {"a"}, ("b", "a")) == ("b", "a")
    assert followed(("x",), {"a"}, ("a", "b")) is None


@EASY
@given(painted_grids, SYMMETRIES, st.integers(1, 12), st.sampled_from(["MOSAIC", "MEANDER"]))
def test_cells_and_areas_of_each_wood_are_those_that_are_drawn(grid, symmetry, count, family):
    one = ring(family, {"grid": grid, "symmetry": symmetry, "count": count})
    figures, drawn = tile_figures(one, RADII), draw_ring(one, RADII)
    assert sum(figures.cells.values()) == figures.rows * figures.cols
    if family == "MOSAIC":
        wanted = {wood: cells * count for wood, cells in figures.cells.items()}
        assert dict(drawn.pieces_by_material) == wanted
    assert math.isclose(sum(piece.area_mm2 for piece in drawn.pieces), RADII.area_mm2)
    assert figures.cell.mean_mm * figures.cols * count == pytest.approx(2 * math.pi * 53)
    assert figures.tile.inner_mm / figures.tile.outer_mm == pytest.approx(50 / 56)
