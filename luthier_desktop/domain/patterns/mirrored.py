"""Herringbone in two halves, each the other's mirror image about the guitar's axis.

Bars are polygons in the plane of radius and angle, where their sides are straight, cut square
at the axis there, and then laid round the ring.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Curve,
    Edge,
    Line,
    Outline,
    Piece,
    Point,
    RingRadii,
    grain_angle_deg,
    mirrored,
    polar,
)
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.strips import most_segments, spiral_segments

Corner = tuple[float, float]
"""Radius in mm and angle in radians clockwise from 12 o'clock."""

ROUNDING = 1e-9
"""A bar this near to the axis, in bars, is measured as one that the axis may cut."""

NOTHING_MM2 = 1e-9
"""A corner of a bar cut off at the axis that is smaller than this is rounding, not wood."""


def halves(radii: RingRadii) -> tuple[RingRadii, RingRadii]:
    """Return the inner and the outer row of a ring."""
    return (
        RingRadii(radii.inner_mm, radii.mean_mm),
        RingRadii(radii.mean_mm, radii.outer_mm),
    )


def mirrored_halves(
    layout: RingLayout, lean: float, slant_deg: float, *, wedge: str | None = None
) -> tuple[list[Piece], list[Edge]]:
    """Return the bars of both halves, and the joints: the axis and the sides of the bars.

    Bars point towards 12 o'clock; their points lie on the mean circle. With *wedge*, a material,
    the halves end at 12 o'clock in a point, and a wedge on either side of it fills each row.
    """
    inner, outer = halves(layout.radii)
    right = [
        *_row(layout, inner, (lean, 0.0), 90 + slant_deg, wedge),
        *_row(layout, outer, (0.0, lean), 90 - slant_deg, wedge),
    ]
    left = [
        piece._replace(
            outline=mirrored(piece.outline), grain_deg=grain_angle_deg(-piece.grain_deg)
        )
        for piece in right
    ]
    pieces = [*right, *left]
    sides: list[Edge] = [
        edge
        for piece in pieces
        for edge in piece.outline.edges
        if isinstance(edge, Curve) and math.hypot(*edge.points[0]) < math.hypot(*edge.points[-1])
    ]
    edges_mm = (layout.radii.inner_mm, layout.radii.outer_mm)
    axis = [Line(polar(edges_mm[0], angle), polar(edges_mm[1], angle)) for angle in (0.0, 180.0)]
    return pieces, [*axis, *sides]


def half_bars(
    tiles: int, row: RingRadii, ends: tuple[float, float], *, pointed: bool = False
) -> Iterator[tuple[range, float]]:
    """Return the bars of one row's right half as runs of places with the area of each bar.

    Only bars that the axis cuts are measured one by one; all others are alike. *Pointed* halves
    have no bars that the axis cuts at 12 o'clock.
    """
    step = 2 * math.pi / tiles
    lean = max(ends)
    first = 0 if pointed else -math.ceil(lean / step)
    end = math.ceil(tiles / 2)
    whole_end = max(0, min(end, math.floor((math.pi - lean) / step - ROUNDING)))
    for place in (*range(first, 0), *range(whole_end, end)):
        area_mm2 = _polygon_area_mm2(_cut_bar(row, ends, place * step, step))
        if area_mm2 > NOTHING_MM2:
            yield range(place, place + 1), area_mm2
    if whole_end:
        yield range(whole_end), row.area_mm2 / tiles


def wedge_area_mm2(row: RingRadii, ends: tuple[float, float]) -> float:
    """Return the area of one of the two wedges that fill a row before the halves' points."""
    return _polygon_area_mm2(_wedge(row, ends))


def _wedge(row: RingRadii, ends: tuple[float, float]) -> list[Corner]:
    """Return what lies between the axis and the first bar of the right half."""
    inner, outer = ends
    foot = (row.inner_mm, 0.0) if inner > outer else (row.outer_mm, 0.0)
    return _within_half([foot, (row.outer_mm, outer), (row.inner_mm, inner)])


