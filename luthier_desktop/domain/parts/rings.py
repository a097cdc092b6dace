"""Which rings are made of parts, and the outline of each part."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.channel_walls import ChannelWalls
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.inputs import RingCase
from luthier_desktop.domain.geometry import ORIGIN, RingRadii, circle, polar, sector
from luthier_desktop.domain.parts.outlines import box_of
from luthier_desktop.domain.parts.part import Bow, Part
from luthier_desktop.domain.patterns import segments, solid
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.layout import RingLayout

USUAL_PROUD_MM = 0.4
"""What a part stands above the top before levelling where no inlay thickness is given."""

_UP_DEG, _RIGHT_DEG = 0.0, 90.0
_CELLS = "the cells are sawn from logs or sticks (see the cut list)"
_BARS = "the bars are glued up and sliced (see the cut list)"
_BENT = "the strips are bent"
_FITTED = "the figures are fitted one by one (see the DXF of the design)"
_BOUGHT = "bought as it is"
_FROM_CURVED = "the blocks are cut to length from curved stock"
_NO_PARTS = {
    PatternFamily.LINES: _BENT,
    PatternFamily.LADDER: _BARS,
    PatternFamily.CHECKER: _CELLS,
    PatternFamily.BARBER_POLE: _BARS,
    PatternFamily.ROPE: _BARS,
    PatternFamily.HERRINGBONE: _BARS,
    PatternFamily.WHEAT_EAR: _BARS,
    PatternFamily.MOSAIC: _CELLS,
    PatternFamily.DOTS: _FITTED,
    PatternFamily.WAVE: _FITTED,
    PatternFamily.PLAIT: _FITTED,
    PatternFamily.MEANDER: _CELLS,
    PatternFamily.CUSTOM: _CELLS,
    PatternFamily.INLAY: _FITTED,
}


class Fit(NamedTuple):
    """The channels of a design, and the room in total between a part and its channel's walls."""

    walls: tuple[ChannelWalls, ...]
    allowance_mm: float | None

    def radii(self, ring: RingCase) -> RingRadii:
        """Return a ring's radii as its parts have them: only at a wall they stand back.

        Raises:
            InputRefused: The allowance leaves nothing of the ring.
        """
        inner_mm, outer_mm = ring.radii
        for wall in self.walls:
            if self.allowance_mm is None or ring.ring_index not in wall.ring_indices:
                continue
            wider_mm = (wall.clearance_mm - self.allowance_mm) / 2
            inner_mm -= wider_mm if ring.ring_index == wall.ring_indices[0] else 0.0
            outer_mm += wider_mm if ring.ring_index == wall.ring_indices[-1] else 0.0
        if not 0 < inner_mm < outer_mm:
            raise _too_loose(ring)
        return RingRadii(inner_mm, outer_mm)


def why_no_parts(ring: RingCase) -> str | None:
    """Return why no part of a ring is cut from a sheet; None where parts are."""
    if ring.ring.made == "bought":
        return _BOUGHT
    if ring.family is PatternFamily.SOLID:
        one_piece = (getattr(ring.pattern, "pieces", None) or 1) == 1
        return _BENT if one_piece and solid.is_bent(ring.ring) else None
    if ring.family is PatternFamily.SEGMENTS:
        pre_curved = getattr(ring.pattern, "shape", None) == "pre_curved"
        return _FROM_CURVED if pre_curved else None
    return _NO_PARTS[ring.family]


def parts_of(ring: RingCase, fit: Fit, depth_mm: float | None) -> list[Part]:
    """Return the parts of a ring, clockwise from 12 o'clock.

    Raises:
        InputRefused: The allowance leaves nothing of them.
    """
    layout = lay_out(ring.ring, ring.radii)
    radii = fit.radii(ring)
    if ring.family is PatternFamily.SEGMENTS:
        part = _block(ring, layout, radii)
    elif layout.tiles == 1:
        part = _plate(ring, radii)
    else:
        part = _wedge(ring, layout, radii)
    thickness_mm = ring.ring.inlay_thickness_mm
    if thickness_mm is None and depth_mm is not None:
        thickness_mm = round(depth_mm + USUAL_PROUD_MM, 6)
    return [
        part._replace(material_id=layout.material(place), thickness_mm=thickness_mm)
        for place in range(layout.tiles)
    ]


def _plate(ring: RingCase, radii: RingRadii) -> Part:
    whole, hole = circle(ORIGIN, radii.outer_mm), circle(ORIGIN, radii.inner_mm)
    middle = polar(radii.mean_mm, _UP_DEG)
    return Part(ring.ring_index, whole, (hole,), "", None, box_of(whole), middle)


def _wedge(ring: RingCase, layout: RingLayout, radii: RingRadii) -> Part:
    """Return a wedge at 3 o'clock: its grain is radial."""
    bow = Bow(*radii, layout.step_deg / 2, "left")
    outline = sector(radii, _RIGHT_DEG - bow.half_deg, layout.step_deg)
    middle = polar(radii.mean_mm, _RIGHT_DEG)
    return Part(ring.ring_index, outline, (), "", None, box_of(outline), middle, bow)


def _block(ring: RingCase, layout: RingLayout, radii: RingRadii) -> Part:
    """Return a block at 12 o'clock: its grain runs along the ring."""
    half_deg = segments.half_block_deg(layout)
    middle = polar(radii.mean_mm, _UP_DEG)
    if segments.own_parameters(layout).shape == "straight":
        if radii.inner_mm >= radii.outer_mm * math.cos(math.radians(half_deg)):
            raise _too_loose(ring)
        outline, bow = segments.straight_block(radii, _UP_DEG, half_deg), None
    else:
        outline = sector(radii, _UP_DEG - half_deg, 2 * half_deg)
        bow = Bow(*radii, half_deg, "down") if half_deg <= _RIGHT_DEG else None
    return Part(ring.ring_index, outline, (), "", None, box_of(outline), middle, bow)


def _too_loose(ring: RingCase) -> InputRefused:
    return InputRefused(
        f"The allowance leaves nothing of the parts of ring {ring.ring_index}, which is "
        f"{ring.width_mm:g} mm wide; make allowance_mm smaller.",
        "allowance_mm",
    )
