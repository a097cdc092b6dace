"""A tile as a picture of one pixel a cell: the quick way to show many cells."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from luthier_desktop.domain.geometry import RingRadii, polar
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.view import View

KEPT = 4
OFF_PX = 0.5


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
    painter: QPainter, layout: RingLayout, images: tuple[QImage, QImage], view: View
) -> None:
    """Paint tiles about 12 o'clock in mm, in patches that are bent as little as nobody sees."""
    radii, cols, rows = layout.radii, images[0].width(), images[0].height()
    column_deg = layout.step_deg / cols
    seen_deg = math.degrees(math.asin(min(1.0, view.centre_x / view.px_per_mm / radii.inner_mm)))
    patches = _patches(layout, rows, cols, view)
    beyond = min(math.ceil(seen_deg / layout.step_deg), layout.tiles // 2)
    for tile in range(-beyond, beyond + 1):
        start_deg = (tile - 0.5) * layout.step_deg
        for part in patches:
            left_deg = start_deg + part.left() * column_deg
            right_deg = start_deg + part.right() * column_deg
            if left_deg <= seen_deg and right_deg >= -seen_deg:
                _paint_patch(painter, radii, images[tile % 2], part, (left_deg, right_deg))


def _patches(layout: RingLayout, rows: int, cols: int, view: View) -> list[QRectF]:
    """Return parts of a tile, in cells, that may be drawn with straight edges.

    An arc leaves its chord, and rows within a wedge their even spacing, by at most `OFF_PX`.
    """
    radii, scale = layout.radii, view.px_per_mm
    flat_deg = 2 * math.degrees(math.acos(1 - OFF_PX / (radii.outer_mm * scale)))
    high_mm = math.sqrt(4 * OFF_PX * radii.inner_mm / scale)
    wide = max(1, math.floor(flat_deg * cols / layout.step_deg))
    high = max(1, math.floor(high_mm * rows / radii.width_mm))
    return [
        QRectF(col, row, min(wide, cols - col), min(high, rows - row))
        for row in range(0, rows, high)
        for col in range(0, cols, wide)
    ]


def _paint_patch(
    painter: QPainter,
    radii: RingRadii,
    image: QImage,
    part: QRectF,
    between_deg: tuple[float, float],
) -> None:
    row_mm = radii.width_mm / image.height()
    outer_mm = radii.outer_mm - part.top() * row_mm
    inner_mm = radii.outer_mm - part.bottom() * row_mm
    left_deg, right_deg = between_deg
    bent = QTransform.quadToQuad(
        QPolygonF([part.topLeft(), part.topRight(), part.bottomRight(), part.bottomLeft()]),
        QPolygonF([
            QPointF(*polar(radius_mm, angle_deg)) for radius_mm, angle_deg in (
                (outer_mm, left_deg), (outer_mm, right_deg), (inner_mm, right_deg),
                (inner_mm, left_deg),
            )
        ]),
    )
    if isinstance(bent, QTransform):
        painter.save()
        painter.setTransform(bent, combine=True)
        painter.drawImage(part, image, part)
        painter.restore()
