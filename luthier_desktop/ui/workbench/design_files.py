"""Designs from starters and files onto the bench, and from the bench into snapshots."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.sharing import Looked
from luthier_desktop.services.snapshots import Saved
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import OpenDesign, SavedAs
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.widgets.save_dialog import SaveDialog, SaveWords
from luthier_desktop.ui.workbench.gallery import Gallery

_RUN = "a recorded run"
_OPENED = "Designs, share files and pictures (*.json *.rosette *.png *.svg *.pdf)"
_MOST_PASTED = 2**21 + 1


class DesignFiles(QObject):
    """Begins, opens and saves designs.

    ``begun(design, origin)`` and ``opened(design, origin)`` ask for a design to be shown, the
    first one and any other; *origin* says where it is from, "" for a starter.
    ``looked(looked, origin)`` asks what to do with a share file before anything is opened of it,
    ``saved(open_design, design, saved)`` tells of a snapshot, ``notSaved(error)`` of none, and
    ``nameDeclined`` that none was wanted after all.
    """

    begun = Signal(object, str)
    opened = Signal(object, str)
    looked = Signal(object, str)
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
        self.gallery = Gallery(window, background, studio, editor)
        self.gallery.opened.connect(self._begin_from)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command about files calls."""
        return {
            **self.gallery.commands(),
            "open_design": self.ask_for_file,
            "open_pasted": self.open_pasted,
            "save_snapshot": self.ask_for_name,
            "save_snapshot_as": self.ask_for_another_name,
        }

    def begin(self, file: str = "") -> None:
        """Show the design of *file*, or the first starter."""
        if file:
            self._read(Path(file), self._begin_with, self._begin_without_file)
        else:
            self.begun.emit(self._studio.presets.first(), "")

    def ask_for_file(self) -> None:
        """Ask which file to open."""
        dialog = QFileDialog(self._window, tr("Open"))
        dialog.setObjectName("openDesignDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_OPENED, "All files (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.open_file)
        dialog.open()

    def open_file(self, path: str) -> None:
        """Read a file on the worker; show its design, or what is to be said of a share file."""
        self._read(Path(path), self._show, self._fail)

    def open_pasted(self) -> None:
        """Open what the clipboard's text is or says."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._window.messages.say("The clipboard holds no text.")
            return
        data = text[:_MOST_PASTED].encode("utf-8", "replace")
        work = partial(opened, self._studio, data, "The clipboard")
        self._background.run(work, partial(self._show, ""), self._fail)

    def open_recorded(self, plain: dict[str, Any]) -> None:
        """Show the design of a recorded run."""
        design = RosetteParamSpec.read(plain, "The design of this run")
        self.opened.emit(design, _RUN)

    def ask_for_name(self) -> None:
        """Ask what to call the snapshot of the design that is shown: its next version, if any."""
        self._ask_for_name(self._editor.open_design.saved_as)

    def ask_for_another_name(self) -> None:
        """Ask what to call the snapshot of the design that is shown, as a line of its own."""
        self._ask_for_name(None)

    def _ask_for_name(self, parent: SavedAs | None) -> None:
        open_design = self._editor.open_design
        dialog = SaveDialog(_suggested(open_design, parent), self._window)
        if parent is not None:
            dialog.tell_parent(f"{shown(parent.name)}, version {parent.version}")
        dialog.named.connect(partial(self._save, open_design))
        dialog.rejected.connect(self.nameDeclined)
        dialog.open()

    def save_under(self, open_design: OpenDesign, name: str) -> None:
        """Save an open design, as it is now, under *name*: the next version of its snapshot."""
        parent = open_design.saved_as
        parent_id = None if parent is None else parent.snapshot_id
        self._save(open_design, SnapshotDetails(name=name, parent_snapshot_id=parent_id))

    def _save(self, open_design: OpenDesign, details: SnapshotDetails) -> None:
        design = open_design.shown
        work = partial(self._studio.snapshots.save, design, details)
        done = partial(self._was_saved, open_design, design)
        self._background.run(work, done, self._was_not_saved)

    def _was_saved(self, open_design: OpenDesign, design: RosetteParamSpec, saved: Saved) -> None:
        open_design.saved_as = SavedAs.of(saved.document, design)
        self.saved.emit(open_design, design, saved)

    def _was_not_saved(self, error: Exception) -> None:
        self.notSaved.emit(error)

    def _read(
        self,
        path: Path,
        done: Callable[[str, RosetteParamSpec | Looked], None],
        failed: Callable[[Exception], None],
    ) -> None:
        what = "The design" if path.suffix.lower() == ".json" else "The file"
        work = partial(opened, self._studio, path, what)
        self._background.run(work, partial(done, str(path.absolute())), failed)

    def _show(self, origin: str, found: RosetteParamSpec | Looked) -> None:
        (self.opened if isinstance(found, RosetteParamSpec) else self.looked).emit(found, origin)

    def _begin_with(self, origin: str, found: RosetteParamSpec | Looked) -> None:
        if isinstance(found, RosetteParamSpec):
            self.begun.emit(found, origin)
        else:
            self.begin()
            self.looked.emit(found, origin)

    def _begin_without_file(self, error: Exception) -> None:
        self.begin()
        self._fail(error)

    def _begin_from(self, design: RosetteParamSpec) -> None:
        self.opened.emit(design, "")

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def opened(studio: Studio, source: bytes | Path, what: str) -> RosetteParamSpec | Looked:
    """Return the design that *source* is, or what a share file or a snapshot shows.

    Raises:
        NotFound: There is no such file.
        InputRefused: It is neither, and carries neither.
    """
    if isinstance(source, bytes):
        text = source.decode("utf-8", "replace")
        if studio.exporting.is_design_text(text):
            return studio.exporting.design_from_text(text, what)
    looked = studio.sharing.look(source, what)
    preview = looked.preview
    if preview.kind == "design" and preview.design is not None:
        return studio.designs.identified(preview.design)
    if preview.kind == "unknown":
        raise InputRefused(preview.findings[0].sentence)
    return looked


def _suggested(open_design: OpenDesign, parent: SavedAs | None) -> SaveWords:
    if parent is None:
        return SaveWords(open_design.shown.name or "")
    return SaveWords(parent.name, parent.description, parent.tags, parent.snapshot_id)
