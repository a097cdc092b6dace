"""The icons of the tool bar: one-colour drawings, tinted by the theme; and the program's own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from luthier_desktop.paths import resource
from luthier_desktop.ui.style import tokens

_SIDES = (20, 40)
_PROGRAM_SIDES = (16, 32, 64, 128)


def icon(name: str) -> QIcon:
    """Draw ``resources/icons/{name}.svg`` in the text colour, pale where it is disabled."""
    renderer = QSvgRenderer(str(resource(f"icons/{name}.svg")))
    colours = tokens()
    result = QIcon()
    for mode, colour in (
        (QIcon.Mode.Normal, colours.text),
        (QIcon.Mode.Disabled, colours.disabled),
    ):
        for side in _SIDES:
            result.addPixmap(_tinted(renderer, side, colour), mode)
    return result


def program_icon() -> QIcon:
    """Draw the program's own icon, in its own colours."""
    renderer = QSvgRenderer(str(resource("icons/luthier-desktop.svg")))
    result = QIcon()
    for side in _PROGRAM_SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        result.addPixmap(pixmap)
    return result


def _tinted(renderer: QSvgRenderer, side: int, colour: str) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(colour))
    painter.end()
    return pixmap
