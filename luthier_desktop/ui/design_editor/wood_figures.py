"""The figure of wood, shell and plastic, drawn stroke by stroke on a sheet that tiles.

A sheet's grain runs upwards. Every figure is drawn so that the sheet's edges meet when it is
repeated, and from its own random numbers, so that the same material always looks the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QRadialGradient

from luthier_desktop.domain.materials import Look

SHEET_MM = 32.0
SHEET_PX_PER_MM = 16.0
_STEPS = 16


def draw_sheet(look: Look, seed: str, *, finished: bool, end_grain: bool = False) -> QImage:
    """Draw one sheet of a material; equal arguments give equal bytes."""
    edge_px = round(SHEET_MM * SHEET_PX_PER_MM)
    image = QImage(edge_px, edge_px, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SHEET_PX_PER_MM, SHEET_PX_PER_MM)
    sheet = _Sheet(painter, look, Random(seed), finished=finished)
    sheet.fill()
    (_end_grain if end_grain and look.figure != "shell" else _FIGURES[look.figure])(sheet)
    painter.end()
    return image


class _Sheet:
    """One sheet while it is drawn; all lengths in mm."""

    def __init__(self, painter: QPainter, look: Look, chance: Random, *, finished: bool) -> None:
        self.painter = painter
        self.look = look
        self.chance = chance
        self._raw_shift = None if finished else (QColor(look.raw), QColor(look.finished))
        self.base = self.tone(look.finished)
        self.dark = self.tone(look.dark)
        self.light = self.base.lighter(100 + round(8 + 22 * look.contrast))
        self.accents = [self.tone(accent) for accent in look.accents]
        self._bends = [self._bend() for _ in range(4)]

    def tone(self, finished_colour: str) -> QColor:
        """Return a colour of the figure as it is on this sheet, raw or finished."""
        colour = QColor(finished_colour)
        if self._raw_shift is None:
            return colour
        raw, finished = self._raw_shift
        return QColor(
            *(
                max(0, min(255, channel + towards - away))
                for channel, towards, away in zip(
                    colour.getRgb()[:3], raw.getRgb()[:3], finished.getRgb()[:3], strict=True
                )
            )
        )

    def fill(self) -> None:
        """Cover the sheet with the base colour."""
        self.painter.fillRect(QRectF(0, 0, SHEET_MM, SHEET_MM), self.base)

    def line(self, x_mm: float, width_mm: float, colour: QColor, alpha: float) -> None:
        """Draw one line along the grain, wrapped round the sheet's sides."""
        self.painter.setPen(_pen(colour, alpha, width_mm))
        self._wrapped(x_mm, width_mm, self.painter.drawPath, self.chance.choice(self._bends))

    def same_line(self, x_mm: float, strokes: list[tuple[float, float]], colour: QColor) -> None:
        """Draw strokes (width, alpha) on top of each other along one and the same line."""
        path = self.chance.choice(self._bends[:2])
        for width_mm, alpha in strokes:
            self.painter.setPen(_pen(colour, alpha, width_mm))
            self._wrapped(x_mm, width_mm, self.painter.drawPath, path)

    def band(self, x_mm: float, width_mm: float, colour: QColor, alpha: float) -> None:
        """Draw a band of uneven width along the grain."""
        left, right = self._side(width_mm), self._side(width_mm)
        path = QPainterPath(QPointF(-left[0], 0))
        for step, half_mm in enumerate(left[1:], 1):
            path.lineTo(-half_mm, step * SHEET_MM / _STEPS)
        for step in range(_STEPS, -1, -1):
            path.lineTo(right[step], step * SHEET_MM / _STEPS)
        path.closeSubpath()
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(_faded(colour, alpha))
        self._wrapped(x_mm, 2 * width_mm, self.painter.drawPath, path)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def flecks(
        self, count: int, lengths_mm: tuple[float, float], width_mm: float, colour: QColor,
        alpha: float,
    ) -> None:
        """Strew short strokes along the grain."""
        chance = self.chance
        strokes = []
        for _ in range(count):
            x_mm, y_mm = chance.random() * SHEET_MM, chance.random() * SHEET_MM
            length_mm = chance.uniform(*lengths_mm)
            lean_mm = chance.uniform(-0.02, 0.02) * length_mm
            strokes.append(QLineF(x_mm, y_mm, x_mm + lean_mm, y_mm + length_mm))
            if y_mm + length_mm > SHEET_MM:
                strokes.append(strokes[-1].translated(0, -SHEET_MM))
        self.painter.setPen(_pen(colour, alpha, width_mm))
        self.painter.drawLines(strokes)

    def glow(self, at: QPointF, radii_mm: tuple[float, float], lean_deg: float, colour: QColor,
             alpha: float) -> None:
        """Draw a soft patch, wrapped round all four sides."""
        gradient = QRadialGradient(QPointF(0, 0), 1.0)
        gradient.setColorAt(0, _faded(colour, alpha))
        gradient.setColorAt(0.55, _faded(colour, alpha * 0.7))
        gradient.setColorAt(1, _faded(colour, 0))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(gradient)
        for x_mm, y_mm in self._copies(at, max(radii_mm)):
            with _moved(self.painter, x_mm, y_mm):
                self.painter.rotate(lean_deg)
                self.painter.scale(*radii_mm)
                self.painter.drawEllipse(QPointF(0, 0), 1.0, 1.0)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def across(self, spacing_mm: float, alpha: float) -> None:
        """Draw the light and dark bars of curly figure across the grain."""
        count = max(2, round(SHEET_MM / spacing_mm))
        for bar in range(count):
            y_mm = (bar + self.chance.uniform(-0.25, 0.25)) * SHEET_MM / count
            for _ in range(3):
                x_mm = self.chance.random() * SHEET_MM
                self.glow(QPointF(x_mm, y_mm + self.chance.uniform(-0.4, 0.4)),
                          (self.chance.uniform(5, 11), spacing_mm * 0.36),
                          self.chance.uniform(-6, 6), self.light, alpha)
                self.glow(QPointF(x_mm, y_mm + spacing_mm / 2),
                          (self.chance.uniform(5, 11), spacing_mm * 0.36),
                          self.chance.uniform(-6, 6), self.dark, alpha * 0.55)

    def _bend(self) -> QPainterPath:
        path = QPainterPath(QPointF(self._offset_mm(0, 0.1, 0.0), 0))
        phase, size_mm = self.chance.random(), 0.04 + 0.22 * (self.look.figure != "softwood")
        path = QPainterPath(QPointF(self._offset_mm(0, size_mm, phase), 0))
        for step in range(1, _STEPS + 1):
            path.lineTo(self._offset_mm(step, size_mm, phase), step * SHEET_MM / _STEPS)
        return path

    def _offset_mm(self, step: int, size_mm: float, phase: float) -> float:
        turn = 2 * math.pi * (step / _STEPS + phase)
        return size_mm * (math.sin(turn) + 0.5 * math.sin(2 * turn + 7 * phase))

    def _side(self, width_mm: float) -> list[float]:
        phase, lift = self.chance.random(), self.chance.uniform(0.3, 0.6)
        halves = [
            width_mm * (lift + 0.28 * math.sin(2 * math.pi * (step / _STEPS + phase))
                        + 0.12 * math.sin(6 * math.pi * (step / _STEPS + 2 * phase)))
            for step in range(_STEPS)
        ]
        return [*halves, halves[0]]

    def _wrapped(self, x_mm: float, margin_mm: float,
                 draw: Callable[[QPainterPath], None], path: QPainterPath) -> None:
        for x in (x_mm - SHEET_MM, x_mm, x_mm + SHEET_MM):
            if -1 - margin_mm < x < SHEET_MM + 1 + margin_mm:
                with _moved(self.painter, x, 0):
                    draw(path)

    @staticmethod
    def _copies(at: QPointF, reach_mm: float) -> Iterator[tuple[float, float]]:
        for x_mm in (at.x() - SHEET_MM, at.x(), at.x() + SHEET_MM):
            for y_mm in (at.y() - SHEET_MM, at.y(), at.y() + SHEET_MM):
                inside_x = -reach_mm < x_mm < SHEET_MM + reach_mm
                if inside_x and -reach_mm < y_mm < SHEET_MM + reach_mm:
                    yield x_mm, y_mm


