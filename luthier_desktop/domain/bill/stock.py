"""Rows of a bill, the constants behind them, and how strips and blanks are measured."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.layout import RingLayout

PROUD_MM = 0.4
WASTE_SHARE = 0.10
KERF_MM = 0.5
KNIFED_MM = 1.0
LEAST_STRIP_MM = 0.25
PLATE_MARGIN_MM = 5.0


class Assumption(NamedTuple):
    """A number that no design gives, what it is for, and where it comes from."""

    name: str
    value: float
    unit: str
    meaning: str
    source: str


ASSUMPTIONS = (
    Assumption(
        "proud", PROUD_MM, "mm",
        "a part without a thickness of its own is this much thicker than the channel is deep",
        "domain reference 1.2 [S11]",
    ),
    Assumption(
        "waste", WASTE_SHARE, "", "added to lengths, and to counts as spare pieces",
        "domain reference 4.1 and 5.0",
    ),
    Assumption(
        "kerf", KERF_MM, "mm", "what a saw takes where the pattern does not say it",
        "estimate: the 38 to 41 slices of a 3 in log in 2.2 [S30] mean 0.36 to 0.5 mm",
    ),
    Assumption(
        "knifed", KNIFED_MM, "mm", "veneer up to this thickness is cut with a knife, without kerf",
        "estimate",
    ),
    Assumption(
        "least strip", LEAST_STRIP_MM, "mm", "thinner lines are scraped down from this veneer",
        "domain reference 1.2, confidence L",
    ),
    Assumption(
        "plate margin", PLATE_MARGIN_MM, "mm", "wood round a ring that is cut from one plate",
        "estimate",
    ),
)
"""Everything that a bill takes for granted."""


class StockKind(StrEnum):
    """The kinds of stock; each value is the word for a cut list."""

    STRIP = "strip"
    BAR = "bar strip"
    VENEER = "veneer"
    PLATE = "plate"
    WEDGE = "wedge"
    SEGMENT = "segment blank"
    DOT_ROD = "dot rod"
    STRAND = "strand blank"
    SHAPE = "shape blank"
    FIELD = "sawn field"


class BillRow(NamedTuple):
    """Stock of one kind, material and size for one ring.

    Strips, segments, plates: width across the ring, length along it. Bars and wedges: length
    across the ring, width along it. Veneers: thickness across it, length into it. Where it is
    not across, thickness is depth. ``length_inner_mm`` and ``length_outer_mm`` are measured
    along the ring: of the whole ring for strips, of one piece for pieces; ``length_mm`` is what
    is cut. ``quantity`` is ``needed`` and the spares. Volumes: ``net`` is the blanks without
    spares, ``finished`` what is left in the rosette.
    """

    ring_index: int
    kind: StockKind
    material_id: str
    width_mm: float
    thickness_mm: float
    length_mm: float
    length_inner_mm: float
    length_outer_mm: float
    needed: int
    quantity: int
    net_mm3: float
    waste_mm3: float
    kerf_mm3: float
    finished_mm3: float

    @property
    def stock_mm3(self) -> float:
        """The volume of stock that is used up."""
        return self.net_mm3 + self.waste_mm3 + self.kerf_mm3

    @property
    def trimmed_mm3(self) -> float:
        """What is cut, scraped and sanded off the blanks themselves."""
        return self.net_mm3 - self.finished_mm3


class MadeRing(NamedTuple):
    """A ring to be made: its layout and how it is cut.

    ``left_mm`` is the thickness that is left of the inlay in the finished top.
    """

    ring_index: int
    layout: RingLayout
    thickness_mm: float
    left_mm: float
    waste_share: float
    kerf_mm: float


class Blank(NamedTuple):
    """The rectangle or round that one piece is cut from, and the face that the saw makes."""

    kind: StockKind
    width_mm: float
    length_mm: float
    face_mm2: float
    cut_mm2: float


def with_spares(count: int, waste_share: float) -> int:
    """Return ceil(N (1 + waste)): the pieces to make when *count* are needed."""
    return math.ceil(round(count * (1 + waste_share), 9))


class Strips(NamedTuple):
    """Strips of one width: how many, between which radii, and their area in the rosette."""

    width_mm: float
    needed: int
    reach: RingRadii
    area_mm2: float


def strip_row(made: MadeRing, material_id: str, strips: Strips) -> BillRow:
    """Return strips bent round the ring, all cut as long as the outermost plus waste."""
    needed = strips.needed
    width_mm = max(strips.width_mm, LEAST_STRIP_MM)
    outer_mm = 2 * math.pi * strips.reach.outer_mm
    length_mm = outer_mm * (1 + made.waste_share)
    net_mm3 = needed * width_mm * made.thickness_mm * outer_mm
    kerf_mm = made.kerf_mm if width_mm > KNIFED_MM else 0.0
    return BillRow(
        made.ring_index, StockKind.STRIP, material_id, width_mm, made.thickness_mm, length_mm,
        2 * math.pi * strips.reach.inner_mm, outer_mm, needed, needed, net_mm3,
        net_mm3 * made.waste_share, needed * width_mm * length_mm * kerf_mm,
        strips.area_mm2 * made.left_mm,
    )


def piece_row(
    made: MadeRing, material_id: str, needed: int, blank: Blank, finished_mm3: float
) -> BillRow:
    """Return pieces cut from blanks of one size, with their spares."""
    quantity = with_spares(needed, made.waste_share)
    each_mm3 = blank.face_mm2 * made.thickness_mm
    radii, step = made.layout.radii, 2 * math.pi / made.layout.tiles
    return BillRow(
        made.ring_index, blank.kind, material_id, blank.width_mm, made.thickness_mm,
        blank.length_mm, step * radii.inner_mm, step * radii.outer_mm,
        needed, quantity, needed * each_mm3, (quantity - needed) * each_mm3,
        quantity * blank.cut_mm2 * made.kerf_mm, finished_mm3,
    )
