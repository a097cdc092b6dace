"""Exporting share files: of the design that is shown once it is saved, or of any snapshot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.outgoing_text import suggested_file_name
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.sharing import SUFFIX, ShareExported
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.workbench.design_files import DesignFiles
from luthier_desktop.ui.workbench.open_designs import OpenDesigns

_SAVE_FIRST = "A share file is made of a saved snapshot: save this design first."


class SharingFiles(QObject):
    """Writes share files; ``exported`` tells of one that was written."""

    exported = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        studio: Studio,
        files: DesignFiles,
        designs: OpenDesigns,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._files = files
        self._designs = designs
        self._waiting: OpenDesign | None = None
        files.saved.connect(self._go_on)
        files.nameDeclined.connect(self._wait_no_more)
        files.notSaved.connect(self._wait_no_more)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about share files call."""
        return {"export_share_file": self.ask_for_current}

    def ask_for_current(self) -> None:
        """Ask where to put the snapshot of the design that is shown; first save it if need be."""
        current = self._designs.current
        saved = current.unchanged_snapshot()
        if saved is not None:
            self.ask(saved.snapshot_id, saved.name)
        else:
            self._waiting = current
            self._window.messages.say(_SAVE_FIRST)
            self._files.ask_for_name()

    def ask(self, snapshot_id: str, name: str) -> None:
        """Ask where to put the share file of a snapshot."""
        dialog = QFileDialog(self._window, "Export share file")
        dialog.setObjectName("shareDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([f"Share files (*{SUFFIX})", "All files (*)"])
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing one is refused
        dialog.selectFile(suggested_file_name(name, snapshot_id, SUFFIX))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.export, snapshot_id))
        dialog.open()

    def export(self, snapshot_id: str, path: str) -> None:
        """Write the share file of a snapshot to *path*, which must be free."""
        work = partial(self._studio.sharing.export, snapshot_id, Path(path))
        self._background.run(work, self._written, self._window.messages.fail)

    def _go_on(self, design: OpenDesign, _: RosetteParamSpec, saved: Saved) -> None:
        if self._waiting is design:
            self._waiting = None
            self.ask(saved.snapshot_id, str(saved.document["name"]))

    def _written(self, done: ShareExported) -> None:
        told = f"Exported {shown(done.path.name)}"
        recorded = f", recorded as {done.run_id}" if done.run_id else "; it is not recorded"
        self._window.messages.say(told)
        self._window.statusBar().showMessage(f"{told}{recorded}")
        self.exported.emit(done)

    def _wait_no_more(self, _: object = None) -> None:
        self._waiting = None
