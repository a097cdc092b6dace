"""What lies in a field is cut from: bands, strands, placed shapes and sawn tiles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from luthier_desktop.domain.bill.stock import (
    BillRow,
    Blank,
    MadeRing,
    StockKind,
    Strips,
    piece_row,
    strip_row,
)
from luthier_desktop.domain.geometry import Arc, Line, Outline, Point, on_arc
from luthier_desktop.domain.patterns import custom, inlay, plait, wave

CHORDS = 24


class _Sawn(NamedTuple):
    """Pieces of one outline, the direction that their blank lies in, and their own area."""

    material_id: str
    outline: Outline
    direction_deg: float
    number: int
    area_mm2: float


def bent_field(made: MadeRing, area_mm2: float) -> BillRow:
    """Return one strip as wide as the ring, or as many laminations as fill it."""
    radii, given_mm = made.layout.radii, made.layout.ring.strip_thickness_mm
    width_mm = given_mm or radii.width_mm
    needed = math.ceil(round(radii.width_mm / width_mm, 9))
    return strip_row(made, made.layout.material(0), Strips(width_mm, needed, radii, area_mm2))


def wave_rows(made: MadeRing) -> list[BillRow]:
    """The field, bent and routed, and a band as long as its swing."""
    layout = made.layout
    drawn = wave.drawn_wave(layout)
    field = bent_field(made, layout.radii.area_mm2 - drawn.band_mm2)
    longer = drawn.length_mm / (2 * math.pi * layout.radii.outer_mm)
    band = strip_row(
        made, wave.band_material(layout), Strips(drawn.band_mm, 1, layout.radii, drawn.band_mm2)
    )
    return [field, _as_long(band, longer)]


def _as_long(row: BillRow, longer: float) -> BillRow:
    """Return a strip that is *longer* times the ring's outer edge."""
    return row._replace(
        length_mm=row.length_mm * longer,
        net_mm3=row.net_mm3 * longer,
        waste_mm3=row.waste_mm3 * longer,
        kerf_mm3=row.kerf_mm3 * longer,
    )


def plait_rows(made: MadeRing) -> list[BillRow]:
    """The field, bent and routed, and blanks for the strands' pieces."""
    layout = made.layout
    drawn, woods = plait.drawn_plait(layout), plait.strand_materials(layout)
    each = drawn.bights // drawn.components
    pieces = [
        _Sawn(
            woods[component % len(woods)], kind.outline, kind.grain_deg, each,
            each * kind.area_mm2,
        )
        for kind in drawn.kinds
        for component in range(drawn.components)
    ]
    field = bent_field(made, layout.radii.area_mm2 - drawn.strands_mm2)
    return [field, *_sawn_rows(made, StockKind.STRAND, pieces)]


def inlay_rows(made: MadeRing) -> list[BillRow]:
    """The field, bent and routed, and blanks for the shapes."""
    layout = made.layout
    shapes = inlay.spoke_shapes(layout)
    pieces = [
        _Sawn(
            inlay.shape_material(layout, position), shape.outline(), shape.turn_deg,
            layout.tiles, layout.tiles * inlay.shape_area_mm2(shape),
        )
        for position, shape in enumerate(shapes)
    ]
    area_mm2 = math.fsum(piece.area_mm2 for piece in pieces)
    field = bent_field(made, layout.radii.area_mm2 - area_mm2)
    return [field, *_sawn_rows(made, StockKind.SHAPE, pieces)]


def custom_rows(made: MadeRing) -> list[BillRow]:
    """Blanks round the tile's fields."""
    tiles = custom.first_tiles(made.layout)
    pieces = [
        _Sawn(
            piece.material_id, piece.outline, piece.grain_deg, count, count * piece.area_mm2
        )
        for piece, count in tiles
    ]
    return _sawn_rows(made, StockKind.FIELD, pieces)


def _sawn_rows(made: MadeRing, kind: StockKind, pieces: list[_Sawn]) -> list[BillRow]:
    """Return one row a material: as many blanks as pieces, named by the largest of them."""
    by_material: dict[str, list[_Sawn]] = {}
    for piece in pieces:
        by_material.setdefault(piece.material_id, []).append(piece)
    rows = []
    for material_id, own in by_material.items():
        boxes = [_box(piece) for piece in own]
        needed = sum(piece.number for piece in own)
        face_mm2 = _mean(boxes, own, needed)
        width_mm, length_mm = (max(sizes) for sizes in zip(*boxes, strict=True))
        blank = Blank(kind, width_mm, length_mm, face_mm2, width_mm * made.thickness_mm)
        finished_mm3 = math.fsum(piece.area_mm2 for piece in own) * made.left_mm
        rows.append(piece_row(made, material_id, needed, blank, finished_mm3))
    return rows


def _mean(boxes: list[tuple[float, float]], own: list[_Sawn], needed: int) -> float:
    faces = (width * length * piece.number for (width, length), piece in zip(
        boxes, own, strict=True))
    return math.fsum(faces) / needed


def _box(piece: _Sawn) -> tuple[float, float]:
    """Return width and length of the rectangle round a piece, lying along its direction."""
    angle = math.radians(piece.direction_deg)
    sin, cos = math.sin(angle), math.cos(angle)
    corners = list(_corners(piece.outline))
    across = [x * cos + y * sin for x, y in corners]
    along = [x * sin - y * cos for x, y in corners]
    return _span(across), _span(along)


def _span(values: Iterable[float]) -> float:
    found = list(values)
    return max(found) - min(found)


def _corners(outline: Outline) -> Iterator[Point]:
    for edge in outline.edges:
        if isinstance(edge, Line):
            yield edge.start
        elif isinstance(edge, Arc):
            yield from (on_arc(edge, place / CHORDS) for place in range(CHORDS + 1))
        else:
            yield from edge.points
