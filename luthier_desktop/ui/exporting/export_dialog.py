"""The one dialog for all that leaves the program; after a failure it stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.ui import style
from luthier_desktop.ui.exporting.format_list import FormatList
from luthier_desktop.ui.exporting.formats import BY_ID, SHARE, Format
from luthier_desktop.ui.exporting.gate_notice import GateNotice
from luthier_desktop.ui.exporting.keep_field import KeepField
from luthier_desktop.ui.exporting.option_form import OptionForm
from luthier_desktop.ui.exporting.preview_pane import PreviewPane
from luthier_desktop.ui.exporting.sheet_view import Run
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, sentence, shown, title_text
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.pauses import pause
from luthier_desktop.ui.widgets.scrolling import scrolling

PAUSE_MS = 200
_SIZE = (1220, 660)
_MIDDLE_WIDTH = 74 * GRID
_NOT_CARRIED = "The file names its design by a short hash; it does not open here again."
_WRITING = "Writing…"
Options = Callable[[Format], Mapping[str, Any]]
"""Tells the options of a format as they were chosen last."""


class Subject(NamedTuple):
    """What is exported: its name, the snapshot that it is, and what a file carries of it.

    *saved* is "" for a design that is not saved. *on_bench*: decisions can be made on it.
    """

    name: str
    saved: str
    carries: str
    on_bench: bool


class Wish(NamedTuple):
    """What is to be made: a format, its options, and what to call the snapshot saved first."""

    format: Format
    options: dict[str, Any]
    keep_as: str = ""


class ExportDialog(QDialog):
    """Asks for format and options.

    ``previewWanted(wish)`` asks for a preview, ``chosen(wish)`` for a file, ``gateWanted`` for
    the gate's answer and ``decisionWanted`` for a decision on what is in the way.
    """

    previewWanted = Signal(object)
    chosen = Signal(object)
    gateWanted = Signal()
    decisionWanted = Signal()

    def __init__(
        self, subject: Subject, options: Options, run: Run, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportFileDialog")
        self.setWindowTitle(title_text(tr(f"Export {shown(subject.name)}")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._subject = subject
        self._options = options
        self._formats = FormatList(self)
        self._title = _label("exportTitle", self)
        self._title.setFont(style.sized(1.15, bold=True))
        self._form = OptionForm(self)
        self.keep = KeepField(self)
        self._carries = _label("exportCarries", self)
        self.preview = PreviewPane(run, self)
        self._gate = GateNotice(self)
        self._said = _label("exportSaid", self)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._export = self._buttons.addButton(
            tr("&Export…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._export.setObjectName("exportWrite")
        self._is_writing = False
        self._pause = pause(self, PAUSE_MS)
        self._arrange()
        self._connect()

    def begin(self, format_id: str, *, keeps: bool) -> None:
        """Begin with this format; *keeps*: an unsaved design is to be kept, as the last time."""
        self.keep.begin(self._subject.name, self._subject.saved, wanted=keeps)
        self._formats.choose(format_id)
        self._formats.setFocus()

    def format(self) -> Format:
        """Return the chosen format."""
        return self._formats.chosen()

    def wish(self) -> Wish:
        """Return what is chosen."""
        chosen = self.format()
        options = {**self._options(chosen), **self._form.values(), **chosen.fixed}
        return Wish(chosen, options, self.keep.name())

    def show_gate(self, in_the_way: Sequence[str], *, decides: bool = False) -> None:
        """Show the gate's answer; *decides*: something can be decided on."""
        self._gate.tell(in_the_way, on_bench=self._subject.on_bench, decides=decides)
        QTimer.singleShot(0, self._formats, self._formats.keep_in_sight)
        self._look()

    def look_again(self) -> None:
        """Ask the gate and draw the preview anew, such as after a decision."""
        if self.format().gated:
            self._gate.ask()
            self.gateWanted.emit()
        self._pause.start()

    def write(self) -> None:
        """Say that the file is being written; nothing can be changed until it is."""
        self._is_writing = True
        self._pause.stop()  # the file does not wait behind a preview that nobody will look at
        self._say(_WRITING)
        self._look()

    def fail(self, told: str, path: str = "") -> None:
        """Say why nothing was written, at the option at *path* too; all stays as it was chosen."""
        if self._is_writing:
            self._pause.start()  # the preview that was put off
        self._is_writing = False
        told = self._form.refuse(path, told)
        self._say(f"{style.risk_sign('RED').glyph}  {sentence(told)}")
        self._look()

    def _show_format(self, chosen: Format) -> None:
        self._title.setText(tr(chosen.title))
        self._form.show_fields(chosen.fields, self._options(chosen))
        self.keep.require(must=chosen.id == SHARE)
        self._carries.setText(tr(self._subject.carries if chosen.carries else _NOT_CARRIED))
        self._gate.setVisible(chosen.gated)
        self._say("")
        self.preview.wait()
        self.look_again()
        self._look()

    def _change(self) -> None:
        self._say("")
        self._pause.start()
        self._look()

    def _say(self, told: str) -> None:
        self._said.setText(tr(told))
        self._said.setVisible(bool(told))

    def _look(self) -> None:
        refusal = self._form.refusal() or self.keep.refusal()
        is_closed = self.format().gated and not self._gate.is_open
        self._export.setEnabled(not (self._is_writing or refusal or is_closed))
        for part in (self._formats, self._form, self.keep):
            part.setEnabled(not self._is_writing)
        if refusal and not self._is_writing:
            self._say(f"{style.risk_sign('RED').glyph}  {sentence(refusal)}")

    def _ask(self) -> None:
        if not self._form.refusal():
            self.previewWanted.emit(self.wish())

    def _choose(self) -> None:
        self.chosen.emit(self.wish())

    def _connect(self) -> None:
        self._formats.formatChosen.connect(self._show_format)
        self._form.changed.connect(self._change)
        self.keep.changed.connect(self._look)
        self._gate.decisionWanted.connect(self.decisionWanted)
        self._pause.timeout.connect(self._ask)
        self._export.clicked.connect(self._choose)
        self._buttons.rejected.connect(self.reject)

    def _arrange(self) -> None:
        formats = PlainLabel("&Format", self)
        formats.setBuddy(self._formats)
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(formats)
        left.addWidget(self._formats, 1)
        middle = QVBoxLayout()
        middle.setSpacing(GRID * 2)
        middle.addWidget(self._title)
        middle.addWidget(self._form, 1)
        middle.addWidget(self.keep)
        middle.addWidget(self._carries)
        holder = QWidget(self)
        holder.setFixedWidth(_MIDDLE_WIDTH)
        middle.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(middle)
        row = QHBoxLayout()
        row.setSpacing(GRID * 4)
        row.addLayout(left)
        row.addWidget(holder)
        row.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
        column.setSpacing(GRID * 2)
        column.addWidget(scrolling(row, self), 1)
        column.addWidget(self._gate)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        for button in (self._export, self._buttons.button(QDialogButtonBox.StandardButton.Close)):
            button.setAutoDefault(False)  # Enter ends a field's entry, and writes no file
        self.resize(*_SIZE)

    # Qt overrides

    def done(self, result: int) -> None:
        self._pause.stop()
        super().done(result)


def format_named(format_id: str) -> Format:
    """Return a format by its id, the first one for an unknown id."""
    return BY_ID.get(format_id, BY_ID[SHARE])


def _label(name: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
