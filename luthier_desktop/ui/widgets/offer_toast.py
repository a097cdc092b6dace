"""A word over the lower edge of the window with a button that does something about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, sentence
from luthier_desktop.ui.style import GRID, tokens
from luthier_desktop.ui.widgets.pauses import pause
from luthier_desktop.ui.widgets.toast_pause import ToastPause

_SHOWN_MS = 12_000


class OfferToast(QFrame):
    """``taken`` comes when its button is pressed; it goes by itself after some seconds."""

    taken = Signal()

    def __init__(self, window: QWidget, name: str, words: str) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setAutoFillBackground(True)
        self._label = PlainLabel("", self)
        self._button = QPushButton(menu_text(tr(words)), self)
        self._button.setObjectName(f"{name}Button")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a command does it by keys
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID * 3, GRID * 2, GRID * 2, GRID * 2)
        row.setSpacing(GRID * 3)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._pause = ToastPause(self, window, pause(self, _SHOWN_MS))
        self._button.clicked.connect(self._take)
        window.installEventFilter(self)
        self.hide()

    def say(self, told: str) -> None:
        """Show *told* and offer to do something about it."""
        colours = tokens()
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.text))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.base))
        self.setPalette(palette)
        self._label.setText(tr(sentence(told)))
        self.setAccessibleName(tr(sentence(told)))
        self._settle()
        self._pause.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def take_away(self) -> None:
        """Offer it no longer."""
        self._pause.end()

    def _take(self) -> None:
        self.take_away()
        self.taken.emit()

    def _settle(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.adjustSize()
            left = (window.width() - self.width()) // 2
            self.move(max(0, left), window.height() - self.height() - GRID * 10)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return False
