"""Stacks of all kinds for properties, and edits of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor import (
    fill_edits,
    merge_edits,
    order_edits,
    ring_edits,
    split_edits,
    stack_edits,
    width_edits,
)
from luthier_desktop.ui.design_editor.edits import Edit

PATTERNS: tuple[dict[str, Any], ...] = (
    {"materials": ["gaboon_ebony"]},
    {"materials": ["holly"], "pattern": {"pieces": 4}},
    {"pattern_type": "LINES"},
    {"pattern_type": "LINES", "materials": ["holly", "pear", "holly"]},
    {
        "pattern_type": "LINES",
        "materials": ["gaboon_ebony", "holly"],
        "pattern": {
            "lines": [
                {"material_id": "gaboon_ebony", "thickness_mm": 0.5},
                {"material_id": "holly", "thickness_mm": 0.4},
                {"material_id": "gaboon_ebony", "thickness_mm": 0.6},
            ]
        },
    },
    {"pattern_type": "LADDER", "materials": ["holly", "koa"], "pattern": {"count": 40}},
    {"pattern_type": "CHECKER", "materials": ["holly", "koa"], "pattern": {"rows": 3}},
    {
        "pattern_type": "MOSAIC",
        "pattern": {"grid": [["holly", "koa"], ["koa", "koa"], ["pear", "holly"]], "px_mm": 0.6},
    },
)


@st.composite
def rings(draw: st.DrawFn, index: int) -> dict[str, Any]:
    ring = dict(draw(st.sampled_from(PATTERNS)))
    ring["ring_index"] = index
    ring["width_mm"] = draw(st.integers(15, 600)) / 100
    if draw(st.integers(0, 3)) == 0:
        ring["measured_width_mm"] = draw(st.integers(15, 600)) / 100
    if draw(st.integers(0, 3)) == 0:
        ring["locked"] = True
    ring["gap_before_mm"] = draw(st.sampled_from((0.0, 0.0, 0.0, 1.25)))
    return ring


@st.composite
def stacks(draw: st.DrawFn, least: int = 1) -> RosetteParamSpec:
    count = draw(st.integers(least, 6))
    plain = {
        "outer_diameter_mm": 120.0,
        "inner_diameter_mm": 90.0,
        "ring_params": [draw(rings(index)) for index in range(count)],
    }
    return RosetteParamSpec.read(plain, "design")


def chosen_of(design: RosetteParamSpec) -> st.SearchStrategy[list[int]]:
    """Return a choice of one ring or more."""
    every = st.integers(0, len(design.ring_params) - 1)
    return st.lists(every, min_size=1, unique=True)


Build = Callable[[RosetteParamSpec], Edit | None]


def all_edits(design: RosetteParamSpec, chosen: list[int], other: int) -> dict[str, Build]:
    """Return every edit of the stack, by name, about the chosen rings and one other number."""
    at = chosen[0]
    count = len(design.ring_params)
    new = stack_edits.fresh_ring_ids(design, set(), 2 * count + 2)
    slot = other % (count + 1)
    return {
        "insert": lambda d: stack_edits.insert(d, slot, new[0]),
        "remove": lambda d: stack_edits.remove(d, chosen),
        "duplicate": lambda d: stack_edits.duplicate(d, chosen, new[: len(chosen)]),
        "paste": lambda d: stack_edits.paste(d, slot, d.ring_params[:2], new[: min(count, 2)]),
        "inner edge": lambda d: stack_edits.move_inner_edge(d, at, other / 100),
        "move": lambda d: order_edits.move_to(d, chosen, slot),
        "step": lambda d: order_edits.step(d, chosen, 1 if other % 2 else -1),
        "reverse": lambda d: order_edits.reverse(d, min(chosen), max(chosen)),
        "mirror": lambda d: order_edits.mirror(d, at, new[:at]),
        "split": lambda d: split_edits.split(d, at, new[0]),
        "merge": lambda d: merge_edits.merge(d, chosen),
        "fill": lambda d: fill_edits.fill(d, chosen),
        "fill all": lambda d: fill_edits.fill(d, ()),
        "outer": fill_edits.fit_outer,
        "measured": lambda d: width_edits.use_measured(d, chosen),
        "nudge": lambda d: width_edits.nudge(d, at, other / 100),
        "width": lambda d: ring_edits.set_length(d, at, "width_mm", 0.1 + other / 100),
        "lock": lambda d: width_edits.set_locked(d, chosen, locked=True),
    }


def in_bytes(design: RosetteParamSpec) -> bytes:
    return json.dumps(design.normalised(), sort_keys=True).encode()


def sum_mm(design: RosetteParamSpec) -> float:
    """Add up the stack by hand."""
    return sum(ring.gap_before_mm + ring.effective_width_mm for ring in design.ring_params)
