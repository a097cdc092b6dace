"""Groups of blocks filled into columns: what belongs together stays together, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Box, Mark, Part
from luthier_desktop.exports.sheet_blocks import Block, height_mm

Group = tuple[Block, ...]
"""Blocks that stand below each other in one column."""

_STEPS = 12
_LEAST_MM = 1e-6


class Filled(NamedTuple):
    """What stands in a room, how high that is, and how many groups found a place."""

    marks: tuple[Mark, ...]
    height_mm: float
    placed: int


def in_columns(groups: Sequence[Group], room: Box, count: int = 1, gap_mm: float = 0.0) -> Filled:
    """Fill *count* columns of equal width one after another; about level when all fit."""
    most_mm = room.height_mm
    columns, placed = _poured(groups, count, most_mm)
    if placed == len(groups):
        columns = _levelled(groups, count, most_mm)
    width_mm = column_width_mm(room.width_mm, count, gap_mm)
    marks: list[Mark] = []
    for number, column in enumerate(columns):
        marks += _placed(column, room.left_mm + number * (width_mm + gap_mm), room.top_mm)
    return Filled(tuple(marks), max(map(height_mm, columns), default=0.0), placed)


def column_width_mm(room_mm: float, count: int, gap_mm: float) -> float:
    """Return how wide each of *count* columns is."""
    return (room_mm - (count - 1) * gap_mm) / count


def groups_of(blocks: Iterable[Block]) -> list[Group]:
    """Return the blocks in runs that stay together."""
    groups: list[Group] = []
    run: list[Block] = []
    for block in blocks:
        run.append(block)
        if not block.with_next:
            groups.append(tuple(run))
            run = []
    return [*groups, tuple(run)] if run else groups


def _levelled(groups: Sequence[Group], count: int, most_mm: float) -> list[list[Block]]:
    """Return the columns of about the least height in which all groups still fit."""
    too_low_mm, enough_mm = 0.0, most_mm
    for _ in range(_STEPS):
        middle_mm = (too_low_mm + enough_mm) / 2
        if _poured(groups, count, middle_mm)[1] == len(groups):
            enough_mm = middle_mm
        else:
            too_low_mm = middle_mm
    return _poured(groups, count, enough_mm)[0]


def _poured(groups: Sequence[Group], count: int, room_mm: float) -> tuple[list[list[Block]], int]:
    """Fill the columns in turn; return them, and how many groups are in them."""
    columns: list[list[Block]] = []
    placed = 0
    for _ in range(count):
        column: list[Block] = []
        used_mm = 0.0
        while placed < len(groups):
            group = groups[placed] if column else _trimmed(groups[placed])
            high_mm = height_mm(group)
            if used_mm + high_mm > room_mm + _LEAST_MM:
                break
            column += group
            used_mm += high_mm
            placed += 1
        columns.append(column)
    return columns, placed


def _trimmed(group: Group) -> Group:
    """Return a group without the empty blocks before it: a column begins at its upper edge."""
    start = next((at for at, block in enumerate(group) if block.marks), len(group))
    return group[start:]


def _placed(column: Iterable[Block], left_mm: float, top_mm: float) -> list[Mark]:
    marks: list[Mark] = []
    for block in column:
        if block.marks:
            marks.append(Part(block.marks, Point(left_mm, top_mm)))
        top_mm += block.height_mm
    return marks
