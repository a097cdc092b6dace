"""Comparing runs from the log, and snapshots: read on the worker, shown in windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.services.comparing import MOST_COMPARED, Comparison, Table
from luthier_desktop.services.studio import Studio
from luthier_desktop.ui.background import Background
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.run_log.run_log import RunLog

if TYPE_CHECKING:
    from luthier_desktop.ui.design_editor.still import Still
    from luthier_desktop.ui.run_compare.picture import Sight
    from luthier_desktop.ui.run_compare.table_model import Line

_NO_RUN = "There is no run to compare."
_NO_OTHER = (
    "There is nothing to compare this run with: it is the first of its design. Space marks "
    "another run."
)
_TOO_MANY = f"At most {MOST_COMPARED} runs can be compared; take marks away with Space."
_TOO_FEW = "Mark two to six runs with Space to compare them in a table."


class ComparingRuns(QObject):
    """Opens a window for two, and a table for up to six."""

    def __init__(
        self, window: MainWindow, background: Background, studio: Studio, log: RunLog
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._studio = studio
        self._log = log

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands about comparing call."""
        return {"compare_runs": self.compare_current, "compare_marked": self.compare_marked}

    def compare_current(self) -> None:
        """Compare the current run with the marked one, else with the one before of its design.

        Where several others are marked, they are set beside each other in a table.
        """
        current = self._log.current_seq()
        if current is None:
            self._window.messages.say(_NO_RUN)
            return
        marked = self._log.marked()
        if len(marked) > MOST_COMPARED:
            self._window.messages.say(_TOO_MANY)
            return
        others = [seq for seq in marked if seq != current]
        if len(others) > 1:
            self.compare_marked()
        elif others:
            self._ask_for_two(sorted((others[0], current)))
        else:
            work = partial(_with_previous, self._studio, current)
            self._background.run(work, self._open_or_say, self._fail)

    def compare_marked(self) -> None:
        """Set the marked runs beside each other, the oldest first."""
        marked = self._log.marked()
        if len(marked) > MOST_COMPARED:
            self._window.messages.say(_TOO_MANY)
        elif len(marked) < 2:
            self._window.messages.say(_TOO_FEW)
        else:
            work = partial(_table_of, self._studio, sorted(marked))
            self._background.run(work, self._open_table, self._fail)

    def open_runs(self, a_id: str, b_id: str) -> None:
        """Compare two runs by their ids."""
        work = partial(self._studio.comparing.runs, a_id, b_id)
        self._background.run(work, self._open, self._fail)

    def open_snapshots(self, a_id: str, b_id: str) -> None:
        """Compare two snapshots by their ids."""
        work = partial(self._studio.comparing.snapshots, a_id, b_id)
        self._background.run(work, self._open, self._fail)

    def open_table(self, ids: Sequence[str]) -> None:
        """Set two to six runs or snapshots beside each other by their ids."""
        work = partial(_lined, self._studio, list(ids))
        self._background.run(work, self._open_table, self._fail)

    def _ask_for_two(self, seqs: Sequence[int]) -> None:
        work = partial(_pair_of, self._studio, seqs)
        self._background.run(work, self._open, self._fail)

    def _open_or_say(self, found: Comparison | None) -> None:
        if found is None:
            self._window.messages.say(_NO_OTHER)
        else:
            self._open(found)

    def _open(self, found: Comparison) -> None:
        from luthier_desktop.ui.design_editor.still import Still
        from luthier_desktop.ui.run_compare.compare_window import CompareWindow

        stills = (Still(self._studio.materials), Still(self._studio.materials))
        draw, run = partial(_drawn, stills), self._background.run_long
        self._show(CompareWindow(found, draw, run, self._window.messages, self._window))

    def _open_table(self, found: tuple[Table, tuple[Line, ...]]) -> None:
        from luthier_desktop.ui.run_compare.table_window import TableWindow

        self._show(TableWindow(*found, self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.finished.connect(self._return)
        dialog.show()
        dialog.activateWindow()

    def _return(self) -> None:
        """Give the keys back to the log; not every desktop does when a window is closed."""
        active = QApplication.activeWindow()
        if active is None or active is self.sender():
            self._window.activateWindow()

    def _fail(self, error: Exception) -> None:
        self._window.messages.fail(error)


def _drawn(
    stills: tuple[Still, Still], side: int, design: RosetteParamSpec, sight: Sight
) -> QImage:
    from luthier_desktop.ui.design_editor.view import View

    return stills[side].image(design, View(*sight.place), sight.size, sight.pixel_ratio)


def _ids_of(studio: Studio, seqs: Sequence[int]) -> list[str]:
    ids = {entry.seq: entry.run_id for entry in studio.runs.entries_at(seqs)}
    return [ids[seq] for seq in seqs if seq in ids]


def _pair_of(studio: Studio, seqs: Sequence[int]) -> Comparison:
    a, b = _ids_of(studio, seqs)
    return studio.comparing.runs(a, b)


def _with_previous(studio: Studio, seq: int) -> Comparison | None:
    (run_id,) = _ids_of(studio, [seq])
    before = studio.comparing.previous_of_same_design(run_id)
    return None if before is None else studio.comparing.runs(before, run_id)


def _table_of(studio: Studio, seqs: Sequence[int]) -> tuple[Table, tuple[Line, ...]]:
    return _lined(studio, _ids_of(studio, seqs))


def _lined(studio: Studio, ids: Sequence[str]) -> tuple[Table, tuple[Line, ...]]:
    from luthier_desktop.ui.run_compare.table_model import table_lines

    table = studio.comparing.table(ids)
    return table, table_lines(table)
