"""The window of backups: of the settings on one page, of everything on the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from luthier_desktop.services.backup_states import Shelf
from luthier_desktop.ui import style
from luthier_desktop.ui.backups.errands import ERRANDS, NEEDED
from luthier_desktop.ui.backups.full_page import FullPage
from luthier_desktop.ui.backups.parts import made_label, show_line
from luthier_desktop.ui.backups.settings_page import SettingsPage
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import sentence
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import ErrorLine, Toast
from luthier_desktop.ui.widgets.undo_toast import UndoToast
from luthier_desktop.ui.widgets.window_menu import WindowActions

_SIZE = (1060, 620)
_OF_A_BACKUP = ("show_backup", "verify_backup", "restore_backup", "delete_backup")
_FULL = ("make_full", "verify_full", "restore_full")


class BackupsWindow(QDialog):
    """Greys what cannot be done, says why, and shows what failed; it does nothing itself."""

    def __init__(self, slots: Mapping[str, Callable[[], object]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("backupsWindow")
        self.setWindowTitle(tr("Backups"))
        self.resize(*_SIZE)
        self._refusals: dict[str, str] = {}
        self._can_undo = self._is_busy = False
        self.actions_of = WindowActions(self, {**slots, "close_backups": self.close}, ERRANDS)
        self.settings = SettingsPage(self.actions_of, self)
        self.full = FullPage(self.actions_of, self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("backupTabs")
        self.tabs.setAccessibleName(tr("Kinds of backups"))
        self.tabs.addTab(self.settings, tr("Settings"))
        self.tabs.addTab(self.full, tr("Full backup"))
        self._space = made_label("spaceWarning", "", self)
        self._may_not = made_label("backupsRefusal", "", self)
        self.error = ErrorLine(self)
        self._toast = Toast(self)  # that of the main window lies behind this one
        self._toast.setObjectName("backupsToast")
        self.undo_toast = UndoToast(self)
        self.undo_toast.undone.connect(self.actions_of["undo_restore"].trigger)
        self._lay_out()
        self.settings.chosen.connect(self._judge)
        self.tabs.currentChanged.connect(self._judge)
        self._judge()

    def show_shelf(self, shelf: Shelf, space: str) -> None:
        """Show the backups of the settings, and that the disk is nearly full."""
        self.settings.show_shelf(shelf)
        show_line(
            self._space, f"{style.risk_sign('YELLOW').glyph}  {sentence(space)}" if space else ""
        )

    def show_refusals(self, refusals: Mapping[str, str]) -> None:
        """Grey what whoever works may not do; *refusals* says by the right why."""
        self._refusals = dict(refusals)
        self._judge()

    def allow_undo(self, can: bool) -> None:
        """Say whether there is a restore to undo."""
        self._can_undo = can
        self._judge()

    def work(self, is_busy: bool) -> None:
        """Say whether a full backup is under way."""
        self._is_busy = is_busy
        self._judge()

    def say(self, told: str) -> None:
        """Show a short word in passing."""
        self.error.clear()
        self._toast.say(told)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, 0, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 2)
        column.setMenuBar(self.actions_of.bar)
        column.addWidget(self._space)
        column.addWidget(self.tabs, 1)
        column.addWidget(self._may_not)
        column.addWidget(self.error)
        self._space.hide()

    def _judge(self, _: int = 0) -> None:
        for action_id in (one.id for one in ERRANDS):
            self.actions_of[action_id].setEnabled(self._can(action_id))
        ids = _FULL if self.tabs.currentWidget() is self.full else (*_OF_A_BACKUP, "create_backup")
        told = dict.fromkeys(filter(None, (self._refusal(one) for one in ids)))
        show_line(self._may_not, " ".join(map(sentence, told)))

    def _can(self, action_id: str) -> bool:
        if self._refusal(action_id):
            return False
        if action_id in _OF_A_BACKUP:
            return self.settings.backup() is not None
        if action_id in _FULL:
            return not self._is_busy
        if action_id == "cancel_full":
            return self._is_busy
        return self._can_undo if action_id == "undo_restore" else True

    def _refusal(self, action_id: str) -> str:
        return self._refusals.get(NEEDED.get(action_id, ""), "")
