"""Pages of a document to look at: one at a time, in sight as a whole or as large as printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from luthier_desktop.domain.lengths import MM_PER_INCH
from luthier_desktop.ui import style
from luthier_desktop.ui.exporting.sheet_painter import Page, page_image
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip
from luthier_desktop.ui.style import GRID

Run = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[Exception], None]], None]
MOST_PIXELS = 20e6
_STEP = 1.25
_LEAST_PX_PER_MM = 0.5
_PLAUSIBLE_DPI = (50.0, 400.0)
_USUAL_DPI = 96.0
_Key = Qt.Key


class SheetView(QWidget):
    """Shows the pages it is given.

    Each is drawn with *run*, off the window's thread; what was drawn stays until the next is.
    ``failed`` carries what went wrong in that.
    """

    failed = Signal(object)

    def __init__(self, run: Run, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheetView")
        self._run = run
        self._pages: tuple[Page, ...] = ()
        self._at = 0
        self._px_per_mm: float | None = None
        self._drawn = 0
        self._area = _PageArea(self)
        self._previous = QPushButton(tr("Pre&vious"), self)
        _name(self._previous, "sheetPrevious", "The page before: Page Up.")
        self._next = QPushButton(tr("Ne&xt"), self)
        _name(self._next, "sheetNext", "The page after: Page Down.")
        self._where = PlainLabel("", self)
        self._where.setObjectName("sheetNumber")
        self._fit = QPushButton(tr("Whole pa&ge"), self)
        _name(self._fit, "sheetFit", "Show the whole page: 0.")
        self._true = QPushButton(tr("&True size"), self)
        _name(self._true, "sheetTrueSize", "As large as on paper: 1.")
        self._arrange()
        self._previous.clicked.connect(partial(self.step, -1))
        self._next.clicked.connect(partial(self.step, 1))
        self._fit.clicked.connect(self.fit)
        self._true.clicked.connect(self.show_true_size)
        self._area.resized.connect(self._fit_again)
        self._area.keyed.connect(self._take_key)

    @property
    def page_number(self) -> int:
        """The number of the page in sight, from 1; 0 without pages."""
        return self._at + 1 if self._pages else 0

    @property
    def px_per_mm(self) -> float:
        """How many logical pixels a mm has."""
        return self._fitting() if self._px_per_mm is None else self._px_per_mm

    @property
    def image(self) -> QImage | None:
        """The drawing in sight; None until it is there."""
        return self._area.paper.image

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        """Show these pages, on the same number as before where there is one."""
        self._pages = pages
        self._at = min(self._at, max(0, len(pages) - 1))
        self._show()

    def step(self, by: int, _: object = None) -> None:
        """Show the next page, for -1 the one before."""
        at = min(max(self._at + by, 0), len(self._pages) - 1)
        if self._pages and at != self._at:
            self._at = at
            self._area.verticalScrollBar().setValue(0)
            self._show()

    def fit(self) -> None:
        """Show the whole page, now and after a change of size."""
        self._px_per_mm = None
        self._show()

    def show_true_size(self) -> None:
        """Show the page as large as it will be on paper, as far as the screen tells its size."""
        dots = self.screen().physicalDotsPerInch()
        plausible = _PLAUSIBLE_DPI[0] <= dots <= _PLAUSIBLE_DPI[1]
        self._zoom_to((dots if plausible else _USUAL_DPI) / MM_PER_INCH)

    def zoom(self, steps: int) -> None:
        """Show the page larger or smaller by so many steps."""
        self._zoom_to(self.px_per_mm * _STEP**steps)

    def _zoom_to(self, px_per_mm: float) -> None:
        if self._pages:
            page, ratio = self._pages[self._at], self.devicePixelRatioF()
            most = (MOST_PIXELS / (page.width_mm * page.height_mm)) ** 0.5 / ratio
            self._px_per_mm = min(max(px_per_mm, _LEAST_PX_PER_MM), most)
            self._show()

    def _fitting(self) -> float:
        if not self._pages:
            return 1.0
        page, room = self._pages[self._at], self._area.viewport().size()
        wide, high = room.width() - 2 * GRID, room.height() - 2 * GRID
        return max(min(wide / page.width_mm, high / page.height_mm), 0.05)

    def _fit_again(self) -> None:
        if self._px_per_mm is None:
            self._show()

    def _show(self) -> None:
        many = len(self._pages)
        self._where.setText(tr(f"Page {self._at + 1} of {many}" if many else "No page"))
        self._previous.setEnabled(self._at > 0)
        self._next.setEnabled(self._at < many - 1)
        for button in (self._fit, self._true):
            button.setEnabled(many > 0)
        self._area.setAccessibleName(tr(f"Preview, {self._where.text().lower()}"))
        self._drawn += 1
        if not many:
            self._area.paper.show_image(None)
            return
        page = self._pages[self._at]
        work = partial(page_image, page, self.px_per_mm, self.devicePixelRatioF())
        self._run(work, partial(self._arrive, self._drawn), self._not_drawn)

    def _arrive(self, number: int, image: QImage) -> None:
        if isValid(self) and number == self._drawn:  # else closed while it was drawn
            self._area.paper.show_image(image)

    def _not_drawn(self, error: Exception) -> None:
        if isValid(self):
            self.failed.emit(error)

    def _take_key(self, key: int) -> None:
        deeds: dict[Qt.Key, Callable[[], None]] = {
            _Key.Key_PageUp: partial(self.step, -1),
            _Key.Key_PageDown: partial(self.step, 1),
            _Key.Key_Home: partial(self.step, -len(self._pages)),
            _Key.Key_End: partial(self.step, len(self._pages)),
            _Key.Key_Plus: partial(self.zoom, 1),
            _Key.Key_Equal: partial(self.zoom, 1),
            _Key.Key_Minus: partial(self.zoom, -1),
            _Key.Key_0: self.fit,
            _Key.Key_1: self.show_true_size,
        }
        deeds[_Key(key)]()

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID * 2)
        bar.addWidget(self._previous)
        bar.addWidget(self._where)
        bar.addWidget(self._next)
        bar.addStretch(1)
        bar.addWidget(self._fit)
        bar.addWidget(self._true)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        column.addWidget(self._area, 1)
        column.addLayout(bar)


_KEYS = frozenset(
    (
        _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Home, _Key.Key_End, _Key.Key_Plus,
        _Key.Key_Equal, _Key.Key_Minus, _Key.Key_0, _Key.Key_1,
    )
)  # fmt: skip


class _PageArea(QScrollArea):
    """Where the page lies; ``keyed`` carries keys that turn and zoom it."""

    keyed = Signal(int)
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheetPage")
        self.setAccessibleName(tr("Preview"))
        self.setAccessibleDescription(
            tr("Page Up and Page Down turn the page, plus and minus zoom, the arrows move it.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.paper = _Paper(self)
        self.setWidget(self.paper)
        self._grasped: QPoint | None = None
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(2)
        self._frame_it()

    def _frame_it(self) -> None:
        """Let the frame say whether the keys go to the page."""
        colours, palette = style.tokens(), QPalette()
        colour = colours.accent if self.hasFocus() else colours.border
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        if palette != self.palette():
            self.setPalette(palette)

    # Qt overrides

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._frame_it()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._frame_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _KEYS:
            self.keyed.emit(event.key())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grasped = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grasped is not None:
            here = event.position().toPoint()
            by, self._grasped = here - self._grasped, here
            bars = (self.horizontalScrollBar(), self.verticalScrollBar())
            for bar, pixels in zip(bars, (by.x(), by.y()), strict=True):
                bar.setValue(bar.value() - pixels)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._grasped = None


class _Paper(QWidget):
    """The page itself, as an image that was drawn elsewhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None

    def show_image(self, image: QImage | None) -> None:
        """Show this image."""
        self.image = image
        size = QSize() if image is None else image.deviceIndependentSize().toSize()
        self.resize(size)
        self.update()

    # Qt overrides

    def paintEvent(self, _: QPaintEvent) -> None:
        if self.image is not None:
            painter = QPainter(self)
            painter.drawImage(0, 0, self.image)
            painter.end()


def _name(button: QPushButton, name: str, tip: str) -> None:
    button.setObjectName(name)
    button.setAutoDefault(False)
    set_tool_tip(button, tip)
