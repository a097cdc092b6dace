"""The figure of wood, shell and plastic, drawn stroke by stroke on a sheet that tiles.

A sheet's grain runs upwards. What runs along the grain is drawn once as a profile, one pixel high,
and laid down row by row with a sway: that is how growth lines lie in a board, and it is quick.
Edges meet when the sheet is repeated. Each material has its own random numbers, so that it always
looks the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import groupby
from random import Random

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPen,
    QRadialGradient,
    QTransform,
)

from luthier_desktop.domain.materials import Look

SHEET_MM = 32.0
SHEET_PX_PER_MM = 16.0
_EDGE_PX = round(SHEET_MM * SHEET_PX_PER_MM)
_ROW_PX = 2
_SOFT_PX = 96
_QUARTER = QTransform().rotate(90)


def draw_sheet(look: Look, seed: str, *, finished: bool, end_grain: bool = False) -> QImage:
    """Draw one sheet of a material; equal arguments give equal bytes."""
    image = QImage(_EDGE_PX, _EDGE_PX, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sheet = _Sheet(painter, look, Random(seed), finished=finished)
    painter.fillRect(image.rect(), sheet.base)
    figure = _end_grain if end_grain and look.figure != "shell" else _FIGURES[look.figure]
    figure(sheet)
    painter.end()
    return image


def as_raw(colour: QColor, look: Look) -> QColor:
    """Return a colour of the finished material as it is before any finish."""
    raw, finished = QColor(look.raw), QColor(look.finished)
    channels = zip(_rgb(colour), _rgb(raw), _rgb(finished), strict=True)
    shifted = [channel + towards - away for channel, towards, away in channels]
    return QColor(*(max(0, min(255, channel)) for channel in shifted))


class _Profile:
    """What runs along the grain: stripes on a strip one pixel high, closed on itself."""

    def __init__(self) -> None:
        self.image = QImage(_EDGE_PX, 1, QImage.Format.Format_RGBA64_Premultiplied)
        self.image.fill(Qt.GlobalColor.transparent)
        self._painter = QPainter(self.image)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.scale(SHEET_PX_PER_MM, 1)

    def stripe(self, left_mm: float, width_mm: float, colour: QColor, alpha: float) -> None:
        """Draw one stripe, wrapped round the sheet's sides."""
        self._fill(left_mm, width_mm, _faded(colour, alpha))

    def _fill(self, left_mm: float, width_mm: float, shade: QColor) -> None:
        left_mm %= SHEET_MM
        self._painter.fillRect(QRectF(left_mm, 0, width_mm, 1), shade)
        if left_mm + width_mm > SHEET_MM:
            self._painter.fillRect(QRectF(left_mm - SHEET_MM, 0, width_mm, 1), shade)

    def soft(self, middle_mm: float, width_mm: float, colour: QColor, alpha: float) -> None:
        """Draw a stripe whose edges fade."""
        shade = _faded(colour, alpha / 4)
        for share in (1.0, 0.75, 0.5, 0.25):
            width = share * width_mm
            self._fill(middle_mm - width / 2, width, shade)

    def ready(self) -> QBrush:
        """Close the strip and return it as a brush."""
        self._painter.end()
        return QBrush(self.image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))


