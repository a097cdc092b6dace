"""A mosaic: a tile painted as an ordered grid of veneer cells, repeated round the ring."""

from __future__ import annotations

from luthier_desktop.domain.patterns.parameters import GridParameters


class MosaicParameters(GridParameters):
    """``grid`` is the painted tile; absent: ``rows`` x ``cols`` in the ring's materials."""
