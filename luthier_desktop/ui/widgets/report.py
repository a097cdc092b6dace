"""The dialog for a text that somebody may want to copy: a bug of ours, what verify found."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, title_text
from luthier_desktop.ui.style import GRID, fixed_font

_SIZE = (720, 420)


class Report(QDialog):
    """Shows *text* under a sentence, with Copy; nothing waits for it to be closed."""

    def __init__(self, title: str, sentence: str, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("report")
        self.setWindowTitle(title_text(tr(title)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        said = PlainLabel(sentence, self)
        said.setWordWrap(True)
        self._text = QPlainTextEdit(text, self)
        self._text.setReadOnly(True)
        self._text.setFont(fixed_font())
        self._text.setAccessibleName(tr(title))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        copy = buttons.addButton(tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("copyReport")
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        column.addWidget(said)
        column.addWidget(self._text, 1)
        column.addWidget(buttons)

    def add(self, text: str) -> None:
        """Add a further text below."""
        self._text.appendPlainText(text)

    def text(self) -> str:
        """Return the whole text."""
        return self._text.toPlainText()

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())
