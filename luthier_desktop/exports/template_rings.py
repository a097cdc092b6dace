"""The rings of a template: every circle once, the joints of tiles, the outlines of pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from luthier_desktop.domain.geometry import ORIGIN, Arc, Outline, Piece, Point, RingRadii
from luthier_desktop.domain.paper import Stroke
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.exports.template_marks import HAIR_MM, closed, line, round_mark

LEAST_PIECE_MM = 0.4
"""Pieces finer than this would run together into black; their joints are drawn, not they."""
MOST_PIECES_A_TILE, MOST_PIECES = 8, 4000
_BY_JOINTS = frozenset(
    {
        PatternFamily.SOLID,
        PatternFamily.LADDER,
        PatternFamily.BARBER_POLE,
        PatternFamily.HERRINGBONE,
        PatternFamily.WHEAT_EAR,
        PatternFamily.SEGMENTS,
    }
)
"""Families whose joints, with the ring's edges, are the outlines of all their pieces."""
_CROSS_MM = 0.6
_SAME_MM = 1e-6


class Circles:
    """Circles about the soundhole's centre; each radius is drawn once, with its heaviest pen."""

    def __init__(self) -> None:
        self._pens_mm: dict[int, tuple[float, float]] = {}

    def add(self, radius_mm: float, pen_mm: float) -> None:
        """Let there be a circle of this radius."""
        key = round(radius_mm / _SAME_MM)
        known_mm = self._pens_mm.get(key, (radius_mm, 0.0))
        self._pens_mm[key] = (known_mm[0], max(known_mm[1], pen_mm))

    def strokes(self) -> Iterator[Stroke]:
        """Return them from the inside outwards."""
        for radius_mm, pen_mm in sorted(self._pens_mm.values()):
            yield round_mark(radius_mm, pen_mm)


def ring_marks(ring: RingParam, radii: RingRadii, circles: Circles) -> Iterator[Stroke]:
    """Return what is drawn inside a ring; circles that go all round are added to *circles*."""
    drawing = draw_ring(ring, radii)
    pieces = [piece for piece in drawing.pieces if not _is_annulus(piece)]
    for piece in drawing.pieces:
        if _is_annulus(piece):
            _add_annulus(piece, circles)
    by_joints = bool(drawing.joints) and ring.pattern_type in _BY_JOINTS
    if by_joints or _too_fine(drawing, pieces):
        yield from [Stroke((edge,), HAIR_MM) for edge in drawing.joints]
    else:
        yield from _outlines(pieces, circles)


def _outlines(pieces: Iterable[Piece], circles: Circles) -> Iterator[Stroke]:
    for outline in [one for piece in pieces for one in (piece.outline, *piece.holes)]:
        edge = _full_circle(outline)
        if edge is not None and edge.center == ORIGIN:
            circles.add(edge.radius_mm, HAIR_MM)
        else:
            yield closed(outline, HAIR_MM)
            if edge is not None:
                yield from _drill_mark(edge.center)


def _drill_mark(center: Point) -> tuple[Stroke, ...]:
    """Return a small cross: a dot is drilled, so its centre is pricked."""
    x_mm, y_mm = center
    return (
        line((x_mm - _CROSS_MM, y_mm), (x_mm + _CROSS_MM, y_mm)),
        line((x_mm, y_mm - _CROSS_MM), (x_mm, y_mm + _CROSS_MM)),
    )


def _too_fine(drawing: RingDrawing, pieces: list[Piece]) -> bool:
    """Whether the joints say more than the pieces would; without joints the pieces are drawn."""
    if not drawing.joints:
        return False
    many = len(pieces) > min(MOST_PIECES, MOST_PIECES_A_TILE * drawing.count)
    return many or drawing.smallest_piece_mm < LEAST_PIECE_MM


def _add_annulus(piece: Piece, circles: Circles) -> None:
    for outline in (piece.outline, *piece.holes):
        edge = _full_circle(outline)
        if edge is not None:
            circles.add(edge.radius_mm, HAIR_MM)


def _is_annulus(piece: Piece) -> bool:
    edges = [_full_circle(outline) for outline in (piece.outline, *piece.holes)]
    return all(edge is not None and edge.center == ORIGIN for edge in edges)


def _full_circle(outline: Outline) -> Arc | None:
    edge = outline.edges[0]
    return edge if len(outline.edges) == 1 and isinstance(edge, Arc) else None
