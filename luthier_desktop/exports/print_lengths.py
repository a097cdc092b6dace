"""Lengths in print: mm, and beside them inches to 1/64 as a rule in the workshop shows them."""

from __future__ import annotations

from fractions import Fraction

from luthier_desktop.domain.lengths import FINEST_FRACTION, MM_PER_INCH, inch_fraction

FINE_MM, LONG_MM = 10.0, 200.0
"""Below this a sixty-fourth is too coarse: such lengths are measured in thousandths.

From the other on a tenth of a mm is fine enough.
"""

_NOISE_MM = 1e-9
"""So that 1.5875, which no computer holds exactly, is rounded up as on paper."""


def mm_text(length_mm: float) -> str:
    """Write a length without its unit: ``1.309``, ``27.00``, ``321.4``, as fine as it is cut."""
    if abs(length_mm) >= LONG_MM:
        return f"{length_mm:.1f}"
    fine_mm = round(length_mm + _NOISE_MM, 3)
    is_finer = abs(length_mm) < FINE_MM and round(length_mm, 2) != fine_mm
    return f"{fine_mm:.3f}" if is_finer else f"{length_mm:.2f}"


def inch_text(length_mm: float) -> str:
    """Write inches: ``1 1/16"``, ``≈ 1 49/64"`` where it is none, ``0.067"`` where it is fine."""
    exact = inch_fraction(length_mm)
    if exact is not None or abs(length_mm) < FINE_MM:
        return inch_cell(length_mm)
    return f"≈ {inch_cell(length_mm)}"


def inch_cell(length_mm: float) -> str:
    """Write inches below a heading that says that they are those of the nearest sixty-fourth."""
    if inch_fraction(length_mm) is None and abs(length_mm) < FINE_MM:
        return f'{length_mm / MM_PER_INCH:.3f}"'
    return f'{_nearest(length_mm)}"'


def both_text(length_mm: float) -> str:
    """Write mm and inches: ``27.00 mm (1 1/16")``."""
    return f"{mm_text(length_mm)} mm ({inch_text(length_mm)})"


def _nearest(length_mm: float) -> str:
    sixty_fourths = round(length_mm / MM_PER_INCH * FINEST_FRACTION)
    whole, rest = divmod(Fraction(sixty_fourths, FINEST_FRACTION), 1)
    if not rest:
        return str(whole)
    return f"{whole} {rest}" if whole else str(rest)
