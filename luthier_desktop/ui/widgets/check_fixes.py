"""Remedies put into the words of a fix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from luthier_desktop.ui.widgets.check_fields import field_of_path
from luthier_desktop.ui.widgets.check_fix import ARROW, Fix
from luthier_desktop.ui.widgets.check_rows import CheckKey
from luthier_desktop.ui.widgets.check_words import input_value, number, plain

if TYPE_CHECKING:
    from luthier_desktop.domain.feasibility.remedies import Remedy

MOST_FIXES = 3
_RING = re.compile(r"^ring_params\[(\d+)\]\.")


def fixes_of(
    remedies: Mapping[CheckKey, Sequence[Remedy]], ring_numbers: Sequence[int]
) -> dict[CheckKey, tuple[Fix, ...]]:
    """Put remedies into words; *ring_numbers* are the rings' numbers in the order of the stack."""
    return {
        key: tuple(_fix(key, remedy, ring_numbers) for remedy in found[:MOST_FIXES])
        for key, found in remedies.items()
    }


def _fix(key: CheckKey, remedy: Remedy, ring_numbers: Sequence[int]) -> Fix:
    field = field_of_path(remedy.path)
    inside = _RING.match(remedy.path)
    label = field.label
    if inside is not None and int(inside[1]) < len(ring_numbers):
        label += f" of ring {ring_numbers[int(inside[1])]}"
    return Fix(
        check_id=key[0],
        ring_index=key[1],
        field=label,
        change=_change(remedy, field.unit),
        notes=plain(remedy.side_effect or ""),
        is_of_setup=field.is_of_setup,
        remedy=remedy,
    )


def _change(remedy: Remedy, unit: str) -> str:
    """Write from what to what, the unit once."""
    before, after = remedy.before, remedy.after
    first = input_value(before, unit)
    if _is_number(before) and _is_number(after):
        first = number(float(before))  # type: ignore[arg-type]  # it is a number
    return f"{first} {ARROW} {input_value(after, unit)}"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
