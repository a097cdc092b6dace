"""The field of a painted tile: says how large it is, has it painted or read from a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip


class PictureField(QWidget):
    """The tile of a mosaic, a meander or of one's own.

    ``paintRequested``: it is to be painted; ``chosen`` carries the path of a picture, ``cleared``
    that the tile is to go.
    """

    paintRequested = Signal()
    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Tile"))
        self._words = PlainLabel("", self)
        self._paint = QPushButton(tr("Paint…"), self)
        self._paint.setObjectName("paintTileButton")
        set_tool_tip(self._paint, "Paint the tile cell by cell, see it on the ring, and read how "
                     "it is made.")
        self._read = QPushButton(tr("Read a PNG …"), self)
        self._read.setObjectName("readTileButton")
        set_tool_tip(
            self._read,
            "Each pixel becomes a cell of the ring's material that is nearest to its colour; "
            "at most 64 cells along the longer side.",
        )
        self._clear = QPushButton(tr("Take away"), self)
        set_tool_tip(self._clear, "Take the tile away and draw the usual figure.")
        self._paint.clicked.connect(self.paintRequested)
        self._read.clicked.connect(self._ask)
        self._clear.clicked.connect(self.cleared)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.GRID)
        line.addWidget(self._paint)
        line.addWidget(self._read)
        line.addWidget(self._clear)
        line.addWidget(self._words, 1)
        self.setFocusProxy(self._paint)

    def show_size(self, size: tuple[int, int] | None, stands_in: str = "") -> None:
        """Say how many rows and columns the tile has; None: there is none, but *stands_in*."""
        self._clear.setEnabled(size is not None)
        self._words.setText(
            tr(stands_in if size is None else f"{size[0]} rows of {size[1]} cells")
        )

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), tr("Read a tile"))
        dialog.setObjectName("readTileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Pictures (*.png)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()
