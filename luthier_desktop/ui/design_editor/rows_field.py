"""An ordered list of rows of fields, such as the lines of a stack: add, take away, reorder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.field_table import FieldSpec
from luthier_desktop.ui.design_editor.materials_field import MaterialSource
from luthier_desktop.ui.design_editor.table_fields import Read, TableFields
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip

Row = Mapping[str, Any]
Rows = tuple[Row, ...]
EnterRows = Callable[[Callable[[], Rows]], str]
BESIDE = 2


class RowsOf(NamedTuple):
    """What a list holds: its rows' fields, what one is called, whether its fields are named.

    ``begin`` is on the button while there is none; ``words`` says what an empty list stands for;
    ``ways`` are the words for moving a row up and down.
    """

    one: str
    specs: tuple[FieldSpec, ...]
    begin: str
    words: str
    ways: tuple[str, str] = ("up", "down")
    labelled: bool = False


class RowsField(QWidget):
    """Shows rows in their order. ``enter(rows)`` does the edit and returns its refusal, or "".

    ``rows()`` builds the new rows and may refuse what was typed. ``more(rows)`` returns the rows
    after the button at the end was pressed.
    """

    def __init__(
        self,
        of: RowsOf,
        source: MaterialSource,
        enter: EnterRows,
        more: Callable[[Rows], Rows],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._of = of
        self._source = source
        self._enter = enter
        self._more = more
        self._shown: Rows = ()
        self._said = ""
        self._lines: list[_RowLine] = []
        self._page = QVBoxLayout(self)
        self._page.setContentsMargins(0, 0, 0, 0)
        self._page.setSpacing(style.GRID)
        self._summary = PlainLabel(of.words, self)
        self._summary.setWordWrap(True)
        self._add = QPushButton(tr(of.begin), self)
        self._add.clicked.connect(self._append)
        foot = QHBoxLayout()
        foot.addWidget(self._add)
        foot.addWidget(self._summary, 1)
        self._page.addLayout(foot)
        self.setFocusProxy(self._add)
        self.setAccessibleName(tr(f"{of.one}s"))

    def show_rows(self, rows: Rows, summary: str = "", *, anew: bool = False) -> None:
        """Show these rows; the widgets of rows that stay are kept."""
        if rows == self._shown and not anew and self._said == summary:
            return
        self._shown, self._said = rows, summary
        while len(self._lines) > len(rows):
            line = self._lines.pop()
            self._page.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self._lines) < len(rows):
            self._append_line()
        for at, (line, row) in enumerate(zip(self._lines, rows, strict=True)):
            line.show_row(row, is_first=at == 0, is_last=at == len(rows) - 1, anew=anew)
        self._add.setText(tr(f"Add {self._of.one.lower()}" if rows else self._of.begin))
        self._summary.setText(tr(summary or ("" if rows else self._of.words)))
        self.setFocusProxy(self._lines[0].first if self._lines else self._add)

    def _append_line(self) -> None:
        at = len(self._lines)
        line = _RowLine(self._of, at, self._source, partial(self._change, at), self)
        line.up.clicked.connect(partial(self._move, at, -1))
        line.down.clicked.connect(partial(self._move, at, 1))
        line.remove.clicked.connect(partial(self._remove, at))
        self._page.insertWidget(at, line)
        before = self._lines[-1].remove if self._lines else None
        if before is not None:
            self.setTabOrder(before, line.first)
        self.setTabOrder(line.remove, self._add)
        self._lines.append(line)

    def _change(self, at: int, spec: FieldSpec, read: Read) -> str:
        def rows() -> Rows:
            value = read(f"{spec.name} of {self._of.one.lower()} {at + 1}")
            changed = {**self._shown[at], spec.path: value}
            own = {name: kept for name, kept in changed.items() if kept is not None}
            return (*self._shown[:at], own, *self._shown[at + 1 :])

        return self._enter(rows)

    def _move(self, at: int, by: int, _: bool = False) -> None:
        to = at + by
        rows = list(self._shown)
        rows[at], rows[to] = rows[to], rows[at]
        if not self._enter(lambda: tuple(rows)):
            line = self._lines[to]
            wanted = line.up if by < 0 else line.down
            other = line.down if by < 0 else line.up
            (wanted if wanted.isEnabled() else other).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _remove(self, at: int, _: bool = False) -> None:
        rows = self._shown[:at] + self._shown[at + 1 :]
        if not self._enter(lambda: rows):
            left = self._lines[min(at, len(self._lines) - 1)].remove if self._lines else self._add
            left.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> None:
        if not self._enter(lambda: self._more(self._shown)) and self._lines:
            self._lines[-1].first.setFocus(Qt.FocusReason.OtherFocusReason)


class _RowLine(QWidget):
    """One row: its fields, and buttons that move it or take it away."""

    def __init__(
        self,
        of: RowsOf,
        at: int,
        source: MaterialSource,
        enter: Callable[[FieldSpec, Read], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        name = f"{of.one.lower()} {at + 1}"
        self.table = TableFields(of.specs, enter, source)
        for spec in of.specs:
            self.table.widgets[spec.path].setAccessibleName(tr(f"{spec.name} of {name}"))
        self.first = self.table.widgets[of.specs[0].path]
        self.up = self._button(f"Move {name} {of.ways[0]}")
        self.up.setArrowType(Qt.ArrowType.UpArrow)
        self.down = self._button(f"Move {name} {of.ways[1]}")
        self.down.setArrowType(Qt.ArrowType.DownArrow)
        self.remove = self._button(f"Take {name} away")
        clear = QStyle.StandardPixmap.SP_LineEditClearButton
        self.remove.setIcon(self.style().standardIcon(clear))
        if of.labelled:
            self._lay_out_named(of, at)
        else:
            self._lay_out_plain(of)

    def show_row(self, row: Row, *, is_first: bool, is_last: bool, anew: bool) -> None:
        """Show the row's values; the first row cannot go up, the last one not down."""
        self.table.show(row.get, anew=anew)
        self.up.setEnabled(not is_first)
        self.down.setEnabled(not is_last)

    def _lay_out_plain(self, of: RowsOf) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.GRID // 2)
        for position, spec in enumerate(of.specs):
            line.addWidget(self.table.widgets[spec.path], 2 - min(1, position))
        for button in (self.up, self.down, self.remove):
            line.addWidget(button)

    def _lay_out_named(self, of: RowsOf, at: int) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, style.GRID)
        grid.setHorizontalSpacing(style.GRID)
        grid.setVerticalSpacing(style.GRID // 2)
        head = QHBoxLayout()
        title = PlainLabel(f"{of.one} {at + 1}", self)
        head.addWidget(title, 1)
        grid.addLayout(head, 0, 0, 1, 2 * BESIDE)
        for position, spec in enumerate(of.specs):
            line, column = divmod(position, BESIDE)
            label = PlainLabel(spec.name, self)
            label.setBuddy(self.table.widgets[spec.path])
            grid.addWidget(label, line + 1, 2 * column)
            grid.addWidget(self.table.widgets[spec.path], line + 1, 2 * column + 1)
        for column in range(BESIDE):
            grid.setColumnStretch(2 * column + 1, 1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(tr(name))
        set_tool_tip(button, f"{name}.")
        return button
