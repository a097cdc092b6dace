"""The parts of a pattern that are more than one value: lines, placed shapes, a painted tile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.patterns import custom
from luthier_desktop.domain.patterns.counts import (
    circumference_mm,
    parity,
    rounded_count,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor import ring_edits, ring_lists
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.field_table import PATTERN, belongs
from luthier_desktop.ui.design_editor.materials_field import MaterialSource
from luthier_desktop.ui.design_editor.picture_field import PictureField
from luthier_desktop.ui.design_editor.picture_tile import read_tile
from luthier_desktop.ui.design_editor.rows_field import Rows, RowsField

TILE = "pattern.grid"
STANDS_IN = {
    PatternFamily.MOSAIC: "Diamonds stand for it.",
    PatternFamily.MEANDER: "A key stands for it.",
    PatternFamily.CUSTOM: "An arcade stands for it.",
}
NAMES = {ring_lists.LINES: "Lines", ring_lists.SHAPES: "Shapes", TILE: "Tile"}


class PatternFields:
    """The widgets by the path that they edit; each belongs to some families only."""

    def __init__(self, document: DesignDocument, source: MaterialSource, parent: QWidget) -> None:
        self._document = document
        self._source = source
        self._lists = {
            path: RowsField(
                of, source, partial(self._enter_rows, path), partial(self._more, path), parent
            )
            for path, of in ring_lists.OF_LISTS.items()
        }
        self.tile = PictureField(parent)
        self.tile.chosen.connect(self.read_tile)
        self.tile.cleared.connect(self._clear_tile)
        self.widgets: dict[str, QWidget] = {**self._lists, TILE: self.tile}

    def refresh(self, ring: RingParam | None, *, anew: bool) -> None:
        """Show the ring's lists and tile as they are now."""
        for path, field in self._lists.items():
            said = "" if ring is None else ring_lists.summary(ring, path)
            field.show_rows(ring_lists.rows_of(ring, path), said, anew=anew)
        own = None if ring is None else ring.pattern
        grid = own.grid if isinstance(own, GridParameters) else None
        size = None if grid is None else (len(grid), len(grid[0]))
        self.tile.show_size(size, "" if ring is None else STANDS_IN.get(ring.pattern_type, ""))

    def left_out(self, family: PatternFamily | None) -> list[str]:
        """Return the paths that a ring of this family has no use for."""
        return [
            path
            for path in self.widgets
            if not belongs(path, family) or (path == TILE and family not in STANDS_IN)
        ]

    def read_tile(self, path: str) -> None:
        """Make a picture the tile of the selected ring, in the materials nearest to its colours.

        A ring that says neither how long a tile is nor how many there are gets as many as make
        the cells square.
        """

        def build(design: RosetteParamSpec, position: int) -> Edit | None:
            ring = design.ring_params[position]
            woods = ring.materials or ()
            palette = woods if len(set(woods)) > 1 else custom.DEFAULT_MATERIALS
            grid = read_tile(Path(path), palette, self._source.swatches.colour)
            members: dict[str, Any] = {"grid": grid, "rows": len(grid), "cols": len(grid[0])}
            own = ring.pattern if isinstance(ring.pattern, GridParameters) else None
            given = own is not None and (own.count or own.px_mm)
            if not given and ring.tile_length_mm is None:
                radii = ring_radii(design)[position]
                tile_mm = radii.width_mm * len(grid[0]) / len(grid)
                around_mm = circumference_mm(radii)
                members["count"] = rounded_count(around_mm, tile_mm, parity(ring))
            used = tuple(wood for wood in palette if any(wood in row for row in grid))
            return ring_edits.set_members(
                design, position, members, "Tile from a picture", None if woods else used
            )

        self._attempt(build)

    def _clear_tile(self) -> None:
        members = dict.fromkeys(("grid", "rows", "cols"))
        self._attempt(
            lambda design, position: ring_edits.set_members(
                design, position, members, "Tile taken away"
            )
        )

    def _enter_rows(self, path: str, rows: Callable[[], Rows]) -> str:
        def build(design: RosetteParamSpec, position: int) -> Edit | None:
            wanted = [dict(row) for row in rows()]
            members = {path.removeprefix(PATTERN): wanted or None}
            woods = ring_lists.followed(design.ring_params[position], path, wanted)
            return ring_edits.set_members(design, position, members, NAMES[path], woods)

        return self._attempt(build)

    def _more(self, path: str, rows: Rows) -> Rows:
        position = self._document.selected_position
        if position is None:
            return rows
        design = self._document.committed
        radii = ring_radii(design)[position]
        return ring_lists.more_rows(rows, design.ring_params[position], radii, path)

    def _attempt(self, build: Callable[[RosetteParamSpec, int], Edit | None]) -> str:
        position = self._document.selected_position
        if position is None:
            return ""
        return self._document.attempt(lambda design: build(design, position))
