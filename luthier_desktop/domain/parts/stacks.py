"""Parts that lie in each other's bows: blocks below one another, wedges beside one another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luthier_desktop.domain.feasibility.limits import exact
from luthier_desktop.domain.parts.nesting import Room, Size
from luthier_desktop.domain.parts.part import Part


class Stack(NamedTuple):
    """Parts that are nested as one, each with how far it lies below the stack's top."""

    size: Size
    parts: tuple[tuple[Part, float], ...]


def stacked(parts: Sequence[Part], room: Room) -> Iterator[Stack]:
    """Yield the parts in stacks, those of each ring in their order; each stack fits the room.

    Blocks that open downwards lie below one another, in stacks of like height. Any other part is
    a stack of its own.
    """
    rings: dict[int, list[Part]] = {}
    for part in parts:
        rings.setdefault(part.ring_index, []).append(part)
    for kind, alike in enumerate(rings.values()):
        one = alike[0]
        width_mm, height_mm = exact(one.box.width_mm), exact(one.box.height_mm)
        if one.bow is None:
            step_mm, most = None, 1
        else:
            step_mm = exact(one.bow.step_mm(room.gap_mm))
            most = _most(height_mm, step_mm, room) if one.bow.opens == "down" else 1
        tall = math.ceil(len(alike) / math.ceil(len(alike) / most))
        beside_mm = step_mm if one.bow is not None and one.bow.opens == "left" else None
        down_mm = [0.0 if step_mm is None else row * step_mm for row in range(tall)]
        for first in range(0, len(alike), tall):
            lying = tuple(zip(alike[first : first + tall], down_mm, strict=False))
            size = Size(width_mm, exact(height_mm + lying[-1][1]), kind, beside_mm)
            yield Stack(size, lying)


def _most(height_mm: float, step_mm: float, room: Room) -> int:
    """Return how many blocks a stack holds in the room's height."""
    return 1 + max(0, math.floor((room.height_mm - height_mm) / step_mm))
