"""A drawing on several pages: the grid, what joins the pages, and a map of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Box, Mark, Part, Words
from luthier_desktop.exports.template_bounds import bounds_of, holds
from luthier_desktop.exports.template_drawing import Drawing
from luthier_desktop.exports.template_marks import (
    CUT_MM,
    DASHED_MM,
    HAIR_MM,
    SMALL_MM,
    TEXT_MM,
    Block,
    bold,
    closed,
    line,
    rectangle,
    round_mark,
    upwards,
    words,
)

LEAST_STEP_MM, MOST_PAGES = 50.0, 400
_MARK_MM, _MARK_RADIUS_MM = 4.0, 2.0
_TEXT_AWAY_MM = 1.4


class Grid(NamedTuple):
    """How a square drawing lies on equal pages; tile 0, 0 is its upper left one.

    ``left_mm, top_mm`` is that tile's corner in the drawing's frame.
    """

    columns: int
    rows: int
    room: Box
    overlap_mm: float
    left_mm: float
    top_mm: float

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.columns * self.rows

    @property
    def step_mm(self) -> tuple[float, float]:
        """How far one tile lies beside and below the other."""
        return self.room.width_mm - self.overlap_mm, self.room.height_mm - self.overlap_mm

    @property
    def whole(self) -> Box:
        """All that the pages together show, in the drawing's frame."""
        width_mm = self.columns * self.step_mm[0] + self.overlap_mm
        height_mm = self.rows * self.step_mm[1] + self.overlap_mm
        return Box(self.left_mm, self.top_mm, width_mm, height_mm)

    def tile(self, column: int, row: int) -> Box:
        """Return what one page shows, in the drawing's frame."""
        left_mm = self.left_mm + column * self.step_mm[0]
        top_mm = self.top_mm + row * self.step_mm[1]
        return Box(left_mm, top_mm, self.room.width_mm, self.room.height_mm)

    def meeting(self, box: Box) -> list[int]:
        """Return the numbers, from 0 on, of the tiles that show something of *box*."""
        (across, down), room = self.step_mm, self.room
        left_mm, top_mm = box.left_mm - self.left_mm, box.top_mm - self.top_mm
        reach_mm = (left_mm - room.width_mm, left_mm + box.width_mm)
        columns = _met(reach_mm, across, self.columns)
        reach_mm = (top_mm - room.height_mm, top_mm + box.height_mm)
        rows = _met(reach_mm, down, self.rows)
        return [row * self.columns + column for row in rows for column in columns]


def grid(room: Box, side_mm: float, overlap_mm: float, paper: str) -> Grid:
    """Return the grid of pages that a square of *side_mm* takes; it is never made smaller.

    Raises:
        InputRefused: The overlap leaves too little of a page, or there would be too many pages.
    """
    columns = _count(side_mm, room.width_mm, overlap_mm, paper)
    rows = _count(side_mm, room.height_mm, overlap_mm, paper)
    if columns * rows > MOST_PAGES:
        raise InputRefused(
            f"The template would take {columns * rows} {paper} pages, more than {MOST_PAGES}: "
            "choose a larger paper or less overlap.",
            "paper",
        )
    left_mm = _start_mm(columns, room.width_mm, side_mm, overlap_mm)
    top_mm = _start_mm(rows, room.height_mm, side_mm, overlap_mm)
    return Grid(columns, rows, room, overlap_mm, left_mm, top_mm)


def tile_marks(drawing: Drawing, grid: Grid, first_page: int) -> Iterator[tuple[Mark, ...]]:
    """Return the marks of each page, row by row; *first_page* is the number of the first."""
    tiles = [grid.tile(column, row) for row in range(grid.rows) for column in range(grid.columns)]
    marks = (*drawing.marks, *_joints(grid))
    for number, on_tile in enumerate(_dealt(marks, grid, tiles)):
        seen = tiles[number]
        shift = Point(grid.room.left_mm - seen.left_mm, grid.room.top_mm - seen.top_mm)
        neighbours = tuple(_neighbours(grid, number, first_page))
        yield (Part(on_tile, shift, grid.room), *neighbours, *corners(grid.room))


def _dealt(marks: Iterable[Mark], grid: Grid, tiles: Sequence[Box]) -> list[tuple[Mark, ...]]:
    """Return what is seen on each tile; a line of text only where it is whole, if it is so."""
    found: list[list[Mark]] = [[] for _ in tiles]
    for mark in marks:
        box = bounds_of(mark)
        seen = grid.meeting(box)
        if isinstance(mark, Words):
            seen = [number for number in seen if holds(tiles[number], box)] or seen
        for number in seen:
            found[number].append(mark)
    return [tuple(on_tile) for on_tile in found]


def _met(reach_mm: tuple[float, float], step_mm: float, count: int) -> range:
    """Return which of *count* tiles begin within this reach; of one tile its step says nothing."""
    if count == 1:
        return range(1)
    first, last = math.ceil(reach_mm[0] / step_mm), math.floor(reach_mm[1] / step_mm)
    return range(max(0, first), min(count - 1, last) + 1)


def corners(room: Box) -> tuple[Mark, ...]:
    """Return marks in the corners of what is printed: a missing one tells of a clipped page."""
    left_mm, top_mm = room.left_mm, room.top_mm
    right_mm, low_mm = left_mm + room.width_mm, top_mm + room.height_mm
    marks = []
    for x_mm, inwards_mm in ((left_mm, _MARK_MM), (right_mm, -_MARK_MM)):
        for y_mm, downwards_mm in ((top_mm, _MARK_MM), (low_mm, -_MARK_MM)):
            marks.append(line((x_mm, y_mm), (x_mm + inwards_mm, y_mm), HAIR_MM))
            marks.append(line((x_mm, y_mm), (x_mm, y_mm + downwards_mm), HAIR_MM))
    return tuple(marks)


