"""Paints that look like the materials of the catalogue: one cached sheet a material."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QImage, QPalette, QTransform

from luthier_desktop.domain.materials import Look, MaterialCatalogue
from luthier_desktop.ui.design_editor.wood_figures import (
    SHEET_MM,
    SHEET_PX_PER_MM,
    as_raw,
    draw_sheet,
)
from luthier_desktop.ui.design_editor.wood_means import MEANS

_COARSER = 3
_KEPT_SHEETS = 32


class _Sort(NamedTuple):
    """What makes one sheet different from another; ``halvings`` of its resolution."""

    material_id: str
    finished: bool
    end_grain: bool
    halvings: int


class WoodPaints:
    """Brushes for the pieces of a rosette.

    A sheet is drawn when its material is first asked for and kept; a brush is that sheet, turned
    to the piece's grain. Coarser copies serve small scales, so that fine grain does not flicker.
    """

    def __init__(self, materials: MaterialCatalogue) -> None:
        self._materials = materials
        self._sheets: dict[_Sort, QImage] = {}
        self._plain: dict[tuple[str, bool], QColor] = {}

    def take(self, materials: MaterialCatalogue) -> None:
        """Draw the sheets of another catalogue from now on."""
        self._materials = materials
        self._sheets.clear()
        self._plain.clear()

    def brush(
        self,
        material_id: str,
        grain_deg: float,
        origin: QPointF,
        px_per_mm: float,
        finished: bool = True,
    ) -> QBrush:
        """Return a brush whose grain runs at *grain_deg*, clockwise from straight up.

        *origin* is where the sheet is pinned, in the painter's units, of which *px_per_mm* make a
        mm. Which part of the sheet shows follows from the angle, so that pieces round a ring are
        not all alike; panning and zooming leave it where it is.
        """
        sort = _Sort(material_id, finished, False, _halvings(px_per_mm))
        return self._turned(sort, grain_deg, origin, px_per_mm)

    def end_grain_brush(
        self,
        material_id: str,
        grain_deg: float,
        origin: QPointF,
        px_per_mm: float,
        finished: bool = True,
    ) -> QBrush:
        """Return the brush of a slice that was cut across the grain, as in a mosaic."""
        sort = _Sort(material_id, finished, True, _halvings(px_per_mm))
        return self._turned(sort, grain_deg, origin, px_per_mm)

    def plain_colour(self, material_id: str, finished: bool = True) -> QColor:
        """Return the mean colour of a material, for pieces of a few pixels."""
        known = self._plain.get((material_id, finished))
        if known is None:
            known = self._plain[material_id, finished] = self._mean(material_id, finished)
        return known

    def drawn_mean(self, material_id: str, finished: bool = True) -> QColor:
        """Return the mean of all pixels of a known material's sheet."""
        sheet = self._sheet(_Sort(material_id, finished, False, 0))
        one = sheet.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
        return one.pixelColor(0, 0)

    def _turned(self, sort: _Sort, grain_deg: float, origin: QPointF, px_per_mm: float) -> QBrush:
        if self._materials.get(sort.material_id) is None:
            return _unknown()
        sheet = self._sheet(sort)
        brush = QBrush(sheet)
        scale = px_per_mm * SHEET_MM / sheet.width()
        turned = QTransform.fromTranslate(origin.x(), origin.y()).rotate(grain_deg)
        turned.scale(scale, scale).translate(
            -(grain_deg * 0.618034 % 1.0) * sheet.width(),
            -(grain_deg * 0.381966 % 1.0) * sheet.height(),
        )
        brush.setTransform(turned)
        return brush

    def _mean(self, material_id: str, finished: bool) -> QColor:
        material = self._materials.get(material_id)
        if material is None:
            return _unknown().color()
        if material_id not in MEANS:
            return self.drawn_mean(material_id, finished)
        mean = QColor(MEANS[material_id])  # ids of what ships are closed to own materials
        return mean if finished else as_raw(mean, material.look)

    def _sheet(self, sort: _Sort) -> QImage:
        sheet = self._sheets.get(sort)
        if sheet is None:
            sheet = self._sheets[sort] = self._draw(sort)
        return sheet

    def _draw(self, sort: _Sort) -> QImage:
        if sort.halvings:
            finer = self._sheet(sort._replace(halvings=sort.halvings - 1))
            return finer.scaled(finer.size() / 2, mode=Qt.TransformationMode.SmoothTransformation)
        material = self._materials.get(sort.material_id)
        assert material is not None  # brush() and plain_colour() ask for known materials only
        return _drawn(material.look, sort)


@lru_cache(maxsize=_KEPT_SHEETS)
def _drawn(look: Look, sort: _Sort) -> QImage:
    """Draw a sheet once for all views: equal arguments give equal bytes, and nobody paints in."""
    return draw_sheet(look, sort.material_id, finished=sort.finished, end_grain=sort.end_grain)


def _halvings(px_per_mm: float) -> int:
    halvings = 0
    while halvings < _COARSER and px_per_mm * 2 ** (halvings + 1) <= SHEET_PX_PER_MM:
        halvings += 1
    return halvings


def _unknown() -> QBrush:
    palette = QGuiApplication.palette()
    return QBrush(palette.color(QPalette.ColorRole.Mid), Qt.BrushStyle.BDiagPattern)
