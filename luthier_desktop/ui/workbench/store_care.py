"""The state of the store: told in the banner and status bar, verified, and copied for help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from luthier_desktop.domain.errors import LuthierError, StorageFailed, StoreReadOnly
from luthier_desktop.domain.verification import LogFinding, VerifyReport
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.studio import Studio, open_studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.widgets.report import Report

_NOT_RECORDING = "Not recording"
_STILL_WORKS = (
    "You can still draw, see the verdict as a preview and read the log; "
    "checks and snapshots are not recorded until this is put right."
)


_ADOPTED = "Runs that were cut off by a crash were found complete and are listed again."


class _Start(NamedTuple):
    """How the store was found; *fault* says why runs could not be taken in."""

    health: Mapping[str, Any]
    has_adopted: bool
    fault: str


class StoreCare(QObject):
    """Asks after the store on the worker, and shows what it hears.

    ``setupFound`` comes when the setup in use is another one than was known before.
    """

    setupFound = Signal()

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._is_verifying = False
        self._has_failed = False

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command about the store calls."""
        return {"verify_log": self.verify, "copy_diagnostics": self.copy_diagnostics}

    def look(self) -> None:
        """Open the store, take in what a crash left out, and tell what state it is in."""
        known = self._studio.setups.last_known()
        work = partial(_started, self._studio)
        self._background.run(work, partial(self._show_start, known), self._fail)

    def tell_not_recorded(self, error: Exception) -> None:
        """Say that nothing was recorded, and keep saying so where the disk is the reason."""
        if isinstance(error, StorageFailed) and not isinstance(error, StoreReadOnly):
            error = StorageFailed(f"Nothing was recorded. {error.sentence}")
            self._has_failed = True
            self._window.state_label.setText(_NOT_RECORDING)
            self._window.messages.warn(f"{error.sentence} {_STILL_WORKS}")
        self._fail(error)

    def tell_recorded(self, what: str) -> None:
        """Take back that nothing can be recorded, if that was said: *what* just was."""
        if self._has_failed:
            self._has_failed = False
            self._window.messages.say(f"Recording again: {what}")
            self.look()

    def verify(self) -> None:
        """Read every recorded byte again, on the long lane; the window goes on."""
        if self._is_verifying:
            self._window.messages.say("The log is being verified already.")
            return
        self._is_verifying = True
        self._window.state_label.setText("Verifying the log…")
        work = partial(_verified, self._studio, self._background.is_closing)
        self._background.run_long(work, self._show_verified, self._not_verified)

    def copy_diagnostics(self) -> None:
        """Copy the version, the folders and the state of the store."""
        self._background.run(self._studio.health, self._copy, self._fail)

    def _show_start(self, known: Setup, start: _Start) -> None:
        self._show_health(start.health, start.fault)
        if start.has_adopted:
            self._window.messages.say(_ADOPTED)
        if self._studio.setups.last_known() != known:
            self.setupFound.emit()

    def _show_health(self, health: Mapping[str, Any], fault: str) -> None:
        operator = self._studio.operator
        self._window.operator_label.setText(f"{operator.name} ({operator.role})")
        self._window.state_label.setText("Recording" if health["writable"] else _NOT_RECORDING)
        said = [fault] if fault and fault not in health["problems"] else []
        problems = " ".join([*health["problems"], *said])
        if problems and not health["writable"]:
            problems = f"{problems} {_STILL_WORKS}"
        self._window.messages.warn(problems)

    def _copy(self, health: Mapping[str, Any]) -> None:
        lines = [f"{name}: {value}" for name, value in health.items()]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._window.messages.say("Copied the diagnostics")

    def _show_verified(self, report: VerifyReport) -> None:
        self._is_verifying = False
        findings = [finding for finding in report.findings if finding.severity != "info"]
        count = f"{len(findings)} {'problem' if len(findings) == 1 else 'problems'}"
        sentence = f"Verified: {report.events} events, {report.runs} runs, {count}"
        sentence = report.failed or sentence
        self._window.state_label.setText(sentence)
        self._window.messages.say(sentence)
        if findings:
            said = f"{sentence}. Nothing was changed."
            text = "\n\n".join(_written(finding) for finding in findings)
            Report("What verify found", said, text, self._window).show()

    def _not_verified(self, error: Exception) -> None:
        self._is_verifying = False
        self._window.state_label.setText("")
        self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def _started(studio: Studio) -> _Start:
    """On the worker: a store that cannot take runs in can still be read."""
    try:
        has_adopted, fault = studio.runs.adopt_orphans().runs, ""
    except LuthierError as error:
        has_adopted, fault = False, error.sentence
    return _Start(studio.health(), has_adopted, fault)


def _verified(studio: Studio, is_closing: Callable[[], bool]) -> VerifyReport:
    """Verify with a studio of its own: the worker's connections belong to the worker."""
    with open_studio(studio.data_dir, source="window") as own:
        return own.runs.verify("full", cancelled=is_closing)


def _written(finding: LogFinding) -> str:
    place = f"\n  {finding.path}" if finding.path else ""
    return f"{finding.severity}: {finding.message}{place}\n  {finding.advice}"
