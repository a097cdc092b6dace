"""The order of the run log: a click on a title, or a menu by keyboard; the index does the work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from luthier_desktop.domain.run import RunQuery, SortKey
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import menu_text
from luthier_desktop.ui.run_log.columns import COLUMNS
from luthier_desktop.ui.run_log.run_table import RunTable
from luthier_desktop.ui.widgets.menus import Menu

_FALLING = frozenset({"seq", "score", "risk"})
"""These stand from the highest on, words from A to Z."""
_TITLES: dict[SortKey, str] = {
    column.sort: column.title for column in reversed(COLUMNS) if column.sort
}
_SHOWN_AT: dict[SortKey, int] = {
    column.sort: at for at, column in reversed(list(enumerate(COLUMNS))) if column.sort
}


class RunSorting(QObject):
    """Keeps the order and shows it over its column; ``changed`` asks for another one."""

    changed = Signal()

    def __init__(self, table: RunTable) -> None:
        super().__init__(table)
        self._table = table
        self._header = table.horizontalHeader()
        self._sort: SortKey = "seq"
        self._reverse = False
        self._header.setSectionsClickable(True)
        self._header.setSortIndicatorShown(True)
        self._header.sectionClicked.connect(self._clicked)
        self._show()

    def applied_to(self, query: RunQuery) -> RunQuery:
        """Return *query* in this order."""
        return query.model_copy(update={"sort": self._sort, "reverse": self._reverse})

    def take_over(self, query: RunQuery) -> None:
        """Take the order of a query that names one, such as a kept filter."""
        if (query.sort, query.reverse) != ("seq", False):
            self._sort, self._reverse = query.sort, query.reverse
            self._show()

    def show_menu(self) -> None:
        """Let the order be chosen by keyboard."""
        menu = self._menu()
        menu.popup(self._table.mapToGlobal(QPoint(0, 0)))
        menu.setActiveAction(menu.actions()[0])

    def _menu(self) -> QMenu:
        menu = Menu(parent=self._table)
        menu.setObjectName("sortMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for sort, title in _TITLES.items():
            action = menu.addAction(menu_text(tr(f"By {title.lower()}")))
            action.setData(sort)
            action.setCheckable(True)
            action.setChecked(sort == self._sort)
            action.setActionGroup(group)
        menu.addSeparator()
        turned = menu.addAction(tr("&Turned round"))
        turned.setCheckable(True)
        turned.setChecked(self._reverse)
        menu.triggered.connect(self._picked)
        return menu

    def _picked(self, action: QAction) -> None:
        sort = action.data()
        if sort is None:
            self._order_by(self._sort, action.isChecked())
        else:
            self._order_by(sort, False)

    def _clicked(self, section: int) -> None:
        sort = COLUMNS[section].sort
        if sort is None:
            self._show()  # Qt has moved the sign already
        else:
            self._order_by(sort, not self._reverse if sort == self._sort else False)

    def _order_by(self, sort: SortKey, reverse: bool) -> None:
        is_other = (sort, reverse) != (self._sort, self._reverse)
        self._sort, self._reverse = sort, reverse
        self._show()
        if is_other:
            self.changed.emit()

    def _show(self) -> None:
        falls = (self._sort in _FALLING) != self._reverse
        order = Qt.SortOrder.DescendingOrder if falls else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(_SHOWN_AT[self._sort], order)
