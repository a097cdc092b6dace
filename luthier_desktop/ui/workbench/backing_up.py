"""Backups in the window: of the settings here, of everything by `FullBackingUp`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.permissions import Right, refusal
from luthier_desktop.services.backup_states import (
    Created,
    Deleted,
    Foreign,
    Restored,
    Shelf,
    Verified,
)
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.backups.backups_window import BackupsWindow
from luthier_desktop.ui.backups.restore_dialog import RestoreDialog
from luthier_desktop.ui.backups.words import (
    LONGEST,
    Row,
    about_text,
    counted,
    foreign_lines,
    names_in,
    rows_of,
    state_text,
)
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import shown, title_text
from luthier_desktop.ui.run_log.record_nodes import Record, record_of
from luthier_desktop.ui.widgets.reason_dialog import Question, ReasonDialog
from luthier_desktop.ui.widgets.report import Report
from luthier_desktop.ui.workbench.backup_holdings import HoldingsWindow
from luthier_desktop.ui.workbench.full_backing_up import FullBackingUp

_RIGHTS: tuple[Right, ...] = (
    "settings_backup",
    "restore_backup",
    "delete_backup",
    "full_backup",
)
_DELETE = "Its file is removed. That it was made, and its hash, stay in the log."
_SAME = "The settings are as in this backup; there is nothing to restore."
_FOREIGN = "A file of the web ToolBox"


class _Looked(NamedTuple):
    """The backups, and that the disk is nearly full."""

    shelf: Shelf
    space: str


class _Held(NamedTuple):
    """What a backup holds."""

    said: str
    record: Record


class BackingUp(QObject):
    """Opens the window of backups and does what it asks for, on the worker.

    ``recorded()`` comes with a new run, ``restored()`` when other settings are in force.
    """

    recorded = Signal()
    restored = Signal()

    def __init__(self, window: MainWindow, background: Background, studio: Studio) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._backups: BackupsWindow | None = None
        self._reason: ReasonDialog | None = None
        self._restoring: RestoreDialog | None = None
        self._before = ""
        self.full = FullBackingUp(window, background, str(studio.data_dir))
        self.full.recorded.connect(self.recorded)

    @property
    def backups(self) -> BackupsWindow | None:
        """The window; None until it is opened."""
        return self._backups

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about backups call."""
        return {
            "show_backups": self.open,
            "back_up_settings": self.create,
            "full_backup": self.make_full,
        }

    def open(self) -> None:
        """Show the backups."""
        backups = self._opened()
        backups.tabs.setCurrentWidget(backups.settings)
        backups.settings.table.setFocus()

    def make_full(self) -> None:
        """Show the full backups, and ask where to put a new one."""
        backups = self._opened()
        backups.tabs.setCurrentWidget(backups.full)
        self.full.ask_where_to()

    def create(self) -> None:
        """Back the settings up."""
        self._background.run(self._studio.backups.create, self._created, self._fail)

    def look(self, choose: str = "") -> None:
        """Read the backups again."""
        if self._backups is not None:
            done = partial(self._looked, choose)
            self._background.run(partial(_looked, self._studio), done, self._fail)

    def follow(self) -> None:
        """Show what was recorded since, by this program or another."""
        if self._backups is not None and self._backups.isVisible():
            self.look()

    def look_again(self) -> None:
        """Grey what whoever works now may not do."""
        if self._backups is not None:
            operator = self._studio.operator
            self._backups.show_refusals({right: refusal(operator, right) for right in _RIGHTS})

    def keep_at_exit(self) -> None:
        """Keep what was changed since the last backup; the worker must have ended."""
        try:
            self._studio.backups.at_exit()
        except LuthierError as error:
            logging.getLogger(__name__).error("No backup at the end: %s", error.sentence)

    def _opened(self) -> BackupsWindow:
        backups = self._backups
        if backups is None:
            backups = self._backups = BackupsWindow(self._slots(), self._window)
            self.full.show_in(backups)
        self.look_again()
        self.look()
        backups.show()
        backups.raise_()
        backups.activateWindow()
        return backups

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "create_backup": self.create,
            "show_backup": self._show,
            "verify_backup": self._verify,
            "restore_backup": self._ask_to_restore,
            "undo_restore": self._undo,
            "delete_backup": self._ask_why,
            "foreign_backup": self._ask_for_file,
            "make_full": self.full.ask_where_to,
            "verify_full": self.full.ask_what_to_verify,
            "restore_full": self.full.ask_for_places,
            "cancel_full": self.full.cancel,
        }

    def _chosen(self) -> Verified | None:
        return None if self._backups is None else self._backups.settings.backup()

    def _looked(self, choose: str, looked: _Looked) -> None:
        if self._backups is not None:
            self._backups.show_shelf(looked.shelf, looked.space)
            if choose:
                self._backups.settings.choose(choose)

    def _say(self, told: str) -> None:
        if self._backups is not None and self._backups.isVisible():
            self._backups.say(told)
        else:
            self._window.messages.say(told)

    def _fail(self, error: Exception) -> None:
        backups = self._backups
        if self._reason is not None and isinstance(error, LuthierError):
            self._reason.refuse(error.sentence)
        elif self._restoring is not None and isinstance(error, LuthierError):
            self._restoring.refuse(error.sentence)
        elif backups is not None and backups.isVisible():
            self._window.messages.fail(error, backups.error.show_sentence)
        else:
            self._window.messages.fail(error)

    # Made, shown, verified

    def _created(self, done: Created) -> None:
        left = f"; {counted(len(done.left_out), 'entry')} left out" if done.left_out else ""
        self._say(f"Backed up, and read back: {done.told.name}{left}")
        self.recorded.emit()
        self.look(done.told.name)

    def _show(self) -> None:
        found = self._chosen()
        if found is not None:
            work = partial(_held, self._studio, found)
            self._background.run(work, self._show_held, self._fail)

    def _show_held(self, held: _Held) -> None:
        if self._backups is not None:
            HoldingsWindow(held.said, held.record, self._backups).show()

    def _verify(self) -> None:
        found = self._chosen()
        if found is not None:
            work = partial(self._studio.backups.verify, found.told.name)
            self._background.run(work, self._verified, self._fail)

    def _verified(self, found: Verified) -> None:
        self._say(f"{found.told.name}: {state_text(found)}")
        self.look(found.told.name)

    # Restored

    def _ask_to_restore(self) -> None:
        found = self._chosen()
        if found is not None and self._restoring is None:
            name = found.told.name
            work = partial(_differences, self._studio, name)
            self._background.run(work, partial(self._show_differences, name), self._fail)

    def _show_differences(self, name: str, rows: tuple[Row, ...]) -> None:
        if not rows:
            self._say(_SAME)
        elif self._backups is not None and self._restoring is None:
            self._restoring = dialog = RestoreDialog(name, rows, self._backups)
            dialog.wanted.connect(partial(self._restore, name))
            dialog.finished.connect(self._let_go)
            dialog.open()

    def _restore(self, name: str) -> None:
        work = partial(self._studio.backups.restore, name)
        self._background.run(work, self._was_restored, self._fail)

    def _undo(self) -> None:
        if self._before:
            self._restore(self._before)

    def _was_restored(self, done: Restored) -> None:
        if self._restoring is not None:
            self._restoring.accept()
        self._before = done.before_name or ""
        backups = self._backups
        if backups is None:
            return
        backups.error.clear()
        backups.allow_undo(bool(self._before))
        if done.run_id is None:
            self._say(_SAME)
            return
        backups.undo_toast.say(
            f"In force now: {done.name}, {counted(len(done.difference), 'place')} changed"
        )
        self.recorded.emit()
        self.restored.emit()
        self.look()

    def _let_go(self) -> None:
        if self._restoring is not None:
            self._restoring.deleteLater()
            self._restoring = None

    # Deleted

    def _ask_why(self) -> None:
        found = self._chosen()
        if found is None or self._reason is not None:
            return
        question = Question(
            "deleteBackupDialog", "Delete a backup", found.told.name, _DELETE, "&Delete"
        )
        self._reason = dialog = ReasonDialog(question, self._backups)
        dialog.given.connect(partial(self._delete, found.told.name))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _delete(self, name: str, reason: str) -> None:
        work = partial(self._studio.backups.delete, name, reason)
        self._background.run(work, self._deleted, self._fail)

    def _deleted(self, done: Deleted) -> None:
        if self._reason is not None:
            self._reason.accept()
        if self._before in done.names and self._backups is not None:
            self._before = ""
            self._backups.allow_undo(False)
        self._say(f"Deleted: {done.names[0]}; its hash is kept in the log")
        self.recorded.emit()
        self.look()

    def _forget(self) -> None:
        self._reason = None

    # A file of the web ToolBox

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._backups, title_text(tr("Look into a file of the web ToolBox")))
        dialog.setObjectName("foreignBackupDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            ["Backups of the web ToolBox (cam_settings_*.json)", "JSON (*.json)"]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.inspect)
        dialog.open()

    def inspect(self, file: str) -> None:
        """Say what a backup of the web ToolBox holds and what it lacks."""
        work = partial(self._studio.backups.inspect_foreign, Path(file))
        self._background.run(work, self._inspected, self._fail)

    def _inspected(self, found: Foreign) -> None:
        said = (
            f"{shown(found.name, LONGEST)}: a backup of the web ToolBox. It was only looked at; "
            "“Import from the web ToolBox…” in the menu File keeps it in the log."
        )
        report = Report(_FOREIGN, said, "\n".join(foreign_lines(found)), self._backups)
        report.show()


def _looked(studio: Studio) -> _Looked:
    """On the worker: read every backup."""
    return _Looked(studio.backups.list(), studio.space_warning())


def _held(studio: Studio, found: Verified) -> _Held:
    """On the worker: read one backup."""
    backup = studio.backups.load(found.told.name)
    return _Held(about_text(found), record_of(backup.document()))


def _differences(studio: Studio, name: str) -> tuple[Row, ...]:
    """On the worker: find out what restoring would change."""
    changes = studio.backups.difference(name)
    return rows_of(changes, names_in(studio.backups.load(name))) if changes else ()
