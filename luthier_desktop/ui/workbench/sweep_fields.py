"""The fields that a what-if can try: what they are called, what stands there, where to begin."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from luthier_desktop.domain.lengths import MM_PER_INCH, Unit
from luthier_desktop.domain.rosette import RingParam, RosetteParamSpec
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor import design_edits, ring_edits
from luthier_desktop.ui.design_editor.field_table import (
    OF_DESIGN,
    OF_RING,
    FieldSpec,
    Kind,
    belongs,
)

_NUMBERS = tuple(kind for kind in Kind if kind is not Kind.CHOICE)
_RING_LENGTHS = {
    path: name for path, name in ring_edits.FIELD_NAMES.items() if path.endswith("_mm")
}
STEPS_ASIDE = 8
_DECIMALS = 6
_TINY = 1e-9
_STEPS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
_INCH_STEPS = tuple(
    MM_PER_INCH * inches for inches in (1 / 32, 1 / 64, 0.01, 0.005, 0.002, 0.001, 0.0005)
)
"""The steps that a luthier would try, the coarsest first; half the value is the way to go."""


class Swept(NamedTuple):
    """A field that can be tried; ``value`` is what the design or the shop has now, or None."""

    path: str
    label: str
    spec: FieldSpec
    value: float | None

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.spec.kind is Kind.COUNT

    def range(self) -> tuple[float, float] | None:
        """Return where to begin and end, round steps off what stands there; None without it."""
        value = self.value
        if value is None:
            return None
        step = self._step(abs(value))
        below = STEPS_ASIDE
        if self.spec.kind is not Kind.SIGNED_LENGTH:
            below = min(below, max(0, math.ceil(value / step - _TINY) - 1))
        low, high = value - below * step, value + STEPS_ASIDE * step
        return round(low, _DECIMALS), round(high, _DECIMALS)

    def steps(self) -> int:
        """Return how many values lie in that range, a round step apart."""
        ends, value = self.range(), self.value
        if ends is None or value is None:
            return 2 * STEPS_ASIDE + 1
        return round((ends[1] - ends[0]) / self._step(abs(value))) + 1

    def _step(self, size: float) -> float:
        if self.is_whole:
            return max(1, round(size / 30))
        if self.spec.kind is Kind.ANGLE:
            return 1.0
        if self.spec.kind is Kind.SHARE:
            return 0.01
        wanted = size / (1.5 * STEPS_ASIDE)
        is_in_inches = self.spec.kind.is_length and units.unit() is Unit.INCH
        steps = _INCH_STEPS if is_in_inches else _STEPS
        return next((step for step in steps if step <= wanted), steps[-1])


def swept_fields(design: RosetteParamSpec, assumed: Mapping[str, object]) -> list[Swept]:
    """List the numbers of the design, ring by ring; *assumed* are the shop's own values."""
    found = [
        Swept(spec.path, spec.name, spec, _number(_own(design, spec.path, assumed)))
        for spec in (*_lengths(design_edits.LENGTHS), *OF_DESIGN)
        if spec.kind in _NUMBERS
    ]
    for position, ring in enumerate(design.ring_params):
        found.extend(_of_ring(position, ring))
    return found


def _of_ring(position: int, ring: RingParam) -> Iterator[Swept]:
    for spec in (*_lengths(_RING_LENGTHS), *OF_RING):
        if spec.kind in _NUMBERS and belongs(spec.path, ring.pattern_type):
            value = _number(ring_edits.field_value(ring, spec.path))
            path = f"ring_params[{position}].{spec.path}"
            label = f"Ring {ring.ring_index}: {spec.name[:1].lower()}{spec.name[1:]}"
            yield Swept(path, label, spec, value)


def _lengths(names: Mapping[str, str]) -> list[FieldSpec]:
    return [FieldSpec(path, name, "", Kind.LENGTH) for path, name in names.items()]


def _own(design: RosetteParamSpec, path: str, assumed: Mapping[str, object]) -> Any:
    own = design_edits.value_at(design, path)
    return assumed.get(path) if own is None else own


def _number(value: Any) -> float | None:
    return value if isinstance(value, float | int) and not isinstance(value, bool) else None
