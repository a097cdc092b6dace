"""Importing from the web ToolBox: its folder is asked for, a process of its own brings it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.ui.background import Background
from luthier_desktop.ui.job_runner import JobCall, RunningJob
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import title_text
from luthier_desktop.ui.widgets.progress import Progress
from luthier_desktop.ui.workbench.legacy_model import rows_of
from luthier_desktop.ui.workbench.legacy_report import LegacyReport

_WORK = "Importing from the web ToolBox"
_TITLE = "Import from the web ToolBox: choose its data folder"
_TIP = "Stop; what was imported until then stays, and doing it again completes it."


class LegacyImporting(QObject):
    """Brings one folder in at a time; the command again ends the one under way.

    ``imported`` comes when records may have been added; ``runRequested`` carries a run's id.
    """

    imported = Signal()
    runRequested = Signal(str)

    def __init__(self, window: MainWindow, background: Background, data_dir: str) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._data_dir = data_dir
        self._job: RunningJob | None = None
        self._progress: Progress | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about importing old records call."""
        return {"import_legacy": self.ask_for_folder}

    def ask_for_folder(self) -> None:
        """Ask where the web ToolBox kept its data."""
        if self._job is not None:
            self._job.cancel()
            return
        dialog = QFileDialog(self._window, title_text(tr(_TITLE)))
        dialog.setObjectName("importLegacyDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.bring_in)
        dialog.open()

    def bring_in(self, folder: str) -> None:
        """Bring the records in *folder* into the log."""
        call = JobCall("import_legacy", _WORK, self._data_dir, {"from": folder})
        bar = self._window.statusBar()
        self._progress = Progress(_WORK, _TIP, bar)
        self._job = self._background.start(call, self._done, self._fail)
        self._job.progressed.connect(self._progress.show_steps)
        self._progress.cancelled.connect(self._job.cancel)
        bar.clearMessage()
        bar.insertPermanentWidget(0, self._progress)

    def _done(self, told: Mapping[str, Any]) -> None:
        self._end()
        said = sentence_of(told)
        self._window.statusBar().showMessage(tr(said))
        self.imported.emit()
        report = LegacyReport(said, rows_of(told["rows"]), self._window)
        report.runRequested.connect(self.runRequested)
        report.show()

    def _fail(self, error: Exception) -> None:
        self._end()
        self.imported.emit()
        self._window.messages.fail(error)

    def _end(self) -> None:
        self._job = None
        if self._progress is not None:
            self._window.statusBar().removeWidget(self._progress)
            self._progress.deleteLater()
            self._progress = None


def sentence_of(told: Mapping[str, Any]) -> str:
    """Say what was found and what became of it."""
    kinds = (("runs", "run"), ("snapshots", "snapshot"), ("backups", "backup"))
    found = ", ".join(
        f"{told[name]:,} {word if told[name] == 1 else name}" for name, word in kinds
    )
    new = "nothing new" if not told["added"] else f"{told['added']:,} new"
    faulty = f"{told['faulty']:,} with faults" if told["faulty"] else "none with a fault"
    said = f"{found}: {new}, {faulty}, {told['left_out']:,} left out"
    if told["untold"]:
        said += f"; {told['untold']:,} more are told by luthier import-legacy"
    return f"Cancelled. Until then: {said}" if told["cancelled"] else said
