"""The handbook's window: its pages, a search over all of them, and the page that is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.services.handbook import Page, search
from luthier_desktop.ui.handbook.keys_page import with_keys
from luthier_desktop.ui.handbook.page_view import PageView
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

_SIZE = (1040, 680)
_LIST_PX = 66 * GRID
_NONE = "No page has all of these words. Try fewer, or another one."
_FOUND = "{0} places on this page. F3 goes to the next."
_READ = "Type words above to search all pages. Alt+Left goes back."
_PAGE = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class HandbookWindow(QDialog):
    """Stands beside the work; nothing waits for it to be closed."""

    def __init__(self, pages: Sequence[Page], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("handbook")
        self.setWindowTitle(tr("Handbook"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._pages = [page._replace(text=with_keys(page.text)) for page in pages]
        self._read: list[str] = []
        self._search = self._build_search()
        self._list = self._build_list()
        self._view = PageView(self)
        self._view.pageWanted.connect(self.show_page)
        self._told = PlainLabel(_READ, self)
        self._told.setObjectName("handbookTold")
        self._back = self._button("handbookBack", "&Back", self.go_back)
        self._arrange()
        for keys, slot in (
            ("Alt+Left", self.go_back), ("Ctrl+F", self._focus_search),
            ("F3", self._next_hit), ("Shift+F3", self._previous_hit),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, slot)
        self._narrow("")
        self._search.setFocus()

    def show_page(self, page_id: str) -> None:
        """Show a page by its id; one that there is not is left alone."""
        if page_id not in {page.id for page in self._pages}:
            return
        if self._row_of(page_id) is None:
            self._search.clear()
        self._list.setCurrentRow(self._row_of(page_id) or 0)

    def go_back(self) -> None:
        """Show the page that was read before."""
        if len(self._read) > 1:
            self._read.pop()
            self.show_page(self._read.pop())

    def _build_search(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("handbookSearch")
        field.setAccessibleName(tr("Search the handbook"))
        field.setPlaceholderText(tr("Search all pages"))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._narrow)
        field.returnPressed.connect(self._next_hit)
        field.installEventFilter(self)
        return field

    def _build_list(self) -> QListWidget:
        found = QListWidget(self)
        found.setObjectName("handbookPages")
        found.setAccessibleName(tr("Pages"))
        found.setSpacing(1)
        found.setWordWrap(True)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.currentRowChanged.connect(self._show_current)
        return found

    def _button(self, name: str, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setText(tr(text))
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _arrange(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        halves = QSplitter(self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(self._view)
        halves.setSizes([_LIST_PX, _SIZE[0] - _LIST_PX])
        halves.setStretchFactor(1, 1)
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        row.addWidget(self._back)
        row.addWidget(self._button("handbookClose", "Close", self.reject))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        whole.setSpacing(2 * GRID)
        whole.addWidget(halves, 1)
        whole.addLayout(row)

    def _narrow(self, words: str) -> None:
        """List the pages that have the words; the page that is read stays if it has them."""
        before = self._read[-1] if self._read else ""
        self._list.blockSignals(True)
        self._list.clear()
        for hit in search(self._pages, words):
            item = QListWidgetItem(f"{hit.page.title} ({hit.places})" if words else hit.page.title)
            item.setData(_PAGE, hit.page.id)
            self._list.addItem(item)
        self._list.blockSignals(False)
        if self._list.count():
            self._list.setCurrentRow(self._row_of(before) or 0)
            self._show_current()
        else:
            self._told.setText(tr(_NONE))

    def _show_current(self) -> None:
        item = self._list.currentItem()
        page_id = str(item.data(_PAGE)) if item is not None else ""
        page = next((one for one in self._pages if one.id == page_id), None)
        if page is None:
            return
        if page_id not in self._read[-1:]:
            self._read.append(page_id)
            self._view.show_text(page.text)
        count = self._view.mark(self._search.text())
        self._told.setText(tr(_FOUND.format(count) if count else _READ))
        self._back.setEnabled(len(self._read) > 1)

    def _row_of(self, page_id: str) -> int | None:
        rows = range(self._list.count())
        return next((row for row in rows if self._list.item(row).data(_PAGE) == page_id), None)

    def _next_hit(self) -> None:
        self._view.step(1)

    def _previous_hit(self) -> None:
        self._view.step(-1)

    def _focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Up and Down walk the pages while words are typed."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self._list.event(event)
            return True
        return super().eventFilter(watched, event)
