"""The cached picture of the rosette: a step of a drag repaints from the changed ring outwards."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.outlines import annulus_path
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.ring_paths import PathCache, RingPaths
from luthier_desktop.ui.design_editor.surroundings import (
    Surroundings,
    paint_board,
    paint_soundhole,
    paint_top,
)
from luthier_desktop.ui.design_editor.view import View


class Frame(NamedTuple):
    """What the whole picture depends on besides the rings."""

    view: View
    size: QSize
    pixel_ratio: float
    around: Surroundings


class Picture:
    """Keeps three pixmaps: the top alone, the rings below the changed one, and everything."""

    def __init__(self, materials: MaterialCatalogue) -> None:
        self.paints = Paints(materials)
        self._paths = PathCache()
        self._frame: Frame | None = None
        self._rings: tuple[RingPaths, ...] = ()
        self._top = QPixmap()
        self._below = QPixmap()
        self._below_count = 0
        self._whole = QPixmap()

    def pixmap(self, design: RosetteParamSpec, frame: Frame) -> QPixmap:
        """Return the picture of *design*, painting only what changed since the last call."""
        rings = self._paths.rings(design)
        if frame != self._frame:
            self._begin(frame)
            self._paint_rings(rings, 0)
        elif len(rings) != len(self._rings) or any(
            new is not old for new, old in zip(rings, self._rings, strict=True)
        ):
            self._paint_rings(rings, _first_change(self._rings, rings))
        return self._whole

    def _begin(self, frame: Frame) -> None:
        self._frame = frame
        self.paints.zoom_to(frame.view.px_per_mm * frame.pixel_ratio)
        self._rings = ()
        self._top = QPixmap(frame.size * frame.pixel_ratio)
        self._top.setDevicePixelRatio(frame.pixel_ratio)
        with _painter(self._top, frame) as painter:
            paint_top(painter, frame.around, _area_mm(frame), self.paints)
        self._below, self._below_count = self._top, 0

    def _paint_rings(self, rings: tuple[RingPaths, ...], first: int) -> None:
        assert self._frame is not None  # pixmap() sets it before
        if first < self._below_count:
            self._below, self._below_count = self._top, 0
        if first > self._below_count:
            self._below = self._painted(self._below, rings[self._below_count : first])
            self._below_count = first
        self._rings = rings
        self._whole = self._painted(self._below, rings[first:], finish=True)

    def _painted(
        self, ground: QPixmap, rings: tuple[RingPaths, ...], *, finish: bool = False
    ) -> QPixmap:
        assert self._frame is not None  # pixmap() sets it before
        result = ground.copy()
        with _painter(result, self._frame) as painter:
            for ring in rings:
                paint_ring(painter, ring, self.paints)
            if finish:
                paint_soundhole(painter, self._frame.around, self.paints)
                area = _area_mm(self._frame)
                paint_board(painter, self._frame.around, area, self.paints)
        return result


def paint_ring(painter: QPainter, ring: RingPaths, paints: Paints) -> None:
    """Fill the ring piece by piece over the dark of its glue joints."""
    if not ring.pieces:
        return
    woods = {piece.material_id for piece in ring.pieces}
    joint = min((paints.colour(wood) for wood in woods), key=lambda colour: colour.lightness())
    painter.fillPath(annulus_path(ring.radii), joint.darker(115))
    fill = painter.fillPath
    brush = paints.brush
    for path, material_id, grain_deg, area_mm2 in ring.pieces:
        fill(path, brush(material_id, grain_deg, area_mm2))


def _first_change(old: tuple[RingPaths, ...], new: tuple[RingPaths, ...]) -> int:
    for position, (before, after) in enumerate(zip(old, new, strict=False)):
        if before is not after:
            return position
    return min(len(old), len(new))


def _painter(target: QPixmap, frame: Frame) -> QPainter:
    painter = QPainter(target)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setTransform(frame.view.transform())
    painter.setPen(Qt.PenStyle.NoPen)
    return painter


def _area_mm(frame: Frame) -> QRectF:
    inverse, _ = frame.view.transform().inverted()
    return inverse.mapRect(QRectF(0, 0, frame.size.width(), frame.size.height()))
