"""What tells whether a print is true: bars of 100 mm in both axes, one of 4 in, a square.

Each is one block, so that no page cuts it.
"""

from __future__ import annotations

from luthier_desktop.domain.lengths import MM_PER_INCH
from luthier_desktop.domain.paper import Mark
from luthier_desktop.exports.template_marks import (
    CUT_MM,
    HAIR_MM,
    SMALL_MM,
    TEXT_MM,
    Block,
    bold,
    closed,
    line,
    rectangle,
    upwards,
    words,
)

BAR_MM, INCHES, SQUARE_MM = 100.0, 4, 50.0
_END_MM, _FIVE_MM, _TICK_MM = 3.0, 2.4, 1.5
_EDGE_MM = 1.0
_LETTERS_MM = 3.4
_LOUD_MM = 4.0
BAR_HEIGHT_MM = _END_MM + _LETTERS_MM + 0.6


def bar_mm() -> Block:
    """Return the bar of 100 mm across the page, a tick every 10 mm."""
    ticks = [(10.0 * step, _tick_mm(step, 5, 10)) for step in range(11)]
    return _bar(BAR_MM, ticks, "100 mm across")


def bar_inches() -> Block:
    """Return the bar of 4 in, a tick every quarter of an inch."""
    ticks = [(MM_PER_INCH * step / 4, _tick_mm(step, 4, 4 * INCHES)) for step in range(17)]
    return _bar(INCHES * MM_PER_INCH, ticks, "4 in")


def bar_down() -> Block:
    """Return the bar of 100 mm down the page."""
    y_mm, base_mm = _EDGE_MM, _END_MM
    marks: list[Mark] = [line((base_mm, y_mm), (base_mm, y_mm + BAR_MM), CUT_MM)]
    for step in range(11):
        at_mm = y_mm + 10.0 * step
        marks.append(line((base_mm - _tick_mm(step, 5, 10), at_mm), (base_mm, at_mm), CUT_MM))
    text_mm = base_mm + _LETTERS_MM - 0.4
    middle_mm = y_mm + BAR_MM / 2
    label = upwards("100 mm down", text_mm, middle_mm, TEXT_MM)
    return Block((*marks, label), BAR_HEIGHT_MM, BAR_MM + 2 * _EDGE_MM)


def square() -> Block:
    """Return the square of 50 mm with what to do written into it."""
    middle_mm = _EDGE_MM + SQUARE_MM / 2
    lines = [
        bold("Print at 100 %", middle_mm, middle_mm - 13.0, _LOUD_MM, "center"),
        bold("Measure me", middle_mm, middle_mm + 1.0, _LOUD_MM, "center"),
    ]
    told = (
        (-7.8, "“actual size”, on one side of the paper"),
        (6.4, "square 50 mm by 50 mm"),
        (10.4, "both bars 100 mm, the third 4 in"),
        (14.4, "If not, do not cut by this sheet."),
    )
    lines += [words(text, middle_mm, middle_mm + y_mm, SMALL_MM, "center") for y_mm, text in told]
    edges = closed(rectangle(_EDGE_MM, _EDGE_MM, SQUARE_MM, SQUARE_MM), CUT_MM)
    side_mm = SQUARE_MM + 2 * _EDGE_MM
    return Block((edges, *lines), side_mm, side_mm)


def _bar(length_mm: float, ticks: list[tuple[float, float]], label: str) -> Block:
    y_mm = _END_MM
    marks: list[Mark] = [line((_EDGE_MM, y_mm), (_EDGE_MM + length_mm, y_mm), CUT_MM)]
    for at_mm, high_mm in ticks:
        x_mm, pen_mm = _EDGE_MM + at_mm, CUT_MM if high_mm > _TICK_MM else HAIR_MM
        marks.append(line((x_mm, y_mm - high_mm), (x_mm, y_mm), pen_mm))
    text = words(label, _EDGE_MM + length_mm / 2, y_mm + _LETTERS_MM - 0.4, TEXT_MM, "center")
    return Block((*marks, text), length_mm + 2 * _EDGE_MM, BAR_HEIGHT_MM)


def _tick_mm(step: int, every: int, last: int) -> float:
    if step in (0, last):
        return _END_MM
    return _FIVE_MM if step % every == 0 else _TICK_MM