def _softwood(sheet: _Sheet) -> None:
    """Fine parallel growth lines: each ring darkens slowly, then ends at a sharp edge."""
    look, chance = sheet.look, sheet.chance
    _tone_bands(sheet, 6, 0.12)
    count = round(SHEET_MM / look.line_spacing_mm)
    pitch_mm = SHEET_MM / count
    for ring in range(count):
        x_mm = (ring + chance.uniform(-0.22, 0.22)) * pitch_mm
        strength = look.contrast * chance.uniform(0.6, 1.15)
        sheet.same_line(x_mm - 0.16 * pitch_mm, [(0.5 * pitch_mm, 0.16 * strength)], sheet.dark)
        sheet.same_line(
            x_mm, [(0.24 * pitch_mm, 0.35 * strength), (0.11 * pitch_mm, 0.75 * strength)],
            sheet.dark,
        )
    sheet.flecks(260, (1.5, 5.0), 0.05, sheet.light, 0.35)
    sheet.flecks(160, (0.8, 3.0), 0.05, sheet.dark, 0.18)
    _pores(sheet)
    _silk(sheet)


def _diffuse(sheet: _Sheet) -> None:
    """Even wood: faint growth lines, fine fibres, small pores, curl where there is any."""
    look, chance = sheet.look, sheet.chance
    _tone_bands(sheet, 5, 0.25 * look.contrast + 0.06)
    count = round(SHEET_MM / look.line_spacing_mm)
    for ring in range(count):
        x_mm = (ring + chance.uniform(-0.4, 0.4)) * SHEET_MM / count
        sheet.line(x_mm, 0.6, sheet.dark, 0.25 * look.contrast)
        sheet.line(x_mm, 0.14, sheet.dark, 0.9 * look.contrast)
    sheet.flecks(380, (0.5, 2.6), 0.05, sheet.dark, 0.12 + 0.5 * look.contrast)
    sheet.flecks(220, (0.5, 2.2), 0.05, sheet.light, 0.3)
    _pores(sheet)
    if look.curl:
        sheet.across(2.6, 0.34 * look.curl)
    _silk(sheet)


