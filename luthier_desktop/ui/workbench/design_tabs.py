"""The row of tabs over the editor: one for each open design, unless there is only one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import menu_text, set_tool_tip, shown, tool_tip
from luthier_desktop.ui.style import GRID, tokens

CHANGED = "●"
_LONGEST_TITLE = 40
_LINE = GRID // 2
_CLOSE_SIGN = "✗"


def changes_text(design: OpenDesign) -> str:
    """Say how many changes are not kept: "1 change", "12 changes"."""
    count = design.changes()
    return f"{count:,} change" if count == 1 else f"{count:,} changes"


class DesignTabs(QTabBar):
    """Shows which designs are open, and which of them have changes that are not kept.

    ``chosen`` carries the design whose tab was chosen, ``closeWanted`` the one to close.
    """

    chosen = Signal(object)
    closeWanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("designTabs")
        self.setAccessibleName(tr("Open designs"))
        self.setAutoHide(True)
        self.setMovable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.currentChanged.connect(self._choose)

    def designs(self) -> list[OpenDesign]:
        """List the open designs in the order of their tabs."""
        return [self.tabData(at) for at in range(self.count())]

    def add(self, design: OpenDesign, at: int | None = None) -> None:
        """Add a tab, at the end unless *at* is given; the current one stays current."""
        before = self.blockSignals(True)
        at = self.insertTab(self.count() if at is None else at, "")
        self.setTabData(at, design)
        button = QToolButton(self)
        button.setText(_CLOSE_SIGN)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self._close_clicked)
        self.setTabButton(at, QTabBar.ButtonPosition.RightSide, button)
        self.blockSignals(before)
        self.refresh()

    def take(self, design: OpenDesign) -> None:
        """Take the tab of *design* away."""
        before = self.blockSignals(True)
        self.removeTab(self.designs().index(design))
        self.blockSignals(before)
        self.refresh()

    def choose(self, design: OpenDesign) -> None:
        """Let the tab of *design* be the current one, without a word."""
        before = self.blockSignals(True)
        self.setCurrentIndex(self.designs().index(design))
        self.blockSignals(before)

    def refresh(self) -> None:
        """Write the titles and marks anew where they changed."""
        seen: dict[str, int] = {}
        for at, design in enumerate(self.designs()):
            title = design.title()
            seen[title] = seen.get(title, 0) + 1
            number = f" ({seen[title]})" if seen[title] > 1 else ""
            self._write(at, design, f"{shown(title, _LONGEST_TITLE)}{number}")

    def _write(self, at: int, design: OpenDesign, title: str) -> None:
        mark = "" if design.is_kept() else f"{CHANGED} "
        text = menu_text(f"{mark}{title}")
        told = f"{changes_text(design)} neither recorded nor saved" if mark else "no changes"
        tip = tool_tip(f"{shown(design.title(), 300)}: {told}. {_whence(design)}")
        if text != self.tabText(at):
            self.setTabText(at, tr(text))
        if tip != self.tabToolTip(at):
            self.setTabToolTip(at, tip)
            self.setAccessibleTabName(at, f"{title}, {told}")
            button = self.tabButton(at, QTabBar.ButtonPosition.RightSide)
            if button is not None:
                button.setAccessibleName(tr(f"Close {title}"))
                set_tool_tip(button, f"Close {title}")

    def _choose(self, at: int) -> None:
        if at >= 0:
            self.chosen.emit(self.tabData(at))

    def _close_clicked(self) -> None:
        for at in range(self.count()):
            if self.tabButton(at, QTabBar.ButtonPosition.RightSide) is self.sender():
                self.closeWanted.emit(self.tabData(at))
                return

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line over the current tab: in the dark its ground alone hardly shows."""
        super().paintEvent(event)
        place = self.tabRect(self.currentIndex())
        painter = QPainter(self)
        accent = QColor(tokens().accent)
        painter.fillRect(place.left(), place.top(), place.width(), _LINE, accent)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and at >= 0:
            self.closeWanted.emit(self.tabData(at))
        else:
            super().mouseReleaseEvent(event)


def _whence(design: OpenDesign) -> str:
    return f"From {shown(design.origin, 300)}" if design.origin else "Begun here"
