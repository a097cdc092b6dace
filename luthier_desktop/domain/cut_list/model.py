"""What a cut list says: rings, parts, tiles, planks, logs, stock, and what the bench needs.

Counts, volumes and lengths to buy are for all guitars of the list together; sizes are those of
one piece.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from luthier_desktop.domain.bill.recipe import Stick
from luthier_desktop.domain.patterns.family import PatternFamily

Form = Literal["sheet", "rod", "ready made"]
READY_MADE = "ready-made strip"
"""The part of a ring that is bought and not made."""


class Lack(NamedTuple):
    """A value that a ring's parts cannot be told without, and what to do about it."""

    path: str
    sentence: str


class RingLine(NamedTuple):
    """One ring of the stack; every ring of the design has one.

    ``lacks`` says what must be filled in before its parts can be told. ``pieces_mm2`` is the area
    of its pieces; the rest of ``ring_mm2`` is gap.
    """

    ring_index: int
    family: PatternFamily
    made: str
    material_names: tuple[str, ...]
    width_mm: float
    inner_mm: float
    outer_mm: float
    thickness_mm: float | None
    tiles: int | None
    kerf_mm: float | None
    waste_share: float | None
    ring_mm2: float
    pieces_mm2: float | None
    lacks: tuple[Lack, ...]


class Part(NamedTuple):
    """Pieces of one kind, material and size.

    ``length_inner_mm`` and ``length_outer_mm`` are measured along the ring's edges: of the whole
    ring for strips, of one piece for pieces; ``length_mm`` is what is cut, waste included.
    ``needed`` end up in the rosettes, ``to_cut`` are those and the spares. ``stock_mm3`` is
    blanks, ``waste_mm3`` and ``kerf_mm3`` together; ``trimmed_mm3`` is levelled and scraped off
    the blanks. ``area_mm2`` is seen in one rosette.
    """

    ring_index: int
    family: PatternFamily
    part: str
    material_id: str
    material_name: str
    needed: int
    to_cut: int
    width_mm: float
    thickness_mm: float
    length_inner_mm: float
    length_outer_mm: float
    length_mm: float
    kerf_mm: float
    stock_mm3: float
    waste_mm3: float
    kerf_mm3: float
    trimmed_mm3: float
    area_mm2: float


class TileLine(NamedTuple):
    """The trapezoid of one tile; ``taper_deg`` None: a bent strip, its bars are not tapered."""

    ring_index: int
    family: PatternFamily
    needed: int
    to_make: int
    inner_mm: float
    outer_mm: float
    height_mm: float
    thickness_mm: float
    taper_deg: float | None


class PlankLine(NamedTuple):
    """Veneers glued in this order, the inner edge of the ring first, and the sticks sawn off.

    ``columns`` are (log, column, upside down) from 1: where its sticks lie. A stick is sawn
    ``stick_mm`` wide and tapered to ``inner_mm`` at the ring's inner edge. A ring has
    ``kinds_of_log``; the sticks of a checker are ``sliced_alone``.
    """

    ring_index: int
    letter: str
    veneer_ids: tuple[str, ...]
    veneer_names: tuple[str, ...]
    veneer_mm: float
    sticks: int
    width_mm: float
    length_mm: float
    stick_mm: float
    inner_mm: float
    taper_deg: float
    columns: tuple[tuple[int, int, bool], ...]
    kinds_of_log: int
    sliced_alone: bool


class LogLine(NamedTuple):
    """Logs of one kind: sticks from left to right as seen from the soundhole.

    ``logs_alone`` is how many logs the same guitars take when each is made by itself.
    ``sliced_alone``: the sticks of a checker are not glued to a log; each is sliced by itself.
    """

    ring_index: int
    number: int
    sticks: tuple[Stick, ...]
    sliced_alone: bool
    tiles: int
    turned_over: int
    slices: int
    slices_per_log: int
    logs: int
    logs_alone: int
    length_mm: float
    outer_mm: float
    inner_mm: float
    height_mm: float
    slice_mm: float
    kerf_mm: float

    @property
    def saved(self) -> int:
        """How many logs fewer are made because the guitars share them."""
        return self.logs_alone - self.logs


class StockLine(NamedTuple):
    """Material of one thickness to have at hand, kerf, waste and spares included.

    ``sheets`` None: the size of the sheets is not known, or ``remark`` says why.
    """

    form: Form
    material_id: str
    material_name: str
    thickness_mm: float
    pieces: int
    widest_mm: float
    longest_mm: float
    length_mm: float
    area_mm2: float
    volume_mm3: float
    sheets: int | None
    cites: str
    remark: str


class BitLine(NamedTuple):
    """A bit and what it cuts; None where the setup does not say it."""

    use: str
    name: str
    diameter_mm: float | None
    flutes: int | None
    shape: str


class GlueLine(NamedTuple):
    """The glue, what it asks for, and where that is known from."""

    glue: str
    advice: str
    source: str


class SafetyLine(NamedTuple):
    """What protects, against which materials; ``in_shop`` None: the setup does not say."""

    protection: str
    reason: str
    material_names: tuple[str, ...]
    in_shop: bool | None
    source: str


class AssumptionLine(NamedTuple):
    """A number that the design does not give, and where it comes from."""

    name: str
    value: str
    meaning: str
    source: str


class CutList(NamedTuple):
    """Everything that is made and bought for ``guitars`` rosettes of one design."""

    design_name: str
    guitars: int
    rings: tuple[RingLine, ...]
    parts: tuple[Part, ...]
    tiles: tuple[TileLine, ...]
    planks: tuple[PlankLine, ...]
    logs: tuple[LogLine, ...]
    stock: tuple[StockLine, ...]
    bits: tuple[BitLine, ...]
    glue: tuple[GlueLine, ...]
    safety: tuple[SafetyLine, ...]
    assumptions: tuple[AssumptionLine, ...]
    notes: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every ring says enough to be made."""
        return not any(ring.lacks for ring in self.rings)

    @property
    def stock_mm3(self) -> float:
        """The volume of all stock."""
        return math.fsum(part.stock_mm3 for part in self.parts)
