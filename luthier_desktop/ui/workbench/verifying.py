"""Verifying, repairing and indexing the log in a process of its own; the window stays live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.verification import Care
from luthier_desktop.services.studio import Studio
from luthier_desktop.services.upkeep import Look
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.job_runner import JobCall, RunningJob
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.pauses import pause
from luthier_desktop.ui.widgets.progress import Progress
from luthier_desktop.ui.widgets.report import Report
from luthier_desktop.ui.workbench.findings_model import findings_of
from luthier_desktop.ui.workbench.findings_window import FindingsWindow
from luthier_desktop.ui.workbench.verify_words import (
    counted,
    explained,
    finished,
    is_whole,
    lasting,
)

_VERIFY, _REBUILD, _REPAIR = "Verifying the log", "Making the list anew", "Restoring files"
_TIP = "Stop; nothing is left half done."
_REST_MS = 90_000
_HOUR_MS = 3_600_000
_NEXT_STEP_MS = 250
_PARTS = 30


class Verifying(QObject):
    """Runs one long job on the store at a time; a command of verifying again ends it.

    ``runRequested`` carries the id of a run that the user wants to see, ``listed`` comes when the
    list of runs may have changed.
    """

    runRequested = Signal(str)
    listed = Signal()

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._job: RunningJob | None = None
        self._progress: Progress | None = None
        self._care: Care | None = None
        self._report: Mapping[str, Any] | None = None
        self._is_verifying_part = False
        self._label = PlainLabel("", window)
        self._label.setObjectName("verifiedLabel")
        self._label.setAccessibleName(tr("Last verification"))
        self._label.setContentsMargins(GRID * 3, 0, 0, 0)
        self._label.setMinimumWidth(1)  # on a narrow window it is cut, and does not widen it
        window.statusBar().insertPermanentWidget(0, self._label)
        self._below: int | None = None
        self._steps = pause(self, _NEXT_STEP_MS)  # a long way back leaves room for other work
        self._steps.timeout.connect(self._look_back)
        self.rest = pause(self, _REST_MS)
        self.rest.timeout.connect(self.verify_part)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about verifying call."""
        return {
            "verify_log": self.toggle,
            "verify_quick": self._toggle_quick,
            "verify_deep": self._toggle_deep,
            "show_findings": self.show_findings,
            "restore_files": self.ask_for_copy,
            "rebuild_index": self.rebuild,
        }

    def begin(self) -> None:
        """Find out when the log was last verified; what is due today follows in a quiet moment."""
        self._below = None
        self._look_back()

    def toggle(self) -> None:
        """Read every recorded byte again, or end the long work that is under way."""
        self._toggle("full")

    def rebuild(self) -> None:
        """Make the index anew from the ledger."""
        if self._is_free():
            self._start(JobCall("rebuild", _REBUILD, self._place()), self._was_rebuilt)

    def show_findings(self) -> None:
        """Show what the last verification of this session found."""
        if self._report is None:
            self._window.messages.say("Nothing was verified yet; Ctrl+Shift+V does it.")
        elif not self._report["findings"]:
            self._window.messages.say(f"{finished(self._report)}; there is nothing to list.")
        else:
            self._list(self._report)

    def ask_for_copy(self) -> None:
        """Ask which folder holds a copy of the log."""
        dialog = QFileDialog(self._window, tr("Restore damaged files from a copy"))
        dialog.setObjectName("restoreDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.restore)
        dialog.open()

    def restore(self, folder: str) -> None:
        """Bring back what is damaged or missing from the copy in *folder*."""
        if self._is_free():
            call = JobCall("repair", _REPAIR, self._place(), {"from": folder})
            self._start(call, self._was_repaired)

    def verify_part(self) -> None:
        """Verify the thirtieth that is due today, behind everything else; wait while busy."""
        if self._care is None or self._background.is_busy():
            self.rest.start(_REST_MS)
            return
        due = self._studio.upkeep.due_part(self._care)
        if due is not None:
            self._is_verifying_part = True
            arguments = {"level": due % _PARTS}
            call = JobCall("verify", _VERIFY, self._place(), arguments, gentle=True)
            self._job = self._background.start(call, self._show_part, self._part_failed)
        self.rest.start(_HOUR_MS)

    # Running

    def _toggle_quick(self) -> None:
        self._toggle("quick")

    def _toggle_deep(self) -> None:
        self._toggle("deep")

    def _toggle(self, level: str) -> None:
        if self._job is not None and not self._is_verifying_part:
            self._job.cancel()
            return
        self._start(JobCall("verify", _VERIFY, self._place(), {"level": level}), self._show)

    def _place(self) -> str:
        return str(self._studio.data_dir)

    def _is_free(self) -> bool:
        if self._job is None or self._is_verifying_part:
            return True
        self._window.messages.say("Other work on the log is under way; wait for it or cancel it.")
        return False

    def _start(self, call: JobCall, done: Callable[[Any], None]) -> None:
        if self._is_verifying_part and self._job is not None:
            self._job.cancel()
        self._is_verifying_part = False
        bar = self._window.statusBar()
        self._progress = Progress(call.what, _TIP, bar)
        self._job = self._background.start(call, done, self._fail)
        self._job.progressed.connect(self._progress.show_steps)
        self._progress.cancelled.connect(self._job.cancel)
        bar.clearMessage()
        bar.insertPermanentWidget(0, self._progress)

    def _end(self) -> None:
        self._job = None
        if self._progress is not None:
            self._window.statusBar().removeWidget(self._progress)
            self._progress.deleteLater()
            self._progress = None

    def _fail(self, error: Exception) -> None:
        self._end()
        self._window.messages.fail(error)

    # What came of it

    def _show(self, report: Mapping[str, Any]) -> None:
        self._end()
        self._report = report
        self._tell(finished(report))
        if is_whole(report) and not report["counts"]["damage"]:
            self._window.messages.alarm("")
        if report["counts"]["damage"] + report["counts"]["warning"]:
            self._list(report)
        self._note(report)
        self.listed.emit()

    def _tell(self, sentence: str) -> None:
        self._window.statusBar().showMessage(tr(sentence))
        self._window.messages.say(sentence)

    def _list(self, report: Mapping[str, Any]) -> None:
        for earlier in self._window.findChildren(FindingsWindow):
            earlier.close()
        findings = findings_of(report)
        left_out = sum(report["counts"].values()) - len(findings)
        more = f" {left_out:,} more are listed by luthier logs verify." if left_out else ""
        sentence = finished(report)
        listing = FindingsWindow(
            f"{sentence}{'' if report['failed'] else '.'}{more}", findings, self._window
        )
        listing.runRequested.connect(self.runRequested)
        listing.restoreRequested.connect(self.ask_for_copy)
        listing.show()

    def _was_rebuilt(self, told: Mapping[str, Any]) -> None:
        self._end()
        runs, events = counted(told["runs"], "run"), counted(told["events"], "event")
        self._tell(f"The list was made anew: {runs} from {events}")
        self.listed.emit()

    def _was_repaired(self, told: Mapping[str, Any]) -> None:
        self._end()
        restored, left = told["restored"], told["not_restored"]
        self._tell(f"Restored {counted(len(restored), 'file')}, {len(left)} could not be")
        self.listed.emit()
        if left:
            text = "\n".join(f"{each['path']}: {each['reason']}" for each in left)
            said = "These files stay as they are. Try another copy."
            Report("What could not be restored", said, text, self._window).show()
        elif restored:
            self.toggle()

    def _show_part(self, report: Mapping[str, Any]) -> None:
        if not self._is_verifying_part:
            return
        self._is_verifying_part, self._job = False, None
        if report["failed"]:
            return
        if report["counts"]["damage"]:
            self._report = report
            damage = counted(report["counts"]["damage"], "damaged or missing record")
            self._window.messages.alarm(
                f"The daily look at the log found {damage}. "
                "Run log > Show what verify found names it."
            )
        self._note(report)

    def _part_failed(self, error: Exception) -> None:
        if self._is_verifying_part:
            self._is_verifying_part, self._job = False, None
            self._window.messages.fail(error)

    # When it was verified

    def _look_back(self) -> None:
        work = partial(self._studio.upkeep.look_back, self._below)
        self._background.run(work, self._looked_back, self._not_known)

    def _looked_back(self, look: Look) -> None:
        if look.care is None and look.rest:
            self._below = look.rest
            self._steps.start()
            return
        self._remember(look.care or Care())
        self.rest.start(_REST_MS)

    def _note(self, report: Mapping[str, Any]) -> None:
        if report["failed"] is None and self._care is not None:
            work = partial(self._studio.upkeep.note_verified, self._care, report)
            self._background.run(work, self._remember, self._not_known)

    def _remember(self, care: Care) -> None:
        self._care = care
        self._label.setText(tr(lasting(care.whole)))
        set_tool_tip(self._label, explained(care.whole, care.part))

    def _not_known(self, error: Exception) -> None:
        self._window.messages.fail(error)
