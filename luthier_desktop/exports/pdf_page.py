"""The marks of one sheet as the content of a PDF page, in mm."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from luthier_desktop.domain.geometry import Point
from luthier_desktop.domain.paper import Fill, Mark, Modules, Part, Sheet, Stroke, Words
from luthier_desktop.exports.pdf_path import (
    Frame,
    box_path,
    edges_path,
    modules_path,
    number,
    outline_path,
)
from luthier_desktop.exports.print_letters import letters, printable, text_width_mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

POINTS_A_MM = 72 / 25.4
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}


def draw_page(canvas: Canvas, sheet: Sheet) -> None:
    """Draw a sheet's marks onto the canvas' page; one unit of its content is 1 mm."""
    canvas.addLiteral(f"{POINTS_A_MM:.9f} 0 0 {POINTS_A_MM:.9f} 0 0 cm")
    _Pen(canvas).draw(sheet.marks, Frame(0.0, 0.0, sheet.height_mm))


class _Pen:
    """Draws marks in turn; what looks alike and follows each other is one path."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def draw(self, marks: Iterable[Mark], frame: Frame) -> None:
        for look, alike in groupby(marks, _look):
            if look is None:
                for mark in alike:
                    self._draw_one(mark, frame)
            else:
                self._stroke([mark for mark in alike if isinstance(mark, Stroke)], frame)

    def _draw_one(self, mark: Mark, frame: Frame) -> None:
        if isinstance(mark, Fill):
            path = " ".join([outline_path(outline, frame) for outline in mark.outlines])
            self._fill(path, mark.colour)
        elif isinstance(mark, Words):
            self._write(mark, frame)
        elif isinstance(mark, Modules):
            self._fill(modules_path(mark, frame), "#000000")
        elif isinstance(mark, Part):
            self._part(mark, frame)

    def _stroke(self, strokes: list[Stroke], frame: Frame) -> None:
        first = strokes[0]
        dashes = " ".join(map(number, first.dash_mm))
        self._canvas.addLiteral(
            f"{_colour(first.colour)} RG {number(first.pen_mm)} w [{dashes}] 0 d"
        )
        paths = [
            edges_path(stroke.edges, frame) + (" h" if stroke.closed else "")
            for stroke in strokes
            if stroke.edges
        ]
        self._canvas.addLiteral("\n".join([*paths, "S" if paths else "n"]))

    def _fill(self, path: str, colour: str) -> None:
        if path:
            self._canvas.addLiteral(f"{_colour(colour)} rg\n{path} f*")

    def _part(self, part: Part, frame: Frame) -> None:
        self._canvas.addLiteral("q")
        if part.clip is not None:
            self._canvas.addLiteral(f"{box_path(part.clip, frame)} W n")
        self.draw(part.marks, frame.moved(part.shift))
        self._canvas.addLiteral("Q")

    def _write(self, words: Words, frame: Frame) -> None:
        text = printable(words.text, bold=words.bold)
        if not text:
            return
        turn = math.radians(words.angle_deg)
        sin, cos = math.sin(turn), math.cos(turn)
        before_mm = _BEFORE[words.align] * text_width_mm(text, words.size_mm, bold=words.bold)
        start = Point(words.at.x_mm - before_mm * cos, words.at.y_mm - before_mm * sin)
        x_mm, y_mm = map(float, frame.at(start).split())
        writing = self._canvas.beginText()
        writing.setFont(letters(bold=words.bold).fontName, words.size_mm)
        writing.setTextTransform(cos, -sin, sin, cos, x_mm, y_mm)
        writing.textOut(text)
        self._canvas.addLiteral(f"{_colour(words.colour)} rg")
        self._canvas.drawText(writing)


def _look(mark: Mark) -> tuple[float, str, tuple[float, ...]] | None:
    return (mark.pen_mm, mark.colour, mark.dash_mm) if isinstance(mark, Stroke) else None


def _colour(colour: str) -> str:
    return " ".join(number(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
