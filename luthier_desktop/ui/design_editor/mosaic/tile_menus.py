"""The menus of the tile editor: its works, the clipboard, a picture, the zoom."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from luthier_desktop.ui.design_editor.mosaic.tile_bench import EditGrid, TileBench
from luthier_desktop.ui.design_editor.mosaic.tile_works import MENUS, WORKS, Work
from luthier_desktop.ui.language import tr
from luthier_desktop.ui.widgets.menus import MenuBar

TILE, VIEW = "&Tile", "&View"
BUTTONS = (
    ("shift_left", "←"), ("shift_right", "→"), ("shift_out", "↑"), ("shift_in", "↓"),
)


class Errand(NamedTuple):
    """A command of the tile editor that is no work on the grid."""

    id: str
    text: str
    keys: tuple[str, ...]
    menu: str
    tip: str


ERRANDS = (
    Errand("copy_tile", "&Copy the marked cells", ("Ctrl+C",), TILE,
           "Copy the marked cells, or the whole tile where none are marked, as text."),
    Errand("paste_tile", "&Paste at the cursor", ("Ctrl+V",), TILE,
           "Lay the copied cells over the tile from the cursor on."),
    Errand("paste_whole", "Paste as the &whole tile", ("Ctrl+Shift+Ins",), TILE,
           "Make what was copied the tile, with its rows and columns."),
    Errand("mark_all", "Mark &all cells", ("Ctrl+A",), TILE, "Mark the whole tile."),
    Errand("read_picture", "&Read a PNG…", (), TILE,
           "Read a picture at the tile's size; each cell gets the palette's nearest wood."),
    Errand("larger", "Cells &larger", ("Ctrl++",), VIEW, "Make the cells larger; + does too."),
    Errand("smaller", "Cells &smaller", ("Ctrl+-",), VIEW, "Make the cells smaller; - does too."),
    Errand("fit", "&Fit the tile", ("*",), VIEW, "Show the whole tile."),
)


class TileMenus(QObject):
    """Makes one action for each work and errand; keys work while *view* has the focus."""

    def __init__(
        self,
        bench: TileBench,
        view: QWidget,
        errands: dict[str, Callable[[], object]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self.bar = MenuBar(parent)
        self.bar.setNativeMenuBar(False)
        menus = {
            menu_title: self.bar.add(menu_title) for menu_title in (TILE, *MENUS, VIEW)
        }
        for menu in menus.values():
            menu.setToolTipsVisible(True)
        for errand in ERRANDS:
            action = self._add(errand, view, errands[errand.id])
            menus[errand.menu].addActions([action])
        for work in WORKS:
            slot = partial(self._work, bench, work.text.replace("&", ""), work.edit)
            menus[work.menu].addActions([self._add(work, view, slot)])
        bench.changed.connect(partial(self._enable, bench))
        self._enable(bench)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def _add(self, one: Errand | Work, view: QWidget, slot: Callable[[], object]) -> QAction:
        action = QAction(tr(one.text), self)
        action.setObjectName(one.id)
        action.setShortcuts([QKeySequence(keys) for keys in one.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(tr(one.tip))
        action.triggered.connect(slot)
        view.addActions([action])
        self._actions[one.id] = action
        return action

    def _work(self, bench: TileBench, name: str, edit: EditGrid, _: bool = False) -> None:
        bench.apply(name, edit)

    def _enable(self, bench: TileBench) -> None:
        for action in self._actions.values():
            action.setEnabled(bench.tile is not None)
