"""What can be done to a painted tile, each a new grid; rows count from the outermost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.parameters import Grid

MOST_SIDE = 200


class Cell(NamedTuple):
    """A place in a tile; row 0 is the outermost, column 0 the leftmost."""

    row: int
    col: int


class Block(NamedTuple):
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def cells(self) -> list[Cell]:
        """Return every cell of the rectangle."""
        return [
            Cell(row, col)
            for row in range(self.top, self.bottom + 1)
            for col in range(self.left, self.right + 1)
        ]


class Echo(StrEnum):
    """How each stroke of the brush comes again within the tile."""

    NONE = "none"
    SIDEWAYS = "sideways"
    INWARD = "inward"
    BOTH = "both"
    TURN = "turn"


def size_of(grid: Grid) -> tuple[int, int]:
    """Return rows and columns."""
    return len(grid), len(grid[0])


def block_between(one: Cell, other: Cell) -> Block:
    """Return the rectangle with these two corners."""
    top, bottom = sorted((one.row, other.row))
    left, right = sorted((one.col, other.col))
    return Block(top, left, bottom, right)


def cells_between(start: Cell, end: Cell) -> list[Cell]:
    """Return the cells of a straight stroke, without gaps, both ends included."""
    steps = max(abs(end.row - start.row), abs(end.col - start.col))
    return [
        Cell(
            start.row + _nearest((end.row - start.row) * step, steps),
            start.col + _nearest((end.col - start.col) * step, steps),
        )
        for step in range(steps + 1)
    ]


def painted(grid: Grid, cells: Iterable[Cell], material_id: str) -> Grid:
    """Return the grid with these cells of one wood; cells outside it are left out."""
    rows, cols = size_of(grid)
    by_row: dict[int, set[int]] = {}
    for row, col in cells:
        if 0 <= row < rows and 0 <= col < cols:
            by_row.setdefault(row, set()).add(col)
    changed = list(grid)
    for row, own in by_row.items():
        changed[row] = tuple(
            material_id if col in own else wood for col, wood in enumerate(grid[row])
        )
    return tuple(changed)


def echoed(cells: Iterable[Cell], size: tuple[int, int], echo: Echo) -> set[Cell]:
    """Return the cells and those that mirror them within a tile of this size."""
    last_row, last_col = size[0] - 1, size[1] - 1
    found = set(cells)
    if echo in (Echo.SIDEWAYS, Echo.BOTH):
        found |= {Cell(row, last_col - col) for row, col in found}
    if echo in (Echo.INWARD, Echo.BOTH):
        found |= {Cell(last_row - row, col) for row, col in found}
    if echo is Echo.TURN:
        found |= {Cell(last_row - row, last_col - col) for row, col in found}
    return found


def made_symmetric(grid: Grid, echo: Echo) -> Grid:
    """Return the grid with its first half, outermost and leftmost, echoed over the other one."""
    size = size_of(grid)

    def source(row: int, col: int) -> str:
        first = min(echoed([Cell(row, col)], size, echo))
        return grid[first.row][first.col]

    return tuple(tuple(source(row, col) for col in range(size[1])) for row in range(size[0]))


def joined(grid: Grid, start: Cell) -> list[Cell]:
    """Return the cells of one wood that are joined to *start* by their sides."""
    rows, cols = size_of(grid)
    wood = grid[start.row][start.col]
    seen, found = {start}, [start]
    for row, col in found:
        for near in (
            Cell(row - 1, col), Cell(row + 1, col), Cell(row, col - 1), Cell(row, col + 1)
        ):
            inside = 0 <= near.row < rows and 0 <= near.col < cols
            if inside and near not in seen and grid[near.row][near.col] == wood:
                seen.add(near)
                found.append(near)
    return found


def replaced(grid: Grid, wood: str, by: str) -> Grid:
    """Return the grid with every cell of one wood in another one."""
    return tuple(tuple(by if one == wood else one for one in row) for row in grid)


def filled(size: tuple[int, int], material_id: str) -> Grid:
    """Return a grid of one wood."""
    return ((material_id,) * size[1],) * size[0]


def shifted(grid: Grid, down: int, right: int) -> Grid:
    """Return the grid moved; what leaves it on one side comes in on the other."""
    rows, cols = size_of(grid)
    moved = tuple(row[-right % cols :] + row[: -right % cols] for row in grid)
    return moved[-down % rows :] + moved[: -down % rows]


def with_row(grid: Grid, at: int) -> Grid:
    """Return the grid with the row *at* twice.

    Raises:
        InputRefused: There are as many rows as a tile may have.
    """
    if len(grid) >= MOST_SIDE:
        raise InputRefused(f"A tile has at most {MOST_SIDE} rows; take one out first.")
    return (*grid[: at + 1], *grid[at:])


def without_row(grid: Grid, at: int) -> Grid:
    """Return the grid without the row *at*.

    Raises:
        InputRefused: It is the only one.
    """
    if len(grid) == 1:
        raise InputRefused("This is the tile's only row; a tile has at least one.")
    return (*grid[:at], *grid[at + 1 :])


def with_column(grid: Grid, at: int) -> Grid:
    """Return the grid with the column *at* twice.

    Raises:
        InputRefused: There are as many columns as a tile may have.
    """
    if len(grid[0]) >= MOST_SIDE:
        raise InputRefused(f"A tile has at most {MOST_SIDE} columns; take one out first.")
    return tuple((*row[: at + 1], *row[at:]) for row in grid)


def without_column(grid: Grid, at: int) -> Grid:
    """Return the grid without the column *at*.

    Raises:
        InputRefused: It is the only one.
    """
    if len(grid[0]) == 1:
        raise InputRefused("This is the tile's only column; a tile has at least one.")
    return tuple((*row[:at], *row[at + 1 :]) for row in grid)


def cut_out(grid: Grid, block: Block) -> Grid:
    """Return a part of the grid."""
    return tuple(row[block.left : block.right + 1] for row in grid[block.top : block.bottom + 1])


def pasted(grid: Grid, at: Cell, part: Grid) -> Grid:
    """Return the grid with *part* laid over it from *at* on; what hangs over is left out."""
    changed = [list(row) for row in grid]
    for row, own in enumerate(part[: len(grid) - at.row], start=at.row):
        fits = own[: len(grid[0]) - at.col]
        changed[row][at.col : at.col + len(fits)] = fits
    return tuple(tuple(row) for row in changed)


def woods_of(grid: Grid) -> tuple[str, ...]:
    """Return the woods of the grid in the order in which they are first met."""
    found: dict[str, None] = {}
    for row in grid:
        found.update(dict.fromkeys(row))
    return tuple(found)


def followed(
    materials: Sequence[str], before: Collection[str], after: Sequence[str]
) -> tuple[str, ...] | None:
    """Return a ring's materials after its grid changed from woods to woods; None: they stay.

    They follow as long as they name all the woods of the grid: what is no longer painted goes,
    what is new comes last, and what was listed without being painted stays listed.
    """
    if not set(before) <= set(materials) and materials:
        return None
    kept = [wood for wood in materials if wood in after or wood not in before]
    return (*kept, *(wood for wood in after if wood not in kept))


def _nearest(share: int, steps: int) -> int:
    """Return share/steps rounded, halves away from zero, so that a stroke is one both ways."""
    if steps == 0:
        return 0
    rounded = (2 * abs(share) + steps) // (2 * steps)
    return rounded if share >= 0 else -rounded
