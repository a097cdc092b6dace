"""The upper part of a shop sheet: name, picture, verdict and QR code; and what is on each page."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.feasibility.inputs import Case, read_case
from luthier_desktop.domain.geometry import Edge, Line, Point
from luthier_desktop.domain.paper import Box, Mark, Modules, Part, Stroke
from luthier_desktop.exports.print_lengths import both_text
from luthier_desktop.exports.qr import QUIET_MODULES
from luthier_desktop.exports.sheet_blocks import (
    INK,
    PALE_INK,
    Block,
    Face,
    height_mm,
    paragraph,
    rule_at,
    space,
)
from luthier_desktop.exports.sheet_flow import groups_of, in_columns
from luthier_desktop.exports.sheet_picture import reach_mm
from luthier_desktop.exports.shop_sheet_record import short_hash
from luthier_desktop.exports.shop_sheet_verdict import verdict_words
from luthier_desktop.exports.shop_sheet_view import ShopView

BESIDE_MM, GAP_MM = 40.0, 5.0
"""The least width of the room beside the picture, and what parts the two."""
_SCALES = (1, 2, 3, 4, 5, 10, 20, 50, 100)
_BESIDE_CODE_MM = 60.0
"""So much room is used beside the code, not only above it."""
_LONGEST_NAME = 200
_LARGEST_FOOT_MM = 2.5
_GOOD_MODULE_MM, _MOST_MODULE_MM = 0.34, 0.45
"""A telephone reads a module of a third of a mm at arm's length."""
_BAR_MM, _BAR_STEP_MM, _TICK_MM = 50.0, 10.0, 1.6
_BAR_PEN_MM = 0.2
_FOOT_GAP_MM = 8.0
_SIGN_PEN_EM = 0.16
_SIGNS: dict[str, tuple[tuple[tuple[float, float], ...], str]] = {
    "GREEN": (((0.0, -0.4), (0.32, -0.05), (0.9, -0.75)), "#2e7d32"),
    "YELLOW": (((0.05, 0.0), (0.45, -0.75), (0.85, 0.0), (0.05, 0.0)), "#a35f00"),
    "RED": (((0.1, -0.72), (0.8, 0.0), (0.45, -0.36), (0.8, -0.72), (0.1, 0.0)), "#c62828"),
    "UNKNOWN": (((0.05, -0.36), (0.85, -0.36)), "#5b5b5b"),
}
"""The glyph of each verdict as a line, in parts of the letters' size, and its colour."""


class FirstPage(NamedTuple):
    """What stands on the first page already, the room beside the picture, and where it ends.

    ``middle`` is where the picture's comes; the picture itself is not drawn yet.
    """

    marks: tuple[Mark, ...]
    middle: Point
    beside: Box
    below_mm: float


class Head(NamedTuple):
    """The upper edge of a page."""

    marks: tuple[Mark, ...]
    height_mm: float


def fitting_scales(view: ShopView, inner: Box) -> list[int]:
    """Return how many times smaller the picture may be drawn, true size first if that fits."""
    most_mm = min(inner.width_mm - GAP_MM - BESIDE_MM, inner.height_mm - BESIDE_MM)
    true_mm = 2 * reach_mm(view.design)
    return [scale for scale in _SCALES if true_mm / scale <= most_mm] or [_SCALES[-1]]


def first_page(view: ShopView, inner: Box, size_mm: float, scale: int) -> FirstPage:
    """Return name, sizes, verdict and code; *inner* is the page within its margins."""
    title = _title(view, inner, size_mm)
    top_mm = inner.top_mm + title.height_mm
    radius_mm = reach_mm(view.design) / scale
    foot = _scale_bar(scale, radius_mm, Face(size_mm, colour=PALE_INK))
    below_mm = top_mm + 2 * radius_mm
    side_left_mm = inner.left_mm + 2 * radius_mm + GAP_MM
    wide_mm = inner.left_mm + inner.width_mm - side_left_mm
    side = Box(side_left_mm, top_mm, wide_mm, 2 * radius_mm + foot.height_mm)
    code, room = _code(view, side, size_mm)
    verdict, room = _verdict(view, room, size_mm)
    bar = Part(foot.marks, Point(inner.left_mm, below_mm))
    return FirstPage(
        (*title.marks, bar, *verdict, *code),
        Point(inner.left_mm + radius_mm, top_mm + radius_mm),
        room,
        below_mm + foot.height_mm + size_mm,
    )


