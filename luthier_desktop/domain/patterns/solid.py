"""A solid ring: one bent strip, a plate, or wedges with radial joints."""

from __future__ import annotations

from luthier_desktop.domain.base import Count
from luthier_desktop.domain.patterns.parameters import PatternParameters


class SolidParameters(PatternParameters):
    """``pieces``: how many equal sectors the ring is joined from; 1 when absent."""

    pieces: Count | None = None
