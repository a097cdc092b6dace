"""Reads sheets of paper again: where each word stands, measured apart from what laid it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from fontTools.ttLib import TTFont

from luthier_desktop import paths
from luthier_desktop.domain.geometry import ORIGIN, Point
from luthier_desktop.domain.paper import Box, Mark, Modules, Part, Sheet, Words

RISE_EM, FALL_EM = 0.73, 0.2
"""How far capitals reach over the base line of Inter, and a p below it."""
_NEAR_MM = 1e-6
_QUIET_MODULES = 4
_LONG_NUMBER = re.compile(r"(\.\d{4})\d+")


class Printed(NamedTuple):
    """A line of text and the box of its ink on the page."""

    text: str
    size_mm: float
    box: Box


def printed(marks: Iterable[Mark], at: Point = ORIGIN) -> Iterator[Printed]:
    """Return every line of text on a sheet; all of it is level."""
    for mark in marks:
        if isinstance(mark, Part):
            assert mark.clip is None
            inner = Point(at.x_mm + mark.shift.x_mm, at.y_mm + mark.shift.y_mm)
            yield from printed(mark.marks, inner)
        elif isinstance(mark, Words):
            assert mark.angle_deg == 0
            yield Printed(mark.text, mark.size_mm, _box(mark, at))


def codes(sheet: Sheet) -> list[Box]:
    """Return the QR codes on a sheet with their quiet zones."""
    found = [mark for mark in sheet.marks if isinstance(mark, Modules)]
    return [_code(mark) for mark in found]


def text_of(sheets: Sequence[Sheet]) -> str:
    """Return all that is written, without blanks, which the end of a line takes away."""
    lines = [line.text for sheet in sheets for line in printed(sheet.marks)]
    return solid(" ".join(lines))


def solid(text: str) -> str:
    """Return *text* without blanks."""
    return "".join(text.split())


def faults(sheet: Sheet) -> list[str]:
    """Say which lines overlap each other or the code, and which leave the page."""
    lines = sorted(printed(sheet.marks), key=lambda line: line.box.top_mm)
    page = Box(0.0, 0.0, sheet.width_mm, sheet.height_mm)
    found = [f"off the page: {line.text}" for line in lines if not _within(line.box, page)]
    for number, line in enumerate(lines):
        for other in lines[number + 1 :]:
            if other.box.top_mm >= line.box.top_mm + line.box.height_mm:
                break
            if _meet(line.box, other.box):
                found.append(f"{line.text} lies over {other.text}")
    for code in codes(sheet):
        found += [f"in the code: {line.text}" for line in lines if _meet(line.box, code)]
    return found


def plain(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as JSON with lengths to a ten-thousandth of a mm."""
    text = json.dumps(sheets, default=bytes.hex, ensure_ascii=False)
    return _LONG_NUMBER.sub(r"\1", text).encode()


def _box(words: Words, at: Point) -> Box:
    wide_mm = words.size_mm * sum(_advances_em(words.bold)[ord(one)] for one in words.text)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[words.align]
    left_mm = at.x_mm + words.at.x_mm - share * wide_mm
    top_mm = at.y_mm + words.at.y_mm - RISE_EM * words.size_mm
    return Box(left_mm, top_mm, wide_mm, (RISE_EM + FALL_EM) * words.size_mm)


def _code(code: Modules) -> Box:
    quiet_mm = _QUIET_MODULES * code.side_mm / len(code.rows)
    left_mm, top_mm = code.corner.x_mm - quiet_mm, code.corner.y_mm - quiet_mm
    return Box(left_mm, top_mm, code.side_mm + 2 * quiet_mm, code.side_mm + 2 * quiet_mm)


def _within(box: Box, page: Box) -> bool:
    return (
        box.left_mm >= page.left_mm
        and box.top_mm >= page.top_mm
        and box.left_mm + box.width_mm <= page.left_mm + page.width_mm
        and box.top_mm + box.height_mm <= page.top_mm + page.height_mm
    )


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left_mm + one.width_mm > other.left_mm + _NEAR_MM
        and other.left_mm + other.width_mm > one.left_mm + _NEAR_MM
        and one.top_mm + one.height_mm > other.top_mm + _NEAR_MM
        and other.top_mm + other.height_mm > one.top_mm + _NEAR_MM
    )


@cache
def _advances_em(bold: bool) -> dict[int, float]:
    name = "Inter-SemiBold.otf" if bold else "Inter-Regular.otf"
    with TTFont(paths.resource("fonts") / name, lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {code: widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}