def later_head(view: ShopView, inner: Box, size_mm: float) -> Head:
    """Return the name at the upper edge of a further page."""
    blocks = paragraph(shown(view.name, _LONGEST_NAME), Face(size_mm, bold=True), inner.width_mm)
    blocks += [Block(0.5 * size_mm, (rule_at(0.2 * size_mm, inner.width_mm),)), space(size_mm)]
    return _stack(blocks, inner)


def footer(view: ShopView, inner: Box, size_mm: float, page: str) -> tuple[Mark, ...]:
    """Return the last line of a page: which design and record it belongs to, and its number."""
    face = Face(_foot_mm(size_mm), colour=PALE_INK)
    record = view.record
    kept = (
        "not saved"
        if record is None
        else f"{record.run_id}, ledger number {record.ledger_number:,}"
    )
    top_mm = inner.top_mm + inner.height_mm - face.line_mm
    right_mm = inner.left_mm + inner.width_mm
    return (
        face.words(f"Design {short_hash(view)}, {kept}", inner.left_mm, top_mm),
        face.words(page, right_mm, top_mm, "right"),
    )


def _title(view: ShopView, inner: Box, size_mm: float) -> Head:
    name = Face(1.9 * size_mm, bold=True)
    face = Face(size_mm, colour=PALE_INK)
    blocks = paragraph(shown(view.name, _LONGEST_NAME), name, inner.width_mm)
    blocks += paragraph(_sizes(view), face, inner.width_mm)
    blocks += [Block(0.8 * size_mm, (rule_at(0.4 * size_mm, inner.width_mm),)), space(size_mm)]
    return _stack(blocks, inner)


def _sizes(view: ShopView) -> str:
    """Say the sizes that everything else hangs on."""
    design = view.design
    case = read_case(design, view.setup, view.materials)
    hole_mm = design.soundhole_diameter_mm
    rings = len(design.ring_params)
    told = [
        "" if hole_mm is None else f"Soundhole {both_text(hole_mm)}",
        f"rosette {both_text(design.inner_diameter_mm)} to {both_text(design.outer_diameter_mm)}",
        "1 ring" if rings == 1 else f"{rings} rings",
        _top(case),
    ]
    said = ", ".join(filter(None, told))
    return f"{said[0].upper()}{said[1:]}."


def _top(case: Case) -> str:
    top = case.top
    wood = None if top.material is None else shown(top.material.name)
    thick = None if top.thickness_mm is None else f"{both_text(top.thickness_mm)} when routed"
    return " ".join(filter(None, ("top" if wood or thick else "", wood, thick)))


def _scale_bar(scale: int, radius_mm: float, face: Face) -> Head:
    """Say the scale; of a picture at true size, with a bar to measure."""
    if scale > 1:
        said = f"Picture 1 : {scale}; measure the template, not this."
        blocks = paragraph(said, face, 2 * radius_mm)
        return Head(tuple(_moved(blocks)), height_mm(blocks))
    text = "Picture 1 : 1, bar 50 mm"
    if 2 * radius_mm < _BAR_MM + face.width_mm(text) + face.size_mm:
        blocks = paragraph("Picture 1 : 1", face, 2 * radius_mm)
        return Head(tuple(_moved(blocks)), height_mm(blocks))
    base = Point(0.0, face.base_mm)
    marks: list[Mark] = [_bar(base)]
    marks.append(face.words(text, _BAR_MM + face.size_mm, 0.0))
    return Head(tuple(marks), face.line_mm)


