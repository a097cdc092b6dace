"""Hiding runs, showing them again and purging them, from the run log."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.run import RunEntry
from luthier_desktop.services.hiding import Withdrawn
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.run_log.columns import event_word, local_time, verdict
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.widgets.reason_dialog import Question, ReasonDialog

_NO_RUN = "No run is chosen."
_HIDE = (
    "The run is left out of the list. Its record stays as it is: “Show hidden runs” lists it, and "
    "“Show again” brings it back."
)
_PURGE = (
    "This cannot be taken back. Lost for good: the record of this run, that is its design, every "
    "check with its numbers, and all that was decided in it. Kept: its line in the log (time, "
    "design, verdict), its hash, and who purged it and why."
)
_SHOWN_AGAIN = "Shown again from the run log."


class HidingRuns(QObject):
    """Asks for a reason, records on the worker, and lets the list follow."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, log: RunLog
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._log = log
        self._dialog: ReasonDialog | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about hiding call."""
        return {
            "hide_run": self.ask_to_hide,
            "show_run_again": self.show_again,
            "purge_run": self.ask_to_purge,
            "show_hidden": self._log.filter.toggle_hidden,
        }

    def ask_to_hide(self) -> None:
        """Ask why the current run is to be hidden."""
        entry = self._current()
        if entry is not None:
            question = Question("hideDialog", "Hide this run", _head(entry), _HIDE, "&Hide")
            self._ask(question, partial(self._studio.hiding.hide, entry.run_id))

    def ask_to_purge(self) -> None:
        """Ask why the current run is to be purged, and say what is lost."""
        entry = self._current()
        if entry is not None:
            question = Question(
                "purgeDialog", "Purge this run", _head(entry), _PURGE, "&Purge for good", True
            )
            self._ask(question, partial(self._studio.hiding.purge, entry.run_id))

    def show_again(self) -> None:
        """List the current run again."""
        entry = self._current()
        if entry is not None:
            work = partial(self._studio.hiding.unhide, entry.run_id, _SHOWN_AGAIN)
            self._background.run(work, partial(self._done, "Shown again"), self._fail)

    def _current(self) -> RunEntry | None:
        entry = self._log.current()
        if entry is None:
            self._say(_NO_RUN)
        elif entry.purged:
            self._say("This run is purged; nothing of it is left but its line.")
            return None
        return entry

    def _ask(self, question: Question, deed: Callable[[str], Withdrawn]) -> None:
        if self._dialog is not None:
            return
        self._dialog = dialog = ReasonDialog(question, self._window)
        dialog.given.connect(partial(self._record, deed, question.title.split()[0]))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _record(self, deed: Callable[[str], Withdrawn], verb: str, reason: str) -> None:
        words = {"Hide": "Hidden", "Purge": "Purged"}[verb]
        self._background.run(partial(deed, reason), partial(self._done, words), self._fail)

    def _done(self, words: str, done: Withdrawn) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._log.reload(done.run_id)
        undo = " “Show hidden runs” (Ctrl+H) lists it." if words == "Hidden" else ""
        self._say(f"{words}: {done.run_id}.{undo}")

    def _fail(self, error: Exception) -> None:
        if self._dialog is not None and isinstance(error, LuthierError):
            self._dialog.refuse(error.sentence)
        else:
            self._window.messages.fail(error)

    def _forget(self) -> None:
        self._dialog = None

    def _say(self, sentence: str) -> None:
        self._window.messages.say(sentence)


def _head(entry: RunEntry) -> str:
    design = shown(entry.design_name or entry.design_id or "")
    done = f"{local_time(entry.created_at_utc)} · {event_word(entry.event_type)}"
    return " · ".join(part for part in (done, design, verdict(entry)) if part)
