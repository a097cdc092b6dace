"""Segments: blocks of shell or wood round the ring with radial joints."""

from __future__ import annotations

from typing import Literal

from luthier_desktop.domain.base import LengthMm, PositiveMm
from luthier_desktop.domain.patterns.parameters import TiledParameters


class SegmentsParameters(TiledParameters):
    """``shape`` "curved" when absent; ``stock_radius_mm`` belongs to "pre_curved"."""

    shape: Literal["curved", "straight", "pre_curved"] | None = None
    stock_radius_mm: PositiveMm | None = None
    gap_mm: LengthMm | None = None