def _bar(base: Point) -> Stroke:
    edges: list[Edge] = []
    at = base
    for number in range(round(_BAR_MM / _BAR_STEP_MM) + 1):
        x_mm = base.x_mm + number * _BAR_STEP_MM
        tick = Point(x_mm, base.y_mm - _TICK_MM)
        foot = Point(x_mm, base.y_mm)
        edges += [Line(at, foot)] if number else []
        edges += [Line(foot, tick), Line(tick, foot)]
        at = foot
    return Stroke(tuple(edges), _BAR_PEN_MM, INK)


def _verdict(view: ShopView, side: Box, size_mm: float) -> tuple[tuple[Mark, ...], Box]:
    """Write the verdict large; return the room that is left below it."""
    points, colour = _SIGNS[view.scored.risk_bucket.value]
    words = verdict_words(view)
    large = Face(1.9 * size_mm, bold=True, colour=colour)
    sign_mm = 1.25 * large.size_mm
    wide_mm = sign_mm + large.width_mm(words)
    if wide_mm > side.width_mm:
        large = large._replace(size_mm=large.size_mm * side.width_mm / wide_mm)
        sign_mm = 1.25 * large.size_mm
    corners = [
        Point(side.left_mm + x * large.size_mm, side.top_mm + large.base_mm + y * large.size_mm)
        for x, y in points
    ]
    edges = tuple([Line(*ends) for ends in pairwise(corners)])
    sign = Stroke(edges, _SIGN_PEN_EM * large.size_mm, colour)
    below_mm = large.line_mm + 0.3 * size_mm
    room = Box(side.left_mm, side.top_mm + below_mm, side.width_mm, side.height_mm - below_mm)
    return (sign, large.words(words, side.left_mm + sign_mm, side.top_mm)), room


def _code(view: ShopView, room: Box, size_mm: float) -> tuple[tuple[Mark, ...], Box]:
    """Put the code into the lower right corner; return the room above it or beside it."""
    count = len(view.qr)
    if not count:
        return (), room
    face = Face(_foot_mm(size_mm), colour=PALE_INK)
    around = count + 2 * QUIET_MODULES
    beside_mm = (room.width_mm - _BESIDE_CODE_MM) / around
    module_mm = min(
        _MOST_MODULE_MM,
        beside_mm if beside_mm >= _GOOD_MODULE_MM else room.width_mm / around,
        (room.height_mm - 2 * face.line_mm) / around,
    )
    quiet_mm, whole_mm = QUIET_MODULES * module_mm, around * module_mm
    right_mm, bottom_mm = room.left_mm + room.width_mm, room.top_mm + room.height_mm
    top_mm = bottom_mm - face.line_mm - whole_mm
    corner = Point(right_mm - whole_mm + quiet_mm, top_mm + quiet_mm)
    code = Modules(tuple(view.qr), corner, count * module_mm)
    middle_mm = right_mm - whole_mm / 2
    words = face.words(short_hash(view), middle_mm, bottom_mm - face.line_mm, "center")
    if beside_mm >= _GOOD_MODULE_MM:
        return (code, words), room._replace(width_mm=room.width_mm - whole_mm)
    return (code, words), room._replace(height_mm=max(0.0, top_mm - room.top_mm))


def _foot_mm(size_mm: float) -> float:
    """Return the size of the letters of what is only looked up."""
    return min(size_mm, _LARGEST_FOOT_MM)


def _stack(blocks: list[Block], inner: Box) -> Head:
    filled = in_columns(groups_of(blocks), inner)
    return Head(filled.marks, filled.height_mm)


def _moved(blocks: list[Block]) -> list[Mark]:
    marks: list[Mark] = []
    top_mm = 0.0
    for block in blocks:
        marks.append(Part(block.marks, Point(0.0, top_mm)))
        top_mm += block.height_mm
    return marks
