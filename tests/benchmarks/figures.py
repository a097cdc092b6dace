"""One figure of a benchmark, as the table of all of them takes it.

A benchmark prints what it measures as it likes, and calls `figure` besides. Under
``python -m tests.benchmarks`` the figures of all benchmarks come together in one table.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

VARIABLE = "LUTHIER_FIGURES"


class Target(NamedTuple):
    """What a figure, or its ratio to the floor, is to be at most or at least."""

    bound: float
    of: str = "value"
    at_least: bool = False


def most(value: float) -> Target:
    """Let the value be at most so much."""
    return Target(value)


def least(value: float) -> Target:
    """Let the value be at least so much."""
    return Target(value, at_least=True)


def most_ratio(ratio: float) -> Target:
    """Let the value be at most so many times the floor."""
    return Target(ratio, "ratio")


def figure(
    name: str, value: float, unit: str, target: Target | None = None, floor: float | None = None
) -> None:
    """Keep a figure, its target, and the *floor* that was measured in the same run."""
    file_name = os.environ.get(VARIABLE)
    if file_name is None:
        return
    told = {"name": name, "value": value, "unit": unit, "target": target, "floor": floor}
    with Path(file_name).open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")
