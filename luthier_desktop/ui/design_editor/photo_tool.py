"""The photograph of each open design: shown, moved by hand, brought to scale by two points."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor import overlay
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.photo import Photo, PhotoImage, paint_photo
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.design_editor.viewport import Viewport

START_SHARE = 1.25
CROSS_PX = 7.0
LEAST_APART_MM = 0.5
OUTLINE_ALPHA = 0.85


class Mode(StrEnum):
    """What the left button does to the photo."""

    NOTHING = "nothing"
    MOVE = "move"
    CALIBRATE = "calibrate"


class _Shown(NamedTuple):
    """What the kept picture of the photo depends on."""

    photo: Photo
    view: View
    size: QSize


class PhotoTool(QObject):
    """The photo of the design that is shown; ``changed`` comes with every change of it.

    ``measured`` comes when two points are clicked, and asks how far they lie apart.
    """

    changed = Signal()
    measured = Signal()

    def __init__(self, canvas: QWidget, document: DesignDocument, viewport: Viewport) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._document = document
        self._viewport = viewport
        self._photos: WeakKeyDictionary[OpenDesign, Photo] = WeakKeyDictionary()
        self._mode = Mode.NOTHING
        self._from: QPointF | None = None
        self._before: Photo | None = None
        self._points: tuple[QPointF, ...] = ()
        self._kept: tuple[_Shown, QPixmap] | None = None
        document.switched.connect(self._switch)

    @property
    def photo(self) -> Photo | None:
        """The photo under the design that is shown."""
        return self._photos.get(self._document.open_design)

    @property
    def mode(self) -> Mode:
        """What the left button does to the photo now."""
        return self._mode

    @property
    def points(self) -> tuple[QPointF, ...]:
        """The places clicked so far to bring the photo to scale, in mm."""
        return self._points

    def lay(self, image: PhotoImage, design: OpenDesign) -> None:
        """Put a photograph under *design*, about as large as its rosette."""
        width_mm = START_SHARE * design.shown.outer_diameter_mm
        self._photos[design] = Photo(image, width_mm)
        self.work(Mode.NOTHING)

    def remove(self) -> None:
        """Take the photo away."""
        self._photos.pop(self._document.open_design, None)
        self._kept = None
        self.work(Mode.NOTHING)

    def place(self, change: Callable[[Photo], Photo]) -> None:
        """Place the photo as *change* says."""
        if self.photo is not None:
            self._photos[self._document.open_design] = change(self.photo)
            self.changed.emit()

    def work(self, mode: Mode) -> None:
        """Let the left button move the photo, set points, or leave it alone."""
        fixed = self.photo is None or self.photo.locked
        self._mode = Mode.NOTHING if fixed else mode
        self._from, self._points = None, ()
        self.changed.emit()

    def calibrate(self, distance_mm: float) -> None:
        """Scale the photo so that the two points lie so far apart."""
        if self.photo is not None and len(self._points) == 2:
            one, other = self._points
            self.place(lambda photo: photo.calibrated(one, other, distance_mm))
            self.work(Mode.NOTHING)

    def cancel(self) -> bool:
        """Give up a move, the points, then the mode; True when there was one."""
        if self._from is not None and self._before is not None:
            before, self._from = self._before, None
            self.place(lambda _: before)
        elif self._mode is not Mode.NOTHING:
            self.work(Mode.NOTHING)
        else:
            return False
        return True

    def press(self, event: QMouseEvent) -> bool:
        """Take the photo, or set a point."""
        if self._mode is Mode.NOTHING:
            return False
        if self._mode is Mode.MOVE:
            self._from, self._before = event.position(), self.photo
        else:
            self._set_point(self._viewport.view.to_mm(event.position()))
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Move the photo with the hand."""
        if self._from is None:
            return self._mode is not Mode.NOTHING
        by = (event.position() - self._from) / self._viewport.view.px_per_mm
        self._from = event.position()
        self.place(lambda photo: photo.moved(by))
        return True

    def release(self) -> bool:
        """Let the photo lie where it is."""
        self._from = None
        return self._mode is not Mode.NOTHING

    def paint(self, painter: QPainter) -> None:
        """Draw the photo over the wood, the outlines of the rings over it, and the points."""
        photo = self.photo
        if photo is None:
            return
        if photo.opacity > 0:
            painter.setOpacity(photo.opacity)
            painter.drawPixmap(0, 0, self._pixmap(photo))
            painter.setOpacity(1.0)
            self._paint_outlines(painter)
        for point in self._points:
            _paint_cross(painter, self._viewport.view.to_px(point.x(), point.y()))
        if len(self._points) == 2:
            one, other = (self._viewport.view.to_px(at.x(), at.y()) for at in self._points)
            painter.setPen(QPen(QColor(style.tokens().accent), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(one, other)

    def _set_point(self, place_mm: QPointF) -> None:
        first = self._points[:1] if len(self._points) == 1 else ()
        if first and (first[0] - place_mm).manhattanLength() < LEAST_APART_MM:
            return
        self._points = (*first, place_mm)
        self.changed.emit()
        if len(self._points) == 2:
            self.measured.emit()

    def _switch(self) -> None:
        self._kept = None
        self.work(Mode.NOTHING)

    def _pixmap(self, photo: Photo) -> QPixmap:
        """Return the photo as it lies in the widget, drawn once for each place and view."""
        shown = _Shown(photo._replace(opacity=1.0), self._viewport.view, self._canvas.size())
        if self._kept is None or self._kept[0] != shown:
            ratio = self._canvas.devicePixelRatioF()
            pixmap = QPixmap(shown.size * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            paint_photo(painter, photo, shown.view.transform())
            painter.end()
            self._kept = (shown, pixmap)
        return self._kept[1]

    def _paint_outlines(self, painter: QPainter) -> None:
        view = self._viewport.view
        colour = QColor(style.tokens().accent)
        colour.setAlphaF(OUTLINE_ALPHA)
        painter.setPen(QPen(colour, overlay.MARK_PX))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radii = ring_radii(self._document.design)
        for radius_mm in {edge for ring in radii for edge in ring}:
            radius_px = radius_mm * view.px_per_mm
            painter.drawEllipse(view.to_px(0.0, 0.0), radius_px, radius_px)


def _paint_cross(painter: QPainter, at: QPointF) -> None:
    box = QRectF(0, 0, 2 * CROSS_PX, 2 * CROSS_PX)
    box.moveCenter(at)
    for colour, width in ((style.tokens().on_accent, 3.5), (style.tokens().accent, 1.6)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.bottomLeft(), box.topRight())
