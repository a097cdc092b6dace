"""Short ways to a ring and its drawing."""

from __future__ import annotations

import math
from typing import Any

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.rosette import RingParam

RADII = RingRadii(50, 56)
AROUND_MM = 2 * math.pi * 53
"""The mean circle of RADII."""


def ring(family: str, pattern: dict[str, Any] | None = None, **members: Any) -> RingParam:
    plain = {"ring_index": 0, "width_mm": 6, "pattern_type": family, **members}
    return RingParam.read({**plain, "pattern": pattern} if pattern else plain, "ring")


def draw(
    family: str,
    pattern: dict[str, Any] | None = None,
    radii: RingRadii = RADII,
    **members: Any,
) -> RingDrawing:
    return draw_ring(ring(family, pattern, **members), radii)
