"""The list of the library: moves by keys, marks several, and never searches through all rows."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.snapshot_browser.snapshot_delegate import SnapshotDelegate
from luthier_desktop.ui.snapshot_browser.snapshot_model import SnapshotModel
from luthier_desktop.ui.snapshot_browser.thumbnails import Thumbnails
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.menus import ContextMenu

AnyIndex = QModelIndex | QPersistentModelIndex


class SnapshotList(QListView):
    """Shows a `SnapshotModel`; ``pointed`` carries the id of the current snapshot or None.

    ``undoWanted`` comes for the keys of undo, which mean the library while it has the focus.
    """

    pointed = Signal(object)
    undoWanted = Signal()

    def __init__(
        self, model: SnapshotModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("snapshotList")
        self.setAccessibleName(tr("Snapshots"))
        self.empty_text = ""
        self._model = model
        self._kept: str | None = None
        self._kept_row = 0
        self._delegate = SnapshotDelegate(model, thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        ContextMenu(self)
        self.show_large(True)
        thumbnails.drawn.connect(self.viewport().update)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._return)

    @property
    def is_large(self) -> bool:
        """Whether large pictures are shown."""
        return self._delegate.is_large

    def show_large(self, large: bool) -> None:
        """Show cards with large pictures, or one line each."""
        self._delegate.is_large = large
        self.setViewMode(QListView.ViewMode.IconMode if large else QListView.ViewMode.ListMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(large)
        self.setSpacing(GRID // 2 if large else 0)
        self.setGridSize(QSize())
        self.setSelectionRectVisible(False)
        self.scheduleDelayedItemsLayout()

    def current_id(self) -> str | None:
        """Return the id of the current snapshot."""
        return self._model.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[str]:
        """Return the ids of all selected snapshots in the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [found for found in map(self._model.id_at, rows) if found is not None]

    def go_to(self, row: int) -> None:
        """Make *row* the current one and the only one selected, and show it."""
        last = self._model.rowCount() - 1
        if last >= 0:
            index = self._model.index(max(0, min(row, last)), 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def _keep(self) -> None:
        self._kept = self.current_id()
        self._kept_row = max(0, self.currentIndex().row())

    def _return(self) -> None:
        row = self._model.row_of(self._kept)
        self.go_to(self._kept_row if row is None else row)
        if row is None:
            self.pointed.emit(self.current_id())

    # Qt overrides

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.pointed.emit(self._model.id_at(current.row()))

    def event(self, event: QEvent) -> bool:
        """Take the keys of undo before the window's command does."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            event.accept()
            if event.type() == QEvent.Type.ShortcutOverride:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undoWanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing: the search field does."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rowCount() == 0 and self.empty_text:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            area = self.viewport().rect().adjusted(GRID * 4, 0, -GRID * 4, 0)
            painter.drawText(area, flags, tr(self.empty_text))
            painter.end()
