"""The page of the full backups: made, verified, restored elsewhere, with what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from luthier_desktop.ui.backups.parts import button_of, made_label
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.progress import Progress
from luthier_desktop.ui.widgets.window_menu import WindowActions

_SAID = (
    "A full backup holds everything: designs, runs, the log and its proofs, and the settings. It "
    "never holds the signing key: on another PC the log goes on in a new epoch, and what was "
    "signed before stays verifiable. Keep at least two, one of them in another house."
)
_MOVING = (
    "Moving to another PC: make a full backup onto a stick, install the program there, and "
    "restore it there into an empty folder. Then open it with --data-dir, or move it to where "
    "that PC's data folder is."
)
_NOTHING = "Nothing was done here yet."
_BUSY = "Under way; this window may be closed meanwhile."
CANCEL_TIP = "Stop; nothing is left half done."


class FullPage(QWidget):
    """Says what a full backup is, how far the work is, and how the last one ended."""

    def __init__(self, actions: WindowActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("fullBackups")
        self._actions = actions
        self._progress: Progress | None = None
        self._result = QPlainTextEdit(self)
        self._result.setObjectName("fullResult")
        self._result.setAccessibleName(tr("What came of it"))
        self._result.setReadOnly(True)
        self._result.setTabChangesFocus(True)
        self._result.setPlaceholderText(tr(_NOTHING))
        self._place = QWidget(self)
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._lay_out()

    def begin(self, work: str) -> Progress:
        """Show the progress of *work* from now on, and return it."""
        self.end()
        self._result.setPlainText("")
        self._result.setPlaceholderText(tr(_BUSY))
        self._progress = Progress(work, CANCEL_TIP, self._place)
        self._column.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignLeft)
        return self._progress

    def end(self) -> None:
        """Take the progress away."""
        self._result.setPlaceholderText(tr(_NOTHING))
        if self._progress is not None:
            self._column.removeWidget(self._progress)
            self._progress.hide()
            self._progress.deleteLater()
            self._progress = None

    def show_result(self, lines: Sequence[str]) -> None:
        """Show what came of the last work."""
        self._result.setPlainText(tr("\n".join(lines)))

    def result(self) -> str:
        """Return what is shown."""
        return self._result.toPlainText()

    def _lay_out(self) -> None:
        buttons = QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        for action_id, text in (
            ("make_full", "Make a full backup…"),
            ("verify_full", "Verify a full backup…"),
            ("restore_full", "Restore into an empty place…"),
        ):
            button = button_of(self._actions[action_id], f"{action_id}_button", text, buttons)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(made_label("fullSaid", _SAID, self))
        column.addWidget(made_label("movingSaid", _MOVING, self))
        column.addWidget(buttons)
        column.addWidget(self._place)
        column.addWidget(self._result, 1)
