"""The materials of a ring in their order: one list a material, add and take away."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QStyle, QToolButton, QWidget

from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.swatches import SIZE, Swatches
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import set_tool_tip
from luthier_desktop.ui.widgets.fields import ChoiceField

FIRST_CHOICE = "holly"
BESIDE = 2


class MaterialsField(QWidget):
    """Shows an ordered list of materials; ``entered`` carries the list after a change."""

    entered = Signal(object)

    def __init__(
        self, names: MaterialNames, swatches: Swatches, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names = names
        self._swatches = swatches
        self._shown: tuple[str, ...] = ()
        self._rows: list[_MaterialRow] = []
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.setSpacing(style.GRID)
        for column in range(BESIDE):
            self._cells.setColumnStretch(column, 1)
        self._add = QPushButton(tr("Add material"), self)
        set_tool_tip(self._add, "Add a further material at the end of the list.")
        self._add.clicked.connect(self._append)
        self._cells.addWidget(self._add, 0, 0)
        self.setFocusProxy(self._add)

    def show_materials(self, materials: tuple[str, ...]) -> None:
        """Show these materials; lists are kept where only their choice changes."""
        self._shown = materials
        while len(self._rows) > len(materials):
            row = self._rows.pop()
            self._cells.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(materials):
            row = _MaterialRow(len(self._rows), self._names, self._swatches, self)
            row.chosen.connect(self._choose)
            row.removed.connect(self._remove)
            self._cells.addWidget(row, *divmod(len(self._rows), BESIDE))
            self._rows.append(row)
        self._cells.addWidget(self._add, *divmod(len(self._rows), BESIDE))
        self.setFocusProxy(self._rows[0].choice if self._rows else self._add)
        for row, material_id in zip(self._rows, materials, strict=True):
            row.choice.show_material(material_id)

    def _choose(self, position: int, material_id: str) -> None:
        changed = list(self._shown)
        changed[position] = material_id
        self.entered.emit(tuple(changed))

    def _remove(self, position: int) -> None:
        self.entered.emit(self._shown[:position] + self._shown[position + 1 :])

    def _append(self) -> None:
        last = self._shown[-1] if self._shown else ""
        wood = "gaboon_ebony" if last == FIRST_CHOICE else FIRST_CHOICE
        self.entered.emit((*self._shown, wood))


class MaterialSource(NamedTuple):
    """Where lists of materials take names and samples from."""

    names: MaterialNames
    swatches: Swatches


class MaterialChoice(ChoiceField):
    """A list of all materials; the samples are drawn when it is first opened.

    With *absent*, the words for no material, it begins with that.
    """

    def __init__(
        self,
        name: str,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget | None = None,
        *,
        absent: str = "",
    ) -> None:
        super().__init__(name, "The material, with a sample of its finished look.", parent)
        self._names = names
        self._swatches = swatches
        self.setIconSize(SIZE)
        self._absent = absent
        self._list_all()
        swatches.redrawn.connect(self._sample_again)

    def show_material(self, material_id: str | None) -> None:
        """Show this material, also one that the catalogue does not have; None for none."""
        if material_id is None:
            self.setCurrentIndex(0 if self.itemData(0) is None else -1)
            return
        if self.findData(material_id) < 0:
            self.addItem(self._names.name(material_id), material_id)
        self._sample(self.findData(material_id))
        self.show_choice(material_id)

    def _sample(self, at: int) -> None:
        if self.itemIcon(at).isNull() and self.itemData(at) is not None:
            self.setItemIcon(at, self._swatches.icon(str(self.itemData(at))))

    def _list_all(self) -> None:
        self._listed = self._names.choices()
        if self._absent:
            self.addItem(tr(self._absent), None)
        for material_id, shown in self._listed:
            self.addItem(tr(shown), material_id)

    def _sample_again(self) -> None:
        if self._listed != self._names.choices():
            current = self.currentData()
            self.clear()
            self._list_all()
            self.show_material(current)
        for at in range(self.count()):
            if not self.itemIcon(at).isNull():
                self.setItemIcon(at, self._swatches.icon(str(self.itemData(at))))

    # Qt overrides

    def showPopup(self) -> None:
        for at in range(self.count()):
            self._sample(at)
        super().showPopup()


class _MaterialRow(QWidget):
    """One material: its list and a button that takes it away."""

    chosen = Signal(int, str)
    removed = Signal(int)

    def __init__(
        self, position: int, names: MaterialNames, swatches: Swatches, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._position = position
        self.choice = MaterialChoice(f"Material {position + 1}", names, swatches, self)
        self.choice.activated.connect(self._choose)
        remove = QToolButton(self)
        remove.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_LineEditClearButton))
        remove.setAutoRaise(True)
        remove.setAccessibleName(tr(f"Take material {position + 1} away"))
        set_tool_tip(remove, "Take this material away.")
        remove.clicked.connect(self._remove)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(style.GRID // 2)
        line.addWidget(self.choice, 1)
        line.addWidget(remove)

    def _choose(self) -> None:
        self.chosen.emit(self._position, str(self.choice.currentData()))

    def _remove(self) -> None:
        self.removed.emit(self._position)
