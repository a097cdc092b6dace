"""The path of a bit, painted: what is cut by now, what is to come, and the bit at its place."""

from __future__ import annotations

import math
from bisect import bisect_right

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform

from luthier_desktop.domain.cutting.plan_values import CutPlan, Move, Position
from luthier_desktop.domain.geometry import Arc, Line, Point, RingRadii
from luthier_desktop.ui import style
from luthier_desktop.ui.widgets.outlines import add_edge, annulus_path

_LINE_PX, _COMING_PX, _RAPID_PX = 1.6, 1.0, 1.0
_COMING, _GROOVE, _BIT = 0.45, 0.12, 0.35
_DASH = [4.0, 3.0]
_LIGHTEST, _DARKEST = 190, 115
_MARGIN_MM = 4.0


class PathDrawing:
    """Paints one plan; what is cut by a time is kept from one paint to the next."""

    def __init__(self, plan: CutPlan) -> None:
        self.plan = plan
        self._edges = [_edge_path(move) for move in plan.moves]
        self._ends = [move.end_s for move in plan.moves]
        self._frame: tuple[QTransform, QSize, float] | None = None
        self._cut = QPixmap()
        self._cut_to = 0

    @property
    def area_mm(self) -> QRectF:
        """The square that all of it lies in, on the screen's frame."""
        radius_mm = max(groove.outer_mm for groove in self.plan.grooves)
        radius_mm += self.plan.numbers.diameter_mm / 2 + _MARGIN_MM
        return QRectF(-radius_mm, -radius_mm, 2 * radius_mm, 2 * radius_mm)

    def paint(
        self, painter: QPainter, to_px: QTransform, size: QSize, ratio: float, seconds: float
    ) -> None:
        """Paint the path as it stands after *seconds*, onto a place of *size* logical pixels."""
        self._keep(to_px, size, ratio)
        self._cut_up_to(to_px, bisect_right(self._ends, seconds))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._cut)
        painter.setTransform(to_px, combine=True)
        index, place = self.plan.at_time(seconds)
        if index >= self._cut_to:
            self._stroke(painter, self.plan.moves[index], _begun(self.plan.moves[index], place))
        self._paint_bit(painter, place)
        painter.restore()

    def _keep(self, to_px: QTransform, size: QSize, ratio: float) -> None:
        """Begin the kept picture anew where it lies otherwise: grooves, and all that comes."""
        frame = (QTransform(to_px), size, ratio)
        if frame != self._frame:
            self._frame = frame
            self._begin()

    def _begin(self) -> None:
        if self._frame is None:
            return
        to_px, size, ratio = self._frame
        self._cut = QPixmap(size * ratio)
        self._cut.setDevicePixelRatio(ratio)
        self._cut.fill(Qt.GlobalColor.transparent)
        self._cut_to = 0
        painter = QPainter(self._cut)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(to_px)
        for groove in self.plan.grooves:
            area = annulus_path(RingRadii(groove.inner_mm, groove.outer_mm))
            painter.fillPath(area, _faint(style.SIDE_COLOURS[0], _GROOVE))
        for move, edge in zip(self.plan.moves, self._edges, strict=True):
            if move.kind != "rapid":
                painter.strokePath(edge, _pen(_faint(style.SIDE_COLOURS[0], _COMING), _COMING_PX))
        painter.end()

    def _cut_up_to(self, to_px: QTransform, count: int) -> None:
        """Add the moves that were done since the last paint; after a step back begin anew."""
        if count < self._cut_to:
            self._begin()
        if count > self._cut_to:
            painter = QPainter(self._cut)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(to_px)
            for at in range(self._cut_to, count):
                self._stroke(painter, self.plan.moves[at], self._edges[at])
            painter.end()
            self._cut_to = count

    def _stroke(self, painter: QPainter, move: Move, edge: QPainterPath) -> None:
        if move.kind == "rapid":
            pen = _pen(QColor(style.SIDE_COLOURS[1]), _RAPID_PX)
            pen.setDashPattern(_DASH)
        else:
            pen = _pen(self._depth_colour(-move.end.z_mm), _LINE_PX)
        painter.strokePath(edge, pen)

    def _depth_colour(self, depth_mm: float) -> QColor:
        """Return a tint for a depth: light at the face, dark at the bottom."""
        share = min(max(depth_mm / self.plan.deepest_mm, 0.0), 1.0)
        colour = QColor(style.SIDE_COLOURS[0])
        if share < 0.5:
            return colour.lighter(round(_LIGHTEST - (_LIGHTEST - 100) * 2 * share))
        return colour.darker(round(100 + (_DARKEST - 100) * (2 * share - 1)))

    def _paint_bit(self, painter: QPainter, place: Position) -> None:
        radius_mm = self.plan.numbers.diameter_mm / 2
        middle = QPointF(place.x_mm, -place.y_mm)
        painter.setBrush(_faint(style.SIDE_COLOURS[1], _BIT))
        painter.setPen(_pen(QColor(style.HALO), 3.0))
        painter.drawEllipse(middle, radius_mm, radius_mm)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(QColor(style.SIDE_COLOURS[1]), 1.6))
        painter.drawEllipse(middle, radius_mm, radius_mm)


def _begun(move: Move, place: Position) -> QPainterPath:
    """Return the part of a move that ends at *place*."""
    if move.kind in ("rapid", "feed"):
        return _edge_path(move._replace(end=place))
    at_x, at_y = move.centre
    first = math.atan2(move.start.y_mm - at_y, move.start.x_mm - at_x)
    here = math.atan2(place.y_mm - at_y, place.x_mm - at_x)
    turned = (here - first) % math.tau if move.kind == "ccw" else -((first - here) % math.tau)
    path = QPainterPath()
    add_edge(path, _arc(move, turned), begun=False)
    return path


def _edge_path(move: Move) -> QPainterPath:
    """Return a move on the screen's frame, where y points down."""
    path = QPainterPath()
    if move.kind in ("rapid", "feed"):
        start = Point(move.start.x_mm, -move.start.y_mm)
        add_edge(path, Line(start, Point(move.end.x_mm, -move.end.y_mm)), begun=False)
    else:
        add_edge(path, _arc(move, move.sweep_rad), begun=False)
    return path


def _arc(move: Move, turned_rad: float) -> Arc:
    at_x, at_y = move.centre
    first = math.atan2(move.start.y_mm - at_y, move.start.x_mm - at_x)
    start_deg = 90.0 - math.degrees(first)
    return Arc(Point(at_x, -at_y), move.radius_mm, start_deg, -math.degrees(turned_rad))


def _pen(colour: QColor, width_px: float) -> QPen:
    pen = QPen(colour, width_px)
    pen.setCosmetic(True)
    return pen


def _faint(name: str, share: float) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(share)
    return colour
