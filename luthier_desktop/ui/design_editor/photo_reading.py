"""Reading a photograph: bounded before anything is decoded, made smaller while it is read."""

from __future__ import annotations

import math
import stat
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.ui.design_editor.photo import PhotoImage
from luthier_desktop.ui.messages import shown

FORMATS = frozenset({b"jpg", b"jpeg", b"png", b"webp", b"bmp", b"tif", b"tiff"})
PATTERNS = "*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff"
MOST_BYTES = 100 * 2**20
MOST_PIXELS = 40_000_000
"""What is kept; a larger photo is made smaller while it is read."""
MOST_READ_PIXELS = 200_000_000
MOST_DECODED_MIB = 1024
SMALLEST_LEVEL_PX = 256
STRIP_ROWS = 256
"""Rows that are made smaller at a time, so that the window gets its turns in between."""


def read_photo(path: Path) -> PhotoImage:
    """Read the photograph at *path*; slow, for a worker.

    Raises:
        InputRefused: It is no picture file that can be read, or too large.
    """
    name = shown(path.name)
    _refuse_unsafe(path, name)
    before = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(max(before, MOST_DECODED_MIB))
    try:
        image, told = _decoded(path, name)
    finally:
        QImageReader.setAllocationLimit(before)
    return PhotoImage(path.name, _levels(image), told)


def _refuse_unsafe(path: Path, name: str) -> None:
    try:
        found = path.stat()
    except OSError as error:
        raise InputRefused(
            f"The photo {name} cannot be read ({error.strerror}); choose another file."
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise InputRefused(f"{name} is no file; choose a photo.")
    if found.st_size > MOST_BYTES:
        raise InputRefused(
            f"The photo {name} has {found.st_size / 2**20:.0f} MiB, but 100 MiB are the most; "
            "save it smaller and choose it again."
        )


def _decoded(path: Path, name: str) -> tuple[QImage, str]:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size() if reader.canRead() else QSize()
    if bytes(reader.format().data()) not in FORMATS or size.isEmpty():
        raise InputRefused(
            f"{name} is no photo that can be read; choose a JPEG, PNG, WebP, BMP or TIFF file."
        )
    pixels = size.width() * size.height()
    if pixels > MOST_READ_PIXELS:
        raise InputRefused(
            f"The photo {name} has {pixels / 1e6:.0f} megapixels, but "
            f"{MOST_READ_PIXELS / 1e6:.0f} are the most; save it smaller and choose it again."
        )
    told = ""
    if pixels > MOST_PIXELS:
        smaller = size * math.sqrt(MOST_PIXELS / pixels)
        reader.setScaledSize(smaller)
        told = (
            f"The photo {name} has {pixels / 1e6:.0f} megapixels; it was made smaller while it "
            f"was read, to {smaller.width()} x {smaller.height()} pixels."
        )
    image = reader.read()
    if image.isNull():
        raise InputRefused(f"The photo {name} is damaged and cannot be read; choose another file.")
    return image, told


def _levels(image: QImage) -> tuple[QImage, ...]:
    levels = [image]
    while min(levels[-1].width(), levels[-1].height()) >= 2 * SMALLEST_LEVEL_PX:
        levels.append(_halved(levels[-1]))
    return tuple(levels)


def _halved(image: QImage) -> QImage:
    smaller = QSize(image.width() // 2, image.height() // 2)
    half = QImage(smaller, QImage.Format.Format_ARGB32_Premultiplied)
    half.fill(Qt.GlobalColor.transparent)
    painter = QPainter(half)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for top in range(0, 2 * half.height(), STRIP_ROWS):
        rows = min(STRIP_ROWS, 2 * half.height() - top)
        strip = image.copy(0, top, image.width(), rows)
        painter.drawImage(
            0,
            top // 2,
            strip.scaled(
                half.width(),
                rows // 2,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            ),
        )
    painter.end()
    return half
