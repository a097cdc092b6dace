"""Photographs under the drawing, read on the worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.photo import PhotoImage
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown


class Photographs(QObject):
    """Brings photographs under the design that was shown when they were chosen."""

    def __init__(self, window: MainWindow, background: Background, editor: DesignEditor) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._editor = editor

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command about photographs calls."""
        return {"add_photo": self.ask_for_photo, "remove_photo": self._editor.canvas.photos.remove}

    def ask_for_photo(self) -> None:
        """Ask which photo to lay under the drawing."""
        from luthier_desktop.ui.design_editor.photo_reading import PATTERNS

        dialog = QFileDialog(self._window, tr("Photo under the drawing"))
        dialog.setObjectName("photoDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"Photos ({PATTERNS})", "All files (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read(self, path: str) -> None:
        """Read the photo at *path* on the worker and lay it under the design shown now."""
        from luthier_desktop.ui.design_editor.photo_reading import read_photo

        self._window.statusBar().showMessage(tr(f"Reading the photo {shown(Path(path).name)}…"))
        work = partial(read_photo, Path(path))
        done = partial(self._lay, self._editor.open_design)
        self._background.run_long(work, done, self._fail)

    def _lay(self, design: OpenDesign, image: PhotoImage) -> None:
        self._window.statusBar().clearMessage()
        self._editor.canvas.photos.lay(image, design)
        if image.told:
            self._window.messages.say(image.told)

    def _fail(self, error: Exception) -> None:
        self._window.statusBar().clearMessage()
        self._window.messages.fail(error)
