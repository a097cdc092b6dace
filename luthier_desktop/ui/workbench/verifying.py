"""Verifying the log on the long lane: progress, a cancel that works, and what was found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from luthier_desktop.domain.verification import LogFinding, VerifyReport
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.widgets.progress import WHOLE_PERCENT, Progress
from luthier_desktop.ui.widgets.report import Report

_WORK = "Verifying the log"
_TIP = "Stop verifying (Ctrl+Shift+V); nothing is changed by it."


class Verifying(QObject):
    """Runs one verification at a time; the command again ends it."""

    _progressed = Signal(int)

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._progress: Progress | None = None
        self._stop = threading.Event()
        self._progressed.connect(self._show_percent, Qt.ConnectionType.QueuedConnection)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about verifying calls."""
        return {"verify_log": self.toggle}

    def toggle(self) -> None:
        """Read every recorded byte again, or end the reading that is under way."""
        if self._progress is not None:
            self._stop.set()
            return
        self._stop = threading.Event()
        self._progress = Progress(_WORK, _TIP, self._window.statusBar())
        self._progress.cancelled.connect(self._stop.set)
        self._window.statusBar().clearMessage()
        self._window.statusBar().insertPermanentWidget(0, self._progress)
        work = partial(
            _verified, self._studio, self._progressed.emit, partial(self._is_over, self._stop)
        )
        self._background.run_long(work, self._show, self._fail)

    def _is_over(self, stop: threading.Event) -> bool:
        return stop.is_set() or self._background.is_closing()

    def _show_percent(self, percent: int) -> None:
        if self._progress is not None:
            self._progress.show_percent(percent)

    def _show(self, report: VerifyReport) -> None:
        self._end()
        findings = [finding for finding in report.findings if finding.severity != "info"]
        count = f"{len(findings)} {'problem' if len(findings) == 1 else 'problems'}"
        sentence = f"Verified: {report.events} events, {report.runs} runs, {count}"
        sentence = report.failed or sentence
        self._window.statusBar().showMessage(sentence)
        self._window.messages.say(sentence)
        if findings:
            said = f"{sentence}{'' if report.failed else '.'} Nothing was changed."
            text = "\n\n".join(_written(finding) for finding in findings)
            Report("What verify found", said, text, self._window).show()

    def _fail(self, error: Exception) -> None:
        self._end()
        self._window.messages.fail(error)

    def _end(self) -> None:
        if self._progress is not None:
            self._window.statusBar().removeWidget(self._progress)
            self._progress.deleteLater()
            self._progress = None


def _verified(
    studio: Studio, tell: Callable[[int], None], is_over: Callable[[], bool]
) -> VerifyReport:
    """Verify with a studio of its own: the worker's connections belong to the worker."""
    told = -1

    def progress(done: int, steps: int) -> None:
        nonlocal told
        percent = WHOLE_PERCENT * done // max(steps, done, 1)
        if percent > told:
            told = percent
            tell(percent)

    with open_studio(studio.data_dir, source="window") as own:
        return own.runs.verify("full", progress, is_over)


def _written(finding: LogFinding) -> str:
    place = f"\n  {finding.path}" if finding.path else ""
    return f"{finding.severity}: {finding.message}{place}\n  {finding.advice}"
