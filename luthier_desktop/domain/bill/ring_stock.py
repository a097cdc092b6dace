"""What each family is cut from: strips, bars, wedges, segments and dots."""

from __future__ import annotations

import math
from collections.abc import Callable

from luthier_desktop.domain.bill.field_stock import (
    bent_field,
    custom_rows,
    inlay_rows,
    plait_rows,
    wave_rows,
)
from luthier_desktop.domain.bill.stock import (
    PLATE_MARGIN_MM,
    BillRow,
    Blank,
    MadeRing,
    StockKind,
    Strips,
    piece_row,
    strip_row,
)
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns import dots, lines, rope, segments, solid, wheat_ear
from luthier_desktop.domain.patterns.counts import slant_deg
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.rope import RopeParameters
from luthier_desktop.domain.patterns.shares import turns
from luthier_desktop.domain.patterns.totals import material_totals

S_STRAY = math.sqrt(3) / 18
"""The most that 3u^2 - 2u^3 leaves the straight u: how far a rope's S bulges over its chord."""


def ring_rows(made: MadeRing) -> list[BillRow]:
    """Return the stock of one ring that is not sliced from a log."""
    return _FAMILIES[made.layout.ring.pattern_type](made)


def _solid(made: MadeRing) -> list[BillRow]:
    """One bent strip or as many laminations as fill the width, a plate, or wedges."""
    layout = made.layout
    if layout.tiles > 1:
        blank = _sector_blank(StockKind.WEDGE, made, math.pi / layout.tiles)
        return _pieces(made, blank)
    if solid.is_bent(layout.ring):
        return [bent_field(made, layout.radii.area_mm2)]
    return [_plate(made)]


def _plate(made: MadeRing) -> BillRow:
    """A square with a margin; a plate needs no spare, and its kerf lies in the margin."""
    radii, material_id = made.layout.radii, made.layout.material(0)
    side_mm = 2 * (radii.outer_mm + PLATE_MARGIN_MM)
    return BillRow(
        made.ring_index, StockKind.PLATE, material_id, side_mm, made.thickness_mm, side_mm,
        2 * math.pi * radii.inner_mm, 2 * math.pi * radii.outer_mm, 1, 1,
        side_mm * side_mm * made.thickness_mm, 0.0, 0.0, radii.area_mm2 * made.left_mm,
    )


def _lines(made: MadeRing) -> list[BillRow]:
    """Strips of one material and thickness in one row, cut to the length of the outermost."""
    layout = made.layout
    alike: dict[tuple[str, float], list[RingRadii]] = {}
    both = zip(lines.own_lines(layout), lines.line_spans(layout), strict=True)
    for (material_id, thickness_mm), span in both:
        width_mm = max(thickness_mm, round(span.width_mm, 9))
        alike.setdefault((material_id, width_mm), []).append(span)
    rows = []
    for (material_id, width_mm), spans in alike.items():
        reach = RingRadii(spans[0].inner_mm, spans[-1].outer_mm)
        area_mm2 = sum([span.area_mm2 for span in spans])
        strips = Strips(width_mm, len(spans), reach, area_mm2)
        rows.append(strip_row(made, material_id, strips))
    return rows


def _ladder(made: MadeRing) -> list[BillRow]:
    return _pieces(made, _sector_blank(StockKind.BAR, made, math.pi / made.layout.tiles))


def _slanted(made: MadeRing) -> list[BillRow]:
    """Bars of a straight strip that is as long as the ring's outer edge, sawn from a block.

    A bar in its rectangle: p sin(phi) wide, crossed/sin(phi) + p cos(phi) long.
    """
    layout = made.layout
    herringbone = layout.ring.pattern_type is PatternFamily.HERRINGBONE
    crossed_mm = layout.radii.width_mm / (2 if herringbone else 1)
    return _pieces(made, _bar(_outer_pitch_mm(made), crossed_mm, slant_deg(layout.ring)))


def _wheat_ear(made: MadeRing) -> list[BillRow]:
    """Kernels as the bars of a herringbone, the wedges of mirrored halves, backing veneers."""
    layout, thick_mm = made.layout, wheat_ear.backing_mm(made.layout)
    ears = wheat_ear.ear_layout(layout)
    bare = made._replace(layout=ears)
    kernel = _bar(_outer_pitch_mm(bare), ears.radii.width_mm / 2, slant_deg(layout.ring))
    backing, backing_mm2 = wheat_ear.backing_material(layout), 0.0
    rows = []
    if thick_mm:
        backing_mm2 = layout.radii.area_mm2 - ears.radii.area_mm2
        rows = [strip_row(made, backing, Strips(thick_mm, 2, layout.radii, backing_mm2))]
    for material_id, total in material_totals(layout).items():
        own = material_id == backing
        needed = total.pieces - (2 if own and thick_mm else 0)
        finished_mm3 = (total.area_mm2 - (backing_mm2 if own else 0.0)) * made.left_mm
        if needed:
            rows.append(piece_row(made, material_id, needed, kernel, finished_mm3))
    return rows


def _bar(pitch_mm: float, crossed_mm: float, angle_deg: float) -> Blank:
    sin, cos = math.sin(math.radians(angle_deg)), math.cos(math.radians(angle_deg))
    width_mm, length_mm = pitch_mm * sin, crossed_mm / sin + pitch_mm * cos
    face_mm2 = width_mm * length_mm
    return Blank(StockKind.BAR, width_mm, length_mm, face_mm2, face_mm2)


