"""The filter bar of the run log: a field for words or a whole query, and chips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.run_query_text import LONGEST_LINE, QueryRefused, WrittenQuery, parse
from luthier_desktop.domain.time_words import LocalClock
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, sentence, set_tool_tip
from luthier_desktop.ui.run_log.columns import EVENT_WORDS, STATUS_WORDS
from luthier_desktop.ui.run_log.filter_chip import Chip, ChoiceChip
from luthier_desktop.ui.run_log.filter_dates import DateChip
from luthier_desktop.ui.style import GRID, risk_sign
from luthier_desktop.ui.widgets.flow_layout import FlowArea
from luthier_desktop.ui.widgets.menus import Menu
from luthier_desktop.ui.widgets.pauses import pause

_TYPING_PAUSE_MS = 200
_VERDICTS = ("GREEN", "YELLOW", "RED", "UNKNOWN")
_SOURCE_WORDS = {
    "window": "Window",
    "cli": "Command line",
    "import": "Import",
    "legacy": "Legacy",
}
_ALWAYS = ("Verdict", "Event", "Status", "When")
_HINT = "Words, or verdict:red since:week tool:…"
_TIP = (
    "Words that must occur: design, run id, reason. Or filters: verdict:red,yellow since:week "
    'tool:"1.0 mm" operator: material: tag: design: event: status: source: until:. Enter makes '
    "chips of them."
)


def machine_clock() -> LocalClock:
    """Return this machine's time, in its own zone."""
    return LocalClock(datetime.now(UTC))


