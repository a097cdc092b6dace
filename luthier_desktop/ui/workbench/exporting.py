"""Exporting runs with their proof: a name is asked for, and a process of its own writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.job_runner import JobCall, RunningJob
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import title_text
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.progress import Progress
from luthier_desktop.ui.widgets.report import Report

_WORK = "Exporting runs"
_TIP = "Stop; nothing of the bundle is left."
_WHOLE = "Export the whole log (with the names of machine and user)"
_FILTERED = "Export the runs that fit the filter, with their proof"
_ONE = "Export this run, with its proof"
_SAID = "Checked by anybody with: python3 check.py, in that folder."


class Exporting(QObject):
    """Writes one bundle at a time; the command again ends the one under way."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, log: RunLog
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._log = log
        self._job: RunningJob | None = None
        self._progress: Progress | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about exporting call."""
        return {"export_log": self.ask_for_folder, "export_run": self.ask_for_folder_of_one}

    def ask_for_folder(self) -> None:
        """Ask where to put the runs that fit the filter, or the whole log without one."""
        if self._job is not None:
            self._job.cancel()
        elif self._log.filter.is_active():
            query = self._log.filter.query().model_dump(mode="json", exclude_defaults=True)
            self._ask(_FILTERED, "luthier-runs", {"query": query})
        else:
            self._ask(_WHOLE, "luthier-log", {})

    def ask_for_folder_of_one(self) -> None:
        """Ask where to put the current run."""
        entry = self._log.current()
        if entry is None:
            self._window.messages.say("No run is chosen.")
        elif self._job is not None:
            self._window.messages.say("An export is under way; wait for it or cancel it.")
        else:
            self._ask(_ONE, entry.run_id, {"run_ids": [entry.run_id]})

    def export(self, chosen: Mapping[str, Any], folder: str) -> None:
        """Write the chosen runs into the new *folder*."""
        place = str(self._studio.data_dir)
        call = JobCall("export", _WORK, place, {**chosen, "to": folder})
        bar = self._window.statusBar()
        self._progress = Progress(_WORK, _TIP, bar)
        self._job = self._background.start(call, self._done, partial(self._fail, folder))
        self._job.progressed.connect(self._progress.show_steps)
        self._progress.cancelled.connect(self._job.cancel)
        bar.clearMessage()
        bar.insertPermanentWidget(0, self._progress)

    def _ask(self, title: str, name: str, chosen: Mapping[str, Any]) -> None:
        dialog = QFileDialog(self._window, title_text(tr(title)))
        dialog.setObjectName("exportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing one is refused
        dialog.setLabelText(QFileDialog.DialogLabel.FileName, tr("New folder:"))
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.export, chosen))
        dialog.open()

    def _done(self, told: Mapping[str, Any]) -> None:
        self._end()
        runs = "1 run" if told["runs"] == 1 else f"{told['runs']:,} runs"
        sentence = f"Exported {runs} to {told['path']}"
        self._window.statusBar().showMessage(tr(sentence))
        self._window.messages.say(f"{sentence}. {_SAID}")
        self._log.refresh()
        lost = [f"{each['path']}: {each['why']}" for each in told["absent"]]
        if lost:
            said = f"{sentence}. These files are not in it; the bundle says so itself."
            Report("What is not in the bundle", said, "\n".join(lost), self._window).show()

    def _fail(self, folder: str, error: Exception) -> None:
        self._end()
        self._log.refresh()
        self._window.messages.fail(error)
        work = partial(self._studio.bundles.clear_leftovers, Path(folder))
        self._background.run(work, _nothing, self._window.messages.fail)

    def _end(self) -> None:
        self._job = None
        if self._progress is not None:
            self._window.statusBar().removeWidget(self._progress)
            self._progress.deleteLater()
            self._progress = None


def _nothing(_: None) -> None:
    """Have nothing to say."""
