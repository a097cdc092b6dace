"""A rope: strands that lean in a smooth S from the inner to the outer edge."""

from __future__ import annotations

import math

from luthier_desktop.domain.base import LengthMm, MaterialId
from luthier_desktop.domain.patterns.parameters import TiledParameters


class RopeParameters(TiledParameters):
    """``lean_mm`` along the ring, the ring's width when absent; ``outline_mm`` 0 when absent.

    ``outline_material_id`` is drawn between the strands, ebony when absent; it is no strand.
    """

    lean_mm: LengthMm | None = None
    outline_mm: LengthMm | None = None
    outline_material_id: MaterialId | None = None

    def lean_in(self, width_mm: float) -> float:
        """Return how far a strand runs along the ring on its way across it, in mm."""
        return width_mm if self.lean_mm is None else self.lean_mm

    def thinnest_strand_mm(self, pitch_mm: float, width_mm: float) -> float:
        """Return p/sqrt(1 + (1.5 a/w)^2) - outline: the strand where it leans most.

        Source: domain reference 5.3 (T3) and section 6.
        """
        slope = 1.5 * self.lean_in(width_mm) / width_mm
        return pitch_mm / math.hypot(1.0, slope) - (self.outline_mm or 0.0)
