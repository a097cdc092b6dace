"""A small reader of DXF group codes for the tests: it shares nothing with the writer."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import ezdxf

Point = tuple[float, float]
LEGAL_NAME = re.compile(r"[A-Z0-9$_-]{1,31}")
LEGAL_TEXT = re.compile(r"[A-Za-z0-9 _.-]+")


@dataclass
class Entity:
    kind: str
    tags: list[tuple[int, str]] = field(default_factory=list)
    corners: list[tuple[float, float, float]] = field(default_factory=list)
    """x, y and bulge of each corner of a profile."""

    def text(self, code: int) -> str:
        return next(value for one, value in self.tags if one == code)

    def number(self, code: int, absent: float = math.nan) -> float:
        return next((float(value) for one, value in self.tags if one == code), absent)

    @property
    def layer(self) -> str:
        return self.text(8)

    @property
    def at(self) -> Point:
        return self.number(10), self.number(20)

    @property
    def closed(self) -> bool:
        return int(self.number(70, 0)) & 1 == 1

    def sides(self) -> Iterator[tuple[Point, Point, float]]:
        ends = self.corners[1:] + (self.corners[:1] if self.closed else [])
        for (x0, y0, bulge), (x1, y1, _) in zip(self.corners, ends, strict=False):
            yield (x0, y0), (x1, y1), bulge

    def area_mm2(self) -> float:
        """Area of a closed profile: the polygon's, and a circle's segment at each bulge."""
        total = 0.0
        for (x0, y0), (x1, y1), bulge in self.sides():
            total += (x0 * y1 - x1 * y0) / 2
            if bulge:
                angle, chord = 4 * math.atan(bulge), math.hypot(x1 - x0, y1 - y0)
                radius = chord / 2 / math.sin(abs(angle) / 2)
                segment = radius**2 * (abs(angle) - math.sin(abs(angle))) / 2
                total += math.copysign(segment, bulge)
        return abs(total)

    def arc_radii_mm(self) -> Iterator[float]:
        for (x0, y0), (x1, y1), bulge in self.sides():
            if bulge:
                yield math.hypot(x1 - x0, y1 - y0) * (1 + bulge * bulge) / 4 / abs(bulge)

    def places(self) -> Iterator[Point]:
        """Corners and the middles of arcs, or the ends of a line."""
        if self.kind == "LINE":
            yield from (self.at, (self.number(11), self.number(21)))
        for (x0, y0), (x1, y1), bulge in self.sides():
            yield x0, y0
            yield (x0 + x1 + bulge * (y1 - y0)) / 2, (y0 + y1 - bulge * (x1 - x0)) / 2


class DxfFile:
    """Sections of a DXF file, its header, its table of layers and its entities."""

    def __init__(self, data: bytes) -> None:
        lines = data.decode("ascii").split("\n")
        assert lines.pop() == ""
        assert len(lines) % 2 == 0
        self.tags = [(int(lines[at]), lines[at + 1]) for at in range(0, len(lines), 2)]
        self.entities: list[Entity] = []
        self.layers: list[str] = []
        self.header: dict[str, str] = {}
        self._read()

    def of(self, kind: str) -> list[Entity]:
        return [one for one in self.entities if one.kind == kind]

    def on(self, layer: str) -> list[Entity]:
        return [one for one in self.entities if one.layer == layer]

    def profiles(self) -> list[Entity]:
        return [one for one in self.entities if one.kind in ("POLYLINE", "LWPOLYLINE")]

    def radii_mm(self, layer: str) -> list[float]:
        """The radii of circles about the soundhole's centre."""
        circles = [one for one in self.on(layer) if one.kind == "CIRCLE"]
        assert all(math.hypot(*one.at) < 1e-6 for one in circles)
        return sorted(one.number(40) for one in circles)

    def texts(self) -> list[str]:
        return [one.text(1) for one in self.of("TEXT")]

    def _read(self) -> None:
        section, name, whole = "", "", Entity("")
        for code, value in self.tags:
            if code == 2 and section == "SECTION":
                section = value
            elif code == 0:
                name = value
                section = value if value in ("SECTION", "ENDSEC") else section
                whole = self._begun(value, whole) if section == "ENTITIES" else whole
            elif code == 9 and section == "HEADER":
                name = value
            else:
                self._tag(section, name, whole, (code, value))

    def _tag(self, section: str, name: str, whole: Entity, tag: tuple[int, str]) -> None:
        code, value = tag
        if section == "HEADER":
            self.header.setdefault(name, value)
        elif section == "TABLES" and name == "LAYER" and code == 2 and value != "LAYER":
            self.layers.append(value)
        elif section == "ENTITIES":
            whole.tags.append(tag)
            self._corner(whole, code, value)

    def _begun(self, kind: str, whole: Entity) -> Entity:
        if kind in ("VERTEX", "SEQEND"):
            return Entity(kind, corners=whole.corners)
        whole = Entity(kind)
        self.entities.append(whole)
        return whole

    @staticmethod
    def _corner(whole: Entity, code: int, value: str) -> None:
        if whole.kind not in ("VERTEX", "LWPOLYLINE"):
            return
        if code == 10:
            whole.corners.append((float(value), math.nan, 0.0))
        elif code in (20, 42):
            x, y, bulge = whole.corners[-1]
            new = (x, float(value), bulge) if code == 20 else (x, y, float(value))
            whole.corners[-1] = new


def faults(data: bytes) -> list[str]:
    """What ezdxf finds wrong in a file, and what it would mend."""
    audit = ezdxf.read(io.StringIO(data.decode("ascii"))).audit()
    return [one.message for one in (*audit.errors, *audit.fixes)]


def assert_clean(file: DxfFile) -> None:
    """Nothing twice, nothing without length, every name legal, every layer in the table."""
    seen: set[object] = set()
    for one in file.entities:
        key = same_key(one)
        assert key not in seen, (one.kind, one.layer)
        seen.add(key)
        if one.kind == "CIRCLE":
            assert one.number(40) > 1e-6
        elif one.kind != "TEXT":
            sides = list(one.sides()) or [(*one.places(), 0.0)]
            assert all(math.dist(start, end) > 1e-8 for start, end, _ in sides)
    used = {one.layer for one in file.entities}
    assert used <= set(file.layers)
    assert len(file.layers) == len(set(file.layers))
    assert all(LEGAL_NAME.fullmatch(name) for name in used)
    assert all(LEGAL_TEXT.fullmatch(text) for text in file.texts())


def same_key(one: Entity) -> object:
    places = one.places() if one.kind != "TEXT" else [one.at]
    if one.kind == "CIRCLE":
        return tuple(round(one.number(code), 5) for code in (10, 20, 40))
    rounded = frozenset((round(x, 5) + 0.0, round(y, 5) + 0.0) for x, y in places)
    return (rounded, one.text(1)) if one.kind == "TEXT" else rounded
