"""A small picture of a whole rosette, as the canvas draws it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QPixmap

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.picture import Frame, Picture
from luthier_desktop.ui.design_editor.surroundings import surroundings
from luthier_desktop.ui.design_editor.view import fitted


def thumbnail(
    design: RosetteParamSpec, materials: MaterialCatalogue, side: int, pixel_ratio: float = 1.0
) -> QPixmap:
    """Draw *design* on a square of *side* logical pixels."""
    frame = whole_frame(design, side, pixel_ratio)
    return Picture(materials).pixmap(design, frame, hurried=False)


def whole_frame(design: RosetteParamSpec, side: int, pixel_ratio: float) -> Frame:
    """Return the frame that shows all of *design* on a square of *side* logical pixels."""
    outer_mm = [radii.outer_mm for radii in ring_radii(design)]
    radius_mm = max([design.outer_diameter_mm / 2, *outer_mm])
    area_mm = QRectF(-radius_mm, -radius_mm, 2 * radius_mm, 2 * radius_mm)
    view = fitted(area_mm, QSizeF(side, side))
    return Frame(view, QSize(side, side), pixel_ratio, surroundings(design, {}))
