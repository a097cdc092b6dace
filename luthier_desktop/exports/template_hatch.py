"""Hatching of the part of a rosette that the fingerboard will hide."""

from __future__ import annotations

import math
from collections.abc import Iterator

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.paper import Stroke
from luthier_desktop.exports.template_marks import HAIR_MM, line

_PITCH_MM = 2.5
_ROOT2 = math.sqrt(2.0)
_LEAST_MM = 0.2

Span = tuple[float, float]


def hatching(ring: RingRadii, board_width_mm: float, board_end_mm: float) -> tuple[Stroke, ...]:
    """Return lines at 45 degrees over the part of *ring* beneath the board.

    A line is x = (s + c)/root 2, y = (s - c)/root 2 with its distance c from the middle and s
    along it; where it crosses circles and the board's edges is solved for s.
    """
    reach_mm = ring.outer_mm + _PITCH_MM
    count = math.ceil(reach_mm / _PITCH_MM)
    strokes = []
    for step in range(-count, count + 1):
        aside_mm = step * _PITCH_MM
        for start, end in _spans(aside_mm, ring, board_width_mm, board_end_mm):
            if end - start > _LEAST_MM:
                strokes.append(line(_place(start, aside_mm), _place(end, aside_mm), HAIR_MM))
    return tuple(strokes)


def _place(along_mm: float, aside_mm: float) -> tuple[float, float]:
    return (along_mm + aside_mm) / _ROOT2, (along_mm - aside_mm) / _ROOT2


def _spans(
    aside_mm: float, ring: RingRadii, board_width_mm: float, board_end_mm: float
) -> Iterator[Span]:
    """Return what of one line lies under the board, inside the outer circle, outside the inner."""
    half_mm = board_width_mm / 2
    low = -half_mm * _ROOT2 - aside_mm
    high = min(half_mm * _ROOT2 - aside_mm, -board_end_mm * _ROOT2 + aside_mm)
    outer = _chord(ring.outer_mm, aside_mm)
    if outer is None:
        return
    low, high = max(low, outer[0]), min(high, outer[1])
    inner = _chord(ring.inner_mm, aside_mm)
    if inner is None:
        yield low, high
    else:
        yield low, min(high, inner[0])
        yield max(low, inner[1]), high


def _chord(radius_mm: float, aside_mm: float) -> Span | None:
    if radius_mm <= abs(aside_mm):
        return None
    half_mm = math.sqrt(radius_mm**2 - aside_mm**2)
    return -half_mm, half_mm
