"""The run log panel: it asks on the worker, shows on the window's thread, and never waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from luthier_desktop.domain.run import RunEntry, RunQuery
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.run_log.calls import Listed, Reading, RunCalls, every, newer, read
from luthier_desktop.ui.run_log.run_details import RunDetails
from luthier_desktop.ui.run_log.run_filter import RunFilter
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_table import RunTable
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import ErrorLine
from luthier_desktop.ui.widgets.pauses import pause

SNAPSHOT_SAVED = "snapshot.saved"
_AGAIN_MS = 1000
_DETAILS_SHARE = (62, 38)
_NO_RUNS = "No runs yet. F5 checks the design and records the answer here."
_NONE_FITS = "No run fits this filter. Esc clears it."


class _Hits(NamedTuple):
    """Runs that are looked for, in order; *step* 1 is down and -1 is up."""

    ids: Sequence[str]
    step: int
    what: str


class RunLog(QWidget):
    """Filter bar, table and details; ``openDesignRequested`` carries a recorded design."""

    openDesignRequested = Signal(object)

    def __init__(self, calls: RunCalls, background: Background, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("runLog")
        self.setAccessibleName("Run log")
        self._calls = calls
        self._background = background
        self._messages = messages
        self._query = RunQuery()
        self._new = 0
        self._is_reading = False
        self._is_partial = False
        self._again = pause(self, _AGAIN_MS)
        self._error = ErrorLine(self)
        self._model = RunModel(self)
        self.filter = RunFilter(self)
        self.table = RunTable(self._model, self)
        self.details = RunDetails(self)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what was recorded since; the selection does not move."""
        newest = None if self._is_partial else self._model.id_at(0)
        query = self._query
        work = partial(newer, self._calls, query, newest)
        self._background.run(work, partial(self._arrived, query), self._failed)

    def reload(self, run_id: str) -> None:
        """Show the list anew after the run *run_id* was hidden, shown again or purged."""
        self._model.forget(run_id)
        query, row = self._query, self.table.currentIndex().row()
        work = partial(every, self._calls, query)
        self._background.run(work, partial(self._reloaded, query, row), self._failed)

    def current(self) -> RunEntry | None:
        """Return the entry of the current run; None while there is none."""
        run_id = self.table.run_id()
        return None if run_id is None else self._model.entry_of(run_id)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command of the run log calls."""
        table = self.table
        return {
            "next_run": self._down,
            "previous_run": self._up,
            "step_next_run": self._down,
            "step_previous_run": self._up,
            "first_run": self._go_first,
            "last_run": table.go_last,
            "half_page_down": self._half_page_down,
            "half_page_up": self._half_page_up,
            "next_problem": self._next_problem,
            "previous_problem": self._previous_problem,
            "filter_runs": self.filter.start_typing,
            "next_hit": self._next_hit,
            "previous_hit": self._previous_hit,
            "mark_run": self._mark,
            "next_mark": self._next_mark,
            "show_details": self.show_details,
            "copy_run_id": self._copy_id,
            "open_run_design": self.details.open_design,
            "close_innermost": self._close_innermost,
        }

    def show_snapshots(self) -> None:
        """List the saved snapshots only."""
        self.filter.show_only(event=(SNAPSHOT_SAVED,))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_run(self, run_id: str) -> None:
        """Go to a run and open its details."""
        row = self._model.row_of(run_id)
        if row is None:
            self._messages.say("This run is not in the list as it is filtered; Esc clears it.")
            return
        self.table.go_to(row)
        self.show_details()

    def show_details(self) -> None:
        """Open the details of the current run."""
        if self.table.run_id() is None:
            self._messages.say("There is no run to show.")
            return
        self.details.show()
        self._read_details(self.table.run_id())

    # Building

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.table)
        self._splitter.addWidget(self.details)
        for position, share in enumerate(_DETAILS_SHARE):
            self._splitter.setStretchFactor(position, share)
        self.details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 2, GRID, GRID * 2, GRID * 2)
        column.setSpacing(GRID)
        column.addWidget(self.filter)
        column.addWidget(self._error)
        column.addWidget(self._splitter, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self._model.wanted.connect(self._fetch)
        self._again.timeout.connect(self.refresh)
        self.filter.queryChanged.connect(self._ask)
        self.filter.left.connect(self._to_table)
        self.filter.newestWanted.connect(self._go_first)
        self.table.currentRunChanged.connect(self._follow)
        self.table.doubleClicked.connect(self._double_clicked)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.details.designWanted.connect(self.openDesignRequested)

    # Asking and showing

    def _ask(self, query: RunQuery) -> None:
        self._query = query
        self.table.empty_text = _NONE_FITS if self.filter.is_active() else _NO_RUNS
        work = partial(every, self._calls, query)
        self._background.run(work, partial(self._show_all, query), self._failed)

    def _show_all(self, query: RunQuery, found: Listed) -> None:
        if query == self._query:
            self._error.clear()
            self._model.show_ids(found.ids)
            self._count_new(0)
            self._look_again_if(found.is_partial)

    def _show_kept(self, ids: Sequence[str]) -> None:
        """Show other runs, and stay at the one that is current."""
        current = self.table.run_id()
        self._model.show_ids(ids)
        row = None if current is None else self._model.row_of(current)
        if row is not None and self.table.run_id() != current:
            self.table.go_to(row)

    def _look_again_if(self, is_partial: bool) -> None:
        """Ask again in a moment while older runs are still to come."""
        self._is_partial = is_partial
        if is_partial:
            self._again.start()

    def _reloaded(self, query: RunQuery, row: int, found: Listed) -> None:
        before = self.table.run_id()
        self._show_all(query, found)
        if self.table.run_id() != before:
            self.table.go_to(row)  # what came to stand in its place
        self._follow(self.table.run_id())

    def _arrived(self, query: RunQuery, found: Listed) -> None:
        if query != self._query:
            return
        self._error.clear()
        at_top = self.table.is_at_top()
        before = self._model.rowCount()
        if found.is_all:
            self._show_kept(found.ids)
        else:
            self._model.put_first(found.ids)
        self._look_again_if(found.is_partial)
        added = self._model.rowCount() - before
        self._count_new(0 if at_top else self._new + max(added, 0))
        if at_top:
            self.table.scrollToTop()

    def _fetch(self, ids: list[str]) -> None:
        work = partial(self._calls.entries_for, ids)
        self._background.run(work, self._put, partial(self._not_fetched, ids))

    def _put(self, entries: Sequence[RunEntry]) -> None:
        self._model.put_entries(entries)

    def _not_fetched(self, ids: list[str], error: Exception) -> None:
        self._model.give_up(ids)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._messages.fail(error, self._error.show_sentence)

    def _count_new(self, count: int) -> None:
        self._new = count
        self.filter.show_new(count)
        self.filter.show_count(self._model.rowCount())

    def _follow(self, run_id: str | None) -> None:
        if self.details.isVisible():
            self._read_details(run_id)

    def _read_details(self, run_id: str | None) -> None:
        if run_id is None:
            self.details.show_nothing()
        elif not self._is_reading:
            self._is_reading = True
            work = partial(read, self._calls, run_id)
            self._background.run(work, self._show_run, self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._is_reading = False
        self._failed(error)

    def _show_run(self, found: Reading) -> None:
        self._is_reading = False
        if found.damage is not None:
            self._model.mark_damaged(found.run_id)
        if found.run_id != self.table.run_id():
            self._follow(self.table.run_id())
            return
        if found.run is not None:
            self.details.show_run(found.run, found.data, found.why, found.hidden)
        elif found.damage is not None:
            self.details.show_damaged(found.damage)
        else:
            self.details.show_purged(found.hidden)

    # Moving

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scrolled(self, value: int) -> None:
        if value == 0 and self._new and self.table.is_at_top():
            self._count_new(0)

    def _double_clicked(self, _: Any) -> None:
        self.show_details()

    def _down(self) -> None:
        self.table.step(1)

    def _up(self) -> None:
        self.table.step(-1)

    def _go_first(self) -> None:
        self.table.go_first()
        self._count_new(0)

    def _half_page_down(self) -> None:
        self.table.step(self.table.half_page())

    def _half_page_up(self) -> None:
        self.table.step(-self.table.half_page())

    def _mark(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self._model.toggle_mark(row)

    def _next_mark(self) -> None:
        row = self._model.next_mark(self.table.currentIndex().row())
        if row is None:
            self._messages.say("No run is marked; Space marks the current one.")
        else:
            self.table.go_to(row)

    def _next_problem(self) -> None:
        self._seek_problem(1)

    def _previous_problem(self) -> None:
        self._seek_problem(-1)

    def _seek_problem(self, step: int) -> None:
        risks = self._query.risk or ("RED", "YELLOW")
        asked = tuple(risk for risk in risks if risk in ("RED", "YELLOW"))
        if asked:
            query = self._query.model_copy(update={"risk": asked})
            self._seek(query, step, "red or yellow run")
        else:
            self._messages.say("The filter leaves out every red and yellow run.")

    def _next_hit(self) -> None:
        self._seek_hit(1)

    def _previous_hit(self) -> None:
        self._seek_hit(-1)

    def _seek_hit(self, step: int) -> None:
        text = self.filter.last_text()
        if text:
            self._seek(self._query.model_copy(update={"text": text}), step, "hit")
        else:
            self._messages.say("Nothing was searched for yet; / starts a search.")

    def _seek(self, query: RunQuery, step: int, what: str) -> None:
        def work() -> _Hits:
            return _Hits(self._calls.ids(query), step, what)

        self._background.run(work, self._jump, self._failed)

    def _jump(self, hits: _Hits) -> None:
        here = self.table.currentIndex().row()
        rows = [row for row in map(self._model.row_of, hits.ids) if row is not None]
        beyond = [row for row in rows if (row > here if hits.step > 0 else row < here)]
        if beyond:
            self.table.go_to(min(beyond) if hits.step > 0 else max(beyond))
        else:
            side = "below" if hits.step > 0 else "above"
            self._messages.say(f"No further {hits.what} {side}.")

    # The rest

    def _copy_id(self) -> None:
        run_id = self.table.run_id()
        if run_id is None:
            self._messages.say("There is no run id to copy.")
            return
        QGuiApplication.clipboard().setText(run_id)
        self._messages.say(f"Copied the run id {run_id}")

    def _close_innermost(self) -> None:
        if self.filter.isAncestorOf(self.focusWidget() or self) and self.filter.is_typing():
            self._to_table()
        elif self.details.isVisible():
            self.details.hide()
            self._to_table()
        elif self.filter.is_active():
            self.filter.clear()
