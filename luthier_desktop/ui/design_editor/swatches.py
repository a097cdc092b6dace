"""Small samples of the materials for lists."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.paints import Paints

SIZE = QSize(7 * style.GRID, 4 * style.GRID)
PX_PER_MM = 4.0


class Swatches(QObject):
    """Icons of the materials, drawn when first asked for.

    Without *figured* they are of one colour until ``show_figure``; then ``redrawn`` comes, and
    whenever the materials are others.
    """

    redrawn = Signal()

    def __init__(
        self, paints: Paints, parent: QObject | None = None, *, figured: bool = True
    ) -> None:
        super().__init__(parent)
        self._paints = paints
        self._figured = figured
        self._icons: dict[str, QIcon] = {}

    @property
    def paints(self) -> Paints:
        """The paints that the samples show."""
        return self._paints

    def show_figure(self) -> None:
        """Show the materials' figure from now on."""
        if not self._figured:
            self._figured = True
            self._icons.clear()
            self.redrawn.emit()

    def draw_anew(self) -> None:
        """Forget every sample: the materials are others now."""
        self._icons.clear()
        self.redrawn.emit()

    def icon(self, material_id: str) -> QIcon:
        """Return the sample of a material."""
        known = self._icons.get(material_id)
        if known is None:
            known = self._icons[material_id] = self._draw(material_id)
        return known

    def colour(self, material_id: str) -> QColor:
        """Return the mean colour of a material."""
        return self._paints.colour(material_id)

    def _draw(self, material_id: str) -> QIcon:
        sample = QPixmap(SIZE)
        sample.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sample)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(style.tokens().border), 1.0))
        paints = self._paints
        painter.setBrush(
            paints.swatch(material_id, PX_PER_MM) if self._figured else paints.plain(material_id)
        )
        painter.drawRoundedRect(QRectF(0.5, 0.5, SIZE.width() - 1, SIZE.height() - 1), 2, 2)
        painter.end()
        return QIcon(sample)
