"""Lane B, bending: does a strip bend to its ring, and does a straight piece follow the curve?"""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.feasibility.answers import (
    no_material,
    not_judged,
    number,
    unknown,
)
from luthier_desktop.domain.feasibility.checks import Check, each_ring
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.limits import at_least, at_most, failed
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.patterns.counts import SLANTED, tile_length_mm
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.segments import SegmentsParameters

CHORD_GREEN_MM, CHORD_YELLOW_MM = 0.05, 0.15
BENT = SLANTED | {PatternFamily.SOLID, PatternFamily.LINES}


class BendBand(NamedTuple):
    """Limits of R/t for a class of material and a way of bending."""

    name: str
    green: float
    yellow: float


_WOOD = {"cold": BendBand("wood, cold", 60.0, 40.0), "hot": BendBand("wood, hot", 24.0, 15.0)}
SLANTED_CLASS = "slanted wood"
_SLANTED_WOOD = {
    "cold": BendBand(f"{SLANTED_CLASS}, cold", 30.0, 20.0),
    "hot": BendBand(f"{SLANTED_CLASS}, hot", 15.0, 8.0),
}
_OTHERS = {
    "fibre": BendBand("vulcanised fibre", 15.0, 8.0),
    "plastic": BendBand("plastic, warm", 10.0, 5.0),
    "celluloid": BendBand("celluloid, warm", 15.0, 8.0),
}


def bend_band(material: Material, how: str, *, slanted: bool) -> BendBand | None:
    """Return the limits of R/t for *material* bent *how*; None: it never bends."""
    if material.kind == "wood":
        return (_SLANTED_WOOD if slanted else _WOOD)[how]
    return _OTHERS.get(material.kind)


def bend_ratio(_case: Case, ring: RingCase) -> Finding:
    """B1: judge a strip's radius against its thickness: R/t, R = r_in + t/2.

    Each material is judged in its class and the worst counts; shell and bone never bend.
    """
    if (answer := _not_bent(ring)) is not None:
        return answer
    thickness_mm = _strip_mm(ring)
    if thickness_mm is None:
        return unknown("B1", ring.ring_index, ring.path("strip_thickness_mm"))
    if (lacking := no_material("B1", ring)) is not None:
        return lacking
    radius_mm = ring.radii.inner_mm + thickness_mm / 2
    ratio = radius_mm / thickness_mm
    inputs: dict[str, Input] = {"R_mm": radius_mm, "t_strip_mm": thickness_mm}
    how = ring.ring.bending or "cold"
    bands = [bend_band(one, how, slanted=ring.family in SLANTED) for one in ring.materials]
    stiff = [one.name for one, band in zip(ring.materials, bands, strict=True) if band is None]
    if stiff:
        message = f"{stiff[0]} does not bend: use pieces cut to the curve."
        return Finding("B1", ring.ring_index, *failed(ratio), inputs, message)
    band = max((band for band in bands if band is not None), key=_strictness)
    judgement = at_least(ratio, band.green, band.yellow)
    inputs |= {"class": band.name, "green_limit": band.green, "yellow_limit": band.yellow}
    message = _bend_message(ratio, thickness_mm, band, judgement.status)
    return Finding("B1", ring.ring_index, *judgement, inputs, message)


def _strictness(band: BendBand) -> float:
    return band.green


def _not_bent(ring: RingCase) -> Finding | None:
    if ring.family not in BENT:
        return not_judged("B1", ring.ring_index, "This pattern is not bent.")
    if ring.ring.bending == "none":
        return not_judged("B1", ring.ring_index, "Nothing is bent here.")
    unsaid = ring.ring.strip_thickness_mm is None and ring.ring.bending is None
    if unsaid and ring.family is not PatternFamily.LINES:
        return not_judged("B1", ring.ring_index, "This ring is built of pieces.")
    return None


def _strip_mm(ring: RingCase) -> float | None:
    """Return t: given; for lines the thickest, prelaminated all of them; else the width."""
    if ring.ring.strip_thickness_mm is not None:
        return ring.ring.strip_thickness_mm
    pattern = ring.pattern
    if not isinstance(pattern, LinesParameters) or pattern.prelaminated:
        return ring.width_mm
    if pattern.lines:
        return max(line.thickness_mm for line in pattern.lines)
    shares = len(ring.ring.materials or ())
    return ring.width_mm / shares if shares else None


def _bend_message(ratio: float, thickness_mm: float, band: BendBand, status: Status) -> str:
    strip = f"A {number(thickness_mm)} mm strip at {number(ratio, 1)} times its thickness"
    if status is Status.GREEN:
        return f"{strip} bends ({band.name}: {number(band.green)} and more)."
    if status is Status.YELLOW:
        return f"{strip} may crack ({band.name}: {number(band.green)} is safe)."
    return f"{strip} breaks ({band.name}: under {number(band.yellow)})."


def straight_piece(_case: Case, ring: RingCase) -> Finding:
    """B2: judge how far a straight or pre-curved piece stands off the ring's inner circle.

    Straight: s = R - sqrt(R^2 - L^2/4); pre-curved: L^2/8 |1/R - 1/Rs|, in mm, R = r_in.
    """
    pattern = ring.pattern
    if not isinstance(pattern, SegmentsParameters) or pattern.shape in (None, "curved"):
        return not_judged("B2", ring.ring_index, "No straight pieces on a curve.")
    length_mm = tile_length_mm(ring.ring, ring.radii)
    if length_mm is None:
        return unknown("B2", ring.ring_index, ring.path("tile_length_mm"))
    radius_mm = ring.radii.inner_mm
    inputs: dict[str, Input] = {"L_piece_mm": length_mm, "r_in_mm": radius_mm}
    if pattern.shape == "pre_curved":
        if pattern.stock_radius_mm is None:
            return unknown("B2", ring.ring_index, ring.path("pattern.stock_radius_mm"))
        inputs["Rs_mm"] = pattern.stock_radius_mm
        gap_mm = length_mm**2 / 8 * abs(1 / radius_mm - 1 / pattern.stock_radius_mm)
    elif length_mm / 2 > radius_mm:
        message = f"A straight piece of {number(length_mm)} mm is longer than the ring is wide."
        return Finding("B2", ring.ring_index, *failed(None), inputs, message)
    else:
        gap_mm = radius_mm - math.sqrt(radius_mm**2 - length_mm**2 / 4)
    judgement = at_most(gap_mm, CHORD_GREEN_MM, CHORD_YELLOW_MM)
    message = (
        f"Pieces of {number(length_mm)} mm stand {number(gap_mm)} mm off the circle"
        + ("." if judgement.status is Status.GREEN else "; a gap of 0.1 mm is visible.")
    )
    return Finding("B2", ring.ring_index, *judgement, inputs, message)


CHECKS = (
    Check("B1", each_ring, bend_ratio),
    Check("B2", each_ring, straight_piece),
)