class RunFilter(QWidget):
    """The filter bar; ``queryChanged`` carries the new query, ``left`` means: to the table.

    ``valuesWanted`` carries a chip whose values are to be offered before it opens, and
    ``savedWanted`` asks for the saved filters.
    """

    queryChanged = Signal(object)
    left = Signal()
    newestWanted = Signal()
    valuesWanted = Signal(object)
    savedWanted = Signal()

    def __init__(
        self, parent: QWidget | None = None, clock: Callable[[], LocalClock] = machine_clock
    ) -> None:
        super().__init__(parent)
        self.setObjectName("runLogFilter")
        self.setAccessibleName(tr("Filter of the run log"))
        self.clock = clock
        self._last_text = ""
        self._typed = WrittenQuery(RunQuery())
        self._text = self._field()
        self._chip_area = FlowArea(self, GRID)
        self._dates = DateChip(self._chip_area)
        self._choices = self._choice_chips()
        self._add = self._button("addFilter", "+ Filter", "Filter by something else")
        self.saved_button = self._button("savedFilters", "Saved ▾", "Saved filters")
        self._hidden = self._button("filterHidden", "", "")
        self._hidden.setCheckable(True)
        self._name_hidden(False)
        set_tool_tip(self._hidden, "List the hidden and purged runs in place of the others.")
        self._count = PlainLabel("", self)
        self._count.setObjectName("runCount")
        self._new = QPushButton(self)
        self._new.setObjectName("newRuns")
        self._new.hide()
        self._fault = PlainLabel("", self)
        self._fault.setObjectName("filterFault")
        self._fault.hide()
        self._pause = pause(self, _TYPING_PAUSE_MS)
        self._lay_out()
        self._connect()

    def written(self) -> WrittenQuery:
        """Return what the bar asks for, its times as they were written."""
        typed = self._typed
        members = {
            chip.facet: tuple(dict.fromkeys((*chip.values(), *getattr(typed.asked, chip.facet))))
            for chip in self._choices
        }
        since, until = self._dates.span()
        asked = typed.asked.model_copy(
            update={**members, "hidden": self._hidden.isChecked() or typed.asked.hidden}
        )
        return WrittenQuery(asked, typed.since or since, typed.until or until)

    def query(self) -> RunQuery:
        """Return what the bar asks for, as of now."""
        return self.written().settled(self.clock())

    def line(self) -> str:
        """Return what the bar asks for as one line of text."""
        return self.written().text()

    def last_text(self) -> str:
        """Return the words that were last filtered by, also after the filter was cleared."""
        return self._last_text

    def is_active(self) -> bool:
        """Say whether the bar leaves anything out."""
        return bool(self._text.text().strip()) or self.written() != WrittenQuery(RunQuery())

    def toggle_hidden(self) -> None:
        """List the hidden and purged runs in place of the others, or the others again."""
        self._hidden.toggle()

    def start_typing(self) -> None:
        """Put the cursor into the field of words."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def edit_as_text(self) -> None:
        """Put the whole filter into the field as one line, to be changed there."""
        line = self.line()
        self._quietly(WrittenQuery(RunQuery()))
        self._text.setText(f"{line} " if line else "")
        self._apply()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)  # which selects nothing

    def add_filter(self) -> None:
        """Show what can be filtered by."""
        menu = Menu(self)
        menu.setObjectName("addFilterMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for chip in (*self._choices, self._dates):
            menu.addAction(tr(f"&{menu_text(chip.name)}…"), partial(self._open, chip))
        button = self._add
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        menu.setActiveAction(menu.actions()[0])

    def open_chip(self, chip: Chip) -> None:
        """Open the menu of a chip, at the button of further ones while it is not shown."""
        chip.open_menu(self._add)

    def is_typing(self) -> bool:
        """Say whether a part of the bar has the focus."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def clear(self) -> None:
        """Show every run again."""
        self.apply(WrittenQuery(RunQuery()))

    def show_only(self, *, event: tuple[str, ...] = ()) -> None:
        """Filter by nothing but *event*."""
        self.apply(WrittenQuery(RunQuery(event=event)))

    def apply(self, written: WrittenQuery) -> None:
        """Filter by exactly this: chips for its filters, and its words in the field."""
        self._quietly(written)
        order = {"sort": written.asked.sort, "reverse": written.asked.reverse}
        query = self.query()
        self._tell(query.model_copy(update=order))

    def show_count(self, count: int) -> None:
        """Tell how many runs fit."""
        self._count.setText(tr(f"{count:,} run" if count == 1 else f"{count:,} runs"))

    def show_new(self, count: int) -> None:
        """Tell how many runs arrived above while the reader was elsewhere; 0 hides it."""
        self._new.setText(tr(f"{count} new"))
        self._new.setAccessibleName(tr(f"{count} new runs; go to the newest"))
        self._new.setVisible(count > 0)

    # Building

    def _field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("runLogFilterText")
        field.setAccessibleName(tr("Words or a query to filter the run log by"))
        field.setPlaceholderText(tr(_HINT))
        set_tool_tip(field, _TIP)
        field.setClearButtonEnabled(True)
        field.setMaxLength(LONGEST_LINE)
        field.setMinimumWidth(GRID * 56)
        return field

    def _choice_chips(self) -> tuple[ChoiceChip, ...]:
        area = self._chip_area
        verdicts = [(value, risk_sign(value)) for value in _VERDICTS]
        glyphs = [(value, f"{sign.glyph} {sign.word}") for value, sign in verdicts]
        return (
            ChoiceChip("Verdict", "risk", area, glyphs),
            ChoiceChip("Event", "event", area, EVENT_WORDS.items()),
            ChoiceChip("Status", "status", area, STATUS_WORDS.items()),
            ChoiceChip("Tool", "tool", area),
            ChoiceChip("Material", "material", area),
            ChoiceChip("Operator", "operator", area),
            ChoiceChip("Source", "source", area, _SOURCE_WORDS.items()),
            ChoiceChip("Tag", "tag", area),
            ChoiceChip("Design", "design", area),
            ChoiceChip("Mode", "mode", area),
        )

    def _button(self, name: str, text: str, spoken: str) -> QToolButton:
        button = QToolButton(self._chip_area)
        button.setObjectName(name)
        button.setText(tr(text))
        button.setAccessibleName(tr(spoken))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _lay_out(self) -> None:
        flow = self._chip_area.flow
        always = [chip for chip in self._choices if chip.name in _ALWAYS]
        rest = [chip for chip in self._choices if chip.name not in _ALWAYS]
        for widget in (*always, self._dates, *rest, self._add, self.saved_button, self._hidden):
            flow.addWidget(widget)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._text, 1, top)
        row.addWidget(self._chip_area)
        row.addWidget(self._new, 0, top)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._fault)
        self._show_chips()

    def _connect(self) -> None:
        self._text.textChanged.connect(self._pause.start)
        self._text.returnPressed.connect(self._leave)
        self._pause.timeout.connect(self._apply)
        for chip in (*self._choices, self._dates):
            chip.changed.connect(self._chosen)
            chip.menuWanted.connect(partial(self._open, chip))
        self._hidden.toggled.connect(self._name_hidden)
        self._hidden.toggled.connect(self._chosen)
        self._add.clicked.connect(self.add_filter)
        self.saved_button.clicked.connect(self.savedWanted)
        self._new.clicked.connect(self.newestWanted)

    # What is asked for

    def _open(self, chip: Chip) -> None:
        if isinstance(chip, ChoiceChip) and not chip.is_fixed:
            self.valuesWanted.emit(chip)
        else:
            self.open_chip(chip)

    def _name_hidden(self, is_on: bool) -> None:
        self._hidden.setText(tr("Hidden: only" if is_on else "Hidden"))
        self._hidden.setAccessibleName(tr("Hidden: only" if is_on else "Hidden: left out"))

    def _show_chips(self) -> None:
        for chip in (*self._choices, self._dates):
            chip.setVisible(chip.name in _ALWAYS or chip.is_active())

    def _quietly(self, written: WrittenQuery) -> None:
        """Set chips and field without telling."""
        self.blockSignals(True)
        for chip in self._choices:
            chip.choose(getattr(written.asked, chip.facet))
        self._dates.choose(written.since, written.until)
        self._hidden.setChecked(written.asked.hidden)
        self._typed = WrittenQuery(RunQuery(text=written.asked.text))
        self._text.setText(self._typed.text())
        self.blockSignals(False)
        self._pause.stop()
        self._show_fault(None)
        self._show_chips()

    def _leave(self) -> None:
        if self._read_field(is_complete=True):
            written = self.written()
            if WrittenQuery(RunQuery(text=written.asked.text)) != self._typed:
                self.apply(written)
            else:
                self._tell(self.query())
            self.left.emit()

    def _apply(self) -> None:
        if self._read_field(is_complete=False):
            self._tell(self.query())

    def _chosen(self) -> None:
        self._show_chips()
        self._tell(self.query())

    def _read_field(self, *, is_complete: bool) -> bool:
        """Read the field; of an unfinished line the end may still be to come."""
        self._pause.stop()
        try:
            self._typed = parse(self._text.text())
        except QueryRefused as refused:
            is_at_end = refused.end >= len(self._text.text())
            self._show_fault(refused if is_complete or not is_at_end else None)
            return False
        self._show_fault(None)
        return True

    def _show_fault(self, refused: QueryRefused | None) -> None:
        told = "" if refused is None else sentence(refused.sentence)
        self._fault.setText(tr(f"{risk_sign('RED').glyph}  {told}" if told else ""))
        self._fault.setVisible(bool(told))
        self._text.setAccessibleDescription(tr(told))

    def _tell(self, query: RunQuery) -> None:
        if self.signalsBlocked():
            return
        if query.text:
            self._last_text = query.text
        self.queryChanged.emit(query)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._text.hasFocus():
            self._leave()
            return
        super().keyPressEvent(event)
