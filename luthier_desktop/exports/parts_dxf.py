"""Male parts on their sheets as DXF: closed profiles, one layer a wood."""

from __future__ import annotations

from luthier_desktop.domain.dxf_options import DxfVersion
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.parts.outlines import moved
from luthier_desktop.domain.parts.part import PartsPlan
from luthier_desktop.exports import dxf_layers as layers
from luthier_desktop.exports.dxf_document import document_bytes
from luthier_desktop.exports.dxf_marks import DxfMarks
from luthier_desktop.exports.parts_page import (
    LABEL_MM,
    LINE_MM,
    TEXT_MM,
    SheetPlace,
    below_mm,
    check_lines,
    grain_arrow,
    label_at,
    label_of,
    on_sheet,
    sheet_places,
    text_lines,
)
from luthier_desktop.exports.svg_notes import Notes

EDGES, GRAIN, PARTS = "05_SHEET_EDGES", "06_GRAIN", "50_PARTS_"
_MARGIN_MM = 12.0


def parts_dxf(plan: PartsPlan, notes: Notes, version: DxfVersion) -> bytes:
    """Draw all sheets side by side; the same plan, notes and version are the same bytes.

    The first sheet's upper left corner is the origin, y up; profiles are the finished parts.
    """
    marks, places = DxfMarks(), sheet_places(plan)
    marks.edges(layers.CHECK, check_lines(plan))
    names = layers.tile_layers((sheet.material_id for sheet in plan.sheets), PARTS)
    for place in places:
        _add_sheet(marks, plan, place, names[place.sheet.material_id])
    at_mm = below_mm(plan)
    lines = list(text_lines(plan, notes))
    for number, line in enumerate(lines, 2):
        marks.text(layers.TEXT, line, Point(0.0, at_mm + LINE_MM * number), TEXT_MM)
    right_mm = places[-1].left_mm + plan.sheet_width_mm + _MARGIN_MM
    down_mm = at_mm + LINE_MM * (len(lines) + 2)
    return document_bytes(marks.marks, (-_MARGIN_MM, -down_mm, right_mm, _MARGIN_MM), version)


def _add_sheet(marks: DxfMarks, plan: PartsPlan, place: SheetPlace, layer: str) -> None:
    left_mm, right_mm = place.left_mm, place.left_mm + plan.sheet_width_mm
    corners = [
        Point(left_mm, 0.0),
        Point(right_mm, 0.0),
        Point(right_mm, plan.sheet_height_mm),
        Point(left_mm, plan.sheet_height_mm),
    ]
    for number, corner in enumerate(corners):
        marks.line(EDGES, corner, corners[(number + 1) % 4])
    marks.edges(GRAIN, grain_arrow(place))
    marks.text(layers.TEXT, place.title, Point(left_mm, -LINE_MM), TEXT_MM)
    for placed in place.sheet.parts:
        shift = on_sheet(placed, left_mm)
        for outline in (placed.part.outline, *placed.part.holes):
            marks.outline(layer, moved(outline, shift))
        marks.text(layers.TEXT, label_of(placed), label_at(placed, left_mm), LABEL_MM)
