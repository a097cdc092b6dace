"""The commands about the stack, done to the rings that are chosen in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal

from luthier_desktop.domain.copied_rings import CopiedRings
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import (
    fill_edits,
    merge_edits,
    order_edits,
    split_edits,
    stack_edits,
    width_edits,
)
from luthier_desktop.ui.design_editor.document import DesignDocument, MakeEdit
from luthier_desktop.ui.design_editor.edits import Edit
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_table import RingTable
from luthier_desktop.ui.design_editor.stack_reasons import reasons

_HELD_IN_TABLE = 1_000_000
"""Merge keys of steps in the table lie above those of the canvas."""


class StackCommands(QObject):
    """Does what the command table says about rings; ``allowedChanged`` tells what can be done.

    *drop_drag* ends a drag on the canvas, which another edit makes meaningless.
    """

    allowedChanged = Signal()

    def __init__(
        self,
        document: DesignDocument,
        table: RingTable,
        drop_drag: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._table = table
        self._drop_drag = drop_drag
        self._reasons: dict[str, str] = {}
        document.changed.connect(self._follow)
        document.selectionChanged.connect(self._look_again)
        table.chosenChanged.connect(self._look_again)
        self._look_again()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command about rings calls."""
        return {
            "insert_ring": self.insert,
            "remove_ring": self.remove,
            "duplicate_ring": self.duplicate,
            "move_ring_in": self.move_in,
            "move_ring_out": self.move_out,
            "move_ring_innermost": self._move_innermost,
            "move_ring_outermost": self._move_outermost,
            "split_ring": self._split,
            "merge_rings": self._merge,
            "mirror_stack": self._mirror,
            "reverse_stack": self._reverse,
            "lock_width": self._lock,
            "fill_ring": self._fill,
            "fill_all": self._fill_all,
            "fit_outer": self._fit_outer,
            "measure_ring": self._measure,
            "use_measured": self._use_measured,
            "widen_ring": self._widen,
            "narrow_ring": self._narrow,
            "widen_finely": self._widen_finely,
            "narrow_finely": self._narrow_finely,
            "inner_edge_out": self._inner_edge_out,
            "inner_edge_in": self._inner_edge_in,
        }

    def reasons(self) -> dict[str, str]:
        """Return for each command why it cannot be done now, or "" where it can."""
        return self._reasons

    @property
    def chosen(self) -> tuple[int, ...]:
        """Where the selected rings stand, inner to outer.

        The table lets go of a ring's row, and tells of it, when the design is without it already.
        """
        count = len(self._document.committed.ring_params)
        return tuple(at for at in self._table.chosen() if at < count)

    def are_locked(self) -> bool:
        """Say whether the widths of all chosen rings are locked."""
        rings = self._document.committed.ring_params
        return bool(self.chosen) and all(rings[at].locked for at in self.chosen)

    def insert(self) -> None:
        """Insert a ring outside the selected one, or at the outer edge."""
        at, ring_id = self._outside(), self._document.fresh_ring_id()
        self._do(lambda design: stack_edits.insert(design, at, ring_id))

    def remove(self) -> None:
        """Take the chosen rings out of the stack."""
        self._do_chosen(stack_edits.remove)

    def duplicate(self) -> None:
        """Put a copy of the chosen rings outside them."""
        new = self._document.fresh_ring_ids(len(self.chosen))
        self._do_chosen(lambda design, chosen: stack_edits.duplicate(design, chosen, new))

    def move_in(self) -> None:
        """Move the chosen rings one place in."""
        self._do_chosen(lambda design, chosen: order_edits.step(design, chosen, -1))

    def move_out(self) -> None:
        """Move the chosen rings one place out."""
        self._do_chosen(lambda design, chosen: order_edits.step(design, chosen, 1))

    def copied(self) -> CopiedRings | None:
        """Return the chosen rings as they are copied, or None."""
        return CopiedRings.of(self._document.committed, self.chosen) if self.chosen else None

    def paste(self, copied: CopiedRings) -> None:
        """Put rings from elsewhere outside the selected one; a cut ring comes back as itself."""
        at, new = self._outside(), self._document.fresh_ring_ids(len(copied.ring_params))
        ids = copied.ids_in(self._document.committed, new)
        self._do(lambda design: stack_edits.paste(design, at, copied.ring_params, ids))

    def _outside(self) -> int:
        chosen = self.chosen
        return max(chosen) + 1 if chosen else len(self._document.committed.ring_params)

    def _move_innermost(self) -> None:
        self._do_chosen(lambda design, chosen: order_edits.move_to(design, chosen, 0, "innermost"))

    def _move_outermost(self) -> None:
        last = len(self._document.committed.ring_params)
        self._do_chosen(
            lambda design, chosen: order_edits.move_to(design, chosen, last, "outermost")
        )

    def _split(self) -> None:
        ring_id = self._document.fresh_ring_id()
        self._do_current(lambda design, at: split_edits.split(design, at, ring_id))

    def _merge(self) -> None:
        self._do_chosen(merge_edits.merge)

    def _mirror(self) -> None:
        new = self._document.fresh_ring_ids(self._document.selected_position or 0)
        self._do_current(lambda design, at: order_edits.mirror(design, at, new))

    def _reverse(self) -> None:
        chosen = self.chosen
        last = len(self._document.committed.ring_params) - 1
        ends = (min(chosen), max(chosen)) if len(chosen) > 1 else (0, last)
        self._do(lambda design: order_edits.reverse(design, *ends))

    def _lock(self) -> None:
        wanted = not self.are_locked()
        self._do_chosen(
            lambda design, chosen: width_edits.set_locked(design, chosen, locked=wanted)
        )

    def _fill(self) -> None:
        self._do_chosen(fill_edits.fill)

    def _fill_all(self) -> None:
        self._do(lambda design: fill_edits.fill(design, ()))

    def _fit_outer(self) -> None:
        self._do(fill_edits.fit_outer)

    def _measure(self) -> None:
        position = self._document.selected_position
        if position is not None:
            self._table.edit_cell(position, Column.MEASURED)

    def _use_measured(self) -> None:
        self._do_chosen(width_edits.use_measured)

    def _widen(self) -> None:
        self._nudge(units.step_mm(Qt.KeyboardModifier.NoModifier))

    def _narrow(self) -> None:
        self._nudge(-units.step_mm(Qt.KeyboardModifier.NoModifier))

    def _widen_finely(self) -> None:
        self._nudge(units.step_mm(Qt.KeyboardModifier.AltModifier))

    def _narrow_finely(self) -> None:
        self._nudge(-units.step_mm(Qt.KeyboardModifier.AltModifier))

    def _inner_edge_out(self) -> None:
        self._move_edge(units.step_mm(Qt.KeyboardModifier.NoModifier))

    def _inner_edge_in(self) -> None:
        self._move_edge(-units.step_mm(Qt.KeyboardModifier.NoModifier))

    def _nudge(self, by_mm: float) -> None:
        self._do_current(lambda design, at: width_edits.nudge(design, at, by_mm), self._held())

    def _move_edge(self, by_mm: float) -> None:
        self._do_current(
            lambda design, at: stack_edits.move_inner_edge(design, at, by_mm), self._held()
        )

    def _held(self) -> int:
        """Return the merge key of the key that is down: held, it makes one step."""
        return _HELD_IN_TABLE + self._table.presses

    def _do_current(
        self, build: Callable[[RosetteParamSpec, int], Edit | None], merge_key: int = -1
    ) -> None:
        position = self._document.selected_position
        if position is not None:
            self._do(lambda design: build(design, position), merge_key)

    def _do_chosen(self, build: Callable[[RosetteParamSpec, Sequence[int]], Edit | None]) -> None:
        chosen = self.chosen
        if chosen:
            self._do(lambda design: build(design, chosen))

    def _do(self, build: MakeEdit, merge_key: int = -1) -> None:
        self._drop_drag()
        self._document.attempt(build, merge_key)

    def _follow(self, design: RosetteParamSpec) -> None:
        if design is self._document.committed:  # the steps of a drag allow what they did before
            self._look_again()

    def _look_again(self) -> None:
        found = reasons(
            self._document.committed, self.chosen, self._document.selected_position
        )
        if found != self._reasons:
            self._reasons = found
            self.allowedChanged.emit()
