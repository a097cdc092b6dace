"""Fields of a painted tile: neighbouring cells of one material, joined to one piece."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.patterns.parameters import Grid

Corner = tuple[int, int]
"""Column and row of a grid's crossing, rows counted from the inner edge outwards."""


class Field(NamedTuple):
    """One field: its outer loop of corners, clockwise, and those of its holes.

    ``rows`` is the sum of the rows of its cells, the innermost being 0.
    """

    material_id: str
    loops: tuple[tuple[Corner, ...], ...]
    cells: int
    rows: int


class Fields(NamedTuple):
    """All fields of a tile and how many corners they have together."""

    fields: tuple[Field, ...]
    corners: int


@lru_cache(maxsize=8)
def fields_of(upwards: Grid) -> Fields:
    """Return the fields of a tile that is given innermost row first.

    Cells belong together where they share a side, not where only their corners touch.
    """
    found: list[Field] = []
    seen = [[False] * len(row) for row in upwards]
    for row, materials in enumerate(upwards):
        for column, material_id in enumerate(materials):
            if not seen[row][column]:
                cells = _joined(upwards, column, row, seen)
                loops = tuple(_loops(cells))
                found.append(Field(material_id, loops, len(cells), sum(at for _, at in cells)))
    return Fields(tuple(found), sum(len(loop) for one in found for loop in one.loops))


def _joined(upwards: Grid, column: int, row: int, seen: list[list[bool]]) -> set[Corner]:
    material_id, cells, waiting = upwards[row][column], set[Corner](), [(column, row)]
    seen[row][column] = True
    while waiting:
        x, y = waiting.pop()
        cells.add((x, y))
        for nx, ny in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            inside = 0 <= ny < len(upwards) and 0 <= nx < len(upwards[0])
            if inside and not seen[ny][nx] and upwards[ny][nx] == material_id:
                seen[ny][nx] = True
                waiting.append((nx, ny))
    return cells


def _loops(cells: set[Corner]) -> Iterator[tuple[Corner, ...]]:
    """Walk along the sides with the field on the right hand; the outer loop comes first."""
    sides = _sides(cells)
    walks = []
    while sides:
        walks.append(_walk(sides, min(sides)))
    walks.sort(key=min)  # the outer loop has the lowest corner of all
    yield from (_without_straight_on(walk) for walk in walks)


def _sides(cells: set[Corner]) -> dict[Corner, list[Corner]]:
    """Return where the sides lead that start at each corner, clockwise round their cell."""
    sides: dict[Corner, list[Corner]] = {}
    for x, y in cells:
        for beside, start, end in (
            ((x, y + 1), (x, y + 1), (x + 1, y + 1)),
            ((x + 1, y), (x + 1, y + 1), (x + 1, y)),
            ((x, y - 1), (x + 1, y), (x, y)),
            ((x - 1, y), (x, y), (x, y + 1)),
        ):
            if beside not in cells:
                sides.setdefault(start, []).append(end)
    return sides


def _walk(sides: dict[Corner, list[Corner]], start: Corner) -> list[Corner]:
    walk, at = [start], _next(sides, start, None)
    while at != start:
        walk.append(at)
        at = _next(sides, at, walk[-2])
    return walk


def _next(sides: dict[Corner, list[Corner]], at: Corner, before: Corner | None) -> Corner:
    """Take the side that leads on; where two do, the one that turns right, round its own cell."""
    ends = sides[at]
    chosen = 0
    if before is not None and len(ends) > 1:
        dx, dy = at[0] - before[0], at[1] - before[1]
        right = (at[0] + dy, at[1] - dx)
        chosen = ends.index(right)
    end = ends.pop(chosen)
    if not ends:
        del sides[at]
    return end


def _without_straight_on(walk: list[Corner]) -> tuple[Corner, ...]:
    """Leave out corners at which a loop goes straight on."""
    around = pairwise([*walk[-1:], *walk, *walk[:1]])
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in around]
    return tuple(
        corner
        for corner, (came, goes) in zip(walk, pairwise(steps), strict=True)
        if came != goes
    )
