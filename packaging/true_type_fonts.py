"""Make the TrueType twins of the bundled fonts: a PDF takes no others.

Outlines become quadratic within half a unit of the em; widths and names stay. What only a
browser or a window uses (kerning, ligatures) is left out. Same input, same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).parents[1] / "resources" / "fonts"
_ERROR_UNITS = 0.5
_LEFT_OUT = ("CFF ", "VORG", "GPOS", "GSUB", "GDEF", "GlyphOrder")


def main() -> None:
    """Write a ``.ttf`` beside every ``.otf``."""
    for source in sorted(FONTS.glob("*.otf")):
        target = source.with_suffix(".ttf")
        convert(source, target)
        sys.stdout.write(f"{target.name}: {target.stat().st_size} bytes\n")


def convert(source: Path, target: Path) -> None:
    """Write the TrueType twin of one font."""
    font = TTFont(source, recalcTimestamp=False)
    order, outlines = font.getGlyphOrder(), _quadratic(font)
    for tag in _LEFT_OUT:
        if tag in font:
            del font[tag]
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, outlines
    font["loca"] = newTable("loca")
    _bearings(font)
    _limits(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    font.save(target)


def _quadratic(font: TTFont) -> dict[str, object]:
    letters, outlines = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(letters)
        letters[name].draw(Cu2QuPen(pen, _ERROR_UNITS, reverse_direction=True))
        outlines[name] = pen.glyph()
    return outlines


def _bearings(font: TTFont) -> None:
    """Set what the outlines alone decide: left bearings."""
    glyf, widths = font["glyf"], font["hmtx"]
    for name in font.getGlyphOrder():
        glyph = glyf[name]
        glyph.recalcBounds(glyf)
        width, _ = widths[name]
        widths[name] = (width, getattr(glyph, "xMin", 0))


def _limits(font: TTFont) -> None:
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for name in (
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, name, 0)


if __name__ == "__main__":
    main()