def _streaked(sheet: _Sheet) -> None:
    """Rosewoods and the like: bands of several tones, dark streaks, long open pores."""
    look, chance = sheet.look, sheet.chance
    for accent in sheet.accents * 3:
        sheet.band(chance.random() * SHEET_MM, chance.uniform(0.8, 3.2), accent, 0.5)
    count = round(SHEET_MM / look.line_spacing_mm)
    for streak in range(count):
        x_mm = (streak + chance.uniform(-0.45, 0.45)) * SHEET_MM / count
        strength = look.contrast * chance.uniform(0.35, 1.0)
        width_mm = chance.choice((0.25, 0.4, 0.7, 1.3)) * (0.5 + look.streaks)
        sheet.band(x_mm, 1.7 * width_mm, sheet.dark, 0.28 * strength)
        sheet.band(x_mm, width_mm, sheet.dark, 0.7 * strength)
    for _ in range(round(40 * look.streaks)):
        sheet.line(chance.random() * SHEET_MM, chance.uniform(0.05, 0.14), sheet.dark,
                   chance.uniform(0.15, 0.5) * look.contrast)
    sheet.flecks(240, (1.0, 4.0), 0.06, sheet.light, 0.25)
    _pores(sheet)
    _silk(sheet)


def _ribbon(sheet: _Sheet) -> None:
    """Interlocked grain: broad stripes that take the light by turns, and pores."""
    look, chance = sheet.look, sheet.chance
    for accent in sheet.accents * 3:
        sheet.band(chance.random() * SHEET_MM, chance.uniform(0.8, 2.4), accent, 0.45)
    count = max(2, round(SHEET_MM / look.line_spacing_mm))
    for stripe in range(count):
        x_mm = (stripe + chance.uniform(-0.3, 0.3)) * SHEET_MM / count
        half_mm = SHEET_MM / count / 2
        for width in (1.0, 0.7, 0.4):
            sheet.band(x_mm, width * half_mm, sheet.dark, 0.22 * look.contrast)
            sheet.band(x_mm + half_mm, width * half_mm, sheet.light, 0.16)
    for _ in range(round(18 * look.streaks)):
        sheet.band(chance.random() * SHEET_MM, chance.uniform(0.1, 0.5), sheet.dark,
                   0.6 * look.contrast)
    sheet.flecks(240, (0.6, 3.0), 0.06, sheet.dark, 0.25)
    sheet.flecks(200, (0.6, 3.0), 0.06, sheet.light, 0.3)
    _pores(sheet)
    if look.curl:
        sheet.across(3.0, 0.34 * look.curl)
    _silk(sheet)


