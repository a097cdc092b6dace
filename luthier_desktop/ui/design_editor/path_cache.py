"""The paths of every ring, kept from one design to the next; in a drag some stand in."""

from __future__ import annotations

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.later_paths import LaterPaths
from luthier_desktop.ui.design_editor.ring_paths import SAME_MM, RingPaths, ring_paths

NEAR = 0.25
"""How much larger or smaller a ring may be drawn while it is dragged, as a part of itself."""
WIDEST = 1.9
"""How many times as wide; under two, so that each half of a ring has a picture."""


class PathCache:
    """Turns the rings of a design into paths; a ring that did not change is not built again."""

    def __init__(self, later: LaterPaths | None = None) -> None:
        self._later = later
        self._design: RosetteParamSpec | None = None
        self._rings: dict[str, RingPaths] = {}
        self.is_large = False

    def rings(self, design: RosetteParamSpec, *, hurried: bool) -> tuple[RingPaths, ...]:
        """Return the paths of every ring, inner to outer; equal rings are the same objects.

        *hurried*: where the paths at hand are near enough they stand in, as in a drag. In a large
        design they do so until the right ones are built.
        """
        if design is not self._design:
            self._design = design
            self.is_large = self._later is not None and self._later.is_large(design)
        drawn = tuple(
            self._ring(ring, radii, hurried)
            for ring, radii in zip(design.ring_params, ring_radii(design), strict=True)
        )
        self._rings = {paths.ring.identity: paths for paths in drawn}
        return drawn

    def _ring(self, ring: RingParam, radii: RingRadii, hurried: bool) -> RingPaths:
        known = self._rings.get(ring.identity)
        same = known is not None and known.ring == ring and known.radii == radii
        if known is not None and same and (hurried or known.is_exact) and not known.waits:
            return known
        near = known if known is not None and _stands_in(known, ring, radii) else None
        if near is not None and hurried:
            return near._replace(ring=ring, radii=radii)
        if self._later is None or not self.is_large:
            return ring_paths(ring, radii)
        built = self._later.ring(ring, radii)
        if not built.waits:
            self._later.forget(ring.identity)
            return built
        if known is not None and same:
            return known
        return built if near is None else near._replace(ring=ring, radii=radii)


def _stands_in(known: RingPaths, ring: RingParam, radii: RingRadii) -> bool:
    """Return whether the paths at hand may stand in for *ring* until there is time.

    A ring that only moved looks the same, scaled. One that is kept as a picture may also be
    wider or narrower than that for a moment.
    """
    scale = radii.mean_mm / known.built.mean_mm
    if known.waits or abs(scale - 1) > NEAR or _but_width(known.ring) != _but_width(ring):
        return False
    if known.is_heavy:
        return radii.width_mm < WIDEST * known.built.width_mm
    return abs(radii.width_mm - known.built.width_mm) < SAME_MM


def _but_width(ring: RingParam) -> RingParam:
    """Return the ring without what only says where it lies."""
    return ring.model_copy(
        update={
            "ring_index": 0, "width_mm": 1.0, "measured_width_mm": None, "gap_before_mm": 0.0,
            "locked": None,
        }
    )  # fmt: skip
