"""The design editor: canvas, ring table, inspector and status line over one document."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from luthier_desktop.domain.feasibility.findings import Scored
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor.canvas import DesignCanvas
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.inspector import Inspector
from luthier_desktop.ui.design_editor.margins import ring_heats
from luthier_desktop.ui.design_editor.material_names import MaterialNames
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.photo_bar import PhotoBar
from luthier_desktop.ui.design_editor.ring_columns import FIELDS
from luthier_desktop.ui.design_editor.ring_model import RingModel
from luthier_desktop.ui.design_editor.ring_table import RingTable
from luthier_desktop.ui.design_editor.stack_bar import StackBar
from luthier_desktop.ui.design_editor.stack_commands import StackCommands
from luthier_desktop.ui.design_editor.status_line import StatusLine
from luthier_desktop.ui.design_editor.swatches import Swatches
from luthier_desktop.ui.language import tr

SHARES = (43, 57)
_RING_PATH = re.compile(r"ring_params\[(\d+)\]\.(.+)")


class DesignEditor(QWidget):
    """Edits one rosette; ``designChanged`` carries it after each edit and each step of a drag.

    ``stack`` holds the commands about rings. *later*: what is not in sight at first is left to
    ``complete``.
    """

    designChanged = Signal(object)

    def __init__(
        self, materials: MaterialCatalogue, parent: QWidget | None = None, *, later: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("designEditor")
        self.setAccessibleName(tr("Design editor"))
        self._document = DesignDocument(self)
        self._names = names = MaterialNames(materials)
        self._model = RingModel(self._document, names, self)
        self._canvas = DesignCanvas(self._document, materials, self)
        self._table = RingTable(self._document, self._model, self)
        self._swatches = swatches = Swatches(self._canvas.picture.paints, self, figured=not later)
        self._inspector = Inspector(self._document, names, swatches, self, later=later)
        self._status = StatusLine(self._document, self._model, self)
        self.stack = StackCommands(self._document, self._table, self._canvas.cancel_drag, self)
        self._arrange()
        self._document.changed.connect(self.designChanged)
        self._table.selectionModel().currentChanged.connect(self._status.explain_cell)

    def complete(self) -> None:
        """Make what was left for later."""
        self._inspector.complete()

    @property
    def document(self) -> DesignDocument:
        """The design on the bench, and all that its views look at."""
        return self._document

    @property
    def open_design(self) -> OpenDesign:
        """The open design that is shown."""
        return self._document.open_design

    def lay(self, design: OpenDesign) -> None:
        """Show another open design as it was left: its history, its ring, its zoom.

        What is being typed goes to the design that it was typed for.
        """
        if design is self.open_design:
            return
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
        self._canvas.cancel_drag()
        self.open_design.look = self._canvas.look
        self._document.lay(design)
        self._canvas.come_back(design.look)

    @property
    def undo_stack(self) -> QUndoStack:
        """The history of edits; clean while nothing was changed since opening or saving."""
        return self._document.undo_stack

    def design(self) -> RosetteParamSpec:
        """Return the design as it is shown, in the middle of a drag too."""
        return self._document.design

    def set_design(
        self, design: RosetteParamSpec, undo_name: str = "", *, in_place: bool = False
    ) -> None:
        """Show another design and begin its history.

        With an *undo_name* it becomes one step of the present history instead: undo brings the
        design before it back. *in_place*: it is this design changed, so that selection and zoom
        stay.
        """
        self._canvas.cancel_drag()
        self._document.replace(design, undo_name, in_place=in_place)
        if not in_place:
            self._canvas.fit_all()

    def preview(self, design: RosetteParamSpec | None, note: str = "") -> None:
        """Draw *design* as a preview that *note* names; None draws what is on the bench again.

        Nothing else follows it: neither the design, nor its verdict, nor the history.
        """
        self._canvas.show_ghost(design, note)

    def show_woods(self, materials: MaterialCatalogue) -> None:
        """Draw, name and offer the materials as they are now."""
        self._names.take(materials)
        self._canvas.picture.take(materials)
        self._canvas.update()
        self._swatches.draw_anew()
        self._model.show_names()

    def show_verdicts(self, scored: Scored) -> None:
        """Mark each ring with its verdict; show the shop's values where the design has none."""
        verdicts = {ring.ring_id: ring.risk_bucket for ring in scored.rings}
        assumed = {item.path: item for item in scored.assumed}
        self._canvas.show_verdicts(verdicts)
        self._canvas.show_margins(ring_heats(scored))
        self._model.set_verdicts(verdicts)
        self._canvas.show_assumed({path: item.value for path, item in assumed.items()})
        self._inspector.show_assumed(assumed)

    def focus_field(self, path: str, ring_index: int | None) -> None:
        """Select the ring and give the field at *path* the focus; other paths are left alone."""
        inside = _RING_PATH.fullmatch(path)
        if inside is not None:
            ring_index = int(inside[1]) if ring_index is None else ring_index
            path = inside[2]
        position = self._position(ring_index)
        if position is not None:
            self._document.select(self._document.design.ring_params[position].identity)
        if position is not None and path in FIELDS:
            self._table.edit_cell(position, FIELDS[path])
        else:
            self._inspector.focus_field(path)

    def highlight_ring(self, ring_index: int | None) -> None:
        """Outline a ring that another panel points at; None takes the outline away."""
        position = self._position(ring_index)
        rings = self._document.design.ring_params
        self._canvas.point_at(None if position is None else rings[position].identity)

    def paint_tile(self) -> None:
        """Open the tile editor for the selected ring."""
        self._inspector.paint_tile()

    @property
    def canvas(self) -> DesignCanvas:
        """The drawing, with its photo and its dimensions."""
        return self._canvas

    def fit_all(self) -> None:
        """Show the whole rosette."""
        self._canvas.fit_all()

    def fit_selection(self) -> None:
        """Show the selected ring large."""
        self._canvas.fit_selection()

    def _position(self, ring_index: int | None) -> int | None:
        for position, ring in enumerate(self._document.design.ring_params):
            if ring.ring_index == ring_index:
                return position
        return None

    def _arrange(self) -> None:
        numbers = QSplitter(Qt.Orientation.Vertical, self)
        numbers.setChildrenCollapsible(False)
        upper = QWidget(numbers)
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(StackBar(self.stack, upper))
        column.addWidget(self._table, 1)
        numbers.addWidget(upper)
        numbers.addWidget(self._inspector)
        numbers.setSizes([238, 182])
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        drawing = QWidget(self)
        beneath = QVBoxLayout(drawing)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(style.GRID)
        beneath.addWidget(self._canvas, 1)
        beneath.addWidget(PhotoBar(self._canvas.photos, self))
        halves.addWidget(drawing)
        halves.addWidget(numbers)
        for at, share in enumerate(SHARES):
            halves.setStretchFactor(at, share)
        halves.setSizes([10 * share for share in SHARES])
        page = QVBoxLayout(self)
        page.setContentsMargins(style.GRID, style.GRID, style.GRID, style.GRID)
        page.setSpacing(style.GRID)
        page.addWidget(halves, 1)
        page.addWidget(self._status)
