"""Rings sliced from logs: planks, sticks, logs and veneers, shared by all guitars of a list.

A mosaic or a meander is made as its recipe says, which takes a log of its own for tiles that
are upside down; the sticks of a checker are sliced each by itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from luthier_desktop.domain.bill.bill import Making
from luthier_desktop.domain.bill.logs import LogPlan, plan_logs
from luthier_desktop.domain.bill.recipe import SLICED, Log, Plank, Stick, recipe_of
from luthier_desktop.domain.bill.recipe_text import plank_letter
from luthier_desktop.domain.bill.stock import StockKind, with_spares
from luthier_desktop.domain.cut_list.model import LogLine, Part, PlankLine, TileLine
from luthier_desktop.domain.cut_list.parts import RingOfBatch
from luthier_desktop.domain.patterns.parameters import GridParameters
from luthier_desktop.domain.patterns.totals import MaterialTotal, material_totals
from luthier_desktop.domain.rosette import RingParam


class SlicedRing(NamedTuple):
    """What one sliced ring takes; ``plan`` is how the bill and T4 count its logs."""

    parts: tuple[Part, ...]
    tile: TileLine
    planks: tuple[PlankLine, ...]
    logs: tuple[LogLine, ...]
    plan: LogPlan


class _Sizes(NamedTuple):
    """What all lines of one ring share."""

    ring: RingOfBatch
    plan: LogPlan
    columns: int
    taper_deg: float

    @property
    def height_mm(self) -> float:
        return self.ring.made.layout.radii.width_mm


def slice_ring(ring: RingOfBatch, own: RingParam, making: Making) -> SlicedRing | None:
    """Return what a ring takes that is sliced from logs; None: a log is shorter than a slice."""
    plan = plan_logs(ring.made, ring.made.thickness_mm)
    if plan is None:
        return None
    planks, logs = _recipe(ring, own, making) if own.pattern_type in SLICED else _sticks(plan)
    glued = own.pattern_type in SLICED
    tiles = ring.made.layout.tiles
    columns = len(plan.columns) if glued else 1
    sizes = _Sizes(ring, plan, columns, ring.made.layout.step_deg / columns)
    lines = tuple(
        _log_line(sizes, number, log, len(logs)) for number, log in enumerate(logs, start=1)
    )
    if not glued:
        lines = _alike(lines)
    return SlicedRing(
        parts=_veneers(sizes, planks, lines),
        tile=_tile_line(sizes, tiles, lines),
        planks=_plank_lines(sizes, planks, lines),
        logs=lines,
        plan=plan,
    )


def _recipe(
    ring: RingOfBatch, own: RingParam, making: Making
) -> tuple[tuple[Plank, ...], tuple[Log, ...]]:
    recipe = recipe_of(own, ring.made.layout.radii, making)
    return recipe.planks, recipe.logs


def _sticks(plan: LogPlan) -> tuple[tuple[Plank, ...], tuple[Log, ...]]:
    """Return a checker's kinds of stick, each sliced as if it were a log of one column."""
    each_mm = plan.column_outer_mm + plan.kerf_mm
    planks = tuple(
        Plank(veneers, plan.logs * count, plan.logs * count * each_mm)
        for veneers, count in plan.alike().items()
    )
    numbers = {plank.veneers: number for number, plank in enumerate(planks)}
    logs = tuple(
        Log(
            (Stick(numbers[column], upside_down=False),),
            plan.tiles,
            0,
            plan.slices_needed,
            plan.slices_per_log,
            plan.logs,
            plan.log_length_mm,
        )
        for column in plan.columns
    )
    return planks, logs


def _log_line(sizes: _Sizes, number: int, log: Log, kinds: int) -> LogLine:
    """Count the slices of all guitars together and round their logs up once."""
    made, plan, guitars = sizes.ring.made, sizes.plan, sizes.ring.batch.guitars
    slices = with_spares(log.tiles * guitars, made.waste_share)
    return LogLine(
        ring_index=made.ring_index,
        number=number,
        sticks=log.sticks,
        sliced_alone=False,
        tiles=log.tiles * guitars,
        turned_over=log.turned_over * guitars,
        slices=slices,
        slices_per_log=log.slices_per_log,
        logs=max(_least_logs(sizes, kinds), math.ceil(slices / log.slices_per_log)),
        logs_alone=log.logs * guitars,
        length_mm=log.length_mm,
        outer_mm=plan.column_outer_mm * len(log.sticks),
        inner_mm=plan.column_inner_mm * len(log.sticks),
        height_mm=sizes.height_mm,
        slice_mm=plan.slice_mm,
        kerf_mm=plan.kerf_mm,
    )


def _alike(lines: Sequence[LogLine]) -> tuple[LogLine, ...]:
    """Join the sticks of a checker that are alike into one line."""
    joined: dict[tuple[Stick, ...], LogLine] = {}
    for line in lines:
        old = joined.get(line.sticks)
        if old is None:
            joined[line.sticks] = line._replace(number=len(joined) + 1, sliced_alone=True)
            continue
        joined[line.sticks] = old._replace(
            tiles=old.tiles + line.tiles,
            slices=old.slices + line.slices,
            logs=old.logs + line.logs,
            logs_alone=old.logs_alone + line.logs_alone,
        )
    return tuple(joined.values())


def _least_logs(sizes: _Sizes, kinds: int) -> int:
    """Return how many logs of a kind the design asks for, whatever its slices need."""
    own = sizes.ring.made.layout.ring.pattern
    given = own.logs if isinstance(own, GridParameters) else None
    glued = sizes.ring.family in SLICED
    return math.ceil((given or 1) / kinds) if glued else given or 1


