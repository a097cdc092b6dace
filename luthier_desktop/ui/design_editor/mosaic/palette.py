"""The woods to paint with, by number, with a search over all of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.patterns.tile_figures import tile_figures
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.mosaic.tile_bench import TileBench
from luthier_desktop.ui.design_editor.swatches import SIZE, Swatches
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.messages import PlainLabel, set_tool_tip, tool_tip

_WOOD = Qt.ItemDataRole.UserRole
DIGITS = 9


class Palette(QWidget):
    """Lists the bench's palette with how many cells each wood has; the current one paints."""

    def __init__(
        self,
        bench: TileBench,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._names = names
        self._swatches = swatches
        self._list = QListWidget(self)
        self._list.setObjectName("tilePalette")
        self._list.setAccessibleName(tr("Woods to paint with"))
        self._list.setIconSize(SIZE)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(self._choose)
        self._search = self._search_field()
        self._shown: tuple[tuple[str, int], ...] = ()
        title = PlainLabel("&Woods", self)
        title.setBuddy(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(title)
        column.addWidget(self._list, 1)
        column.addWidget(self._search)
        bench.changed.connect(self._refresh)
        bench.moved.connect(self._refresh)
        swatches.redrawn.connect(self._sample_again)
        self._refresh()

    def _search_field(self) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName("tileWoodSearch")
        field.setAccessibleName(tr("Add a wood"))
        field.setPlaceholderText(tr("Add a wood…"))
        set_tool_tip(field, "Type a part of a wood's name and press Enter; it joins the palette.")
        self._suggestions = QListView()
        completer = QCompleter([name for _, name in self._names.choices()], field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setPopup(self._suggestions)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._add)
        field.setCompleter(completer)
        self._suggestions.installEventFilter(self)
        field.returnPressed.connect(self._add)
        return field

    def _add(self) -> None:
        """Take the wood that is typed; one that is not understood stays, with the reason."""
        if not self._search.text().strip() or self._bench.tile is None:
            return
        try:
            woods = self._names.parse(self._search.text(), "Wood")
        except InputRefused as refused:
            self._bench.told.emit(refused.sentence)
            return
        for wood in woods:
            self._bench.choose(wood)
        self._bench.told.emit("")
        self._search.clear()

    def _refresh(self) -> None:
        tile, palette = self._bench.tile, self._bench.palette
        cells = {} if tile is None else tile_figures(tile.ring, tile.radii).cells
        wanted = tuple((wood, cells.get(wood, 0)) for wood in palette)
        self._list.blockSignals(True)
        if wanted != self._shown:
            self._shown = wanted
            self._fill()
        if palette:
            self._list.setCurrentRow(palette.index(self._bench.wood))
        self._list.blockSignals(False)
        self._search.setEnabled(tile is not None)

    def _fill(self) -> None:
        while self._list.count() > len(self._shown):
            self._list.takeItem(self._list.count() - 1)
        while self._list.count() < len(self._shown):
            self._list.addItem(QListWidgetItem())
        for at, (wood, cells) in enumerate(self._shown):
            item = self._list.item(at)
            digit = f"{at + 1}  " if at < DIGITS else "    "
            item.setText(tr(f"{digit}{self._names.name(wood)} · {cells}"))
            item.setToolTip(tool_tip(f"{cells} cells of each tile"))
            if item.data(_WOOD) != wood:
                item.setData(_WOOD, wood)
                item.setIcon(self._swatches.icon(wood))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._bench.choose(str(item.data(_WOOD)))

    def _sample_again(self) -> None:
        for at in range(self._list.count()):
            item = self._list.item(at)
            item.setIcon(self._swatches.icon(str(item.data(_WOOD))))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter take what is typed where none of the suggestions is chosen."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            popup = self._suggestions
            entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched == popup and entered and not popup.currentIndex().isValid():
                popup.hide()
                self._add()
                return True
        return False
