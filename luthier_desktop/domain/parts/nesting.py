"""Parts on sheets, in shelves: boxes that neither overlap nor come nearer than the bit needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Room(NamedTuple):
    """What of a sheet parts may lie on, and how far they stay apart."""

    width_mm: float
    height_mm: float
    gap_mm: float


class Spot(NamedTuple):
    """Where a part's box lies: sheet, counted from 0, and its upper left corner in the room."""

    sheet: int
    left_mm: float
    top_mm: float


class Size(NamedTuple):
    """A part's box; parts of one ``kind`` are alike, and ``step_mm`` is where the next begins.

    Without a step it begins after the box and the gap.
    """

    width_mm: float
    height_mm: float
    kind: int = 0
    step_mm: float | None = None


class _Shelf:
    """A row of parts; the first, which is the highest, sets its height."""

    def __init__(self, sheet: int, top_mm: float) -> None:
        self.sheet = sheet
        self.top_mm = top_mm
        self._free_mm = 0.0
        self._next: tuple[int, float] | None = None

    def left_mm(self, size: Size) -> float:
        """Return where a part would begin."""
        if self._next is not None and self._next[0] == size.kind:
            return self._next[1]
        return self._free_mm

    def put(self, size: Size, gap_mm: float) -> Spot:
        """Lay a part down."""
        left_mm = self.left_mm(size)
        self._free_mm = left_mm + size.width_mm + gap_mm
        self._next = None if size.step_mm is None else (size.kind, left_mm + size.step_mm)
        return Spot(self.sheet, left_mm, self.top_mm)

    def is_full(self, least_mm: float, room: Room) -> bool:
        """Whether not even the narrowest part has place."""
        starts_mm = [self._free_mm] if self._next is None else [self._free_mm, self._next[1]]
        return min(starts_mm) + least_mm > room.width_mm


def nest(sizes: Sequence[Size], room: Room) -> list[Spot]:
    """Return a spot for each size, of which each must fit into the room.

    Highest first, each on the first shelf that has place for it, else on a new one below, else on
    a new sheet. The same sizes give the same spots.
    """
    order = sorted(range(len(sizes)), key=lambda at: (-sizes[at][1], -sizes[at][0], sizes[at][2]))
    least_mm = min((size.width_mm for size in sizes), default=0.0)
    spots: dict[int, Spot] = {}
    shelves: list[_Shelf] = []
    free_mm: list[float] = []
    for at in order:
        size = sizes[at]
        shelf = _with_place(shelves, size, room) or _new(shelves, free_mm, size, room)
        spots[at] = shelf.put(size, room.gap_mm)
        if shelf.is_full(least_mm, room):
            shelves.remove(shelf)
    return [spots[at] for at in range(len(sizes))]


def _with_place(shelves: list[_Shelf], size: Size, room: Room) -> _Shelf | None:
    """Return a shelf; each is high enough, for parts come in order of their height."""
    for shelf in shelves:
        if shelf.left_mm(size) + size.width_mm <= room.width_mm:
            return shelf
    return None


def _new(shelves: list[_Shelf], free_mm: list[float], size: Size, room: Room) -> _Shelf:
    """Begin a shelf; *free_mm* is where the next one of each sheet begins."""
    fits = (at for at, top in enumerate(free_mm) if top + size.height_mm <= room.height_mm)
    sheet = next(fits, len(free_mm))
    if sheet == len(free_mm):
        free_mm.append(0.0)
    shelves.append(_Shelf(sheet, free_mm[sheet]))
    free_mm[sheet] += size.height_mm + room.gap_mm
    return shelves[-1]
