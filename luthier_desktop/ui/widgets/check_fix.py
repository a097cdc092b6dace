"""A fix of a check as a luthier reads it: one field, from what to what, at what price."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.ui import units

ARROW = "→"


class Fix(NamedTuple):
    """One change of one field that clears a check; ``notes`` say what else it does.

    ``change`` is in mm, as the history has it.
    """

    check_id: str
    ring_index: int | None
    field: str
    change: str
    notes: str
    is_of_setup: bool
    remedy: Remedy

    @property
    def text(self) -> str:
        """The fix in one line, in the unit shown: "Channel depth 1.6 → 1.4 mm"."""
        return f"{self.field[:1].upper()}{self.field[1:]} {units.worded(self.change)}"

    @property
    def undo_name(self) -> str:
        """The step's name in the history: "Fix C1: channel depth 1.6 to 1.4 mm"."""
        return f"Fix {self.check_id}: {self.field} {self.change.replace(ARROW, 'to')}"
