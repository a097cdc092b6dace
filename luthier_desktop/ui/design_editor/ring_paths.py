"""The pieces of each ring as painter paths, kept from one design to the next."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QPainterPath

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.outlines import piece_path


class PiecePath(NamedTuple):
    """One piece, ready to be filled; lengths in mm."""

    path: QPainterPath
    material_id: str
    grain_deg: float
    area_mm2: float


class RingPaths(NamedTuple):
    """One ring as it is drawn."""

    ring: RingParam
    radii: RingRadii
    pieces: tuple[PiecePath, ...]


class PathCache:
    """Turns the rings of a design into paths; a ring that did not change is not built again."""

    def __init__(self) -> None:
        self._rings: dict[str, RingPaths] = {}

    def rings(self, design: RosetteParamSpec) -> tuple[RingPaths, ...]:
        """Return the paths of every ring, inner to outer; equal rings are the same objects."""
        drawn = tuple(
            self._ring(ring, radii)
            for ring, radii in zip(design.ring_params, ring_radii(design), strict=True)
        )
        self._rings = {paths.ring.identity: paths for paths in drawn}
        return drawn

    def _ring(self, ring: RingParam, radii: RingRadii) -> RingPaths:
        known = self._rings.get(ring.identity)
        if known is not None and known.radii == radii and known.ring == ring:
            return known
        drawing = draw_ring(ring, radii)
        pieces = tuple(
            PiecePath(piece_path(piece), piece.material_id, piece.grain_deg, piece.area_mm2)
            for piece in drawing.pieces
        )
        return RingPaths(ring, radii, pieces)
