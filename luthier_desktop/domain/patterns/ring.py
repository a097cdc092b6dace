"""What a pattern needs to know of the ring that it fills."""

from __future__ import annotations

from typing import Protocol

from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import PatternParameters


class PatternedRing(Protocol):
    """A ring as its pattern sees it; ``RingParam`` is one."""

    @property
    def pattern_type(self) -> PatternFamily: ...

    @property
    def tile_length_mm(self) -> float | None: ...

    @property
    def materials(self) -> tuple[str, ...] | None: ...

    @property
    def pattern(self) -> PatternParameters | None: ...

    @property
    def strip_thickness_mm(self) -> float | None: ...

    @property
    def bending(self) -> str | None: ...
