"""Dots: round inlays on the ring's mean circle, in a field of the ring's first material."""

from __future__ import annotations

from luthier_desktop.domain.base import Count, PositiveMm
from luthier_desktop.domain.patterns.parameters import PatternParameters


class DotsParameters(PatternParameters):
    """``dot_diameter_mm`` and ``count``; drawing has defaults for both, checks have none."""

    dot_diameter_mm: PositiveMm | None = None
    count: Count | None = None
