"""Edits of a ring's painted tile, each one step of the history."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.grid_edits import followed, size_of, woods_of
from luthier_desktop.domain.patterns.grids import drawn_grid
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters, Symmetry
from luthier_desktop.domain.patterns.registry import PARAMETERS
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.edits import Edit, with_ring

ROUNDED = 6


def set_grid(
    design: RosetteParamSpec, position: int, grid: Grid, name: str, *, widen: bool = False
) -> Edit | None:
    """Make *grid* the tile of a ring; None where it is its tile already.

    A ring that says nothing about the length of its tile gets square cells. A tile of other
    columns keeps its cells as long as they were. With *widen* the ring grows with its rows.

    Raises:
        InputRefused: The ring would be drawn in too many pieces, or its width is locked.
    """
    ring = design.ring_params[position]
    own = ring.pattern if isinstance(ring.pattern, GridParameters) else None
    if own is not None and own.grid == grid:
        return None
    radii = ring_radii(design)[position]
    before = drawn_grid(lay_out(ring, radii))
    rows, cols = size_of(grid)
    members: dict[str, Any] = {"grid": grid, "rows": rows, "cols": cols}
    if ring.tile_length_mm is None and (own is None or not (own.count or own.px_mm)):
        members["px_mm"] = round(radii.width_mm / len(before), ROUNDED)
    parameters = own or PARAMETERS[ring.pattern_type].empty()
    changes: dict[str, Any] = {"pattern": parameters.model_copy(update=members)}
    woods = followed(ring.materials or (), woods_of(before), woods_of(grid))
    if woods is not None:
        changes["materials"] = woods
    if ring.tile_length_mm is not None and cols != len(before[0]):
        length_mm = ring.tile_length_mm * cols / len(before[0])
        changes["tile_length_mm"] = round(length_mm, ROUNDED)
    if widen and rows != len(before):
        changes |= _widened(ring, rows / len(before))
    after = with_ring(design, position, ring.model_copy(update=changes))
    return Edit(f"{name}, tile of ring {ring.ring_index}", after, ring.identity)


def set_symmetry(design: RosetteParamSpec, position: int, symmetry: Symmetry) -> Edit | None:
    """Choose how the tiles of a ring follow each other."""
    ring = design.ring_params[position]
    parameters = ring.pattern or PARAMETERS[ring.pattern_type].empty()
    if getattr(parameters, "symmetry", None) == symmetry:
        return None
    changed = parameters.model_copy(update={"symmetry": symmetry})
    after = with_ring(design, position, ring.model_copy(update={"pattern": changed}))
    words = symmetry.replace("_", " ")
    return Edit(f"Symmetry of ring {ring.ring_index}: {words}", after, ring.identity)


def _widened(ring: RingParam, factor: float) -> dict[str, Any]:
    if ring.locked:
        raise InputRefused(
            f"The width of ring {ring.ring_index} is locked; unlock it, or let the rows share it."
        )
    field = "width_mm" if ring.measured_width_mm is None else "measured_width_mm"
    return {field: round(ring.effective_width_mm * factor, ROUNDED)}
