"""The design of a run as it was recorded, drawn true to scale; painted elsewhere, shown here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from luthier_desktop.domain.lengths import Unit
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, shown
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.pauses import pause

_WAIT_MS = 60
_BARS = {Unit.MM: (100.0, 50.0, 20.0, 10.0, 5.0), Unit.INCH: (4.0, 2.0, 1.0, 0.5, 0.25)}
_BAR_SHARE = 0.3


class _Sheet(QWidget):
    """Shows the image, and a bar that says how long so many millimetres are."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("runDrawing")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(GRID * 30, GRID * 20)
        self.image: QImage | None = None
        self.px_per_mm = 0.0

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image is None:
            painter.fillRect(self.rect(), self.palette().alternateBase())
        else:
            painter.drawImage(0, 0, self.image)
            _paint_bar(painter, self.rect().height(), self.width(), self.px_per_mm)
        painter.end()


def _paint_bar(painter: QPainter, height: int, width: int, px_per_mm: float) -> None:
    unit = units.unit()
    each_px = px_per_mm * unit.in_mm
    length = next((one for one in _BARS[unit] if one * each_px <= _BAR_SHARE * width), 0.0)
    if not length:
        return
    long_mm = length * unit.in_mm
    left, bottom = GRID * 2.0, height - GRID * 2.0
    text = f"{length:g} mm" if unit is Unit.MM else units.brief(long_mm)
    room = QRectF(left, bottom - GRID * 6, max(long_mm * px_per_mm, GRID * 20), GRID * 5)
    for colour, thick in ((QColor("white"), 4.0), (QColor("black"), 1.6)):
        painter.setPen(QPen(colour, thick))
        painter.drawLine(QPointF(left, bottom), QPointF(left + long_mm * px_per_mm, bottom))
    painter.setPen(QColor("black"))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, tr(text))


class RunDrawing(QWidget):
    """Asks with ``wanted(design, size, pixel_ratio)`` for a picture when it is in sight."""

    wanted = Signal(object, object, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runDesign")
        self._design: RosetteParamSpec | None = None
        self._pause = pause(self, _WAIT_MS)
        self._pause.timeout.connect(self._ask)
        self._note = PlainLabel("", self)
        self._note.setObjectName("runDesignNote")
        self._note.setWordWrap(True)
        self._sheet = _Sheet(self)
        self._sheet.resized.connect(self._want)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._sheet, 1)
        column.addWidget(self._note)
        column.addStretch(0)
        self.setFocusProxy(self._sheet)
        units.display().changed.connect(self._describe)

    def show_design(self, design: RosetteParamSpec | None, note: str) -> None:
        """Draw *design* as soon as it is in sight; without one *note* says why."""
        if design is not None and design == self._design:
            return
        self._design, self._sheet.image = design, None
        self._sheet.setVisible(design is not None)
        self._note.setText(tr(note))
        self._describe()
        self._sheet.update()
        self._want()

    def show_image(self, design: RosetteParamSpec, image: QImage, px_per_mm: float) -> None:
        """Show the picture that was asked for, unless another run is shown by now."""
        if design is self._design and image.deviceIndependentSize().toSize() == self._size():
            self._sheet.image, self._sheet.px_per_mm = image, px_per_mm
            self._sheet.update()

    def image(self) -> QImage | None:
        """Return the picture that is shown."""
        return self._sheet.image

    def _size(self) -> QSize:
        return self._sheet.size()

    def _want(self) -> None:
        if self._design is not None and self.isVisible():
            self._pause.start()

    def _ask(self) -> None:
        if self._design is not None and self.isVisible() and not self._size().isEmpty():
            self.wanted.emit(self._design, self._size(), self.devicePixelRatioF())

    def _describe(self) -> None:
        if self._design is None:
            self._sheet.setAccessibleName(tr("No drawing"))
            return
        text = described(self._design)
        self._note.setText(tr(text))
        self._sheet.setAccessibleName(tr(f"The recorded design as it looks. {text}"))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()


def described(design: RosetteParamSpec) -> str:
    """Say in words what is drawn."""
    count = len(design.ring_params)
    sizes = (
        f"{units.brief(design.inner_diameter_mm)} to "
        f"{units.brief(design.outer_diameter_mm)} across"
    )
    rings = "1 ring" if count == 1 else f"{count} rings"
    name = f"{shown(design.name)} · " if design.name else ""
    return f"{name}{rings} · {sizes}"
