"""Dimension lines: diameters across the soundhole, widths beside the rings, what the board hides.

Every number has a plate of its own and no plate covers another; where there is no room left a
number is not written.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from luthier_desktop.domain.geometry import RingRadii, hidden_arc_deg, polar
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor import overlay
from luthier_desktop.ui.design_editor.surroundings import Surroundings
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.language import tr

PAD = 5.0
GAP = 3.0
ARROW_PX, ARROW_HALF_PX = 7.0, 2.6
DOT_PX = 1.8
DIAMETERS_DEG = (128.0, 152.0, 176.0)
LEAST_COLUMN_PX = 100.0


class Label(NamedTuple):
    """A number, where it stands, and the place that it speaks of."""

    text: str
    box: QRectF
    anchor: QPointF | None


class _Sheet:
    """The painter's paper: places numbers where no other one stands, then draws them."""

    def __init__(self, painter: QPainter, view: View, area: QRectF) -> None:
        self.view = view
        self.area = area.adjusted(6, 6, -6, -6)
        self.labels: list[Label] = []
        self._painter = painter
        self._metrics = QFontMetricsF(painter.font())
        corner = QRectF(area.left(), area.bottom() - 60, 190, 60)
        self._taken = [corner]  # the scale bar stands there

    def size(self, text: str) -> QRectF:
        """Return the plate that *text* needs, at the origin."""
        height = self._metrics.height() + 2
        return QRectF(0, 0, self._metrics.horizontalAdvance(text) + 2 * PAD, height)

    def put(self, text: str, places: list[QPointF], anchor: QPointF | None = None) -> bool:
        """Write *text* about the first of *places* that is free; False where none is."""
        text = tr(text)
        for place in places:
            box = self.size(text)
            box.moveCenter(place)
            free = box.adjusted(-GAP, -GAP, GAP, GAP)
            if self.area.contains(box) and not any(free.intersects(one) for one in self._taken):
                self._taken.append(box)
                self.labels.append(Label(text, box, anchor))
                return True
        return False

    def line(self, start: QPointF, end: QPointF) -> None:
        """Draw a dimension line, light within dark, so that it shows on any wood."""
        for pen in _pens():
            self._painter.setPen(pen)
            self._painter.drawLine(start, end)

    def arrow(self, tip: QPointF, towards: QPointF) -> None:
        """Draw the head of an arrow at *tip*, pointing away from *towards*."""
        way = tip - towards
        length = math.hypot(way.x(), way.y())
        if length < 2 * ARROW_PX:
            return
        along = way / length
        across = QPointF(-along.y(), along.x())
        foot = tip - along * ARROW_PX
        head = QPolygonF([tip, foot + across * ARROW_HALF_PX, foot - across * ARROW_HALF_PX])
        self._painter.setPen(QPen(QColor(style.tokens().panel), 1.0))
        self._painter.setBrush(QColor(style.tokens().text))
        self._painter.drawPolygon(head)

    def dot(self, place: QPointF) -> None:
        """Mark the place that a number speaks of."""
        self._painter.setPen(QPen(QColor(style.tokens().panel), 1.0))
        self._painter.setBrush(QColor(style.tokens().text))
        self._painter.drawEllipse(place, DOT_PX + 1, DOT_PX + 1)

    def draw_labels(self) -> None:
        """Write every number on its plate, over all lines."""
        for label in self.labels:
            if label.anchor is not None:
                self.line(label.anchor, _edge_towards(label.box, label.anchor))
                self.dot(label.anchor)
        for label in self.labels:
            overlay.paint_plate(self._painter, label.box)
            self._painter.drawText(label.box, Qt.AlignmentFlag.AlignCenter, label.text)


def paint(
    painter: QPainter, design: RosetteParamSpec, around: Surroundings, view: View, area: QRectF
) -> tuple[Label, ...]:
    """Draw the dimensions of *design*; return the numbers that had room."""
    painter.save()
    painter.setFont(style.sized(0.92))
    sheet = _Sheet(painter, view, area)
    hidden = _draw_hidden(painter, sheet, design, around)
    _draw_widths(sheet, design, around)
    _draw_diameters(sheet, design, around)
    if hidden is not None:
        sheet.put(*hidden)
    sheet.draw_labels()
    painter.restore()
    return tuple(sheet.labels)


def _draw_diameters(sheet: _Sheet, design: RosetteParamSpec, around: Surroundings) -> None:
    """Draw a line across for the soundhole, the inner and the outer diameter."""
    named = [("", design.outer_diameter_mm), ("", design.inner_diameter_mm)]
    if around.soundhole_radius_mm is not None:
        named.append(("hole ", 2 * around.soundhole_radius_mm))
    for (name, diameter_mm), angle_deg in zip(named, DIAMETERS_DEG, strict=False):
        radius_mm = diameter_mm / 2
        ends = [sheet.view.to_px(*polar(radius_mm, angle_deg + turn)) for turn in (0, 180)]
        sheet.line(*ends)
        for tip, other in (ends, ends[::-1]):
            sheet.arrow(tip, other)
        text = f"{name}⌀ {units.brief(diameter_mm)}"
        shares = (0.3, 0.22, 0.38, 0.16, 0.46, 0.6, 0.72, 0.84)
        sheet.put(text, [ends[0] + (ends[1] - ends[0]) * share for share in shares])


