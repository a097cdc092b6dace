"""Outlines as SVG path data: arcs stay arcs, numbers are fixed to a ten-thousandth of a mm."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Edge,
    Line,
    Outline,
    Piece,
    Point,
    RingRadii,
    circle,
    on_arc,
)

_QUARTER_DEG = 90.0


def mm(value: float) -> str:
    """Write a length in mm, the same in every language and process."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def piece_data(piece: Piece) -> str:
    """Return the path of a piece with its holes, to be filled by the even-odd rule."""
    return "".join(map(outline_data, (piece.outline, *piece.holes)))


def outline_data(outline: Outline) -> str:
    """Return a closed path."""
    first, *others = outline.edges
    return (
        edge_data(first, begun=False)
        + "".join([edge_data(edge, begun=True) for edge in others])
        + "Z"
    )


def annulus_data(radii: RingRadii) -> str:
    """Return the band between two circles about the soundhole's centre."""
    return circle_data(radii.outer_mm) + circle_data(radii.inner_mm)


def circle_data(radius_mm: float) -> str:
    """Return a circle about the soundhole's centre, as four arcs."""
    return outline_data(circle(ORIGIN, radius_mm))


def open_data(edges: Iterable[Edge]) -> str:
    """Return edges that each stand by themselves."""
    return "".join([edge_data(edge, begun=False) for edge in edges])


def edge_data(edge: Edge, *, begun: bool) -> str:
    """Return one edge; *begun*: the path stands at its start already."""
    if isinstance(edge, Line):
        steps = f"L{_at(edge.end)}"
    elif isinstance(edge, Arc):
        steps = _arc_steps(edge)
    else:
        steps = "".join([f"L{_at(point)}" for point in edge.points[1:]])
    return steps if begun else f"M{_at(_start(edge))}{steps}"


def _start(edge: Edge) -> Point:
    if isinstance(edge, Line):
        return edge.start
    return on_arc(edge, 0.0) if isinstance(edge, Arc) else edge.points[0]


def _arc_steps(arc: Arc) -> str:
    """Return the arc in parts of a quarter at most.

    From the ends of a half circle, rounded, a reader finds its middle a tenth of a mm aside.
    """
    radius = _radius(arc.radius_mm)
    head = f"A{radius} {radius} 0 0 {'1' if arc.sweep_deg > 0 else '0'} "
    if -_QUARTER_DEG <= arc.sweep_deg <= _QUARTER_DEG:
        return head + _at(on_arc(arc, 1.0))
    parts = math.ceil(abs(arc.sweep_deg) / _QUARTER_DEG - 1e-9)
    return "".join([head + _at(on_arc(arc, part / parts)) for part in range(1, parts + 1)])


_radius = lru_cache(maxsize=256)(mm)
"""Pieces of a ring share their radii."""


def _at(point: Point) -> str:
    """Write a point as `mm` does its numbers, in one go: a picture has thousands."""
    x_mm, y_mm = point
    x = f"{x_mm:.4f}".rstrip("0").rstrip(".")
    y = f"{y_mm:.4f}".rstrip("0").rstrip(".")
    return f"{'0' if x == '-0' else x} {'0' if y == '-0' else y}"
