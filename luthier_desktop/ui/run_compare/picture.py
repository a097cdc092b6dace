"""Both designs drawn: over each other, in turn, side by side, or one wiped off the other."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.run_compare.marks import (
    Mark,
    Touched,
    paint_highlight,
    paint_legend,
    paint_marks,
    paint_tag,
    ring_marks,
)
from luthier_desktop.ui.run_compare.place import Place, on_band, whole

BLINK_MS = 800
"""Each side is seen for so long: 0.6 turns a second, far from the 2 Hz that are safe."""
STEP = 5
_ZOOM = 1.25
_NOTCH = 120
_MARGIN_MM = 4.0
_LEAST = QSize(200, 160)
_NO_DESIGN = "no design to draw"
_DRAWING = "Drawing…"


class Mode(IntEnum):
    """How the two are shown."""

    OVERLAY = 0
    BLINK = 1
    WIPE = 2
    BESIDE = 3


class Run(Protocol):
    """Does work on a worker and hands its result to the window's thread."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None: ...


class Sight(NamedTuple):
    """What a pair of pictures is drawn for; *turn* counts the pairs."""

    place: Place
    size: QSize
    pixel_ratio: float
    turn: int


Draw = Callable[[int, RosetteParamSpec, Sight], QImage]
"""Draws a design on a worker; the number tells the sides apart."""


