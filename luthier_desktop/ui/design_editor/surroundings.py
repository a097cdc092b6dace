"""What lies round the rings: the top's wood, the soundhole, the fingerboard's end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QRadialGradient

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.paints import LARGE_MM2, Paints
from luthier_desktop.ui.widgets.outlines import annulus_path, circle_path

USUAL_TOP = "sitka_spruce"
BOARD_WOOD = "gaboon_ebony"
HIDING = 0.5
SOLID = 0.94


class Surroundings(NamedTuple):
    """The parts of the guitar that the rosette is seen with; lengths in mm, None: not drawn."""

    top_material_id: str
    soundhole_radius_mm: float | None
    rosette: RingRadii
    board_width_mm: float | None
    board_end_mm: float | None


def surroundings(design: RosetteParamSpec, assumed: Mapping[str, object]) -> Surroundings:
    """Read the surroundings from the design, and what it lacks from the shop's values."""
    board = design.fingerboard
    width = board.width_mm if board and board.width_mm else assumed.get("fingerboard.width_mm")
    end = board.end_distance_mm if board is not None else None
    if end is None:
        end = _number(assumed.get("fingerboard.end_distance_mm"))
    top = design.top.material_id if design.top else None
    wood = top or assumed.get("top.material_id") or USUAL_TOP
    hole_mm = design.soundhole_diameter_mm
    return Surroundings(
        str(wood),
        None if hole_mm is None else hole_mm / 2,
        RingRadii(design.inner_diameter_mm / 2, design.outer_diameter_mm / 2),
        _number(width),
        end,
    )


def paint_top(painter: QPainter, around: Surroundings, area_mm: QRectF, paints: Paints) -> None:
    """Fill *area_mm* with a book-matched top: grain up and down, mirrored at the middle."""
    brush = paints.brush(around.top_material_id, 0.0, LARGE_MM2)
    reach = max(abs(area_mm.left()), abs(area_mm.right()))
    half = QRectF(0, area_mm.top(), reach, area_mm.height())
    painter.fillRect(half, brush)
    painter.save()
    painter.scale(-1, 1)
    painter.fillRect(half, brush)
    painter.restore()
    joint = QColor(paints.colour(around.top_material_id).darker(125))
    joint.setAlphaF(0.6)
    painter.setPen(QPen(joint, 0.12))
    painter.drawLine(QPointF(0, area_mm.top()), QPointF(0, area_mm.bottom()))


def paint_soundhole(painter: QPainter, around: Surroundings, paints: Paints) -> None:
    """Draw the dark of the body behind the hole, and the edge of the top catching the light."""
    radius_mm = around.soundhole_radius_mm
    if radius_mm is None:
        return
    dark = paints.colour(BOARD_WOOD).darker(190)
    depth = QRadialGradient(QPointF(0, 0.25 * radius_mm), 1.2 * radius_mm)
    depth.setColorAt(0.0, dark.lighter(135))
    depth.setColorAt(0.75, dark)
    depth.setColorAt(1.0, dark.darker(150))
    painter.fillPath(circle_path(radius_mm), QBrush(depth))
    wood = paints.colour(around.top_material_id)
    painter.save()
    painter.setClipPath(circle_path(radius_mm))
    _edge(painter, radius_mm, wood.darker(165), 0.9, 0.35)
    _edge(painter, radius_mm, wood.darker(112), 0.5, -0.12)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(wood.darker(210), 0.12))
    painter.drawEllipse(QPointF(0, 0), radius_mm, radius_mm)


def paint_board(
    painter: QPainter, around: Surroundings, area_mm: QRectF, paints: Paints
) -> None:
    """Draw the fingerboard's end; where it hides the rosette, the rosette shines through."""
    if around.board_width_mm is None or around.board_end_mm is None:
        return
    half_mm = around.board_width_mm / 2
    board = QPainterPath()
    top_mm = min(area_mm.top(), -around.board_end_mm) - 1
    board.addRect(
        QRectF(-half_mm, top_mm, around.board_width_mm, -around.board_end_mm - top_mm)
    )
    rosette = annulus_path(around.rosette)
    brush = paints.brush(BOARD_WOOD, 0.0, LARGE_MM2)
    painter.save()
    painter.setOpacity(HIDING)
    painter.fillPath(board.intersected(rosette), brush)
    painter.setOpacity(SOLID)
    painter.fillPath(board.subtracted(rosette), brush)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(paints.colour(BOARD_WOOD).darker(150), 0.2))
    painter.drawPath(board)


def _edge(
    painter: QPainter, radius_mm: float, colour: QColor, width_mm: float, drop_mm: float
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width_mm))
    painter.drawEllipse(QPointF(0, drop_mm), radius_mm, radius_mm)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
