"""The table of a template: radii and diameters of soundhole, channels and rings, mm and inches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.channel_walls import channel_walls
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.lengths import Unit, length_in
from luthier_desktop.domain.paper import Mark
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.exports.template_marks import (
    HAIR_MM,
    SMALL_MM,
    TEXT_MM,
    Block,
    bold,
    cells,
    line,
    within,
    words,
)

ROW_MM, HEAD_MM = 3.7, 8.2
WIDTH_MM = 138.0
_WHAT_MM, _WHAT_ROOM_MM = 8.5, 29.0
_FIRST_MM, _MM_MM, _INCH_MM = 38.0, 12.5, 12.5
_PAIRS = ("inner radius", "outer radius", "inner Ø", "outer Ø")


class Row(NamedTuple):
    """One line of the table; lengths in mm, None: there is none."""

    number: str
    what: str
    inner_mm: float | None
    outer_mm: float


def table_rows(case: Case) -> tuple[Row, ...]:
    """Return the rows from the inside outwards: soundhole, channels as they are cut, rings.

    Raises:
        InputRefused: The clearance leaves no channel.
    """
    design = case.design
    hole_mm = design.soundhole_diameter_mm
    rows = [] if hole_mm is None else [Row("", "soundhole", None, hole_mm / 2)]
    for number, walls in enumerate(channel_walls(case), start=1):
        rows.append(Row(f"C{number}", "channel, as cut", walls.inner_mm, walls.outer_mm))
    for ring, radii in zip(design.ring_params, ring_radii(design), strict=True):
        tiles = lay_out(ring, radii).tiles
        what = ring.pattern_type.value.lower().replace("_", " ")
        what = f"{what}, {tiles}" if tiles > 1 else what
        rows.append(Row(str(ring.ring_index), what, radii.inner_mm, radii.outer_mm))
    return tuple(rows)


def rows_within(height_mm: float) -> int:
    """Return how many rows a table of this height has room for."""
    return max(0, int((height_mm - HEAD_MM) / ROW_MM + 1e-6))


def table(rows: Sequence[Row]) -> Block:
    """Return the table with its head."""
    marks: list[Mark] = list(_head())
    y_mm = HEAD_MM
    for row in rows:
        y_mm += ROW_MM
        marks += _row(row, y_mm - 1.0)
    marks.append(line((0.0, y_mm), (WIDTH_MM, y_mm)))
    return Block(tuple(marks), WIDTH_MM, y_mm)


def _head() -> list[Mark]:
    marks: list[Mark] = [words("ring", 0.0, 6.6, SMALL_MM)]
    for number, title in enumerate(_PAIRS):
        left_mm = _FIRST_MM + number * (_MM_MM + _INCH_MM)
        right_mm = left_mm + _MM_MM + _INCH_MM
        marks.append(bold(title, right_mm, 2.8, SMALL_MM, "right"))
        marks += cells(("mm", "in"), (left_mm + _MM_MM, right_mm), 6.6, SMALL_MM)
    marks.append(line((0.0, HEAD_MM - 0.4), (WIDTH_MM, HEAD_MM - 0.4), HAIR_MM))
    return marks


def _row(row: Row, y_mm: float) -> list[Mark]:
    marks: list[Mark] = [bold(row.number, 0.0, y_mm, TEXT_MM)]
    what = within(row.what, _WHAT_ROOM_MM, TEXT_MM)
    marks.append(words(what, _WHAT_MM, y_mm, TEXT_MM))
    inner_mm = row.inner_mm
    lengths = (
        inner_mm,
        row.outer_mm,
        None if inner_mm is None else 2 * inner_mm,
        2 * row.outer_mm,
    )
    for number, length_mm in enumerate(lengths):
        if length_mm is not None:
            left_mm = _FIRST_MM + number * (_MM_MM + _INCH_MM) + _MM_MM
            texts = (length_in(length_mm, Unit.MM), length_in(length_mm, Unit.INCH, 1))
            marks += cells(texts, (left_mm, left_mm + _INCH_MM), y_mm, TEXT_MM)
    return marks
