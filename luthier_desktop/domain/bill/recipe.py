"""How a painted tile is made: veneers glued to planks, sticks sawn and tapered, logs, slices.

Everything follows from the ordered grid. A stick can be turned upside down before it is
tapered, and a slice turned over like a page; so columns that are alike, or alike upside down,
come from one plank, and tiles that are alike, or mirrored sideways, from one log.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from luthier_desktop.domain.bill.bill import Making, made_ring
from luthier_desktop.domain.bill.logs import LogPlan, plan_logs, slices_of_log
from luthier_desktop.domain.bill.stock import MadeRing, with_spares
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.grids import drawn_grid, symmetry_of
from luthier_desktop.domain.patterns.parameters import Grid, GridParameters, Symmetry
from luthier_desktop.domain.patterns.symmetry import turned_tile
from luthier_desktop.domain.rosette import RingParam

SLICED = frozenset({PatternFamily.MOSAIC, PatternFamily.MEANDER})


class Stick(NamedTuple):
    """A place in a log: which plank it is sawn from, and whether it is turned upside down."""

    plank: int
    upside_down: bool


class Plank(NamedTuple):
    """Veneers glued in this order, inner edge first; ``sticks`` are sawn from it for all logs.

    ``width_mm`` holds the sticks with a saw cut beside each.
    """

    veneers: tuple[str, ...]
    sticks: int
    width_mm: float


class Log(NamedTuple):
    """Sticks in the order in which they are glued, from left to right seen from the soundhole.

    ``turned_over`` of its ``tiles`` are turned over like a page.
    """

    sticks: tuple[Stick, ...]
    tiles: int
    turned_over: int
    slices_needed: int
    slices_per_log: int
    logs: int
    length_mm: float


class WoodTotal(NamedTuple):
    """One wood: its cells in a tile and round the ring, its strips, and the veneer for them.

    ``veneer_mm`` is how wide all strips are together, with a saw cut beside each.
    ``used_mm3`` is what becomes tiles; the rest of ``stock_mm3`` is kerf, spares and offcuts.
    """

    material_id: str
    cells_a_tile: int
    cells: int
    strips: int
    veneer_mm: float
    stock_mm3: float
    used_mm3: float


class Recipe(NamedTuple):
    """All steps for one ring. A stick is sawn ``stick_mm`` wide and tapered to the inner width."""

    rows: int
    cols: int
    tiles: int
    symmetry: Symmetry
    veneer_mm: float
    height_mm: float
    stick_mm: float
    inner_mm: float
    column_deg: float
    slice_mm: float
    kerf_mm: float
    waste_share: float
    planks: tuple[Plank, ...]
    logs: tuple[Log, ...]
    woods: tuple[WoodTotal, ...]

    @property
    def taper_mm(self) -> float:
        """How much narrower a stick is at the inner edge than at the outer edge."""
        return self.stick_mm - self.inner_mm

    @property
    def longest_log_mm(self) -> float:
        """How long veneers and planks have to be."""
        return max(log.length_mm for log in self.logs)


def recipe_of(ring: RingParam, radii: RingRadii, making: Making) -> Recipe:
    """Work out how the tile of *ring*, as it is drawn between *radii*, is made.

    Raises:
        InputRefused: The ring is not sliced from logs, its slices have no thickness, or the log
            is shorter than one slice.
    """
    if ring.pattern_type not in SLICED:
        raise InputRefused(
            "Only a mosaic or a meander is sliced from logs; the fields of an own tile are sawn "
            "from veneer one by one."
        )
    own = ring.pattern if isinstance(ring.pattern, GridParameters) else GridParameters.empty()
    if making.depth_mm is None and own.slice_mm is None and ring.inlay_thickness_mm is None:
        raise InputRefused(
            "How thick the log is sliced is not known; fill in the slice thickness, the inlay "
            "thickness or the channel's depth."
        )
    made = made_ring(ring, lay_out(ring, radii), making)
    plan = plan_logs(made, made.thickness_mm)
    if plan is None:
        raise InputRefused("The log is shorter than one slice; make it longer or slice thinner.")
    return _recipe(made, plan)


def _recipe(made: MadeRing, plan: LogPlan) -> Recipe:
    grid, symmetry = drawn_grid(made.layout), symmetry_of(made.layout.ring)
    planks, logs = _logs(made, plan, _tiles_by_log(grid, symmetry, made.layout.tiles))
    rows, cols = len(grid), len(grid[0])
    return Recipe(
        rows=rows,
        cols=cols,
        tiles=made.layout.tiles,
        symmetry=symmetry,
        veneer_mm=plan.veneer_mm,
        height_mm=made.layout.radii.width_mm,
        stick_mm=plan.column_outer_mm,
        inner_mm=plan.column_inner_mm,
        column_deg=made.layout.step_deg / cols,
        slice_mm=plan.slice_mm,
        kerf_mm=plan.kerf_mm,
        waste_share=made.waste_share,
        planks=planks,
        logs=logs,
        woods=_woods(grid, made, plan, logs),
    )


class _Tiles(NamedTuple):
    """Tiles from one kind of log: how one looks, how many there are, how many turned over."""

    columns: tuple[tuple[str, ...], ...]
    tiles: int
    turned_over: int


def _tiles_by_log(grid: Grid, symmetry: Symmetry, tiles: int) -> list[_Tiles]:
    """Return the kinds of log; a second one where odd tiles have their inner row outside."""
    odd, odd_count = turned_tile(grid, symmetry), tiles // 2
    even_count = tiles - odd_count
    if odd == grid or not odd_count:
        return [_Tiles(_columns(grid), tiles, 0)]
    if odd == turned_tile(grid, "book"):
        return [_Tiles(_columns(grid), tiles, odd_count)]
    return [_Tiles(_columns(grid), even_count, 0), _Tiles(_columns(odd), odd_count, 0)]


def _columns(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """Return the columns from left to right, each from the inner edge outwards."""
    return tuple(zip(*grid[::-1], strict=True))


def _logs(
    made: MadeRing, plan: LogPlan, kinds: list[_Tiles]
) -> tuple[tuple[Plank, ...], tuple[Log, ...]]:
    numbers: dict[tuple[str, ...], int] = {}
    sawn: Counter[int] = Counter()
    logs = []
    for kind in kinds:
        sticks = tuple(_stick(column, numbers) for column in kind.columns)
        log = _log(made, plan, kind, sticks, len(kinds))
        logs.append(log)
        for stick in sticks:
            sawn[stick.plank] += log.logs
    each_mm = plan.column_outer_mm + plan.kerf_mm
    planks = tuple(
        Plank(veneers, sawn[number], sawn[number] * each_mm)
        for veneers, number in numbers.items()
    )
    return planks, tuple(logs)


def _stick(column: tuple[str, ...], numbers: dict[tuple[str, ...], int]) -> Stick:
    """Find the plank that the column is sawn from, or begin a new one."""
    if column in numbers:
        return Stick(numbers[column], upside_down=False)
    if column[::-1] in numbers:
        return Stick(numbers[column[::-1]], upside_down=True)
    numbers[column] = len(numbers)
    return Stick(numbers[column], upside_down=False)


def _log(
    made: MadeRing, plan: LogPlan, kind: _Tiles, sticks: tuple[Stick, ...], kinds: int
) -> Log:
    """Plan one kind of log; a length or a number that the design gives holds for each."""
    own = made.layout.ring.pattern
    parameters = own if isinstance(own, GridParameters) else GridParameters.empty()
    need = with_spares(kind.tiles, made.waste_share)
    length_mm = parameters.log_length_mm
    if length_mm is None:
        length_mm, each = need * plan.slice_mm + (need - 1) * plan.kerf_mm, need
    else:
        each = slices_of_log(length_mm, plan.slice_mm, plan.kerf_mm)
    logs = max(math.ceil((parameters.logs or 1) / kinds), math.ceil(need / each))
    return Log(sticks, kind.tiles, kind.turned_over, need, each, logs, length_mm)


def _woods(
    grid: Grid, made: MadeRing, plan: LogPlan, logs: tuple[Log, ...]
) -> tuple[WoodTotal, ...]:
    """Add up each wood; a turned tile has as many cells of it as any other."""
    cells = Counter(wood for row in grid for wood in row)
    sawn_mm = math.fsum(log.logs * log.length_mm for log in logs)
    strip_mm = plan.column_outer_mm + plan.kerf_mm
    end_mm2 = plan.veneer_mm * plan.column_outer_mm
    strips = sum(log.logs for log in logs)
    return tuple(
        WoodTotal(
            material_id=wood,
            cells_a_tile=count,
            cells=count * made.layout.tiles,
            strips=count * strips,
            veneer_mm=count * strips * strip_mm,
            stock_mm3=count * sawn_mm * strip_mm * plan.veneer_mm,
            used_mm3=count * made.layout.tiles * plan.slice_mm * end_mm2,
        )
        for wood, count in cells.items()
    )
