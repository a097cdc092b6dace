"""What an edit is: the design after it, its name in the history, the ring it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtGui import QUndoCommand

from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec


class Edit(NamedTuple):
    """One edit, ready to be done; ``ring_id`` is the ring to select with it, or None."""

    name: str
    after: RosetteParamSpec
    ring_id: str | None = None


class EditCommand(QUndoCommand):
    """An edit in the history.

    Steps of one held key share a *merge_key* and become one entry.
    """

    def __init__(
        self,
        edit: Edit,
        before: RosetteParamSpec,
        show: Callable[[RosetteParamSpec, str | None], None],
        merge_key: int = -1,
    ) -> None:
        super().__init__(edit.name)
        self._before = before
        self._edit = edit
        self._show = show
        self._merge_key = merge_key

    @property
    def name(self) -> str:
        """What the step is called in the history."""
        return self._edit.name

    @property
    def before(self) -> RosetteParamSpec:
        """The design before the step."""
        return self._before

    @property
    def after(self) -> RosetteParamSpec:
        """The design after the step."""
        return self._edit.after

    @property
    def ring_id(self) -> str | None:
        """The ring that the step is about, or None."""
        return self._edit.ring_id

    # Qt overrides

    def id(self) -> int:
        return self._merge_key

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, EditCommand):
            return False
        self._edit = other._edit
        self.setText(other._edit.name)
        return True

    def redo(self) -> None:
        self._show(self._edit.after, self._edit.ring_id)

    def undo(self) -> None:
        self._show(self._before, self._edit.ring_id)


def revised(design: RosetteParamSpec, changes: dict[str, Any]) -> RosetteParamSpec:
    """Return the design with some members replaced, validated again.

    Raises:
        InputRefused: The result breaks a rule of the design; the sentence names the field.
    """
    members = {
        (field.alias or name): getattr(design, name)
        for name, field in RosetteParamSpec.model_fields.items()
    }
    return RosetteParamSpec.read({**members, **changes}, "The design")


def with_ring(design: RosetteParamSpec, position: int, ring: RingParam) -> RosetteParamSpec:
    """Return the design with the ring at *position* replaced."""
    rings = list(design.ring_params)
    rings[position] = ring
    return revised(design, {"ring_params": tuple(rings)})


def restacked(design: RosetteParamSpec, rings: Iterable[RingParam]) -> RosetteParamSpec:
    """Return the design with these rings, numbered anew from the inside."""
    return revised(design, {"ring_params": design.with_rings(tuple(rings)).ring_params})


def listed(design: RosetteParamSpec, positions: Sequence[int]) -> str:
    """Name rings: ``ring 2``, ``rings 2 and 5``, ``rings 1 to 4``."""
    found = sorted(positions)
    numbers = [str(design.ring_params[at].ring_index) for at in found]
    if len(numbers) == 1:
        return f"ring {numbers[0]}"
    if len(numbers) > 2 and found == list(range(found[0], found[-1] + 1)):
        return f"rings {numbers[0]} to {numbers[-1]}"
    return f"rings {', '.join(numbers[:-1])} and {numbers[-1]}"


def position_of(design: RosetteParamSpec, ring_id: str | None) -> int | None:
    """Return where the ring with this identity stands in the stack, or None."""
    for position, ring in enumerate(design.ring_params):
        if ring.identity == ring_id:
            return position
    return None
