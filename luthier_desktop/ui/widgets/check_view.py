"""The tree of checks: the deciding one first, each opens to why; for live and stored reports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFocusEvent, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOption,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.check_delegate import CheckDelegate, can_be_applied
from luthier_desktop.ui.widgets.check_fix import Fix
from luthier_desktop.ui.widgets.check_model import AnyIndex, CheckModel
from luthier_desktop.ui.widgets.check_rows import NO_ROWS, CheckKey, CheckRows
from luthier_desktop.ui.widgets.check_tree import (
    DECIDING,
    DECISION,
    FIX,
    WARNINGS,
    Ask,
    Bar,
    CheckHead,
    Content,
    Heading,
    Key,
    Level,
    Number,
    Offer,
    check_of,
    entries,
)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RESTYLING = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
INDENT = 3 * style.GRID
ARROW_ROOM = 6 * style.GRID


class CheckView(QTreeView):
    """Shows checks and keeps what is opened and chosen from one update to the next.

    ``fieldRequested(path, ring_index)``: Enter or a click on a number that a field holds.
    ``ringHovered(ring_index)``: the ring of the row under the pointer or chosen; None for none.
    ``fixPreviewed(fix)``: the fix of that row, None for none; ``fixChosen(fix)``: apply it.
    ``decisionRequested(check_id, ring_index)``: ask for a decision on that check.
    """

    fieldRequested = Signal(str, object)
    ringHovered = Signal(object)
    fixPreviewed = Signal(object)
    fixChosen = Signal(object)
    decisionRequested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = NO_ROWS
        self._only_problems = False
        self._opened: set[Key] = set()
        self._closed: set[Key] = set()
        self._updating = False
        self._told: int | None = None
        self._told_fix: Fix | None = None
        self._checks = CheckModel(self)
        self._delegate = CheckDelegate(self, self._checks)
        self.setModel(self._checks)
        self.setItemDelegate(self._delegate)
        self._look()
        self.expanded.connect(self._remember_opened)
        self.collapsed.connect(self._remember_closed)
        self.clicked.connect(self._use)
        self.entered.connect(self._tell_ring_of)
        self.selectionModel().currentChanged.connect(self._tell_ring_of)
        units.display().changed.connect(self._show_in_unit)
        self.show_rows(NO_ROWS)

    def _look(self) -> None:
        self.setHeaderHidden(True)
        self.setIndentation(INDENT)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Checks"))

    def show_rows(self, rows: CheckRows) -> None:
        """Show *rows*; checks that were there before stay open, chosen and in view."""
        self._rows = rows
        chosen = self._checks.key(self.currentIndex())
        self._updating = True
        wanted = entries(rows, self._only_problems, deciding_is_open=DECIDING in self._opened)
        if self._checks.show(wanted):
            self._reopen(QModelIndex())
            found = self._checks.find(chosen)
            if not found.isValid() and _is_fix(chosen):
                found = self._checks.index(0, 0)  # it was applied: on to what decides now
            elif not found.isValid() and chosen[-1:] == (DECISION,):
                found = self._checks.find(chosen[:-1])  # it was made: back to its check
            if found.isValid() and found != self.currentIndex():
                self.setCurrentIndex(found)
        self._updating = False
        self._fit_rows_in_view()
        self._tell_ring_in_view()

    def _show_in_unit(self) -> None:
        self.show_rows(self._rows)
        self._lay_out_anew()

    def chosen_check(self) -> CheckKey | None:
        """Return the check that the current row tells of, if it tells of one."""
        return check_of(self._checks.key(self.currentIndex()), self._rows)

    def set_only_problems(self, only: bool) -> None:
        """Show only checks that are red, yellow or unknown, or all of them."""
        self._only_problems = only
        self.show_rows(self._rows)

    def _lay_out_anew(self) -> None:
        self._delegate.restyle()
        self.scheduleDelayedItemsLayout()

    def _fit_rows_in_view(self) -> None:
        """Lay the tree out again when a row in view needs another height than it has."""
        bottom = self.maximumViewportSize().height()
        index = self.indexAt(QPoint(0, 0))
        while index.isValid():
            place = self.visualRect(index)
            if place.top() > bottom:
                return
            if self._delegate.height(index) != place.height():
                self.scheduleDelayedItemsLayout()
                return
            index = self.indexBelow(index)

    def _reopen(self, parent: QModelIndex) -> None:
        """Open what was open; a lane with a problem opens until the user closes it."""
        for row in range(self._checks.rowCount(parent)):
            index = self._checks.index(row, 0, parent)
            if not self._checks.hasChildren(index):
                continue
            key = self._checks.key(index)
            is_open = key in self._opened or (
                key not in self._closed and _opens_itself(key, self._checks.content(index))
            )
            if is_open:
                self.setExpanded(index, True)
                self._reopen(index)

    def _remember_opened(self, index: QModelIndex) -> None:
        if not self._updating:
            self._opened.add(self._checks.key(index))
            self._closed.discard(self._checks.key(index))
            self._move_fixes(index)

    def _remember_closed(self, index: QModelIndex) -> None:
        if not self._updating:
            self._opened.discard(self._checks.key(index))
            self._closed.add(self._checks.key(index))
            self._move_fixes(index)

    def _move_fixes(self, index: QModelIndex) -> None:
        """Keep what can be done about the deciding check directly below its head."""
        if self._checks.key(index) == DECIDING:
            self.show_rows(self._rows)

    def _use(self, index: QModelIndex) -> None:
        """Go to the field of a number, apply a fix, decide; open or close any other row."""
        content = self._checks.content(index)
        if isinstance(content, Offer):
            if can_be_applied(content):
                self.fixChosen.emit(content.fix)
        elif isinstance(content, Ask):
            if content.decision.offer:
                self.decisionRequested.emit(*content.of.key)
        elif isinstance(content, Number):
            if content.path:
                self.fieldRequested.emit(content.path, content.field_ring)
        elif self._checks.hasChildren(index):
            self.setExpanded(index, not self.isExpanded(index))

    def _tell_ring_of(self, index: QModelIndex) -> None:
        if self._updating:
            return
        content = self._checks.content(index) if index.isValid() else None
        self._tell(_ring_of(content))
        fix = content.fix if isinstance(content, Offer) and can_be_applied(content) else None
        if fix != self._told_fix:
            self._told_fix = fix
            self.fixPreviewed.emit(fix)

    def _tell_ring_in_view(self) -> None:
        """Tell the ring under the pointer, else the chosen one while the tree has the focus."""
        if self.underMouse() and self.viewport().underMouse():
            place = self.viewport().mapFromGlobal(QCursor.pos())
            self._tell_ring_of(self.indexAt(place))
        else:
            self._tell_ring_of(self.currentIndex() if self.hasFocus() else QModelIndex())

    def _tell(self, ring_index: int | None) -> None:
        if ring_index != self._told:
            self._told = ring_index
            self.ringHovered.emit(ring_index)

    def _backdrop(self, content: Content, is_current: bool) -> str | None:
        match content:
            case CheckHead(row, True):
                return style.risk_sign(row.status).soft
            case _ if is_current:
                return style.tokens().selection
            case Offer(row, _, True) | Ask(row, _, True):
                return style.risk_sign(row.status).soft
            case Heading(Level.LANE):
                return style.tokens().panel
            case _:
                return None

    # Qt overrides

    def dataChanged(
        self, topLeft: AnyIndex, bottomRight: AnyIndex, roles: Sequence[int] = ()
    ) -> None:
        """Repaint only: the tree's own way measures every open row, far too slow in a drag."""
        QAbstractItemView.dataChanged(self, topLeft, bottomRight, roles)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._fit_rows_in_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._use(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        colours = style.tokens()
        is_current = index == self.currentIndex()
        colour = self._backdrop(self._checks.content(index), is_current)
        area = options.rect
        if colour:
            painter.fillRect(area, QColor(colour))
            options.palette.setColor(QPalette.ColorRole.Highlight, QColor(colour))
        super().drawRow(painter, options, index)
        if is_current:
            painter.setPen(QColor(colours.accent if self.hasFocus() else colours.border))
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def drawBranches(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Draw the arrow beside the first lines, on the row's own backdrop."""
        if not self._checks.hasChildren(index):
            return
        arrow = QStyleOption()
        arrow.initFrom(self)
        height = min(rect.height(), ARROW_ROOM)
        arrow.rect = QRect(rect.right() + 1 - INDENT, rect.top(), INDENT, height)
        arrow.state |= QStyle.StateFlag.State_Item | QStyle.StateFlag.State_Children
        if self.isExpanded(index):
            arrow.state |= QStyle.StateFlag.State_Open
        branch = QStyle.PrimitiveElement.PE_IndicatorBranch
        self.style().drawPrimitive(branch, arrow, painter, self)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._tell_ring_in_view()
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell_ring_in_view()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell_ring_in_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLING and hasattr(self, "_delegate"):
            self._lay_out_anew()


def _opens_itself(key: Key, content: Content) -> bool:
    if key == WARNINGS:
        return True
    if not isinstance(content, Heading) or content.level is not Level.LANE:
        return False
    return content.verdict not in (None, RiskBucket.GREEN)


def _is_fix(key: Key) -> bool:
    return FIX in key


def _ring_of(content: Content | None) -> int | None:
    if content is None or isinstance(content, Heading):
        return None
    if isinstance(content, Offer | Ask):
        return content.of.ring_index
    if isinstance(content, (CheckHead, Bar)):
        return content.row.ring_index
    return content.ring_index
