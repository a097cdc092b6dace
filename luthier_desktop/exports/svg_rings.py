"""The rings of a rosette as SVG groups, every piece at its true size."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from luthier_desktop.domain.geometry import (
    Arc,
    Piece,
    Point,
    RingRadii,
)
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.patterns.family import END_GRAIN
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.exports.svg_path import annulus_data, mm, open_data, piece_data
from luthier_desktop.exports.svg_tree import Element, add
from luthier_desktop.exports.svg_woods import Woods, shaded

OUTLINE_MM = "0.1"
_JOINT_MM = "0.06"
_INSET_MM = 0.02
_LEAST_GRAIN_MM = 0.6
_MOST_GRAIN_LINES = 26
_MOST_FIGURED = 150
"""A ring of more pieces has them in plain shades: each figure takes pixels' time of its own."""


class Inked(NamedTuple):
    """How rings are drawn: filled with woods, or as outlines."""

    woods: Woods
    outlines: bool
    figured: bool


def add_ring(parent: Element, ring: RingParam, radii: RingRadii, inked: Inked) -> None:
    """Draw one ring: bent strips first, then what is let into them, then joints."""
    drawing = draw_ring(ring, radii)
    group = add(parent, "g", id=f"ring-{ring.ring_index}", fill_rule="evenodd")
    if inked.outlines:
        _add_outlines(group, drawing)
        return
    darkest = min((inked.woods.colour(name) for name in drawing.pieces_by_material), key=_light)
    if inked.figured:
        inset_mm = min(_INSET_MM, radii.width_mm / 4)
        ground = RingRadii(radii.inner_mm + inset_mm, radii.outer_mm - inset_mm)
        add(
            group,
            "path",
            id=f"glue-{ring.ring_index}",
            d=annulus_data(ground),
            fill=shaded(darkest, -0.15),
        )
    _add_pieces(group, ring, drawing, inked)
    if len(drawing.pieces_by_material) == 1 and drawing.joints:
        add(
            group,
            "path",
            d=open_data(drawing.joints),
            fill="none",
            stroke=shaded(darkest, -0.2),
            stroke_width=_JOINT_MM,
        )


def _add_pieces(group: Element, ring: RingParam, drawing: RingDrawing, inked: Inked) -> None:
    numbered = list(enumerate(drawing.pieces))
    for position, piece in [one for one in numbered if _goes_round(one[1])]:
        _add_piece(group, piece, inked.woods.colour(piece.material_id))
        if inked.figured:
            _add_bent_grain(group, piece, f"{ring.ring_index}-{position}", inked.woods)
    plain = ring.pattern_type in END_GRAIN or len(numbered) > _MOST_FIGURED
    for position, piece in [one for one in numbered if not _goes_round(one[1])]:
        figure = None
        if not plain:
            figure = inked.woods.figure(piece.material_id, piece.grain_deg, piece.area_mm2)
        _add_piece(group, piece, figure or inked.woods.piece_fill(piece.material_id, position))


def _add_piece(group: Element, piece: Piece, fill: str) -> None:
    """Draw a piece; its class is its material."""
    edge = piece.outline.edges[0]
    if isinstance(edge, Arc) and len(piece.outline.edges) == 1 and not piece.holes:
        x_mm, y_mm = edge.center
        attributes = {"cx": mm(x_mm), "cy": mm(y_mm), "r": mm(edge.radius_mm)}
        add(group, "circle", **attributes, fill=fill).set("class", piece.material_id)
    else:
        add(group, "path", d=piece_data(piece), fill=fill).set("class", piece.material_id)


def _add_outlines(group: Element, drawing: RingDrawing) -> None:
    group.set("fill", "none")
    group.set("stroke", "#000000")
    group.set("stroke-width", OUTLINE_MM)
    for piece in drawing.pieces:
        _add_piece(group, piece, "none")


def _add_bent_grain(group: Element, piece: Piece, seed: str, woods: Woods) -> None:
    """Draw the growth lines of a strip that is bent round: circles, here and there broken."""
    radii = _circles(piece)
    if radii is None or radii.width_mm < _LEAST_GRAIN_MM:
        return
    chance, contrast = Random(f"{piece.material_id}-{seed}"), woods.contrast(piece.material_id)
    count = min(_MOST_GRAIN_LINES, max(2, round(radii.width_mm / 0.28)))
    pitch_mm = radii.width_mm / count
    grain = add(group, "g", fill="none", stroke=woods.dark(piece.material_id))
    for number in range(count):
        width_mm = min(0.4, pitch_mm * chance.uniform(0.2, 0.6))
        radius_mm = radii.inner_mm + (number + chance.uniform(0.3, 0.7)) * pitch_mm
        dashes = " ".join(mm(chance.uniform(3.0, 26.0)) for _ in range(8))
        add(
            grain,
            "circle",
            r=mm(radius_mm),
            stroke_width=mm(width_mm),
            stroke_dasharray=dashes,
            stroke_opacity=mm(round(0.1 + contrast * chance.uniform(0.2, 0.6), 3)),
        )


def _circles(piece: Piece) -> RingRadii | None:
    """Return the radii of a piece between two circles about the middle, else None."""
    outer, inner = piece.outline.edges[0], piece.holes[0].edges[0]
    if isinstance(outer, Arc) and isinstance(inner, Arc) and inner.center == Point(0.0, 0.0):
        return RingRadii(inner.radius_mm, outer.radius_mm)
    return None


def _goes_round(piece: Piece) -> bool:
    return piece.bent and bool(piece.holes) and len(piece.outline.edges) == 1


def _light(colour: str) -> int:
    return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5))
