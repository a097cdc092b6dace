"""Families, kinds of stock and missing values in the words of the bench."""

from __future__ import annotations

from collections.abc import Iterable

from luthier_desktop.domain.bill.stock import StockKind
from luthier_desktop.domain.cut_list.model import READY_MADE
from luthier_desktop.domain.patterns.family import PatternFamily

FAMILY_WORDS = {
    PatternFamily.SOLID: "solid ring",
    PatternFamily.LINES: "purfling lines",
    PatternFamily.LADDER: "ladder",
    PatternFamily.CHECKER: "checkerboard",
    PatternFamily.BARBER_POLE: "barber pole",
    PatternFamily.ROPE: "rope",
    PatternFamily.HERRINGBONE: "herringbone",
    PatternFamily.WHEAT_EAR: "wheat ear (espiga)",
    PatternFamily.MOSAIC: "mosaic",
    PatternFamily.SEGMENTS: "segments",
    PatternFamily.DOTS: "dots",
    PatternFamily.WAVE: "wave",
    PatternFamily.PLAIT: "plait",
    PatternFamily.MEANDER: "Greek key (meander)",
    PatternFamily.CUSTOM: "own tile",
    PatternFamily.INLAY: "placed inlay",
}

_UPRIGHT = "width along the ring, length across it, thickness into the top"
_FLAT = "width across the ring, length along it, thickness into the top"
_BLANK = "the rectangle round the largest piece, grain along its length"
MEASURED = {
    StockKind.STRIP: _FLAT,
    StockKind.BAR: "width across the bar, length along its grain, thickness into the top",
    StockKind.VENEER: "width of a stick at its outer edge, thickness across the ring, length "
    "of the log",
    StockKind.PLATE: "a square with a margin round the ring, thickness into the top",
    StockKind.WEDGE: _UPRIGHT,
    StockKind.SEGMENT: _FLAT,
    StockKind.DOT_ROD: "width is the rod's diameter, length what one dot takes of it",
    StockKind.STRAND: _BLANK,
    StockKind.SHAPE: _BLANK,
    StockKind.FIELD: _BLANK,
    READY_MADE: _FLAT,
}
"""How the sizes of a part are measured."""

MISSING = {
    "channel.depth_mm": "Fill in how deep the channel is.",
    "materials": "Choose its materials.",
    "tile_length_mm": "Fill in how long a tile is, or how many there are.",
    "pattern.count": "Fill in how many there are.",
    "pattern.rows": "Fill in the number of rows.",
    "pattern.cols": "Fill in the number of columns.",
    "pattern.grid": "Paint the tile.",
    "pattern.shapes": "Place a shape.",
    "pattern.dot_diameter_mm": "Fill in the diameter of the dots.",
    "pattern.band_mm": "Fill in how thick the band is.",
    "pattern.strand_mm": "Fill in how wide a strand is.",
}
"""What to do about a value that is missing, by its path in a ring or a design."""


def listed(words: Iterable[str]) -> str:
    """Write a list: ``a``, ``a and b``, ``a, b and c``."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def counted(count: int, word: str) -> str:
    """Write a count and its word: ``1 log``, ``2 logs``."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
