"""The state of the store: told in the banner and the status bar."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from luthier_desktop.domain.errors import LuthierError, StorageFailed
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import set_tool_tip
from luthier_desktop.ui.widgets.pauses import pause

_NOT_RECORDING = "Not recording"
_STILL_WORKS = (
    "You can still draw, see the verdict as a preview and read the log; "
    "checks and snapshots are not recorded until this is put right."
)


_AGAIN_MS = 1000
_ADOPTED = "Runs that were cut off by a crash were found complete and are listed again."


class _Start(NamedTuple):
    """How the store was found; *fault* says why runs could not be taken in.

    A *partial* list is looked after again: its index is just being made anew.
    """

    health: Mapping[str, Any]
    has_adopted: bool
    fault: str
    is_short: bool
    is_partial: bool


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
        self._is_told = False
        self._has_failed = False
        self._is_short = False
        self._again = pause(self, _AGAIN_MS)
        self._again.timeout.connect(self.look)

    def look(self) -> None:
        """Open the store, take in what a crash left out, and tell what state it is in."""
        known = self._studio.setups.last_known()
        work = partial(_started, self._studio)
        self._background.run(work, partial(self._show_start, known), self._fail)

    def tell_not_recorded(self, error: Exception) -> None:
        """Say that nothing was recorded, and keep saying so where the disk is the reason."""
        if isinstance(error, StorageFailed) and not self._is_told:
            error = StorageFailed(f"Nothing was recorded. {error.sentence}")
            self._has_failed = True
            self._window.state_label.setText(tr(_NOT_RECORDING))
            self._window.messages.warn(f"{error.sentence} {_STILL_WORKS}")
        self._fail(error)

    def tell_recorded(self, what: str) -> None:
        """Take back that nothing can be recorded, if that was said: *what* just was."""
        if self._has_failed:
            self._has_failed = False
            self._window.messages.say(f"Recording again: {what}")
            self.look()
        else:
            self._background.run(self._studio.space_warning, self._heard_of_space, self._fail)

    def _heard_of_space(self, warning: str) -> None:
        """Look again when the disk has come to be nearly full, or has room again."""
        if bool(warning) != self._is_short:
            self.look()

    def _show_start(self, known: Setup, start: _Start) -> None:
        self._is_short = start.is_short
        self._show_health(start.health, start.fault)
        if start.is_partial:
            self._again.start()
        if start.has_adopted:
            self._window.messages.say(_ADOPTED)
        if self._studio.setups.last_known() != known:
            self.setupFound.emit()

    def _show_health(self, health: Mapping[str, Any], fault: str) -> None:
        self._is_told = not health["writable"]
        self._window.state_label.setText(tr("Recording" if health["writable"] else _NOT_RECORDING))
        set_tool_tip(self._window.state_label, " ".join(health["notes"]))
        said = [fault] if fault and fault not in health["problems"] else []
        problems = " ".join([*health["problems"], *said])
        if problems and not health["writable"]:
            problems = f"{problems} {_STILL_WORKS}"
        self._window.messages.warn(problems)

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def _started(studio: Studio) -> _Start:
    """On the worker: a store that cannot take runs in can still be read."""
    try:
        has_adopted, fault = studio.runs.adopt_orphans().runs, ""
    except LuthierError as error:
        has_adopted, fault = False, error.sentence
    health, is_short = studio.health(), bool(studio.space_warning())
    return _Start(health, has_adopted, fault, is_short, studio.runs.is_partial())
