"""The field of a tile of one's own: says how large it is, reads it from a picture."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip


class PictureField(QWidget):
    """``chosen`` carries the path of a picture, ``cleared`` that the tile is to go."""

    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Tile")
        self._words = PlainLabel("", self)
        self._read = QPushButton("Read a PNG …", self)
        self._read.setObjectName("readTileButton")
        set_tool_tip(
            self._read,
            "Each pixel becomes a cell of the ring's material that is nearest to its colour; "
            "at most 64 cells along the longer side.",
        )
        self._clear = QPushButton("Take away", self)
        set_tool_tip(self._clear, "Take the tile away and draw the usual arcade.")
        self._read.clicked.connect(self._ask)
        self._clear.clicked.connect(self.cleared)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.GRID)
        line.addWidget(self._read)
        line.addWidget(self._clear)
        line.addWidget(self._words, 1)
        self.setFocusProxy(self._read)

    def show_size(self, size: tuple[int, int] | None) -> None:
        """Say how many rows and columns the tile has; None: there is none."""
        self._clear.setEnabled(size is not None)
        self._words.setText(
            "An arcade stands for it." if size is None else f"{size[0]} rows of {size[1]} cells"
        )

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), "Read a tile")
        dialog.setObjectName("readTileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Pictures (*.png)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()
