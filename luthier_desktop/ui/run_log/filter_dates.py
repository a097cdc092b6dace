"""The chip of the time in the filter bar, and the dialog in which days are typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.time_words import require_time
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.run_log.filter_chip import Chip
from luthier_desktop.ui.style import GRID, risk_sign
from luthier_desktop.ui.widgets.menus import Menu

_HINT = "2026-11-16, 2026-11-16T10:30, today, yesterday, week, month, year, or 3d for 3 days ago"
_WIDTH = 440


class DateChip(Chip):
    """Filters by time: since and until as they are written, so that ``week`` goes with time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("When", parent, Menu(parent))
        self._since = self._until = ""
        self._dialog: DateDialog | None = None
        self.is_fixed = True
        for action, since, until in (
            (self.menu.addAction(tr("&Today")), "today", ""),
            (self.menu.addAction(tr("&Yesterday")), "yesterday", "yesterday"),
            (self.menu.addAction(tr("This &week")), "week", ""),
            (self.menu.addAction(tr("This &month")), "month", ""),
            (self.menu.addAction(tr("Thi&s year")), "year", ""),
            (self.menu.addAction(tr("Last &7 days")), "7d", ""),
        ):
            action.setCheckable(True)
            action.setData((since, until))
        self.menu.addSeparator()
        self.menu.addAction(tr("&Days that I type…")).setData("")
        self.menu.triggered.connect(self._take)
        self.clearWanted.connect(self.clear)
        self._tell()

    def span(self) -> tuple[str, str]:
        """Return since and until, as they are written; "" is without end."""
        return self._since, self._until

    def choose(self, since: str, until: str) -> None:
        """Filter by exactly this span."""
        if (since, until) != self.span():
            self._since, self._until = since, until
            self._tell()
            self.changed.emit()

    def clear(self) -> None:
        """Filter by no time."""
        self.choose("", "")

    def _take(self, action: QAction) -> None:
        data = action.data()
        if data:
            chosen = (str(data[0]), str(data[1]))
            self.choose(*(("", "") if chosen == self.span() else chosen))
            self._tell()
        elif self._dialog is None:
            self._dialog = dialog = DateDialog(self.span(), self.window())
            dialog.chosen.connect(self.choose)
            dialog.finished.connect(self._forget)
            dialog.open()

    def _forget(self) -> None:
        self._dialog = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        words = _span_text(*self.span())
        for action in self.menu.actions():
            if action.isCheckable():
                is_this = tuple(action.data()) == self.span()
                action.setChecked(is_this)
                words = action.text().replace("&", "") if is_this else words
        self.tell([words] if any(self.span()) else [])


class DateDialog(QDialog):
    """Asks for two times, each of which may be left empty; ``chosen`` carries both."""

    chosen = Signal(str, str)

    def __init__(self, span: tuple[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dateDialog")
        self.setWindowTitle(tr("Filter by time"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._fields = [self._field(name, text) for name, text in zip(_ENDS, span, strict=True)]
        self._said = PlainLabel("", self)
        self._said.setObjectName("dateFault")
        self._said.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._judge()

    def _field(self, name: str, text: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setObjectName(f"date{name}")
        field.setAccessibleName(
            tr(f"{name} the first day" if name == "From" else "To the last day")
        )
        field.setPlaceholderText("2026-11-16")
        field.textChanged.connect(self._judge)
        return field

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID * 2)
        for name, field in zip(_ENDS, self._fields, strict=True):
            label = PlainLabel(f"&{name}", self)
            label.setBuddy(field)
            form.addRow(label, field)
        hint = PlainLabel(f"In local time, both days included: {_HINT}.", self)
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self._said)
        column.addWidget(self._buttons)

    def _typed(self) -> list[str]:
        return [field.text().strip() for field in self._fields]

    def _judge(self) -> None:
        fault = ""
        for name, text in zip(_ENDS, self._typed(), strict=True):
            try:
                if text:
                    require_time(text)
            except InputRefused as refused:
                fault = f"{risk_sign('RED').glyph}  {name}: {refused.sentence}"
                break
        self._said.setText(tr(fault))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not fault)

    # Qt overrides

    def accept(self) -> None:
        if not self._said.text():
            self.chosen.emit(*self._typed())
            super().accept()


_ENDS = ("From", "To")


def _span_text(since: str, until: str) -> str:
    if since and until:
        return since if since == until else f"{since} to {until}"
    return f"since {since}" if since else f"until {until}"
