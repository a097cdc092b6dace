"""The grain of a material as vector lines on a tile that repeats; it runs upwards.

Each material has its own random numbers, so that it always looks the same.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from luthier_desktop.domain.materials import Look
from luthier_desktop.exports.svg_path import mm
from luthier_desktop.exports.svg_tree import Element, add

LARGE_MM, SMALL_MM = 24.0, 8.0
"""How wide the tiles of plates and of small pieces are: drawing a small one is quick."""
_MOST_LINES = 40
_OVER_MM = 1.0


class _Tile:
    """One tile while it is drawn; lengths in mm."""

    def __init__(self, parent: Element, look: Look, seed: str, size_mm: float) -> None:
        self._parent = parent
        self._size_mm = size_mm
        self.look = look
        self.chance = Random(seed)

    @property
    def is_large(self) -> bool:
        """Whether this is the tile of a plate."""
        return self._size_mm == LARGE_MM

    def lines(self, spacing_mm: float, share: float, colour: str, opacity: float) -> None:
        """Draw lines along the grain, each *share* of the spacing wide; they sway a little."""
        count = max(1, min(_MOST_LINES, round(self._size_mm / spacing_mm)))
        pitch_mm = self._size_mm / count
        for number in range(count):
            x_mm = (number + self.chance.uniform(-0.35, 0.35)) * pitch_mm
            width_mm = pitch_mm * share * self.chance.uniform(0.5, 1.4)
            strength = opacity * self.chance.uniform(0.5, 1.1)
            for shift_mm in self._copies(x_mm, width_mm):
                self._line(x_mm + shift_mm, width_mm, colour, strength)

    def flecks(self, density: float, longest_mm: float, colour: str, opacity: float) -> None:
        """Strew short strokes along the grain, so many on 1 mm2, as one path."""
        data = []
        for _ in range(round(density * self._size_mm**2)):
            length_mm = self.chance.uniform(0.3, 1.0) * longest_mm
            x_mm = self.chance.uniform(0.1, self._size_mm - 0.1)
            y_mm = self.chance.uniform(0.0, self._size_mm - length_mm)
            data.append(f"M{mm(x_mm)} {mm(y_mm)}V{mm(y_mm + length_mm)}")
        add(
            self._parent,
            "path",
            d="".join(data),
            fill="none",
            stroke=colour,
            stroke_width="0.09",
            stroke_opacity=_share(opacity),
        )

    def glow(self, width_mm: float, height_mm: float, colour: str, opacity: float) -> None:
        """Draw a patch of another hue."""
        rx_mm, ry_mm, size_mm = width_mm / 2, height_mm / 2, self._size_mm
        x_mm, y_mm = self.chance.uniform(0, size_mm), self.chance.uniform(0, size_mm)
        lean_deg = self.chance.uniform(-35, 35)
        reach_mm = max(rx_mm, ry_mm)
        for x in (x_mm - size_mm, x_mm, x_mm + size_mm):
            for y in (y_mm - size_mm, y_mm, y_mm + size_mm):
                if -reach_mm < min(x, y) and max(x, y) < size_mm + reach_mm:
                    add(
                        self._parent,
                        "ellipse",
                        rx=mm(rx_mm),
                        ry=mm(ry_mm),
                        fill=colour,
                        fill_opacity=_share(opacity),
                        transform=f"translate({mm(x)} {mm(y)}) rotate({mm(lean_deg)})",
                    )

    def _line(self, x_mm: float, width_mm: float, colour: str, opacity: float) -> None:
        sway_mm = self.chance.uniform(-0.35, 0.35)
        third, two = self._size_mm / 3, 2 * self._size_mm / 3
        bend = f"C{mm(x_mm + sway_mm)} {mm(third)} {mm(x_mm - sway_mm)} {mm(two)}"
        add(
            self._parent,
            "path",
            d=f"M{mm(x_mm)} 0{bend} {mm(x_mm)} {mm(self._size_mm)}",
            fill="none",
            stroke=colour,
            stroke_width=mm(width_mm),
            stroke_opacity=_share(opacity),
        )

    def _copies(self, x_mm: float, width_mm: float) -> tuple[float, ...]:
        if x_mm - width_mm < 0.4:
            return (0.0, self._size_mm)
        return (0.0, -self._size_mm) if x_mm + width_mm > self._size_mm - 0.4 else (0.0,)


def add_figure(parent: Element, look: Look, seed: str, size_mm: float) -> None:
    """Draw the tile of a material into *parent*; its ground goes beyond it, to leave no seam."""
    edge, side = mm(-_OVER_MM), mm(size_mm + 2 * _OVER_MM)
    add(parent, "rect", x=edge, y=edge, width=side, height=side, fill=look.finished)
    tile = _Tile(parent, look, seed, size_mm)
    _FIGURES[look.figure](tile)
    if look.pores:
        tile.flecks(0.22 * look.pores + 0.02, 1.8, look.dark, 0.45)


def _softwood(tile: _Tile) -> None:
    look = tile.look
    tile.lines(4.0, 0.8, look.raw, 0.14)
    tile.lines(look.line_spacing_mm, 0.32, look.dark, 0.55 * look.contrast)
    tile.lines(look.line_spacing_mm, 0.12, look.dark, 0.8 * look.contrast)


def _diffuse(tile: _Tile) -> None:
    look = tile.look
    tile.lines(3.5, 0.7, look.raw, 0.18)
    tile.lines(look.line_spacing_mm, 0.25, look.dark, 0.5 * look.contrast)
    tile.flecks(0.16, 2.2, look.dark, 0.1 + 0.4 * look.contrast)
    tile.lines(5.0, 0.5, look.raw, 0.3 * look.curl)


def _streaked(tile: _Tile) -> None:
    look = tile.look
    for accent in look.accents[:4]:
        tile.lines(6.0, 0.35, accent, 0.4)
    tile.lines(max(0.7, look.line_spacing_mm), 0.3, look.dark, 0.6 * look.contrast)
    tile.lines(2.6, 0.2, look.dark, 0.5 * look.streaks + 0.1)


def _ribbon(tile: _Tile) -> None:
    look = tile.look
    tile.lines(max(2.0, look.line_spacing_mm), 0.45, look.dark, 0.5 * look.contrast)
    tile.lines(max(2.0, look.line_spacing_mm), 0.45, look.raw, 0.22)
    tile.flecks(0.16, 2.6, look.dark, 0.22)


def _shell(tile: _Tile) -> None:
    look = tile.look
    colours = look.accents or (look.raw, look.dark)
    for patch in range(150 if tile.is_large else 40):
        size_mm = tile.chance.uniform(0.5, 1.3) * max(1.2, 0.6 * look.line_spacing_mm)
        tile.glow(0.5 * size_mm, 1.3 * size_mm, colours[patch % len(colours)], 0.3)
    tile.lines(1.3, 0.1, look.raw, 0.25 * look.shimmer + 0.08)


def _plain(tile: _Tile) -> None:
    look = tile.look
    if look.contrast >= 0.1:
        tile.lines(max(0.8, look.line_spacing_mm), 0.3, look.dark, 0.6 * look.contrast)


def _share(opacity: float) -> str:
    return mm(max(0.0, min(1.0, round(opacity, 3))))


_FIGURES: dict[str, Callable[[_Tile], None]] = {
    "softwood": _softwood,
    "diffuse": _diffuse,
    "streaked": _streaked,
    "ribbon": _ribbon,
    "shell": _shell,
    "plain": _plain,
}
