"""The design on the bench: what is shown, which ring is selected, and its history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.edits import Edit, EditCommand, position_of
from luthier_desktop.ui.design_editor.stack_edits import fresh_ring_id

MakeEdit = Callable[[RosetteParamSpec], Edit | None]
EMPTY = RosetteParamSpec(outer_diameter_mm=130.0, inner_diameter_mm=90.0, ring_params=())


class DesignDocument(QObject):
    """One design with its undo history and the one selected ring.

    ``changed`` comes for every committed edit, undo and redo and for each step of a drag;
    ``answered`` carries the domain's sentence about an edit that was refused, "" for a good one.
    """

    changed = Signal(object)
    selectionChanged = Signal(object)
    answered = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._shown = EMPTY
        self._committed = EMPTY
        self._selected: str | None = None
        self._used_ids: set[str] = set()
        self._changing = False

    @property
    def design(self) -> RosetteParamSpec:
        """The design as it is shown, in the middle of a drag too."""
        return self._shown

    @property
    def committed(self) -> RosetteParamSpec:
        """The design without an unfinished drag."""
        return self._committed

    @property
    def selected_id(self) -> str | None:
        """The identity of the selected ring, or None."""
        return self._selected

    @property
    def selected_position(self) -> int | None:
        """Where the selected ring stands in the stack, or None."""
        return position_of(self._shown, self._selected)

    def replace(
        self, design: RosetteParamSpec, undo_name: str = "", *, in_place: bool = False
    ) -> None:
        """Show another design with a new history, or as one step of the present one.

        *in_place*: it is this design changed, so the selected ring stays selected.
        """
        first = design.ring_params[0].identity if design.ring_params else None
        if undo_name:
            ring_id = None if in_place else first
            self.attempt(lambda _: Edit(undo_name, design, ring_id))
            return
        self.undo_stack.clear()
        self._used_ids = {ring.identity for ring in design.ring_params}
        self._show(design, first)

    def select(self, ring_id: str | None) -> None:
        """Select the ring with this identity, or none.

        While the design changes this is ignored: views that lose rows move their selection.
        """
        if ring_id != self._selected and not self._changing:
            self._selected = ring_id
            self.selectionChanged.emit(ring_id)

    def attempt(self, make: MakeEdit, merge_key: int = -1) -> str:
        """Do the edit that *make* builds on the committed design; a refused one changes nothing.

        Returns:
            The sentence of the refusal, or "" when the edit was done or nothing was to do.
        """
        try:
            edit = make(self._committed)
        except LuthierError as error:
            self.answered.emit(error.sentence)
            return error.sentence
        if edit is not None:
            self._used_ids.update(ring.identity for ring in edit.after.ring_params)
            command = EditCommand(edit, self._committed, self._show, merge_key)
            self.undo_stack.push(command)
        self.answered.emit("")
        return ""

    def preview(self, design: RosetteParamSpec) -> None:
        """Show *design* without a step in the history, as during a drag."""
        if design is not self._shown:
            self._announce(design)

    def drop_preview(self) -> None:
        """Go back to the last committed design."""
        self.preview(self._committed)

    def fresh_ring_id(self) -> str:
        """Return an identity that no ring has or had since the design was opened."""
        return fresh_ring_id(self._committed, self._used_ids)

    def _show(self, design: RosetteParamSpec, ring_id: str | None) -> None:
        self._committed = design
        wanted = ring_id if ring_id is not None else self._selected
        kept = wanted if position_of(design, wanted) is not None else None
        moved = kept != self._selected
        self._selected = kept
        self._announce(design)
        if moved:
            self.selectionChanged.emit(kept)

    def _announce(self, design: RosetteParamSpec) -> None:
        self._shown = design
        self._changing = True
        try:
            self.changed.emit(design)
        finally:
            self._changing = False
