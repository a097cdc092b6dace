"""The recipe of the tile as a page of text, to read and to copy."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from luthier_desktop.domain.bill.bill import Making
from luthier_desktop.domain.bill.recipe import SLICED, recipe_of
from luthier_desktop.domain.bill.recipe_text import fields_text, recipe_text
from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.ui import style, units
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.mosaic.tile_bench import TileBench
from luthier_desktop.ui.design_editor.ring_edits import family_text
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import set_tool_tip
from luthier_desktop.ui.widgets.pauses import REST_MS, pause


class RecipePage(QWidget):
    """Works the recipe out anew when the tile has come to rest."""

    def __init__(
        self, bench: TileBench, names: MaterialNames, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._names = names
        self._making = Making(None)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("recipeText")
        self._text.setAccessibleName(tr("Recipe"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._copy = QPushButton(tr("Copy the &recipe"), self)
        self._copy.setObjectName("copyRecipe")
        self._copy.setAutoDefault(False)
        set_tool_tip(self._copy, "Copy the whole recipe as text.")
        self._copy.clicked.connect(self._copy_text)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(2 * style.GRID,) * 4)
        column.setSpacing(style.GRID)
        column.addWidget(self._text, 1)
        column.addLayout(foot)
        self._settling = pause(self, REST_MS)
        self._settling.timeout.connect(self.refresh)
        bench.changed.connect(self._write_anew)
        units.display().changed.connect(self._write_anew)

    def use_making(self, making: Making) -> None:
        """Take depth, waste and kerf from here where the ring does not say them."""
        if making != self._making:
            self._making = making
            self._write_anew()

    def refresh(self) -> None:
        """Write the recipe of the tile as it is now."""
        text, is_recipe = self._written()
        self._copy.setEnabled(is_recipe)
        if text != self._text.toPlainText():
            at = self._text.verticalScrollBar().value()
            self._text.setPlainText(text)
            self._text.verticalScrollBar().setValue(at)

    def _write_anew(self) -> None:
        """Write again soon; a page that is not in sight is written when it is shown."""
        if self.isVisible():
            self._settling.start()

    def _written(self) -> tuple[str, bool]:
        tile = self._bench.tile
        if tile is None:
            return "", False
        title = f"Ring {tile.ring.ring_index}, {family_text(tile.ring.pattern_type).lower()}"
        if tile.ring.pattern_type not in SLICED:
            return fields_text(tile.ring, tile.radii, title, self._names.name), True
        try:
            recipe = recipe_of(tile.ring, tile.radii, self._making)
        except LuthierError as error:
            return units.worded(error.sentence), False
        return recipe_text(recipe, title, self._names.name, units.brief), True

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._bench.told.emit("")

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settling.stop()
