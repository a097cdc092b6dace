"""Where the millimetres of the design lie on the widget: zoom, pan and fit."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

LEAST_PX_PER_MM = 0.5
MOST_PX_PER_MM = 400.0
FIT_SHARE = 0.92


class View(NamedTuple):
    """A uniform scale and the place of the soundhole's centre, in logical pixels."""

    px_per_mm: float
    centre_x: float
    centre_y: float

    def to_px(self, x_mm: float, y_mm: float) -> QPointF:
        """Return where a place of the design lies on the widget."""
        return QPointF(
            self.centre_x + x_mm * self.px_per_mm, self.centre_y + y_mm * self.px_per_mm
        )

    def to_mm(self, place: QPointF) -> QPointF:
        """Return which place of the design lies under a place of the widget."""
        return QPointF(
            (place.x() - self.centre_x) / self.px_per_mm,
            (place.y() - self.centre_y) / self.px_per_mm,
        )

    def transform(self) -> QTransform:
        """Return the transform from millimetres to pixels."""
        scale = self.px_per_mm
        return QTransform(scale, 0, 0, scale, self.centre_x, self.centre_y)

    def zoomed(self, factor: float, at: QPointF) -> View:
        """Return the view scaled by *factor*; the place under *at* stays where it is."""
        wanted = self.px_per_mm * factor
        scale = min(MOST_PX_PER_MM, max(LEAST_PX_PER_MM, wanted))
        share = scale / self.px_per_mm
        return View(
            scale,
            at.x() + (self.centre_x - at.x()) * share,
            at.y() + (self.centre_y - at.y()) * share,
        )

    def panned(self, by: QPointF) -> View:
        """Return the view moved by so many pixels."""
        return View(self.px_per_mm, self.centre_x + by.x(), self.centre_y + by.y())


def fitted(area_mm: QRectF, size: QSizeF) -> View:
    """Return the view that shows *area_mm* in the middle of a widget of this *size*."""
    width, height = max(1.0, size.width()), max(1.0, size.height())
    scale = FIT_SHARE * min(width / area_mm.width(), height / area_mm.height())
    scale = min(MOST_PX_PER_MM, max(LEAST_PX_PER_MM, scale))
    middle = area_mm.center()
    return View(scale, width / 2 - middle.x() * scale, height / 2 - middle.y() * scale)
