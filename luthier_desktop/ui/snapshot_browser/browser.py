"""The library panel: it asks on the worker, shows on the window's thread, and never waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from luthier_desktop.domain.snapshot import SnapshotEntry, SnapshotQuery
from luthier_desktop.services.snapshots import Snapshots
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.commands import Actions
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.snapshot_browser.search_bar import SearchBar
from luthier_desktop.ui.snapshot_browser.snapshot_delegate import LINE_HEIGHT
from luthier_desktop.ui.snapshot_browser.snapshot_details import Read, SnapshotDetails
from luthier_desktop.ui.snapshot_browser.snapshot_list import SnapshotList
from luthier_desktop.ui.snapshot_browser.snapshot_model import SnapshotModel
from luthier_desktop.ui.snapshot_browser.thumbnails import Draw, Thumbnails
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import ErrorLine

FIRST_ENTRIES = 100
_SHARES = (60, 40)
_NO_SNAPSHOTS = "No snapshots yet. Ctrl+S keeps the design under a name."
_NONE_FITS = "No snapshot fits. Esc clears the search."


class Sources(NamedTuple):
    """What the library asks: the snapshots, why a run is hidden or purged, and for pictures.

    *decided_on* says what was decided on what a run judged, *exported* which files were made.
    """

    snapshots: Snapshots
    hidden_because: Callable[[str], str]
    decided_on: Callable[[str], Sequence[str]]
    exported: Callable[[str], Sequence[str]]
    draw: Draw


class _Listed(NamedTuple):
    ids: list[str]
    entries: Sequence[SnapshotEntry]


class SnapshotBrowser(QWidget):
    """Search, list and details.

    ``openWanted`` carries the id of a snapshot, ``runWanted`` that of a run, and
    ``tagsChanged(snapshot_id, add, remove)`` what is to be recorded.
    """

    openWanted = Signal(str)
    runWanted = Signal(str)
    undoWanted = Signal()
    tagsChanged = Signal(str, object, object)

    def __init__(
        self, sources: Sources, background: Background, messages: Messages, actions: Actions
    ) -> None:
        super().__init__()
        self.setObjectName("snapshotBrowser")
        self.setAccessibleName(tr("Snapshots"))
        self._sources = sources
        self._background = background
        self._messages = messages
        self._query = SnapshotQuery()
        self._wanted: str | None = None
        self._reading: str | None = None
        self._error = ErrorLine(self)
        self._model = SnapshotModel(self)
        self.thumbnails = Thumbnails(sources.snapshots.get_any, sources.draw, background, self)
        self.bar = SearchBar(self)
        self.list = SnapshotList(self._model, self.thumbnails, self)
        self.details = SnapshotDetails(actions, self)
        self._lay_out()
        self._connect()

    def reload(self, then: str | None = None) -> None:
        """Show what is stored now; *then* is the snapshot to go to."""
        self._wanted = then or self._wanted
        query = self._query
        work = partial(_listed, self._sources.snapshots, query)
        self._background.run(work, partial(self._show_all, query), self._failed)

    def current(self) -> SnapshotEntry | None:
        """Return the entry of the current snapshot, None while there is none."""
        snapshot_id = self.list.current_id()
        return None if snapshot_id is None else self._model.entry_of(snapshot_id)

    def entry_of(self, snapshot_id: str) -> SnapshotEntry | None:
        """Return the entry of a snapshot, if it was fetched."""
        return self._model.entry_of(snapshot_id)

    def go_to(self, snapshot_id: str) -> None:
        """Go to a snapshot; what hides it from the list is cleared."""
        row = self._model.row_of(snapshot_id)
        if row is not None:
            self.list.go_to(row)
            return
        self._wanted = snapshot_id
        found = self._sources.snapshots.entries_for
        self._background.run(partial(found, [snapshot_id]), self._look_for, self._failed)

    def to_list(self) -> None:
        """Give the list the focus."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> None:
        """Leave a field, then clear the search: one a press."""
        if not self.list.hasFocus():
            self.to_list()
        elif self.bar.is_active():
            self.bar.clear()

    def show_large(self, large: bool) -> None:
        """Show large pictures, or one line each."""
        self.bar.show_large(large)
        self.list.show_large(large)

    # Building

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        self.list.setMinimumHeight(LINE_HEIGHT * 2)
        splitter.addWidget(self.list)
        splitter.addWidget(_scrolled(self.details))
        for position, share in enumerate(_SHARES):
            splitter.setStretchFactor(position, share)
        splitter.setSizes([share * 10 for share in _SHARES])
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(self.bar)
        column.addWidget(self._error)
        column.addWidget(splitter, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._model.wanted.connect(self._fetch)
        self.bar.queryChanged.connect(self._ask)
        self.bar.left.connect(self.to_list)
        self.bar.sizeWanted.connect(self.list.show_large)
        self.list.pointed.connect(self._read)
        self.list.doubleClicked.connect(self._open)
        self.list.undoWanted.connect(self.undoWanted)
        self.thumbnails.found.connect(self._model.mark_damaged)
        self.details.chosen.connect(self.go_to)
        self.details.runWanted.connect(self.runWanted)
        self.details.tagsChanged.connect(self._tags_changed)

    # Asking and showing

    def _ask(self, query: SnapshotQuery) -> None:
        if query != self._query:
            self._query = query
            self.reload()

    def _show_all(self, query: SnapshotQuery, found: _Listed) -> None:
        if query != self._query:
            return
        self._error.clear()
        self.list.empty_text = _NONE_FITS if self.bar.is_active() else _NO_SNAPSHOTS
        self.bar.show_count(len(found.ids))
        self._model.show_ids(found.ids, found.entries)
        row = self._model.row_of(self._wanted)
        if row is not None:
            self.list.go_to(row)
        elif self.list.current_id() is None:
            self.list.go_to(0)
        self._wanted = None
        self._read(self.list.current_id())
        self._background.run(self._sources.snapshots.tags, self.bar.offer_tags, self._failed)

    def _look_for(self, found: Sequence[SnapshotEntry]) -> None:
        if not found:
            self._messages.say("This snapshot is not in this store.")
            return
        self.bar.clear()
        if found[0].deleted:
            self.bar.toggle_deleted()
        self.reload(found[0].snapshot_id)

    def _fetch(self, ids: list[str]) -> None:
        work = partial(self._sources.snapshots.entries_for, ids)
        self._background.run(work, self._model.put_entries, partial(self._not_fetched, ids))

    def _not_fetched(self, ids: list[str], error: Exception) -> None:
        self._model.give_up(ids)
        self._failed(error)

    def _read(self, snapshot_id: str | None) -> None:
        if snapshot_id is None:
            self.details.show_nothing()
        elif self._reading is None:
            self._reading = snapshot_id
            work = partial(_read, self._sources, snapshot_id)
            self._background.run(work, self._show_read, self._not_read)

    def _show_read(self, found: Read) -> None:
        asked, self._reading = self._reading, None
        self._model.mark_damaged(
            found.entry.snapshot_id, str(found.kept.document.get("reason", ""))
        )
        if asked == self.list.current_id():
            self.details.show_read(found)
        else:
            self._read(self.list.current_id())

    def _not_read(self, error: Exception) -> None:
        asked, self._reading = self._reading, None
        self.details.show_nothing()
        self._failed(error)
        if asked != self.list.current_id():
            self._read(self.list.current_id())

    def _failed(self, error: Exception) -> None:
        self._messages.fail(error, self._error.show_sentence)

    def _open(self, _: object) -> None:
        snapshot_id = self.list.current_id()
        if snapshot_id is not None:
            self.openWanted.emit(snapshot_id)

    def _tags_changed(self, add: Sequence[str], remove: Sequence[str]) -> None:
        snapshot_id = self.list.current_id()
        if snapshot_id is not None:
            self.tagsChanged.emit(snapshot_id, add, remove)


def _scrolled(details: QWidget) -> QScrollArea:
    """Let the details scroll by themselves where there is little room."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(details)
    return area


def _listed(snapshots: Snapshots, query: SnapshotQuery) -> _Listed:
    ids = snapshots.ids(query)
    return _Listed(ids, snapshots.entries_for(ids[:FIRST_ENTRIES]))


def _read(sources: Sources, snapshot_id: str) -> Read:
    kept = sources.snapshots.get_any(snapshot_id)
    (entry,) = sources.snapshots.entries_for([snapshot_id])
    return Read(
        entry,
        kept,
        sources.snapshots.history(snapshot_id),
        sources.snapshots.tags(),
        sources.hidden_because(entry.run_id),
        sources.decided_on(entry.run_id),
        sources.exported(snapshot_id),
    )
