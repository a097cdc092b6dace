"""What a new entry of the catalogue begins with: as little as its kind allows."""

from __future__ import annotations

from typing import Any

_DIAMETER_MM = 3.175
_DENSITY_KG_M3 = 600.0
_LOOK = {"raw": "#d8c3a0", "finished": "#c9a878", "dark": "#8f6c42"}


def blank(kind: str, source: str) -> dict[str, Any]:
    """Return the members that a new entry of this kind must have, but id and name."""
    guess = {"source": source, "confidence": "L", "estimated": True}
    if kind == "tools":
        return {"shape": "flat", "diameter_mm": {"value": _DIAMETER_MM, **guess}}
    if kind == "machines":
        return {"kind": "cnc"}
    density = {"value": _DENSITY_KG_M3, **guess}
    return {"kind": "wood", "density_kg_m3": density, "look": dict(_LOOK)}
