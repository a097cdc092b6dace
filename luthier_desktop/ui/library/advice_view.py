"""Feed and speed advice beside the fields of a cut: drawn, in words, and used as one step."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.ui import style, units
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.library import advice
from luthier_desktop.ui.library.entry import NO_VALUES, Values
from luthier_desktop.ui.library.spec import Option, value_at
from luthier_desktop.ui.messages import PlainLabel, sentence, set_tool_tip, shown
from luthier_desktop.ui.widgets.fields import ChoiceField
from luthier_desktop.ui.widgets.flow_layout import FlowArea

_PARTS = (Option("cut", "Cutting the channel"), Option("inlay_cut", "Cutting inlays"))
_BAR = QSize(style.GRID * 40, style.GRID * 5)
_USUAL_INLAY = "mother_of_pearl"
_ROOM = 1.12


class AdviceBar(QWidget):
    """One window drawn: the band that is recommended, its error, the present value, the best."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line: advice.Line | None = None
        self.setFixedSize(_BAR)

    def show_line(self, line: advice.Line) -> None:
        """Draw this advice."""
        self._line = line
        self.setAccessibleName(tr(line.name))
        self.setAccessibleDescription(tr(line.words))
        set_tool_tip(self, f"{line.name}: {line.words}.")
        self.update()

    # Qt overrides

    def paintEvent(self, _: QPaintEvent) -> None:
        line = self._line
        if line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, window = style.tokens(), line.window
        most = max(window.high, line.present or 0.0) * _ROOM or 1.0
        width, height = self.width(), self.height()
        middle = QRectF(0, height * 0.3, width, height * 0.4)
        painter.setPen(QPen(QColor(colours.border), 1.0))
        painter.setBrush(QColor(colours.base))
        painter.drawRect(middle.adjusted(0.5, 0.5, -0.5, -0.5))
        ends = (window.low, line.sure, window.high)
        left, sure, right = (value / most * width for value in ends)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.green))
        painter.drawRect(QRectF(left, middle.top() + 1, sure - left, middle.height() - 2))
        if sure < right:
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            brush = painter.brush()
            brush.setColor(QColor(colours.yellow))
            painter.setBrush(brush)
            painter.drawRect(QRectF(sure, middle.top() + 1, right - sure, middle.height() - 2))
        best = window.best / most * width
        painter.setPen(QPen(QColor(colours.base), 2.0))
        painter.drawLine(QRectF(best, middle.top(), 0, middle.height()).topLeft(),
                         QRectF(best, middle.top(), 0, middle.height()).bottomLeft())  # fmt: skip
        if line.present is not None:
            at = min(max(line.present / most * width, 1.5), width - 1.5)
            painter.setPen(QPen(QColor(colours.text), 3.0))
            rect = QRectF(at, 1, 0, height - 2)
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.end()


class AdviceView(QWidget):
    """Advises on one cut of the setup that is shown; ``used(values)`` carries what to set."""

    used = Signal(object)

    def __init__(self, woods: MaterialCatalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("feedAdvice")
        self._woods = woods
        self._plain: Values = NO_VALUES
        self._wood_chosen: dict[str, str] = {}
        self._reason = ""
        self._told = advice.Told()
        self._part = ChoiceField("Advice for", "Which cut the advice is for.", self)
        self._part.setObjectName("adviceCut")
        self._part.setMinimumContentsLength(15)
        for option in _PARTS:
            self._part.addItem(tr(option.text), option.value)
        self._wood = ChoiceField("Material that is cut", "The wood or inlay material.", self)
        self._wood.setObjectName("adviceWood")
        self._wood.setMinimumContentsLength(12)
        self._lead = _label("adviceLead", self)
        self._use = QPushButton(tr("&Use it"), self)
        self._use.setObjectName("useAdvice")
        self._use.setAutoDefault(False)
        self._bars = [AdviceBar(self) for _ in range(4)]
        self._words = [_label(f"adviceWords{at}", self) for at in range(4)]
        self._arrange()
        self.show_woods(woods)
        self._part.activated.connect(self._look)
        self._wood.activated.connect(self._choose_wood)
        self._use.clicked.connect(self._give)
        units.display().changed.connect(self._look)

    def show_woods(self, woods: MaterialCatalogue) -> None:
        """Offer these materials."""
        self._woods = woods
        self._wood.clear()
        for material in sorted(woods, key=lambda one: one.name.casefold()):
            self._wood.addItem(shown(tr(material.name)), material.material_id)
        self._look()

    def show_setup(self, plain: Values, reason: str, verb: str) -> None:
        """Advise on this setup; *reason* says why it cannot be used, *verb* what using does."""
        self._plain, self._reason = plain, reason
        set_tool_tip(self._use, reason or verb)
        self._look()

    def _arrange(self) -> None:
        title = PlainLabel("Feed and speed advice", self)
        title.setFont(style.sized(1.05, bold=True))
        top = FlowArea(self, style.GRID * 2)
        for widget in (title, self._part, self._wood, self._use):
            top.flow.addWidget(widget)
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.GRID * 2)
        grid.setVerticalSpacing(style.GRID)
        grid.setColumnStretch(1, 1)
        for at, (bar, words) in enumerate(zip(self._bars, self._words, strict=True)):
            grid.addWidget(bar, at, 0)
            grid.addWidget(words, at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(style.GRID, style.GRID * 2, style.GRID * 2, 0)
        column.setSpacing(style.GRID)
        column.addWidget(top)
        column.addLayout(grid)
        column.addWidget(self._lead)

    def _look(self) -> None:
        part = str(self._part.currentData())
        usual = value_at(self._plain, "top.material_id") if part == "cut" else _USUAL_INLAY
        material_id = self._wood_chosen.get(part, usual)
        self._wood.show_choice(material_id)
        self._told = found = advice.told(self._plain, part, material_id, self._woods)
        self._lead.setText(tr(sentence(found.refusal or found.lead)))
        for at, (bar, words) in enumerate(zip(self._bars, self._words, strict=True)):
            is_there = at < len(found.lines)
            bar.setVisible(is_there)
            words.setVisible(is_there)
            if is_there:
                line = found.lines[at]
                bar.show_line(line)
                words.setText(
                    tr(f"{style.risk_sign(line.status).glyph} {line.name}: {line.words}.")
                )
        is_new = any(value_at(self._plain, path) != new for path, new in found.values.items())
        self._use.setEnabled(is_new and not self._reason)

    def _choose_wood(self) -> None:
        self._wood_chosen[str(self._part.currentData())] = str(self._wood.currentData())
        self._look()

    def _give(self) -> None:
        self.used.emit(self._told.values)


def _label(name: str, parent: QWidget) -> PlainLabel:
    label = PlainLabel("", parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
