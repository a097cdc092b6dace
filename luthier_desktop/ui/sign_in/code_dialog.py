"""Shows a recovery code, this once; it closes when somebody says that it is written down."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID

_WIDTH = GRID * 120
_SAID = (
    "With this code you get a new PIN when yours is lost. It is shown this once and kept nowhere: "
    "write it on paper and put that where only you look."
)
_NOT_YET = "Tick the box first: nobody can show this code again."
_COPIED = "Copied. The clipboard is emptied when this closes."


class CodeDialog(QDialog):
    """Stays until the box is ticked; what was copied of it does not stay on the clipboard."""

    def __init__(self, code: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("codeDialog")
        self.setWindowTitle(tr("Recovery code"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._code = QLineEdit(code, self)
        self._code.setObjectName("recoveryCode")
        self._code.setAccessibleName(tr("Recovery code"))
        self._code.setReadOnly(True)
        font = style.fixed_font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        self._code.setFont(font)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._written = QCheckBox(tr("I have &written it down"), self)
        self._written.setObjectName("codeWritten")
        self._told = _label("codeSaid", self)
        self._told.setMinimumHeight(self.fontMetrics().lineSpacing())
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._copy = self._buttons.addButton(tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setObjectName("copyCode")
        self._copy.setAutoDefault(False)
        self._arrange()
        self._copy.clicked.connect(self.copy)
        self._buttons.rejected.connect(self.reject)
        self._written.toggled.connect(self._told.clear)
        self._written.setFocus()

    def copy(self) -> None:
        """Put the code on the clipboard, until this closes."""
        QGuiApplication.clipboard().setText(self._code.text())
        self._told.setText(tr(_COPIED))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 3)
        said = _label("codeHead", self)
        said.setText(tr(_SAID))
        for part in (said, self._code, self._written, self._told, self._buttons):
            column.addWidget(part)

    # Qt overrides

    def reject(self) -> None:
        """Close when the code is written down; else say why not."""
        if not self._written.isChecked():
            self._told.setText(tr(f"{style.risk_sign('YELLOW').glyph}  {_NOT_YET}"))
            self._written.setFocus()
            return
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._code.text():
            clipboard.clear()
        super().reject()


def _label(name: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
