"""The filter bar of the run log: free text, and chips for verdict, status and event."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.ui.messages import PlainLabel, menu_text, set_tool_tip
from luthier_desktop.ui.run_log.columns import EVENT_WORDS, STATUS_WORDS
from luthier_desktop.ui.style import GRID, risk_sign
from luthier_desktop.ui.widgets.pauses import pause

_TYPING_PAUSE_MS = 200
_LONGEST_TEXT = 200
_VERDICTS = ("GREEN", "YELLOW", "RED", "UNKNOWN")


class Chip(QToolButton):
    """One filter with its alternatives in a menu; the button's text tells what is chosen."""

    changed = Signal()

    def __init__(self, name: str, choices: Iterable[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"filter{name}")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._name = name
        menu = QMenu(self)
        self._actions: list[QAction] = []
        for value, words in choices:
            action = menu.addAction(menu_text(words))
            action.setCheckable(True)
            action.setData(value)
            action.toggled.connect(self._tell)
            self._actions.append(action)
        self.setMenu(menu)
        self._show()

    def values(self) -> tuple[str, ...]:
        """Return the chosen values; none means any."""
        return tuple(str(action.data()) for action in self._actions if action.isChecked())

    def choose(self, values: Iterable[str]) -> None:
        """Choose exactly these values."""
        wanted = set(values)
        self.blockSignals(True)
        for action in self._actions:
            action.setChecked(action.data() in wanted)
        self.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        chosen = [action.text() for action in self._actions if action.isChecked()]
        more = f" +{len(chosen) - 1}" if len(chosen) > 1 else ""
        self.setText(f"{self._name}: {chosen[0]}{more} " if chosen else f"{self._name}: any ")
        self.setAccessibleName(f"{self._name}: {', '.join(chosen) or 'any'}")


class RunFilter(QWidget):
    """The filter bar; ``queryChanged`` carries the new query, ``left`` means: to the table."""

    queryChanged = Signal(object)
    left = Signal()
    newestWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runLogFilter")
        self.setAccessibleName("Filter of the run log")
        self._last_text = ""
        self._text = QLineEdit(self)
        self._text.setObjectName("runLogFilterText")
        self._text.setAccessibleName("Words to filter the run log by")
        self._text.setPlaceholderText("Filter by words: design, run id, reason")
        self._text.setClearButtonEnabled(True)
        self._text.setMaxLength(_LONGEST_TEXT)
        self._verdict = Chip("Verdict", _verdict_choices(), self)
        self._status = Chip("Status", STATUS_WORDS.items(), self)
        self._event = Chip("Event", EVENT_WORDS.items(), self)
        self._hidden = QToolButton(self)
        self._hidden.setObjectName("filterHidden")
        self._hidden.setCheckable(True)
        self._name_hidden(False)
        set_tool_tip(self._hidden, "List the hidden and purged runs in place of the others.")
        self._count = PlainLabel("", self)
        self._count.setObjectName("runCount")
        self._new = QPushButton(self)
        self._new.setObjectName("newRuns")
        self._new.hide()
        self._pause = pause(self, _TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()

    def query(self) -> RunQuery:
        """Return what the bar asks for."""
        return RunQuery(
            text=self._text.text().strip() or None,
            risk=self._verdict.values(),
            status=self._status.values(),
            event=self._event.values(),
            hidden=self._hidden.isChecked(),
        )

    def last_text(self) -> str:
        """Return the words that were last filtered by, also after the filter was cleared."""
        return self._last_text

    def is_active(self) -> bool:
        """Say whether the bar leaves anything out."""
        return self.query() != RunQuery()

    def toggle_hidden(self) -> None:
        """List the hidden and purged runs in place of the others, or the others again."""
        self._hidden.toggle()

    def start_typing(self) -> None:
        """Put the cursor into the field of words."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def is_typing(self) -> bool:
        """Say whether the field of words has the focus."""
        return self._text.hasFocus()

    def clear(self) -> None:
        """Show every run again."""
        self.show_only()

    def show_only(self, *, event: tuple[str, ...] = ()) -> None:
        """Filter by nothing but *event*."""
        self.blockSignals(True)
        self._text.clear()
        for chip in (self._verdict, self._status):
            chip.choose(())
        self._event.choose(event)
        self._hidden.setChecked(False)
        self.blockSignals(False)
        self._apply()

    def show_count(self, count: int) -> None:
        """Tell how many runs fit."""
        self._count.setText(f"{count:,} run" if count == 1 else f"{count:,} runs")

    def show_new(self, count: int) -> None:
        """Tell how many runs arrived above while the reader was elsewhere; 0 hides it."""
        self._new.setText(f"{count} new")
        self._new.setAccessibleName(f"{count} new runs; go to the newest")
        self._new.setVisible(count > 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        row.addWidget(self._text, 1)
        chips = (self._verdict, self._status, self._event, self._hidden)
        for widget in (*chips, self._new, self._count):
            row.addWidget(widget)
        self._text.setMinimumWidth(GRID * 40)

    def _connect(self) -> None:
        self._text.textChanged.connect(self._pause.start)
        self._text.returnPressed.connect(self._leave)
        self._pause.timeout.connect(self._apply)
        for chip in (self._verdict, self._status, self._event):
            chip.changed.connect(self._apply)
        self._hidden.toggled.connect(self._name_hidden)
        self._hidden.toggled.connect(self._apply)
        self._new.clicked.connect(self.newestWanted)

    def _name_hidden(self, is_on: bool) -> None:
        words = "Hidden: only" if is_on else "Hidden: left out"
        self._hidden.setText(f"{words} ")
        self._hidden.setAccessibleName(words)

    def _leave(self) -> None:
        self._apply()
        self.left.emit()

    def _apply(self) -> None:
        self._pause.stop()
        if self.signalsBlocked():
            return
        query = self.query()
        if query.text:
            self._last_text = query.text
        self.queryChanged.emit(query)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.is_typing():
            self._leave()
            return
        super().keyPressEvent(event)


def _verdict_choices() -> list[tuple[str, str]]:
    signs = [(value, risk_sign(value)) for value in _VERDICTS]
    return [(value, f"{sign.glyph} {sign.word}") for value, sign in signs]
