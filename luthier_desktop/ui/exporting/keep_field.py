"""Whether the design is kept as a snapshot together with what is exported of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, shown
from luthier_desktop.ui.style import GRID

LONGEST_NAME = 200
_BOX = "Also &keep in the snapshot"
_MUST = "A share file is made of a saved snapshot, so this design is saved first."


class KeepField(QWidget):
    """Offers to save an unsaved design first; of a saved one it says where the export is listed.

    ``changed`` comes when the answer became another.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportKeep")
        self._box = QCheckBox(tr(_BOX), self)
        self._box.setObjectName("exportKeepBox")
        self._name = QLineEdit(self)
        self._name.setObjectName("exportKeepName")
        self._name.setAccessibleName(tr("Name of the snapshot"))
        self._name.setPlaceholderText(tr("Name of the snapshot"))
        self._name.setMaxLength(LONGEST_NAME)
        self._told = PlainLabel("", self)
        self._told.setObjectName("exportKeepTold")
        self._told.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for part in (self._box, self._name, self._told):
            column.addWidget(part)
        self._saved = ""
        self._wanted = False
        self._must = False
        self._box.clicked.connect(self._choose)
        self._name.textChanged.connect(self._look)

    def begin(self, name: str, saved: str, *, wanted: bool) -> None:
        """Begin with a suggested *name*; *saved* tells of the snapshot that the design is."""
        self._saved, self._wanted = saved, wanted
        self._name.setText(name[:LONGEST_NAME])
        self._look()

    def require(self, *, must: bool) -> None:
        """Say whether this format is made of a snapshot only."""
        self._must = must
        self._look()

    def name(self) -> str:
        """Return what to call the snapshot that is saved first; "" for none."""
        return self._name.text().strip() if self._keeps() else ""

    @property
    def is_wanted(self) -> bool:
        """Whether unsaved designs are to be kept, as it was chosen last."""
        return self._wanted

    def refusal(self) -> str:
        """Say what is missing; "" when nothing is."""
        if self._keeps() and not self.name():
            return "Type a name for the snapshot that is saved first."
        return ""

    def _keeps(self) -> bool:
        return not self._saved and (self._wanted or self._must)

    def _choose(self, wanted: bool) -> None:
        self._wanted = wanted
        self._look()

    def _look(self) -> None:
        self._box.setChecked(bool(self._saved) or self._keeps())
        self._box.setEnabled(not self._saved and not self._must)
        self._name.setVisible(self._keeps())
        if self._saved:
            told = f"It is listed at {shown(self._saved, LONGEST_NAME)}."
        elif self._must:
            told = _MUST
        else:
            told = "" if self._wanted else "Unsaved: no snapshot will list this export."
        self._told.setText(tr(told))
        self._told.setVisible(bool(told))
        self.changed.emit()
