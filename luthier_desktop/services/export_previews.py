"""What the window shows of an export before it is written, where that is no picture or page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luthier_desktop.domain.bom_options import BomOptions
from luthier_desktop.domain.cut_list.table import Table
from luthier_desktop.domain.cut_list.tables import tables
from luthier_desktop.domain.geometry import Edge, Line, Outline, Point
from luthier_desktop.domain.paper import Mark, Part, Sheet, Stroke, Words
from luthier_desktop.domain.parts.part import PartsPlan
from luthier_desktop.domain.parts_options import PartsOptions
from luthier_desktop.exports.parts_page import (
    SheetPlace,
    grain_arrow,
    label_at,
    label_of,
    on_sheet,
    sheet_places,
)
from luthier_desktop.services.export_drawing import Draft, bom_list, parts_plan

_MARGIN_MM, _HEAD_MM = 6.0, 14.0
_LINE_MM, _EDGE_MM = 0.25, 0.15
_TITLE_MM, _LABEL_MM = 4.0, 1.5
_GREY = "#707070"


class CutListSeen(NamedTuple):
    """The tables of a cut list that have rows, and what is still missing in it."""

    tables: tuple[Table, ...]
    lacks: tuple[str, ...]


def cut_list_seen(draft: Draft, options: BomOptions) -> CutListSeen:
    """Return the cut list of a design as its tables, lengths in mm and in inches."""
    cut = bom_list(draft, options)
    filled = tuple(one.for_people().with_inches() for one in tables(cut) if one.rows)
    lacks = [f"Ring {ring.ring_index}: {lack}" for ring in cut.rings for lack in ring.lacks]
    return CutListSeen(filled, tuple(lacks))


def part_sheets(draft: Draft, options: PartsOptions) -> tuple[Sheet, ...]:
    """Return the sheets that parts are cut from, each as a page of its own.

    Raises:
        InputRefused: There are no parts, the bit is not known, or one does not fit on a sheet.
    """
    plan = parts_plan(draft, options)
    return tuple(_page(plan, place._replace(left_mm=0.0)) for place in sheet_places(plan))


def _page(plan: PartsPlan, place: SheetPlace) -> Sheet:
    wide_mm, high_mm = plan.sheet_width_mm, plan.sheet_height_mm
    marks = Part(tuple(_marks(plan, place)), Point(_MARGIN_MM, _HEAD_MM))
    return Sheet(wide_mm + 2 * _MARGIN_MM, high_mm + _HEAD_MM + _MARGIN_MM, (marks,))


def _marks(plan: PartsPlan, place: SheetPlace) -> Iterator[Mark]:
    right_mm, bottom_mm = plan.sheet_width_mm, plan.sheet_height_mm
    yield Stroke(_frame(right_mm, bottom_mm).edges, _EDGE_MM, _GREY, closed=True)
    for line in grain_arrow(place):
        yield Stroke((line,), _EDGE_MM, _GREY)
    yield Words(place.title, Point(0.0, -6.0), _TITLE_MM)
    for placed in place.sheet.parts:
        shift = on_sheet(placed, 0.0)
        outlines = (placed.part.outline, *placed.part.holes)
        yield Part(tuple(Stroke(one.edges, _LINE_MM, closed=True) for one in outlines), shift)
        yield Words(label_of(placed), label_at(placed, 0.0), _LABEL_MM)


def _frame(right_mm: float, bottom_mm: float) -> Outline:
    corners = [(0.0, 0.0), (right_mm, 0.0), (right_mm, bottom_mm), (0.0, bottom_mm)]
    points = [Point(*corner) for corner in corners]
    edges: list[Edge] = [
        Line(start, end) for start, end in zip(points, [*points[1:], points[0]], strict=True)
    ]
    return Outline(tuple(edges))
