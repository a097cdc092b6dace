"""The kept pictures of heavy rings: painted once, shown again, and the largest bit by bit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.ring_painting import (
    Step,
    ground,
    mean_colour,
    paint_ring,
    steps,
)
from luthier_desktop.ui.design_editor.ring_paths import SAME_MM, Pieces, RingPaths
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.widgets.outlines import annulus_path

MOST_BYTES = 256 * 2**20
LEAST_LAYERS = 16
"""Each takes as much memory as the canvas; what is beyond is painted every time."""
SHARP_PX = 0.5
"""A ring that stands in is cut to its edges when they are farther off than this."""
PIXEL_BYTES = 4


class Ground(NamedTuple):
    """What the picture of a ring alone depends on."""

    view: View
    size: QSize
    pixel_ratio: float

    def blank(self, colour: QColor | Qt.GlobalColor) -> QPixmap:
        """Return a pixmap of this size, filled with *colour*."""
        pixmap = QPixmap(self.size * self.pixel_ratio)
        pixmap.setDevicePixelRatio(self.pixel_ratio)
        pixmap.fill(colour)
        return pixmap

    def painter(self, target: QPixmap) -> QPainter:
        """Return a painter in millimetres."""
        painter = QPainter(target)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setTransform(self.view.transform())
        painter.setPen(Qt.PenStyle.NoPen)
        return painter


class _Layer:
    """The picture of one heavy ring, and which pieces it shows where.

    *ahead*: the ring is in sight already; this is for when another one changes.
    """

    def __init__(
        self, ring: RingPaths, ground_: Ground, paints: Paints, *, ahead: bool = False
    ) -> None:
        self.ahead = ahead
        self.pieces: Pieces = ring.pieces
        self.radii = ring.built
        self.ground = ground_
        self.pixmap = ground_.blank(Qt.GlobalColor.transparent)
        self.is_done = False
        exact = ring._replace(radii=ring.built)
        first: Step = partial(ground, ring=exact, paints=paints)
        self._steps: Iterator[Step] = chain([first], steps(exact, paints))

    def paint(self, until: float | None = None) -> None:
        """Paint on until the clock says *until*, or to the end."""
        with self.ground.painter(self.pixmap) as painter:
            while not self.is_done:
                step = next(self._steps, None)
                if step is None:
                    self.is_done = True
                else:
                    step(painter)
                if until is not None and time.perf_counter() >= until:
                    break


class RingLayers:
    """Keeps one picture a heavy ring, by ring identity."""

    def __init__(self, paints: Paints) -> None:
        self._paints = paints
        self._layers: dict[str, _Layer] = {}
        self._older: dict[str, _Layer] = {}
        self._wanted: dict[str, tuple[RingPaths, Ground]] = {}

    @property
    def is_unfinished(self) -> bool:
        """Whether any ring in sight is still to be painted on."""
        return any(not (layer.is_done or layer.ahead) for layer in self._layers.values())

    @property
    def has_more(self) -> bool:
        """Whether there is anything to do for `advance`."""
        return bool(self._wanted) or any(not one.is_done for one in self._layers.values())

    def takes(self, ring: RingPaths, ground_: Ground) -> bool:
        """Return whether the ring is worth a picture of its own and there is room for it."""
        if not ring.is_heavy:
            return False
        pixels = ground_.size.width() * ground_.size.height() * ground_.pixel_ratio**2
        most = max(LEAST_LAYERS, int(MOST_BYTES / max(1.0, pixels * PIXEL_BYTES)))
        return ring.ring.identity in self._layers or len(self._layers) < most

    def keep_only(self, identities: set[str]) -> None:
        """Forget the pictures of other rings."""
        kept: tuple[dict[str, Any], ...] = (self._layers, self._older, self._wanted)
        for one in kept:
            for identity in one.keys() - identities:
                del one[identity]

    def begin_again(self, *, stand_in: bool) -> None:
        """Paint every ring anew; *stand_in*: show the old pictures until that is done."""
        if stand_in:
            done = {key: layer for key, layer in self._layers.items() if layer.is_done}
            self._older.update(done)
        self._layers.clear()
        self._wanted.clear()

    def draw(self, painter: QPainter, ring: RingPaths, ground_: Ground, *, patient: bool) -> None:
        """Put a ring's picture where the ring lies now; *patient*: it may be finished later."""
        layer = self._layer(ring, ground_)
        if not patient:
            layer.paint()
        if layer.is_done:
            self._older.pop(ring.ring.identity, None)
            self._draw_done(painter, layer, ring, ground_)
            return
        layer.ahead = False
        older = self._older.get(ring.ring.identity)
        if older is not None:
            _draw_elsewhere(painter, older, ground_.view)
        else:
            painter.fillPath(annulus_path(ring.radii), mean_colour(ring, self._paints))

    def paint_once(self, painter: QPainter, ring: RingPaths, ground_: Ground) -> None:
        """Paint the ring where it is seen at once; its picture is made when there is time."""
        if ring.ring.identity in self._layers or not ring.is_exact:
            self.draw(painter, ring, ground_, patient=False)
            return
        self._wanted[ring.ring.identity] = (ring, ground_)
        paint_ring(painter, ring, self._paints)

    def _layer(self, ring: RingPaths, ground_: Ground) -> _Layer:
        layer = self._layers.get(ring.ring.identity)
        if layer is None or layer.pieces is not ring.pieces:
            self._wanted.pop(ring.ring.identity, None)
            layer = self._layers[ring.ring.identity] = _Layer(ring, ground_, self._paints)
        return layer

    def _draw_done(
        self, painter: QPainter, layer: _Layer, ring: RingPaths, ground_: Ground
    ) -> None:
        if ring.is_exact:
            painter.save()
            painter.resetTransform()
            painter.drawPixmap(0, 0, layer.pixmap)
            painter.restore()
        for radii, scale in _stretches(ring):
            _draw_stretch(painter, layer, ground_.view, radii, scale)

    def advance(self, budget_s: float) -> bool:
        """Paint on for so long; True when a ring was finished."""
        until = time.perf_counter() + budget_s
        finished = False
        if self._wanted and not self.is_unfinished:
            identity = next(iter(self._wanted))
            wanted = _Layer(*self._wanted.pop(identity), self._paints, ahead=True)
            self._layers[identity] = wanted
        for layer in self._layers.values():
            if not layer.is_done:
                layer.paint(until)
                finished = finished or (layer.is_done and not layer.ahead)
                if time.perf_counter() >= until:
                    break
        return finished


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


def _draw_stretch(
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


def _draw_elsewhere(painter: QPainter, layer: _Layer, view: View) -> None:
    """Draw a picture that was painted for another view where this one has it."""
    before = layer.ground.view
    share = view.px_per_mm / before.px_per_mm
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.resetTransform()
    painter.translate(view.centre_x, view.centre_y)
    painter.scale(share, share)
    painter.drawPixmap(QPointF(-before.centre_x, -before.centre_y), layer.pixmap)
    painter.restore()