def _plank_lines(
    sizes: _Sizes, planks: Sequence[Plank], logs: Sequence[LogLine]
) -> tuple[PlankLine, ...]:
    plan, name = sizes.plan, sizes.ring.batch.name
    lines = []
    for number, plank in enumerate(planks):
        columns = _columns_of(number, logs)
        sticks = sum(logs[log - 1].logs for log, _, _ in columns)
        lines.append(
            PlankLine(
                ring_index=sizes.ring.made.ring_index,
                letter=plank_letter(number),
                veneer_ids=plank.veneers,
                veneer_names=tuple(map(name, plank.veneers)),
                veneer_mm=plan.veneer_mm,
                sticks=sticks,
                width_mm=sticks * (plan.column_outer_mm + plan.kerf_mm),
                length_mm=max(logs[log - 1].length_mm for log, _, _ in columns),
                stick_mm=plan.column_outer_mm,
                inner_mm=plan.column_inner_mm,
                taper_deg=sizes.taper_deg,
                columns=columns,
                kinds_of_log=len(logs),
                sliced_alone=logs[0].sliced_alone,
            )
        )
    return tuple(lines)


def _columns_of(plank: int, logs: Sequence[LogLine]) -> tuple[tuple[int, int, bool], ...]:
    return tuple(
        (log.number, column, stick.upside_down)
        for log in logs
        for column, stick in enumerate(log.sticks, start=1)
        if stick.plank == plank
    )


def _tile_line(sizes: _Sizes, tiles: int, logs: Sequence[LogLine]) -> TileLine:
    made, plan = sizes.ring.made, sizes.plan
    return TileLine(
        ring_index=made.ring_index,
        family=sizes.ring.family,
        needed=tiles * sizes.ring.batch.guitars,
        to_make=sum(log.slices for log in logs),
        inner_mm=plan.column_inner_mm * sizes.columns,
        outer_mm=plan.column_outer_mm * sizes.columns,
        height_mm=sizes.height_mm,
        thickness_mm=plan.slice_mm,
        taper_deg=made.layout.step_deg,
    )


class _Sawn(NamedTuple):
    """Strips of a wood; their lengths: what becomes tiles, what is sawn, what the saw takes."""

    strips: int
    used_mm: float
    sawn_mm: float
    cuts_mm: float

    def with_cells(self, cells: int, log: _Sawn) -> _Sawn:
        return _Sawn(
            self.strips + cells * log.strips,
            self.used_mm + cells * log.used_mm,
            self.sawn_mm + cells * log.sawn_mm,
            self.cuts_mm + cells * log.cuts_mm,
        )


_NOTHING, _UNSEEN = _Sawn(0, 0.0, 0.0, 0.0), MaterialTotal(0, 0.0)


def _veneers(sizes: _Sizes, planks: Sequence[Plank], logs: Sequence[LogLine]) -> tuple[Part, ...]:
    """Return the veneers of each wood, by the formulas of the bill.

    Kerf: one cut beside each stick along the block, and one between two slices. Waste: spare
    slices and what is left of the logs.
    """
    sawn: dict[str, _Sawn] = {}
    for log in logs:
        one = _sawn(sizes, log)
        for stick in log.sticks:
            for wood, cells in Counter(planks[stick.plank].veneers).items():
                sawn[wood] = sawn.get(wood, _NOTHING).with_cells(cells, one)
    totals = material_totals(sizes.ring.made.layout)
    longest_mm = max(log.length_mm for log in logs)
    return tuple(
        _veneer(sizes, wood, own, totals.get(wood, _UNSEEN).area_mm2)._replace(
            length_mm=longest_mm
        )
        for wood, own in sawn.items()
    )


def _sawn(sizes: _Sizes, log: LogLine) -> _Sawn:
    cuts = max(0, log.slices - log.logs)
    return _Sawn(
        log.logs,
        log.tiles * sizes.plan.slice_mm,
        log.logs * log.length_mm,
        cuts * sizes.plan.kerf_mm,
    )


def _veneer(sizes: _Sizes, wood: str, sawn: _Sawn, area_mm2: float) -> Part:
    made, plan, batch = sizes.ring.made, sizes.plan, sizes.ring.batch
    end_mm2 = plan.veneer_mm * plan.column_outer_mm
    net_mm3 = end_mm2 * sawn.used_mm
    waste_mm3 = max(0.0, end_mm2 * (sawn.sawn_mm - sawn.used_mm - sawn.cuts_mm))
    kerf_mm3 = end_mm2 * sawn.cuts_mm + plan.veneer_mm * plan.kerf_mm * sawn.sawn_mm
    return Part(
        ring_index=made.ring_index,
        family=sizes.ring.family,
        part=StockKind.VENEER.value,
        material_id=wood,
        material_name=batch.name(wood),
        needed=sawn.strips,
        to_cut=sawn.strips,
        width_mm=plan.column_outer_mm,
        thickness_mm=plan.veneer_mm,
        length_inner_mm=plan.column_inner_mm,
        length_outer_mm=plan.column_outer_mm,
        length_mm=plan.log_length_mm,
        kerf_mm=plan.kerf_mm,
        stock_mm3=net_mm3 + waste_mm3 + kerf_mm3,
        waste_mm3=waste_mm3,
        kerf_mm3=kerf_mm3,
        trimmed_mm3=net_mm3 - batch.guitars * area_mm2 * made.left_mm,
        area_mm2=area_mm2,
    )
