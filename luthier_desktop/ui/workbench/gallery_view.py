"""The starters as a wall of pictures, for mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.workbench.gallery_model import GalleryModel

PICTURE_PX = 36 * GRID
_NAME_LINES = 3
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GalleryView(QListView):
    """Pictures in rows, one of them current."""

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("galleryView")
        self.setAccessibleName(tr("Starter designs"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(GRID)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_CardDelegate(self))
        self.setModel(model)


class _CardDelegate(QStyledItemDelegate):
    """Draws one card: the rosette, its name in two lines, its instrument, its verdict."""

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, _: _Index) -> QSize:
        words_px = _name_px() + 2 * QFontMetrics(option.font).lineSpacing()
        return QSize(PICTURE_PX + 4 * GRID, PICTURE_PX + words_px + 5 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, GalleryModel)
        painter.save()
        self._paint_ground(painter, option)
        area = option.rect.adjusted(2 * GRID, 2 * GRID, -2 * GRID, -GRID)
        picture = QRect(area.topLeft(), QSize(PICTURE_PX, PICTURE_PX))
        picture.moveLeft(area.center().x() - PICTURE_PX // 2)
        face = model.face(index)
        if face is None:
            painter.fillRect(picture, QColor(style.tokens().panel))
        else:
            painter.drawPixmap(picture.topLeft(), face.picture)
        self._paint_words(painter, option, index, picture.bottom() + GRID)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        selected = option.state & QStyle.StateFlag.State_Selected
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            role = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.AlternateBase
            painter.fillRect(option.rect, option.palette.color(role))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(style.tokens().accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, top: int
    ) -> None:
        model = index.model()
        assert isinstance(model, GalleryModel)
        card, face = model.card(index), model.face(index)
        assert card is not None
        line_px = QFontMetrics(option.font).lineSpacing()
        left, width = option.rect.left() + 2 * GRID, option.rect.width() - 4 * GRID
        text = option.palette.color(QPalette.ColorRole.Text)
        name = QRect(left, top, width, _name_px())
        painter.setPen(text)
        painter.setFont(style.sized(bold=True))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(name, flags, _fitting(str(index.data()), name.size()))
        painter.setFont(option.font)
        below = QRect(QPoint(left, name.bottom() + GRID), QSize(width, line_px))
        painter.setPen(QColor(style.tokens().muted))
        metrics = QFontMetrics(option.font)
        told = metrics.elidedText(tr(card.instrument), Qt.TextElideMode.ElideRight, width)
        painter.drawText(below, _LEFT, told)
        if face is not None:
            painter.setPen(QColor(style.risk_sign(face.status).colour))
            painter.drawText(below.translated(0, line_px), _LEFT, tr(face.verdict))


def _fitting(text: str, room: QSize) -> str:
    """Return as many words as there is room for, in the bold font."""
    metrics, words = QFontMetrics(style.sized(bold=True)), text.split()
    for count in range(len(words), 0, -1):
        told = " ".join(words[:count]) + ("" if count == len(words) else "…")
        area = QRect(0, 0, room.width(), 10_000)
        if metrics.boundingRect(area, Qt.TextFlag.TextWordWrap, told).height() <= room.height():
            return told
    return text


def _name_px() -> int:
    """Return the height of a name; wrapped lines are rounded up one by one."""
    return _NAME_LINES * (QFontMetrics(style.sized(bold=True)).lineSpacing() + 1) + 1