class _Sheet:
    """One sheet while it is drawn; lengths in mm."""

    def __init__(self, painter: QPainter, look: Look, chance: Random, *, finished: bool) -> None:
        self.painter = painter
        self.look = look
        self.chance = chance
        self._is_raw = not finished
        self.base = self.tone(look.finished)
        self.dark = self.tone(look.dark)
        self.light = self._light()
        self.accents = [self.tone(accent) for accent in look.accents]

    def tone(self, finished_colour: str) -> QColor:
        """Return a colour of the figure as it is on this sheet, raw or finished."""
        colour = QColor(finished_colour)
        return as_raw(colour, self.look) if self._is_raw else colour

    def _light(self) -> QColor:
        """The colour of a gleam: paler than the base and of the same hue."""
        pale = self.base.lighter(125) if self._is_raw else QColor(self.look.raw)
        return _mixed(self.base, pale, 0.35 + 0.5 * self.look.contrast)

    def somewhere(self) -> float:
        """Return a random place along one edge of the sheet, in mm."""
        return self.chance.random() * SHEET_MM

    def lay(self, profile: _Profile, sway_mm: float) -> None:
        """Lay a profile over the sheet, row by row, with its own sway."""
        brush, sway = profile.ready(), _sway(self.chance, sway_mm)
        painter = self.painter
        for aside_px, rows in groupby(range(0, _EDGE_PX, _ROW_PX), lambda row: round(sway(row))):
            top, *others = rows
            painter.setBrushOrigin(aside_px, 0)
            painter.fillRect(0, top, _EDGE_PX, _ROW_PX * (len(others) + 1), brush)

    def lay_across(self, profile: _Profile, sway_mm: float) -> None:
        """Lay a profile across the grain; it fades in and out on its way."""
        layer = QImage(_EDGE_PX, _EDGE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        brush, sway = profile.ready(), _sway(self.chance, sway_mm)
        fade = _sway(self.chance, 0.25 / SHEET_PX_PER_MM)
        for row in range(0, _EDGE_PX, 2 * _ROW_PX):
            painter.setOpacity(0.64 + fade(row))
            painter.setBrushOrigin(round(sway(row)), 0)
            painter.fillRect(0, row, _EDGE_PX, 2 * _ROW_PX, brush)
        painter.end()
        self.painter.drawImage(0, 0, layer.transformed(_QUARTER))

    def flecks(
        self, count: int, lengths_mm: tuple[float, float], colour: QColor, alpha: float,
        px: int = 1,
    ) -> None:
        """Strew short strokes along the grain, each *px* pixels wide."""
        chance, edge = self.chance, _EDGE_PX
        shortest, longest = (length * SHEET_PX_PER_MM for length in lengths_mm)
        strokes = []
        for _ in range(count // 2):
            x, y = int(chance.random() * edge), int(chance.random() * edge)
            strokes.append(QLineF(x, y, x, y + chance.uniform(shortest, longest)))
        painter = self.painter
        painter.setPen(QPen(_faded(colour, alpha), 0))
        turns = ((0, 0), (0, -edge), (edge // 3, edge // 2), (edge // 3, -edge // 2),
                 (edge // 3 - edge, edge // 2), (edge // 3 - edge, -edge // 2))
        for dx, dy in turns:
            for thick in range(px):
                painter.translate(dx + thick, dy)
                painter.drawLines(strokes)
                painter.resetTransform()


def _softwood(sheet: _Sheet) -> None:
    """Fine parallel growth lines: each ring darkens slowly, then ends at a sharp edge."""
    look, chance = sheet.look, sheet.chance
    profile = _Profile()
    _tones(sheet, profile, 0.09)
    count = round(SHEET_MM / look.line_spacing_mm)
    pitch_mm = SHEET_MM / count
    for ring in range(count):
        edge_mm = (ring + chance.uniform(-0.2, 0.2)) * pitch_mm
        strength = look.contrast * chance.uniform(0.6, 1.15)
        for share, alpha in ((0.62, 0.12), (0.42, 0.16), (0.26, 0.3), (0.13, 0.55)):
            width_mm = share * pitch_mm
            profile.stripe(edge_mm - width_mm, width_mm, sheet.dark, alpha * strength)
    sheet.lay(profile, 0.12)
    sheet.flecks(240, (1.5, 6.0), sheet.light, 0.3)
    sheet.flecks(180, (0.8, 4.0), sheet.dark, 0.14)
    _pores(sheet)
    _across(sheet)


def _diffuse(sheet: _Sheet) -> None:
    """Even wood: faint growth lines, fine fibres, small pores, curl where there is any."""
    look, chance = sheet.look, sheet.chance
    profile = _Profile()
    _tones(sheet, profile, 0.3 * look.contrast + 0.06)
    count = round(SHEET_MM / look.line_spacing_mm)
    for ring in range(count):
        edge_mm = (ring + chance.uniform(-0.45, 0.45)) * SHEET_MM / count
        strength = look.contrast * chance.uniform(0.4, 1.1)
        profile.soft(edge_mm - 0.3, 0.9, sheet.dark, 0.5 * strength)
        profile.stripe(edge_mm - 0.07, 0.1, sheet.dark, 0.8 * strength)
    sheet.lay(profile, 0.5)
    sheet.flecks(460, (0.5, 2.6), sheet.dark, 0.05 + 0.45 * look.contrast)
    sheet.flecks(240, (0.5, 2.2), sheet.light, 0.28)
    _pores(sheet)
    _across(sheet, 2.4)


def _streaked(sheet: _Sheet) -> None:
    """Rosewoods and the like: bands of several tones, dark streaks, long open pores."""
    look, chance = sheet.look, sheet.chance
    profile = _Profile()
    for accent in sheet.accents * 4:
        profile.soft(sheet.somewhere(), chance.uniform(0.8, 4.0), accent, 0.75)
    for _ in range(round(40 * look.streaks) + 10):
        profile.stripe(sheet.somewhere(), chance.uniform(0.06, 0.35), sheet.dark,
                       chance.uniform(0.1, 0.45) * look.contrast)
    sheet.lay(profile, 0.4)
    # Two layers that sway apart run into each other and make streaks of uneven width.
    for sway_mm in (0.45, 0.6):
        sheet.lay(_streaks(sheet), sway_mm)
    sheet.flecks(260, (1.0, 4.0), sheet.light, 0.2)
    _pores(sheet)
    _across(sheet)


def _streaks(sheet: _Sheet) -> _Profile:
    look, chance = sheet.look, sheet.chance
    profile = _Profile()
    count = round(SHEET_MM / look.line_spacing_mm)
    for streak in range(count):
        x_mm = (streak + chance.uniform(-0.45, 0.45)) * SHEET_MM / count
        strength = look.contrast * chance.uniform(0.3, 0.9)
        width_mm = chance.choice((0.15, 0.25, 0.5, 1.1)) * (0.4 + look.streaks)
        profile.soft(x_mm, 2.2 * width_mm, sheet.dark, 0.6 * strength)
        profile.stripe(x_mm - width_mm / 2, width_mm, sheet.dark, 0.6 * strength)
    return profile


def _ribbon(sheet: _Sheet) -> None:
    """Interlocked grain: broad stripes that take the light by turns, and pores."""
    look, chance = sheet.look, sheet.chance
    profile = _Profile()
    for accent in sheet.accents * 4:
        profile.soft(sheet.somewhere(), chance.uniform(0.8, 3.0), accent, 0.6)
    count = max(2, round(SHEET_MM / look.line_spacing_mm))
    half_mm = SHEET_MM / count / 2
    for stripe in range(count):
        x_mm = (2 * stripe + chance.uniform(-0.6, 0.6)) * half_mm
        profile.soft(x_mm, 1.8 * half_mm, sheet.dark, 0.6 * look.contrast)
        profile.soft(x_mm + half_mm, 1.8 * half_mm, sheet.light, 0.4)
    for _ in range(round(30 * look.streaks)):
        profile.soft(sheet.somewhere(), chance.uniform(0.1, 0.8), sheet.dark,
                     chance.uniform(0.3, 0.9) * look.contrast)
    sheet.lay(profile, 0.45)
    sheet.flecks(240, (0.6, 3.0), sheet.dark, 0.2)
    sheet.flecks(200, (0.6, 3.0), sheet.light, 0.25)
    _pores(sheet)
    _across(sheet, 2.8)


def _shell(sheet: _Sheet) -> None:
    """Nacre: patches of changing hue, layer lines that flow through them, and glints."""
    look, chance = sheet.look, sheet.chance
    soft = QImage(_SOFT_PX, _SOFT_PX, QImage.Format.Format_RGB32)
    soft.fill(sheet.base)
    painter = QPainter(soft)
    painter.setPen(Qt.PenStyle.NoPen)
    for patch in range(round(26 + 14 * look.contrast)):
        colour = sheet.accents[patch % len(sheet.accents)] if sheet.accents else sheet.light
        length_mm = chance.uniform(0.5, 1.6) * look.line_spacing_mm
        _glow(painter, sheet, (length_mm * chance.uniform(0.3, 0.6), length_mm), colour,
              0.55 + 0.3 * look.contrast)
    for _ in range(round(18 * look.shimmer)):
        _glow(painter, sheet, (chance.uniform(0.2, 0.5), chance.uniform(0.6, 2.2)),
              sheet.light.lighter(160), 0.45 * look.shimmer)
    painter.end()
    wide = soft.scaled(_EDGE_PX, _EDGE_PX, mode=Qt.TransformationMode.SmoothTransformation)
    sheet.painter.drawImage(0, 0, wide)
    layers = _Profile()
    for _ in range(60):
        layers.soft(sheet.somewhere(), chance.uniform(0.1, 0.5), sheet.dark,
                    chance.uniform(0.15, 0.9) * look.contrast**1.5)
    sheet.lay(layers, 2.2)


def _plain(sheet: _Sheet) -> None:
    """Plastic and fibre: even colour; celluloid's grain is fine and parallel."""
    look, chance = sheet.look, sheet.chance
    if look.contrast < 0.1:
        return
    profile = _Profile()
    count = round(SHEET_MM / look.line_spacing_mm)
    for line in range(count):
        x_mm = (line + chance.uniform(-0.3, 0.3)) * SHEET_MM / count
        profile.soft(x_mm, 0.5 * look.line_spacing_mm, sheet.dark, 1.4 * look.contrast)
    sheet.lay(profile, 0.3)


def _end_grain(sheet: _Sheet) -> None:
    """The cut ends of the fibres: growth lines and pores as dots."""
    look = sheet.look
    profile = _Profile()
    _tones(sheet, profile, 0.5 * look.contrast)
    for accent in sheet.accents * 4:
        profile.soft(sheet.somewhere(), sheet.chance.uniform(0.8, 4.0), accent, 0.3)
    for _ in range(round(40 * look.streaks)):
        profile.soft(sheet.somewhere(), sheet.chance.uniform(0.3, 1.4), sheet.dark,
                     0.6 * look.contrast)
    sheet.lay(profile, 0.4)
    sheet.flecks(700, (0.05, 0.12), sheet.dark, 0.2 + 0.3 * look.contrast)
    sheet.flecks(round(900 * look.pores), (0.05, 0.15), sheet.dark, 0.6, 2)
    sheet.flecks(400, (0.05, 0.12), sheet.light, 0.35)


def _tones(sheet: _Sheet, profile: _Profile, alpha: float) -> None:
    for _ in range(6):
        profile.soft(sheet.somewhere(), sheet.chance.uniform(3, 9), sheet.dark, 0.6 * alpha)
        profile.soft(sheet.somewhere(), sheet.chance.uniform(3, 9), sheet.light, 1.4 * alpha)


def _pores(sheet: _Sheet) -> None:
    pores = sheet.look.pores
    sheet.flecks(round(560 * pores), (0.4, 1.8), sheet.dark, 0.6)
    sheet.flecks(round(190 * pores**1.5), (0.8, 2.6), sheet.dark.darker(120), 0.65, 2)


def _across(sheet: _Sheet, spacing_mm: float = 2.6) -> None:
    """Lay what runs across the grain: the sheen of polished rays, the bars of curly figure."""
    look, chance = sheet.look, sheet.chance
    if not (look.curl or look.shimmer):
        return
    profile = _Profile()
    for _ in range(round(40 * look.shimmer)):
        profile.soft(sheet.somewhere(), chance.uniform(0.4, 2.4), sheet.light, 0.15)
    count = round(SHEET_MM / spacing_mm) if look.curl else 0
    for bar in range(count):
        x_mm = (bar + chance.uniform(-0.25, 0.25)) * SHEET_MM / count
        profile.soft(x_mm, spacing_mm, sheet.light, 0.9 * look.curl)
        profile.soft(x_mm + spacing_mm / 2, spacing_mm, sheet.dark, 0.5 * look.curl)
    sheet.lay_across(profile, 0.7)


def _glow(
    painter: QPainter, sheet: _Sheet, radii_mm: tuple[float, float], colour: QColor, alpha: float
) -> None:
    """Draw a soft patch somewhere on the small image, wrapped round all four sides."""
    gradient = QRadialGradient(QPointF(0, 0), 1.0)
    gradient.setColorAt(0, _faded(colour, alpha))
    gradient.setColorAt(0.55, _faded(colour, alpha * 0.7))
    gradient.setColorAt(1, _faded(colour, 0))
    painter.setBrush(gradient)
    x_mm, y_mm, lean_deg = sheet.somewhere(), sheet.somewhere(), sheet.chance.uniform(-35, 35)
    for x, y in _copies(x_mm, y_mm, max(radii_mm)):
        painter.resetTransform()
        painter.scale(_SOFT_PX / SHEET_MM, _SOFT_PX / SHEET_MM)
        painter.translate(x, y)
        painter.rotate(lean_deg)
        painter.scale(*radii_mm)
        painter.drawEllipse(QPointF(0, 0), 1.0, 1.0)


def _copies(x_mm: float, y_mm: float, reach_mm: float) -> Iterator[tuple[float, float]]:
    for x in (x_mm - SHEET_MM, x_mm, x_mm + SHEET_MM):
        for y in (y_mm - SHEET_MM, y_mm, y_mm + SHEET_MM):
            if all(-reach_mm < place < SHEET_MM + reach_mm for place in (x, y)):
                yield x, y


def _sway(chance: Random, sway_mm: float) -> Callable[[int], float]:
    """Return how far a row lies aside, in px; the last row meets the first."""
    size_px, phase, second = sway_mm * SHEET_PX_PER_MM, chance.random(), chance.random()
    turn = 2 * math.pi / _EDGE_PX

    def aside(row: int) -> float:
        return size_px * (
            math.sin(turn * row + 6.28 * phase) + 0.45 * math.sin(3 * turn * row + 6.28 * second)
        )

    return aside


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return QColor(*(round(a + share * (b - a)) for a, b in pairs))


def _faded(colour: QColor, alpha: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(max(0.0, min(1.0, alpha)))
    return faded


_FIGURES: dict[str, Callable[[_Sheet], None]] = {
    "softwood": _softwood,
    "diffuse": _diffuse,
    "streaked": _streaked,
    "ribbon": _ribbon,
    "shell": _shell,
    "plain": _plain,
}
