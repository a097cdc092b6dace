"""Reads an SVG again, knowing nothing of how it was written: sizes, radii, areas."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

_NS = "{http://www.w3.org/2000/svg}"
_STEP = re.compile(r"([MLAHVZhvz])([^MLAHVZhvz]*)")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class Drawing:
    def __init__(self, data: bytes) -> None:
        self.root = fromstring(data)

    def by_id(self, id_: str) -> Element:
        found = [one for one in self.root.iter() if one.get("id") == id_]
        assert len(found) == 1, id_
        return found[0]

    def pieces(self, ring_index: int) -> Iterator[Element]:
        for one in self.by_id(f"ring-{ring_index}").iter():
            if one.get("class"):
                yield one

    def areas_mm2(self, ring_index: int) -> Counter[str]:
        areas: Counter[str] = Counter()
        for piece in self.pieces(ring_index):
            areas[str(piece.get("class"))] += area_mm2(piece)  # type: ignore[assignment]  # floats
        return areas

    def reach_mm(self, ring_index: int) -> tuple[float, float]:
        """Return the least and largest distance of any corner from the middle."""
        reaches = [math.hypot(x, y) for one in self.pieces(ring_index) for x, y in corners(one)]
        return min(reaches), max(reaches)

    def texts(self) -> list[str]:
        return [one.text or "" for one in self.root.iter(f"{_NS}text")]


def corners(piece: Element) -> Iterator[tuple[float, float]]:
    for subpath in _subpaths(piece.get("d", "")):
        for _, start, *_ in subpath:
            yield start


def area_mm2(piece: Element) -> float:
    if piece.tag == f"{_NS}circle":
        return math.pi * float(piece.get("r", "nan")) ** 2
    outer, *holes = [abs(_enclosed_mm2(path)) for path in _subpaths(piece.get("d", ""))]
    return outer - sum(holes)


_Edge = tuple[str, tuple[float, float], tuple[float, float], float, bool]


def _subpaths(data: str) -> list[list[_Edge]]:
    paths: list[list[_Edge]] = []
    at = start = (0.0, 0.0)
    for letter, rest in _STEP.findall(data):
        numbers = [float(one) for one in _NUMBER.findall(rest)]
        if letter == "M":
            at = start = (numbers[0], numbers[1])
            paths.append([])
        elif letter == "L":
            paths[-1].append(("L", at, (numbers[0], numbers[1]), 0.0, False))
            at = (numbers[0], numbers[1])
        elif letter == "A":
            rx, ry, turn, large, sweep, x, y = numbers
            assert (rx, turn, large) == (ry, 0.0, 0.0)
            paths[-1].append(("A", at, (x, y), rx, sweep == 1))
            at = (x, y)
        else:
            assert letter == "Z", letter
            paths[-1].append(("L", at, start, 0.0, False))
    return paths


def _enclosed_mm2(edges: list[_Edge]) -> float:
    total = 0.0
    for kind, (x1, y1), (x2, y2), radius, clockwise in edges:
        total += (x1 * y2 - x2 * y1) / 2
        if kind == "A":
            half = math.asin(min(1.0, math.hypot(x2 - x1, y2 - y1) / (2 * radius)))
            segment = radius**2 * (half - math.sin(half) * math.cos(half))
            total += segment if clockwise else -segment
    return total
