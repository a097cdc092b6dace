"""The cached picture of the rosette: a step of a drag repaints from the changed ring outwards."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.later_paths import LaterPaths
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.path_cache import PathCache
from luthier_desktop.ui.design_editor.ring_layers import Ground, RingLayers
from luthier_desktop.ui.design_editor.ring_painting import mean_colour, paint_ring
from luthier_desktop.ui.design_editor.ring_paths import RingPaths
from luthier_desktop.ui.design_editor.surroundings import (
    Surroundings,
    paint_board,
    paint_soundhole,
    paint_top,
)
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.widgets.outlines import annulus_path


class Frame(NamedTuple):
    """What the whole picture depends on besides the rings."""

    view: View
    size: QSize
    pixel_ratio: float
    around: Surroundings

    @property
    def ground(self) -> Ground:
        """What the picture of a ring alone depends on."""
        return Ground(self.view, self.size, self.pixel_ratio)


class Picture:
    """Keeps pixmaps: the top alone, the rings below the changed one, heavy rings, everything.

    With *later* a large design is built by that, and painted bit by bit by ``advance``.
    *paints* are those of another view's sheets, its own by default.
    """

    def __init__(
        self,
        materials: MaterialCatalogue,
        later: LaterPaths | None = None,
        paints: Paints | None = None,
    ) -> None:
        self.paints = paints or Paints(materials)
        self._paths = PathCache(later)
        self._frame: Frame | None = None
        self._rings: tuple[RingPaths, ...] = ()
        self._top = QPixmap()
        self._below = QPixmap()
        self._below_count = 0
        self._whole = QPixmap()
        self._layers = RingLayers(self.paints)
        self._is_stale = False

    @property
    def is_unfinished(self) -> bool:
        """Whether there is more to paint that `advance` does."""
        return self._layers.is_unfinished

    @property
    def is_exact(self) -> bool:
        """Whether every ring is shown as it is, and none is stood in for."""
        built = all(ring.is_exact and not ring.waits for ring in self._rings)
        return built and not self.is_unfinished and not self._is_stale

    @property
    def has_more(self) -> bool:
        """Whether there is anything to do for `advance`."""
        return self._layers.has_more

    def advance(self, budget_s: float) -> bool:
        """Paint on for so long; True when the picture would look different now."""
        finished = self._layers.advance(budget_s)
        self._is_stale = self._is_stale or finished
        return finished

    def show_finish(self, finished: bool) -> None:
        """Show materials after finish, or raw, from the next picture on."""
        if finished != self.paints.is_finished:
            self.paints.show_finish(finished)
            self._frame = None

    def take(self, materials: MaterialCatalogue) -> None:
        """Draw the materials of another catalogue, from the next picture on."""
        self.paints.take(materials)
        self._frame = None

    def pixmap(self, design: RosetteParamSpec, frame: Frame, *, hurried: bool) -> QPixmap:
        """Return the picture of *design*, painting only what changed since the last call.

        *hurried*: rings that were only moved are shifted, to be drawn anew by the next call.
        """
        rings = self._paths.rings(design, hurried=hurried)
        if frame != self._frame:
            self._begin(frame)
            self._paint_rings(rings, frame, 0, whole=not self._paths.is_large)
        elif self._is_stale:
            self._paint_rings(rings, frame, 0)
        elif len(rings) != len(self._rings) or any(
            new is not old for new, old in zip(rings, self._rings, strict=True)
        ):
            self._paint_rings(rings, frame, _first_change(self._rings, rings))
        return self._whole

    def _begin(self, frame: Frame) -> None:
        if self._frame is None or frame.ground != self._frame.ground:
            self._layers.begin_again(stand_in=self._paths.is_large)
        self._frame = frame
        self.paints.zoom_to(frame.view.px_per_mm * frame.pixel_ratio)
        self._rings = ()
        self._top = frame.ground.blank(self.paints.colour(frame.around.top_material_id))
        with frame.ground.painter(self._top) as painter:
            paint_top(painter, frame.around, _area_mm(frame), self.paints)
        self._below, self._below_count = self._top, 0

    def _paint_rings(
        self, rings: tuple[RingPaths, ...], frame: Frame, first: int, *, whole: bool = False
    ) -> None:
        if first < self._below_count or self._is_stale:
            self._below, self._below_count = self._top, 0
        self._is_stale = False
        if first > self._below_count:
            below = self._below.copy()
            with frame.ground.painter(below) as painter:
                self._paint_some(painter, rings[self._below_count : first], frame)
            self._below, self._below_count = below, first
        self._rings = rings
        self._whole = self._below.copy()
        with frame.ground.painter(self._whole) as painter:
            self._paint_some(painter, rings[first:], frame, whole=whole)
            paint_soundhole(painter, frame.around, self.paints)
            paint_board(painter, frame.around, _area_mm(frame), self.paints)
        self._layers.keep_only({ring.ring.identity for ring in rings})

    def _paint_some(
        self, painter: QPainter, rings: tuple[RingPaths, ...], frame: Frame, *,
        whole: bool = False,
    ) -> None:  # fmt: skip
        patient = self._paths.is_large
        for ring in rings:
            if ring.waits:
                painter.fillPath(annulus_path(ring.radii), mean_colour(ring, self.paints))
            elif whole and self._layers.takes(ring, frame.ground):
                self._layers.paint_once(painter, ring, frame.ground)
            elif self._layers.takes(ring, frame.ground):
                self._layers.draw(painter, ring, frame.ground, patient=patient)
            else:
                paint_ring(painter, ring, self.paints)


def _first_change(old: tuple[RingPaths, ...], new: tuple[RingPaths, ...]) -> int:
    for position, (before, after) in enumerate(zip(old, new, strict=False)):
        if before is not after:
            return position
    return min(len(old), len(new))


def _area_mm(frame: Frame) -> QRectF:
    inverse, _ = frame.view.transform().inverted()
    return inverse.mapRect(QRectF(0, 0, frame.size.width(), frame.size.height()))
