"""Small samples of the materials for lists."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.paints import Paints

SIZE = QSize(7 * style.GRID, 4 * style.GRID)
PX_PER_MM = 4.0


class Swatches:
    """Icons of the materials, drawn when first asked for."""

    def __init__(self, paints: Paints) -> None:
        self._paints = paints
        self._icons: dict[str, QIcon] = {}

    def icon(self, material_id: str) -> QIcon:
        """Return the sample of a material."""
        known = self._icons.get(material_id)
        if known is None:
            known = self._icons[material_id] = self._draw(material_id)
        return known

    def _draw(self, material_id: str) -> QIcon:
        sample = QPixmap(SIZE)
        sample.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sample)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(style.tokens().border), 1.0))
        painter.setBrush(self._paints.swatch(material_id, PX_PER_MM))
        painter.drawRoundedRect(QRectF(0.5, 0.5, SIZE.width() - 1, SIZE.height() - 1), 2, 2)
        painter.end()
        return QIcon(sample)
