"""The slider over the time of a cut: played, or scrubbed with the arrows, Home and End."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.ui import units
from luthier_desktop.ui.exporting.path_words import clock, doing, summary
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.fields import ChoiceField

_TICKS_A_SECOND = 10
_FRAME_MS = 33
_SPEEDS = (1, 5, 20, 60)
_USUAL_SPEED = 20
_PLAY, _STOP = "P&lay", "&Stop"


class PathPlayer(QWidget):
    """Says where in a cut one is; ``moved`` carries the seconds since its begin."""

    moved = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pathPlayer")
        self._plan: CutPlan | None = None
        self._play = QPushButton(tr(_PLAY), self)
        self._play.setObjectName("pathPlay")
        self._play.setAutoDefault(False)
        self._play.setFixedWidth(self._play.sizeHint().width() + GRID)
        set_tool_tip(self._play, "Let the bit move along its path, or stop it.")
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("pathTime")
        self._slider.setAccessibleName(tr("Time of the cut"))
        self._slider.setSingleStep(_TICKS_A_SECOND)
        self._slider.setPageStep(10 * _TICKS_A_SECOND)
        set_tool_tip(self._slider, "Arrows: a second; Page Up and Down: ten; Home and End.")
        self._speed = ChoiceField("Speed", "How many times as fast as the machine.", self)
        self._speed.setObjectName("pathSpeed")
        self._speed.setMinimumContentsLength(4)
        for speed in _SPEEDS:
            self._speed.addItem(tr(f"{speed}\N{MULTIPLICATION SIGN}"), speed)
        self._speed.show_choice(_USUAL_SPEED)
        self._now = PlainLabel("", self)
        self._now.setObjectName("pathNow")
        self._told = PlainLabel("", self)
        self._told.setObjectName("pathTold")
        self._told.setWordWrap(True)
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._since = QElapsedTimer()
        self._arrange()
        self._play.clicked.connect(self.switch)
        self._slider.valueChanged.connect(self._move)
        self._frames.timeout.connect(self._go_on)
        units.display().changed.connect(self._tell)

    def show_plan(self, plan: CutPlan) -> None:
        """Begin at the end of *plan*, where all of it is in sight."""
        self.stop()
        self._plan = plan
        ticks = round(plan.seconds * _TICKS_A_SECOND)
        self._slider.blockSignals(True)
        self._slider.setRange(0, ticks)
        self._slider.setValue(ticks)
        self._slider.blockSignals(False)
        self._tell()

    @property
    def seconds(self) -> float:
        """The time in sight."""
        if self._plan is None:
            return 0.0
        if self._slider.value() == self._slider.maximum():
            return self._plan.seconds
        return self._slider.value() / _TICKS_A_SECOND

    @property
    def is_playing(self) -> bool:
        """Whether the bit moves by itself."""
        return self._frames.isActive()

    def switch(self) -> None:
        """Play, from the begin when it stands at the end; or stop."""
        if self.is_playing:
            self.stop()
        elif self._plan is not None:
            if self._slider.value() == self._slider.maximum():
                self._slider.setValue(0)
            self._play.setText(tr(_STOP))
            self._since.start()
            self._frames.start()

    def stop(self) -> None:
        """Let the bit stand where it is."""
        self._frames.stop()
        self._play.setText(tr(_PLAY))

    def _go_on(self) -> None:
        seconds = self._since.restart() / 1000 * self._speed.currentData()
        ticks = max(1, round(seconds * _TICKS_A_SECOND))
        self._slider.setValue(self._slider.value() + ticks)
        if self._slider.value() == self._slider.maximum():
            self.stop()

    def _move(self) -> None:
        self._tell()
        self.moved.emit(self.seconds)

    def _tell(self) -> None:
        if self._plan is None:
            return
        here = f"{clock(self.seconds)} of {clock(self._plan.seconds)}"
        now = doing(self._plan, self.seconds)
        self._now.setText(tr(f"{here}. {now}"))
        self._slider.setAccessibleDescription(self._now.text())
        self._told.setText(tr(summary(self._plan)))

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID * 2)
        row.addWidget(self._play)
        row.addWidget(self._slider, 1)
        row.addWidget(self._speed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._now)
        column.addWidget(self._told)

    # Qt overrides

    def hideEvent(self, event: QHideEvent) -> None:
        self.stop()
        super().hideEvent(event)
