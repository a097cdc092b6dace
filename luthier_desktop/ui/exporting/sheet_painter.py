"""Sheets of paper painted in mm, at any zoom: on the screen, in an image, on a printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from luthier_desktop.domain.paper import (
    BLACK,
    Box,
    Fill,
    Mark,
    Modules,
    Part,
    Sheet,
    Stroke,
    Words,
)
from luthier_desktop.ui import style
from luthier_desktop.ui.widgets.outlines import add_edge, add_outline

LEAST_PEN_PX = 0.7
"""A finer line would fade away on the screen; on paper each is as fine as it says."""
_FONT_PX = 100.0
_CAP = Qt.PenCapStyle.FlatCap
_JOIN = Qt.PenJoinStyle.MiterJoin


class InkedLine(NamedTuple):
    """A path that is drawn with a pen of this width."""

    path: QPainterPath
    colour: str
    pen_mm: float
    dash_mm: tuple[float, ...]


class InkedArea(NamedTuple):
    """A path that is filled."""

    path: QPainterPath
    colour: str


class InkedPart(NamedTuple):
    """Ink that is moved and cut off."""

    ink: tuple[Ink, ...]
    left_mm: float
    top_mm: float
    clip: Box | None


Ink = InkedLine | InkedArea | InkedPart


class Page(NamedTuple):
    """A sheet made ready to be painted often; any thread may make it and paint it."""

    width_mm: float
    height_mm: float
    ink: tuple[Ink, ...]

    @property
    def size_mm(self) -> QSizeF:
        """Width and height in mm."""
        return QSizeF(self.width_mm, self.height_mm)


def page_of(sheet: Sheet) -> Page:
    """Make the paths of a sheet: arcs stay arcs, letters are outlines of the bundled font."""
    fonts = {bold: _font(bold=bold) for bold in (False, True)}
    return Page(sheet.width_mm, sheet.height_mm, tuple(_inked(sheet.marks, fonts)))


def paint_page(painter: QPainter, page: Page, px_per_mm: float, *, on_screen: bool) -> None:
    """Paint *page* with its upper left corner at the painter's origin.

    *on_screen*: on white paper, and no line so fine that it cannot be seen.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(px_per_mm, px_per_mm)
    area_mm = QRectF(0, 0, page.width_mm, page.height_mm)
    painter.setClipRect(area_mm, Qt.ClipOperation.IntersectClip)
    if on_screen:
        painter.fillRect(area_mm, Qt.GlobalColor.white)
    _paint(painter, page.ink, LEAST_PEN_PX / px_per_mm if on_screen else 0.0)
    painter.restore()


def page_image(page: Page, px_per_mm: float, pixel_ratio: float = 1.0) -> QImage:
    """Return the page as an image of so many logical pixels a mm."""
    size = (page.size_mm * px_per_mm * pixel_ratio).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDevicePixelRatio(pixel_ratio)
    with _painting(image) as painter:
        paint_page(painter, page, px_per_mm, on_screen=True)
    return image


@contextmanager
def _painting(image: QImage) -> Iterator[QPainter]:
    painter = QPainter(image)
    try:
        yield painter
    finally:
        painter.end()


def _paint(painter: QPainter, ink: Iterable[Ink], least_mm: float) -> None:
    for each in ink:
        if isinstance(each, InkedLine):
            painter.strokePath(each.path, _pen(each, least_mm))
        elif isinstance(each, InkedArea):
            painter.fillPath(each.path, QColor(each.colour))
        else:
            painter.save()
            if each.clip is not None:
                painter.setClipRect(QRectF(*each.clip), Qt.ClipOperation.IntersectClip)
            painter.translate(each.left_mm, each.top_mm)
            _paint(painter, each.ink, least_mm)
            painter.restore()


def _pen(line: InkedLine, least_mm: float) -> QPen:
    width_mm = max(line.pen_mm, least_mm)
    pen = QPen(QColor(line.colour), width_mm, Qt.PenStyle.SolidLine, _CAP, _JOIN)
    if line.dash_mm:  # Qt counts dashes in widths of the pen
        pen.setDashPattern([length_mm / width_mm for length_mm in line.dash_mm])
    return pen


def _inked(marks: Iterable[Mark], fonts: dict[bool, QFont]) -> Iterator[Ink]:
    for mark in marks:
        if isinstance(mark, Stroke):
            yield InkedLine(_line(mark), mark.colour, mark.pen_mm, mark.dash_mm)
        elif isinstance(mark, Fill):
            yield InkedArea(_area(mark), mark.colour)
        elif isinstance(mark, Words):
            yield InkedArea(_letters(mark, fonts[mark.bold]), mark.colour)
        elif isinstance(mark, Modules):
            yield InkedArea(_modules(mark), BLACK)
        else:
            yield _part(mark, fonts)


def _part(part: Part, fonts: dict[bool, QFont]) -> InkedPart:
    left_mm, top_mm = part.shift
    return InkedPart(tuple(_inked(part.marks, fonts)), left_mm, top_mm, part.clip)


def _line(stroke: Stroke) -> QPainterPath:
    path = QPainterPath()
    begun = False
    for edge in stroke.edges:
        add_edge(path, edge, begun=begun)
        begun = True
    if stroke.closed:
        path.closeSubpath()
    return path


def _area(fill: Fill) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for outline in fill.outlines:
        add_outline(path, outline)
    return path


def _letters(words: Words, font: QFont) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, 0, font, words.text)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[words.align]
    back = share * QFontMetricsF(font).horizontalAdvance(words.text) if share else 0.0
    placed = QTransform.fromTranslate(*words.at).rotate(words.angle_deg)
    scale = words.size_mm / _FONT_PX
    return placed.scale(scale, scale).translate(-back, 0).map(path)


def _modules(code: Modules) -> QPainterPath:
    """Return the dark modules as one path, each run of a row a box."""
    path = QPainterPath()
    side_mm = code.side_mm / max(1, len(code.rows))
    for number, row in enumerate(code.rows):
        top_mm = code.corner.y_mm + number * side_mm
        for start, length in _runs(row):
            left_mm = code.corner.x_mm + start * side_mm
            path.addRect(left_mm, top_mm, length * side_mm, side_mm)
    return path


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    start = None
    for column, module in enumerate((*row, 0)):
        if module and start is None:
            start = column
        elif not module and start is not None:
            yield start, column - start
            start = None


def _font(*, bold: bool) -> QFont:
    """Return the bundled font without kerning, set as the PDF writer sets it."""
    font = style.sized(bold=bold)
    font.setPixelSize(int(_FONT_PX))
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
