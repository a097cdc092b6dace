"""Opens the tile editor of a design editor, and tells it what the shop takes for granted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from luthier_desktop.domain.bill.bill import Making
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.swatches import Swatches

if TYPE_CHECKING:
    from luthier_desktop.ui.design_editor.mosaic.tile_editor import TileEditor


class TilePainting(QObject):
    """One tile editor, made when it is first asked for; it follows the selected ring."""

    def __init__(
        self,
        document: DesignDocument,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._names = names
        self._swatches = swatches
        self._owner = parent
        self._depth_mm: float | None = None
        self._editor: TileEditor | None = None
        document.changed.connect(self._use_depth)

    def begin(self) -> None:
        """Show the tile editor beside the main window."""
        if self._editor is None:
            from luthier_desktop.ui.design_editor.mosaic.tile_editor import TileEditor

            self._editor = TileEditor(
                self._document, self._names, self._swatches, self._owner.window()
            )
            self._use_depth()
        self._editor.show()
        self._editor.raise_()
        self._editor.activateWindow()

    def show_assumed(self, assumed: Mapping[str, object]) -> None:
        """Cut as deep as the shop does where the design does not say it."""
        depth = assumed.get("channel.depth_mm")
        self._depth_mm = float(depth) if isinstance(depth, int | float) else None
        self._use_depth()

    def _use_depth(self, _: object = None) -> None:
        if self._editor is None:
            return
        channel = self._document.design.channel
        given_mm = None if channel is None else channel.depth_mm
        self._editor.use_making(Making(self._depth_mm if given_mm is None else given_mm))
