"""How a check answers when it has no value, and how numbers are written in messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import RingCase
from luthier_desktop.domain.feasibility.limits import UNSCALED_PENALTY
from luthier_desktop.domain.feasibility.risk import Status

NO_INPUTS: Mapping[str, Input] = {}
MISSING = "missing"
"""The input of an UNKNOWN that lists the paths to fill in or to correct."""


def not_judged(check_id: str, ring_index: int | None, why: str) -> Finding:
    """Answer that the check does not apply here."""
    return Finding(check_id, ring_index, Status.NA, None, None, 0.0, NO_INPUTS, why)


def unknown(check_id: str, ring_index: int | None, *missing: str) -> Finding:
    """Answer that inputs are missing; each of *missing* is the path of one."""
    inputs: dict[str, Input] = {MISSING: ", ".join(missing)}
    return Finding(
        check_id, ring_index, Status.UNKNOWN, None, None, UNSCALED_PENALTY, inputs,
        fill_in(missing),
    )


def fill_in(missing: Sequence[str]) -> str:
    """Say which paths are to be filled in."""
    return f"Fill in {_listed(missing)}."


def unknown_because(
    check_id: str, ring_index: int | None, path: str, sentence: str
) -> Finding:
    """Answer that the value at *path* is there and cannot be used; *sentence* says why."""
    inputs: dict[str, Input] = {MISSING: path}
    return Finding(
        check_id, ring_index, Status.UNKNOWN, None, None, UNSCALED_PENALTY, inputs, sentence
    )


def no_material(check_id: str, ring: RingCase) -> Finding | None:
    """Answer UNKNOWN when a ring has no materials or one that the catalogue does not have."""
    path = ring.path("materials")
    if ring.unknown_id is not None:
        sentence = f"The material '{ring.unknown_id}' is not in the catalogue; correct its id."
        return unknown_because(check_id, ring.ring_index, path, sentence)
    return None if ring.materials else unknown(check_id, ring.ring_index, path)


def absent(**inputs: object) -> list[str]:
    """Return the names of those *inputs* that are None, in the order given."""
    return [name for name, value in inputs.items() if value is None]


def number(value: float, decimals: int = 3) -> str:
    """Write a number for a message: at most *decimals* decimals, no trailing zeros."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
    return "0" if text in ("", "-0") else text


def _listed(names: Sequence[str]) -> str:
    """Name up to three; of more the first two, since all of them stand among the inputs."""
    if len(names) == 1:
        return names[0]
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return ", ".join(names[:-1]) + " and " + names[-1]
