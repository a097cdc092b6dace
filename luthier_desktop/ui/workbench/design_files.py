"""Designs from starters and files onto the bench, and from the bench into snapshots."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.widgets.save_dialog import SaveDialog
from luthier_desktop.ui.workbench.gallery import Gallery

_RUN = "a recorded run"


class DesignFiles(QObject):
    """Begins, opens and saves designs.

    ``begun(design, origin)`` and ``opened(design, origin)`` ask for a design to be shown, the
    first one and any other; *origin* says where it is from, "" for a starter.
    ``saved(open_design, design, saved)`` tells of a snapshot, ``notSaved(error)`` of none, and
    ``nameDeclined`` that none was wanted after all.
    """

    begun = Signal(object, str)
    opened = Signal(object, str)
    saved = Signal(object, object, object)
    notSaved = Signal(object)
    nameDeclined = Signal()

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, editor: DesignEditor
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self.gallery = Gallery(window, studio, editor)
        self.gallery.opened.connect(self._begin_from)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command about files calls."""
        return {
            **self.gallery.commands(),
            "open_design": self.ask_for_file,
            "save_snapshot": self.ask_for_name,
        }

    def begin(self, file: str = "") -> None:
        """Show the design of *file*, or the first starter."""
        if file:
            self._read(Path(file), self.begun, self._begin_without_file)
        else:
            self.begun.emit(self._studio.presets.first(), "")

    def ask_for_file(self) -> None:
        """Ask which file to open."""
        dialog = QFileDialog(self._window, "Open design")
        dialog.setObjectName("openDesignDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Designs (*.json)", "All files (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def open_file(self, path: str) -> None:
        """Read the design of a file on the worker and show it."""
        self._read(Path(path), self.opened, self._fail)

    def open_recorded(self, plain: dict[str, Any]) -> None:
        """Show the design of a recorded run."""
        design = RosetteParamSpec.read(plain, "The design of this run")
        self.opened.emit(design, _RUN)

    def ask_for_name(self) -> None:
        """Ask what to call the snapshot of the design that is shown."""
        dialog = SaveDialog(self._editor.design().name or "", self._window)
        dialog.named.connect(self.save)
        dialog.rejected.connect(self.nameDeclined)
        dialog.open()

    def save(self, name: str, notes: str) -> None:
        """Save the design that is shown, as it is now, under *name*."""
        self.save_under(self._editor.open_design, name, notes)

    def save_under(self, open_design: OpenDesign, name: str, notes: str = "") -> None:
        """Save an open design, as it is now, under *name*."""
        design = open_design.shown
        details = SnapshotDetails(name=name, notes=notes)
        work = partial(self._studio.snapshots.save, design, details)
        done = partial(self._was_saved, open_design, design)
        self._background.run(work, done, self._was_not_saved)

    def _was_saved(
        self, open_design: OpenDesign, design: RosetteParamSpec, saved: Saved
    ) -> None:
        self.saved.emit(open_design, design, saved)

    def _was_not_saved(self, error: Exception) -> None:
        self.notSaved.emit(error)

    def _read(
        self, path: Path, tell: SignalInstance, failed: Callable[[Exception], None]
    ) -> None:
        work = partial(self._studio.designs.read, path)
        done = partial(self._was_read, tell, str(path.absolute()))
        self._background.run(work, done, failed)

    def _was_read(self, tell: SignalInstance, origin: str, design: RosetteParamSpec) -> None:
        tell.emit(design, origin)

    def _begin_without_file(self, error: Exception) -> None:
        self.begin()
        self._fail(error)

    def _begin_from(self, design: RosetteParamSpec) -> None:
        self.opened.emit(design, "")

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)
