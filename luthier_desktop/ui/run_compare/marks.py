"""What is drawn over the pictures: what only a has, what only b has, the ring looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.run_compare.place import Place

_EDGE_PX = 1.6
_HALO_PX = 3.4
_HIGHLIGHT_PX = 3.0
_TINT = 0.34
_SAME_MM = 1e-6
_TAG_PX = 22.0
_HATCHES = (Qt.BrushStyle.FDiagPattern, Qt.BrushStyle.BDiagPattern)
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)


class Mark(NamedTuple):
    """One ring with its radii in a and in b, None where it is not.

    *changed*: it was designed anew; *moved*: it stands elsewhere in the order.
    """

    ring_id: str
    a: RingRadii | None
    b: RingRadii | None
    changed: bool
    moved: bool

    @property
    def differs(self) -> bool:
        """Whether the ring is another one, or lies elsewhere."""
        if self.changed or self.moved or self.a is None or self.b is None:
            return True
        return max(abs(x - y) for x, y in zip(self.a, self.b, strict=True)) > _SAME_MM

    @property
    def span(self) -> RingRadii:
        """The radii that hold the ring as it is in both."""
        both = [radii for radii in (self.a, self.b) if radii is not None]
        return RingRadii(min(each.inner_mm for each in both), max(each.outer_mm for each in both))


class Touched(NamedTuple):
    """The identities of the rings that were designed anew, and of those that moved."""

    changed: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()


def ring_marks(
    a: RosetteParamSpec | None, b: RosetteParamSpec | None, touched: Touched
) -> dict[str, Mark]:
    """Return every ring of either design by its identity."""
    one, other = _radii(a), _radii(b)
    names = [*one, *(name for name in other if name not in one)]
    changed, moved = touched
    return {
        name: Mark(name, one.get(name), other.get(name), name in changed, name in moved)
        for name in names
    }


def paint_marks(painter: QPainter, marks: Mapping[str, Mark], place: Place) -> None:
    """Tint and hatch what only one has, and draw the edges of what was changed or moved.

    Rings that were only pushed outwards or inwards are left to the picture.
    """
    for mark in marks.values():
        if mark.changed:
            _tint(painter, (mark.a, mark.b), place)
    _tint(painter, (_reach(marks, 0), _reach(marks, 1)), place)
    for mark in marks.values():
        if mark.changed or mark.moved:
            for side, radii in enumerate((mark.a, mark.b)):
                if radii is not None:
                    _paint_edges(painter, radii, place, side)


def _reach(marks: Mapping[str, Mark], side: int) -> RingRadii | None:
    """Return from where to where the stack of a side reaches."""
    stack = [radii for mark in marks.values() if (radii := (mark.a, mark.b)[side]) is not None]
    if not stack:
        return None
    return RingRadii(min(one.inner_mm for one in stack), max(one.outer_mm for one in stack))


def _tint(
    painter: QPainter, both: tuple[RingRadii | None, RingRadii | None], place: Place
) -> None:
    for side, mine in enumerate(both):
        if mine is not None:
            only = _only(mine, both[1 - side], place)
            colour = QColor(style.SIDE_COLOURS[side])
            painter.fillPath(only, _tinted(colour))
            painter.fillPath(only, QBrush(colour, _HATCHES[side]))


def paint_highlight(painter: QPainter, mark: Mark, side: int | None, place: Place) -> None:
    """Frame the ring that is looked at, on one side or as it is in both."""
    radii = mark.span if side is None else (mark.a, mark.b)[side]
    if radii is None:
        return
    for colour, width in ((style.HALO, _HIGHLIGHT_PX + 2), (style.LOOKED_AT, _HIGHLIGHT_PX)):
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for radius_mm in radii:
            _circle(painter, radius_mm, place)


def paint_tag(painter: QPainter, at: QPointF, side: int, text: str = "") -> None:
    """Write which side is seen, with the hatch and colour that stand for it."""
    words = "ab"[side] + (f"  {tr(text)}" if text else "")
    painter.setFont(style.sized(1.1, bold=True))
    width = painter.fontMetrics().horizontalAdvance(words) + _TAG_PX
    box = QRectF(at.x(), at.y(), width, _TAG_PX)
    painter.setPen(QPen(QColor(style.SIDE_COLOURS[side]), 2, _LINES[side]))
    painter.setBrush(QColor(style.tokens().base))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(style.tokens().text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.setFont(QFont())


def paint_legend(painter: QPainter, bottom_left: QPointF) -> None:
    """Say what the tints mean."""
    left = bottom_left.x()
    painter.setFont(style.sized())
    for side, words in enumerate(("only a", "only b")):
        text = tr(words)
        width = painter.fontMetrics().horizontalAdvance(text) + 44
        box = QRectF(left, bottom_left.y() - 24, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.tokens().base))
        painter.drawRoundedRect(box, 4, 4)
        chip = QRectF(left + 6, box.top() + 5, 22, 12)
        colour = QColor(style.SIDE_COLOURS[side])
        painter.fillRect(chip, QBrush(colour, _HATCHES[side]))
        painter.setPen(QPen(colour, 2, _LINES[side]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(chip)
        painter.setPen(QColor(style.tokens().text))
        painter.drawText(box.adjusted(36, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        left += width + 8


def _radii(design: RosetteParamSpec | None) -> dict[str, RingRadii]:
    if design is None:
        return {}
    pairs = zip(design.ring_params, ring_radii(design), strict=True)
    return {ring.identity: radii for ring, radii in pairs}


def _only(mine: RingRadii, theirs: RingRadii | None, place: Place) -> QPainterPath:
    path = _band(mine, place)
    return path if theirs is None else path.subtracted(_band(theirs, place))


def _tinted(colour: QColor) -> QColor:
    tint = QColor(colour)
    tint.setAlphaF(_TINT)
    return tint


def _paint_edges(painter: QPainter, radii: RingRadii, place: Place, side: int) -> None:
    colour, line = QColor(style.SIDE_COLOURS[side]), _LINES[side]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QColor(style.HALO)
    halo.setAlphaF(0.5)
    for radius_mm in radii:
        if line is Qt.PenStyle.SolidLine:
            painter.setPen(QPen(halo, _HALO_PX))
            _circle(painter, radius_mm, place)
        painter.setPen(QPen(colour, _EDGE_PX, line))
        _circle(painter, radius_mm, place)


def _circle(painter: QPainter, radius_mm: float, place: Place) -> None:
    radius = radius_mm * place.px_per_mm
    painter.drawEllipse(QPointF(place.centre_x, place.centre_y), radius, radius)


def _band(radii: RingRadii, place: Place) -> QPainterPath:
    path = QPainterPath()
    centre = QPointF(place.centre_x, place.centre_y)
    for radius_mm in radii:
        path.addEllipse(centre, radius_mm * place.px_per_mm, radius_mm * place.px_per_mm)
    return path
