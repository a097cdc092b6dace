"""A ladder: radial bars of alternating materials."""

from __future__ import annotations

from luthier_desktop.domain.patterns.parameters import TiledParameters


class LadderParameters(TiledParameters):
    """A tile is one bar, not one repeat of the colours."""
