"""The three first steps, told across the window until they are done or closed for good."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolBar, QWidget

from luthier_desktop.ui.design_editor.editor import DesignEditor
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import MainWindow
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.run_log import RunLog
from luthier_desktop.ui.style import GRID, risk_sign

CHANGE, CHECK, LOOK = range(3)
_STEPS = (
    "Change a ring: click one in the table and type another width.",
    "Press F5: the design is checked, and the answer recorded.",
    "Look in the log: Ctrl+3 goes there, Enter opens the run.",
)
_DONE = "That is all it takes. The handbook goes on from here: Ctrl+F1."
_WANTED = "first_steps"
_BETWEEN = "      "


class FirstSteps(QObject):
    """Follows what is done, whoever does it, and ticks it off."""

    def __init__(self, window: MainWindow, editor: DesignEditor, log: RunLog) -> None:
        super().__init__(window)
        self._window = window
        self._done: set[int] = set()
        self._bar: FirstStepsBar | None = None
        self._log = log
        editor.document.histories.canUndoChanged.connect(self._changed)
        log.details.installEventFilter(self)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the command about the first steps calls."""
        return {"first_steps": self.show_again}

    def greet(self) -> None:
        """Show the steps, unless they were done or closed for good."""
        if self._window.state.flag(_WANTED, True):
            self._show()

    def show_again(self) -> None:
        """Show the steps from the first one on, also at the next start."""
        self._done.clear()
        self._remember(wanted=True)
        self._show()

    def was_checked(self) -> None:
        """Tick off that a check was recorded."""
        self._tick(CHECK)

    def _changed(self, can_undo: bool) -> None:
        if can_undo:
            self._tick(CHANGE)

    def _tick(self, step: int) -> None:
        if self._bar is not None and step not in self._done:
            self._done.add(step)
            self._bar.tell(self._done)
            if len(self._done) == len(_STEPS):
                self._remember(wanted=False)

    def _show(self) -> None:
        if self._bar is None:
            self._bar = FirstStepsBar(self._window)
            self._bar.closeWanted.connect(self.close)
            self._window.addToolBarBreak()
            self._window.addToolBar(self._bar)
        self._bar.tell(self._done)
        self._bar.show()

    def close(self) -> None:
        """Take the steps away for good."""
        self._remember(wanted=False)
        if self._bar is not None:
            self._window.removeToolBar(self._bar)
            self._bar.deleteLater()
            self._bar = None

    def _remember(self, *, wanted: bool) -> None:
        self._window.state.remember(**{_WANTED: wanted})
        self._window.state.save()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick off that a run was opened."""
        if event.type() == QEvent.Type.Show:
            self._tick(LOOK)
        return super().eventFilter(watched, event)


class FirstStepsBar(QToolBar):
    """The steps in a row below the tool bar; ``closeWanted`` comes when it is closed for good."""

    closeWanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("First steps"), parent)
        self.setObjectName("firstSteps")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self._body = body = QWidget(self)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._label = PlainLabel("", body)
        self._label.setObjectName("firstStepsText")
        self._label.setWordWrap(True)
        close = QPushButton(self)
        close.setText(tr("Close for good"))
        close.setObjectName("closeFirstSteps")
        close.clicked.connect(self.closeWanted)
        row = QHBoxLayout(body)
        row.setContentsMargins(GRID * 3, GRID, GRID * 2, GRID)
        row.setSpacing(GRID * 2)
        row.addWidget(self._label, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(body)
        self.resize(parent.width(), self.height())  # what is told is fitted to that width

    def tell(self, done: set[int]) -> None:
        """Say which steps are done, and which comes next."""
        parts = [
            f"{risk_sign('GREEN').glyph if step in done else step + 1}  {tr(text)}"
            for step, text in enumerate(_STEPS)
        ]
        told = tr(_DONE) if len(done) == len(_STEPS) else _BETWEEN.join(parts)
        self._label.setText(told)
        self.setAccessibleName(told)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need: a tool bar does not ask for height by width."""
        self._body.setFixedHeight(self._body.heightForWidth(self.width()))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().alternateBase())
        painter.fillRect(0, 0, GRID, self.height(), self.palette().highlight())
        painter.end()
