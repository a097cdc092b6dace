"""Bands that swing between a ring's edges, cut into short stretches to bend their grain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QBrush, QPainter, QPainterPath, QTransform

from luthier_desktop.domain.geometry import Curve, Piece, Point
from luthier_desktop.ui.design_editor.paints import LARGE_MM2, Paints
from luthier_desktop.ui.widgets.outlines import piece_path

STRETCH_MM = 0.8
FIGURE_PX = 4.0


class Stretch(NamedTuple):
    """A short part of a ribbon: where its middle starts, which way it runs, what lies before."""

    path: QPainterPath
    start: Point
    direction_deg: float
    along_mm: float


class Ribbon(NamedTuple):
    """A closed band between two curves, whole and in stretches."""

    path: QPainterPath
    material_id: str
    width_mm: float
    stretches: tuple[Stretch, ...]


def ribbon(piece: Piece) -> Ribbon | None:
    """Return the ribbon that a bent piece between two closed curves is; None for other pieces."""
    if not piece.bent or not piece.holes:
        return None
    outer, inner = piece.outline.edges[0], piece.holes[0].edges[0]
    if not isinstance(outer, Curve) or not isinstance(inner, Curve):
        return None
    sides = (outer.points, inner.points)
    width_mm = math.dist(outer.points[0], inner.points[0])
    return Ribbon(piece_path(piece), piece.material_id, width_mm, tuple(_stretches(*sides)))


def paint_ribbon(painter: QPainter, band: Ribbon, paints: Paints) -> None:
    """Fill the stretches one by one, the sheet of wood running on from each to the next."""
    painter.fillPath(band.path, paints.plain(band.material_id))
    if band.width_mm * paints.px_per_mm < FIGURE_PX:
        return
    brush = QBrush(paints.brush(band.material_id, 90.0, LARGE_MM2))
    flat = brush.transform()
    for path, start, direction_deg, along_mm in band.stretches:
        here = QTransform.fromTranslate(*start).rotate(direction_deg)
        brush.setTransform(flat * QTransform.fromTranslate(-along_mm, 0) * here)
        painter.fillPath(path, brush)


def _stretches(outer: Sequence[Point], inner: Sequence[Point]) -> list[Stretch]:
    middles = [_between(one, other) for one, other in zip(outer, inner, strict=True)]
    last = len(middles) - 1
    found, at, along_mm = [], 0, 0.0
    while at < last:
        to, length_mm = at, 0.0
        while to < last and length_mm < STRETCH_MM:
            length_mm += math.dist(middles[to], middles[to + 1])
            to += 1
        reach = min(last, to + 1)  # a little of the next one, which is painted over it
        corners = [*outer[at : reach + 1], *reversed(inner[at : reach + 1])]
        (x0, y0), (x1, y1) = middles[at], middles[to]
        direction_deg = math.degrees(math.atan2(y1 - y0, x1 - x0))
        found.append(Stretch(_polygon(corners), middles[at], direction_deg, along_mm))
        at, along_mm = to, along_mm + length_mm
    return found


def _between(one: Point, other: Point) -> Point:
    return Point((one.x_mm + other.x_mm) / 2, (one.y_mm + other.y_mm) / 2)


def _polygon(corners: Sequence[Point]) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(*corners[0])
    for x_mm, y_mm in corners[1:]:
        path.lineTo(x_mm, y_mm)
    path.closeSubpath()
    return path
