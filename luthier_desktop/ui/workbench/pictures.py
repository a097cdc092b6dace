"""Exporting pictures: a dialog asks how, and a process of its own draws and writes them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.outgoing_text import suggested_file_name
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.snapshots import Kept
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.design_editor.open_design import SavedAs
from luthier_desktop.ui.job_runner import JobCall
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.workbench.picture_dialog import (
    KINDS,
    PREVIEW_PX,
    STYLES,
    PictureDialog,
)

_WORK = "Drawing a picture"
_USUAL_DPI = 300
_CARRIES_DESIGN = (
    "The picture carries the design as it stands now, without a record: dropped on this window, "
    "it opens again. Saved first (Ctrl+S), it would carry the snapshot with its proof."
)
_CARRIES_SNAPSHOT = (
    "The picture carries the snapshot “{}”, version {}, with its record and proof: dropped on "
    "this window, it opens like a share file."
)


class _Drawn(NamedTuple):
    """What a picture is drawn of: a design as it stands, or the saved snapshot that it is."""

    design: RosetteParamSpec
    snapshot: SavedAs | None = None

    def source(self) -> dict[str, Any]:
        """Return what the job is told of it."""
        if self.snapshot is not None:
            return {"snapshot_id": self.snapshot.snapshot_id}
        return {"design": self.design.normalised()}

    def carries(self) -> str:
        """Say what the file will hold."""
        if self.snapshot is None:
            return _CARRIES_DESIGN
        return _CARRIES_SNAPSHOT.format(shown(self.snapshot.name), self.snapshot.version)


class Pictures(QObject):
    """Draws the design that is shown into a file; ``recorded`` tells of the run that says so."""

    recorded = Signal(str)

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, editor: DesignEditor
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._dialog: PictureDialog | None = None
        self._drawing = False
        self._next: PictureOptions | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about pictures call."""
        return {"export_picture": self.ask}

    def ask(self) -> None:
        """Ask how the picture of the design that is shown is to be."""
        saved = self._editor.open_design.unchanged_snapshot()
        self._ask(_Drawn(self._editor.design(), saved))

    def ask_for_snapshot(self, snapshot_id: str) -> None:
        """Ask how the picture of a snapshot is to be."""
        work = partial(self._studio.snapshots.get, snapshot_id)
        self._background.run(work, self._ask_for_kept, self._window.messages.fail)

    def _ask_for_kept(self, kept: Kept) -> None:
        if kept.design is None:
            sentence = f"{kept.document['snapshot_id']} is damaged and cannot be drawn."
            self._window.messages.fail(LuthierError(sentence))
        else:
            self._ask(_Drawn(kept.design, SavedAs.of(kept.document, kept.design)))

    def _ask(self, drawn: _Drawn) -> None:
        dialog = PictureDialog(self._last(), drawn.carries(), self._window)
        self._dialog = dialog
        dialog.previewWanted.connect(partial(self._preview, drawn))
        dialog.chosen.connect(partial(self._ask_where, drawn))
        dialog.finished.connect(self._closed)
        dialog.open()

    def export(self, drawn: _Drawn, kind: str, options: PictureOptions, path: str) -> None:
        """Draw *drawn* into the file at *path*; what stood there was asked about."""
        call = self._call("picture", drawn, options, kind=kind, to=path, replace=True)
        self._window.statusBar().showMessage(f"Drawing {shown(Path(path).name)}…")
        self._background.start(call, self._written, self._fail)

    def _ask_where(self, drawn: _Drawn, kind: str, options: PictureOptions) -> None:
        self._remember(kind, options)
        dialog = QFileDialog(self._window, "Export picture")
        dialog.setObjectName("pictureFileDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # asks before it overwrites
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([f"{kind.upper()} pictures (*.{kind})", "All files (*)"])
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(self._suggested_name(drawn, f".{kind}"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.export, drawn, kind, options))
        dialog.open()

    def _suggested_name(self, drawn: _Drawn, suffix: str) -> str:
        saved = drawn.snapshot
        if saved is not None:
            return suggested_file_name(saved.name, saved.snapshot_id, suffix)
        return self._studio.exporting.suggested_name(drawn.design, suffix)

    def _preview(self, drawn: _Drawn, options: PictureOptions) -> None:
        """Draw one preview at a time; of those asked for meanwhile only the last."""
        if self._drawing:
            self._next = options
            return
        self._drawing = True
        wide_px = round(PREVIEW_PX * self._window.devicePixelRatioF())
        call = self._call("picture_preview", drawn, options, wide_px=wide_px)
        done = partial(self._previewed, drawn)
        self._background.start(call, done, partial(self._not_previewed, drawn))

    def _previewed(self, drawn: _Drawn, told: Mapping[str, Any]) -> None:
        if self._dialog is not None and self._next is None:
            self._dialog.show_preview(base64.b64decode(told["png"]))
        self._preview_next(drawn)

    def _not_previewed(self, drawn: _Drawn, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.tell(error.sentence)
        else:
            self._window.messages.fail(error)
        self._preview_next(drawn)

    def _preview_next(self, drawn: _Drawn) -> None:
        wanted, self._next, self._drawing = self._next, None, False
        if wanted is not None and self._dialog is not None:
            self._preview(drawn, wanted)

    def _closed(self, _: int) -> None:
        self._dialog = None

    def _call(self, name: str, drawn: _Drawn, options: PictureOptions, **more: Any) -> JobCall:
        arguments = {**drawn.source(), "options": options.stored(), **more}
        return JobCall(name, _WORK, str(self._studio.data_dir), arguments)

    def _written(self, told: Mapping[str, Any]) -> None:
        run_id = told["run_id"]
        self._window.messages.say(f"Wrote {shown(str(told['path']), 200)}")
        bar = self._window.statusBar()
        bar.showMessage(f"Recorded as {run_id}" if run_id else "The picture is not recorded")
        self.recorded.emit(run_id or "")

    def _fail(self, error: Exception) -> None:
        self._window.statusBar().clearMessage()
        self._window.messages.fail(error)
        self.recorded.emit("")  # a failure is recorded too

    def _last(self) -> dict[str, Any]:
        state = self._window.state
        return {
            "kind": state.text("picture_kind", KINDS, "svg"),
            "style": state.text("picture_style", STYLES, "wood"),
            "dpi": state.number("picture_dpi", _USUAL_DPI),
            "caption": state.flag("picture_caption", otherwise=True),
            "dimensions": state.flag("picture_dimensions", otherwise=False),
            "top": state.flag("picture_top", otherwise=True),
        }

    def _remember(self, kind: str, options: PictureOptions) -> None:
        self._window.state.remember(
            picture_kind=kind,
            picture_style=options.style,
            picture_dpi=options.dpi,
            picture_caption=options.caption,
            picture_dimensions=options.dimensions,
            picture_top=options.top,
        )
