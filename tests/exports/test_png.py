from __future__ import annotations

import struct
import zlib
from functools import cache

import pytest
from PySide6.QtGui import QImage

from luthier_desktop import paths
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.picture import PictureOptions
from luthier_desktop.exports import qr
from luthier_desktop.exports.payload import find_payload, payload_text
from luthier_desktop.exports.png import png_bytes, width_px
from luthier_desktop.exports.svg import PageSize, page_size, svg_bytes
from luthier_desktop.exports.svg_notes import caption_height_mm
from tests.exports.test_svg import design, scene

FONTS = [paths.resource(f"fonts/Inter-{name}.otf") for name in ("Regular", "SemiBold")]
TEXT = "LUTHIER1:ABC"
OPTIONS = PictureOptions(caption=True, dpi=150, style="flat")
SCENE = scene(design([{"width_mm": 8.0, "materials": ["holly"]}]), OPTIONS)
SCENE = SCENE._replace(notes=SCENE.notes._replace(qr=qr.modules(TEXT)))
SIZE = page_size(SCENE)


def drawn() -> bytes:
    return png_bytes(svg_bytes(SCENE), SIZE, OPTIONS, FONTS, payload_text(b'{"a":1}'))


@cache
def once() -> bytes:
    return drawn()


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", png, at + 8 + length)
        assert crc == zlib.crc32(kind + data)
        found.append((kind, data))
        at += 12 + length
    return found


def test_the_payload_stands_in_the_one_text_chunk_as_plain_bytes() -> None:
    texts = [data for kind, data in chunks(once()) if kind in (b"iTXt", b"tEXt", b"zTXt")]
    assert texts == [b"luthier\0\0\0\0\0" + payload_text(b'{"a":1}').encode()]
    assert find_payload(once()) == b'{"a":1}'


def test_the_picture_knows_its_true_size() -> None:
    head = dict(chunks(once()))
    wide, high = struct.unpack_from(">II", head[b"IHDR"])
    assert wide == round(SIZE.width_mm / 25.4 * 150)
    assert high == pytest.approx(SIZE.height_mm / 25.4 * 150, abs=1.5)
    across, along, unit = struct.unpack(">IIB", head[b"pHYs"])
    assert (across, unit) == (along, 1)  # a metre
    assert across == pytest.approx(150 / 0.0254, abs=4)  # the width is a whole pixel


def test_the_same_design_is_the_same_bytes_twice() -> None:
    assert drawn() == once()


def test_holly_is_pale_the_hole_dark_and_the_caption_whole() -> None:
    image = QImage.fromData(once())
    px = image.width() / SIZE.width_mm
    middle = SIZE.width_mm / 2

    def colour(x_mm: float, y_mm: float) -> int:
        return image.pixelColor(int(x_mm * px), int(y_mm * px)).lightness()

    assert colour(middle, middle) < 60
    assert colour(middle - 54, middle) > 190
    bottom = range(int(SIZE.width_mm * px) + 4, image.height())
    left = {image.pixelColor(x, y).lightness() for y in bottom for x in (0, 3)}
    right = {image.pixelColor(image.width() - 2, y).lightness() for y in bottom}
    last = {image.pixelColor(x, image.height() - 1).lightness() for x in range(image.width())}
    assert left == right == last == {255}


def test_the_qr_code_is_drawn_module_by_module() -> None:
    image = QImage.fromData(once())
    px = image.width() / SIZE.width_mm
    rows = qr.modules(TEXT)
    side_mm = (len(rows) + 8) * 0.36
    left_mm = SIZE.width_mm - 4 - side_mm + 4 * 0.36
    height_mm = caption_height_mm(SCENE.notes)
    top_mm = SIZE.height_mm - height_mm + (height_mm - side_mm) / 2 + 4 * 0.36
    seen = [
        bytes(
            image.pixelColor(
                int((left_mm + (x + 0.5) * 0.36) * px), int((top_mm + (y + 0.5) * 0.36) * px)
            ).lightness()
            < 128
            for x in range(len(rows))
        )
        for y in range(len(rows))
    ]
    assert tuple(seen) == rows


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(InputRefused, match="8192"):
        width_px(PageSize(150.0, 200.0), PictureOptions(dpi=1200))
    assert width_px(PageSize(150.0, 200.0), PictureOptions(dpi=1200, width_px=600)) == 600
