"""Taking in what others shared: shown first, stored when its reader says so."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, Signal
from PySide6.QtGui import QImage

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.services.sharing import Looked, ShareImported
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.still import Still
from luthier_desktop.ui.design_editor.view import fitted
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.workbench.import_dialog import PICTURE_SIDE, ImportDialog


class Importing(QObject):
    """Asks what to do with a share file.

    ``opened(design, origin)`` asks for a design to be shown; ``imported(done)`` tells of a
    snapshot that was taken in, or that was here before.
    """

    opened = Signal(object, str)
    imported = Signal(object)

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._dialog: ImportDialog | None = None
        self._looked: Looked | None = None
        self._origin = ""

    def ask(self, looked: Looked, origin: str) -> None:
        """Show what a file is; nothing of it is stored before a choice is made."""
        self._looked, self._origin = looked, origin
        name = Path(origin).name if origin else "the clipboard"
        self._dialog = dialog = ImportDialog(looked.preview, name, self._window)
        dialog.keepWanted.connect(self._keep)
        dialog.openWanted.connect(self._open)
        dialog.finished.connect(self._forget)
        dialog.open()
        design = looked.preview.design
        if design is not None:
            work = partial(drawn, design, self._studio.materials, dialog.devicePixelRatioF())
            done = partial(self._show_picture, dialog)
            self._background.run_long(work, done, self._window.messages.fail)

    def _show_picture(self, dialog: ImportDialog, image: QImage) -> None:
        if self._dialog is dialog:
            dialog.show_picture(image)

    def _open(self) -> None:
        dialog, looked, origin = self._dialog, self._looked, self._origin
        if dialog is not None and looked is not None and looked.preview.design is not None:
            dialog.accept()
            design = self._studio.designs.identified(looked.preview.design)
            self.opened.emit(design, origin)

    def _keep(self, on_clash: str) -> None:
        if self._looked is not None:
            work = partial(
                self._studio.sharing.import_file,
                self._looked.document,
                on_clash,  # type: ignore[arg-type]  # a signal carries it as any text
                despite_changes=True,  # the button says so, in these words
            )
            self._background.run(work, self._kept, self._refused)

    def _kept(self, done: ShareImported) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        told = "Imported as" if done.added else "It was here already:"
        self._window.messages.say(f"{told} {shown(done.snapshot_id)}")
        for warning in done.warnings:
            self._window.messages.fail(LuthierError(warning))
        if done.design is not None:
            self.opened.emit(done.design, self._origin)
        self.imported.emit(done)

    def _refused(self, error: Exception) -> None:
        show = self._dialog.refuse if self._dialog is not None else None
        self._window.messages.fail(error, show)

    def _forget(self, _: int) -> None:
        self._dialog = None
        self._looked = None


def drawn(design: RosetteParamSpec, materials: MaterialCatalogue, ratio: float) -> QImage:
    """Draw all of *design*, on whichever thread this is called."""
    outer_mm = (radii.outer_mm for radii in ring_radii(design))
    radius_mm = max(design.outer_diameter_mm / 2, *outer_mm, 0.0)
    area_mm = QRectF(-radius_mm, -radius_mm, 2 * radius_mm, 2 * radius_mm)
    side = QSize(PICTURE_SIDE, PICTURE_SIDE)
    return Still(materials).image(design, fitted(area_mm, QSizeF(side)), side, ratio)
