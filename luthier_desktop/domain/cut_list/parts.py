"""The parts of one ring for several guitars: what the bill says of one, spares shared."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from luthier_desktop.domain.bill.ring_stock import ring_rows
from luthier_desktop.domain.bill.stock import (
    BillRow,
    MadeRing,
    StockKind,
    Strips,
    strip_row,
    with_spares,
)
from luthier_desktop.domain.cut_list.model import READY_MADE, Part, TileLine
from luthier_desktop.domain.patterns import segments
from luthier_desktop.domain.patterns.counts import SLANTED, TILED
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import TiledParameters

_WITHOUT_SPARES = frozenset({StockKind.STRIP, StockKind.PLATE})
SEEN_MM = 1.0
"""A bill for a ring that is this thick in the end: its volumes are the areas that are seen."""


class Batch(NamedTuple):
    """For how many guitars, and how a material's id is told."""

    guitars: int
    name: Callable[[str], str]


class RingOfBatch(NamedTuple):
    """A ring as it is made, and for how many guitars."""

    made: MadeRing
    batch: Batch

    @property
    def family(self) -> PatternFamily:
        """The family of its pattern."""
        return self.made.layout.ring.pattern_type


def cut_parts(ring: RingOfBatch) -> tuple[Part, ...]:
    """Return the parts of a ring that is not sliced from a log."""
    rows = ring_rows(ring.made._replace(left_mm=SEEN_MM))
    return tuple(_part(ring, row) for row in rows)


def ready_made_part(ring: RingOfBatch, materials: Sequence[str]) -> Part:
    """Return a ring that is bought: a strip as long as its outer edge, with waste."""
    made = ring.made._replace(left_mm=SEEN_MM, kerf_mm=0.0)
    radii = made.layout.radii
    row = strip_row(made, materials[0], Strips(radii.width_mm, 1, radii, radii.area_mm2))
    names = " and ".join(map(ring.batch.name, materials))
    return _part(ring, row)._replace(part=READY_MADE, material_name=names, kerf_mm=0.0)


def _part(ring: RingOfBatch, row: BillRow) -> Part:
    guitars, made = ring.batch.guitars, ring.made
    needed = row.needed * guitars
    net_mm3, waste_mm3 = row.net_mm3 * guitars, row.waste_mm3 * guitars
    to_cut = row.quantity * guitars
    if row.kind not in _WITHOUT_SPARES:
        to_cut = with_spares(needed, made.waste_share)
        waste_mm3 = row.net_mm3 / row.needed * (to_cut - needed)
    kerf_mm3 = row.kerf_mm3 / row.quantity * to_cut
    return Part(
        ring_index=row.ring_index,
        family=ring.family,
        part=row.kind.value,
        material_id=row.material_id,
        material_name=ring.batch.name(row.material_id),
        needed=needed,
        to_cut=to_cut,
        width_mm=row.width_mm,
        thickness_mm=row.thickness_mm,
        length_inner_mm=row.length_inner_mm,
        length_outer_mm=row.length_outer_mm,
        length_mm=row.length_mm,
        kerf_mm=made.kerf_mm if kerf_mm3 else 0.0,
        stock_mm3=net_mm3 + waste_mm3 + kerf_mm3,
        waste_mm3=waste_mm3,
        kerf_mm3=kerf_mm3,
        trimmed_mm3=net_mm3 - guitars * row.finished_mm3 * made.left_mm,
        area_mm2=row.finished_mm3,
    )


def tile_line(ring: RingOfBatch) -> TileLine | None:
    """Return the trapezoid of the tiles of a ring that is not sliced; None without tiles."""
    made, layout = ring.made, ring.made.layout
    wedges = ring.family is PatternFamily.SOLID and layout.tiles > 1
    if ring.family not in TILED and not wedges:
        return None
    needed = layout.tiles * ring.batch.guitars
    step = 2 * math.pi / layout.tiles
    inner_mm, outer_mm = step * layout.radii.inner_mm, step * layout.radii.outer_mm
    if ring.family is PatternFamily.SEGMENTS:
        (row, *_) = ring_rows(made)
        inner_mm, outer_mm = row.length_inner_mm, row.length_outer_mm
    return TileLine(
        ring_index=made.ring_index,
        family=ring.family,
        needed=needed,
        to_make=with_spares(needed, made.waste_share),
        inner_mm=inner_mm,
        outer_mm=outer_mm,
        height_mm=layout.radii.width_mm,
        thickness_mm=made.thickness_mm,
        taper_deg=_taper_deg(ring),
    )


def _taper_deg(ring: RingOfBatch) -> float | None:
    """Return the angle between both sides of a tile; 0 where they are left parallel."""
    layout = ring.made.layout
    if ring.family in SLANTED:
        return None
    own = layout.ring.pattern
    if isinstance(own, TiledParameters) and not own.is_tapered:
        return 0.0
    if ring.family is PatternFamily.SEGMENTS:
        return 2 * segments.half_block_deg(layout)
    return layout.step_deg
