"""One design that is open: its history, its selected ring, and how it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from luthier_desktop.domain.draft import DraftHistory, DraftState, DraftStep, changes_since
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.edits import Edit, EditCommand, position_of
from luthier_desktop.ui.design_editor.viewport import Look

UNTITLED = "Untitled rosette"
_KEPT = "kept"


class SavedAs(NamedTuple):
    """The snapshot that a design was opened from or saved as last: its next save is a version."""

    snapshot_id: str
    name: str
    version: int
    description: str
    tags: tuple[str, ...]
    design: RosetteParamSpec

    @classmethod
    def of(cls, document: Mapping[str, Any], design: RosetteParamSpec) -> SavedAs:
        """Take what is needed from a snapshot's document; *design* is the one in it."""
        return cls(
            document["snapshot_id"],
            document["name"],
            document["version"],
            document["description"],
            tuple(document["tags"]),
            design,
        )


class OpenDesign(QObject):
    """A design with its undo history, shown or not.

    ``moved(selection)`` comes when an edit, an undo or a redo led to another design; *selection*
    says whether another ring is selected with it. ``keptChanged`` comes when it was kept for good,
    recorded or saved, or is no longer as it was kept. *origin* says where it is from, "" when it
    was begun here from a starter.
    """

    moved = Signal(bool)
    keptChanged = Signal(bool)

    def __init__(
        self, design: RosetteParamSpec, origin: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.keptChanged)
        self.base = self.shown = self.committed = design
        self.origin = origin
        self.selected: str | None = _first_ring(design)
        self.used_ids = {ring.identity for ring in design.ring_params}
        self.look: Look | None = None
        self.saved_as: SavedAs | None = None
        self._keepings: dict[int, tuple[RosetteParamSpec, str]] = {}
        self._is_walking = False

    def begin(self, design: RosetteParamSpec) -> None:
        """Be another design with a new history."""
        self.base = self.shown = self.committed = design
        self.saved_as = None
        self.undo_stack.clear()
        self.used_ids = {ring.identity for ring in design.ring_params}
        self._show(design, _first_ring(design))

    def do(self, edit: Edit, merge_key: int = -1) -> None:
        """Make *edit* a step of the history."""
        self.used_ids.update(ring.identity for ring in edit.after.ring_params)
        self.undo_stack.push(EditCommand(edit, self.committed, self._show, merge_key))

    def go_to(self, position: int) -> None:
        """Undo or redo to after so many steps; those between are not shown."""
        if position != self.undo_stack.index():
            self._is_walking = True
            try:
                self.undo_stack.setIndex(position)
            finally:
                self._is_walking = False
            self.moved.emit(True)

    def restore(self, history: DraftHistory) -> None:
        """Take over the history of a draft."""
        self.begin(history.base)
        if history.clean is None:
            self.undo_stack.resetClean()
        for number, step in enumerate(history.steps, 1):
            self.do(Edit(*step))
            if number == history.clean:
                self.undo_stack.setClean()
        self.undo_stack.setIndex(history.position)

    def history(self) -> DraftHistory:
        """Return the whole history as plain values."""
        steps = tuple(map(self.step, range(1, self.undo_stack.count() + 1)))
        position, clean = self.undo_stack.index(), self._clean()
        return DraftHistory(self.base, steps, position, clean, self._snapshot_id())

    def state(self) -> DraftState:
        """Return where the history stands."""
        position = self.undo_stack.index()
        step = self.step(position) if position else None
        return DraftState(position, self._clean(), self.committed, step, self._snapshot_id())

    def step(self, number: int) -> DraftStep:
        """Return a step of the history, counted from 1."""
        command = self.undo_stack.command(number - 1)
        assert isinstance(command, EditCommand)
        return DraftStep(command.name, command.after, command.ring_id)

    def title(self) -> str:
        """Return the design's name, or what stands for it."""
        return self.shown.name or UNTITLED

    def unchanged_snapshot(self) -> SavedAs | None:
        """Return the snapshot that the design is exactly, if it is one."""
        saved = self.saved_as
        return saved if saved is not None and saved.design == self.committed else None

    def is_kept(self) -> bool:
        """Say whether the design stands as it is in a file, a snapshot or a recorded run."""
        return self.undo_stack.isClean()

    def keep(self, design: RosetteParamSpec, how: str = "recorded") -> bool:
        """Take note that *design* was recorded or saved; False when it has changed since."""
        if self.committed != design:
            return False
        self._note(self.undo_stack.index(), how)
        if self.undo_stack.isClean():
            self.keptChanged.emit(True)
        else:
            self.undo_stack.setClean()
        return True

    def kept_as(self, position: int) -> str:
        """Say how the design was kept after so many steps: "recorded", "saved"; "" for not.

        A step that is undone and done otherwise is another one.
        """
        design, how = self._keepings.get(position, (None, ""))
        if design is not None and design is self._design_after(position):
            return how
        return _KEPT if position and position == self._clean() else ""

    def changes(self) -> int:
        """Count the steps since the design was kept last."""
        if self.is_kept():
            return 0
        return changes_since(self.undo_stack.index(), self._clean())

    def is_untouched(self) -> bool:
        """Say whether this is a starter design that nothing was done with."""
        return not self.origin and not self.undo_stack.count()

    def _note(self, position: int, how: str) -> None:
        before = self.kept_as(position).replace(_KEPT, "")
        known = before if how in before else ", ".join(filter(None, (before, how)))
        self._keepings[position] = (self.committed, known)

    def _design_after(self, position: int) -> RosetteParamSpec:
        return self.step(position).design if position else self.base

    def _snapshot_id(self) -> str | None:
        return None if self.saved_as is None else self.saved_as.snapshot_id

    def _clean(self) -> int | None:
        clean = self.undo_stack.cleanIndex()
        return clean if clean >= 0 else None

    def _show(self, design: RosetteParamSpec, ring_id: str | None) -> None:
        wanted = ring_id if ring_id is not None else self.selected
        kept = wanted if position_of(design, wanted) is not None else None
        has_moved = kept != self.selected
        self.selected = kept
        self.shown = self.committed = design
        if not self._is_walking:
            self.moved.emit(has_moved)


def _first_ring(design: RosetteParamSpec) -> str | None:
    return design.ring_params[0].identity if design.ring_params else None
