"""Words that appear in passing or stay: the toast, the banner, and a panel's error line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolBar, QToolButton, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence
from luthier_desktop.ui.style import GRID, risk_sign, tokens
from luthier_desktop.ui.widgets.pauses import pause
from luthier_desktop.ui.widgets.toast_pause import ToastPause

_TOAST_MS = 4000


class ErrorLine(QWidget):
    """The line at a panel that tells what failed there; hidden while nothing did."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorLine")
        self._label = PlainLabel("", self)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = _row(self, self._label)
        row.addWidget(_close_button(self, self.clear))
        self.hide()

    def show_sentence(self, told: str) -> None:
        """Show what failed."""
        self._label.setText(tr(f"{risk_sign('RED').glyph}  {sentence(told)}"))
        self.setAccessibleName(tr(f"Error: {sentence(told)}"))
        self.setVisible(bool(told))
        _announce(self)

    def clear(self) -> None:
        """Take the line away."""
        self._label.clear()
        self.hide()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_ground(self, "RED")


class Banner(QToolBar):
    """A sentence across the window, for as long as what it says is so; RED is an alarm."""

    def __init__(self, told: str, parent: QWidget, status: str = "YELLOW") -> None:
        super().__init__("Alarm" if status == "RED" else "Notice", parent)
        self._status = status
        self.setObjectName("alarm" if status == "RED" else "banner")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self._body = body = QWidget(self)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        label = PlainLabel(f"{risk_sign(status).glyph}  {sentence(told)}", body)
        label.setObjectName(f"{self.objectName()}Text")
        label.setWordWrap(True)
        _row(body, label)
        self.addWidget(body)
        self.setAccessibleName(tr(sentence(told)))
        _announce(self)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the sentence needs: a tool bar does not ask for height by width."""
        super().resizeEvent(event)
        self._body.setFixedHeight(self._body.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint_ground(self, self._status)


class Toast(PlainLabel):
    """A short word over the lower edge of the window; it goes by itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("", window)
        self.setObjectName("toast")
        self.setMargin(GRID * 3)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pause = ToastPause(self, window, pause(self, _TOAST_MS))
        window.installEventFilter(self)
        self.hide()

    def say(self, told: str) -> None:
        """Show *told* for a few seconds."""
        self._dress()
        self.setText(tr(sentence(told)))
        self.setAccessibleName(tr(sentence(told)))
        self._settle()
        self._pause.show()
        _announce(self)

    def _dress(self) -> None:
        colours = tokens()
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.text))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.base))
        self.setPalette(palette)

    def _settle(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.setWordWrap(False)
            widest = window.width() - GRID * 8
            if self.sizeHint().width() > widest:
                self.setWordWrap(True)
                self.resize(widest, self.heightForWidth(widest))
            else:
                self.adjustSize()
            left = (window.width() - self.width()) // 2
            self.move(left, window.height() - self.height() - GRID * 10)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return False


def _row(owner: QWidget, label: PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(GRID * 3, GRID, GRID * 2, GRID)
    row.addWidget(label, 1)
    return row


def _close_button(owner: QWidget, slot: object) -> QToolButton:
    button = QToolButton(owner)
    button.setText("✗")
    button.setAutoRaise(True)
    button.setAccessibleName(tr("Close this message"))
    button.clicked.connect(slot)
    return button


def _paint_ground(owner: QWidget, status: str) -> None:
    sign = risk_sign(status)
    painter = QPainter(owner)
    painter.fillRect(owner.rect(), QColor(sign.soft))
    painter.fillRect(0, 0, GRID, owner.height(), QColor(sign.colour))
    painter.end()


def _announce(owner: QWidget) -> None:
    """Let a screen reader say what has just appeared."""
    QAccessible.updateAccessibility(QAccessibleEvent(owner, QAccessible.Event.Alert))
