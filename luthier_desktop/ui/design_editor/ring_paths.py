"""The pieces of each ring as painter paths, kept from one design to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import NamedTuple

from PySide6.QtGui import QPainterPath

from luthier_desktop.domain.geometry import Arc, Piece, RingRadii
from luthier_desktop.domain.patterns.draw import draw_ring, repeat
from luthier_desktop.domain.patterns.layout import Repeat
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.ui.design_editor.ribbons import Ribbon, ribbon
from luthier_desktop.ui.widgets.outlines import add_piece, joints_path, piece_path

KEPT_PIECES = 150
FIGURED_MM = 1.5
"""Bands from this width on are painted in many short stretches, to bend their grain."""
SAME_MM = 1e-6


class PiecePath(NamedTuple):
    """One piece, ready to be filled; lengths in mm."""

    path: QPainterPath
    material_id: str
    grain_deg: float
    area_mm2: float


class Pieces:
    """The pieces of a ring; where all are small at first sight, they are built when looked at."""

    def __init__(self, count: int, build: Callable[[], tuple[PiecePath, ...]]) -> None:
        self._count = count
        self._build = build

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[PiecePath]:
        return iter(self._built)

    def build(self) -> None:
        """Build the pieces now; a worker may."""
        _ = self._built

    @cached_property
    def _built(self) -> tuple[PiecePath, ...]:
        return self._build()


class Rapport(NamedTuple):
    """What comes again *times* over round a ring: one path for all that is of one material."""

    paths: tuple[tuple[str, QPainterPath], ...]
    times: int
    largest_mm2: float


class Band(NamedTuple):
    """A whole ring of one strip, bent round: its grain follows the ring."""

    radii: RingRadii
    material_id: str


class RingPaths(NamedTuple):
    """One ring as it is drawn between ``radii``.

    ``built`` are the radii that its paths were built for; where they differ, the paths stand in,
    scaled by ``scale``, while a drag goes on. ``waits``: nothing is built yet.
    """

    ring: RingParam
    radii: RingRadii
    built: RingRadii
    bands: tuple[Band, ...]
    pieces: Pieces
    joints: QPainterPath | None
    materials: frozenset[str]
    rapport: Rapport | None = None
    ribbons: tuple[Ribbon, ...] = ()
    waits: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the paths are those of this ring between these radii."""
        return self.built == self.radii

    @property
    def is_heavy(self) -> bool:
        """Whether painting takes so long that it is done once and kept as a picture."""
        widest_mm = max([band.radii.width_mm for band in self.bands], default=0.0)
        return len(self.pieces) >= KEPT_PIECES or widest_mm >= FIGURED_MM

    @property
    def scale(self) -> float:
        """The factor that brings the paths to where the ring lies now."""
        return self.radii.mean_mm / self.built.mean_mm


def ring_paths(ring: RingParam, radii: RingRadii) -> RingPaths:
    """Build the paths of a ring; of one that repeats itself only what comes again."""
    again = repeat(ring, radii)
    woods = {piece.material_id for piece in again.pieces} if again else set()
    if again is None or len(woods) == 1:
        return _whole(ring, radii)
    pieces = Pieces(len(again.pieces) * again.times, partial(_pieces, ring, radii))
    return RingPaths(ring, radii, radii, (), pieces, None, frozenset(woods), _rapport(again))


def _whole(ring: RingParam, radii: RingRadii) -> RingPaths:
    drawing = draw_ring(ring, radii)
    bent = [piece for piece in drawing.pieces if _goes_round(piece)]
    bands = tuple(dict.fromkeys(Band(_band_radii(piece, radii), piece.material_id)
                                for piece in bent if ribbon(piece) is None))
    ribbons = tuple(found for found in map(ribbon, bent) if found is not None)
    built = piece_paths(piece for piece in drawing.pieces if not _goes_round(piece))
    materials = frozenset(drawing.pieces_by_material)
    joints = joints_path(drawing.joints) if len(materials) == 1 and drawing.joints else None
    pieces = Pieces(len(built), lambda: built)
    return RingPaths(ring, radii, radii, bands, pieces, joints, materials, ribbons=ribbons)


def _pieces(ring: RingParam, radii: RingRadii) -> tuple[PiecePath, ...]:
    return piece_paths(draw_ring(ring, radii).pieces)


def piece_paths(pieces: Iterable[Piece]) -> tuple[PiecePath, ...]:
    """Return the pieces ready to be filled."""
    return tuple(
        PiecePath(piece_path(piece), piece.material_id, piece.grain_deg, piece.area_mm2)
        for piece in pieces
    )


def _rapport(again: Repeat) -> Rapport:
    paths: dict[str, QPainterPath] = {}
    for piece in again.pieces:
        add_piece(paths.setdefault(piece.material_id, QPainterPath()), piece)
    largest_mm2 = max(piece.area_mm2 for piece in again.pieces)
    return Rapport(tuple(paths.items()), again.times, largest_mm2)


def _goes_round(piece: Piece) -> bool:
    """Return whether the piece is a whole bent ring; what lies in its field is drawn over it."""
    return piece.bent and bool(piece.holes) and len(piece.outline.edges) == 1


def _band_radii(piece: Piece, radii: RingRadii) -> RingRadii:
    """Return how far a field is painted: below a ribbon too, which is painted over it."""
    outer, inner = piece.outline.edges[0], piece.holes[0].edges[0]
    if isinstance(outer, Arc) and isinstance(inner, Arc):
        return RingRadii(inner.radius_mm, outer.radius_mm)
    return radii
