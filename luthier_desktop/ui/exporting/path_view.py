"""The path of a bit on a ground of its own, with the slider over its time below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QVBoxLayout, QWidget

from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.ui import style
from luthier_desktop.ui.exporting.path_drawing import PathDrawing
from luthier_desktop.ui.exporting.path_player import PathPlayer
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID

_CROSS_MM = 5.0


class PathView(QWidget):
    """Shows the plan that it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pathView")
        self.player = PathPlayer(self)
        self.ground = _Ground(self.player, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        column.addWidget(self.ground, 1)
        column.addWidget(self.player)

    def show_plan(self, plan: CutPlan) -> None:
        """Show this plan, at its end."""
        self.ground.drawing = PathDrawing(plan)
        self.player.show_plan(plan)
        self.ground.update()


class _Ground(QWidget):
    """The face of the top from above, the fingerboard's side upwards."""

    def __init__(self, player: PathPlayer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pathGround")
        self.setAccessibleName(tr("Path of the bit, seen from above"))
        self._player = player
        self.drawing: PathDrawing | None = None
        player.moved.connect(self.update)

    def _to_px(self, area_mm: QRectF) -> QTransform:
        scale = min(self.width() / area_mm.width(), self.height() / area_mm.height())
        return QTransform(scale, 0, 0, scale, self.width() / 2, self.height() / 2)

    # Qt overrides

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().base))
        if self.drawing is not None:
            to_px = self._to_px(self.drawing.area_mm)
            self._paint_centre(painter, to_px)
            self.drawing.paint(
                painter, to_px, self.size(), self.devicePixelRatioF(), self._player.seconds
            )
        painter.end()

    def _paint_centre(self, painter: QPainter, to_px: QTransform) -> None:
        """Mark the zero of the file: the soundhole's centre."""
        painter.setPen(QPen(QColor(style.tokens().muted), 1.0))
        for x, y in ((1.0, 0.0), (0.0, 1.0)):
            reach = QPointF(x * _CROSS_MM, y * _CROSS_MM)
            painter.drawLine(to_px.map(-reach), to_px.map(reach))
