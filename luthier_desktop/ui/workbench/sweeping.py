"""The what-if: judged step by step on the long lane, shown as it comes, taken as one step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.studio import Studio
from luthier_desktop.services.sweeps import SweepCell, with_values
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from luthier_desktop.ui.workbench.sweep_dialog import SweepDialog
    from luthier_desktop.ui.workbench.sweep_table import Axis

_AT_ONCE = 25


class Sweeping(QObject):
    """Opens the dialog, runs one sweep at a time, and puts the chosen value into the design."""

    _begun = Signal(object)
    _progressed = Signal(object, object)

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, editor: DesignEditor
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._editor = editor
        self._dialog: SweepDialog | None = None
        self._stop = threading.Event()
        self._begun.connect(self._show_begun, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._add, Qt.ConnectionType.QueuedConnection)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about sweeps calls."""
        return {"sweep_field": self.open}

    def open(self) -> None:
        """Ask what to try."""
        from luthier_desktop.ui.workbench.sweep_dialog import SweepDialog
        from luthier_desktop.ui.workbench.sweep_fields import swept_fields

        design = self._editor.design()
        try:
            scored = self._studio.feasibility.preview(design)
        except LuthierError as error:
            self._fail(error)
            return
        assumed = {one.path: one.value for one in scored.assumed}
        self._dialog = dialog = SweepDialog(swept_fields(design, assumed), self._window)
        dialog.asked.connect(self._begin)
        dialog.stopped.connect(self._end)
        dialog.chosen.connect(self._take)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _begin(self, axes: tuple[Axis, ...]) -> None:
        self._end()
        if self._dialog is None:
            return
        stop = self._stop = threading.Event()
        fields = [axis.field for axis in axes]
        setup = self._studio.setups.last_known()
        try:
            cells = self._studio.feasibility.sweep(
                self._editor.design(), fields, partial(self._is_over, stop), setup
            )
        except LuthierError as error:
            self._dialog.refuse(error.sentence)
            return
        self._dialog.begin(axes)
        work = partial(self._judge, cells, stop)
        self._background.run_long(work, partial(self._ended, stop), self._fail)

    def _judge(self, cells: Iterator[SweepCell], stop: threading.Event) -> None:
        """On the long lane: judge, and hand the answers over some at a time."""
        self._begun.emit(stop)
        gathered: list[SweepCell] = []
        for cell in cells:
            gathered.append(cell)
            if len(gathered) == _AT_ONCE:
                self._progressed.emit(gathered, stop)
                gathered = []
        self._progressed.emit(gathered, stop)

    def _is_over(self, stop: threading.Event) -> bool:
        return stop.is_set() or self._background.is_closing()

    def _show_begun(self, stop: threading.Event) -> None:
        if self._dialog is not None and stop is self._stop:
            self._dialog.show_begun()

    def _add(self, cells: list[SweepCell], stop: threading.Event) -> None:
        if self._dialog is not None and stop is self._stop and cells:
            self._dialog.add(cells)

    def _ended(self, stop: threading.Event, _: None) -> None:
        if self._dialog is not None and stop is self._stop:
            self._dialog.end()

    def _end(self) -> None:
        self._stop.set()

    def _forget(self) -> None:
        self._dialog = None

    def _take(self, axes: tuple[Axis, ...], at: tuple[int, ...], name: str) -> None:
        design: RosetteParamSpec = self._editor.design()
        after = with_values(design, [axis.field for axis in axes], at)
        self._editor.set_design(after, f"What if: {name}", in_place=True)

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.refuse(error.sentence)
        else:
            self._window.messages.fail(error)
