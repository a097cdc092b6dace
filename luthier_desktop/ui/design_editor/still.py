"""A picture of a whole design that may be drawn off the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.path_cache import PathCache
from luthier_desktop.ui.design_editor.ring_painting import paint_ring
from luthier_desktop.ui.design_editor.surroundings import (
    paint_board,
    paint_soundhole,
    paint_top,
    surroundings,
)
from luthier_desktop.ui.design_editor.view import View


class Still:
    """Draws designs as the canvas does, on images; from one thread at a time, whichever.

    Rings that did not change since the last picture are not built again.
    """

    def __init__(self, materials: MaterialCatalogue) -> None:
        self._paints = Paints(materials)
        self._paths = PathCache()

    def image(
        self, design: RosetteParamSpec, view: View, size: QSize, pixel_ratio: float
    ) -> QImage:
        """Return the picture of *design* on *size* logical pixels."""
        image = QImage(size * pixel_ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(pixel_ratio)
        around = surroundings(design, {})
        self._paints.zoom_to(view.px_per_mm * pixel_ratio)
        image.fill(self._paints.colour(around.top_material_id))
        inverse, _ = view.transform().inverted()
        area_mm = inverse.mapRect(QRectF(0, 0, size.width(), size.height()))
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setTransform(view.transform())
            paint_top(painter, around, area_mm, self._paints)
            for ring in self._paths.rings(design, hurried=False):
                paint_ring(painter, ring, self._paints)
            paint_soundhole(painter, around, self._paints)
            paint_board(painter, around, area_mm, self._paints)
        finally:
            painter.end()
        return image
