"""Mosaics, meanders, checkers: veneers glued into columns, columns into a log, that sliced."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from luthier_desktop.domain.bill.stock import (
    LEAST_STRIP_MM,
    BillRow,
    MadeRing,
    StockKind,
    with_spares,
)
from luthier_desktop.domain.patterns import checker, meander, mosaic
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters
from luthier_desktop.domain.patterns.totals import material_totals

Columns = tuple[tuple[str, ...], ...]


class LogPlan(NamedTuple):
    """How the tiles of one ring are made.

    ``columns`` from left to right as seen from the soundhole, each the veneers of one stick in
    order from the inner edge outwards. A mosaic's sticks are glued to a log and sliced; those
    of a checker are sliced each on its own, and ``tiles`` counts the slices of one stick.
    """

    ring_index: int
    columns: Columns
    veneer_mm: float
    column_inner_mm: float
    column_outer_mm: float
    slice_mm: float
    kerf_mm: float
    tiles: int
    slices_needed: int
    slices_per_log: int
    logs: int
    log_length_mm: float

    @property
    def sticks(self) -> int:
        """How many column sticks are cut for all logs."""
        return len(self.columns) * self.logs

    def alike(self) -> dict[tuple[str, ...], int]:
        """Return each order of veneers and how many columns have it."""
        return Counter(self.columns)


def slices_of_log(log_length_mm: float, slice_mm: float, kerf_mm: float) -> int:
    """Return n = floor((L + k)/(t + k)). Source: domain reference 5.3, T4."""
    return math.floor(round((log_length_mm + kerf_mm) / (slice_mm + kerf_mm), 9))


def plan_logs(made: MadeRing, slice_mm: float) -> LogPlan | None:
    """Return the plan; None when the log is shorter than one slice.

    Without a length of its own one log is as long as its slices need.
    """
    layout, own = made.layout, made.layout.ring.pattern
    parameters = own if isinstance(own, GridParameters) else GridParameters.empty()
    columns = _columns(made)
    whole_log = layout.ring.pattern_type is not PatternFamily.CHECKER
    tiles = layout.tiles if whole_log else math.ceil(layout.tiles / len(columns))
    around = layout.tiles * (len(columns) if whole_log else 1)
    need = with_spares(tiles, made.waste_share)
    length_mm = parameters.log_length_mm
    if length_mm is None:
        length_mm, each = need * slice_mm + (need - 1) * made.kerf_mm, need
    else:
        each = slices_of_log(length_mm, slice_mm, made.kerf_mm)
    if each < 1:
        return None
    return LogPlan(
        ring_index=made.ring_index,
        columns=columns,
        veneer_mm=max(layout.radii.width_mm / len(columns[0]), LEAST_STRIP_MM),
        column_inner_mm=2 * math.pi * layout.radii.inner_mm / around,
        column_outer_mm=2 * math.pi * layout.radii.outer_mm / around,
        slice_mm=slice_mm,
        kerf_mm=made.kerf_mm,
        tiles=tiles,
        slices_needed=need,
        slices_per_log=each,
        logs=max(parameters.logs or 1, math.ceil(need / each)),
        log_length_mm=length_mm,
    )


def veneer_rows(made: MadeRing, plan: LogPlan) -> list[BillRow]:
    """Return the veneers of each material: as wide as a column's outer end, as long as a log.

    Kerf: one cut beside each column along the block, and one between two slices. Waste: spare
    slices and what is left of the logs.
    """
    used_mm, sawn_mm = plan.tiles * plan.slice_mm, plan.logs * plan.log_length_mm
    cuts_mm = max(0, plan.slices_needed - plan.logs) * plan.kerf_mm
    end_mm2 = plan.veneer_mm * plan.column_outer_mm
    saw_mm2 = plan.veneer_mm * plan.kerf_mm
    totals = material_totals(made.layout)
    rows = []
    for material_id, cells in _cells(plan.columns):
        net_mm3 = cells * end_mm2 * used_mm
        waste_mm3 = max(0.0, cells * end_mm2 * (sawn_mm - used_mm - cuts_mm))
        kerf_mm3 = cells * (end_mm2 * cuts_mm + saw_mm2 * sawn_mm)
        rows.append(
            BillRow(
                made.ring_index, StockKind.VENEER, material_id, plan.column_outer_mm,
                plan.veneer_mm, plan.log_length_mm, plan.column_inner_mm, plan.column_outer_mm,
                cells * plan.logs, cells * plan.logs, net_mm3, waste_mm3, kerf_mm3,
                totals[material_id].area_mm2 * made.left_mm if material_id in totals else 0.0,
            )
        )
    return rows


def _columns(made: MadeRing) -> Columns:
    if made.layout.ring.pattern_type is PatternFamily.MOSAIC:
        return _upright(mosaic.tile_grid(made.layout))
    if made.layout.ring.pattern_type is PatternFamily.MEANDER:
        return _upright(meander.tile_grid(made.layout))
    return tuple(checker.column_kinds(made.layout))


@lru_cache(maxsize=64)
def _upright(grid: Grid) -> Columns:
    """Turn a tile's rows, the outermost first, into its columns from the inner edge outwards."""
    return tuple(zip(*grid[::-1], strict=True))


@lru_cache(maxsize=64)
def _cells(columns: Columns) -> Sequence[tuple[str, int]]:
    """Count the cells of each material; scoring asks for the same tile again and again."""
    return tuple(Counter([cell for column in columns for cell in column]).items())
