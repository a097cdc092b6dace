"""What the tile editor does with the clipboard and with pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.patterns.grid_edits import (
    Block,
    Cell,
    cut_out,
    pasted,
    size_of,
    woods_of,
)
from luthier_desktop.domain.patterns.grid_text import grid_text, read_grid
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.mosaic.tile_bench import Hand, TileBench
from luthier_desktop.ui.design_editor.picture_tile import read_tile
from luthier_desktop.ui.design_editor.swatches import Swatches
from luthier_desktop.ui.language import tr


class TileErrands(QObject):
    """Copies, pastes and reads tiles of the bench."""

    def __init__(
        self, bench: TileBench, names: MaterialNames, swatches: Swatches, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._names = names
        self._swatches = swatches
        self._window = parent

    def copy(self) -> None:
        """Copy the marked cells, or the whole tile where none are marked."""
        tile = self._bench.tile
        if tile is None:
            return
        block = self._bench.block
        part = cut_out(tile.grid, block) if len(block.cells()) > 1 else tile.grid
        QGuiApplication.clipboard().setText(grid_text(part))

    def paste(self) -> None:
        """Lay the copied cells over the tile from the cursor, or the block's corner, on."""
        part = self._copied()
        if part is None:
            return

        def edit(grid: Grid, hand: Hand) -> Grid:
            return pasted(grid, Cell(hand.block.top, hand.block.left), part)

        self._bench.apply("Paste", edit)

    def paste_whole(self) -> None:
        """Make what was copied the tile."""
        part = self._copied()
        if part is not None:
            self._bench.apply("Paste as the whole tile", lambda _, __: part)

    def mark_all(self) -> None:
        """Mark every cell."""
        if self._bench.tile is not None:
            rows, cols = size_of(self._bench.tile.grid)
            self._bench.mark(Block(0, 0, rows - 1, cols - 1))

    def ask_for_picture(self) -> None:
        """Let a PNG be chosen."""
        dialog = QFileDialog(self._window, tr("Read a tile"))
        dialog.setObjectName("readTilePicture")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Pictures (*.png)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_picture)
        dialog.open()

    def read_picture(self, path: str) -> None:
        """Read a PNG at the tile's size, in the palette's woods."""
        tile, palette = self._bench.tile, self._bench.palette
        if tile is None:
            return
        try:
            read = read_tile(Path(path), palette, self._swatches.colour, size_of(tile.grid))
        except LuthierError as error:
            self._bench.told.emit(error.sentence)
            return
        grid = tuple(tuple(row) for row in read)
        self._bench.apply("Tile from a picture", lambda _, __: grid)

    def _copied(self) -> Grid | None:
        tile = self._bench.tile
        if tile is None:
            return None
        known = {material_id for material_id, _ in self._names.choices()}
        try:
            return read_grid(QGuiApplication.clipboard().text(), known | {*woods_of(tile.grid)})
        except LuthierError as error:
            self._bench.told.emit(error.sentence)
            return None
