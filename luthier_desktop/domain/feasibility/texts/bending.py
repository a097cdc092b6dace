"""The constant text of lane B, bending."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "B1", Lane.BENDING, "The strip bends to the ring", "R / t_strip", "",
        "wood cold 60, hot 24; slanted cold 30, hot 15; fibre and celluloid 15; plastic 10",
        "wood cold 40, hot 15; slanted cold 20, hot 8; fibre and celluloid 8; plastic 5",
        "less, or shell or bone that is to be bent",
        "davidhsudesign.com (20 to 30 t); catroar.pages.dev lamination radii; USDA treesearch "
        "24140; rosewood 20.5 bad, 25 good: acousticguitarbuild.blogspot.com; slanted: estimate",
        "M",
    ),
    Rule(
        "B2", Lane.BENDING, "Straight pieces on a curve",
        "straight: r_in - sqrt(r_in^2 - L_piece^2 / 4);  "
        "pre-curved: L_piece^2 / 8 |1 / r_in - 1 / Rs|", "mm",
        "at most 0.05 mm", "at most 0.15 mm", "more than 0.15 mm",
        "geometry; a gap of 0.1 mm is visible", "H", 0.05, 0.15,
    ),
)
