"""The page of the settings backups: their list, and what is done with the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from luthier_desktop.services.backup_states import Shelf, Verified
from luthier_desktop.ui import style
from luthier_desktop.ui.backups.backup_model import BackupModel
from luthier_desktop.ui.backups.parts import button_of, made_label, made_table, show_line
from luthier_desktop.ui.backups.words import LONGEST, MOST_TOLD, about_text
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.window_menu import WindowActions

_WIDTHS = (GRID * 42, GRID * 72, GRID * 62, GRID * 20, GRID * 30)
_SAID = (
    "A backup holds the setups and your own tools, machines and materials. One is made by itself "
    "before each change of them, and at the end when something changed."
)
_NONE = "There is no backup yet. “Create now” makes one."
_ABOUT_LINES = 3


class SettingsPage(QWidget):
    """``chosen()`` comes when another backup is the current one, or none."""

    chosen = Signal()

    def __init__(self, actions: WindowActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settingsBackups")
        self.model = BackupModel(self)
        names = ("backupTable", "Backups of the settings")
        self.table = made_table(self.model, names, _WIDTHS, self)
        self._empty = made_label("noBackups", _NONE, self)
        self._about = made_label("backupAbout", "", self)
        self._about.setMinimumHeight(self.fontMetrics().lineSpacing() * _ABOUT_LINES)
        self._beside = made_label("backupStrangers", "", self)
        self._lay_out(actions)
        self.table.activated.connect(actions["show_backup"].trigger)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.show_shelf(Shelf((), (), ()))

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the backups; the chosen one stays the chosen one."""
        before = self.backup()
        self.model.show_backups(shelf.backups)
        row = 0 if before is None else self.model.row_of(before.told.name)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self._empty.setVisible(not shelf.backups)
        self._about.setVisible(bool(shelf.backups))
        told = [f"{one.name} is {one.reason}." for one in shelf.strangers[:MOST_TOLD]]
        more = len(shelf.strangers) - len(told)
        told += [f"{more:,} more; luthier backups list names them."] if more else []
        told += [shown(doubt, LONGEST) for doubt in shelf.doubts[:MOST_TOLD]]
        sign = style.risk_sign("YELLOW").glyph
        show_line(self._beside, f"{sign}  {' '.join(told)}" if told else "")
        self._tell()

    def backup(self) -> Verified | None:
        """Return the chosen backup."""
        return self.model.at(self.table.currentIndex().row())

    def choose(self, name: str) -> None:
        """Make a backup the current one."""
        self.table.setCurrentIndex(self.model.index(self.model.row_of(name), 0))

    def _lay_out(self, actions: WindowActions) -> None:
        buttons = QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        for action_id, text in (
            ("create_backup", "Create now"),
            ("show_backup", "Show…"),
            ("verify_backup", "Verify"),
            ("restore_backup", "Restore…"),
            ("delete_backup", "Delete…"),
            ("foreign_backup", "Web ToolBox file…"),
        ):
            row.addWidget(button_of(actions[action_id], f"{action_id}_button", text, buttons))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(made_label("backupsSaid", _SAID, self))
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        column.addWidget(self._about)
        column.addWidget(self._beside)
        column.addWidget(buttons)

    def _tell(self, _: QModelIndex | None = None) -> None:
        found = self.backup()
        self._about.setText(tr("" if found is None else about_text(found)))
        self.chosen.emit()
