"""The dialog that asks for the name of a filter; it blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from luthier_desktop.services.filters import LONGEST_NAME
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence, title_text
from luthier_desktop.ui.style import GRID, risk_sign

_WIDTH = 440


class FilterNameDialog(QDialog):
    """Asks for a name; ``named`` carries it, and the dialog stays until it is told the end."""

    named = Signal(str)

    def __init__(self, title: str, said: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filterNameDialog")
        self.setWindowTitle(title_text(tr(title)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._name = QLineEdit(name, self)
        self._name.setObjectName("filterName")
        self._name.setAccessibleName(tr("Name of the filter"))
        self._name.setMaxLength(LONGEST_NAME)
        self._name.selectAll()
        self._fault = PlainLabel("", self)
        self._fault.setObjectName("filterNameFault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._name.textChanged.connect(self._judge)
        self._lay_out(said)
        self._judge()

    def refuse(self, told: str) -> None:
        """Say why the name was not taken."""
        self._fault.setText(tr(f"{risk_sign('RED').glyph}  {sentence(told)}"))
        self._fault.show()

    def end(self) -> None:
        """Close: the name was taken."""
        super().accept()

    def _lay_out(self, said: str) -> None:
        label = PlainLabel("&Name", self)
        label.setBuddy(self._name)
        line = PlainLabel(said, self)
        line.setObjectName("filterLine")
        line.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 4, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        for widget in (label, self._name, line, self._fault, self._buttons):
            column.addWidget(widget)

    def _judge(self) -> None:
        self._fault.hide()
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(bool(self._name.text().strip()))

    # Qt overrides

    def accept(self) -> None:
        if self._name.text().strip():
            self.named.emit(self._name.text())
