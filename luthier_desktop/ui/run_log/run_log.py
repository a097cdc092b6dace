"""The run log panel: it asks on the worker, shows on the window's thread, and never waits."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget

from luthier_desktop.domain.run import RunEntry, RunQuery
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.run_log.calls import RunCalls
from luthier_desktop.ui.run_log.column_dialog import ColumnDialog
from luthier_desktop.ui.run_log.column_layout import ColumnLayout
from luthier_desktop.ui.run_log.listing import ListCalls, Listed, every, newer
from luthier_desktop.ui.run_log.run_details import RunDetails
from luthier_desktop.ui.run_log.run_filter import RunFilter
from luthier_desktop.ui.run_log.run_following import RunFollowing
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_seek import RunSeek, Sought
from luthier_desktop.ui.run_log.run_sorting import RunSorting
from luthier_desktop.ui.run_log.run_table import RunTable
from luthier_desktop.ui.run_log.run_watch import RunWatch
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.notices import ErrorLine
from luthier_desktop.ui.widgets.pauses import pause
from luthier_desktop.ui.window_state import WindowState

_AGAIN_MS = 1000
_LEAST_HEIGHT = GRID * 27
_DETAILS_SHARE = (62, 38)
_NO_RUNS = "No runs yet. F5 checks the design and records the answer here."
_NONE_FITS = "No run fits this filter. Esc clears it."


class RunLog(QWidget):
    """Filter bar, table and details; ``openDesignRequested`` carries a recorded design."""

    openDesignRequested = Signal(object)

    def __init__(
        self,
        calls: tuple[RunCalls, ListCalls],
        background: Background,
        messages: Messages,
        state: WindowState,
    ) -> None:
        super().__init__()
        self.setObjectName("runLog")
        self.setAccessibleName(tr("Run log"))
        self._list = calls[1]
        self._background = background
        self._messages = messages
        self._query = RunQuery()
        self._new = 0
        self._again = pause(self, _AGAIN_MS)
        self._error = ErrorLine(self)
        self._model = RunModel(self)
        self.filter = RunFilter(self)
        self.table = RunTable(self._model, self)
        self.details = RunDetails(self)
        self.columns = ColumnLayout(self.table, self._model, state)
        self._sorting = RunSorting(self.table)
        self._seeks = RunSeek(self._list, background, messages, self.table, self._model)
        self._reading = RunFollowing(calls, background, self.table, self._model, self.details)
        self.watch = RunWatch(self._list, background, self)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show what was recorded since; the selection does not move."""
        query = self._query
        work = partial(newer, self._list, query, self._model.order)
        self._background.run(work, partial(self._arrived, query), self._failed)

    def reload(self, run_id: str) -> None:
        """Show the list anew after the run *run_id* was hidden, shown again or purged."""
        self._model.forget(run_id)
        query = self._query
        work = partial(every, self._list, query)
        self._background.run(work, partial(self._reloaded, query), self._failed)

    def query(self) -> RunQuery:
        """Return what is listed, and in what order."""
        return self._query

    def current(self) -> RunEntry | None:
        """Return the entry of the current run; None while there is none."""
        return self._model.entry_at(self.table.currentIndex().row())

    def current_seq(self) -> int | None:
        """Return the number of the current run; None while there is none."""
        return self.table.seq()

    def marked(self) -> array[int]:
        """Return the numbers of the marked runs as they are listed, then those left out."""
        return self._model.marked()

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
            "mark_all": self._mark_all,
            "clear_marks": self._clear_marks,
            "sort_runs": self._sorting.show_menu,
            "choose_columns": self._choose_columns,
            "show_details": self.show_details,
            "copy_run_id": self._copy_id,
            "open_run_design": self.details.open_design,
            "close_innermost": self._close_innermost,
        }

    def show_run(self, run_id: str) -> None:
        """Go to a run and open its details."""
        work = partial(self._list.number_of, run_id)
        self._background.run(work, self._show_seq, self._failed)

    def show_details(self) -> None:
        """Open the details of the current run."""
        if self.table.seq() is None:
            self._messages.say("There is no run to show.")
            return
        self.details.show()
        self._reading.read()

    # Building

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        # The bar above wraps, so the pane would otherwise ask for all the height it could use.
        self._splitter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._splitter.setMinimumHeight(_LEAST_HEIGHT)
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
        self.watch.grown.connect(self.refresh)
        self._sorting.changed.connect(self._sort_anew)
        self.columns.choiceWanted.connect(self._choose_columns)
        self.filter.queryChanged.connect(self._ask)
        self.filter.left.connect(self._to_table)
        self.filter.newestWanted.connect(self._go_first)
        self._reading.failed.connect(self._failed)
        self.table.doubleClicked.connect(self._double_clicked)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.details.designWanted.connect(self.openDesignRequested)

    # Asking and showing

    def _ask(self, query: RunQuery) -> None:
        self._sorting.take_over(query)
        self.table.empty_text = _NONE_FITS if self.filter.is_active() else _NO_RUNS
        self._list_anew(query, stays=False)

    def _sort_anew(self) -> None:
        self._list_anew(self._query, stays=True)

    def _list_anew(self, query: RunQuery, *, stays: bool) -> None:
        self._query = asked = self._sorting.applied_to(query)
        work = partial(every, self._list, asked)
        done = partial(self._show_all, asked, stays=stays)
        self._background.run(work, done, self._failed)

    def _show_all(self, query: RunQuery, found: Listed, *, stays: bool) -> None:
        if query == self._query:
            self._show(found, stays=stays)
            self._count_new(0)

    def _show(self, found: Listed, *, stays: bool) -> None:
        """Show a list; *stays*: in the place of a current run that is gone stands the next."""
        self._error.clear()
        self.table.stays_in_place = stays
        self._model.put_entries(found.entries)
        self._model.show_order(found.order)
        if found.is_partial:
            self._again.start()  # older runs are still to come

    def _reloaded(self, query: RunQuery, found: Listed) -> None:
        self._show_all(query, found, stays=True)
        self._reading.follow()

    def _arrived(self, query: RunQuery, found: Listed) -> None:
        if query != self._query:
            return
        at_top = self.table.is_at_top()
        before = self._model.rowCount()
        self._show(found, stays=True)
        added = self._model.rowCount() - before
        self._count_new(0 if at_top else self._new + max(added, 0))
        if at_top:
            self.table.scrollToTop()

    def _fetch(self, seqs: array[int]) -> None:
        work = partial(self._list.entries_at, seqs)
        failed = partial(self._not_fetched, seqs)
        self._background.run_after_paint(work, self._model.put_entries, failed)

    def _not_fetched(self, seqs: array[int], error: Exception) -> None:
        self._model.give_up(seqs)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._messages.fail(error, self._error.show_sentence)

    def _count_new(self, count: int) -> None:
        self._new = count
        self.filter.show_new(count)
        self.filter.show_count(self._model.rowCount())

    def _show_seq(self, seq: int | None) -> None:
        row = self._model.order.row_of(seq)
        if row is None:
            self._messages.say("This run is not in the list as it is filtered; Esc clears it.")
            return
        self.table.go_to(row)
        self.show_details()

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

    def _next_problem(self) -> None:
        self._seek_problem(1)

    def _previous_problem(self) -> None:
        self._seek_problem(-1)

    def _seek_problem(self, step: int) -> None:
        risks = self._query.risk or ("RED", "YELLOW")
        asked = tuple(risk for risk in risks if risk in ("RED", "YELLOW"))
        if asked:
            query = self._query.model_copy(update={"risk": asked})
            self._seeks.seek(Sought(query, step, "red or yellow run"))
        else:
            self._messages.say("The filter leaves out every red and yellow run.")

    def _next_hit(self) -> None:
        self._seek_hit(1)

    def _previous_hit(self) -> None:
        self._seek_hit(-1)

    def _seek_hit(self, step: int) -> None:
        text = self.filter.last_text()
        if text:
            query = self._query.model_copy(update={"text": text})
            self._seeks.seek(Sought(query, step, "hit"))
        else:
            self._messages.say("Nothing was searched for yet; / starts a search.")

    # Marks

    def _mark(self) -> None:
        self._model.toggle_mark(self.table.currentIndex().row())

    def _mark_all(self) -> None:
        self._model.mark_all()
        count = self._model.marks.count()
        self._messages.say(f"{count:,} runs are marked." if count != 1 else "1 run is marked.")

    def _clear_marks(self) -> None:
        self._model.clear_marks()
        self._messages.say("No run is marked any more.")

    def _next_mark(self) -> None:
        row = self._model.marks.next_row(self._model.order, self.table.currentIndex().row())
        if row is None:
            self._messages.say("No listed run is marked; Space marks the current one.")
        else:
            self.table.go_to(row)

    # The rest

    def _choose_columns(self) -> None:
        ColumnDialog(self.columns, self.window()).open()

    def _copy_id(self) -> None:
        seq = self.table.seq()
        if seq is None:
            self._messages.say("There is no run id to copy.")
            return
        work = partial(self._list.entries_at, (seq,))
        self._background.run(work, self._copy, self._failed)

    def _copy(self, entries: Sequence[RunEntry]) -> None:
        for entry in entries:
            QGuiApplication.clipboard().setText(entry.run_id)
            self._messages.say(f"Copied the run id {entry.run_id}")

    def _close_innermost(self) -> None:
        if self.filter.isAncestorOf(self.focusWidget() or self) and self.filter.is_typing():
            self._to_table()
        elif self.details.isVisible():
            self.details.hide()
            self._to_table()
        elif self.filter.is_active():
            self.filter.clear()
