"""What each piece is filled with: its wood's colour or figure, turned to its grain."""

from __future__ import annotations

from luthier_desktop.domain.materials import Material, MaterialCatalogue
from luthier_desktop.exports.svg_figures import LARGE_MM, SMALL_MM, add_figure
from luthier_desktop.exports.svg_path import mm
from luthier_desktop.exports.svg_tree import Element, add

UNKNOWN_COLOUR = "#b4aea4"
LEAST_FIGURE_MM2 = 3.0
PLATE_MM2 = 120.0
"""Pieces from this area on show the figure of a whole plate."""
_STEP_DEG = 3
_SHADES = (0.0, 0.05, -0.04, 0.025, -0.06)
"""Pieces of one wood differ a little, as if cut from several strips."""


class Woods:
    """Fills for pieces; figures that are asked for are written into *defs* once."""

    def __init__(self, materials: MaterialCatalogue, defs: Element, *, figured: bool) -> None:
        self._materials = materials
        self._defs = defs
        self._figured = figured
        self._known: set[str] = set()

    def colour(self, material_id: str, shade: float = 0.0) -> str:
        """Return a material's colour after finish, lighter or darker by a share."""
        material = self._materials.get(material_id)
        base = UNKNOWN_COLOUR if material is None else material.look.finished
        return shaded(base, shade) if shade else base

    def dark(self, material_id: str) -> str:
        """Return the colour of a material's growth lines."""
        material = self._materials.get(material_id)
        return shaded(UNKNOWN_COLOUR, -0.3) if material is None else material.look.dark

    def contrast(self, material_id: str) -> float:
        """Return how much its grain is seen, 0 to 1."""
        material = self._materials.get(material_id)
        return 0.0 if material is None else material.look.contrast

    def piece_fill(self, material_id: str, position: int) -> str:
        """Return the plain fill of the piece at *position* of its ring."""
        if not self._figured:
            return self.colour(material_id)
        return self.colour(material_id, _SHADES[position * 7 // 3 % len(_SHADES)])

    def figure(self, material_id: str, grain_deg: float, area_mm2: float) -> str | None:
        """Return the fill with grain, or None for a piece too small or a wood unknown."""
        material = self._materials.get(material_id)
        if not self._figured or material is None or area_mm2 < LEAST_FIGURE_MM2:
            return None
        turn_deg = round(grain_deg / _STEP_DEG) * _STEP_DEG % 180
        size_mm = LARGE_MM if area_mm2 >= PLATE_MM2 else SMALL_MM
        tile = self._tile(material, size_mm)
        aside = mm(size_mm * (turn_deg * 0.618034 % 1.0))
        return self._turned(tile, turn_deg, f"rotate({turn_deg}) translate({aside} {aside})")

    def mirrored(self, material_id: str) -> str | None:
        """Return the fill of the other half of a book-matched plate.

        Its tile is mirrored, not its pattern: a pattern that is only moved is drawn six times
        as fast.
        """
        material = self._materials.get(material_id)
        if not self._figured or material is None:
            return None
        tile, size = self._tile(material, LARGE_MM), mm(LARGE_MM)
        name = f"{tile}-book"
        if name not in self._known:
            mirrored = add(self._pattern(name, size), "g", transform=f"matrix(-1 0 0 1 {size} 0)")
            add_figure(mirrored, material.look, material.material_id, LARGE_MM)
        return f"url(#{name})"

    def _turned(self, tile: str, turn: int, transform: str) -> str:
        name = f"{tile}-{turn}"
        if name not in self._known:
            self._known.add(name)
            add(self._defs, "pattern", id=name, href=f"#{tile}", patternTransform=transform)
        return f"url(#{name})"

    def _tile(self, material: Material, size_mm: float) -> str:
        name = f"wood-{material.material_id}-{mm(size_mm)}"
        if name not in self._known:
            tile = self._pattern(name, mm(size_mm))
            add_figure(tile, material.look, material.material_id, size_mm)
        return name

    def _pattern(self, name: str, size: str) -> Element:
        self._known.add(name)
        box = {"width": size, "height": size, "patternUnits": "userSpaceOnUse"}
        return add(self._defs, "pattern", id=name, **box)


def shaded(colour: str, share: float) -> str:
    """Return ``#rrggbb`` lighter (towards white) or darker (towards black) by a share."""
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    towards = 255 if share > 0 else 0
    mixed = [round(channel + abs(share) * (towards - channel)) for channel in channels]
    return "#{:02x}{:02x}{:02x}".format(*mixed)
