"""A tile read from a small PNG: each of its pixels becomes a cell in the nearest material."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader

from luthier_desktop.domain.errors import InputRefused

MOST_SIDE_PX = 1024
MOST_BYTES = 8 * 2**20
MOST_CELLS = 64
"""Cells along the longer side; a larger picture is drawn smaller."""
_RED, _GREEN, _BLUE = 3, 4, 2
"""How much the eye makes of a difference in each colour."""

Grid = list[list[str]]


def read_tile(
    path: Path,
    materials: Sequence[str],
    colour: Callable[[str], QColor],
    cells: tuple[int, int] | None = None,
) -> Grid:
    """Return the picture as rows of material ids; what is clear becomes the first material.

    With *cells* it is drawn in so many rows and columns.

    Raises:
        InputRefused: The file is no PNG, too large, or damaged.
    """
    name = path.name
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise InputRefused(f"{name} is no PNG file of at most 8 MB; choose another one.")
    reader = QImageReader(str(path), b"png")
    reader.setDecideFormatFromContent(False)
    size = reader.size()
    if not size.isValid():
        raise InputRefused(f"{name} is not a PNG picture; save the tile as PNG first.")
    if max(size.width(), size.height()) > MOST_SIDE_PX:
        raise InputRefused(
            f"{name} is {size.width()} x {size.height()} pixels; make it smaller, "
            f"at most {MOST_SIDE_PX} x {MOST_SIDE_PX}."
        )
    image = reader.read()
    if image.isNull():
        raise InputRefused(f"{name} is a damaged PNG picture; save the tile again.")
    return _cells(_small(image, cells), materials, colour)


def _small(image: QImage, cells: tuple[int, int] | None) -> QImage:
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    if cells is not None:
        return image.scaled(
            QSize(cells[1], cells[0]), Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    if max(image.width(), image.height()) <= MOST_CELLS:
        return image
    return image.scaled(
        QSize(MOST_CELLS, MOST_CELLS), Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _cells(
    image: QImage, materials: Sequence[str], colour: Callable[[str], QColor]
) -> Grid:
    palette = [(wood, colour(wood)) for wood in materials]
    known: dict[int, str] = {}

    def wood_at(x: int, y: int) -> str:
        pixel = image.pixel(x, y)
        if pixel not in known:
            known[pixel] = _nearest(QColor.fromRgba(pixel), palette)
        return known[pixel]

    return [[wood_at(x, y) for x in range(image.width())] for y in range(image.height())]


def _nearest(wanted: QColor, palette: Sequence[tuple[str, QColor]]) -> str:
    if wanted.alpha() < 128:
        return palette[0][0]
    return min(palette, key=lambda one: _apart(wanted, one[1]))[0]


def _apart(one: QColor, other: QColor) -> int:
    return (
        _RED * (one.red() - other.red()) ** 2
        + _GREEN * (one.green() - other.green()) ** 2
        + _BLUE * (one.blue() - other.blue()) ** 2
    )
