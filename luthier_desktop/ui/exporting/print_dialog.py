"""The print dialog: what goes on which paper, seen before it is printed at true size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.exporting.export_dialog import PAUSE_MS, Wish
from luthier_desktop.ui.exporting.formats import BY_ID, TEMPLATE
from luthier_desktop.ui.exporting.option_fields import PRINT_FIELDS
from luthier_desktop.ui.exporting.option_form import OptionForm
from luthier_desktop.ui.exporting.preview_pane import PreviewPane
from luthier_desktop.ui.exporting.sheet_view import Run
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence, shown, title_text
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.pauses import pause
from luthier_desktop.ui.widgets.scrolling import scrolling

_SIZE = (980, 640)
_LEFT_WIDTH = 74 * GRID
_SCALE = (
    "Printed at 100 %, never fitted to the page. Before you trust a print, measure the bars on "
    "it: 100 mm must be 100 mm, both ways."
)
_WRITING = "Writing…"


class PrintDialog(QDialog):
    """Asks what to print.

    ``previewWanted(wish)`` asks for the pages, ``printWanted`` for a printer, and
    ``chosen(wish)`` for a PDF in place of it.
    """

    previewWanted = Signal(object)
    printWanted = Signal()
    chosen = Signal(object)

    def __init__(
        self, name: str, options: Mapping[str, Any], run: Run, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("printDialog")
        self.setWindowTitle(title_text(tr(f"Print {shown(name)}")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._options = options
        self._form = OptionForm(self)
        self.preview = PreviewPane(run, self)
        self._said = PlainLabel("", self)
        self._said.setObjectName("printSaid")
        self._said.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self._print = self._buttons.addButton(tr("&Print…"), role)
        self._print.setObjectName("printPrint")
        self._save = self._buttons.addButton(tr("&Save as PDF…"), role)
        self._save.setObjectName("printSave")
        self._is_busy = False
        self._pause = pause(self, PAUSE_MS)
        self._arrange()
        self._form.show_fields(PRINT_FIELDS, options)
        self._form.changed.connect(self._change)
        self._pause.timeout.connect(self._ask)
        self._print.clicked.connect(self.printWanted)
        self._save.clicked.connect(self._choose)
        self._buttons.rejected.connect(self.reject)
        self._change()

    def wish(self) -> Wish:
        """Return what is chosen, as the PDF that it would be."""
        return Wish(BY_ID[TEMPLATE], {**self._options, **self._form.values()})

    def write(self) -> None:
        """Say that the file is being written."""
        self._is_busy = True
        self._say(_WRITING)

    def fail(self, told: str, path: str = "") -> None:
        """Say why nothing was printed or written; all stays as it was chosen."""
        self._is_busy = False
        told = self._form.refuse(path, told)
        self._say(f"{style.risk_sign('RED').glyph}  {sentence(told)}")
        self._save.setFocus()

    def _change(self) -> None:
        self._say("")
        self.preview.wait()
        self._pause.start()

    def _say(self, told: str) -> None:
        self._said.setText(tr(told))
        self._said.setVisible(bool(told))
        is_refused = bool(self._form.refusal())
        for part in (self._print, self._save):
            part.setEnabled(not (self._is_busy or is_refused))
        self._form.setEnabled(not self._is_busy)

    def _ask(self) -> None:
        refusal = self._form.refusal()
        if refusal:
            self.preview.tell(refusal)
        else:
            self.previewWanted.emit(self.wish())

    def _choose(self) -> None:
        self.chosen.emit(self.wish())

    def _arrange(self) -> None:
        said = PlainLabel(_SCALE, self)
        said.setObjectName("printScale")
        said.setWordWrap(True)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(GRID * 2)
        left.addWidget(self._form, 1)
        left.addWidget(said)
        holder = QWidget(self)
        holder.setFixedWidth(_LEFT_WIDTH)
        holder.setLayout(left)
        row = QHBoxLayout()
        row.setSpacing(GRID * 4)
        row.addWidget(holder)
        row.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(scrolling(row, self), 1)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        close = self._buttons.button(QDialogButtonBox.StandardButton.Close)
        for button in (self._print, self._save, close):
            button.setAutoDefault(False)  # Enter ends a field's entry, and prints nothing
        self.resize(*_SIZE)

    # Qt overrides

    def done(self, result: int) -> None:
        self._pause.stop()
        super().done(result)
