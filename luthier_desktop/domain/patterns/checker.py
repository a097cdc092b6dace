"""A checker: rows of cells in alternating materials."""

from __future__ import annotations

from luthier_desktop.domain.patterns.parameters import GridParameters


class CheckerParameters(GridParameters):
    """``rows`` of cells, one cell a tile; ``px_mm`` is the cell's length along the ring."""
