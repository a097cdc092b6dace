"""Where a compared design lies on its picture: one scale and one centre for both."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

LEAST_PX_PER_MM, MOST_PX_PER_MM = 0.5, 200.0
_FIT_SHARE = 0.94
_ROUND_RING = 2.5
_LEAST_REACH_MM = 4.0


class Place(NamedTuple):
    """A uniform scale and where the soundhole's centre lies, in logical pixels."""

    px_per_mm: float
    centre_x: float
    centre_y: float

    def transform(self) -> QTransform:
        """Return the transform from millimetres to pixels."""
        scale = self.px_per_mm
        return QTransform(scale, 0, 0, scale, self.centre_x, self.centre_y)

    def zoomed(self, factor: float, at: QPointF) -> Place:
        """Return the place scaled by *factor*; what lies under *at* stays there."""
        wanted = self.px_per_mm * factor
        scale = min(MOST_PX_PER_MM, max(LEAST_PX_PER_MM, wanted))
        share = scale / self.px_per_mm
        return Place(
            scale,
            at.x() + (self.centre_x - at.x()) * share,
            at.y() + (self.centre_y - at.y()) * share,
        )

    def panned(self, by: QPointF) -> Place:
        """Return the place moved by so many pixels."""
        return Place(self.px_per_mm, self.centre_x + by.x(), self.centre_y + by.y())


def whole(radius_mm: float, size: QSizeF) -> Place:
    """Return the place that shows everything up to *radius_mm*."""
    side = max(1.0, min(size.width(), size.height()))
    return Place(_FIT_SHARE * side / (2 * radius_mm), size.width() / 2, size.height() / 2)


def on_band(inner_mm: float, outer_mm: float, size: QSizeF) -> Place:
    """Return the place that shows a band large, where it crosses 3 o'clock."""
    reach_mm = max(_LEAST_REACH_MM, _ROUND_RING * (outer_mm - inner_mm) / 2)
    scale = min(MOST_PX_PER_MM, min(size.width(), size.height()) / (2 * reach_mm))
    middle_mm = (inner_mm + outer_mm) / 2
    return Place(scale, size.width() / 2 - middle_mm * scale, size.height() / 2)