def _rope(made: MadeRing) -> list[BillRow]:
    """Strands from bars along the chord of their S, wide enough for its bulge; and the lines."""
    layout = made.layout
    own = layout.ring.pattern
    parameters = own if isinstance(own, RopeParameters) else RopeParameters.empty()
    across_mm = layout.radii.width_mm
    lean_mm = parameters.lean_in(across_mm)
    angle_deg = math.degrees(math.atan2(across_mm, lean_mm))
    bar = _bar(_outer_pitch_mm(made), across_mm, angle_deg)
    width_mm = bar.width_mm + 2 * S_STRAY * lean_mm * math.sin(math.radians(angle_deg))
    face_mm2 = width_mm * bar.length_mm
    strand = Blank(StockKind.BAR, width_mm, bar.length_mm, face_mm2, face_mm2)
    outline_mm, outline_mm2 = rope.outline_each_mm2(layout)
    if not outline_mm:
        return _pieces(made, strand)
    each_mm3 = (layout.radii.area_mm2 / layout.tiles - outline_mm2) * made.left_mm
    rows = [
        piece_row(made, material_id, count, strand, count * each_mm3)
        for material_id, count in _by_turns(made)
    ]
    line = Blank(StockKind.BAR, outline_mm, outline_mm2 / outline_mm, outline_mm2, outline_mm2)
    finished_mm3 = layout.tiles * outline_mm2 * made.left_mm
    ink = rope.outline_material(layout)
    return [*rows, piece_row(made, ink, layout.tiles, line, finished_mm3)]


def _by_turns(made: MadeRing) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for material_id, count in turns(made.layout.materials, range(made.layout.tiles)):
        counts[material_id] = counts.get(material_id, 0) + count
    return list(counts.items())


def _segments(made: MadeRing) -> list[BillRow]:
    """Blocks: curved from their rectangle, straight as they are, pre-curved from bent strip."""
    radii = made.layout.radii
    half = math.radians(segments.half_block_deg(made.layout))
    shape = segments.own_parameters(made.layout).shape
    inner_mm, outer_mm = 2 * half * radii.inner_mm, 2 * half * radii.outer_mm
    if shape == "straight":
        inner_mm = 2 * radii.inner_mm * math.tan(half)
        outer_mm = 2 * radii.outer_mm * math.sin(half)
        width_mm = radii.outer_mm * math.cos(half) - radii.inner_mm
        blank = _sawn(StockKind.SEGMENT, width_mm, outer_mm, made)
    elif shape == "pre_curved":
        blank = _sawn(StockKind.SEGMENT, radii.width_mm, outer_mm, made)
    else:
        blank = _sector_blank(StockKind.SEGMENT, made, half)
    return [
        row._replace(length_inner_mm=inner_mm, length_outer_mm=outer_mm)
        for row in _pieces(made, blank)
    ]


def _dots(made: MadeRing) -> list[BillRow]:
    """The field is bent from strip and drilled; dots are cut off a round rod."""
    layout = made.layout
    diameter_mm = dots.drawn_diameter_mm(layout)
    face_mm2 = math.pi * diameter_mm**2 / 4
    dots_mm2 = layout.tiles * face_mm2
    rows = [bent_field(made, layout.radii.area_mm2 - dots_mm2)]
    rod = Blank(StockKind.DOT_ROD, diameter_mm, made.thickness_mm, face_mm2, face_mm2)
    dotted = made._replace(layout=layout._replace(materials=dots.dot_materials(layout)))
    rows += [
        piece_row(made, material_id, count, rod, count * face_mm2 * made.left_mm)
        for material_id, count in _by_turns(dotted)
    ]
    return rows


def _pieces(made: MadeRing, blank: Blank) -> list[BillRow]:
    return [
        piece_row(made, material_id, total.pieces, blank, total.area_mm2 * made.left_mm)
        for material_id, total in material_totals(made.layout).items()
    ]


def _sector_blank(kind: StockKind, made: MadeRing, half: float) -> Blank:
    """Return the rectangle round a ring's sector of half angle *half*."""
    radii = made.layout.radii
    lowest_mm = radii.inner_mm if math.cos(half) > 0 else radii.outer_mm
    across_mm = radii.outer_mm - lowest_mm * math.cos(half)
    along_mm = 2 * radii.outer_mm * math.sin(min(half, math.pi / 2))
    if kind is StockKind.SEGMENT:
        return _sawn(kind, across_mm, along_mm, made)
    return _sawn(kind, along_mm, across_mm, made)


def _sawn(kind: StockKind, width_mm: float, length_mm: float, made: MadeRing) -> Blank:
    """Return a blank sawn off the end of a stick: one cut through width and thickness."""
    return Blank(kind, width_mm, length_mm, width_mm * length_mm, width_mm * made.thickness_mm)


def _outer_pitch_mm(made: MadeRing) -> float:
    return 2 * math.pi * made.layout.radii.outer_mm / made.layout.tiles


_FAMILIES: dict[PatternFamily, Callable[[MadeRing], list[BillRow]]] = {
    PatternFamily.SOLID: _solid,
    PatternFamily.LINES: _lines,
    PatternFamily.LADDER: _ladder,
    PatternFamily.BARBER_POLE: _slanted,
    PatternFamily.ROPE: _rope,
    PatternFamily.HERRINGBONE: _slanted,
    PatternFamily.WHEAT_EAR: _wheat_ear,
    PatternFamily.SEGMENTS: _segments,
    PatternFamily.DOTS: _dots,
    PatternFamily.WAVE: wave_rows,
    PatternFamily.PLAIT: plait_rows,
    PatternFamily.CUSTOM: custom_rows,
    PatternFamily.INLAY: inlay_rows,
}
