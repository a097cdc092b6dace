"""Reads a PDF's pages again: pypdf takes the file apart, what is drawn is worked out here.

Places are in mm from the page's lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

MM = 25.4 / 72
Matrix = tuple[float, float, float, float, float, float]
Place = tuple[float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_TAKES = {"m": 1, "l": 1, "c": 3}


class Segment(NamedTuple):
    """A straight step, or a Bezier with its two handles in the middle."""

    places: tuple[Place, ...]

    @property
    def is_straight(self) -> bool:
        return len(self.places) == 2

    def at(self, share: float) -> Place:
        rest = 1 - share
        weights = (rest, share)
        if not self.is_straight:
            weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        pairs = [list(zip(weights, self.places, strict=True))] * 2
        return tuple(sum(w * p[axis] for w, p in pairs[axis]) for axis in (0, 1))


class Painted(NamedTuple):
    """One path, how it was painted (S, f*), with what pen and dashes, within which clip boxes."""

    how: str
    runs: tuple[tuple[Segment, ...], ...]
    pen_mm: float
    dash: tuple[float, ...]
    clips: tuple[tuple[float, float, float, float], ...]


class Content:
    """What one page's operators paint."""

    def __init__(self, page: PageObject, reader: PdfReader) -> None:
        stream = ContentStream(page.get_contents(), reader)
        self.operations: list[tuple[Any, str]] = [
            (operands, operator.decode()) for operands, operator in stream.operations
        ]
        self._matrix: Matrix = _UNIT
        self._kept: list[tuple[Any, ...]] = []
        self._pen = 1.0
        self._dash: tuple[float, ...] = ()
        self._clips: tuple[tuple[float, float, float, float], ...] = ()
        self._runs: list[list[Segment]] = []
        self._here: Place = (0, 0)
        self._start: Place = (0, 0)
        self.painted = list(self._paint())

    def of(self, how: str) -> list[Painted]:
        return [one for one in self.painted if one.how == how]

    def straight(self) -> list[tuple[Place, Place]]:
        """Every straight step that is stroked."""
        return [
            (step.places[0], step.places[1])
            for one in self.of("S")
            for run in one.runs
            for step in run
            if step.is_straight
        ]

    def _paint(self) -> Iterator[Painted]:
        for operands, operator in self.operations:
            if operator in ("S", "f*"):
                runs = tuple(tuple(run) for run in self._runs)
                pen_mm = self._pen * self._matrix[0] * MM
                yield Painted(operator, runs, pen_mm, self._dash, self._clips)
                self._runs = []
            else:
                self._step(operands, operator)

    def _step(self, operands: Any, operator: str) -> None:
        numbers = [float(one) for one in operands if isinstance(one, int | float)]
        if operator in ("m", "l", "c", "h", "re"):
            self._draw(numbers, operator)
        elif operator == "W":
            places = [place for run in self._runs for step in run for place in step.places]
            xs, ys = [x for x, _ in places], [y for _, y in places]
            self._clips = (*self._clips, (min(xs), min(ys), max(xs), max(ys)))
        elif operator == "n":
            self._runs = []
        else:
            self._set(operands, numbers, operator)

    def _set(self, operands: Any, numbers: list[float], operator: str) -> None:
        if operator == "cm":
            self._matrix = _times(tuple(numbers), self._matrix)  # type: ignore[arg-type]
        elif operator == "q":
            self._kept.append((self._matrix, self._pen, self._dash, self._clips))
        elif operator == "Q":
            self._matrix, self._pen, self._dash, self._clips = self._kept.pop()
        elif operator == "w":
            self._pen = numbers[0]
        elif operator == "d":
            self._dash = tuple(float(one) for one in operands[0])

    def _draw(self, numbers: list[float], operator: str) -> None:
        if operator == "re":
            x, y, width, height = numbers
            self._draw([x, y], "m")
            for corner in ([x + width, y], [x + width, y + height], [x, y + height]):
                self._draw(corner, "l")
            self._draw([], "h")
            return
        if operator == "h":
            if self._here != self._start:
                self._runs[-1].append(Segment((self._here, self._start)))
            self._here = self._start
            return
        places = [self._place(*numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
        assert len(places) == _TAKES[operator]
        if operator == "m":
            self._start = places[0]
            self._runs.append([])
        else:
            self._runs[-1].append(Segment((self._here, *places)))
        self._here = places[-1]

    def _place(self, x: float, y: float) -> Place:
        a, b, c, d, e, f = self._matrix
        return (a * x + c * y + e) * MM, (b * x + d * y + f) * MM


def opened(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data), strict=True)


def contents(data: bytes) -> list[Content]:
    reader = opened(data)
    return [Content(page, reader) for page in reader.pages]


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in opened(data).pages]


def size_mm(page: PageObject) -> tuple[float, float]:
    return float(page.mediabox.width) * MM, float(page.mediabox.height) * MM


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
