"""One page of the library: the table of its entries beside the fields of the chosen one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library.drafts import Drafts
from luthier_desktop.ui.library.entry import Entry, Values
from luthier_desktop.ui.library.entry_model import FIRST, NAME, ORIGIN, EntryModel
from luthier_desktop.ui.library.form import EntryForm, Source
from luthier_desktop.ui.library.pages import Page
from luthier_desktop.ui.library.spec import Option, Spec, value_at
from luthier_desktop.ui.messages import PlainLabel, sentence, shown
from luthier_desktop.ui.widgets.empty_words import EmptyWords
from luthier_desktop.ui.widgets.scrolling import SnugArea

_SHARES = (style.GRID * 156, style.GRID * 159)
_TABLE_WIDTH, _ORIGIN_WIDTH, _COLUMN_WIDTH = style.GRID * 154, style.GRID * 25, style.GRID * 26
_ROW_HEIGHT = style.GRID * 6
_LEAST_FIELDS_PX = style.GRID * 20
_EMPTY = "No entry has all of these words. Without a search all are listed; New adds one."


class PageView(QWidget):
    """Shows the entries and the draft of the chosen one.

    ``chosen()`` comes when another entry is chosen, ``applyWanted(entry_id)`` asks to save its
    changes, ``discardWanted(entry_id)`` to give them up, ``taken(part, entry_id)`` for a part of
    a setup from the catalogue.
    """

    chosen = Signal()
    applyWanted = Signal(str)
    discardWanted = Signal(str)
    taken = Signal(str, str)

    def __init__(self, page: Page, drafts: Drafts, source: Source, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        self._drafts = drafts
        self._refusal = ""
        self._is_moving = False
        self._last_id = ""
        self._woods: dict[str, str] = {}
        self.setObjectName(f"library.{page.page_id}")
        self.model = EntryModel(page, self._written, self)
        self.search = QLineEdit(self)
        self.search.setObjectName("librarySearch")
        self.search.setAccessibleName(tr(f"Search {page.title.casefold()}"))
        self.search.setPlaceholderText(tr("Search (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.table = self._build_table()
        self.form = EntryForm(page.groups, source, self)
        self._head = PlainLabel("", self)
        self._state = PlainLabel("", self)
        self._apply = QPushButton(tr("&Save changes"), self)
        self._discard = QPushButton(tr("&Discard"), self)
        self._arrange()
        self._connect()

    def add_below(self, part: QWidget) -> None:
        """Put *part* below the fields; in too little room it scrolls, as they do."""
        policy = QSizePolicy.Policy.Ignored
        self.form.setSizePolicy(policy, policy)  # the fields take what is left
        self.form.setMinimumHeight(_LEAST_FIELDS_PX)
        self._right.addWidget(SnugArea(part, self))

    def build(self, woods: Mapping[str, str]) -> None:
        """Make the fields; *woods* are the names of the materials by their ids."""
        self._woods = dict(woods)
        named = sorted(woods.items(), key=lambda pair: pair[1].casefold())
        options = tuple(Option(material_id, name) for material_id, name in named)
        self.form.build((Option(None, "Not said"), *options))

    def show_woods(self, woods: Mapping[str, str]) -> None:
        """Offer these materials, too."""
        self._woods = dict(woods)
        self.form.offer_woods(tuple(Option(key, name) for key, name in woods.items()))

    def show_entries(self, entries: Sequence[Entry], then: str = "") -> None:
        """Show these entries; *then* is the one to choose, else the same as before."""
        wanted = then or self.entry_id()
        in_use = next((entry.entry_id for entry in entries if entry.in_use), "")
        with self._choosing_once():
            self.model.show_entries(entries)
            self.model.show_waiting(self._drafts.waiting())
            row = self.model.row_of(wanted)
            self._set_row(row if row >= 0 else max(self.model.row_of(in_use), 0))

    def entry_id(self) -> str:
        """Return the id of the chosen entry; "" for none."""
        entry = self.model.at(self.table.currentIndex().row())
        return entry.entry_id if entry is not None else ""

    def go_to(self, entry_id: str) -> None:
        """Choose an entry, also where the search had left it out."""
        if self.model.row_of(entry_id) < 0:
            self.search.clear()
        self._go(self.model.row_of(entry_id))

    def forbid(self, refusal: str) -> None:
        """Let nothing be changed, because of *refusal*; "" lifts that."""
        self._refusal = refusal
        self.show_chosen()

    def reason(self) -> str:
        """Say why the chosen entry cannot be changed; "" when it can."""
        entry = self._drafts.entry(self.entry_id())
        return self._refusal or (entry.read_only if entry is not None else "Nothing is chosen.")

    def show_chosen(self, *, dressed_anew: bool = False) -> None:
        """Show the chosen entry as it is with its draft; *dressed_anew* in other colours."""
        if dressed_anew:
            self.form.forget_colours()
        entry_id = self.entry_id()
        entry, draft = self._drafts.entry(entry_id), self._drafts.of(entry_id)
        plain = self._drafts.plain(entry_id)
        self.form.show_entry(entry, plain, draft.refused, self.reason())
        self.form.setVisible(entry is not None)
        self._head.setText(tr(shown(entry.name) if entry is not None else "Nothing is chosen"))
        self._tell(len(draft.changes), len(draft.refused))

    def reset_focused(self) -> None:
        """Set the field that has the focus to the value that it came with."""
        path = self.form.focused()
        if path:
            self._reset(path)

    def _tell(self, changes: int, refused: int) -> None:
        sign = style.risk_sign("RED" if refused else "YELLOW").glyph
        words = [f"{changes} {'change is' if changes == 1 else 'changes are'} not yet saved"]
        words = words if changes else []
        fields = "1 field is" if refused == 1 else f"{refused} fields are"
        words += [f"{fields} refused and not saved"] if refused else []
        told = f"{sign} {'; '.join(words)}" if words else self.reason()
        self._state.setText(tr(sentence(told)))
        self._apply.setVisible(bool(changes))
        self._discard.setVisible(bool(changes or refused))

    def _written(self, spec: Spec, value: Any) -> str:
        if spec.kind == "material" and value is not None:
            return self._woods.get(value, str(value).replace("_", " "))
        if spec.kind == "length" and value is not None:
            return units.brief(value)
        return spec.write(value)

    def _build_table(self) -> QTableView:
        table = _Table(self)
        table.setObjectName("libraryTable")
        table.setAccessibleName(tr(self.page.title))
        table.setModel(self.model)
        EmptyWords(table, _EMPTY)
        table.setSortingEnabled(True)
        table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        further = len(self.page.columns)
        table.setColumnWidth(NAME, _TABLE_WIDTH - _ORIGIN_WIDTH - further * _COLUMN_WIDTH)
        table.setColumnWidth(ORIGIN, _ORIGIN_WIDTH)
        for column in range(FIRST, FIRST + further):
            table.setColumnWidth(column, _COLUMN_WIDTH)
        return table

    def _arrange(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID * 2)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(style.GRID * 2, 0, 0, 0)
        column.setSpacing(style.GRID)
        self._head.setFont(style.sized(1.15, bold=True))
        self._head.setWordWrap(True)
        self._state.setObjectName("libraryState")
        self._state.setWordWrap(True)
        self._apply.setObjectName("saveChanges")
        self._discard.setObjectName("discardChanges")
        line = QHBoxLayout()
        line.addWidget(self._state, 1)
        for button in (self._apply, self._discard):
            button.setAutoDefault(False)
            line.addWidget(button)
        column.addWidget(self._head)
        column.addLayout(line)
        column.addWidget(self.form, 1)
        self._right = column
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes(_SHARES)
        split.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(style.GRID * 2,) * 4)
        row.addWidget(split)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.table.selectionModel().currentRowChanged.connect(self._choose_unless_moving)
        self.model.modelReset.connect(self._choose_again)
        self.form.entered.connect(self._enter)
        self.form.chosen.connect(self._choose_value)
        self.form.resetWanted.connect(self._reset)
        self.form.taken.connect(self.taken)
        self._apply.clicked.connect(self._want_apply)
        self._discard.clicked.connect(self._want_discard)
        self._drafts.changed.connect(self._draft_changed)
        units.display().changed.connect(self.model.write_anew)

    @contextmanager
    def _choosing_once(self) -> Iterator[None]:
        """Show the chosen entry once, at the end of what moves the choice to and fro."""
        self._is_moving = True
        yield
        self._is_moving = False
        self._choose()

    def _set_row(self, row: int) -> None:
        self.table.setCurrentIndex(self.model.index(max(row, 0), 0))

    def _go(self, row: int) -> None:
        with self._choosing_once():
            self._set_row(row)

    def _search(self, text: str) -> None:
        with self._choosing_once():
            self.model.search(text)
            self._set_row(self.model.row_of(self._last_id))

    def _choose_again(self) -> None:
        """Choose the same entry after a sort."""
        if not self._is_moving:
            self._go(self.model.row_of(self._last_id))

    def _choose_unless_moving(self) -> None:
        if not self._is_moving:
            self._choose()

    def _choose(self) -> None:
        self._last_id = self.entry_id() or self._last_id
        self.show_chosen()
        self.chosen.emit()

    def _draft_changed(self, entry_id: str) -> None:
        self.model.show_waiting(self._drafts.waiting())
        if entry_id == self.entry_id():
            self._choose()

    def _enter(self, path: str, text: str) -> None:
        self._drafts.enter(self.entry_id(), self.form.spec(path), text)

    def _choose_value(self, path: str, value: object) -> None:
        self._drafts.set(self.entry_id(), self.form.spec(path), {path: value})

    def _reset(self, path: str) -> None:
        entry = self._drafts.entry(self.entry_id())
        if entry is not None and entry.reset is not None and not self.reason():
            values: Values = {path: value_at(entry.reset, path)}
            self._drafts.set(entry.entry_id, self.form.spec(path), values)

    def _want_apply(self) -> None:
        self.applyWanted.emit(self.entry_id())

    def _want_discard(self) -> None:
        self.discardWanted.emit(self.entry_id())


class _Table(QTableView):
    """A table for many rows: a letter must not search them one by one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setStretchLastSection(True)

    # Qt overrides

    def keyboardSearch(self, _: str) -> None:
        """Letters do nothing here; the search field finds."""
