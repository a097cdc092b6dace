"""The painted tile on its ring at true curvature: several repeats, with cells at both edges."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.patterns.draw import lay_out, repeat
from luthier_desktop.domain.patterns.family import END_GRAIN
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.parameters import Grid
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.patterns.symmetry import turned_tile
from luthier_desktop.domain.patterns.tile_figures import tile_figures
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.mosaic.tile_bench import Tile, TileBench
from luthier_desktop.ui.design_editor.mosaic.tile_image import TileImages, paint_bent
from luthier_desktop.ui.design_editor.paints import Paints
from luthier_desktop.ui.design_editor.ring_painting import paint_pieces
from luthier_desktop.ui.design_editor.ring_paths import PiecePath, piece_paths
from luthier_desktop.ui.design_editor.view import View
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.outlines import annulus_path

REPEATS = 3.4
SHARE = 0.56
"""How much of the height the ring takes at most."""
MOST_FIGURED_CELLS = 400
"""Cells of larger tiles are shown in their mean colour, as they are seen on the bench."""


class _Drawn(NamedTuple):
    """The pieces of the tiles that come again, and after how many degrees.

    Without pieces the cells are painted from the picture of the tile.
    """

    pieces: tuple[PiecePath, ...]
    step_deg: float


class RingPreview(QWidget):
    """Draws a few tiles of the bench's ring about 12 o'clock with the drawing's own code."""

    def __init__(
        self, bench: TileBench, paints: Paints, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._paints = paints
        self._images = TileImages(paints)
        self._grid: Grid | None = None
        self._drawn: _Drawn | None = None
        self._refusal = ""
        self.setObjectName("ringPreview")
        self.setAccessibleName(tr("Tiles on the ring"))
        self.setMinimumSize(240, 150)
        bench.changed.connect(self._draw_anew)
        units.display().changed.connect(self.update)

    def show_grid(self, grid: Grid | None) -> None:
        """Show a tile in the middle of a stroke; None: the bench's own."""
        self._grid = grid
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._drawn = None
        self.update()

    def _draw(self, tile: Tile) -> _Drawn | None:
        """Build the tiles once; None where they cannot be drawn."""
        if self._drawn is None:
            self._refusal = ""
            try:
                self._drawn = _drawn(_with_grid(tile, self._grid), tile)
            except LuthierError as error:
                self._refusal = error.sentence
        return self._drawn

    def _view(self, tile: Tile, layout: RingLayout) -> View:
        radii = tile.radii
        half = min(math.pi / 2, REPEATS * math.radians(layout.step_deg) / 2)
        across_mm = max(2 * radii.outer_mm * math.sin(half), radii.width_mm)
        scale = min(self.width() / across_mm, SHARE * self.height() / radii.width_mm)
        return View(scale, self.width() / 2, self.height() / 2 + radii.mean_mm * scale)

    def _label(self, painter: QPainter, text: str, *, below: bool) -> None:
        box = QRectF(self.rect()).adjusted(8, 4, -8, -4)
        side = Qt.AlignmentFlag.AlignBottom if below else Qt.AlignmentFlag.AlignTop
        wrap = Qt.TextFlag.TextWordWrap
        painter.setPen(QColor(style.tokens().text))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignHCenter | wrap, tr(text))

    # Qt overrides

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().canvas))
        tile = self._bench.tile
        drawn = None if tile is None else self._draw(tile)
        if tile is None or drawn is None:
            self._label(painter, units.worded(self._refusal), below=False)
            return
        layout = lay_out(tile.ring, tile.radii)
        view = self._view(tile, layout)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setTransform(view.transform(), combine=True)
        seen_deg = self._seen_deg(tile, view)
        if drawn.pieces:
            self._paints.zoom_to(view.px_per_mm * self.devicePixelRatioF())
            _paint_tiles(painter, drawn, layout, self._paints, seen_deg)
        else:
            grid = self._grid or tile.grid
            odd = turned_tile(grid, tile.symmetry)
            images = self._images.image(grid), self._images.image(odd)
            paint_bent(painter, layout, images, view)
        edge = QPen(QColor(style.tokens().canvas_line), 0.0)  # dark wood on a dark canvas
        painter.strokePath(annulus_path(layout.radii), edge)
        painter.restore()
        cell = tile_figures(tile.ring, tile.radii).cell
        self._label(painter, f"A cell is {units.brief(cell.outer_mm)} long outside", below=False)
        self._label(painter, f"and {units.brief(cell.inner_mm)} inside", below=True)

    def _seen_deg(self, tile: Tile, view: View) -> float:
        """Return how many degrees to either side are seen."""
        reach_mm = view.to_mm(QPointF(self.width(), 0.0)).x()
        return math.degrees(math.asin(min(1.0, reach_mm / tile.radii.inner_mm)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()


def _paint_tiles(
    painter: QPainter, drawn: _Drawn, layout: RingLayout, paints: Paints, seen_deg: float
) -> None:
    darkest = min((paints.colour(one.material_id) for one in drawn.pieces), key=QColor.lightness)
    painter.fillPath(annulus_path(layout.radii), darkest.darker(115))
    times = min(
        math.ceil(seen_deg / drawn.step_deg) + 1, math.ceil(180 / drawn.step_deg)
    )
    painter.rotate(-layout.step_deg / 2 - times * drawn.step_deg)
    for _ in range(2 * times + 1):
        paint_pieces(painter, drawn.pieces, paints, layout.ring.pattern_type in END_GRAIN)
        painter.rotate(drawn.step_deg)


def _with_grid(tile: Tile, grid: Grid | None) -> RingParam:
    if grid is None:
        return tile.ring
    own = tile.ring.pattern or PARAMETERS[tile.ring.pattern_type].empty()
    return tile.ring.model_copy(update={"pattern": own.model_copy(update={"grid": grid})})


def _drawn(ring: RingParam, tile: Tile) -> _Drawn:
    """Build the tiles that come again; none where there are too many cells for it."""
    again = repeat(ring, tile.radii) if _is_figured(tile) else None
    if again is None:
        return _Drawn((), 360.0)
    return _Drawn(piece_paths(again.pieces), 360.0 / again.times)


def _is_figured(tile: Tile) -> bool:
    return len(tile.grid) * len(tile.grid[0]) <= MOST_FIGURED_CELLS
