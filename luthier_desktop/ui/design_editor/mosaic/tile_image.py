"""A tile as a picture of one pixel a cell: the quick way to show many cells."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from luthier_desktop.domain.geometry import polar
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.ui.design_editor.paints import Paints

KEPT = 4


class TileImages:
    """Makes and keeps the pictures of the last few grids."""

    def __init__(self, paints: Paints) -> None:
        self.paints = paints
        self._kept: list[tuple[Grid, QImage]] = []

    def image(self, grid: Grid) -> QImage:
        """Return the picture of *grid* in the woods' mean colours."""
        for known, image in self._kept:
            if known is grid or known == grid:
                return image
        image = self._made(grid)
        self._kept = [*self._kept[1 - KEPT :], (grid, image)]
        return image

    def _made(self, grid: Grid) -> QImage:
        woods = {wood for row in grid for wood in row}
        pixels = {
            wood: self.paints.colour(wood).rgb().to_bytes(4, "little") for wood in woods
        }
        cells = b"".join([b"".join([pixels[wood] for wood in row]) for row in grid])
        size = (len(grid[0]), len(grid))
        return QImage(cells, *size, 4 * size[0], QImage.Format.Format_RGB32).copy()


def paint_bent(
    painter: QPainter, layout: RingLayout, images: tuple[QImage, QImage], seen_deg: float
) -> None:
    """Paint tiles about 12 o'clock, each column a wedge between the ring's edges, in mm."""
    cols = images[0].width()
    column_deg = layout.step_deg / cols
    beyond = min(math.ceil(seen_deg / layout.step_deg), layout.tiles // 2)
    for tile in range(-beyond, beyond + 1):
        image = images[tile % 2]
        for col in range(cols):
            start_deg = (tile - 0.5) * layout.step_deg + col * column_deg
            if abs(start_deg) <= seen_deg + column_deg:
                _paint_column(painter, layout, image, col, (start_deg, start_deg + column_deg))


def _paint_column(
    painter: QPainter,
    layout: RingLayout,
    image: QImage,
    col: int,
    between_deg: tuple[float, float],
) -> None:
    rows, (inner_mm, outer_mm) = image.height(), layout.radii
    left_deg, right_deg = between_deg
    corners = ((outer_mm, left_deg), (outer_mm, right_deg), (inner_mm, right_deg),
               (inner_mm, left_deg))
    wedge = QPolygonF([QPointF(*polar(*corner)) for corner in corners])
    flat = QPolygonF([QPointF(0, 0), QPointF(1, 0), QPointF(1, rows), QPointF(0, rows)])
    bent = QTransform.quadToQuad(flat, wedge)
    if isinstance(bent, QTransform):
        painter.save()
        painter.setTransform(bent, combine=True)
        painter.drawImage(QRectF(0, 0, 1, rows), image, QRectF(col, 0, 1, rows))
        painter.restore()
