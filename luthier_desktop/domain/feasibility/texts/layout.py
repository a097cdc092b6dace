"""The constant text of lane G, layout."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "G1", Lane.LAYOUT, "Gaps fit the layout", "gap", "mm",
        "up to 0.05 mm in a single channel; any with a channel per ring", "-",
        "more than 0.05 mm in a single channel",
        "a gap inside one channel is an empty groove", "H", 0.05, 0.05,
    ),
    Rule(
        "G2", Lane.LAYOUT, "Wood at the soundhole's edge", "r_in - R_sh", "mm",
        "at least 2.5 mm (2.0 mm for soundholes under 75 mm); a bound edge within 0.05 mm",
        "1.0 to 2.5 mm", "less than 1.0 mm",
        "3 mm: theguitar-blog.com (Mottola); 2.5 mm: HZRosetteDesigner LaItalica.js; "
        "ukuleles 2 to 2.5 mm", "H", 2.5, 1.0,
    ),
    Rule(
        "G3", Lane.LAYOUT, "Hidden by the fingerboard",
        "2 min(asin(w_fb / 2 r), acos(d_fb / r))", "deg", "-", "-", "-",
        "erez-perelman.com/guitar/rosette; pemicheletti.com/rosette-making-part-3-of-3", "H",
    ),
    Rule(
        "G4", Lane.LAYOUT, "Room to the outer limit", "limit_dia / 2 - r_out", "mm",
        "at least 3 mm", "0 to 3 mm", "less than 0 mm", "estimate: trade judgement", "L", 3.0, 0.0,
    ),
    Rule(
        "G5", Lane.LAYOUT, "The rings fill the span", "r_out - R_outer", "mm",
        "within 0.01 mm", "within 0.05 mm", "beyond 0.05 mm", "geometry", "H", 0.01, 0.05,
    ),
)
