"""Which columns the run log shows, in what order and how wide: chosen by the user, remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import menu_text
from luthier_desktop.ui.run_log.columns import COLUMNS, NAMES
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_table import RunTable
from luthier_desktop.ui.widgets.menus import Menu
from luthier_desktop.ui.window_state import WindowState

_ORDER, _SHOWN, _WIDTHS = "log_columns", "log_columns_shown", "log_column_widths"
_NARROWEST = 40


class ColumnLayout(QObject):
    """Lays the header out; what the user did not size himself shares the room that is left.

    ``changed`` comes when a column was shown, hidden or moved; ``choiceWanted`` when the header's
    menu asks for the dialog.
    """

    changed = Signal()
    choiceWanted = Signal()

    def __init__(self, table: RunTable, model: RunModel, state: WindowState) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._state = state
        self._header = table.horizontalHeader()
        self._is_ours = False
        self._widths: dict[str, int] = {}
        self._header.setSectionsMovable(True)
        self._header.setStretchLastSection(False)
        self._header.setMinimumSectionSize(_NARROWEST)
        self._restore()
        self._header.sectionMoved.connect(self._moved)
        self._header.sectionResized.connect(self._resized)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._show_menu)
        table.widened.connect(self.fit)

    def order(self) -> list[str]:
        """Return the names of all columns from left to right, the hidden ones among them."""
        header = self._header
        return [NAMES[header.logicalIndex(visual)] for visual in range(header.count())]

    def is_shown(self, name: str) -> bool:
        """Say whether a column is shown."""
        return not self._header.isSectionHidden(NAMES.index(name))

    def show_column(self, name: str, shows: bool) -> None:
        """Show or hide a column; the last one stays."""
        shown = [each for each in NAMES if self.is_shown(each)]
        if shows or shown != [name]:
            self._header.setSectionHidden(NAMES.index(name), not shows)
            self._note()

    def move(self, name: str, step: int) -> None:
        """Move a column by *step* places, to the right where it is positive."""
        visual = self._header.visualIndex(NAMES.index(name))
        to = max(0, min(visual + step, self._header.count() - 1))
        self._header.moveSection(visual, to)

    def reset(self) -> None:
        """Put order, choice and widths back as they were at first."""
        self._state.forget(_ORDER, _SHOWN, _WIDTHS)
        self._restore()
        self.changed.emit()

    def fit(self) -> None:
        """Share the room that is left among the columns that were not sized by hand."""
        shown = [column for column in COLUMNS if self.is_shown(column.name)]
        widths = {c.name: self._widths.get(c.name, c.width) for c in shown}
        free = [column for column in shown if column.share and column.name not in self._widths]
        room = self._table.viewport().width() - sum(widths.values())
        parts = sum(column.share for column in free)
        for column in free if room > 0 else ():
            widths[column.name] += room * column.share // parts
        self._is_ours = True
        for name, width in widths.items():
            self._header.resizeSection(NAMES.index(name), width)
        self._is_ours = False

    def menu(self) -> QMenu:
        """Return a menu that shows and hides columns."""
        menu = Menu(parent=self._table)
        menu.setObjectName("columnMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self.order():
            action = menu.addAction(menu_text(tr(COLUMNS[NAMES.index(name)].title)))
            action.setCheckable(True)
            action.setChecked(self.is_shown(name))
            action.setData(name)
        menu.addSeparator()
        menu.addAction(tr("Order of the columns…")).triggered.connect(self.choiceWanted)
        menu.triggered.connect(self._picked)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(at))

    def _picked(self, action: QAction) -> None:
        if action.data() is not None:
            self.show_column(str(action.data()), action.isChecked())

    def _restore(self) -> None:
        order = self._state.words(_ORDER, NAMES)
        order += [name for name in NAMES if name not in order]
        shown = self._state.words(_SHOWN, NAMES)
        shown = shown or [column.name for column in COLUMNS if column.at_first]
        widths = self._state.numbers(_WIDTHS, len(NAMES)) or [0] * len(NAMES)
        self._widths = {name: width for name, width in zip(NAMES, widths, strict=True) if width}
        self._is_ours = True
        for visual, name in enumerate(order):
            logical = NAMES.index(name)
            self._header.moveSection(self._header.visualIndex(logical), visual)
            self._header.setSectionHidden(logical, name not in shown)
        self._is_ours = False
        self._settle()

    def _settle(self) -> None:
        first = next(name for name in self.order() if self.is_shown(name))
        self._model.show_marks_in(NAMES.index(first))
        self.fit()

    def _moved(self) -> None:
        if not self._is_ours:
            self._note()

    def _resized(self, section: int, _: int, width: int) -> None:
        if not self._is_ours and width:
            self._widths[NAMES[section]] = width
            self._state.remember(**{_WIDTHS: [self._widths.get(name, 0) for name in NAMES]})

    def _note(self) -> None:
        shown = [name for name in NAMES if self.is_shown(name)]
        self._state.remember(**{_ORDER: self.order(), _SHOWN: shown})
        self._settle()
        self.changed.emit()
