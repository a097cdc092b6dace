"""The drawing of a template at true size; origin at the soundhole's centre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.lengths import Unit, length_in
from luthier_desktop.domain.paper import Mark, Stroke
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.svg_around import Around
from luthier_desktop.exports.template_hatch import hatching
from luthier_desktop.exports.template_marks import (
    CHAIN_MM,
    CUT_MM,
    DASHED_MM,
    HAIR_MM,
    RING_MM,
    SMALL_MM,
    TEXT_MM,
    line,
    round_mark,
    upwards,
    words,
)
from luthier_desktop.exports.template_rings import Circles, ring_marks

_BORDER_MM = 7.0
_CROSS_MM, _PIN_MM = 5.0, 0.5
_ARROW_MM, _HEAD_MM = 14.0, 1.6
_LEAST_LABELLED_MM = 28.0
"""A soundhole from this radius on has room for its own size."""


class Drawing(NamedTuple):
    """Marks within a square from ``-reach_mm`` to ``reach_mm``."""

    marks: tuple[Mark, ...]
    reach_mm: float


def drawing(case: Case, around: Around) -> Drawing:
    """Draw the design of a case; the edges of its channels without their clearance.

    Raises:
        InputRefused: A ring would hold more pieces than can be drawn.
    """
    design, rings = case.design, ring_radii(case.design)
    hole_mm = around.soundhole_radius_mm or 0.0
    outer_mm = max([design.outer_diameter_mm / 2, *(ring.outer_mm for ring in rings)])
    reach_mm = max(outer_mm, hole_mm) + _BORDER_MM
    circles = Circles()
    marks: list[Mark] = []
    for ring, radii in zip(design.ring_params, rings, strict=True):
        marks += ring_marks(ring, radii, circles)
        circles.add(radii.inner_mm, RING_MM)
        circles.add(radii.outer_mm, RING_MM)
    for span in case.spans:
        circles.add(span.inner_mm, CUT_MM)
        circles.add(span.outer_mm, CUT_MM)
    if hole_mm:
        circles.add(hole_mm, CUT_MM)
    band = RingRadii(design.inner_diameter_mm / 2, outer_mm)
    board = _board(around, band, reach_mm)
    notes = (*_centre(reach_mm), *_grain(reach_mm), *_hole(around))
    return Drawing((*marks, *circles.strokes(), *board, *notes), reach_mm)


def _board(around: Around, band: RingRadii, reach_mm: float) -> Iterator[Mark]:
    """Draw the fingerboard's end where it reaches into the drawing, and hatch what it hides."""
    width_mm, end_mm = around.board_width_mm, around.board_end_mm
    if width_mm is None or end_mm is None or end_mm >= reach_mm:
        return
    half_mm = width_mm / 2
    yield line((-half_mm, -end_mm), (half_mm, -end_mm), CUT_MM, DASHED_MM)
    for x_mm in (-half_mm, half_mm):
        yield line((x_mm, -end_mm), (x_mm, -reach_mm), CUT_MM, DASHED_MM)
    yield from hatching(band, width_mm, end_mm)
    yield words("fingerboard", 1.2, 2.6 - reach_mm, SMALL_MM)


def _centre(reach_mm: float) -> Iterator[Stroke]:
    """Draw both centre lines, and at the centre a solid cross with a ring round the pin."""
    for start, end in (((-reach_mm, 0.0), (reach_mm, 0.0)), ((0.0, -reach_mm), (0.0, reach_mm))):
        yield line(start, (0.0, 0.0), HAIR_MM, CHAIN_MM)
        yield line(end, (0.0, 0.0), HAIR_MM, CHAIN_MM)
    yield line((-_CROSS_MM, 0.0), (_CROSS_MM, 0.0), CUT_MM)
    yield line((0.0, -_CROSS_MM), (0.0, _CROSS_MM), CUT_MM)
    yield round_mark(4 * _PIN_MM, HAIR_MM)


def _grain(reach_mm: float) -> Iterator[Mark]:
    """Draw an arrow along the top's grain, in the lower right corner, where no ring is."""
    x_mm, low_mm = reach_mm - 2.5, reach_mm - 1.0
    high_mm = low_mm - _ARROW_MM
    yield line((x_mm, low_mm), (x_mm, high_mm), CUT_MM)
    for tip_mm, away_mm in ((high_mm, _HEAD_MM), (low_mm, -_HEAD_MM)):
        for side_mm in (-_HEAD_MM / 2, _HEAD_MM / 2):
            yield line((x_mm, tip_mm), (x_mm + side_mm, tip_mm + away_mm), CUT_MM)
    text_mm = x_mm - 1.4
    yield upwards("grain", text_mm, (low_mm + high_mm) / 2, SMALL_MM)


def _hole(around: Around) -> Iterator[Mark]:
    """Write the soundhole's size beside the centre lines, where it has room."""
    radius_mm = around.soundhole_radius_mm
    if radius_mm is None or radius_mm < _LEAST_LABELLED_MM:
        return
    diameter_mm = 2 * radius_mm
    inches = length_in(diameter_mm, Unit.INCH, 1)
    told = ("soundhole", f"Ø {diameter_mm:.2f} mm", f"{inches} in", "cut last")
    for number, text in enumerate(told):
        yield words(text, 3.0, 7.0 + 1.5 * TEXT_MM * number, TEXT_MM)