def page_map(grid: Grid, drawing: Drawing, first_page: int, room: tuple[float, float]) -> Block:
    """Return a small picture of how the pages lie, each with its number."""
    whole = grid.whole
    title = "The drawing" if grid.pages == 1 else "The pages as they are joined"
    scale = min(room[0] / whole.width_mm, (room[1] - 5.0) / whole.height_mm)
    across, down = grid.step_mm
    marks: list[Mark] = [bold(title, 0.0, TEXT_MM, TEXT_MM)]
    for number in range(grid.pages):
        row, column = divmod(number, grid.columns)
        left_mm, top_mm = column * across * scale, 5.0 + row * down * scale
        width_mm, height_mm = grid.room.width_mm * scale, grid.room.height_mm * scale
        marks.append(closed(rectangle(left_mm, top_mm, width_mm, height_mm), HAIR_MM))
        size_mm = max(1.0, min(TEXT_MM, height_mm / 3))
        label = str(first_page + number)
        marks.append(words(label, left_mm + 1.0, top_mm + 1.3 * size_mm, size_mm))
    centre = Point(-whole.left_mm * scale, 5.0 - whole.top_mm * scale)
    marks.append(round_mark(drawing.reach_mm * scale, HAIR_MM, centre))
    return Block(tuple(marks), whole.width_mm * scale, 5.0 + whole.height_mm * scale)


def _count(side_mm: float, room_mm: float, overlap_mm: float, paper: str) -> int:
    if side_mm <= room_mm:
        return 1
    step_mm = room_mm - overlap_mm
    if step_mm < LEAST_STEP_MM:
        raise InputRefused(
            f"overlap_mm of {overlap_mm:g} leaves {max(0.0, step_mm):.0f} mm of {room_mm:.0f} mm "
            f"on an {paper} page, too little for a template of {side_mm:.0f} mm: choose at most "
            f"{room_mm - LEAST_STEP_MM:.0f} mm or a larger paper.",
            "overlap_mm",
        )
    return math.ceil((side_mm - overlap_mm) / step_mm - 1e-9)


def _start_mm(tiles: int, room_mm: float, side_mm: float, overlap_mm: float) -> float:
    """Return where the first tile begins: the drawing in the middle, its centre in a page.

    With an even number of tiles a joint would run through the centre; then it begins at the edge.
    """
    spare_mm = tiles * (room_mm - overlap_mm) + overlap_mm - side_mm
    return -side_mm / 2 - (spare_mm / 2 if tiles % 2 else 0.0)


def _joints(grid: Grid) -> Iterator[Mark]:
    """Draw, in the middle of each overlap, the line that pages meet on, with register marks."""
    whole = grid.whole
    (across, down), half_mm = grid.step_mm, grid.overlap_mm / 2
    right_mm, low_mm = whole.left_mm + whole.width_mm, whole.top_mm + whole.height_mm
    xs = [whole.left_mm + half_mm + at * across for at in _shares(grid.columns)]
    ys = [whole.top_mm + half_mm + at * down for at in _shares(grid.rows)]
    for column in range(1, grid.columns):
        x_mm = whole.left_mm + half_mm + column * across
        yield line((x_mm, whole.top_mm), (x_mm, low_mm), CUT_MM, DASHED_MM)
        yield from [mark for y_mm in ys for mark in _register(x_mm, y_mm)]
    for row in range(1, grid.rows):
        y_mm = whole.top_mm + half_mm + row * down
        yield line((whole.left_mm, y_mm), (right_mm, y_mm), CUT_MM, DASHED_MM)
        yield from [mark for x_mm in xs for mark in _register(x_mm, y_mm)]


def _shares(tiles: int) -> list[float]:
    """Return where register marks stand along a joint, two on each page, in tiles."""
    return [tile + share for tile in range(tiles) for share in (0.2, 0.8)]


def _register(x_mm: float, y_mm: float) -> Iterator[Mark]:
    yield line((x_mm - _MARK_MM, y_mm), (x_mm + _MARK_MM, y_mm), HAIR_MM)
    yield line((x_mm, y_mm - _MARK_MM), (x_mm, y_mm + _MARK_MM), HAIR_MM)
    yield round_mark(_MARK_RADIUS_MM, HAIR_MM, Point(x_mm, y_mm))


def _neighbours(grid: Grid, number: int, first_page: int) -> Iterator[Mark]:
    """Say beside each joint which page comes next."""
    room, half_mm = grid.room, grid.overlap_mm / 2
    row, column = divmod(number, grid.columns)
    page = first_page + number
    middle_mm = (room.left_mm + room.width_mm / 2, room.top_mm + room.height_mm / 2)
    if column + 1 < grid.columns:
        x_mm = room.left_mm + room.width_mm - half_mm - _TEXT_AWAY_MM
        yield upwards(f"page {page + 1} ↓", x_mm, middle_mm[1], SMALL_MM)
    if column:
        x_mm = room.left_mm + half_mm + _TEXT_AWAY_MM + SMALL_MM
        yield upwards(f"page {page - 1} ↑", x_mm, middle_mm[1], SMALL_MM)
    if row + 1 < grid.rows:
        y_mm = room.top_mm + room.height_mm - half_mm - _TEXT_AWAY_MM
        yield words(f"↓ page {page + grid.columns}", middle_mm[0], y_mm, SMALL_MM, "center")
    if row:
        y_mm = room.top_mm + half_mm + _TEXT_AWAY_MM + SMALL_MM
        yield words(f"↑ page {page - grid.columns}", middle_mm[0], y_mm, SMALL_MM, "center")
