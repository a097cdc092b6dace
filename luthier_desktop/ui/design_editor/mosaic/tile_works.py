"""The works on a tile: one table for menu, keys and buttons of the tile editor."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.patterns import grid_edits
from luthier_desktop.domain.patterns.grid_edits import (
    Echo,
    echoed,
    filled,
    joined,
    made_symmetric,
    painted,
    replaced,
    shifted,
    size_of,
)
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.domain.patterns.symmetry import turned_tile
from luthier_desktop.ui.design_editor.mosaic.tile_bench import EditGrid, Hand

PAINT, SIZE, MOVE = MENUS = ("&Paint", "&Rows and columns", "&Move and turn")


class Work(NamedTuple):
    """One work: its menu entry, its keys, its name in the history and what it makes of a tile."""

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    tip: str
    edit: EditGrid


def paint_block(grid: Grid, hand: Hand) -> Grid:
    """Paint the marked cells and their echo."""
    return painted(grid, echoed(hand.block.cells(), size_of(grid), hand.echo), hand.wood)


def fill_joined(grid: Grid, hand: Hand) -> Grid:
    """Paint all that is joined to the cursor's cell, and its echo."""
    cells = echoed(joined(grid, hand.cell), size_of(grid), hand.echo)
    return painted(grid, cells, hand.wood)


def _replace(grid: Grid, hand: Hand) -> Grid:
    return replaced(grid, grid[hand.cell.row][hand.cell.col], hand.wood)


def _clear(grid: Grid, hand: Hand) -> Grid:
    return filled(size_of(grid), hand.wood)


def _make_symmetric(grid: Grid, hand: Hand) -> Grid:
    return made_symmetric(grid, Echo.SIDEWAYS if hand.echo is Echo.NONE else hand.echo)


def _with_row(grid: Grid, hand: Hand) -> Grid:
    return grid_edits.with_row(grid, hand.cell.row)


def _without_row(grid: Grid, hand: Hand) -> Grid:
    return grid_edits.without_row(grid, hand.cell.row)


def _with_column(grid: Grid, hand: Hand) -> Grid:
    return grid_edits.with_column(grid, hand.cell.col)


def _without_column(grid: Grid, hand: Hand) -> Grid:
    return grid_edits.without_column(grid, hand.cell.col)


WORKS = (
    Work("paint", "&Paint the marked cells", ("Space", "Return", "Enter"), PAINT,
         "Paint the cell under the cursor, or the marked ones.", paint_block),
    Work("fill", "&Fill what is joined", ("Ctrl+Return",), PAINT,
         "Paint all cells of the same wood that are joined to the cursor's.", fill_joined),
    Work("replace", "&Replace this wood everywhere", ("Ctrl+Shift+Return",), PAINT,
         "Put the chosen wood wherever the wood under the cursor is.", _replace),
    Work("clear", "&Clear the tile", ("Ctrl+Backspace",), PAINT,
         "Make the whole tile of the chosen wood.", _clear),
    Work("make_symmetric", "&Make it symmetric", ("Ctrl+D",), PAINT,
         "Echo the outer and left half over the other one, as the brush echoes; "
         "sideways where it does not.", _make_symmetric),
    Work("insert_row", "&Insert a row", ("Ins",), SIZE,
         "Put a row like the cursor's beside it.", _with_row),
    Work("remove_row", "&Take the row out", ("Del",), SIZE,
         "Take out the row of the cursor.", _without_row),
    Work("insert_column", "Insert a &column", ("Shift+Ins",), SIZE,
         "Put a column like the cursor's beside it.", _with_column),
    Work("remove_column", "Take the c&olumn out", ("Shift+Del",), SIZE,
         "Take out the column of the cursor.", _without_column),
    Work("shift_left", "Shift &left", ("Ctrl+Left",), MOVE,
         "Move every column one to the left; the first comes in on the right.",
         lambda grid, _: shifted(grid, 0, -1)),
    Work("shift_right", "Shift &right", ("Ctrl+Right",), MOVE,
         "Move every column one to the right; the last comes in on the left.",
         lambda grid, _: shifted(grid, 0, 1)),
    Work("shift_out", "Shift &outward", ("Ctrl+Up",), MOVE,
         "Move every row one outward; the outermost comes in inside.",
         lambda grid, _: shifted(grid, -1, 0)),
    Work("shift_in", "Shift &inward", ("Ctrl+Down",), MOVE,
         "Move every row one inward; the innermost comes in outside.",
         lambda grid, _: shifted(grid, 1, 0)),
    Work("mirror", "&Mirror sideways", ("Ctrl+M",), MOVE,
         "Swap left and right.", lambda grid, _: turned_tile(grid, "book")),
    Work("invert", "Turn &upside down", ("Ctrl+U",), MOVE,
         "Swap inside and outside.", lambda grid, _: turned_tile(grid, "inversion")),
    Work("half_turn", "&Half a turn", ("Ctrl+R",), MOVE,
         "Swap left and right, inside and outside.",
         lambda grid, _: turned_tile(grid, "book_inversion")),
)
