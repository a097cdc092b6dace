"""The inspector: every field of the selected ring and of the design, on two pages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTabWidget, QWidget

from luthier_desktop.domain.feasibility.findings import Assumed
from luthier_desktop.ui.design_editor.design_page import DesignPage
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.ring_page import RingPage
from luthier_desktop.ui.design_editor.swatches import Swatches
from luthier_desktop.ui.language import tr


class Inspector(QTabWidget):
    """The pages of the selected ring and of the design."""

    def __init__(
        self,
        document: DesignDocument,
        names: MaterialNames,
        swatches: Swatches,
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._swatches = swatches
        self.setObjectName("inspector")
        self.setAccessibleName(tr("Inspector"))
        self.setDocumentMode(True)
        self.ring_page = RingPage(document, names, swatches, self)
        self.design_page = DesignPage(document, names, swatches, self, later=later)
        self.addTab(self.ring_page, tr("Ring"))
        self.addTab(self.design_page, tr("Design"))
        document.changed.connect(self._name_ring)
        document.selectionChanged.connect(self._name_ring)
        self._name_ring()

    def complete(self) -> None:
        """Make what was left for later: the fields of the hidden page, the samples' figure."""
        self.design_page.fill()
        self._swatches.show_figure()

    def focus_field(self, path: str) -> bool:
        """Show the field of this path and give it the focus; False when there is none."""
        for page in (self.ring_page, self.design_page):
            if page.has_field(path):
                self.setCurrentWidget(page)
                page.focus_field(path)
                return True
        return False

    def show_assumed(self, assumed: Mapping[str, Assumed]) -> None:
        """Show in grey what is taken where the design has nothing, and where it is from."""
        self.design_page.show_assumed(assumed)
        self.ring_page.tiles.show_assumed({path: one.value for path, one in assumed.items()})

    def paint_tile(self) -> None:
        """Open the tile editor for the selected ring."""
        self.ring_page.tiles.begin()

    def _name_ring(self) -> None:
        position = self._document.selected_position
        if position is None:
            self.setTabText(0, tr("No ring"))
        else:
            self.setTabText(
                0, tr(f"Ring {self._document.design.ring_params[position].ring_index:d}")
            )
