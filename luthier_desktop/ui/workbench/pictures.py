"""Exporting pictures: a dialog asks how, and a process of its own draws and writes them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
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
        design = self._editor.design()
        dialog = PictureDialog(self._last(), self._window)
        self._dialog = dialog
        dialog.previewWanted.connect(partial(self._preview, design))
        dialog.chosen.connect(partial(self._ask_where, design))
        dialog.finished.connect(self._closed)
        dialog.open()

    def export(
        self, design: RosetteParamSpec, kind: str, options: PictureOptions, path: str
    ) -> None:
        """Draw *design* into the file at *path*; what stood there was asked about."""
        call = self._call("picture", design, options, kind=kind, to=path, replace=True)
        self._window.statusBar().showMessage(f"Drawing {shown(Path(path).name)}…")
        self._background.start(call, self._written, self._fail)

    def _ask_where(self, design: RosetteParamSpec, kind: str, options: PictureOptions) -> None:
        self._remember(kind, options)
        dialog = QFileDialog(self._window, "Export picture")
        dialog.setObjectName("pictureFileDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)  # asks before it overwrites
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([f"{kind.upper()} pictures (*.{kind})", "All files (*)"])
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(self._studio.exporting.suggested_name(design, f".{kind}"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.export, design, kind, options))
        dialog.open()

    def _preview(self, design: RosetteParamSpec, options: PictureOptions) -> None:
        """Draw one preview at a time; of those asked for meanwhile only the last."""
        if self._drawing:
            self._next = options
            return
        self._drawing = True
        call = self._call("picture_preview", design, options, wide_px=2 * PREVIEW_PX)
        done = partial(self._previewed, design)
        self._background.start(call, done, partial(self._not_previewed, design))

    def _previewed(self, design: RosetteParamSpec, told: Mapping[str, Any]) -> None:
        if self._dialog is not None and self._next is None:
            self._dialog.show_preview(base64.b64decode(told["png"]))
        self._preview_next(design)

    def _not_previewed(self, design: RosetteParamSpec, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.tell(error.sentence)
        else:
            self._window.messages.fail(error)
        self._preview_next(design)

    def _preview_next(self, design: RosetteParamSpec) -> None:
        wanted, self._next, self._drawing = self._next, None, False
        if wanted is not None and self._dialog is not None:
            self._preview(design, wanted)

    def _closed(self, _: int) -> None:
        self._dialog = None

    def _call(
        self, name: str, design: RosetteParamSpec, options: PictureOptions, **more: Any
    ) -> JobCall:
        arguments = {"design": design.normalised(), "options": options.stored(), **more}
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
