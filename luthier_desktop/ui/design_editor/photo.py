"""A photograph under the drawing: its picture in several sizes, and where it lies."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QTransform

START_OPACITY = 0.5
LEAST_WIDTH_MM, MOST_WIDTH_MM = 1.0, 20_000.0


class PhotoImage(NamedTuple):
    """A photograph's pixels, each size half of the one before; *told*: what was done to it."""

    name: str
    levels: tuple[QImage, ...]
    told: str = ""

    @property
    def width_px(self) -> int:
        """The width of the largest size."""
        return self.levels[0].width()

    @property
    def height_px(self) -> int:
        """The height of the largest size."""
        return self.levels[0].height()


class Photo(NamedTuple):
    """A photograph and its place on the top; it belongs to the view, never to the design."""

    image: PhotoImage
    width_mm: float
    centre_x_mm: float = 0.0
    centre_y_mm: float = 0.0
    turn_deg: float = 0.0
    opacity: float = START_OPACITY
    locked: bool = False

    @property
    def mm_per_px(self) -> float:
        """How many mm of the guitar one pixel shows."""
        return self.width_mm / self.image.width_px

    def transform(self) -> QTransform:
        """Return the transform from the photo's pixels to millimetres."""
        placed = QTransform.fromTranslate(self.centre_x_mm, self.centre_y_mm)
        placed.rotate(self.turn_deg)
        placed.scale(self.mm_per_px, self.mm_per_px)
        placed.translate(-self.image.width_px / 2, -self.image.height_px / 2)
        return placed

    def moved(self, by_mm: QPointF) -> Photo:
        """Return the photo moved by so many mm."""
        return self._replace(
            centre_x_mm=round(self.centre_x_mm + by_mm.x(), 6),
            centre_y_mm=round(self.centre_y_mm + by_mm.y(), 6),
        )

    def calibrated(self, one_mm: QPointF, other_mm: QPointF, distance_mm: float) -> Photo:
        """Return the photo scaled so that two of its places lie *distance_mm* apart.

        The first place stays where it is.
        """
        apart_mm = math.hypot(other_mm.x() - one_mm.x(), other_mm.y() - one_mm.y())
        wanted_mm = self.width_mm * distance_mm / max(apart_mm, 1e-9)
        width_mm = min(MOST_WIDTH_MM, max(LEAST_WIDTH_MM, wanted_mm))
        share = width_mm / self.width_mm
        return self._replace(
            width_mm=width_mm,
            centre_x_mm=one_mm.x() + (self.centre_x_mm - one_mm.x()) * share,
            centre_y_mm=one_mm.y() + (self.centre_y_mm - one_mm.y()) * share,
        )


def paint_photo(painter: QPainter, photo: Photo, to_px: QTransform) -> None:
    """Draw the photo in the size that has just enough pixels."""
    whole = photo.transform() * to_px
    shown = math.hypot(whole.m11(), whole.m12())
    levels = photo.image.levels
    level = min(len(levels) - 1, max(0, math.floor(-math.log2(max(shown, 1e-9)))))
    image = levels[level]
    painter.save()
    painter.setTransform(whole)
    painter.scale(photo.image.width_px / image.width(), photo.image.height_px / image.height())
    painter.drawImage(0, 0, image)
    painter.restore()
