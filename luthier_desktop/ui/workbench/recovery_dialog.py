"""What a crash left behind, offered: each design with its picture, its name and its changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID, risk_sign

THUMBNAIL = 88
_SIZE = (600, 440)
_FOUND = (
    "The program ended before this work was saved. Nothing is lost: it was written down with "
    "every step. What you leave for later is offered again."
)
_NONE = "The program ended before some work was saved, and its journal cannot be read."


class Offer(NamedTuple):
    """One design as it is offered; *lines* are its name, its changes and what is amiss."""

    key: str
    lines: tuple[str, ...]


class RecoveryDialog(QDialog):
    """Asks what to do with each; ``restoreWanted`` and ``discardWanted`` carry the keys.

    ``pictureWanted`` asks for the picture of one, once the dialog is in sight.
    """

    restoreWanted = Signal(list)
    discardWanted = Signal(list)
    pictureWanted = Signal(str)

    def __init__(
        self, offers: Sequence[Offer], faults: Sequence[str], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recoveryDialog")
        self.setWindowTitle(tr("Work from before the program ended"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._undrawn = [offer.key for offer in offers]
        self._list = self._build_list(offers)
        self._restore, self._discard, self._later = self._build_buttons(bool(offers))
        self._arrange(bool(offers), faults)
        self._list.itemChanged.connect(self._count)
        self._count()
        if offers:
            self._list.setCurrentRow(0)
            self._list.setFocus()
            QTimer.singleShot(0, self, self._draw_next)

    def show_picture(self, key: str, picture: QPixmap) -> None:
        """Show the picture of one design."""
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # a selected one would be tinted
        for item in self._items():
            if item.data(Qt.ItemDataRole.UserRole) == key:
                item.setIcon(icon)

    def drop(self, keys: Sequence[str]) -> None:
        """Take designs out of the list; the last one closes it."""
        for item in self._items():
            if item.data(Qt.ItemDataRole.UserRole) in keys:
                self._list.takeItem(self._list.row(item))
        self._count()
        if not self._list.count():
            self.accept()

    def _build_list(self, offers: Sequence[Offer]) -> QListWidget:
        found = QListWidget(self)
        found.setObjectName("recoveryList")
        found.setAccessibleName(tr("Designs to restore"))
        found.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        found.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        found.setSpacing(GRID // 2)
        found.setWordWrap(True)
        blank = QPixmap(THUMBNAIL, THUMBNAIL)
        blank.fill(Qt.GlobalColor.transparent)
        for offer in offers:
            item = QListWidgetItem(QIcon(blank), tr("\n".join(offer.lines)), found)
            item.setData(Qt.ItemDataRole.UserRole, offer.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        return found

    def _build_buttons(self, has_offers: bool) -> tuple[QPushButton, QPushButton, QPushButton]:
        buttons = []
        for name, slot in (
            ("restoreDrafts", self._ask_to_restore),
            ("discardDrafts", self._ask_to_discard),
            ("leaveDrafts", self.reject),
        ):
            button = QPushButton(self)
            button.setObjectName(name)
            button.clicked.connect(slot)
            buttons.append(button)
        restore, discard, later = buttons
        later.setText(tr("&Leave for later" if has_offers else "&Close"))
        restore.setVisible(has_offers)
        discard.setVisible(has_offers)
        (restore if has_offers else later).setDefault(True)
        discard.setAutoDefault(False)
        return restore, discard, later

    def _arrange(self, has_offers: bool, faults: Sequence[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(_label("recoverySaid", _FOUND if has_offers else _NONE, self))
        column.addWidget(self._list, 1)
        self._list.setVisible(has_offers)
        if faults:
            sign = risk_sign("YELLOW").glyph
            told = "\n".join(f"{sign}  {sentence(fault)}" for fault in faults)
            column.addWidget(_label("recoveryFaults", told, self))
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addWidget(self._discard)
        row.addStretch(1)
        row.addWidget(self._later)
        row.addWidget(self._restore)
        column.addLayout(row)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _chosen(self) -> list[str]:
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _count(self, _: object = None) -> None:
        count, total = len(self._chosen()), self._list.count()
        which = "all" if count == total > 1 else f"{count}" if total > 1 else ""
        self._restore.setText(tr(f"&Restore {which}".rstrip()))
        self._discard.setText(tr(f"&Discard {which}".rstrip() + "…"))
        self._restore.setEnabled(count > 0)
        self._discard.setEnabled(count > 0)

    def _draw_next(self) -> None:
        """Draw one picture a turn: the window goes on meanwhile."""
        if self._undrawn:
            self.pictureWanted.emit(self._undrawn.pop(0))
            QTimer.singleShot(0, self, self._draw_next)

    def _ask_to_restore(self) -> None:
        self.restoreWanted.emit(self._chosen())

    def _ask_to_discard(self) -> None:
        keys = self._chosen()
        which = "this design" if len(keys) == 1 else f"these {len(keys)} designs"
        told = f"Discard what was not saved of {which}? This cannot be undone."
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Discard"), tr(sentence(told)), parent=self)
        box.setObjectName("discardDraftsDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        discard.clicked.connect(self._discard_chosen)
        box.open()

    def _discard_chosen(self) -> None:
        self.discardWanted.emit(self._chosen())


def _label(name: str, text: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel(text, parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