class CompareView(QWidget):
    """Shows two designs at one scale; ``shareChanged`` tells how much of b is seen, in percent."""

    shareChanged = Signal(int)
    failed = Signal(object)

    def __init__(self, draw: Draw, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparePicture")
        self.setAccessibleName(tr("Both designs drawn"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(_LEAST)
        self._draw, self._run = draw, run
        self._designs: tuple[RosetteParamSpec | None, RosetteParamSpec | None] = (None, None)
        self._images: list[QImage | None] = [None, None]
        self._drawn: Sight | None = None
        self._asked: Sight | None = None
        self._place: Place | None = None
        self._marks: dict[str, Mark] = {}
        self._looked_at: str | None = None
        self._turn = 0
        self._dragged: QPointF | None = None
        self._mode, self._share, self._phase = Mode.OVERLAY, 50, 0
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._next_phase)

    # What is shown

    @property
    def mode(self) -> Mode:
        """How the two are shown."""
        return self._mode

    @property
    def is_blinking(self) -> bool:
        """Whether the sides are shown in turn just now."""
        return self._blink.isActive()

    @property
    def looked_at(self) -> str | None:
        """The identity of the ring that is framed."""
        return self._looked_at

    @property
    def is_drawn(self) -> bool:
        """Whether the pictures are those of what is to be seen."""
        return self._drawn is not None and self._drawn == self._wanted()

    def show_pair(
        self, a: RosetteParamSpec | None, b: RosetteParamSpec | None, touched: Touched
    ) -> None:
        """Show two designs and mark the rings that were touched."""
        self._designs = (a, b)
        self._marks = ring_marks(a, b, touched)
        self._turn += 1
        self._images = [None, None]
        self._place = None
        self._refresh()

    def set_mode(self, mode: Mode) -> None:
        """Show the two in another way."""
        self._mode = mode
        self._phase = 0
        (self._blink.start if mode is Mode.BLINK and self.isVisible() else self._blink.stop)()
        self._refresh()

    def set_share(self, percent: int) -> None:
        """Let so much of b be seen, by strength or by place."""
        percent = max(0, min(100, percent))
        if percent != self._share:
            self._share = percent
            self.shareChanged.emit(percent)
            self.update()

    def slide(self, step: int) -> None:
        """Go a step to the right, or to the left: the wipe goes with it."""
        towards_b = -step if self._mode is Mode.WIPE else step
        self.set_share(self._share + STEP * towards_b)

    def stop_or_blink(self) -> None:
        """Stop the blinking at the side that is seen, or go on."""
        if self._mode is Mode.BLINK:
            (self._blink.stop if self._blink.isActive() else self._blink.start)()

    def look_at(self, ring_id: str | None) -> None:
        """Frame a ring, or none."""
        self._looked_at = ring_id if ring_id in self._marks else None
        self._refresh()

    def show_ring(self) -> None:
        """Show the framed ring large."""
        mark = self._marks.get(self._looked_at or "")
        if mark is not None:
            self._place = on_band(mark.span.inner_mm, mark.span.outer_mm, self._pane())
            self._refresh()

    def show_all(self) -> None:
        """Show both rosettes whole."""
        self._place = None
        self._refresh()

    def zoom(self, notches: float, at: QPointF | None = None) -> None:
        """Show everything larger, or smaller."""
        middle = QPointF(self._pane().width() / 2, self._pane().height() / 2)
        self._place = self._here().zoomed(_ZOOM**notches, at or middle)
        self._refresh()

    # Drawing off the window's thread

    def _refresh(self) -> None:
        self.setAccessibleDescription(tr(self._described()))
        wanted = self._wanted()
        if self.isVisible() and self._asked is None and wanted != self._drawn:
            self._ask(wanted)
        self.update()

    def _ask(self, wanted: Sight) -> None:
        self._asked = wanted
        work = partial(_drawn, self._draw, self._designs, wanted)
        self._run(work, partial(self._arrived, wanted), self._not_drawn)

    def _arrived(self, asked: Sight, images: list[QImage | None]) -> None:
        self._asked = None
        if not isValid(self):
            return  # closed while it was drawn
        if asked.turn == self._turn:
            self._images, self._drawn = images, asked
        self._refresh()

    def _not_drawn(self, error: Exception) -> None:
        self._asked = None
        if isValid(self):
            self.failed.emit(error)

    def _wanted(self) -> Sight:
        size = self._pane().toSize()
        return Sight(self._here(), size, self.devicePixelRatioF(), self._turn)

    def _pane(self) -> QSizeF:
        beside = self._mode is Mode.BESIDE
        return QSizeF(self.width() // 2 if beside else self.width(), self.height())

    def _here(self) -> Place:
        if self._place is not None:
            return self._place
        radii = [each.outer_diameter_mm / 2 for each in self._designs if each is not None]
        radii += [mark.span.outer_mm for mark in self._marks.values()]
        return whole(max(radii, default=50.0) + _MARGIN_MM, self._pane())

    def _described(self) -> str:
        names = ("over each other", "in turn", "one wiped off the other", "side by side")
        told = [f"ring {name}" for name, mark in self._marks.items() if mark.differs]
        what = f"These differ: {', '.join(told)}." if told else "No ring differs."
        look = f" Framed: ring {self._looked_at}." if self._looked_at else ""
        return f"a and b {names[self._mode]}. {what}{look}"

    # Painting

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paints = (self._paint_overlay, self._paint_blink, self._paint_wipe, self._paint_beside)
        paints[self._mode](painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(style.tokens().accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_overlay(self, painter: QPainter) -> None:
        self._paint_side(painter, 0)
        painter.setOpacity(self._share / 100 if None not in self._images else 1.0)
        self._paint_side(painter, 1)
        painter.setOpacity(1.0)
        if None not in self._designs:
            paint_marks(painter, self._marks, self._here())
            paint_legend(painter, QPointF(8, self.height() - 8))
        self._frame(painter, None)

    def _paint_blink(self, painter: QPainter) -> None:
        self._paint_side(painter, self._phase)
        self._frame(painter, self._phase)
        paint_tag(painter, QPointF(8, 8), self._phase, "" if self.is_blinking else "stopped")

    def _paint_wipe(self, painter: QPainter) -> None:
        at = self.width() * (100 - self._share) / 100
        self._paint_side(painter, 0)
        painter.save()
        painter.setClipRect(QRectF(at, 0, self.width() - at, self.height()))
        painter.fillRect(self.rect(), QColor(style.tokens().canvas))
        self._paint_side(painter, 1)
        painter.restore()
        self._frame(painter, None)
        for colour, width in ((style.HALO, 5), (style.LOOKED_AT, 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(at, 0), QPointF(at, self.height()))
        paint_tag(painter, QPointF(at - 36, 8), 0)
        paint_tag(painter, QPointF(at + 6, 8), 1)

    def _paint_beside(self, painter: QPainter) -> None:
        pane = self._pane()
        for side in (0, 1):
            painter.save()
            painter.translate(side * (self.width() - pane.width()), 0)
            painter.setClipRect(QRectF(0, 0, pane.width() - 1, pane.height()))
            self._paint_side(painter, side)
            self._frame(painter, side)
            paint_tag(painter, QPointF(8, 8), side)
            painter.restore()

    def _frame(self, painter: QPainter, side: int | None) -> None:
        mark = self._marks.get(self._looked_at or "")
        if mark is not None:
            paint_highlight(painter, mark, side, self._here())

    def _paint_side(self, painter: QPainter, side: int) -> None:
        """Draw the picture at hand; one of another place is shifted until the right one comes."""
        image, drawn = self._images[side], self._drawn
        if image is None or drawn is None:
            words = _DRAWING if self._designs[side] is not None else f"{'ab'[side]}: {_NO_DESIGN}"
            painter.setPen(QColor(style.tokens().muted))
            rect = QRectF(QPointF(0, 0), self._pane())
            rect.adjust(0, 40 + 28 * side, 0, 0)
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter, tr(words))
            return
        here = self._here()
        scale = here.px_per_mm / drawn.place.px_per_mm
        painter.save()
        painter.translate(here.centre_x, here.centre_y)
        painter.scale(scale, scale)
        painter.translate(-drawn.place.centre_x, -drawn.place.centre_y)
        painter.drawImage(QPointF(0, 0), image)
        painter.restore()

    def _next_phase(self) -> None:
        self._phase = 1 - self._phase
        self.update()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers():
            super().keyPressEvent(event)
        else:
            self.slide(step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = event.position()
        pane = self._pane().width()
        inside = QPointF(at.x() % pane, at.y()) if self._mode is Mode.BESIDE else at
        self.zoom(event.angleDelta().y() / _NOTCH, inside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()
        self._drag_wipe(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        if self._mode is not Mode.WIPE:
            self._place = self._here().panned(event.position() - self._dragged)
            self._dragged = event.position()
            self._refresh()
        self._drag_wipe(event)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._dragged = None

    def _drag_wipe(self, event: QMouseEvent) -> None:
        if self._mode is Mode.WIPE:
            self.set_share(round(100 - 100 * event.position().x() / max(1, self.width())))

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._refresh()
        if self._mode is Mode.BLINK:
            self._blink.start()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._blink.stop()


def _drawn(
    draw: Draw, designs: tuple[RosetteParamSpec | None, RosetteParamSpec | None], asked: Sight
) -> list[QImage | None]:
    return [None if one is None else draw(side, one, asked) for side, one in enumerate(designs)]
