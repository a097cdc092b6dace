"""What is drawn while an edge is dragged: tints by margin, zones ahead, the place it snaps to."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.geometry import RingRadii, polar, sector
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor import overlay
from luthier_desktop.ui.design_editor.margins import WARM
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.outlines import add_outline, annulus_path

LEAST_TINT, MOST_TINT = 0.16, 0.36
ZONE_PX = 96.0
"""How far a zone reaches along the ring, half of it to each side of the handle."""
ZONE_TINT = 0.6
LEAST_ZONE_PX = 1.5


class Zone(NamedTuple):
    """Radii between which the dragged edge would make a check yellow or red."""

    from_mm: float
    to_mm: float
    bucket: RiskBucket
    word: str

    @property
    def radii(self) -> RingRadii:
        """The zone from its inner to its outer radius."""
        return RingRadii(*sorted((max(0.0, self.from_mm), max(0.0, self.to_mm))))


def paint_tints(
    painter: QPainter, design: RosetteParamSpec, heats: Mapping[str, float], view: View
) -> None:
    """Tint every ring by the room that the checks leave it; one with ample room stays as it is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setTransform(view.transform(), combine=True)
    for ring, radii in zip(design.ring_params, ring_radii(design), strict=True):
        heat = heats.get(ring.identity, 0.0)
        if heat > 0:
            painter.fillPath(annulus_path(radii), _tint(heat))
    painter.restore()


def paint_zones(
    painter: QPainter, zones: list[Zone], handle: QPointF, view: View, area: QRectF
) -> None:
    """Hatch the zones beside the handle, with glyph and fault, before the edge enters them."""
    at = view.to_mm(handle)
    middle_deg = math.degrees(math.atan2(at.x(), -at.y()))
    names = _Names(area)
    for zone in zones:
        if abs(zone.to_mm - zone.from_mm) * view.px_per_mm >= LEAST_ZONE_PX:
            _paint_zone(painter, zone, middle_deg, view)
    for zone in zones:
        corner = view.to_px(*polar(zone.radii.mean_mm, middle_deg + _along_deg(zone, view)))
        _name_zone(painter, zone, corner, names)


def paint_snap(painter: QPainter, radius_mm: float, view: View) -> None:
    """Draw the circle that the edge is drawn to."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(style.tokens().accent), overlay.MARK_PX, Qt.PenStyle.DashLine))
    radius_px = radius_mm * view.px_per_mm
    painter.drawEllipse(view.to_px(0.0, 0.0), radius_px, radius_px)


def _paint_zone(painter: QPainter, zone: Zone, middle_deg: float, view: View) -> None:
    radii = zone.radii
    half_deg = math.degrees(ZONE_PX / 2 / max(1.0, radii.mean_mm * view.px_per_mm))
    path = QPainterPath()
    add_outline(path, sector(radii, middle_deg - half_deg, 2 * half_deg))
    shape = view.transform().map(path)
    colour = QColor(style.risk_sign(zone.bucket).colour)
    ground = QColor(style.risk_sign(zone.bucket).soft)
    ground.setAlphaF(ZONE_TINT)
    painter.fillPath(shape, ground)
    red = zone.bucket is RiskBucket.RED
    pattern = Qt.BrushStyle.DiagCrossPattern if red else Qt.BrushStyle.BDiagPattern
    painter.fillPath(shape, QBrush(colour, pattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, overlay.MARK_PX))
    painter.drawPath(shape)


class _Names:
    """The plates that are written already, within the widget; none covers another."""

    def __init__(self, area: QRectF) -> None:
        self._area = area
        self._boxes: list[QRectF] = []

    def take(self, box: QRectF) -> bool:
        """Move *box* to where it is free; False where there is no room left."""
        box.moveRight(min(box.right(), self._area.right() - 4))
        box.moveLeft(max(box.left(), self._area.left() + 4))
        for taken in self._boxes:
            if box.intersects(taken):
                box.moveTop(taken.bottom() + 2)
        self._boxes.append(box)
        return self._area.contains(box)


def _along_deg(zone: Zone, view: View) -> float:
    return math.degrees((ZONE_PX / 2 + 8) / max(1.0, zone.radii.mean_mm * view.px_per_mm))


def _name_zone(painter: QPainter, zone: Zone, corner: QPointF, names: _Names) -> None:
    """Write beside the zone, with its glyph, what would be wrong there."""
    sign = style.risk_sign(zone.bucket)
    text = tr(f"{sign.glyph} {zone.word}")
    metrics = QFontMetricsF(painter.font())
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
    box.moveTopLeft(corner)
    if names.take(box):
        overlay.paint_plate(painter, box)
        painter.setPen(QColor(sign.colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _tint(heat: float) -> QColor:
    """Return green for ample room, yellow beyond the green limit, red at the red one."""
    colours = style.tokens()
    if heat <= WARM:
        colour = _between(QColor(colours.green), QColor(colours.yellow), heat / WARM / 2)
    else:
        colour = _between(QColor(colours.yellow), QColor(colours.red), (heat - WARM) / (1 - WARM))
    colour.setAlphaF(LEAST_TINT + (MOST_TINT - LEAST_TINT) * heat)
    return colour


def _between(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )
