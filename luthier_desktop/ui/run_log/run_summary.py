"""The summary of a run: lines in groups, wrapped and never cut, with links to other runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, menu_text, set_tool_tip
from luthier_desktop.ui.run_log.run_facts import Fact
from luthier_desktop.ui.style import GRID, sized

_NAME_WIDTH = GRID * 22
_WIDE = 40


class RunSummary(QScrollArea):
    """Shows facts; ``runWanted`` carries the id of a run whose link was used."""

    runWanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runSummary")
        self.setAccessibleName(tr("Summary of the run"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._facts: tuple[Fact, ...] = ()
        self._links: list[QPushButton] = []
        self._page = QWidget(self)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(GRID, GRID, GRID * 2, GRID)
        self._grid.setHorizontalSpacing(GRID * 2)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(self._page)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show *facts*, a heading above each group."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        self._clear()
        group = ""
        for fact in self._facts:
            if fact.group != group:
                group = fact.group
                self._add_heading(group)
            self._add(fact)
        self.setAccessibleDescription(self.text())
        self.verticalScrollBar().setValue(0)

    def text(self) -> str:
        """Return all of it as text, as a screen reader says it."""
        return ". ".join(f"{fact.name}: {fact.text}" for fact in self._facts)

    def _add_heading(self, group: str) -> None:
        head = PlainLabel(group, self._page)
        head.setFont(sized(1.0, bold=True))
        head.setContentsMargins(0, GRID, 0, 0)
        self._grid.addWidget(head, self._grid.rowCount(), 0, 1, 2)

    def _add(self, fact: Fact) -> None:
        row = self._grid.rowCount()
        name = PlainLabel(fact.name, self._page)
        name.setWordWrap(True)
        name.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        value = self._link(fact) if fact.run_id else self._value(fact.text)
        place = Qt.AlignmentFlag.AlignLeft if fact.run_id else Qt.AlignmentFlag(0)
        self._grid.addWidget(value, row, 1, place)

    def _value(self, text: str) -> QWidget:
        if " " not in text and len(text) > _WIDE:
            return self._field(text)
        broken = _breakable(text)
        label = PlainLabel(broken, self._page)
        label.setWordWrap(True)
        if broken == text:  # what is copied has no mark that cannot be seen
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return label

    def _field(self, text: str) -> QLineEdit:
        """Show a hash or a path whole, to be scrolled and copied."""
        field = QLineEdit(text, self._page)
        field.setReadOnly(True)
        field.setFrame(False)
        field.setCursorPosition(0)
        field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        set_tool_tip(field, text)
        return field

    def _link(self, fact: Fact) -> QPushButton:
        button = QPushButton(menu_text(tr(fact.text)), self._page)
        button.setObjectName(f"runLink{len(self._links)}")
        button.setAccessibleName(tr(f"Go to the run {fact.text}"))
        button.clicked.connect(partial(self.runWanted.emit, fact.run_id))
        self._links.append(button)
        return button

    def _clear(self) -> None:
        self._links.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_grid"):
            least = QFontMetrics(self.font()).averageCharWidth() * 14
            self._grid.setColumnMinimumWidth(0, least)


def _breakable(text: str) -> str:
    """Let a hash or a path in a sentence be broken where it is too long for the line."""
    words = text.split(" ")
    return " ".join(_cut(word) for word in words)


def _cut(word: str) -> str:
    if len(word) <= _WIDE:
        return word
    return "\u200b".join(word[at : at + 8] for at in range(0, len(word), 8))
