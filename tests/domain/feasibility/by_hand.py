"""Force and bend of the workbench's bit, worked out apart from the program."""

from __future__ import annotations

import math


def force_n(pass_mm: float) -> float:
    """Work out F for the workbench: spruce of 425, fz 0.05."""
    return 0.075 * 425 * 0.5**-0.45 * pass_mm * 0.05 * math.sqrt(1.16) * 1.5 * 1.5


def bend_mm(
    pass_mm: float, modulus_mpa: float = 580_000, stickout_mm: float = 12.0
) -> float:
    """Work out delta for the workbench: 8 mm of flute at 1.6, the rest at 3.175."""
    flute, shank = math.pi * 1.6**4 / 64, math.pi * 3.175**4 / 64
    length = min(8.0, stickout_mm)
    beyond = max(0.0, stickout_mm - 8.0)
    part = length**3 / flute + ((length + beyond) ** 3 - length**3) / shank
    return force_n(pass_mm) / (3 * modulus_mpa) * part
