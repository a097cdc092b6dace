"""What this program is, where it keeps things, and whose work it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.services.licences import Licences
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.main_window import PROGRAM
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID, fixed_font, sized

_SIZE = (780, 560)
_WHAT = (
    "Draws the rosette of a guitar true to scale, says whether it can be made and why, and keeps "
    "a log of every check that can be verified afterwards."
)
_OURS = "Free software under the MIT licence. It comes without any warranty."
_NOT_TRIED = "Run on Linux only so far; on Windows and macOS it was not run yet."
_QT = (
    "The window uses Qt and PySide6 under the GNU Lesser General Public License, version 3. You "
    "may replace these libraries by your own builds; their sources are at download.qt.io."
)


class AboutDialog(QDialog):
    """``copyWanted`` asks for the diagnostics on the clipboard."""

    copyWanted = Signal()

    def __init__(self, version: str, licences: Licences, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(tr("About this program"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        name = PlainLabel(f"{PROGRAM} {version}", self)
        name.setObjectName("aboutVersion")
        name.setFont(sized(bold=True))
        self._state = _text("aboutState", "Versions, folders and the log", "…", self)
        pages = QTabWidget(self)
        pages.setObjectName("aboutPages")
        pages.addTab(self._state, tr("This installation"))
        pages.addTab(_text("aboutParts", "Parts", licences.parts, self), tr("Parts"))
        pages.addTab(_text("aboutLgpl", "LGPL", licences.lgpl, self), tr("LGPL 3"))
        pages.addTab(_text("aboutGpl", "GPL", licences.gpl, self), tr("GPL 3"))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(name)
        for told in (_WHAT, _OURS, _NOT_TRIED, _QT):
            label = PlainLabel(told, self)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(pages, 1)
        column.addWidget(self._buttons())

    def show_state(self, lines: Sequence[str]) -> None:
        """Show versions, folders and the state of the log."""
        self._state.setPlainText("\n".join(lines))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("&Copy diagnostics"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("aboutCopy")
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copyWanted)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons


def told_lines(found: Mapping[str, Any]) -> list[str]:
    """Return the diagnostics as lines, with the versions that only the window knows."""
    shown = {**found, "parts": {"Qt": qVersion(), **found["parts"]}}
    return [line for name, value in shown.items() for line in _lines(name, value)]


def _lines(name: str, value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{name}: {', '.join(f'{part} {one}' for part, one in value.items())}"]
    if isinstance(value, list):
        return [f"{name}:", *(f"  {one}" for one in value)] if value else [f"{name}: none"]
    return [f"{name}: {value}"]


def _text(name: str, title: str, text: str, parent: QWidget) -> QPlainTextEdit:
    found = QPlainTextEdit(text, parent)
    found.setObjectName(name)
    found.setAccessibleName(tr(title))
    found.setReadOnly(True)
    found.setTabChangesFocus(True)
    found.setFont(fixed_font())
    return found