def _cut_bar(row: RingRadii, ends: tuple[float, float], at: float, step: float) -> list[Corner]:
    return _within_half(_bar(row, at + ends[0], at + ends[1], step))


def _row(
    layout: RingLayout,
    row: RingRadii,
    ends: tuple[float, float],
    bar_deg: float,
    wedge: str | None,
) -> list[Piece]:
    """Return one row's bars in the right half; *ends* are a boundary's angles at its two radii."""
    step = 2 * math.pi / layout.tiles
    lean = max(ends)
    before = 0 if wedge else math.ceil(lean / step)
    most = most_segments(4 * (layout.tiles + before))
    pieces = []
    if wedge:
        corners = _wedge(row, ends)
        area_mm2 = _polygon_area_mm2(corners)
        pieces.append(Piece(_laid(corners, most), (), wedge, 0.0, area_mm2))
    for place in range(-before, math.ceil(layout.tiles / 2)):
        at = place * step
        corners = _cut_bar(row, ends, at, step)
        area_mm2 = _polygon_area_mm2(corners)
        if area_mm2 > NOTHING_MM2:
            grain_deg = math.degrees(at + (lean + step) / 2) + bar_deg
            outline = _laid(corners, most)
            material_id = layout.material(place)
            pieces.append(Piece(outline, (), material_id, grain_angle_deg(grain_deg), area_mm2))
    return pieces


def _bar(row: RingRadii, inner: float, outer: float, step: float) -> list[Corner]:
    return [
        (row.inner_mm, inner),
        (row.outer_mm, outer),
        (row.outer_mm, outer + step),
        (row.inner_mm, inner + step),
    ]


def _within_half(corners: list[Corner]) -> list[Corner]:
    """Cut a convex polygon to the right half: angles from 0 to pi."""
    for limit, sign in ((0.0, 1.0), (math.pi, -1.0)):
        kept: list[Corner] = []
        for one, other in pairwise([*corners, *corners[:1]]):
            inside, goes_on = sign * (one[1] - limit) >= 0, sign * (other[1] - limit) >= 0
            if inside:
                kept.append(one)
            if inside != goes_on:
                share = (limit - one[1]) / (other[1] - one[1])
                kept.append((one[0] + share * (other[0] - one[0]), limit))
        corners = kept
    return corners


def _polygon_area_mm2(corners: list[Corner]) -> float:
    """Return the true area: the sum of (t1 - t0) (r0^2 + r0 r1 + r1^2) / 6 over the sides."""
    return sum(
        (other[1] - one[1]) * (one[0] ** 2 + one[0] * other[0] + other[0] ** 2) / 6
        for one, other in pairwise([*corners, *corners[:1]])
    )


def _laid(corners: list[Corner], most: int) -> Outline:
    edges: list[Edge] = []
    for one, other in pairwise([*corners, *corners[:1]]):
        if one == other:
            continue
        if one[0] == other[0]:
            sweep_deg = math.degrees(other[1] - one[1])
            edges.append(Arc(ORIGIN, one[0], math.degrees(one[1]), sweep_deg))
        elif one[1] == other[1]:
            edges.append(Line(_at(one), _at(other)))
        else:
            edges.append(_spiral(one, other, most))
    return Outline(tuple(edges))


def _spiral(one: Corner, other: Corner, most: int) -> Curve:
    span = RingRadii(min(one[0], other[0]), max(one[0], other[0]))
    segments = spiral_segments(span, other[1] - one[1], most)
    shares = [place / segments for place in range(segments + 1)]
    between = [
        (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
        for share in shares
    ]
    return Curve(tuple([_at(corner) for corner in between]))


def _at(corner: Corner) -> Point:
    radius_mm, angle = corner
    return Point(radius_mm * math.sin(angle), -radius_mm * math.cos(angle))
