"""A rosette as DXF: true circles and arcs, one operation a layer, millimetres, nothing twice."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.channel_walls import ChannelWalls, channel_walls
from luthier_desktop.domain.dxf_options import DxfOptions
from luthier_desktop.domain.feasibility.inputs import Case, read_case
from luthier_desktop.domain.geometry import ORIGIN, Point
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports import dxf_layers as layers
from luthier_desktop.exports.dxf_document import document_bytes
from luthier_desktop.exports.dxf_marks import DxfMarks
from luthier_desktop.exports.dxf_texts import text_lines
from luthier_desktop.exports.svg_notes import Notes

CHECK_MM = 100.0
_BLOCKS = frozenset({PatternFamily.SOLID, PatternFamily.SEGMENTS})
_MARGIN_MM = 8.0
_TEXT_MM, _LINE_MM = 3.0, 5.0
_LETTER = 0.65
"""A letter's width as a share of its height, for the extents alone."""


class DxfDrawing(NamedTuple):
    """Everything that a DXF file's bytes follow from, besides its options."""

    design: RosetteParamSpec
    setup: Setup
    materials: MaterialCatalogue
    notes: Notes


def dxf_bytes(drawing: DxfDrawing, options: DxfOptions) -> bytes:
    """Draw the file; the same drawing and options are the same bytes everywhere.

    Origin at the soundhole's centre, y up towards the fingerboard, seen from the face of the top.
    Circles, arcs and lines are true; other curves run through points within 0.005 mm.

    Raises:
        InputRefused: A ring would hold more pieces than can be drawn, or the clearance leaves no
            channel.
    """
    case = read_case(drawing.design, drawing.setup, drawing.materials)
    walls, rings = channel_walls(case), _rings(drawing.design, options)
    half_mm = _half_mm(drawing.design, walls)
    marks = DxfMarks()
    marks.line(layers.CHECK, Point(-CHECK_MM / 2, half_mm), Point(CHECK_MM / 2, half_mm))
    marks.line(layers.CHECK, Point(-half_mm, -CHECK_MM / 2), Point(-half_mm, CHECK_MM / 2))
    if options.guides:
        _add_axes(marks, half_mm)
    if options.top:
        _add_top(marks, drawing.design, walls)
    if options.rings:
        _add_rings(marks, drawing.design)
    _add_pieces(marks, drawing.design, rings, options)
    if options.guides:
        _add_board(marks, case, half_mm)
    right_mm, below_mm = half_mm, half_mm
    if options.texts:
        right_mm, below_mm = _add_texts(marks, drawing, walls, half_mm)
    return document_bytes(marks.marks, (-half_mm, -below_mm, right_mm, half_mm), options.version)


def _rings(design: RosetteParamSpec, options: DxfOptions) -> list[RingDrawing]:
    if options.pieces == "none":
        return []
    radii = ring_radii(design)
    return [draw_ring(ring, at) for ring, at in zip(design.ring_params, radii, strict=True)]


def _half_mm(design: RosetteParamSpec, walls: tuple[ChannelWalls, ...]) -> float:
    """Return how far the check lines and the axes lie out: beyond all that is drawn."""
    reaches_mm = [CHECK_MM / 2, design.outer_diameter_mm / 2, *(one.outer_mm for one in walls)]
    reaches_mm += [(design.soundhole_diameter_mm or 0.0) / 2]
    reaches_mm += [radii.outer_mm for radii in ring_radii(design)]
    return math.ceil(round(max(reaches_mm) + _MARGIN_MM, 6))


def _add_axes(marks: DxfMarks, half_mm: float) -> None:
    end_mm = half_mm - _MARGIN_MM / 2
    marks.line(layers.AXES, Point(-end_mm, 0.0), Point(end_mm, 0.0))
    marks.line(layers.AXES, Point(0.0, end_mm), Point(0.0, -end_mm))


def _add_top(marks: DxfMarks, design: RosetteParamSpec, walls: tuple[ChannelWalls, ...]) -> None:
    if design.soundhole_diameter_mm is not None:
        marks.circle(layers.SOUNDHOLE, ORIGIN, design.soundhole_diameter_mm / 2)
    for number, wall in enumerate(walls, 1):
        layer = layers.channel_layer(number, wall.depth_mm)
        marks.circle(layer, ORIGIN, wall.inner_mm)
        marks.circle(layer, ORIGIN, wall.outer_mm)


def _add_rings(marks: DxfMarks, design: RosetteParamSpec) -> None:
    """Draw the circles of all rings before any piece: a piece never takes a ring's circle."""
    for ring, radii in zip(design.ring_params, ring_radii(design), strict=True):
        layer = layers.ring_layer(ring.ring_index)
        marks.circle(layer, ORIGIN, radii.inner_mm)
        marks.circle(layer, ORIGIN, radii.outer_mm)


def _add_pieces(
    marks: DxfMarks, design: RosetteParamSpec, drawn: list[RingDrawing], options: DxfOptions
) -> None:
    names = layers.tile_layers(wood for one in drawn for wood in one.pieces_by_material)
    for ring, drawing in zip(design.ring_params, drawn, strict=False):
        blocks = options.rings and ring.pattern_type in _BLOCKS and drawing.joints
        if blocks or options.pieces == "joints":
            marks.edges(layers.JOINTS, drawing.joints)
            continue
        for piece in drawing.pieces:
            layer = names[piece.material_id]
            for outline in (piece.outline, *piece.holes):
                marks.outline(layer, outline)


def _add_board(marks: DxfMarks, case: Case, half_mm: float) -> None:
    width_mm, end_mm = case.board.width_mm, case.board.end_distance_mm
    if width_mm is None or end_mm is None or end_mm >= half_mm:
        return
    left, right = Point(-width_mm / 2, -end_mm), Point(width_mm / 2, -end_mm)
    marks.line(layers.BOARD, left, right)
    for corner in (left, right):
        marks.line(layers.BOARD, corner, Point(corner.x_mm, -half_mm))


def _add_texts(
    marks: DxfMarks, drawing: DxfDrawing, walls: tuple[ChannelWalls, ...], half_mm: float
) -> tuple[float, float]:
    """Write the texts below the drawing; return how far right and how far down they reach."""
    marks.text(layers.TEXT, "100 mm", Point(-CHECK_MM / 2, half_mm + _LINE_MM), _TEXT_MM)
    lines = text_lines(drawing.design, drawing.notes, walls)
    for number, line in enumerate(lines, 3):
        marks.text(layers.TEXT, line, Point(-half_mm, half_mm + _LINE_MM * number), _TEXT_MM)
    right_mm = max(map(len, lines)) * _TEXT_MM * _LETTER - half_mm
    return max(half_mm, right_mm), half_mm + _LINE_MM * (len(lines) + 3)
