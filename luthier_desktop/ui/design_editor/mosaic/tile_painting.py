"""Painting a tile flat: cells in wood, its neighbours paler, rulers, marks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from luthier_desktop.domain.patterns.grid_edits import Block, Cell
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.mosaic.tile_geometry import TileGeometry
from luthier_desktop.ui.design_editor.mosaic.tile_image import TileImages

BESIDE_OPACITY = 0.5
FIGURE_PX = 14.0
"""Cells from this height on show their wood's figure."""
FIGURE_PX_PER_MM = 12.0
LINES_PX = 5.0
NUMBERS_PX = 14.0
LINE_ALPHA = 70


def paint_cells(
    painter: QPainter, area: QRectF, geometry: TileGeometry, grids: tuple[Grid, Grid],
    images: TileImages,
) -> None:
    """Paint the tile and what is seen of its neighbours; *grids* are the even and the odd one."""
    seen = geometry.within(area)
    last = geometry.cols - 1
    for left, right, grid, opacity in (
        (seen.left, min(-1, seen.right), grids[1], BESIDE_OPACITY),
        (max(0, seen.left), min(last, seen.right), grids[0], 1.0),
        (max(last + 1, seen.left), seen.right, grids[1], BESIDE_OPACITY),
    ):
        block = seen._replace(left=left, right=right)
        if left > right or seen.top > seen.bottom:
            continue
        painter.setOpacity(opacity)
        if geometry.cell.height() < FIGURE_PX:
            part = QRectF(left % geometry.cols, seen.top, right - left + 1,
                          seen.bottom - seen.top + 1)
            painter.drawImage(geometry.rect(block), images.image(grid), part)
            continue
        for wood, rects in _by_wood(block, grid, geometry).items():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(images.paints.swatch(wood, FIGURE_PX_PER_MM))
            painter.drawRects(rects)
    painter.setOpacity(1.0)


def paint_lines(painter: QPainter, area: QRectF, geometry: TileGeometry) -> None:
    """Draw the joints between the cells and the tile's outline."""
    tile = geometry.tile
    if geometry.cell.height() >= LINES_PX and geometry.cell.width() >= LINES_PX:
        line = QColor(style.tokens().canvas_line)
        line.setAlpha(LINE_ALPHA)
        painter.setPen(QPen(line, 1.0))
        painter.drawLines(list(_joints(geometry, geometry.within(area))))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(style.tokens().text), 2.0))
    painter.drawRect(tile)


def paint_rulers(painter: QPainter, geometry: TileGeometry) -> None:
    """Number rows from the outermost and columns from the left."""
    painter.setPen(QColor(style.tokens().muted))
    painter.setFont(style.sized(0.85))
    tile, cell = geometry.tile, geometry.cell
    for count, side_px, is_row in (
        (geometry.rows, cell.height(), True), (geometry.cols, cell.width(), False)
    ):
        step = next(step for step in (1, 5, 10, 50, 100, 200) if step * side_px >= NUMBERS_PX)
        for number in range(step, count + 1, step):
            at = number - 1
            place = geometry.rect(Block(at, 0, at, 0) if is_row else Block(0, at, 0, at))
            if is_row:
                box = QRectF(tile.left() - geometry.beside * cell.width() - 24, place.top(), 20,
                             place.height())
                box = box.adjusted(0, -6, 0, 6)
                side = Qt.AlignmentFlag.AlignRight
            else:
                box = QRectF(place.left() - 12, tile.bottom() + 3, place.width() + 24, 16)
                side = Qt.AlignmentFlag.AlignHCenter
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, str(number))


def paint_marks(
    painter: QPainter, geometry: TileGeometry, cursor: Cell, block: Block, *, focused: bool
) -> None:
    """Outline the cursor's cell and the marked block, seen on light and dark wood."""
    here = geometry.rect(Block(cursor.row, cursor.col, cursor.row, cursor.col))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(block.cells()) > 1:
        _outline(painter, geometry.rect(block), 2.0)
    _outline(painter, here, 3.0 if focused else 1.0)


def _outline(painter: QPainter, rect: QRectF, width_px: float) -> None:
    tokens = style.tokens()
    painter.setPen(QPen(QColor(tokens.on_accent), width_px + 2))
    painter.drawRect(rect)
    painter.setPen(QPen(QColor(tokens.accent), width_px))
    painter.drawRect(rect)


def _by_wood(block: Block, grid: Grid, geometry: TileGeometry) -> dict[str, list[QRectF]]:
    found: dict[str, list[QRectF]] = {}
    cols = range(block.left, block.right + 1)
    edges = [geometry.rect(Block(0, col, 0, col)) for col in cols]
    for row in range(block.top, block.bottom + 1):
        across = geometry.rect(Block(row, 0, row, 0))
        top, height = across.top(), across.height()
        own = grid[row]
        for col, edge in zip(cols, edges, strict=True):
            rect = QRectF(edge.left(), top, edge.width(), height)
            found.setdefault(own[col % geometry.cols], []).append(rect)
    return found


def _joints(geometry: TileGeometry, seen: Block) -> Iterator[QLineF]:
    area = geometry.rect(seen)
    for col in range(seen.left, seen.right + 2):
        x = geometry.rect(Block(0, col, 0, col)).left()
        yield QLineF(x, area.top(), x, area.bottom())
    for row in range(seen.top, seen.bottom + 2):
        y = geometry.rect(Block(row, 0, row, 0)).top()
        yield QLineF(area.left(), y, area.right(), y)
