"""The cached picture of the rosette: a step of a drag repaints from the changed ring outwards."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.outlines import annulus_path
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.ring_painting import paint_ring
from luthier_desktop.ui.design_editor.ring_paths import SAME_MM, PathCache, Pieces, RingPaths
from luthier_desktop.ui.design_editor.surroundings import (
    Surroundings,
    paint_board,
    paint_soundhole,
    paint_top,
)
from luthier_desktop.ui.design_editor.view import View

MOST_LAYERS = 16
"""Each takes as much memory as the canvas; what is beyond is painted every time."""
SHARP_PX = 0.5
"""A ring that stands in is cut to its edges when they are farther off than this."""


class Frame(NamedTuple):
    """What the whole picture depends on besides the rings."""

    view: View
    size: QSize
    pixel_ratio: float
    around: Surroundings

    @property
    def ground(self) -> tuple[View, QSize, float]:
        """What the picture of a ring alone depends on."""
        return self.view, self.size, self.pixel_ratio


class Picture:
    """Keeps pixmaps: the top alone, the rings below the changed one, heavy rings, everything."""

    def __init__(self, materials: MaterialCatalogue) -> None:
        self.paints = Paints(materials)
        self._paths = PathCache()
        self._frame: Frame | None = None
        self._rings: tuple[RingPaths, ...] = ()
        self._top = QPixmap()
        self._below = QPixmap()
        self._below_count = 0
        self._whole = QPixmap()
        self._layers: dict[str, _Layer] = {}

    def pixmap(self, design: RosetteParamSpec, frame: Frame, *, hurried: bool) -> QPixmap:
        """Return the picture of *design*, painting only what changed since the last call.

        *hurried*: rings that were only moved are shifted, to be drawn anew by the next call.
        """
        rings = self._paths.rings(design, hurried=hurried)
        if frame != self._frame:
            self._begin(frame)
            self._paint_rings(rings, frame, 0)
        elif len(rings) != len(self._rings) or any(
            new is not old for new, old in zip(rings, self._rings, strict=True)
        ):
            self._paint_rings(rings, frame, _first_change(self._rings, rings))
        return self._whole

    def _begin(self, frame: Frame) -> None:
        if self._frame is None or frame.ground != self._frame.ground:
            self._layers.clear()
        self._frame = frame
        self.paints.zoom_to(frame.view.px_per_mm * frame.pixel_ratio)
        self._rings = ()
        self._top = _blank(frame, self.paints.colour(frame.around.top_material_id))
        with _painter(self._top, frame) as painter:
            paint_top(painter, frame.around, _area_mm(frame), self.paints)
        self._below, self._below_count = self._top, 0

    def _paint_rings(self, rings: tuple[RingPaths, ...], frame: Frame, first: int) -> None:
        if first < self._below_count:
            self._below, self._below_count = self._top, 0
        if first > self._below_count:
            below = self._below.copy()
            with _painter(below, frame) as painter:
                self._paint_some(painter, rings[self._below_count : first], frame)
            self._below, self._below_count = below, first
        self._rings = rings
        self._whole = self._below.copy()
        with _painter(self._whole, frame) as painter:
            self._paint_some(painter, rings[first:], frame)
            paint_soundhole(painter, frame.around, self.paints)
            paint_board(painter, frame.around, _area_mm(frame), self.paints)
        shown = {ring.ring.identity for ring in rings}
        self._layers = {key: layer for key, layer in self._layers.items() if key in shown}

    def _paint_some(
        self, painter: QPainter, rings: tuple[RingPaths, ...], frame: Frame
    ) -> None:
        for ring in rings:
            known = ring.ring.identity in self._layers
            if ring.is_heavy and (known or len(self._layers) < MOST_LAYERS):
                self._paint_layer(painter, ring, frame)
            else:
                paint_ring(painter, ring, self.paints)

    def _paint_layer(self, painter: QPainter, ring: RingPaths, frame: Frame) -> None:
        """Put a heavy ring's kept picture where the ring lies now, within its new edges."""
        layer = self._layers.get(ring.ring.identity)
        if layer is None or layer.pieces is not ring.pieces:
            pixmap = _blank(frame, Qt.GlobalColor.transparent)
            layer = _Layer(ring.pieces, ring.built, pixmap)
            with _painter(layer.pixmap, frame) as inner:
                paint_ring(inner, ring._replace(radii=ring.built), self.paints)
            self._layers[ring.ring.identity] = layer
        if ring.is_exact:
            painter.save()
            painter.resetTransform()
            painter.drawPixmap(0, 0, layer.pixmap)
            painter.restore()
        for radii, scale in _stretches(ring):
            _paint_stretch(painter, layer, frame.view, radii, scale)


class _Layer(NamedTuple):
    """The picture of one heavy ring, the pieces that it shows, and where it shows them."""

    pieces: Pieces
    radii: RingRadii
    pixmap: QPixmap


def _stretches(ring: RingPaths) -> list[tuple[RingRadii, float]]:
    """Return between which radii the kept picture stands in for the ring, and how far scaled.

    Of a ring that is wider or narrower now, each half goes with its own edge.
    """
    if ring.is_exact:
        return []
    radii, built = ring.radii, ring.built
    if abs(radii.width_mm - built.width_mm) < SAME_MM:
        return [(radii, ring.scale)]
    return [
        (RingRadii(radii.inner_mm, radii.mean_mm), radii.inner_mm / built.inner_mm),
        (RingRadii(radii.mean_mm, radii.outer_mm), radii.outer_mm / built.outer_mm),
    ]


def _paint_stretch(
    painter: QPainter, layer: _Layer, view: View, radii: RingRadii, scale: float
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    off_mm = max(abs(scale * edge - now) for edge, now in zip(layer.radii, radii, strict=True))
    if off_mm * view.px_per_mm > SHARP_PX:
        painter.setClipPath(annulus_path(radii))
    painter.resetTransform()
    painter.translate(view.centre_x, view.centre_y)
    painter.scale(scale, scale)
    painter.drawPixmap(QPointF(-view.centre_x, -view.centre_y), layer.pixmap)
    painter.restore()


def _blank(frame: Frame, colour: QColor | Qt.GlobalColor) -> QPixmap:
    pixmap = QPixmap(frame.size * frame.pixel_ratio)
    pixmap.setDevicePixelRatio(frame.pixel_ratio)
    pixmap.fill(colour)
    return pixmap


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
