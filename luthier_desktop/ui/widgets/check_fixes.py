"""Remedies put into the words of a fix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from luthier_desktop.domain.feasibility.findings import Input
from luthier_desktop.domain.feasibility.remedies.fields import SETUP_PREFIX
from luthier_desktop.domain.feasibility.remedies.remedy import Remedy
from luthier_desktop.domain.feasibility.rules import RULES
from luthier_desktop.ui import style
from luthier_desktop.ui.widgets.check_fields import field_of_path
from luthier_desktop.ui.widgets.check_fix import ARROW, Fix
from luthier_desktop.ui.widgets.check_rows import CheckKey
from luthier_desktop.ui.widgets.check_words import input_value, number, plain, with_unit

MOST_FIXES = 3
DECIMALS = 4  # a sixteenth of an inch is 1.5875 mm
_CHECK_ID = re.compile("|".join(rf"\b{check_id}\b" for check_id in RULES))
_STATUS = re.compile(r"\b(?:RED|YELLOW|GREEN|UNKNOWN)\b")
_LINE = re.compile(r"\.lines\[(\d+)\]")
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
    field = field_of_path(remedy.path.removeprefix(SETUP_PREFIX))
    inside = _RING.match(remedy.path)
    line = _LINE.search(remedy.path)
    label = field.label
    if line is not None:
        label = label.replace("line", f"line {int(line[1]) + 1}")
    if inside is not None and int(inside[1]) < len(ring_numbers):
        label = f"ring {ring_numbers[int(inside[1])]} {label}"
    return Fix(
        check_id=key[0],
        ring_index=key[1],
        field=label,
        change=_change(remedy, field.unit),
        notes=plain(worded(remedy.side_effect)),
        is_of_setup=remedy.path.startswith(SETUP_PREFIX),
        remedy=remedy,
    )


def worded(sentence: str) -> str:
    """Call checks by their titles and statuses by their words, as the rest of the panel does."""
    sentence = sentence.replace("+-", "\u00b1")
    titled = _CHECK_ID.sub(lambda found: f"\u201c{RULES[found[0]].title}\u201d", sentence)
    return _STATUS.sub(lambda found: style.risk_sign(found[0]).word.lower(), titled)


def _change(remedy: Remedy, unit: str) -> str:
    """Write from what to what, the unit once."""
    first, then = remedy.before, remedy.after
    if _is_number(first) and _is_number(then):
        return f"{number(first, DECIMALS)} {ARROW} {with_unit(number(then, DECIMALS), unit)}"
    return f"{_plain(first, unit)} {ARROW} {_plain(then, unit)}"


def _plain(value: Input, unit: str) -> str:
    """Write one end of a change in mm, or in words."""
    return with_unit(number(value), unit) if _is_number(value) else input_value(value, unit)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, float | int) and not isinstance(value, bool)
