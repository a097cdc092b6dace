"""A template at true size: on one page where it fits, else on a page of notes and joined pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.inputs import read_case
from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Box, Mark, Part, Sheet
from luthier_desktop.domain.pdf_options import (
    PAPER_NAMES,
    PRINTABLE_MARGIN_MM,
    PageSize,
    PdfOptions,
    page_sizes,
)
from luthier_desktop.exports import template_checks as checks
from luthier_desktop.exports.template_caption import caption
from luthier_desktop.exports.template_drawing import Drawing, drawing
from luthier_desktop.exports.template_marks import SMALL_MM, TEXT_MM, bold, within, words
from luthier_desktop.exports.template_table import WIDTH_MM as TABLE_WIDTH_MM
from luthier_desktop.exports.template_table import Row, rows_within, table, table_rows
from luthier_desktop.exports.template_tiles import Grid, corners, grid, page_map, tile_marks
from luthier_desktop.exports.template_view import TemplateView

__all__ = ["TemplateView", "template_sheets"]

_LEFT_MM = _TOP_MM = PRINTABLE_MARGIN_MM
_FOOT_MM, _TILE_FOOT_MM = 8.0, 9.0
_GAP_MM = 2.0
_CORNERS_MM = 1.5
_BESIDE_SQUARE_MM = checks.SQUARE_MM + 4.0
_DOWN_MM = checks.BAR_HEIGHT_MM + 2.0
_LEAST_MEASURES_MM = _DOWN_MM + checks.BAR_MM + 20.0
_LEGEND = (
    "Full lines: soundhole, channel (without its clearance, which the table has), rings, pieces. "
    "Dash and dot: centre lines. Dashed: fingerboard. Hatched: hidden by it."
)
_JOINING = (
    "Cut one of two neighbours along the dashed line, lay it on",
    "the same line of the other, cross on cross, and glue.",
    "A corner mark is missing: the printer has clipped the page.",
)


class _Face(NamedTuple):
    """What a page shows besides its foot; ``place`` says which part of the drawing it is."""

    marks: tuple[Mark, ...]
    place: str = ""


class _Plan(NamedTuple):
    """The pages in order: faces, the tiles of a grid, more faces."""

    size: PageSize
    before: tuple[_Face, ...]
    grid: Grid | None
    after: tuple[_Face, ...]

    @property
    def pages(self) -> int:
        """How many there are."""
        tiles = 0 if self.grid is None else self.grid.pages
        return len(self.before) + tiles + len(self.after)


class _Content(NamedTuple):
    """What is laid out."""

    view: TemplateView
    drawing: Drawing
    rows: tuple[Row, ...]
    options: PdfOptions


def template_sheets(view: TemplateView, options: PdfOptions) -> tuple[Sheet, ...]:
    """Lay a template out at true size; of the ways the paper may lie, that with fewer pages.

    Raises:
        InputRefused: The pages are too small for what they are to show together, or too many; a
            ring would hold too many pieces; the clearance leaves no channel.
    """
    case = read_case(view.design, view.setup, view.materials)
    drawn = drawing(case, view.around)
    content = _Content(view, drawn, table_rows(case), options)
    plan = min(_plans(content), key=lambda plan: plan.pages)
    faces = tuple(_faces(plan, drawn))
    return tuple(
        Sheet(*plan.size, (*face.marks, *_foot(content, plan, face, number)))
        for number, face in enumerate(faces, start=1)
    )


def _plans(content: _Content) -> list[_Plan]:
    plans, refusals = [], []
    for size in page_sizes(content.options):
        try:
            plans.append(_on_one_page(content, size) or _on_several(content, size))
        except InputRefused as refused:
            refusals.append(refused)
    if not plans:
        raise refusals[0]
    return plans


def _faces(plan: _Plan, drawn: Drawing) -> Iterator[_Face]:
    yield from plan.before
    if plan.grid is not None:
        columns, rows = plan.grid.columns, plan.grid.rows
        marks = tile_marks(drawn, plan.grid, len(plan.before) + 1)
        for number, on_page in enumerate(marks):
            row, column = divmod(number, columns)
            place = f"column {column + 1} of {columns}, row {row + 1} of {rows}"
            yield _Face(on_page, place)
    yield from plan.after


def _on_one_page(content: _Content, size: PageSize) -> _Plan | None:
    """Lay all on one page, from the head down to the table; None where it does not fit.

    Rows of the table that find no room go on further pages.
    """
    head = caption(content.view, size.room_width_mm)
    reach_mm = content.drawing.reach_mm
    square, down = checks.square(), checks.bar_down()
    y_mm = _TOP_MM + head.height_mm + _GAP_MM
    low_mm = y_mm + max(2 * reach_mm, down.height_mm) + _GAP_MM
    foot_mm = size.height_mm - PRINTABLE_MARGIN_MM - _FOOT_MM
    if low_mm + square.height_mm > foot_mm or 2 * reach_mm + _DOWN_MM > size.room_width_mm:
        return None
    x_mm = _LEFT_MM + max(size.room_width_mm / 2, _DOWN_MM + reach_mm)
    centre_mm = (y_mm + low_mm - _GAP_MM) / 2
    beside_mm, bars = _LEFT_MM + _BESIDE_SQUARE_MM, (checks.bar_mm(), checks.bar_inches())
    table_mm = low_mm + sum(bar.height_mm for bar in bars) + _GAP_MM
    fit = rows_within(foot_mm - table_mm)
    marks = (
        head.at(_LEFT_MM, _TOP_MM),
        down.at(_LEFT_MM, centre_mm - down.height_mm / 2),
        _moved(content.drawing, x_mm, centre_mm),
        square.at(_LEFT_MM, low_mm),
        bars[0].at(beside_mm, low_mm),
        bars[1].at(beside_mm, low_mm + bars[0].height_mm),
        table(content.rows[:fit]).at(beside_mm, table_mm),
    )
    return _Plan(size, (_Face(marks),), None, tuple(_table_pages(content.rows[fit:], size)))


def _on_several(content: _Content, size: PageSize) -> _Plan:
    """Lay the drawing on pages of its own, after a page of what is to be measured and known.

    Raises:
        InputRefused: The pages are too small for their overlap, or too many.
    """
    options, drawn = content.options, content.drawing
    room = Box(_LEFT_MM, _TOP_MM, size.room_width_mm, size.room_height_mm - _TILE_FOOT_MM)
    paper = PAPER_NAMES[options.paper]
    tiles = grid(room, 2 * drawn.reach_mm, options.overlap_mm, paper)
    head, down = caption(content.view, size.room_width_mm), checks.bar_down()
    y_mm = _TOP_MM + head.height_mm + _GAP_MM
    place = _beside(size, y_mm) or Point(_LEFT_MM, y_mm + down.height_mm + 2 * _GAP_MM)
    fit = rows_within(size.height_mm - PRINTABLE_MARGIN_MM - _FOOT_MM - place.y_mm)
    more = tuple(_table_pages(content.rows[fit:], size))
    right_mm = place.x_mm - 3 * _GAP_MM if place.y_mm == y_mm else room.left_mm + room.width_mm
    measures = _Measures(tiles, drawn, Point(_LEFT_MM, y_mm), right_mm, 2 + len(more))
    marks = (
        head.at(_LEFT_MM, _TOP_MM),
        *_measures(measures),
        table(content.rows[:fit]).at(*place),
    )
    return _Plan(size, (_Face(marks), *more), tiles, ())


def _beside(size: PageSize, y_mm: float) -> Point | None:
    """Return where the table stands beside what is measured, on a page that is wide enough."""
    left_mm = _LEFT_MM + size.room_width_mm - TABLE_WIDTH_MM
    return Point(left_mm, y_mm) if left_mm >= _LEFT_MM + _LEAST_MEASURES_MM else None


class _Measures(NamedTuple):
    """What the block of things to measure shows, from its upper left corner to its right edge."""

    tiles: Grid
    drawn: Drawing
    corner: Point
    right_mm: float
    first_page: int


def _measures(block: _Measures) -> Iterator[Mark]:
    """Return the square, the bars, the map and how the pages are joined."""
    (x_mm, y_mm), square = block.corner, checks.square()
    yield checks.bar_down().at(x_mm, y_mm)
    left_mm = x_mm + _DOWN_MM
    yield square.at(left_mm, y_mm)
    map_mm = left_mm + square.width_mm + 3 * _GAP_MM
    room = (block.right_mm - map_mm, square.height_mm)
    yield page_map(block.tiles, block.drawn, block.first_page, room).at(map_mm, y_mm)
    low_mm = y_mm + square.height_mm + 2 * _GAP_MM
    for bar in (checks.bar_mm(), checks.bar_inches()):
        yield bar.at(left_mm, low_mm)
        low_mm += bar.height_mm + _GAP_MM
    for text in _JOINING if block.tiles.pages > 1 else ():
        low_mm += 1.6 * TEXT_MM
        yield words(text, left_mm, low_mm, TEXT_MM)


def _table_pages(rows: Sequence[Row], size: PageSize) -> Iterator[_Face]:
    """Return pages with the rows that found no room elsewhere."""
    top_mm = _TOP_MM + 2 * TEXT_MM
    fit = rows_within(size.height_mm - PRINTABLE_MARGIN_MM - _FOOT_MM - top_mm)
    for start in range(0, len(rows), fit):
        title = bold("Radii and diameters, continued", _LEFT_MM, _TOP_MM + TEXT_MM, TEXT_MM)
        yield _Face((title, table(rows[start : start + fit]).at(_LEFT_MM, top_mm)))


def _moved(drawn: Drawing, x_mm: float, y_mm: float) -> Part:
    return Part(drawn.marks, Point(x_mm, y_mm))


def _foot(content: _Content, plan: _Plan, face: _Face, number: int) -> Iterator[Mark]:
    """Say which page this is; a page of the drawing has a bar of its own to be measured."""
    low_mm = plan.size.height_mm - PRINTABLE_MARGIN_MM
    room_mm = plan.size.room_width_mm
    notes = content.view.notes
    name = f"{shown(notes.name)} · design {notes.short_hash} · scale 1:1, print at 100 %"
    page = f"template page {number} of {plan.pages}"
    if face.place:
        bar = checks.bar_mm()
        yield bar.at(_LEFT_MM + room_mm - bar.width_mm, low_mm - bar.height_mm)
        room_mm -= bar.width_mm + _GAP_MM
        upper = f"{page}: {face.place}"
        yield bold(within(upper, room_mm, TEXT_MM), _LEFT_MM, low_mm - 3.8, TEXT_MM)
        yield words(within(name, room_mm, SMALL_MM), _LEFT_MM, low_mm - 0.7, SMALL_MM)
        return
    if number == 1:
        yield words(within(_LEGEND, room_mm, SMALL_MM), _LEFT_MM, low_mm - 4.2, SMALL_MM)
        yield from corners(_printable(plan.size))
    yield words(within(f"{page} · {name}", room_mm, SMALL_MM), _LEFT_MM, low_mm - 0.7, SMALL_MM)


def _printable(size: PageSize) -> Box:
    """Return the corners of what is printed, a little outside of all that is read."""
    away_mm, wider_mm = _CORNERS_MM, 2 * _CORNERS_MM
    width_mm, height_mm = size.room_width_mm + wider_mm, size.room_height_mm + wider_mm
    return Box(_LEFT_MM - away_mm, _TOP_MM - away_mm, width_mm, height_mm)
