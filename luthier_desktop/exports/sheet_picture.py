"""A rosette on paper in the colours of its woods, and where the board and the hole come."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.geometry import (
    ORIGIN,
    Arc,
    Curve,
    Edge,
    Line,
    Outline,
    Piece,
    Point,
    RingRadii,
    circle,
)
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.paper import Fill, Mark, Stroke
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.svg_around import Around
from luthier_desktop.exports.svg_woods import UNKNOWN_COLOUR, shaded

_LINE, _PAPER = "#26211c", "#ffffff"
_TOP_MM = 1.5
_HAIR_MM, _BOARD_MM, _HALO_MM = 0.13, 0.25, 0.7
_JOINT_MM = 0.06
_DASH_MM = (2.0, 1.2)
_CROSS_MM = 4.0


def rosette_marks(
    design: RosetteParamSpec, around: Around, materials: MaterialCatalogue, scale: float
) -> tuple[Mark, ...]:
    """Draw the rings, the wood round them, the soundhole and the fingerboard's end.

    The rosette's middle is the origin.

    Raises:
        InputRefused: A ring would hold more pieces than can be drawn.
    """
    radius_mm = reach_mm(design) * scale
    drawn = _Drawn(materials, scale)
    hole_mm = (around.soundhole_radius_mm or 0.0) * scale
    marks: list[Mark] = []
    marks += drawn.top(around.top_material_id, hole_mm, radius_mm)
    for ring, radii in zip(design.ring_params, ring_radii(design), strict=True):
        marks += drawn.ring(draw_ring(ring, radii), radii)
    marks += _middle(min(_CROSS_MM, radius_mm / 4))
    marks += _board(around, scale, radius_mm)
    return tuple(marks)


def reach_mm(design: RosetteParamSpec) -> float:
    """Return how far the picture reaches from the middle at true size: rings and some wood."""
    reaches = [design.outer_diameter_mm / 2, (design.soundhole_diameter_mm or 0.0) / 2]
    return max(reaches + [radii.outer_mm for radii in ring_radii(design)]) + _TOP_MM


class _Drawn(NamedTuple):
    """Draws in colours of the woods at a scale."""

    materials: MaterialCatalogue
    scale: float

    def colour(self, material_id: str) -> str:
        material = self.materials.get(material_id)
        return UNKNOWN_COLOUR if material is None else material.look.finished

    def top(self, material_id: str, hole_mm: float, radius_mm: float) -> list[Mark]:
        wood = circle(ORIGIN, radius_mm)
        if not hole_mm:
            return [Fill((wood,), self.colour(material_id))]
        hole = circle(ORIGIN, hole_mm)
        edge = Stroke(hole.edges, _HAIR_MM, _LINE, closed=True)
        return [Fill((wood, hole), self.colour(material_id)), edge]

    def ring(self, drawing: RingDrawing, radii: RingRadii) -> list[Mark]:
        """Draw the glue below, bent strips, then what is let into them, a fill for each wood."""
        darkest = min(map(self.colour, drawing.pieces_by_material), key=_light)
        ground = tuple([circle(ORIGIN, radius * self.scale) for radius in radii])
        marks: list[Mark] = [Fill(ground, shaded(darkest, -0.15))]
        marks += self._filled([piece for piece in drawing.pieces if piece.bent])
        marks += self._filled([piece for piece in drawing.pieces if not piece.bent])
        if len(drawing.pieces_by_material) == 1:
            colour = shaded(darkest, -0.3)
            marks += [
                Stroke((scaled(edge, self.scale),), _JOINT_MM, colour) for edge in drawing.joints
            ]
        return marks

    def _filled(self, pieces: list[Piece]) -> list[Mark]:
        by_wood: dict[str, list[Outline]] = {}
        for piece in pieces:
            outlines = by_wood.setdefault(piece.material_id, [])
            outlines += [self._outline(one) for one in (piece.outline, *piece.holes)]
        return [Fill(tuple(found), self.colour(wood)) for wood, found in by_wood.items()]

    def _outline(self, outline: Outline) -> Outline:
        if self.scale == 1.0:
            return outline
        return Outline(tuple([scaled(edge, self.scale) for edge in outline.edges]))


def scaled(edge: Edge, scale: float) -> Edge:
    """Return an edge at another scale."""
    if isinstance(edge, Arc):
        center, radius_mm, start_deg, sweep_deg = edge
        return Arc(_at(center, scale), radius_mm * scale, start_deg, sweep_deg)
    if isinstance(edge, Line):
        return Line(_at(edge.start, scale), _at(edge.end, scale))
    return Curve(tuple([_at(point, scale) for point in edge.points]))


def _at(point: Point, scale: float) -> Point:
    return Point(point.x_mm * scale, point.y_mm * scale)


def _middle(half_mm: float) -> list[Mark]:
    across = Line(Point(-half_mm, 0.0), Point(half_mm, 0.0))
    along = Line(Point(0.0, -half_mm), Point(0.0, half_mm))
    return [Stroke((line,), _HAIR_MM, _LINE) for line in (across, along)]


def _board(around: Around, scale: float, radius_mm: float) -> list[Mark]:
    """Draw the fingerboard's end by dashes, up to the picture's upper edge."""
    if around.board_width_mm is None or around.board_end_mm is None:
        return []
    half_mm, end_mm = around.board_width_mm * scale / 2, around.board_end_mm * scale
    if half_mm >= radius_mm or end_mm >= radius_mm:
        return []
    corners = [
        Point(-half_mm, -radius_mm), Point(-half_mm, -end_mm),
        Point(half_mm, -end_mm), Point(half_mm, -radius_mm),
    ]  # fmt: skip
    lines = tuple([Line(*ends) for ends in pairwise(corners)])
    return [Stroke(lines, _HALO_MM, _PAPER), Stroke(lines, _BOARD_MM, _LINE, _DASH_MM)]


def _light(colour: str) -> int:
    return sum([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
