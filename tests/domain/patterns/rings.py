"""Short ways to a ring and its drawing."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns.draw import RingDrawing, draw_ring
from luthier_desktop.domain.rosette import RingParam

RADII = RingRadii(50, 56)
AROUND_MM = 2 * math.pi * 53
"""The mean circle of RADII."""


def ring(family: str, pattern: dict[str, Any] | None = None, **members: Any) -> RingParam:
    plain = {"ring_index": 0, "width_mm": 6, "pattern_type": family, **members}
    return RingParam.read({**plain, "pattern": pattern} if pattern else plain, "ring")


def draw(
    family: str,
    pattern: dict[str, Any] | None = None,
    radii: RingRadii = RADII,
    **members: Any,
) -> RingDrawing:
    return draw_ring(ring(family, pattern, **members), radii)


MATERIALS = ["koa", "pear", "holly", "gaboon_ebony"]
SYMMETRIES = st.sampled_from(["slip", "book", "inversion", "book_inversion"])


def grids() -> st.SearchStrategy[list[list[str]]]:
    """Grids of up to six by six cells in two woods."""
    cells = st.tuples(st.integers(1, 6), st.integers(1, 6))
    return cells.flatmap(
        lambda size: st.lists(
            st.lists(st.sampled_from(["koa", "pear"]), min_size=size[1], max_size=size[1]),
            min_size=size[0], max_size=size[0],
        )
    )


counts = st.integers(1, 60)
lengths = st.floats(0.01, 30)

OWN: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "SOLID": st.fixed_dictionaries({}, optional={"pieces": counts}),
    "LINES": st.fixed_dictionaries(
        {},
        optional={
            "lines": st.lists(
                st.fixed_dictionaries({"material_id": st.just("koa"), "thickness_mm": lengths}),
                min_size=1, max_size=9,
            )
        },
    ),
    "LADDER": st.fixed_dictionaries({}, optional={"count": counts}),
    "CHECKER": st.fixed_dictionaries(
        {}, optional={"count": counts, "rows": st.integers(1, 6), "px_mm": st.floats(2, 30)}
    ),
    "BARBER_POLE": st.fixed_dictionaries(
        {}, optional={"count": counts, "angle_deg": st.floats(5, 89.9)}
    ),
    "ROPE": st.fixed_dictionaries(
        {"count": counts}, optional={"lean_mm": st.floats(0, 60), "outline_mm": st.floats(0, 3)}
    ),
    "HERRINGBONE": st.fixed_dictionaries(
        {"count": counts}, optional={"angle_deg": st.floats(10, 89.9), "mirrored": st.booleans()}
    ),
    "MOSAIC": st.fixed_dictionaries(
        {"count": st.integers(1, 30)},
        optional={
            "rows": st.integers(1, 5),
            "cols": st.integers(1, 5),
            "symmetry": SYMMETRIES,
        },
    ),
    "SEGMENTS": st.fixed_dictionaries({}, optional={"count": counts}),
    "WHEAT_EAR": st.fixed_dictionaries(
        {"count": counts},
        optional={
            "angle_deg": st.floats(10, 89.9), "mirrored": st.booleans(),
            "backing_mm": st.floats(0, 3),
        },
    ),
    "WAVE": st.fixed_dictionaries(
        {}, optional={"count": counts, "band_mm": lengths, "amplitude_mm": lengths}
    ),
    "PLAIT": st.fixed_dictionaries(
        {"count": st.integers(3, 60)},
        optional={
            "strands": st.integers(2, 7), "strand_mm": lengths, "gap_mm": st.floats(0, 2),
        },
    ),
    "MEANDER": st.fixed_dictionaries(
        {"count": st.integers(1, 30)},
        optional={"rows": st.integers(1, 7), "cols": st.integers(1, 7), "symmetry": SYMMETRIES},
    ),
    "CUSTOM": st.fixed_dictionaries(
        {"count": st.integers(1, 20), "grid": grids()}, optional={"symmetry": SYMMETRIES}
    ),
    "INLAY": st.fixed_dictionaries(
        {},
        optional={
            "count": counts,
            "shapes": st.lists(
                st.fixed_dictionaries(
                    {
                        "kind": st.sampled_from(["leaf", "moon", "lozenge", "dot"]),
                        "size_mm": lengths, "along": st.sampled_from([0, 0.2, 0.5, 0.9]),
                    },
                    optional={"offset_mm": st.floats(-9, 9), "turn_deg": st.floats(-180, 180)},
                ),
                min_size=1, max_size=4, unique_by=lambda one: one["along"],
            ),
        },
    ),
    "DOTS": st.fixed_dictionaries({}, optional={"count": counts, "dot_diameter_mm": lengths}),
}


@st.composite
def drawn_rings(draws: st.DrawFn) -> tuple[RingParam, RingRadii]:
    family = draws(st.sampled_from(sorted(OWN)))
    inner_mm, width_mm = draws(st.floats(15, 120)), draws(st.floats(0.4, 25))
    materials = draws(st.none() | st.lists(st.sampled_from(MATERIALS), max_size=4))
    one = ring(family, draws(OWN[family]), width_mm=width_mm, materials=materials)
    return one, RingRadii(inner_mm, inner_mm + width_mm)
