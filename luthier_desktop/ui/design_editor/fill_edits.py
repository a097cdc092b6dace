"""Edits that close the sum: rings that fill the rest, or the outer diameter that follows them."""

from __future__ import annotations

from collections.abc import Sequence

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.lengths import change_text, length_text
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.domain.stack import closing_error_mm
from luthier_desktop.ui.design_editor.edits import Edit, listed, revised
from luthier_desktop.ui.design_editor.ring_edits import LEAST_WIDTH_MM, revised_ring

TIDY_DECIMALS = 2
"""Shares are whole hundredths of a mm, but for the widest ring, which closes the sum exactly."""


def fillers(design: RosetteParamSpec, positions: Sequence[int]) -> tuple[int, ...]:
    """Return which of these rings may change their width; of all rings where none is given."""
    among = positions or range(len(design.ring_params))
    return tuple(at for at in sorted(among) if _is_free(design.ring_params[at]))


def no_fill(design: RosetteParamSpec, positions: Sequence[int]) -> str:
    """Say why these rings, or all that are free, cannot take up the difference now; or ""."""
    error_mm = _error_mm(design)
    if not design.ring_params:
        return "There are no rings; insert one first."
    if error_mm == 0:
        return "The sum is closed already."
    free = fillers(design, positions)
    if not free:
        which = "The chosen rings are" if len(positions) > 1 else "The ring is"
        whose = which if positions else "All rings are"
        return f"{whose} locked or measured; unlock one, or take its measured width away."
    narrow = [at for at, width_mm in _shares(design, free) if width_mm < LEAST_WIDTH_MM]
    if narrow:
        number = design.ring_params[narrow[0]].ring_index
        return (
            f"{length_text(error_mm)} too much: ring {number} would be narrower than "
            f"{length_text(LEAST_WIDTH_MM)}; let more rings share it, or take one out."
        )
    return ""


def fill(design: RosetteParamSpec, positions: Sequence[int]) -> Edit | None:
    """Let these rings, or all that are free, take up the difference in proportion.

    Locked and measured rings stay as they are. The sum is exact.

    Raises:
        InputRefused: None is free, or one would be narrower than the smallest width.
    """
    if design.ring_params and _error_mm(design) == 0:
        return None
    refusal = no_fill(design, positions)
    if refusal:
        raise InputRefused(refusal)
    free = fillers(design, positions)
    rings = list(design.ring_params)
    for at, width_mm in _shares(design, free):
        rings[at] = revised_ring(rings[at], {"width_mm": width_mm})
    after = revised(design, {"ring_params": tuple(rings)})
    return Edit(f"Fill the rest with {_told(design, after, free)}", after, _one(design, free))


def filled_outer_mm(design: RosetteParamSpec) -> float:
    """Return the outer diameter at which the sum is closed."""
    return round(design.outer_diameter_mm + 2 * _error_mm(design), 6)


def fit_outer(design: RosetteParamSpec) -> Edit | None:
    """Make the outer diameter what the rings add up to; no ring changes.

    Raises:
        InputRefused: There are no rings.
    """
    if not design.ring_params:
        raise InputRefused("There are no rings; insert one first.")
    outer_mm = filled_outer_mm(design)
    if outer_mm == design.outer_diameter_mm:
        return None
    after = revised(design, {"outer_diameter_mm": outer_mm})
    return Edit(f"Outer diameter: {change_text(design.outer_diameter_mm, outer_mm)}", after)


def _error_mm(design: RosetteParamSpec) -> float:
    return round(closing_error_mm(design), 6)


def _is_free(ring: RingParam) -> bool:
    return not ring.locked and ring.measured_width_mm is None


def _shares(design: RosetteParamSpec, free: Sequence[int]) -> list[tuple[int, float]]:
    """Return the width of each free ring that closes the sum; the widest takes what is left."""
    widths_mm = {at: design.ring_params[at].width_mm for at in free}
    wanted_mm = round(sum(widths_mm.values()) - _error_mm(design), 6)
    scale = wanted_mm / sum(widths_mm.values())
    widest = max(free, key=lambda at: widths_mm[at])
    shares_mm = {at: round(width_mm * scale, TIDY_DECIMALS) for at, width_mm in widths_mm.items()}
    others_mm = sum(share_mm for at, share_mm in shares_mm.items() if at != widest)
    shares_mm[widest] = round(wanted_mm - others_mm, 6)
    return list(shares_mm.items())


def _told(design: RosetteParamSpec, after: RosetteParamSpec, free: Sequence[int]) -> str:
    if len(free) > 1:
        return listed(design, free)
    change = change_text(design.ring_params[free[0]].width_mm, after.ring_params[free[0]].width_mm)
    return f"{listed(design, free)}: {change}"


def _one(design: RosetteParamSpec, free: Sequence[int]) -> str | None:
    return design.ring_params[free[0]].identity if len(free) == 1 else None
