"""Exporting the list of runs as CSV or JSON: a name is asked for, a process of its own writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.services.log_tables import MOST_IDS
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.job_runner import JobCall, RunningJob
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import title_text
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.progress import Progress

_WORK = "Exporting the list"
_TIP = "Stop; nothing of the list is left."
_KINDS = {"CSV for spreadsheets (*.csv)": "csv", "JSON for programs (*.json)": "json"}


class ExportingList(QObject):
    """Writes one list at a time; the command again ends the one under way."""

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
        """Return what the command calls."""
        return {"export_list": self.ask_for_file}

    def ask_for_file(self) -> None:
        """Ask where to put the list of the marked runs, else of those that fit the filter."""
        marked = self._log.marked()
        if self._job is not None:
            self._job.cancel()
        elif len(marked) > MOST_IDS:
            self._window.messages.say(
                f"{len(marked):,} runs are marked; a list of marked runs has at most "
                f"{MOST_IDS:,}. Take the marks away, and all that fit the filter are listed."
            )
        elif marked:
            work = partial(self._studio.run_list.entries_at, marked)
            self._background.run(work, self._ask_for_marked, self._window.messages.fail)
        else:
            query = self._log.query().model_dump(mode="json", exclude_defaults=True)
            what = "the runs that fit the filter" if self._log.filter.is_active() else "every run"
            self._ask(f"Export the list of {what}", {"query": query})

    def export(self, chosen: Mapping[str, Any], file: str) -> None:
        """Write the list of the chosen runs into the new *file*."""
        form = Path(file).suffix.lower().removeprefix(".")
        form = form if form in _KINDS.values() else "csv"
        arguments = {**chosen, "to": file, "form": form}
        call = JobCall("export_list", _WORK, str(self._studio.data_dir), arguments)
        bar = self._window.statusBar()
        self._progress = Progress(_WORK, _TIP, bar)
        self._job = self._background.start(call, self._done, partial(self._fail, file))
        self._job.progressed.connect(self._progress.show_steps)
        self._progress.cancelled.connect(self._job.cancel)
        bar.clearMessage()
        bar.insertPermanentWidget(0, self._progress)

    def _ask_for_marked(self, entries: Any) -> None:
        run_ids = [entry.run_id for entry in entries]
        runs = "the marked run" if len(run_ids) == 1 else f"{len(run_ids):,} marked runs"
        self._ask(f"Export the list of {runs}", {"run_ids": run_ids})

    def _ask(self, title: str, chosen: Mapping[str, Any]) -> None:
        dialog = QFileDialog(self._window, title_text(tr(title)))
        dialog.setObjectName("exportListDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # an existing one is refused
        dialog.setNameFilters(list(_KINDS))
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(partial(_follow_filter, dialog))
        dialog.selectFile("luthier-runs.csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self.export, chosen))
        dialog.open()

    def _done(self, told: Mapping[str, Any]) -> None:
        self._end()
        runs = "1 run" if told["runs"] == 1 else f"{told['runs']:,} runs"
        damaged = (
            f"; {told['damaged']:,} of them damaged, and marked so" if told["damaged"] else ""
        )
        sentence = f"Exported the list of {runs} to {told['path']}{damaged}"
        self._window.statusBar().showMessage(tr(sentence))
        self._window.messages.say(sentence)
        self._log.refresh()

    def _fail(self, file: str, error: Exception) -> None:
        self._end()
        self._log.refresh()
        self._window.messages.fail(error)
        work = partial(self._studio.log_tables.clear_leftovers, Path(file))
        self._background.run(work, _nothing, self._window.messages.fail)

    def _end(self) -> None:
        self._job = None
        if self._progress is not None:
            self._window.statusBar().removeWidget(self._progress)
            self._progress.deleteLater()
            self._progress = None


def _follow_filter(dialog: QFileDialog, kind: str) -> None:
    """Let the name end as the chosen kind asks."""
    dialog.setDefaultSuffix(_KINDS[kind])
    names = dialog.selectedFiles()
    if names:
        dialog.selectFile(Path(names[0]).with_suffix(f".{_KINDS[kind]}").name)


def _nothing(_: None) -> None:
    """Have nothing to say."""
