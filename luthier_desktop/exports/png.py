"""A picture in pixels: our own SVG drawn with the bundled font, with its payload and true size."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.picture import LARGEST_WIDTH_PX, PictureOptions
from luthier_desktop.exports.svg import PageSize

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"luthier"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"sBIT", b"sRGB", b"IDAT", b"IEND")
_MM_AN_INCH, _MM_A_METRE = 25.4, 1000.0
_METRE = 1


def width_px(size: PageSize, options: PictureOptions) -> int:
    """Return how many pixels wide the picture will be.

    Raises:
        InputRefused: One of its sides would have more than 8192.
    """
    wide = options.width_px or round(size.width_mm / _MM_AN_INCH * options.dpi)
    high = round(wide * size.height_mm / size.width_mm)
    if max(wide, high) > LARGEST_WIDTH_PX or not wide:
        raise InputRefused(
            f"The picture would have {wide} x {high} pixels, but at most {LARGEST_WIDTH_PX} on a "
            "side can be drawn; choose fewer dots per inch or a smaller width."
        )
    return wide


def png_bytes(
    svg: bytes, size: PageSize, options: PictureOptions, fonts: Sequence[Path], payload: str = ""
) -> bytes:
    """Draw *svg*, which is ours, and let the picture carry *payload* as plain bytes.

    Raises:
        InputRefused: The picture would have too many pixels.
    """
    import resvg_py  # it takes 20 ms to load

    wide = width_px(size, options)
    per_inch = _MM_AN_INCH / size.width_mm * wide if options.width_px else float(options.dpi)
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg.decode("utf-8"),
        width=wide,
        # The very number that is asked for: a page of a whole number of pixels takes resvg up to
        # three times as long, and is a hair out of scale.
        dpi=per_inch,
        skip_system_fonts=True,
        font_files=[str(font) for font in fonts],
        font_family="Inter",
        sans_serif_family="Inter",
        languages=["en"],
    )
    return with_payload(bytes(drawn), round(per_inch / _MM_AN_INCH * _MM_A_METRE), payload)


def with_payload(png: bytes, px_a_metre: int, payload: str) -> bytes:
    """Return our own PNG with its true size, and with *payload* in its only text chunk."""
    parts = [SIGNATURE]
    for kind, data in _chunks(png):
        if kind not in _KEPT:
            continue
        parts.append(_chunk(kind, data))
        if kind == b"IHDR":
            parts.append(_chunk(b"pHYs", struct.pack(">IIB", px_a_metre, px_a_metre, _METRE)))
            if payload:
                # Not compressed, no language, no translated keyword: the text stands as it is.
                parts.append(_chunk(b"iTXt", _KEYWORD + bytes(5) + payload.encode("ascii")))
    return b"".join(parts)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
