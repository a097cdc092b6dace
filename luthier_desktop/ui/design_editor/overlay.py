"""What is drawn over the picture: selection, verdicts, handles, numbers and the scale bar."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.geometry import RingRadii, polar
from luthier_desktop.domain.lengths import MM_PER_INCH, Unit
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.handles import Handle
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.outlines import annulus_path

TINT = 0.16
MARK_PX = 1.0
"""Qt draws circles of this width ten times as fast as of any larger one."""
BADGE_PX = 9.0
BADGE_DEG = 38.0
BADGE_STEP_DEG = 9.0
HANDLE_PX = 5.0
BAR_LEAST_PX = 50.0
BAR_STEPS_MM = {
    Unit.MM: (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0),
    Unit.INCH: tuple(MM_PER_INCH * 2.0**power for power in range(-6, 4)),
}


class Mark(NamedTuple):
    """A ring that the checks have something to say about."""

    radii: RingRadii
    verdict: RiskBucket


def paint_marks(painter: QPainter, marks: list[Mark], view: View) -> None:
    """Tint and outline each ring that is not green."""
    for mark in marks:
        sign = style.risk_sign(mark.verdict)
        colour = QColor(sign.colour)
        tint = QColor(colour)
        tint.setAlphaF(TINT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # the lines hide it
        painter.setTransform(view.transform(), combine=True)
        painter.fillPath(annulus_path(mark.radii), tint)
        painter.restore()
        _circles(painter, mark.radii, view, QPen(colour, MARK_PX))


def paint_badges(painter: QPainter, marks: list[Mark], view: View) -> None:
    """Give each ring that is not green its glyph, one beside the other."""
    for number, mark in enumerate(marks):
        angle_deg = BADGE_DEG + number * BADGE_STEP_DEG
        place = view.to_px(*polar(mark.radii.mean_mm, angle_deg))
        _badge(painter, place, style.risk_sign(mark.verdict))


def paint_selection(
    painter: QPainter, radii: RingRadii, view: View, *, lightly: bool = False
) -> None:
    """Outline the selected ring, light within dark, so that it shows on any wood.

    *lightly*: with thin lines, which are there in time for every step of a drag.
    """
    colours = style.tokens()
    if lightly:
        off_mm = MARK_PX / view.px_per_mm
        beside = RingRadii(max(0.0, radii.inner_mm - off_mm), radii.outer_mm + off_mm)
        _circles(painter, beside, view, QPen(QColor(colours.on_accent), MARK_PX))
        _circles(painter, radii, view, QPen(QColor(colours.accent), MARK_PX))
        return
    _circles(painter, radii, view, QPen(QColor(colours.on_accent), 3.0))
    _circles(painter, radii, view, QPen(QColor(colours.accent), 1.6))


def paint_pointed(painter: QPainter, radii: RingRadii, view: View) -> None:
    """Outline the ring that another panel points at."""
    pen = QPen(QColor(style.tokens().accent), 2.0, Qt.PenStyle.DashLine)
    _circles(painter, radii, view, pen)


def paint_handles(painter: QPainter, found: tuple[Handle, ...], held: Handle | None) -> None:
    """Draw the handles; the one under the cursor is filled."""
    colours = style.tokens()
    for handle in found:
        taken = held is not None and held.edge is handle.edge
        painter.setPen(QPen(QColor(colours.accent), 2.0))
        painter.setBrush(QColor(colours.accent if taken else colours.base))
        painter.drawEllipse(handle.place, HANDLE_PX, HANDLE_PX)


def paint_note(painter: QPainter, text: str, at: QPointF, area: QRectF) -> None:
    """Write the live number beside the cursor, inside the widget."""
    text = tr(text)
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 16, metrics.height() + 8)
    box.moveTo(at + QPointF(16, -box.height() - 10))
    box.moveRight(min(box.right(), area.right() - 4))
    box.moveTop(max(box.top(), area.top() + 4))
    paint_plate(painter, box)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_ghost(painter: QPainter, note: str, area: QRectF) -> None:
    """Frame the canvas with dashes and say that what is drawn is only a preview of *note*."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(style.tokens().accent), 3.0, Qt.PenStyle.DashLine))
    painter.drawRect(area.adjusted(2, 2, -2, -2))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    room = area.adjusted(24, 12, -24, 0)
    text = tr(f"Preview: {note}")
    box = painter.boundingRect(room, flags, text).adjusted(-8, -4, 8, 4)
    box.moveTop(area.top() + 12)
    paint_plate(painter, box)
    painter.drawText(box, flags, text)


def paint_scale_bar(painter: QPainter, view: View, area: QRectF) -> None:
    """Draw a bar of a round length in the lower left corner."""
    scale = view.px_per_mm
    steps_mm = BAR_STEPS_MM[units.unit()]
    length_mm = next((mm for mm in steps_mm if mm * scale >= BAR_LEAST_PX), steps_mm[-1])
    length_px = length_mm * scale
    text = tr(units.text(length_mm, 0))
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, max(length_px, metrics.horizontalAdvance(text)) + 20, metrics.height() + 18)
    box.moveBottomLeft(area.bottomLeft() + QPointF(8, -8))
    paint_plate(painter, box)
    painter.drawText(
        box.adjusted(0, 3, 0, 0), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text
    )
    left, y = box.center().x() - length_px / 2, box.bottom() - 8
    painter.setPen(QPen(QColor(style.tokens().text), 1.5))
    painter.drawLine(QPointF(left, y), QPointF(left + length_px, y))
    for x in (left, left + length_px):
        painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))


def paint_focus(painter: QPainter, area: QRectF) -> None:
    """Frame the canvas while the keys go to it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(style.tokens().accent), 2.0))
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def _circles(painter: QPainter, radii: RingRadii, view: View, pen: QPen) -> None:
    centre = view.to_px(0.0, 0.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    for radius_mm in radii:
        radius_px = radius_mm * view.px_per_mm
        painter.drawEllipse(centre, radius_px, radius_px)


def _badge(painter: QPainter, place: QPointF, sign: style.RiskSign) -> None:
    painter.setPen(QPen(QColor(sign.colour), 1.4))
    painter.setBrush(QColor(sign.soft))
    painter.drawEllipse(place, BADGE_PX, BADGE_PX)
    box = QRectF(0, 0, 4 * BADGE_PX, 4 * BADGE_PX)
    box.moveCenter(place)
    painter.setPen(QColor(sign.colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign.glyph)


def paint_plate(painter: QPainter, box: QRectF) -> None:
    """Lay a plate under a text, and leave the painter ready to write on it."""
    colours = style.tokens()
    ground = QColor(colours.panel)
    ground.setAlphaF(0.9)
    painter.setPen(QPen(QColor(colours.border), 1.0))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, style.GRID, style.GRID)
    painter.setPen(QColor(colours.text))
