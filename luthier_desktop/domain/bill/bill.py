"""The bill of a whole design, and how much of its stock ends up in the rosette."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.bill.logs import LogPlan, plan_logs, veneer_rows
from luthier_desktop.domain.bill.ring_stock import ring_rows
from luthier_desktop.domain.bill.stock import (
    KERF_MM,
    PROUD_MM,
    WASTE_SHARE,
    BillRow,
    MadeRing,
)
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.counts import TILED, given_count, tile_count
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.layout import RingLayout
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.patterns.solid import SolidParameters
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii

FROM_LOGS = frozenset({PatternFamily.MOSAIC, PatternFamily.MEANDER, PatternFamily.CHECKER})
IN_A_FIELD = {
    PatternFamily.DOTS: ("dot_diameter_mm", "count"),
    PatternFamily.WAVE: ("band_mm", "count"),
    PatternFamily.PLAIT: ("strand_mm", "count"),
    PatternFamily.INLAY: ("shapes", "count"),
}
"""Families that let parts into a field, and what their bill cannot do without."""
MOST_NAMED = 3
NO_VOLUME = "These values give no volume: one of them is far outside what can be made."


class Making(NamedTuple):
    """How the inlay is made, as far as its stock depends on it.

    A ring's own ``waste`` and ``kerf_mm`` go before the shop's.
    """

    depth_mm: float | None
    face_removal_mm: float = 0.0
    waste_share: float = WASTE_SHARE
    kerf_mm: float = KERF_MM


class Bill(NamedTuple):
    """What a rosette is made of; ``lacking`` and ``short_logs`` say why rings are not in it.

    ``lacking`` are the paths of members that are not given, ``short_logs`` those of logs that
    are shorter than one slice.
    """

    rows: tuple[BillRow, ...]
    logs: tuple[LogPlan, ...]
    lacking: tuple[str, ...]
    short_logs: tuple[str, ...]

    @property
    def stock_mm3(self) -> float:
        """The volume of all stock."""
        return math.fsum([row.stock_mm3 for row in self.rows])

    @property
    def finished_mm3(self) -> float:
        """The volume that is left in the finished rosette."""
        return math.fsum([row.finished_mm3 for row in self.rows])


def bill_of_materials(design: RosetteParamSpec, making: Making) -> Bill:
    """Return the stock for every ring that says enough to be made."""
    if making.depth_mm is None:
        return Bill((), (), ("channel.depth_mm",), ())
    rows: list[BillRow] = []
    logs: list[LogPlan] = []
    lacking: list[str] = []
    short_logs: list[str] = []
    for position, (ring, radii) in enumerate(
        zip(design.ring_params, ring_radii(design), strict=True)
    ):
        made = ring_to_make(ring, radii, making)
        if not isinstance(made, MadeRing):
            lacking += [f"ring_params[{position}].{field}" for field in made]
            continue
        if ring.pattern_type not in FROM_LOGS:
            rows += ring_rows(made)
            continue
        plan = plan_logs(made, made.thickness_mm)
        if plan is None:
            short_logs.append(f"ring_params[{position}].pattern.log_length_mm")
            continue
        logs.append(plan)
        rows += veneer_rows(made, plan)
    return Bill(tuple(rows), tuple(logs), tuple(lacking), tuple(short_logs))


def material_efficiency(bill: Bill) -> tuple[float | None, str]:
    """Return finished volume over stock, from 0 to 1, or None and the reason in a sentence."""
    reason = _why_not(bill)
    if reason:
        return None, reason
    return bill.finished_mm3 / bill.stock_mm3, ""


def _why_not(bill: Bill) -> str:
    if bill.lacking:
        named = ", ".join(bill.lacking[:MOST_NAMED])
        more = len(bill.lacking) - MOST_NAMED
        return f"Fill in {named}{f' and {more} more' if more > 0 else ''}."
    if bill.short_logs:
        return f"{bill.short_logs[0]} is less than one slice."
    if not bill.rows:
        return "There are no rings."
    return "" if math.isfinite(bill.stock_mm3) else NO_VOLUME


def ring_to_make(
    ring: RingParam, radii: RingRadii, making: Making
) -> MadeRing | tuple[str, ...]:
    """Return the ring as it is made, or the members that its bill cannot do without."""
    tiles = _tiles(ring, radii)
    missing = _missing(ring, tiles)
    if missing or tiles is None:
        return tuple(missing)
    return made_ring(ring, RingLayout(ring, radii, tiles, ring.materials or ()), making)


def _tiles(ring: RingParam, radii: RingRadii) -> int | None:
    """Return N as the checks count it; None where the design does not give it."""
    if ring.pattern_type in TILED:
        return tile_count(ring, radii)
    if ring.pattern_type in IN_A_FIELD:
        return given_count(ring)
    pattern = ring.pattern
    return (pattern.pieces or 1) if isinstance(pattern, SolidParameters) else 1


def _missing(ring: RingParam, tiles: int | None) -> list[str]:
    """Return the members that the ring's bill cannot do without, and that are not given."""
    pattern = ring.pattern
    painted = isinstance(pattern, GridParameters) and pattern.grid is not None
    lined = isinstance(pattern, LinesParameters) and pattern.lines is not None
    missing = [] if ring.materials or painted or lined else ["materials"]
    if ring.pattern_type in IN_A_FIELD:
        wanted = IN_A_FIELD[ring.pattern_type]
        absent = [name for name in wanted if getattr(pattern, name, None) is None]
        return missing + [f"pattern.{name}" for name in absent]
    if tiles is None:
        missing.append("tile_length_mm")
    if not painted and ring.pattern_type is PatternFamily.CUSTOM:
        missing.append("pattern.grid")
    if painted or ring.pattern_type not in FROM_LOGS:
        return missing
    grid = pattern if isinstance(pattern, GridParameters) else GridParameters.empty()
    by_px = ring.pattern_type is PatternFamily.CHECKER and grid.px_mm is not None
    if grid.rows is None and not by_px:
        missing.append("pattern.rows")
    if grid.cols is None and ring.pattern_type is not PatternFamily.CHECKER:
        missing.append("pattern.cols")
    return missing


def made_ring(ring: RingParam, layout: RingLayout, making: Making) -> MadeRing:
    """Return the ring with how thick it is made, how much is left of it, its waste and kerf."""
    depth_mm = making.depth_mm or 0.0
    thickness_mm = ring.inlay_thickness_mm or round(depth_mm + PROUD_MM, 9)
    waste_share, kerf_mm = making.waste_share, making.kerf_mm
    pattern = ring.pattern
    if isinstance(pattern, GridParameters):
        thickness_mm = pattern.slice_mm or thickness_mm
        waste_share = waste_share if pattern.waste is None else pattern.waste
        kerf_mm = pattern.kerf_mm or kerf_mm
    left_mm = max(0.0, min(thickness_mm, depth_mm - making.face_removal_mm))
    return MadeRing(
        ring.ring_index, layout, thickness_mm, left_mm, waste_share, kerf_mm
    )
