"""The cut list of a design in a shop, from its geometry: the bill, shared by several guitars."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from luthier_desktop.domain.base import LARGEST_NUMBER
from luthier_desktop.domain.bill.bill import (
    FROM_LOGS,
    NO_VOLUME,
    Making,
    made_ring,
    ring_to_make,
)
from luthier_desktop.domain.bill.stock import MadeRing
from luthier_desktop.domain.bom_options import PLAIN_BOM, BomOptions
from luthier_desktop.domain.cut_list.bench import (
    assumption_lines,
    bit_lines,
    glue_lines,
    safety_lines,
)
from luthier_desktop.domain.cut_list.model import (
    CutList,
    Lack,
    LogLine,
    Part,
    PlankLine,
    RingLine,
    TileLine,
)
from luthier_desktop.domain.cut_list.notes import bought_note, notes_of, ring_notes
from luthier_desktop.domain.cut_list.parts import (
    Batch,
    RingOfBatch,
    cut_parts,
    ready_made_part,
    tile_line,
)
from luthier_desktop.domain.cut_list.sliced import slice_ring
from luthier_desktop.domain.cut_list.stock_to_buy import stock_lines
from luthier_desktop.domain.cut_list.words import MISSING
from luthier_desktop.domain.feasibility.inputs import Case, RingCase, read_case
from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

_SHORT_LOG = "The log is shorter than one slice: make it longer, or slice thinner."
_DEPTH = "channel.depth_mm"
_FIGURES = frozenset({"pattern.grid", "pattern.shapes"})
"""What a ring is drawn with a usual figure for; its parts can be told all the same."""


class _Told(NamedTuple):
    """Everything that the list says of one ring."""

    ring: RingLine
    parts: tuple[Part, ...] = ()
    tiles: tuple[TileLine, ...] = ()
    planks: tuple[PlankLine, ...] = ()
    logs: tuple[LogLine, ...] = ()
    notes: tuple[str, ...] = ()


class _Bench(NamedTuple):
    """How every ring of the list is made."""

    making: Making
    batch: Batch


def cut_list(
    design: RosetteParamSpec,
    setup: Setup,
    materials: MaterialCatalogue,
    options: BomOptions = PLAIN_BOM,
) -> CutList:
    """Return what is made and bought for the rosettes of ``options.guitars`` guitars.

    A ring that does not say enough stands in it with what it lacks; its parts are left out.
    """
    case = read_case(design, setup, materials)
    making = Making(case.channel.depth_mm, case.top.face_removal_mm)
    bench = _Bench(making, Batch(options.guitars, _namer(materials)))
    told = [_told(ring, bench) for ring in case.rings]
    parts = tuple(part for one in told for part in one.parts)
    stock = stock_lines(parts, options, materials)
    return CutList(
        design_name=design.name or "",
        guitars=options.guitars,
        rings=tuple(one.ring for one in told),
        parts=parts,
        tiles=tuple(line for one in told for line in one.tiles),
        planks=tuple(line for one in told for line in one.planks),
        logs=tuple(line for one in told for line in one.logs),
        stock=stock,
        bits=bit_lines(case),
        glue=glue_lines(case),
        safety=safety_lines(_used(parts, case, materials), case),
        assumptions=assumption_lines(case),
        notes=(
            *notes_of(options, parts, materials),
            *(note for one in told for note in one.notes),
        ),
    )


def _namer(materials: MaterialCatalogue) -> Callable[[str], str]:
    def name(material_id: str) -> str:
        material = materials.get(material_id)
        return material_id if material is None else material.name

    return name


def _used(parts: Iterable[Part], case: Case, materials: MaterialCatalogue) -> tuple[Material, ...]:
    """Return the materials of parts and rings, each once, in the order in which they come."""
    ids = [part.material_id for part in parts]
    ids += [one.material_id for ring in case.rings for one in ring.materials]
    found = (materials.get(material_id) for material_id in dict.fromkeys(ids))
    return tuple(material for material in found if material is not None)


def _told(case: RingCase, bench: _Bench) -> _Told:
    try:
        told = _made(case, bench)
    except (ArithmeticError, ValueError):
        return _untold(case, bench, Lack(case.path("width_mm"), NO_VOLUME))
    if not all(abs(number) <= LARGEST_NUMBER for number in _numbers(told)):
        return _untold(case, bench, Lack(case.path("width_mm"), NO_VOLUME))
    return told


def _numbers(told: _Told) -> Iterable[float]:
    lines = (*told.parts, *told.tiles, *told.planks, *told.logs)
    return (cell for line in lines for cell in line if isinstance(cell, float))


def _made(case: RingCase, bench: _Bench) -> _Told:
    ring, making = case.ring, bench.making
    if ring.made == "bought":
        return _bought(case, bench)
    found = ring_to_make(ring, case.radii, making)
    if not isinstance(found, MadeRing) and found and _FIGURES.issuperset(found):
        found = made_ring(ring, lay_out(ring, case.radii), making)
    if making.depth_mm is None or not isinstance(found, MadeRing):
        return _lacking(case, bench, () if isinstance(found, MadeRing) else found)
    own = RingOfBatch(found, bench.batch)
    return _sliced(case, own, bench) if ring.pattern_type in FROM_LOGS else _cut(case, own)


def _lacking(case: RingCase, bench: _Bench, fields: tuple[str, ...]) -> _Told:
    """Say what is missing: the depth of the channel, and fields of the ring itself."""
    lacks = [Lack(_DEPTH, MISSING[_DEPTH])] if bench.making.depth_mm is None else []
    lacks += [Lack(case.path(field), MISSING[field]) for field in fields]
    return _untold(case, bench, *lacks)


def _untold(case: RingCase, bench: _Bench, *lacks: Lack) -> _Told:
    return _Told(_ring_line(case, bench.batch, lacks=lacks))


def _bought(case: RingCase, bench: _Bench) -> _Told:
    materials = case.ring.materials or ()
    if bench.making.depth_mm is None or not materials:
        return _lacking(case, bench, () if materials else ("materials",))
    layout = lay_out(case.ring, case.radii)._replace(tiles=1)
    own = RingOfBatch(made_ring(case.ring, layout, bench.making), bench.batch)
    part = ready_made_part(own, materials)
    ring = _ring_line(case, own.batch, own.made, (part,))
    return _Told(ring, (part,), notes=(bought_note(own),))


def _cut(case: RingCase, own: RingOfBatch) -> _Told:
    parts, tile = cut_parts(own), tile_line(own)
    tiles = () if tile is None else (tile,)
    ring = _ring_line(case, own.batch, own.made, parts)
    return _Told(ring, parts, tiles, notes=ring_notes(own, None))


def _sliced(case: RingCase, own: RingOfBatch, bench: _Bench) -> _Told:
    sliced = slice_ring(own, case.ring, bench.making)
    if sliced is None:
        return _untold(case, bench, Lack(case.path("pattern.log_length_mm"), _SHORT_LOG))
    return _Told(
        _ring_line(case, own.batch, own.made, sliced.parts),
        sliced.parts,
        (sliced.tile,),
        sliced.planks,
        sliced.logs,
        ring_notes(own, sliced),
    )


def _ring_line(
    case: RingCase,
    batch: Batch,
    made: MadeRing | None = None,
    parts: tuple[Part, ...] = (),
    lacks: tuple[Lack, ...] = (),
) -> RingLine:
    ids = dict.fromkeys([*(part.material_id for part in parts), *(case.ring.materials or ())])
    return RingLine(
        ring_index=case.ring_index,
        family=case.family,
        made=case.ring.made,
        material_names=tuple(map(batch.name, ids)),
        width_mm=case.width_mm,
        inner_mm=case.radii.inner_mm,
        outer_mm=case.radii.outer_mm,
        thickness_mm=None if made is None else made.thickness_mm,
        tiles=case.tile_count if made is None or made.layout.tiles == 1 else made.layout.tiles,
        kerf_mm=None if made is None else made.kerf_mm,
        waste_share=None if made is None else made.waste_share,
        ring_mm2=case.radii.area_mm2,
        pieces_mm2=None if made is None else math.fsum(part.area_mm2 for part in parts),
        lacks=lacks,
    )
