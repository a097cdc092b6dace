"""Why a run was decided as it was: its checks as they were recorded, with their rules."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.run_reading import Why
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.check_view import CheckView


class RunWhy(QWidget):
    """The same view of checks as the panel's; what is opened stays open from run to run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runWhy")
        self._note = PlainLabel("", self)
        self._note.setObjectName("runWhyNote")
        self._note.setWordWrap(True)
        self._note.setMargin(GRID)
        self._checks = CheckView(self)
        self._checks.setObjectName("runChecks")
        self._checks.setAccessibleName(tr("Checks of the current run as recorded"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._note)
        column.addWidget(self._checks, 1)
        column.addStretch(0)
        self.setFocusProxy(self._checks)

    def show_why(self, why: Why) -> None:
        """Show the checks, and the note above them."""
        self._note.setText(tr(why.note))
        self._note.setVisible(bool(why.note))
        self._checks.show_rows(why.rows)
        rows = why.rows
        self._checks.setVisible(bool(rows.rows or rows.warnings or rows.assumed))
