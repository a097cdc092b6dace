"""The files that were opened last, each with its picture; missing ones are grey and say why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from luthier_desktop.services.recent_files import Recent, RecentFile
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import PlainLabel, sentence, shown
from luthier_desktop.ui.style import GRID, tokens

PICTURE_PX = 18 * GRID
_SIZE = (720, 560)
_EMPTY = (
    "Nothing was opened yet. Ctrl+O opens a design, a share file, or a picture that carries one."
)
_CHOOSE = "Enter opens the chosen file; Del takes it from the list, and leaves the file alone."
_PATH = Qt.ItemDataRole.UserRole
_REASON = _PATH + 1
_LONGEST_FOLDER = 300


class RecentDialog(QDialog):
    """Chooses one: ``chosen(path)``; ``unwanted(path)`` and ``clearWanted`` shorten the list."""

    chosen = Signal(str)
    unwanted = Signal(str)
    clearWanted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("recentDialog")
        self.setWindowTitle(tr("Open recent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._list = self._build_list()
        self._told = PlainLabel("", self)
        self._told.setObjectName("recentTold")
        self._told.setWordWrap(True)
        self._told.setMinimumHeight(GRID * 9)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._open = self._button("openRecent", "&Open", self._choose)
        self._open.setDefault(True)
        self._forget = self._button("forgetRecent", "&Take from the list", self._unwant)
        self._clear = self._button("clearRecent", "C&lear the list", self.clearWanted.emit)
        close = self._button("closeRecent", "Cancel", self.reject)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for button in (self._forget, self._clear):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(self._list, 1)
        column.addWidget(self._told)
        column.addLayout(row)

    def show_recent(self, recent: Recent) -> None:
        """List the files; the current place stays."""
        before = self._list.currentRow()
        self._list.clear()
        for file in recent.files:
            self._list.addItem(_item(file))
        count = self._list.count()
        self._list.setCurrentRow(max(0, min(before, count - 1)) if count else -1)
        self._clear.setEnabled(bool(count or recent.told))
        self._tell()
        if not count:
            self._told.setText(tr(sentence(recent.told) or _EMPTY))
        (self._list if count else self._clear).setFocus()

    def show_picture(self, path: Path, image: QImage) -> None:
        """Show the picture of the file at *path*."""
        item = self._item_of(path)
        if item is not None:
            item.setIcon(QIcon(QPixmap.fromImage(image)))

    def tell_fault(self, path: Path, reason: str) -> None:
        """Say why a file that is there cannot be shown."""
        item = self._item_of(path)
        if item is not None:
            _show_reason(item, path, reason)
            self._tell()

    def _build_list(self) -> QListWidget:
        found = QListWidget(self)
        found.setObjectName("recentList")
        found.setAccessibleName(tr("Files opened last"))
        found.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        found.setUniformItemSizes(True)
        found.setSpacing(GRID // 2)
        found.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.currentRowChanged.connect(self._tell)
        found.itemDoubleClicked.connect(self._choose)  # Enter presses the default button
        shorten = QShortcut(QKeySequence.StandardKey.Delete, found, self._unwant)
        shorten.setContext(Qt.ShortcutContext.WidgetShortcut)
        return found

    def _button(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setText(tr(text))
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _tell(self) -> None:
        item = self._list.currentItem()
        reason = str(item.data(_REASON)) if item is not None else ""
        self._open.setEnabled(item is not None and not reason)
        self._forget.setEnabled(item is not None)
        self._told.setText(tr(sentence(reason) or _CHOOSE))

    def _item_of(self, path: Path) -> QListWidgetItem | None:
        items = map(self._list.item, range(self._list.count()))
        return next((item for item in items if item.data(_PATH) == str(path)), None)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.data(_REASON):
            self.accept()
            self.chosen.emit(str(item.data(_PATH)))

    def _unwant(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.unwanted.emit(str(item.data(_PATH)))


def _item(file: RecentFile) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(_PATH, str(file.path))
    blank = QPixmap(PICTURE_PX, PICTURE_PX)
    blank.fill(QColor(tokens().panel))
    item.setIcon(QIcon(blank))
    _show_reason(item, file.path, file.reason)
    return item


def _show_reason(item: QListWidgetItem, path: Path, reason: str) -> None:
    """Show name and folder, and in grey what is wrong, if anything is."""
    lines = [shown(path.name), shown(str(path.parent), _LONGEST_FOLDER)]
    lines += [sentence(reason)] if reason else []
    item.setText(tr("\n".join(lines)))
    item.setData(_REASON, reason)
    if reason:
        item.setForeground(QColor(tokens().muted))
