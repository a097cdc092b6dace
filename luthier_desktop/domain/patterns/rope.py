"""A rope: strands that lean in a smooth S from the inner to the outer edge."""

from __future__ import annotations

from luthier_desktop.domain.base import LengthMm
from luthier_desktop.domain.patterns.parameters import TiledParameters


class RopeParameters(TiledParameters):
    """``lean_mm`` along the ring, the ring's width when absent; ``outline_mm`` 0 when absent."""

    lean_mm: LengthMm | None = None
    outline_mm: LengthMm | None = None
