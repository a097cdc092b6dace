"""Draws a snapshot in the library: as a line, or as a card with a large picture."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from luthier_desktop.domain.snapshot import SnapshotEntry
from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import shown
from luthier_desktop.ui.snapshot_browser import words
from luthier_desktop.ui.snapshot_browser.snapshot_model import LOADING, SnapshotModel
from luthier_desktop.ui.snapshot_browser.thumbnails import SIDE_PX, Thumbnails
from luthier_desktop.ui.style import GRID

CARD_WIDTH = 64 * GRID
LINE_HEIGHT = 8 * GRID
_CARD_HEIGHT = SIDE_PX + 3 * GRID
_SHARES = (34, 8, 17, 23, 18)
"""Parts of a line's width: name, version, verdict, tags, time."""
AnyIndex = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SnapshotDelegate(QStyledItemDelegate):
    """Paints entries of a `SnapshotModel` with their `Thumbnails`."""

    def __init__(self, model: SnapshotModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self.is_large = True

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = option.state & QStyle.StateFlag.State_Selected
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            role = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.AlternateBase
            painter.fillRect(option.rect, option.palette.color(role))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(style.tokens().accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def _paint_picture(self, painter: QPainter, entry: SnapshotEntry, area: QRect) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture: QPixmap | None = self._thumbnails.picture(entry, ratio)
        if picture is None:
            painter.fillRect(area, QColor(style.tokens().panel))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(area, picture)

    def _paint_card(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: SnapshotEntry
    ) -> None:
        area = option.rect.adjusted(GRID, GRID, -GRID, -GRID)
        picture = QRect(area.left(), area.top(), SIDE_PX, SIDE_PX)
        self._paint_picture(painter, entry, picture)
        line_px = QFontMetrics(option.font).lineSpacing()
        left = picture.right() + 2 * GRID
        line = QRect(left, area.top(), area.right() - left, line_px)
        damaged = bool(self._model.damage_of(entry.snapshot_id))
        muted = QColor(style.tokens().muted)
        text = option.palette.color(QPalette.ColorRole.Text)
        told = (
            (_name(entry), text, True),
            (words.verdict(entry, damaged), QColor(words.sign_of(entry, damaged).colour), False),
            (f"{words.version(entry)} · {words.saved_at(entry)}", muted, False),
            (words.DELETED if entry.deleted else words.tags(entry), muted, False),
        )
        for words_, colour, bold in told:
            painter.setFont(style.sized(bold=True) if bold else option.font)
            _write(painter, line, words_, colour)
            line.translate(0, line_px + GRID // 2)

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: SnapshotEntry
    ) -> None:
        area = option.rect.adjusted(GRID, 0, -GRID, 0)
        side = LINE_HEIGHT - GRID
        top = area.top() + GRID // 2
        self._paint_picture(painter, entry, QRect(area.left(), top, side, side))
        area.setLeft(area.left() + side + 2 * GRID)
        damaged = bool(self._model.damage_of(entry.snapshot_id))
        muted = QColor(style.tokens().muted)
        told = (
            (_name(entry), option.palette.color(QPalette.ColorRole.Text)),
            (words.version(entry), muted),
            (words.verdict(entry, damaged), QColor(words.sign_of(entry, damaged).colour)),
            (words.DELETED if entry.deleted else words.tags(entry), muted),
            (words.saved_at(entry), muted),
        )
        left, width = area.left(), area.width()
        for share, (words_, colour) in zip(_SHARES, told, strict=True):
            cell = QRect(left, area.top(), width * share // 100 - GRID, area.height())
            painter.setFont(style.sized(bold=share == _SHARES[0]))
            _write(painter, cell, words_, colour)
            left += width * share // 100

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, _: AnyIndex) -> QSize:
        lines_px = 4 * (QFontMetrics(option.font).lineSpacing() + GRID // 2) + 2 * GRID
        if self.is_large:
            return QSize(CARD_WIDTH, max(_CARD_HEIGHT, lines_px))
        return QSize(0, LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = self._model.entry(index)
        painter.save()
        self._paint_ground(painter, option)
        if entry is None:
            _write(painter, option.rect, LOADING, QColor(style.tokens().muted))
        elif self.is_large:
            self._paint_card(painter, option, entry)
        else:
            self._paint_line(painter, option, entry)
        painter.restore()


def _name(entry: SnapshotEntry) -> str:
    mark = f"{words.BASELINE_SIGN} " if entry.baseline else ""
    return f"{mark}{shown(entry.name)}"


def _write(painter: QPainter, area: QRect, text: str, colour: QColor) -> None:
    painter.setPen(colour)
    right = Qt.TextElideMode.ElideRight
    told = painter.fontMetrics().elidedText(tr(text), right, area.width())
    painter.drawText(area, _MIDDLE, told)
