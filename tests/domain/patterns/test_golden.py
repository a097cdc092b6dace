"""Each family's default drawing of the ring 50 to 56 mm, kept as text."""

from __future__ import annotations

from pathlib import Path

from luthier_desktop.domain.geometry import Arc, Edge, Line
from luthier_desktop.domain.patterns.registry import PARAMETERS
from tests.domain.patterns.rings import draw

GOLDEN = Path(__file__).parents[2] / "golden" / "patterns.txt"


def told(edge: Edge) -> str:
    if isinstance(edge, Arc):
        center = f"{edge.center[0]:.3f} {edge.center[1]:.3f}"
        return f"arc {center} r {edge.radius_mm:.3f} {edge.start_deg:.3f} {edge.sweep_deg:+.3f}"
    name, points = (
        ("line", (edge.start, edge.end)) if isinstance(edge, Line) else ("curve", edge.points)
    )
    ends = " ".join(f"{x + 0.0:.3f} {y + 0.0:.3f}" for x, y in (points[0], points[-1]))
    return f"{name} {ends} in {len(points)}".replace("-0.000", "0.000")


def drawn(family: str) -> str:
    drawing = draw(family)
    piece = drawing.pieces[-1]
    woods = ", ".join(f"{n} {name}" for name, n in sorted(drawing.pieces_by_material.items()))
    size = f"{drawing.count} x {drawing.pitch_mm:.4f} mm, {len(drawing.joints)} joints"
    wood = f"{piece.material_id}, grain {piece.grain_deg:.3f}, bent {piece.bent}"
    lines = [
        f"{family}: {size}, smallest {drawing.smallest_piece_mm:.4f} mm",
        f"  {woods}",
        f"  last: {wood}, {piece.area_mm2:.4f} mm2, {len(piece.holes)} holes",
        *(f"  {told(edge)}" for edge in piece.outline.edges),
    ]
    return "\n".join(lines)


def test_the_default_drawings_are_those_that_were_looked_at() -> None:
    assert "\n".join(drawn(family) for family in PARAMETERS) + "\n" == GOLDEN.read_text("utf-8")
