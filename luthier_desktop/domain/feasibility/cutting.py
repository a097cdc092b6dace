"""The physics of cutting: chip, force, deflection and stress of a bit, in closed form.

Units: mm, N, MPa = N/mm2, mm/min, kg/m3. Source: domain reference 3.1 to 3.3. Forces carry
+-50 %: density alone is a rough estimate of cutting force.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.materials import Material

FORCE_PER_DENSITY = 0.075
"""kc at a chip of 0.1 mm, N/mm2 per kg/m3 of wood."""
SIZE_EXPONENT = 0.45
REFERENCE_CHIP_MM = 0.1
FLAT_FORCE = {"shell": 2500.0, "bone": 300.0, "plastic": 80.0, "celluloid": 80.0, "fibre": 80.0}
"""kc outside wood, N/mm2, the same at every chip."""
PASSIVE_RATIO = 0.4
"""The normal and passive force as a part of the tangential force."""
WEAR = 1.5
GRAIN = 1.5
"""A ring crosses every grain direction."""
ELASTICITY_MPA = {"carbide": 580_000.0, "hss": 200_000.0}
FLUTE_SECTION = 0.8
"""The bending diameter of the fluted part, as a part of the bit's diameter."""


class ChipBand(NamedTuple):
    """A band of chipload for a class of materials, in percent of the bit's diameter."""

    name: str
    low_percent: float
    high_percent: float


SOFTWOOD = ChipBand("softwood", 1.5, 4.0)
HARDWOOD = ChipBand("hardwood", 1.0, 3.2)
DENSE_WOOD = ChipBand("dense wood", 0.8, 2.0)
PLASTIC = ChipBand("plastic", 1.5, 3.5)
BONE = ChipBand("bone", 1.0, 2.5)
SHELL = ChipBand("shell", 0.2, 0.8)
_BANDS = {
    "shell": SHELL,
    "bone": BONE,
    "plastic": PLASTIC,
    "celluloid": PLASTIC,
    "fibre": PLASTIC,
}
SOFT_BELOW, HARD_UP_TO = 520.0, 850.0


def chip_band(material: Material) -> ChipBand:
    """Return the chipload band of a material's class: by kind, for wood by density."""
    if material.kind != "wood":
        return _BANDS[material.kind]
    density = material.density_kg_m3.value
    if density < SOFT_BELOW:
        return SOFTWOOD
    return HARDWOOD if density <= HARD_UP_TO else DENSE_WOOD


def feed_per_tooth_mm(feed_mm_min: float, spindle_rpm: float, flutes: int) -> float:
    """Return fz = F/(n z) in mm."""
    return feed_mm_min / (spindle_rpm * flutes)


def specific_force_mpa(material: Material, chip_mm: float) -> float:
    """Return kc(h) = kc01 (h/0.1)^-0.45 in N/mm2; flat outside wood."""
    if material.kind != "wood":
        return FLAT_FORCE[material.kind]
    reference = FORCE_PER_DENSITY * material.density_kg_m3.value
    return float(reference * (chip_mm / REFERENCE_CHIP_MM) ** -SIZE_EXPONENT)


def tangential_force_n(material: Material, depth_mm: float, chip_mm: float) -> float:
    """Return F_t = kc(h) a_p h in N for a full slot, where the chip is fz."""
    return specific_force_mpa(material, chip_mm) * depth_mm * chip_mm


def grain_factor(material: Material) -> float:
    """Return k_grain: 1.5 for wood, 1.0 for what has no grain."""
    return GRAIN if material.kind == "wood" else 1.0


def lateral_force_n(material: Material, depth_mm: float, chip_mm: float) -> float:
    """Return the force that bends the bit: F_t sqrt(1 + 0.4^2) k_wear k_grain, in N."""
    tangential_n = tangential_force_n(material, depth_mm, chip_mm)
    return tangential_n * math.sqrt(1 + PASSIVE_RATIO**2) * WEAR * grain_factor(material)


def wall_force_n(material: Material, depth_mm: float, chip_mm: float) -> float:
    """Return the force on the wall of a slot: 0.4 F_t k_wear k_grain, in N."""
    tangential_n = tangential_force_n(material, depth_mm, chip_mm)
    return PASSIVE_RATIO * tangential_n * WEAR * grain_factor(material)


def land_stress_mpa(force_n: float, depth_mm: float, diameter_mm: float, land_mm: float) -> float:
    """Return sigma = 6 F_n (d/2)/((D/2 + 2d) b^2): the root of a land as a short cantilever."""
    return 6 * force_n * (depth_mm / 2) / ((diameter_mm / 2 + 2 * depth_mm) * land_mm**2)


def second_moment_mm4(diameter_mm: float) -> float:
    """Return I = pi d^4/64 of a round section."""
    return math.pi * diameter_mm**4 / 64


class Bit(NamedTuple):
    """A bit as a cantilever: flutes of length L1 at 0.8 D, then a shank of length L2."""

    diameter_mm: float
    flute_mm: float
    shank_length_mm: float
    shank_diameter_mm: float
    elasticity_mpa: float


def deflection_mm(force_n: float, bit: Bit) -> float:
    """Return the bit's deflection at its tip in mm.

    delta = F L1^3/(3 E I1) + F [(L1+L2)^3 - L1^3]/(3 E I2), I1 at 0.8 D.
    """
    bend = force_n / (3 * bit.elasticity_mpa)
    flute = bit.flute_mm**3 / second_moment_mm4(FLUTE_SECTION * bit.diameter_mm)
    if bit.shank_length_mm <= 0:
        return bend * flute
    reach_mm3 = (bit.flute_mm + bit.shank_length_mm) ** 3 - bit.flute_mm**3
    return bend * (flute + reach_mm3 / second_moment_mm4(bit.shank_diameter_mm))


def bending_stress_mpa(force_n: float, diameter_mm: float, flute_mm: float) -> float:
    """Return sigma = 32 F L1/(pi (0.8 D)^3) at the root of the flutes, in MPa."""
    return 32 * force_n * flute_mm / (math.pi * (FLUTE_SECTION * diameter_mm) ** 3)
