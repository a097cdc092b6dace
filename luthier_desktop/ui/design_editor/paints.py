"""Wood brushes for a painter that works in millimetres, kept for one zoom."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QPainterPath, QTransform

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.ui.design_editor.wood import WoodPaints

Fills = list[tuple[QPainterPath, QBrush]]
"""Paths with their brushes, found once for each zoom; ``fills`` keeps them by whose they are."""
LEAST_FIGURE_PX2 = 24.0
LARGE_MM2 = 1e6
"""The area of what is never too small for its figure."""
_ORIGIN = QPointF(0.0, 0.0)


class Paints:
    """Brushes in millimetres: pinned to the soundhole's centre, so that panning moves nothing."""

    def __init__(self, materials: MaterialCatalogue, wood: WoodPaints | None = None) -> None:
        self._materials = materials
        self._wood = wood or WoodPaints(materials)
        self.px_per_mm = 1.0
        self._is_finished = True
        self._brushes: dict[tuple[str, int, bool], QBrush] = {}
        self.fills: WeakKeyDictionary[object, Fills] = WeakKeyDictionary()
        self._plain: dict[str, QBrush] = {}

    def beside(self) -> Paints:
        """Return paints for another view, which zooms by itself, over the same sheets."""
        return Paints(self._materials, self._wood)

    def zoom_to(self, px_per_mm: float) -> None:
        """Choose the sheets for this scale, in device pixels."""
        if px_per_mm != self.px_per_mm:
            self.px_per_mm = px_per_mm
            self._brushes.clear()
            self.fills.clear()

    @property
    def is_finished(self) -> bool:
        """Whether materials are shown after finish, else raw."""
        return self._is_finished

    def show_finish(self, finished: bool) -> None:
        """Show materials after finish, or raw."""
        if finished != self._is_finished:
            self._is_finished = finished
            self._forget()

    def take(self, materials: MaterialCatalogue) -> None:
        """Draw the materials of another catalogue from now on."""
        self._materials = materials
        self._wood.take(materials)
        self._forget()

    def brush(
        self, material_id: str, grain_deg: float, area_mm2: float, end_grain: bool = False
    ) -> QBrush:
        """Return the brush for a piece: plain where it has only a few pixels.

        Whole degrees do for the eye, and make a drag find its brushes ready. *end_grain*: the
        piece was cut across its grain.
        """
        if self.is_plain(area_mm2):
            return self.plain(material_id)
        key = (material_id, round(grain_deg), end_grain)
        known = self._brushes.get(key)
        if known is None:
            known = self._brushes[key] = self._figured(*key)
        return known

    def is_plain(self, area_mm2: float) -> bool:
        """Return whether a piece has too few pixels for its figure."""
        return area_mm2 * self.px_per_mm**2 < LEAST_FIGURE_PX2

    def plain(self, material_id: str) -> QBrush:
        """Return the mean colour of a material as a brush."""
        known = self._plain.get(material_id)
        if known is None:
            known = self._plain[material_id] = QBrush(self.colour(material_id))
        return known

    def colour(self, material_id: str) -> QColor:
        """Return the mean colour of a material."""
        return self._wood.plain_colour(material_id, self._is_finished)

    def swatch(self, material_id: str, px_per_mm: float) -> QBrush:
        """Return a brush in pixels for a sample of the material, its grain lying across."""
        return self._wood.brush(material_id, 90.0, _ORIGIN, px_per_mm)

    def _forget(self) -> None:
        self._brushes.clear()
        self.fills.clear()
        self._plain.clear()

    def _figured(self, material_id: str, grain_deg: int, end_grain: bool) -> QBrush:
        draw = self._wood.end_grain_brush if end_grain else self._wood.brush
        brush = draw(material_id, grain_deg, _ORIGIN, self.px_per_mm, self._is_finished)
        shrink = 1.0 / self.px_per_mm
        brush.setTransform(brush.transform() * QTransform.fromScale(shrink, shrink))
        return brush
