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


class _Shelf:
    """A row of parts; the first, which is the highest, sets its height."""

    def __init__(self, sheet: int, top_mm: float, height_mm: float) -> None:
        self.sheet = sheet
        self.top_mm = top_mm
        self.height_mm = height_mm
        self.used_mm = 0.0


def nest(sizes_mm: Sequence[tuple[float, float]], room: Room) -> list[Spot]:
    """Return a spot for each size (width, height); each of them must fit into the room.

    Highest first, each on the first shelf that has place for it, else on a new one below, else on
    a new sheet. The same sizes give the same spots.
    """
    order = sorted(range(len(sizes_mm)), key=lambda at: (-sizes_mm[at][1], -sizes_mm[at][0], at))
    least_mm = min((width_mm for width_mm, _ in sizes_mm), default=0.0)
    spots: dict[int, Spot] = {}
    shelves: list[_Shelf] = []
    free_mm: list[float] = []
    """Where the next shelf of each sheet begins."""
    for at in order:
        width_mm, height_mm = sizes_mm[at]
        shelf = _with_place(shelves, width_mm, room) or _new(shelves, free_mm, height_mm, room)
        spots[at] = Spot(shelf.sheet, shelf.used_mm, shelf.top_mm)
        shelf.used_mm += width_mm + room.gap_mm
        if shelf.used_mm + least_mm > room.width_mm:
            shelves.remove(shelf)
    return [spots[at] for at in range(len(sizes_mm))]


def _with_place(shelves: list[_Shelf], width_mm: float, room: Room) -> _Shelf | None:
    """Return a shelf; each is high enough, for parts come in order of their height."""
    for shelf in shelves:
        if shelf.used_mm + width_mm <= room.width_mm:
            return shelf
    return None


def _new(shelves: list[_Shelf], free_mm: list[float], height_mm: float, room: Room) -> _Shelf:
    fits = (at for at, top in enumerate(free_mm) if top + height_mm <= room.height_mm)
    sheet = next(fits, len(free_mm))
    if sheet == len(free_mm):
        free_mm.append(0.0)
    top_mm = free_mm[sheet]
    free_mm[sheet] = top_mm + height_mm + room.gap_mm
    shelves.append(_Shelf(sheet, top_mm, height_mm))
    return shelves[-1]
