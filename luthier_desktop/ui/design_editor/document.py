"""The design on the bench: what is shown, which ring is selected, and its history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from luthier_desktop.domain.errors import LuthierError
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.edits import Edit, position_of
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.design_editor.stack_edits import fresh_ring_ids

MakeEdit = Callable[[RosetteParamSpec], Edit | None]
EMPTY = RosetteParamSpec(outer_diameter_mm=130.0, inner_diameter_mm=90.0, ring_params=())


class DesignDocument(QObject):
    """What every view of the editor looks at: the one open design that is shown.

    ``changed`` comes for every committed edit, undo and redo and for each step of a drag, and
    when another open design is laid on the bench, after ``switched``; ``answered`` carries the
    domain's sentence about an edit that was refused, "" for a good one. *histories* repeats the
    signals of whichever design's history is shown.
    """

    changed = Signal(object)
    selectionChanged = Signal(object)
    answered = Signal(str)
    switched = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.histories = QUndoGroup(self)
        self._changing = False
        self._open = OpenDesign(EMPTY, parent=self)
        self._follow()

    @property
    def open_design(self) -> OpenDesign:
        """The open design that is shown."""
        return self._open

    @property
    def undo_stack(self) -> QUndoStack:
        """The history of the design that is shown; another one after ``switched``."""
        return self._open.undo_stack

    @property
    def design(self) -> RosetteParamSpec:
        """The design as it is shown, in the middle of a drag too."""
        return self._open.shown

    @property
    def committed(self) -> RosetteParamSpec:
        """The design without an unfinished drag."""
        return self._open.committed

    @property
    def selected_id(self) -> str | None:
        """The identity of the selected ring, or None."""
        return self._open.selected

    @property
    def selected_position(self) -> int | None:
        """Where the selected ring stands in the stack, or None."""
        return position_of(self._open.shown, self._open.selected)

    def lay(self, design: OpenDesign) -> None:
        """Show another open design, with its own history and selected ring."""
        if design is not self._open:
            self._open.moved.disconnect(self._show)
            self._open = design
            self._follow()
            self.switched.emit(design)
            self._show(moved=True)
            self.answered.emit("")

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
        else:
            self._open.begin(design)

    def select(self, ring_id: str | None) -> None:
        """Select the ring with this identity, or none.

        While the design changes this is ignored: views that lose rows move their selection.
        """
        if ring_id != self._open.selected and not self._changing:
            self._open.selected = ring_id
            self.selectionChanged.emit(ring_id)

    def attempt(self, make: MakeEdit, merge_key: int = -1) -> str:
        """Do the edit that *make* builds on the committed design; a refused one changes nothing.

        Returns:
            The sentence of the refusal, or "" when the edit was done or nothing was to do.
        """
        try:
            edit = make(self._open.committed)
        except LuthierError as error:
            self.answered.emit(error.sentence)
            return error.sentence
        if edit is not None:
            self._open.do(edit, merge_key)
        self.answered.emit("")
        return ""

    def preview(self, design: RosetteParamSpec) -> None:
        """Show *design* without a step in the history, as during a drag."""
        if design is not self._open.shown:
            self._open.shown = design
            self._announce()

    def drop_preview(self) -> None:
        """Go back to the last committed design."""
        self.preview(self._open.committed)

    def fresh_ring_id(self) -> str:
        """Return an identity that no ring has or had since the design was opened."""
        return self.fresh_ring_ids(1)[0]

    def fresh_ring_ids(self, count: int) -> tuple[str, ...]:
        """Return identities that no ring has or had since the design was opened."""
        return fresh_ring_ids(self._open.committed, self._open.used_ids, count)

    def _follow(self) -> None:
        self._open.moved.connect(self._show)
        self.histories.addStack(self._open.undo_stack)
        self.histories.setActiveStack(self._open.undo_stack)

    def _show(self, moved: bool) -> None:
        self._announce()
        if moved:
            self.selectionChanged.emit(self._open.selected)

    def _announce(self) -> None:
        self._changing = True
        try:
            self.changed.emit(self._open.shown)
        finally:
            self._changing = False
