"""Jumps to the next run that is looked for; the index finds it, whatever lies between."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.messages import Messages
from luthier_desktop.ui.run_log.listing import ListCalls
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_table import RunTable


class Sought(NamedTuple):
    """What is looked for: *step* 1 is down and -1 is up."""

    query: RunQuery
    step: int
    what: str


class RunSeek(QObject):
    """Seeks one after the other: who presses a key thrice goes three hits on."""

    def __init__(
        self,
        calls: ListCalls,
        background: Background,
        messages: Messages,
        table: RunTable,
        model: RunModel,
    ) -> None:
        super().__init__(table)
        self._calls = calls
        self._background = background
        self._messages = messages
        self._table = table
        self._model = model
        self._waiting: list[Sought] = []

    def seek(self, sought: Sought) -> None:
        """Go to the next run that is sought, behind the seeks that are under way."""
        self._waiting.append(sought)
        if len(self._waiting) == 1:
            self._ask()

    def _ask(self) -> None:
        sought = self._waiting[0]
        work = partial(self._calls.next_after, sought.query, self._table.seq(), sought.step)
        self._background.run(work, self._jump, self._give_up)

    def _jump(self, seq: int | None) -> None:
        sought = self._waiting.pop(0)
        row = self._model.order.row_of(seq)
        if row is not None:
            self._table.go_to(row)
        else:
            self._waiting.clear()
            side = "below" if sought.step > 0 else "above"
            self._messages.say(f"No further {sought.what} {side}.")
        if self._waiting:
            self._ask()

    def _give_up(self, error: Exception) -> None:
        self._waiting.clear()
        self._messages.fail(error)
