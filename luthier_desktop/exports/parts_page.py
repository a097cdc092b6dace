"""Where the sheets of a nesting lie in one drawing, and what is written beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from luthier_desktop.domain.geometry import Line, Point
from luthier_desktop.domain.parts.part import PartSheet, PartsPlan, PlacedPart
from luthier_desktop.exports.dxf_texts import about_lines
from luthier_desktop.exports.svg_notes import Notes

CHECK_MM = 100.0
TEXT_MM, LINE_MM, LABEL_MM = 3.0, 5.0, 1.5
_LETTER = 0.65
"""A letter's width as a share of its height."""
_BETWEEN_MM, _MARGIN_MM = 20.0, 10.0
_NO_PLAIN_LETTER = re.compile(r"[^A-Za-z0-9 _.-]")
_ARROW_MM, _BARB_MM = 40.0, 3.0


class SheetPlace(NamedTuple):
    """A sheet, its left edge in the drawing, and its title; its top is at 0."""

    sheet: PartSheet
    left_mm: float
    title: str


def sheet_places(plan: PartsPlan) -> list[SheetPlace]:
    """Return the sheets side by side, each with its wood, thickness and number."""
    step_mm = plan.sheet_width_mm + _BETWEEN_MM
    return [
        SheetPlace(sheet, number * step_mm, _title(sheet))
        for number, sheet in enumerate(plan.sheets)
    ]


def below_mm(plan: PartsPlan) -> float:
    """Return where the horizontal check line lies, below the sheets."""
    return plan.sheet_height_mm + _MARGIN_MM


def check_lines(plan: PartsPlan) -> tuple[Line, Line]:
    """Return 100 mm both ways, outside of the sheets."""
    y_mm = below_mm(plan)
    corner, right = Point(0.0, y_mm), Point(CHECK_MM, y_mm)
    upright = Line(Point(-_MARGIN_MM, y_mm), Point(-_MARGIN_MM, y_mm - CHECK_MM))
    return Line(corner, right), upright


def grain_arrow(place: SheetPlace) -> tuple[Line, Line, Line]:
    """Return an arrow over a sheet: the grain runs along it."""
    y_mm, start_mm = -LINE_MM / 2, place.left_mm
    tip = Point(start_mm + _ARROW_MM, y_mm)
    barbs = [Point(tip.x_mm - _BARB_MM, y_mm + side) for side in (-1.0, 1.0)]
    return Line(Point(start_mm, y_mm), tip), Line(barbs[0], tip), Line(barbs[1], tip)


def on_sheet(placed: PlacedPart, left_mm: float) -> Point:
    """Return how far a part's outline is moved in the drawing."""
    return Point(placed.shift.x_mm + left_mm, placed.shift.y_mm)


def label_at(placed: PlacedPart, left_mm: float) -> Point:
    """Return where a part's label begins, in its wood."""
    middle, shift = placed.part.middle, on_sheet(placed, left_mm)
    return Point(
        shift.x_mm + middle.x_mm - LABEL_MM * _LETTER * len(label_of(placed)) / 2,
        shift.y_mm + middle.y_mm + LABEL_MM / 2,
    )


def label_of(placed: PlacedPart) -> str:
    """Return a part's label: the ring that it belongs to."""
    return f"R{placed.part.ring_index}"


def text_lines(plan: PartsPlan, notes: Notes) -> Iterator[str]:
    """Yield what the drawing is, its verdict, and how its parts are cut, in plain letters."""
    yield from about_lines(notes)
    yield f"{_counted(plan.part_count, 'part')} on {_counted(len(plan.sheets), 'sheet')}"
    yield f"Bit {plan.bit_mm:.3f} mm - {plan.gap_mm:.3f} mm between parts"
    yield "Outlines are the finished parts - the bit runs outside of them"
    yield "The grain of the sheet runs along the arrow"
    yield "All lengths in mm - check line 100 mm both ways - measure it first"
    for sentence in plan.sentences:
        yield _NO_PLAIN_LETTER.sub("", sentence.replace(":", " -").replace(";", " -"))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _title(sheet: PartSheet) -> str:
    thick_mm = sheet.thickness_mm
    thick = "thickness unknown" if thick_mm is None else f"{thick_mm:.2f} mm thick"
    return f"{sheet.material_id} - {thick} - sheet {sheet.number}"
