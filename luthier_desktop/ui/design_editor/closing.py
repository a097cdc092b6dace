"""What the stack adds up to, and what closes the sum."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import closing_error_mm
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.fill_edits import filled_outer_mm
from luthier_desktop.ui.design_editor.ring_edits import LEAST_WIDTH_MM

CLOSED_MM = 0.0005


class Closing(NamedTuple):
    """The status line's sentence and what closes the sum, where it is open.

    A ring, if one is free to change, and its width then; or the outer diameter.
    """

    sentence: str
    position: int | None = None
    width_mm: float | None = None
    outer_mm: float | None = None


def closing(design: RosetteParamSpec, selected: int | None) -> Closing:
    """Say the sum of widths, the span, the difference, and what closes it."""
    span_mm = (design.outer_diameter_mm - design.inner_diameter_mm) / 2
    rings = design.ring_params
    if not rings:
        return Closing(f"No rings in a span of {units.brief(span_mm)}; insert a ring.")
    error_mm = round(closing_error_mm(design), 6)
    word = "Rings and gaps" if any(ring.gap_before_mm > 0 for ring in rings) else "Rings"
    sums = f"{word} {units.brief(span_mm + error_mm)} of {units.brief(span_mm)}"
    if abs(error_mm) < CLOSED_MM:
        return Closing(f"{sums}: closed.")
    difference = "too much" if error_mm > 0 else "short"
    start = f"{sums}: {units.brief(abs(error_mm))} {difference}"
    position = _closer(design, selected, error_mm)
    outer_mm = filled_outer_mm(design)
    if position is None:
        closes = f"an outer diameter of {units.brief(outer_mm)} closes it"
        return Closing(f"{start}; {closes}.", outer_mm=outer_mm)
    ring = rings[position]
    width_mm = round(ring.width_mm - error_mm, 6)
    verb = "narrow" if error_mm > 0 else "widen"
    closes = f"{verb} ring {ring.ring_index} to {units.brief(width_mm)}"
    return Closing(f"{start}; {closes}.", position, width_mm, outer_mm)


def _closer(design: RosetteParamSpec, selected: int | None, error_mm: float) -> int | None:
    """Return the ring to change: the selected one, else the widest that is free to change."""
    free = [
        position
        for position, ring in enumerate(design.ring_params)
        if not ring.locked
        and ring.measured_width_mm is None
        and ring.width_mm - error_mm >= LEAST_WIDTH_MM
    ]
    if selected in free:
        return selected
    return max(free, key=lambda at: design.ring_params[at].width_mm, default=None)
