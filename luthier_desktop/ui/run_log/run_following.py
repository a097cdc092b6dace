"""The details follow the table: one run is read at a time, and always the one that is current."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from luthier_desktop.ui.background import Background
from luthier_desktop.ui.run_log.calls import RunCalls, read_at
from luthier_desktop.ui.run_log.listing import ListCalls
from luthier_desktop.ui.run_log.run_details import RunDetails
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_reading import Reading
from luthier_desktop.ui.run_log.run_table import RunTable


class RunFollowing(QObject):
    """Lets the details follow the table; ``failed`` carries what could not be read."""

    failed = Signal(object)

    def __init__(
        self,
        calls: tuple[RunCalls, ListCalls],
        background: Background,
        table: RunTable,
        model: RunModel,
        details: RunDetails,
    ) -> None:
        super().__init__(table)
        self._calls = calls
        self._background = background
        self._table = table
        self._model = model
        self._details = details
        self._is_reading = False
        table.currentRunChanged.connect(self.follow)

    def follow(self) -> None:
        """Show the current run, if the details are open."""
        if self._details.isVisible():
            self.read()

    def read(self) -> None:
        """Read the current run and show it."""
        seq = self._table.seq()
        if seq is None:
            self._details.show_nothing()
        elif not self._is_reading:
            self._is_reading = True
            work = partial(read_at, *self._calls, seq, self._details.standing)
            self._background.run(work, partial(self._show, seq), self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._is_reading = False
        self.failed.emit(error)

    def _show(self, seq: int, found: Reading | None) -> None:
        self._is_reading = False
        if found is not None and found.damage is not None:
            self._model.note_damaged(seq)
        if seq != self._table.seq():
            self.follow()
        elif found is None:
            self._details.show_nothing()
        else:
            self._details.show_reading(found)
