"""The layers of a DXF file: one operation each, with names that R12 reads as well.

R12 allows 31 letters, digits, ``$``, ``-`` and ``_``: a depth of 1.4 mm is ``D1_40MM``.
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_NAME = 31

CHECK = "00_FRAME_CHECK_100MM"
AXES = "10_CENTER_AXES"
SOUNDHOLE = "20_SOUNDHOLE_CUT_LAST"
JOINTS = "60_SEGMENT_JOINTS"
BOARD = "70_FINGERBOARD_HIDDEN"
TEXT = "90_TEXT"

_COLOURS = {"0": 8, "1": 4, "2": 1, "3": 5, "4": 3, "5": 30, "6": 6, "7": 2, "9": 7}
"""Colour of AutoCAD's index by the first digit of a name."""


def channel_layer(number: int, depth_mm: float | None) -> str:
    """Return the layer of a channel, counted from 1, with its depth."""
    if depth_mm is None:
        return f"30_CHANNEL_{number}_D_UNKNOWN"
    whole, _, part = f"{depth_mm:.3f}".rstrip("0").partition(".")
    return f"30_CHANNEL_{number}_D{whole}_{part:0<2}MM"


def ring_layer(ring_index: int) -> str:
    """Return the layer of a ring's circles."""
    return f"40_RING_{ring_index}_OUTLINE"[:LONGEST_NAME]


def tile_layers(material_ids: Iterable[str], prefix: str = "50_TILES_") -> dict[str, str]:
    """Return a layer for each material; ids that are alike in what has room get a number."""
    layers: dict[str, str] = {}
    for material_id in sorted(set(material_ids)):
        name = f"{prefix}{material_id.upper()}"[:LONGEST_NAME]
        number = 2
        while name in layers.values():
            end = f"_{number}"
            name = f"{prefix}{material_id.upper()}"[: LONGEST_NAME - len(end)] + end
            number += 1
        layers[material_id] = name
    return layers


def colour(layer: str) -> int:
    """Return the colour of a layer, one for each kind of operation."""
    return _COLOURS.get(layer[:1], 7)
