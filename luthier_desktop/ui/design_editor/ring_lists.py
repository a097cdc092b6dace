"""The lists inside a ring's pattern: the lines of a stack, the shapes of an inlay."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.patterns import inlay, lines
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.rosette import RingParam
from luthier_desktop.ui import units
from luthier_desktop.ui.design_editor.field_table import Choice, FieldSpec, Kind
from luthier_desktop.ui.design_editor.rows_field import Row, Rows, RowsOf

VENEER_MM = 0.5
SAME_MM = 1e-6
LINES, SHAPES = "pattern.lines", "pattern.shapes"

OF_LINES = RowsOf(
    "Line",
    (
        FieldSpec("material_id", "Material", "The line's material.", Kind.MATERIAL),
        FieldSpec("thickness_mm", "Thickness", "How thick the line is across the ring.",
                  Kind.LENGTH),
    ),
    "List the lines",
    "The ring's materials share its width equally.",
    ways=("inward", "outward"),
)
OF_SHAPES = RowsOf(
    "Shape",
    (
        FieldSpec("kind", "Shape", "What is cut.", Kind.CHOICE, "",
                  (Choice("leaf", "Leaf"), Choice("moon", "Moon"), Choice("lozenge", "Lozenge"),
                   Choice("dot", "Dot"))),
        FieldSpec("size_mm", "Length", "Length of the shape along its axis.", Kind.LENGTH),
        FieldSpec("along", "Along", "How far from its spoke towards the next one.", Kind.SHARE,
                  "0 %"),
        FieldSpec("offset_mm", "Out by", "How far outside the ring's middle; below zero inside.",
                  Kind.SIGNED_LENGTH, "0"),
        FieldSpec("turn_deg", "Turned", "Its axis, clockwise from the radius.", Kind.ANGLE,
                  "0°"),
        FieldSpec("material_id", "Material", "The shape's material.", Kind.MATERIAL,
                  "In turn"),
    ),
    "Place shapes",
    "A vine of leaves and berries stands for them.",
    labelled=True,
)
OF_LISTS = {LINES: OF_LINES, SHAPES: OF_SHAPES}


def rows_of(ring: RingParam | None, path: str) -> Rows:
    """Return the rows of a list as plain data; none where the ring has no such list."""
    pattern = None if ring is None else ring.pattern
    own: tuple[Any, ...] = getattr(pattern, path.rpartition(".")[2], None) or ()
    return tuple(one.plain() for one in own)


def more_rows(rows: Rows, ring: RingParam, radii: RingRadii, path: str) -> Rows:
    """Return the rows and one more; a list that begins shows what was drawn without it."""
    if path == LINES:
        return (*rows, _next_line(rows)) if rows else _drawn_lines(ring, radii)
    return (*rows, _next_shape(rows)) if rows else _drawn_shapes(ring, radii)


def followed(
    ring: RingParam, path: str, rows: list[dict[str, Any]]
) -> tuple[str, ...] | None:
    """Return the ring's materials where they follow its lines; None where they stay.

    They follow as long as they name the lines' materials, or nothing at all.
    """
    before = {row["material_id"] for row in rows_of(ring, path)} if path == LINES else set()
    if path != LINES or not rows or (ring.materials and set(ring.materials) != before):
        return None
    return tuple(dict.fromkeys(row["material_id"] for row in rows))


def summary(ring: RingParam, path: str) -> str:
    """Say whether the lines fill the ring; "" where there is nothing to add up."""
    rows = rows_of(ring, path)
    if path != LINES or not rows:
        return ""
    total_mm = sum(row["thickness_mm"] for row in rows)
    over_mm = round(total_mm - ring.effective_width_mm, 6)
    if abs(over_mm) <= SAME_MM:
        return f"Together {units.brief(total_mm)}: they fill the ring."
    word = "more than" if over_mm > 0 else "less than"
    return (
        f"Together {units.brief(total_mm)}, {units.brief(abs(over_mm))} {word} the ring's width; "
        "they are drawn in proportion."
    )


def _next_line(rows: Rows) -> Row:
    last = rows[-1]
    before = rows[-2]["material_id"] if len(rows) > 1 else "holly"
    return {"material_id": before, "thickness_mm": last["thickness_mm"]}


def _drawn_lines(ring: RingParam, radii: RingRadii) -> Rows:
    own = lines.own_lines(lay_out(ring, radii))
    return tuple(
        {"material_id": material_id, "thickness_mm": round(thickness_mm, 6)}
        for material_id, thickness_mm in own
    )


def _next_shape(rows: Rows) -> Row:
    """Return a shape like the last one, half way to the next spoke."""
    last = rows[-1]
    along = round((last.get("along", 0.0) + 1.0) / 2, 3)
    return {**last, "along": along}


def _drawn_shapes(ring: RingParam, radii: RingRadii) -> Rows:
    return tuple(
        {name: _short(value) for name, value in one.plain().items()}
        for one in inlay.placed_shapes(lay_out(ring, radii))
    )


def _short(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value
