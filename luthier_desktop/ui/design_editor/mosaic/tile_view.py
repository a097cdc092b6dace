"""The tile to paint on: by mouse, by keys, cell by cell or stroke by stroke."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.grid_edits import (
    Cell,
    cells_between,
    echoed,
    painted,
    size_of,
)
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.domain.patterns.symmetry import turned_tile
from luthier_desktop.ui.design_editor import overlay
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.mosaic import tile_painting
from luthier_desktop.ui.design_editor.mosaic.tile_bench import TileBench
from luthier_desktop.ui.design_editor.mosaic.tile_geometry import (
    LEAST_CELL_PX,
    MOST_CELL_PX,
    TileGeometry,
    laid_out,
    least_size,
)
from luthier_desktop.ui.design_editor.mosaic.tile_image import TileImages
from luthier_desktop.ui.design_editor.mosaic.tile_works import fill_joined
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.language import tr

ZOOM = 1.25
_KEY = Qt.Key
_STEPS = {
    _KEY.Key_Up: (-1, 0), _KEY.Key_Down: (1, 0), _KEY.Key_Left: (0, -1), _KEY.Key_Right: (0, 1),
    _KEY.Key_PageUp: (-200, 0), _KEY.Key_PageDown: (200, 0),
    _KEY.Key_Home: (0, -200), _KEY.Key_End: (0, 200),
}
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class TileView(QWidget):
    """Shows the bench's tile between its neighbours.

    ``shown`` carries the grid in the middle of a stroke, None at its end; ``cursorAt`` where the
    cursor lies, so that it can be scrolled to.
    """

    shown = Signal(object)
    cursorAt = Signal(QRectF)

    def __init__(
        self, bench: TileBench, paints: Paints, names: MaterialNames, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._images = TileImages(paints)
        self._names = names
        self._cell_px: float | None = None
        self._stroke: set[Cell] | None = None
        self._last = Cell(0, 0)
        self._marking = False
        self.setObjectName("tileView")
        self.setAccessibleName(tr("Tile"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bench.changed.connect(self._follow)
        bench.moved.connect(self._move)
        self._follow()

    @property
    def geometry_of_tile(self) -> TileGeometry:
        """Where the cells lie."""
        return laid_out(self._size(), self._aspect(), QSizeF(self.size()), self._cell_px)

    def zoom(self, notches: int) -> None:
        """Make the cells larger or smaller; 0 lets the tile fit again."""
        if notches == 0:
            self._cell_px = None
        else:
            wanted = self.geometry_of_tile.cell.height() * ZOOM**notches
            self._cell_px = min(MOST_CELL_PX, max(LEAST_CELL_PX, wanted))
        self._resize()

    def cancel_stroke(self) -> bool:
        """Give up a stroke in progress; True when there was one."""
        was_on, self._stroke = self._stroke is not None, None
        if was_on:
            self.shown.emit(None)
            self.update()
        return was_on

    def _size(self) -> tuple[int, int]:
        tile = self._bench.tile
        return (1, 1) if tile is None else size_of(tile.grid)

    def _aspect(self) -> float:
        """Return how long a cell is at the ring's middle, over its height."""
        tile = self._bench.tile
        if tile is None:
            return 1.0
        rows, cols = size_of(tile.grid)
        pitch_mm = lay_out(tile.ring, tile.radii).pitch_mm
        return (pitch_mm / cols) / (tile.radii.width_mm / rows)

    def _grid(self) -> Grid:
        tile = self._bench.tile
        if tile is None:
            return ()
        if self._stroke is None:
            return tile.grid
        cells = echoed(self._stroke, size_of(tile.grid), self._bench.echo)
        return painted(tile.grid, cells, self._bench.wood)

    def _follow(self) -> None:
        self.cancel_stroke()
        self._resize()
        self._move()

    def _move(self) -> None:
        tile, cursor = self._bench.tile, self._bench.cursor
        if tile is None:
            self.setAccessibleDescription("")
            return
        rows, cols = size_of(tile.grid)
        self.setAccessibleDescription(
            tr(
                f"Row {cursor.row + 1} of {rows} from the outside, "
                f"column {cursor.col + 1} of {cols}: "
                f"{self._names.name(tile.grid[cursor.row][cursor.col])}. "
                f"Painting with {self._names.name(self._bench.wood)}."
            )
        )
        self.cursorAt.emit(self.geometry_of_tile.rect(self._bench.block))
        self.update()

    def _resize(self) -> None:
        self.setMinimumSize(least_size(self._size(), self._aspect(), self._cell_px).toSize())
        self.update()

    def _extend(self, cell: Cell) -> None:
        """Bring a stroke to another cell."""
        if self._stroke is not None and cell != self._last:
            self._stroke.update(cells_between(self._last, cell))
            self._last = cell
            self.shown.emit(self._grid())
            self.update()

    def _pick(self, place: QPointF) -> None:
        tile, cell = self._bench.tile, self.geometry_of_tile.cell_at(place)
        if tile is not None and self.geometry_of_tile.holds(cell):
            self._bench.move_to(cell)
            self._bench.choose(tile.grid[cell.row][cell.col])

    def _do_key(self, event: QKeyEvent) -> bool:
        key = _KEY(event.key())
        modifiers = event.modifiers() & (_SHIFT | _CTRL)
        if key in _STEPS and not modifiers & _CTRL:
            down, right = _STEPS[key]
            row, col = self._bench.cursor
            self._bench.move_to(Cell(row + down, col + right), marking=bool(modifiers & _SHIFT))
        elif key == _KEY.Key_Escape:
            return self.cancel_stroke() or self._unmark()
        elif key in (_KEY.Key_Plus, _KEY.Key_Equal, _KEY.Key_Minus) and not modifiers & _CTRL:
            self.zoom(-1 if key == _KEY.Key_Minus else 1)
        elif not modifiers and event.text().isdigit():
            self._choose(int(event.text()))
        else:
            return False
        return True

    def _choose(self, digit: int) -> None:
        """Choose a wood by its number; 0 takes that under the cursor."""
        tile, palette = self._bench.tile, self._bench.palette
        if digit == 0 and tile is not None:
            cursor = self._bench.cursor
            self._bench.choose(tile.grid[cursor.row][cursor.col])
        elif 0 < digit <= len(palette):
            self._bench.choose(palette[digit - 1])

    def _unmark(self) -> bool:
        is_marked = len(self._bench.block.cells()) > 1
        self._bench.move_to(self._bench.cursor)
        return is_marked

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tile = self._bench.tile
        if tile is None:
            return
        grid, geometry = self._grid(), self.geometry_of_tile
        area = QRectF(event.rect())
        grids = (grid, turned_tile(grid, tile.symmetry))
        tile_painting.paint_cells(
            painter, area, geometry, grids, self._images
        )
        tile_painting.paint_lines(painter, area, geometry)
        tile_painting.paint_rulers(painter, geometry)
        bench = self._bench
        tile_painting.paint_marks(
            painter, geometry, bench.cursor, bench.block, focused=self.hasFocus()
        )
        if self.hasFocus():
            overlay.paint_focus(painter, QRectF(self.visibleRegion().boundingRect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.geometry_of_tile.cell_at(event.position())
        if event.button() is _RIGHT:
            self.cancel_stroke()
            self._pick(event.position())
        elif event.button() is _LEFT and self.geometry_of_tile.holds(cell):
            self._marking = bool(event.modifiers() & _SHIFT)
            self._bench.move_to(cell)
            if event.modifiers() & _CTRL:
                self._bench.apply("Fill", fill_joined)
            elif not self._marking:
                self._stroke, self._last = {cell}, cell
                self.shown.emit(self._grid())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.geometry_of_tile.cell_at(event.position())
        if event.buttons() & _RIGHT:
            self._pick(event.position())
        elif event.buttons() & _LEFT and self._marking:
            self._bench.move_to(cell, marking=True)
        elif event.buttons() & _LEFT:
            self._extend(cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not _LEFT:
            return
        self._marking = False
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self.shown.emit(None)
            self._bench.apply(
                "Paint",
                lambda grid, hand: painted(
                    grid, echoed(stroke, size_of(grid), hand.echo), hand.wood
                ),
            )
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & _CTRL and event.angleDelta().y():
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._do_key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.cancel_stroke()