def _shell(sheet: _Sheet) -> None:
    """Nacre: patches of changing hue, layer lines that flow round them, and glints."""
    look, chance = sheet.look, sheet.chance
    for patch in range(round(34 + 36 * look.contrast)):
        colour = sheet.accents[patch % len(sheet.accents)] if sheet.accents else sheet.light
        at = QPointF(chance.random() * SHEET_MM, chance.random() * SHEET_MM)
        size_mm = chance.uniform(0.5, 1.5) * look.line_spacing_mm
        sheet.glow(at, (size_mm * chance.uniform(0.3, 0.6), size_mm), chance.uniform(-35, 35),
                   colour, 0.35 + 0.5 * look.contrast)
    for _ in range(round(26 * look.contrast)):
        sheet.line(chance.random() * SHEET_MM, chance.uniform(0.08, 0.3), sheet.dark,
                   chance.uniform(0.2, 0.8) * look.contrast)
    for _ in range(round(40 * look.shimmer)):
        at = QPointF(chance.random() * SHEET_MM, chance.random() * SHEET_MM)
        sheet.glow(at, (chance.uniform(0.15, 0.6), chance.uniform(0.5, 2.0)),
                   chance.uniform(-30, 30), sheet.light.lighter(150), 0.5 * look.shimmer)


def _plain(sheet: _Sheet) -> None:
    """Plastic and fibre: even colour; celluloid's grain is fine and parallel."""
    look, chance = sheet.look, sheet.chance
    if look.contrast < 0.1:
        return
    count = round(SHEET_MM / look.line_spacing_mm)
    for line in range(count):
        x_mm = (line + chance.uniform(-0.3, 0.3)) * SHEET_MM / count
        sheet.line(x_mm, look.line_spacing_mm * 0.4, sheet.dark, look.contrast)


def _end_grain(sheet: _Sheet) -> None:
    """The cut ends of the fibres: growth lines without length, pores as dots."""
    look = sheet.look
    _tone_bands(sheet, 5, 0.3 * look.contrast)
    sheet.flecks(500, (0.05, 0.12), 0.1, sheet.dark, 0.25 + 0.3 * look.contrast)
    sheet.flecks(round(700 * look.pores), (0.05, 0.15), 0.16, sheet.dark, 0.6)
    sheet.flecks(250, (0.05, 0.12), 0.1, sheet.light, 0.3)


def _tone_bands(sheet: _Sheet, count: int, alpha: float) -> None:
    for _ in range(count):
        x_mm, width_mm = sheet.chance.random() * SHEET_MM, sheet.chance.uniform(2, 5)
        for share in (1.0, 0.6):
            sheet.band(x_mm, share * width_mm, sheet.dark, alpha * 0.5)
            sheet.band(x_mm + SHEET_MM / 2, share * width_mm, sheet.light, alpha)


def _pores(sheet: _Sheet) -> None:
    pores = sheet.look.pores
    sheet.flecks(round(620 * pores), (0.4, 1.8), 0.07, sheet.dark, 0.65)
    sheet.flecks(round(160 * pores), (0.8, 2.6), 0.11, sheet.dark.darker(120), 0.7)


def _silk(sheet: _Sheet) -> None:
    """Lay the sheen of polished rays and figure over the wood."""
    shimmer, chance = sheet.look.shimmer, sheet.chance
    for _ in range(round(14 * shimmer)):
        at = QPointF(chance.random() * SHEET_MM, chance.random() * SHEET_MM)
        sheet.glow(at, (chance.uniform(3, 7), chance.uniform(0.5, 1.6)), chance.uniform(-8, 8),
                   sheet.light.lighter(112), 0.3 * shimmer)


def _faded(colour: QColor, alpha: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(max(0.0, min(1.0, alpha)))
    return faded


def _pen(colour: QColor, alpha: float, width_mm: float) -> QPen:
    return QPen(_faded(colour, alpha), width_mm, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


@contextmanager
def _moved(painter: QPainter, x_mm: float, y_mm: float) -> Iterator[None]:
    painter.save()
    painter.translate(x_mm, y_mm)
    yield
    painter.restore()


_FIGURES: dict[str, Callable[[_Sheet], None]] = {
    "softwood": _softwood,
    "diffuse": _diffuse,
    "streaked": _streaked,
    "ribbon": _ribbon,
    "shell": _shell,
    "plain": _plain,
}
