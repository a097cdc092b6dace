"""The sizes that a new design begins with: typed in the unit shown, each with its source."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.instruments import Instrument, Sizes, Usual
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel
from luthier_desktop.ui.style import GRID
from luthier_desktop.ui.widgets.fields import LengthField

SIZE_NAMES = {
    "soundhole_diameter_mm": "Soundhole diameter",
    "margin_mm": "Soundhole to rosette",
    "outer_diameter_mm": "Outer diameter",
    "top_thickness_mm": "Top, when routed",
    "fingerboard_width_mm": "Fingerboard's end",
}
_CONFIDENCE = {"H": "well sourced", "M": "one source or weak ones", "L": "estimate"}
_LEGEND = "H: well sourced. M: one source or weak ones. L ≈: an estimate, check your instrument."
_RINGS = ("A plain ring between two lines", "No rings yet")


class _SizeField(LengthField):
    """A length whose tool tip also tells where its usual value is known from."""

    focused = Signal(str)

    def explain(self, tip: str) -> None:
        """Tell *tip* with the length."""
        self._tip = tip
        self._explain()

    # Qt overrides

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self._tip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what was typed on Enter; the dialog's button is not pressed by it."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class InstrumentSizes(QWidget):
    """A form over one instrument; ``begun(instrument, sizes, with_ring)`` asks for the design."""

    begun = Signal(object, object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._instrument: Instrument | None = None
        self._sizes: Sizes | None = None
        self._fields = {name: self._field(name) for name in SIZE_NAMES}
        self._usual = {name: PlainLabel("", self) for name in SIZE_NAMES}
        self._rings = QComboBox(self)
        self._rings.setObjectName("newDesignRings")
        self._rings.setAccessibleName(tr("Rings to begin with"))
        self._rings.addItems(list(map(tr, _RINGS)))
        self._begin = QPushButton(tr("&Begin with these sizes"), self)
        self._begin.setObjectName("beginDesign")
        self._begin.setAutoDefault(False)
        self._begin.clicked.connect(self.begin)
        self._said = PlainLabel("", self)
        self._said.setObjectName("newDesignSaid")
        self._said.setWordWrap(True)
        self._said.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._source = PlainLabel(_LEGEND, self)
        self._source.setObjectName("sizeSource")
        self._source.setWordWrap(True)
        self._source.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._source.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._source.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._arrange()
        units.display().changed.connect(self._explain)

    def show_instrument(self, instrument: Instrument | None) -> None:
        """Show the usual sizes of an instrument; None: there is none to begin with."""
        self._instrument = instrument
        self._sizes = instrument.usual_sizes if instrument else None
        for name, field in self._fields.items():
            value = getattr(self._sizes, name) if self._sizes else None
            field.show_length(value, anew=True)
            field.setEnabled(instrument is not None)
        self._rings.setEnabled(instrument is not None)
        self._begin.setEnabled(instrument is not None)
        self._explain()
        self._source_of("")
        self._say_room()

    def begin(self) -> None:
        """Ask for the design; what is being typed counts."""
        for field in self._fields.values():
            if field.isModified():
                self._take(field.objectName(), field.text())
        refused = [field for field in self._fields.values() if field.refusal]
        if refused:
            refused[0].setFocus()
            self.refuse(refused[0].refusal)
        elif self._instrument is not None:
            with_ring = self._rings.currentIndex() == 0
            self.begun.emit(self._instrument, self._sizes, with_ring)

    def refuse(self, sentence: str) -> None:
        """Say why no design was begun."""
        self._said.setText(tr(f"{style.risk_sign('RED').glyph}  {units.worded(sentence)}"))

    def _field(self, name: str) -> _SizeField:
        field = _SizeField(name, SIZE_NAMES[name], "", self)
        field.setObjectName(name)
        field.entered.connect(self._take)
        field.focused.connect(self._source_of)
        return field

    def _source_of(self, told: str) -> None:
        self._source.setText(tr(told or _LEGEND))

    def _take(self, name: str, text: str) -> None:
        field = self._fields[name]
        if self._sizes is None:
            return
        try:
            value_mm = units.read(text, SIZE_NAMES[name])
            if value_mm <= 0:
                raise InputRefused(f"{SIZE_NAMES[name]} must be more than 0 mm.")
        except InputRefused as refused:
            field.refuse(refused.sentence)
            self.refuse(refused.sentence)
            return
        self._sizes = self._sizes._replace(**{name: value_mm})
        field.show_length(value_mm, anew=True)
        self._say_room()

    def _say_room(self) -> None:
        """Say how wide the rosette becomes."""
        if self._sizes is None:
            self._said.setText(tr("Choose an instrument to begin with its usual sizes."))
            return
        sizes = self._sizes
        hole_mm = sizes.soundhole_diameter_mm
        room_mm = (sizes.outer_diameter_mm - hole_mm) / 2 - sizes.margin_mm
        if room_mm > 0:
            self._said.setText(tr(f"The rosette becomes {units.brief(room_mm)} wide."))
        else:
            self.refuse("These diameters leave no room for a rosette.")

    def _explain(self) -> None:
        """Show beside each field what is usual, and where that is known from."""
        for name, label in self._usual.items():
            usual = getattr(self._instrument, name) if self._instrument else None
            label.setText(tr(_usual_text(usual) if usual else ""))
            told = _source_text(usual) if usual else ""
            self._fields[name].explain(told)
            label.setAccessibleName(tr(told))

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        for row, (name, told) in enumerate(SIZE_NAMES.items()):
            label = PlainLabel(told, self)
            label.setBuddy(self._fields[name])
            grid.addWidget(label, row, 0)
            grid.addWidget(self._fields[name], row, 1)
            grid.addWidget(self._usual[name], row, 2)
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(grid)
        column.addWidget(self._source)
        column.addWidget(self._rings)
        column.addWidget(self._begin)
        column.addWidget(self._said)


def _usual_text(usual: Usual) -> str:
    if usual.low == usual.high:
        span = units.brief(usual.value)
    else:
        span = f"{units.bare(usual.low)}\u2013{units.bare(usual.high)}"
    return f"{span} · {usual.confidence}" + (" ≈" if usual.estimated else "")


def _source_text(usual: Usual) -> str:
    low, high = units.brief(usual.low), units.brief(usual.high)
    span = low if usual.low == usual.high else f"{low} to {high}"
    sure = _CONFIDENCE[usual.confidence]
    return f"Usual: {span}. Confidence {usual.confidence}, {sure}. Source: {usual.source}."
