"""Where the cells of a tile lie on the widget that shows it."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from luthier_desktop.domain.patterns.grid_edits import Block, Cell

MARGIN_PX = 26.0
BESIDE = 3
"""So many columns of each neighbour are shown."""
LEAST_CELL_PX, MOST_CELL_PX = 6.0, 64.0
LEAST_ASPECT, MOST_ASPECT = 0.5, 2.0


class TileGeometry(NamedTuple):
    """A tile with the columns beside it; ``origin`` is the tile's own upper left corner."""

    rows: int
    cols: int
    beside: int
    cell: QSizeF
    origin: QPointF

    @property
    def tile(self) -> QRectF:
        """The rectangle of the tile itself."""
        return self.rect(Block(0, 0, self.rows - 1, self.cols - 1))

    def rect(self, block: Block) -> QRectF:
        """Return the rectangle of some cells, on whole pixels."""
        left, right = self._x(block.left), self._x(block.right + 1)
        top, bottom = self._y(block.top), self._y(block.bottom + 1)
        return QRectF(left, top, right - left, bottom - top)

    def cell_at(self, place: QPointF) -> Cell:
        """Return the cell under *place*, also one outside the tile."""
        return Cell(
            math.floor((place.y() - self.origin.y()) / self.cell.height()),
            math.floor((place.x() - self.origin.x()) / self.cell.width()),
        )

    def within(self, area: QRectF) -> Block:
        """Return the rows and columns, those beside the tile too, that *area* touches."""
        first, last = self.cell_at(area.topLeft()), self.cell_at(area.bottomRight())
        return Block(
            max(0, first.row), max(-self.beside, first.col),
            min(self.rows - 1, last.row), min(self.cols + self.beside - 1, last.col),
        )

    def holds(self, cell: Cell) -> bool:
        """Say whether a cell is one of the tile's own."""
        return 0 <= cell.row < self.rows and 0 <= cell.col < self.cols

    def _x(self, col: int) -> float:
        return round(self.origin.x() + col * self.cell.width())

    def _y(self, row: int) -> float:
        return round(self.origin.y() + row * self.cell.height())


def laid_out(
    size: tuple[int, int], aspect: float, room: QSizeF, cell_px: float | None
) -> TileGeometry:
    """Lay a tile out in the middle of *room*.

    *aspect* is a cell's length over its height, *cell_px* its height; None: as large as fits.
    """
    rows, cols = size
    beside = min(BESIDE, cols)
    wide = min(MOST_ASPECT, max(LEAST_ASPECT, aspect))
    if cell_px is None:
        across = (room.height() - 2 * MARGIN_PX) / rows
        along = (room.width() - 2 * MARGIN_PX) / ((cols + 2 * beside) * wide)
        cell_px = min(MOST_CELL_PX, max(LEAST_CELL_PX, min(across, along)))
    cell = QSizeF(cell_px * wide, cell_px)
    left = max(MARGIN_PX, (room.width() - (cols + 2 * beside) * cell.width()) / 2)
    top = max(MARGIN_PX, (room.height() - rows * cell.height()) / 2)
    return TileGeometry(rows, cols, beside, cell, QPointF(left + beside * cell.width(), top))


def least_size(size: tuple[int, int], aspect: float, cell_px: float | None) -> QSizeF:
    """Return the room that a tile needs at least."""
    needed = laid_out(size, aspect, QSizeF(0, 0), cell_px or LEAST_CELL_PX)
    return QSizeF(
        2 * MARGIN_PX + (needed.cols + 2 * needed.beside) * needed.cell.width(),
        2 * MARGIN_PX + needed.rows * needed.cell.height(),
    )
