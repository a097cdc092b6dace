"""The list of formats, each with a line on what it is for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.exporting.formats import FORMATS, Format
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.style import GRID

_LINE = Qt.ItemDataRole.UserRole
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
_WIDTH = 66 * GRID
AnyIndex = QModelIndex | QPersistentModelIndex


class FormatList(QListWidget):
    """``formatChosen`` carries the format that is now the current one."""

    formatChosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportFormats")
        self.setAccessibleName(tr("Format"))
        self.setFixedWidth(_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FormatDelegate(self))
        for one in FORMATS:
            item = QListWidgetItem(tr(one.title), self)
            item.setData(_LINE, one.line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}: {one.line}")
        self.currentRowChanged.connect(self._tell)

    def chosen(self) -> Format:
        """Return the current format."""
        return FORMATS[max(0, self.currentRow())]

    def choose(self, format_id: str) -> None:
        """Make this format the current one; an unknown one is the first."""
        rows = [row for row, one in enumerate(FORMATS) if one.id == format_id]
        self.setCurrentRow(rows[0] if rows else 0)

    def keep_in_sight(self) -> None:
        """Scroll to the current format, such as when there is less room."""
        self.scrollTo(self.currentIndex())

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.formatChosen.emit(FORMATS[row])


class _FormatDelegate(QStyledItemDelegate):
    """Paints a title and below it, in two lines at most, what the format is for."""

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics = QFontMetrics(option.font)
        room = QRect(0, 0, _WIDTH - 6 * GRID, 10_000)
        line = metrics.boundingRect(room, _WRAPPED, tr(str(index.data(_LINE))))
        return QSize(0, metrics.lineSpacing() + line.height() + 2 * GRID + GRID // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        colours = style.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        area = option.rect.adjusted(2 * GRID, GRID, -2 * GRID, -GRID)
        painter.setFont(style.sized(bold=True))
        painter.setPen(QColor(colours.on_selection if selected else colours.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.setFont(option.font)
        painter.setPen(QColor(colours.on_selection if selected else colours.muted))
        area.setTop(area.top() + painter.fontMetrics().lineSpacing() + GRID // 2)
        painter.drawText(area, _WRAPPED, tr(str(index.data(_LINE))))
        painter.restore()
