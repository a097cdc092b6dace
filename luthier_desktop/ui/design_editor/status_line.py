"""The editor's last line: what the stack adds up to, or why the last input was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor import fill_edits, ring_edits
from luthier_desktop.ui.design_editor.closing import Closing, closing
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.ring_model import RingModel
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip


class StatusLine(QWidget):
    """Shows the sum of the rings; a refusal takes its place until the next edit."""

    def __init__(
        self, document: DesignDocument, model: RingModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("editorStatus")
        self._document = document
        self._model = model
        self._closing = Closing("")
        self._refused = False
        self._own_palette = QPalette()
        self._label = PlainLabel("", self)
        self._label.setObjectName("editorStatusText")
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._by_ring = self._button("closeByRing", self.close_by_ring)
        self._by_outer = self._button("closeByDiameter", self.close_by_diameter)
        # without it the canvas would change its size in a drag, when the buttons come and go
        self.setMinimumHeight(self._by_outer.sizeHint().height())
        line = QHBoxLayout(self)
        line.setContentsMargins(style.GRID, 0, style.GRID, 0)
        line.setSpacing(style.GRID)
        line.addWidget(self._label, 1)
        line.addWidget(self._by_ring)
        line.addWidget(self._by_outer)
        document.changed.connect(self._tell_sum)
        document.selectionChanged.connect(self._tell_sum)
        document.answered.connect(self._answer)
        units.display().changed.connect(self._tell_sum)
        self._tell_sum()

    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._label.text()

    def close_by_ring(self) -> None:
        """Make the ring that is named as wide as closes the sum."""
        position, width_mm = self._closing.position, self._closing.width_mm
        if position is not None and width_mm is not None:
            self._document.attempt(
                lambda design: ring_edits.set_length(design, position, "width_mm", width_mm)
            )

    def close_by_diameter(self) -> None:
        """Make the outer diameter what the rings add up to."""
        self._document.attempt(fill_edits.fit_outer)

    def explain_cell(self, current: QModelIndex) -> None:
        """Say why the text in this cell was refused, or the sum again."""
        reason = self._model.reason(current) if current.isValid() else ""
        self._answer(reason)

    def _tell_sum(self) -> None:
        design: RosetteParamSpec = self._document.design
        self._closing = closing(design, self._document.selected_position)
        self._show(self._closing.sentence, refused=False)
        self._name_buttons(design)

    def _name_buttons(self, design: RosetteParamSpec) -> None:
        """Say on each button what it would change, and hide those that would not close it."""
        _, position, width_mm, outer_mm = self._closing
        if position is not None and width_mm is not None:
            ring = design.ring_params[position]
            change = f"{units.brief(ring.width_mm)} → {units.brief(width_mm)}"
            self._by_ring.setText(tr(f"Fill ring {ring.ring_index}: {change}"))
        if outer_mm is not None:
            self._by_outer.setText(tr(f"Outer diameter → {units.brief(outer_mm)}"))
        self._by_ring.setVisible(position is not None)
        self._by_outer.setVisible(outer_mm is not None)

    def _button(self, name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        set_tool_tip(button, "Close the sum with this change; Undo takes it back.")
        button.clicked.connect(slot)
        button.hide()
        return button

    def _answer(self, refusal: str) -> None:
        if refusal:
            self._tell_refusal(refusal)
        else:
            self._tell_sum()

    def _tell_refusal(self, sentence: str) -> None:
        self._by_ring.hide()
        self._by_outer.hide()
        self._show(f"{style.risk_sign('RED').glyph} {units.worded(sentence)}", refused=True)

    def _show(self, sentence: str, *, refused: bool) -> None:
        self._refused = refused
        self._label.setText(tr(sentence))
        self.setAccessibleName(tr(sentence))
        set_tool_tip(self._label, sentence)
        self._colour()

    def _colour(self) -> None:
        palette = QPalette()
        if self._refused:
            palette.setColor(
                QPalette.ColorRole.WindowText, QColor(style.risk_sign("RED").colour)
            )
        if palette != self._own_palette:
            self._own_palette = palette
            self._label.setPalette(palette)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:  # the look may have changed
            self._colour()