def _draw_widths(sheet: _Sheet, design: RosetteParamSpec, around: Surroundings) -> None:
    """Write the margin and every ring's width beside a section through the rosette."""
    bands = [
        (radii, units.brief(ring.effective_width_mm))
        for ring, radii in zip(design.ring_params, ring_radii(design), strict=True)
    ]
    hole_mm, inner_mm = around.soundhole_radius_mm, design.inner_diameter_mm / 2
    if hole_mm is not None and inner_mm > hole_mm:
        text = f"margin {units.brief(inner_mm - hole_mm)}"
        bands.insert(0, (RingRadii(hole_mm, inner_mm), text))
    if not bands:
        return
    left = sheet.view.to_px(-bands[0][0].inner_mm, 0.0)
    centre = sheet.view.to_px(0.0, 0.0)
    if sheet.area.contains(left) and centre.x() - left.x() >= LEAST_COLUMN_PX:
        _write_column(sheet, bands, left.x())
    else:
        _write_along(sheet, bands)


def _write_column(sheet: _Sheet, bands: list[tuple[RingRadii, str]], left_px: float) -> None:
    """Write the widths one below the other inside the soundhole, each level with its dot."""
    height = sheet.size("0").height() + GAP + 1
    most = max(1, int(1.5 * bands[0][0].inner_mm * sheet.view.px_per_mm / height))
    shown = bands if len(bands) <= most else _widest(bands, most)
    centre = sheet.view.to_px(0.0, 0.0)
    for number, (radii, text) in enumerate(shown):
        y = centre.y() + (number - (len(shown) - 1) / 2) * height
        y_mm = (y - centre.y()) / sheet.view.px_per_mm
        if abs(y_mm) >= radii.mean_mm:
            continue
        x_mm = -math.sqrt(radii.mean_mm**2 - y_mm**2)
        x_px = max(left_px, centre.x() - _chord_px(bands[0][0].inner_mm, y_mm, sheet.view))
        place = QPointF(x_px + 14 + sheet.size(text).width() / 2, y)
        sheet.put(text, [place], sheet.view.to_px(x_mm, y_mm))


def _write_along(sheet: _Sheet, bands: list[tuple[RingRadii, str]]) -> None:
    """Write the widths along the section that is in sight, within the ring or beside it."""
    middle = sheet.view.to_mm(sheet.area.center())
    angle_deg = math.degrees(math.atan2(middle.x(), -middle.y()))
    along = QPointF(*polar(1.0, angle_deg + 90))
    for radii, text in bands:
        at = sheet.view.to_px(*polar(radii.mean_mm, angle_deg))
        if not sheet.area.contains(at):
            continue
        ends = [sheet.view.to_px(*polar(edge_mm, angle_deg)) for edge_mm in radii]
        sheet.line(*ends)
        for tip, other in (ends, ends[::-1]):
            sheet.arrow(tip, other)
        step = sheet.size(text).height() + GAP
        ways = [along * (step * number * sign) for number in range(1, 10) for sign in (1, -1)]
        fits = radii.width_mm * sheet.view.px_per_mm > sheet.size(text).width() + 4 * ARROW_PX
        sheet.put(text, [at] if fits else [at + way for way in ways], None if fits else at)


def _draw_hidden(
    painter: QPainter, sheet: _Sheet, design: RosetteParamSpec, around: Surroundings
) -> tuple[str, list[QPointF]] | None:
    """Mark the arc of the rosette that lies under the fingerboard; return its number."""
    if around.board_width_mm is None or around.board_end_mm is None:
        return None
    mean_mm = (design.inner_diameter_mm + design.outer_diameter_mm) / 4
    hidden_deg = hidden_arc_deg(mean_mm, around.board_width_mm, around.board_end_mm)
    if hidden_deg <= 0:
        return None
    radius_px = mean_mm * sheet.view.px_per_mm
    centre = sheet.view.to_px(0.0, 0.0)
    square = QRectF(0, 0, 2 * radius_px, 2 * radius_px)
    square.moveCenter(centre)
    arc = QPainterPath()
    arc.arcMoveTo(square, 90 + hidden_deg / 2)
    arc.arcTo(square, 90 + hidden_deg / 2, -hidden_deg)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in _pens(dashed=True):
        painter.setPen(pen)
        painter.drawPath(arc)
    share = units.number(round(hidden_deg / 3.6, 1))
    text = f"hidden {units.number(round(hidden_deg, 1))}° · {share} %"
    top = sheet.view.to_px(0.0, -mean_mm)
    return text, [top, top + QPointF(0, 26), top - QPointF(0, 26)]


def _widest(bands: list[tuple[RingRadii, str]], most: int) -> list[tuple[RingRadii, str]]:
    """Return the widest bands, in their order."""
    by_width = sorted(range(len(bands)), key=lambda at: -bands[at][0].width_mm)
    return [bands[at] for at in sorted(by_width[:most])]


def _chord_px(radius_mm: float, y_mm: float, view: View) -> float:
    return math.sqrt(max(0.0, radius_mm**2 - y_mm**2)) * view.px_per_mm


def _edge_towards(box: QRectF, anchor: QPointF) -> QPointF:
    """Return the point of the plate that is nearest to *anchor*."""
    return QPointF(
        min(max(anchor.x(), box.left()), box.right()),
        min(max(anchor.y(), box.top()), box.bottom()),
    )


def _pens(*, dashed: bool = False) -> tuple[QPen, QPen]:
    colours = style.tokens()
    ground = QColor(colours.panel)
    ground.setAlphaF(0.75)
    line = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    return QPen(ground, 3.0), QPen(QColor(colours.text), 1.0, line)
