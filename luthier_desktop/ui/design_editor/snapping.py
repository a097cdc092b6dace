"""Where a dragged edge would like to stay: the sum, neighbours, soundhole, fingerboard."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from luthier_desktop.domain.feasibility.layout import (
    EDGE_GREEN_MM,
    OUTER_GREEN_MM,
    SMALL_EDGE_GREEN_MM,
    SMALL_SOUNDHOLE_MM,
)
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import closing_error_mm, ring_radii
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.surroundings import Surroundings

SNAP_PX, SNAP_MM = 4.0, 0.3
"""How near an edge must come: what the hand can tell, and never more than it means."""
GRID_MM = 0.1
FINE_GRID_MM = 0.01
LEAST_WIDTH_MM = 0.1
SAME_MM = 1e-6


class RingEdge(StrEnum):
    """Which edge of a ring a handle moves."""

    INNER = "inner"
    OUTER = "outer"


class Snap(NamedTuple):
    """A place that an edge is drawn to: the ring's width there, the radius, and why."""

    width_mm: float
    radius_mm: float
    word: str


class Snaps:
    """The places that matter for one edge of one ring, from the design as the drag found it."""

    def __init__(
        self, design: RosetteParamSpec, position: int, edge: RingEdge, around: Surroundings
    ) -> None:
        self._edge = edge
        self._radii = ring_radii(design)[position]
        found = [*self._own(design, position), *self._alike(design, position)]
        found += [
            self._at(radius_mm, word)
            for radius_mm, word in _landmarks(design, position, edge, around)
        ]
        self.places = tuple(snap for snap in found if snap.width_mm >= LEAST_WIDTH_MM - SAME_MM)

    def nearest(self, width_mm: float, px_per_mm: float) -> Snap | None:
        """Return the place that is within reach of the hand; of two the nearer one."""
        near = [(abs(snap.width_mm - width_mm), at) for at, snap in enumerate(self.places)]
        off_mm, at = min(near, default=(0.0, -1))
        return self.places[at] if at >= 0 and off_mm <= min(SNAP_MM, SNAP_PX / px_per_mm) else None

    def on_grid(self, width_mm: float, grid_mm: float) -> Snap:
        """Return the ring's width on the grid."""
        steps_mm = max(LEAST_WIDTH_MM, round(round(width_mm / grid_mm) * grid_mm, 6))
        return self._of_width(steps_mm, "")

    def width_mm(self, by_mm: float) -> float:
        """Return the ring's width after its edge was moved outwards by *by_mm*."""
        return self._radii.width_mm + (by_mm if self._edge is RingEdge.OUTER else -by_mm)

    def _own(self, design: RosetteParamSpec, position: int) -> list[Snap]:
        if self._edge is RingEdge.OUTER:
            closing_mm = round(self._radii.width_mm - closing_error_mm(design), 6)
            return [self._of_width(closing_mm, "closes the sum")]
        if design.ring_params[position].gap_before_mm > 0 and position:
            return [self._at(ring_radii(design)[position - 1].outer_mm, "meets its neighbour")]
        return []

    def _alike(self, design: RosetteParamSpec, position: int) -> list[Snap]:
        """Return the widths of both neighbours: lines in a rosette come in pairs."""
        beside = [at for at in (position - 1, position + 1) if 0 <= at < len(design.ring_params)]
        rings = [design.ring_params[at] for at in beside]
        return [
            self._of_width(ring.effective_width_mm, f"as wide as ring {ring.ring_index}")
            for ring in rings
        ]

    def _of_width(self, width_mm: float, word: str) -> Snap:
        outwards = self._edge is RingEdge.OUTER
        inner_mm, outer_mm = self._radii
        return Snap(width_mm, inner_mm + width_mm if outwards else outer_mm - width_mm, word)

    def _at(self, radius_mm: float, word: str) -> Snap:
        inner_mm, outer_mm = self._radii
        outwards = self._edge is RingEdge.OUTER
        width_mm = radius_mm - inner_mm if outwards else outer_mm - radius_mm
        return Snap(round(width_mm, 6), radius_mm, word)


def _landmarks(
    design: RosetteParamSpec, position: int, edge: RingEdge, around: Surroundings
) -> list[tuple[float, str]]:
    """Return the radii of the guitar that the edge may meet."""
    found: list[tuple[float, str]] = []
    hole_mm = around.soundhole_radius_mm
    if hole_mm is not None and position == 0 and edge is RingEdge.INNER:
        if design.soundhole_edge == "bound":
            found.append((hole_mm, "meets the bound edge"))
        safe_mm = SMALL_EDGE_GREEN_MM if 2 * hole_mm < SMALL_SOUNDHOLE_MM else EDGE_GREEN_MM
        found.append((hole_mm + safe_mm, f"{units.brief(safe_mm)} from the soundhole"))
    if around.board_end_mm is not None:
        found.append((around.board_end_mm, "meets the fingerboard's end"))
    limit_mm = None if design.top is None else design.top.rosette_limit_diameter_mm
    if limit_mm is not None:
        word = f"{units.brief(OUTER_GREEN_MM)} within the top's limit"
        found.append((limit_mm / 2 - OUTER_GREEN_MM, word))
    return found
