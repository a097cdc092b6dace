"""What the library is searched by: words, tags, order, and whether deleted ones are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from luthier_desktop.domain.snapshot import SnapshotOrder, SnapshotQuery
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, set_tool_tip, shown
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.menus import Menu
from luthier_desktop.ui.widgets.pauses import pause

_TYPING_PAUSE_MS = 200
_LONGEST_TEXT = 200
MOST_TAGS_OFFERED = 40
_ORDER_WORDS = {
    "newest": "Newest first",
    "oldest": "Oldest first",
    "name": "By name",
    "verdict": "Gravest first",
}


class SearchBar(QWidget):
    """``queryChanged`` carries the new query, ``left`` means: to the list."""

    queryChanged = Signal(object)
    left = Signal()
    sizeWanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("snapshotFilter")
        self.setAccessibleName(tr("Filter of the snapshots"))
        self._tags: tuple[str, ...] = ()
        self._offered: tuple[str, ...] = ()
        self._text = QLineEdit(self)
        self._text.setObjectName("snapshotFilterText")
        self._text.setAccessibleName(tr("Words to find snapshots by"))
        self._text.setPlaceholderText(tr("Find: name, description, notes, tag, id"))
        self._text.setClearButtonEnabled(True)
        self._text.setMaxLength(_LONGEST_TEXT)
        self._tag_button = QToolButton(self)
        self._tag_button.setObjectName("snapshotTagFilter")
        self._tag_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._tag_menu = Menu(self)
        self._tag_button.setMenu(self._tag_menu)
        self._order = QComboBox(self)
        self._order.setObjectName("snapshotOrder")
        self._order.setAccessibleName(tr("Order of the snapshots"))
        for order in get_args(SnapshotOrder):
            self._order.addItem(tr(_ORDER_WORDS[order]), order)
        self._large = _switch(self, "snapshotSize", "Large pictures")
        set_tool_tip(self._large, "Large pictures, or one line each.")
        self._large.setChecked(True)
        self._deleted = _switch(self, "snapshotDeleted", "Deleted ones")
        set_tool_tip(self._deleted, "List the deleted snapshots in place of the others.")
        self._count = PlainLabel("", self)
        self._count.setObjectName("snapshotCount")
        self._pause = pause(self, _TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()
        self.offer_tags(())

    def query(self) -> SnapshotQuery:
        """Return what the bar asks for."""
        return SnapshotQuery(
            tag=self._tags,
            text=self._text.text().strip() or None,
            deleted=self._deleted.isChecked(),
            sort=self._order.currentData(),
        )

    def is_active(self) -> bool:
        """Tell whether anything but the order is asked for."""
        query = self.query()
        return bool(query.tag or query.text or query.deleted)

    def is_typing(self) -> bool:
        """Tell whether the field for words has the focus."""
        return self._text.hasFocus()

    def start_typing(self) -> None:
        """Give the field for words the focus."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def clear(self) -> None:
        """Ask for all that is listed."""
        self._text.clear()
        self._tags = ()
        self._deleted.setChecked(False)
        self._name_tags()
        self._tell()

    def offer_tags(self, tags: Sequence[str]) -> None:
        """Offer these tags, the most used first; chosen ones stay chosen."""
        offered = tuple(dict.fromkeys([*tags[:MOST_TAGS_OFFERED], *self._tags]))
        if offered != self._offered or self._tag_menu.isEmpty():
            self._offered = offered
            self._tag_menu.clear()
            for tag in offered:
                action = self._tag_menu.addAction(menu_text(shown(tag)))
                set_tool_tip(action, shown(tag))
                action.setCheckable(True)
                action.setChecked(tag in self._tags)
                action.setData(tag)
                action.toggled.connect(self._choose_tags)
        self._tag_button.setEnabled(bool(offered))
        self._name_tags()

    def show_count(self, count: int) -> None:
        """Say how many snapshots are listed."""
        self._count.setText(tr("1 snapshot" if count == 1 else f"{count:,} snapshots"))

    def show_large(self, large: bool) -> None:
        """Show which size of pictures is chosen."""
        self._large.setChecked(large)

    def toggle_deleted(self) -> None:
        """List the deleted ones in place of the others, or the others again."""
        self._deleted.setChecked(not self._deleted.isChecked())

    def toggle_size(self) -> None:
        """Show large pictures, or one line each."""
        self._large.setChecked(not self._large.isChecked())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        row.addWidget(self._text, 1)
        for widget in (self._tag_button, self._order, self._large, self._deleted, self._count):
            row.addWidget(widget)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._pause.start)
        self._text.returnPressed.connect(self._leave)
        self._pause.timeout.connect(self._tell)
        self._order.currentIndexChanged.connect(self._tell)
        self._deleted.toggled.connect(self._tell)
        self._large.toggled.connect(self.sizeWanted)

    def _choose_tags(self) -> None:
        actions = self._tag_menu.actions()
        self._tags = tuple(str(action.data()) for action in actions if action.isChecked())
        self._name_tags()
        self._tell()

    def _name_tags(self) -> None:
        more = f" +{len(self._tags) - 1}" if len(self._tags) > 1 else ""
        chosen = shown(self._tags[0], 20) + more if self._tags else "any"
        self._tag_button.setText(tr(f"Tag: {menu_text(chosen)} "))
        spoken = ", ".join(shown(tag) for tag in self._tags)
        self._tag_button.setAccessibleName(tr(f"Tag: {spoken or 'any'}"))

    def _leave(self) -> None:
        self._tell()
        self.left.emit()

    def _tell(self, _: object = None) -> None:
        self._pause.stop()
        self.queryChanged.emit(self.query())

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.is_typing():
            self._leave()
        else:
            super().keyPressEvent(event)


def _switch(parent: QWidget, name: str, words: str) -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setText(menu_text(tr(words)))
    button.setCheckable(True)
    return button
