"""The constant text of lane M, machining."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "M1", Lane.MACHINING, "Chip load", "100 fz / D", "% of D",
        "inside the band of the material's class",
        "up to 1.5 times its upper end, down to a quarter of its lower end; in wood fz at least "
        "0.005 mm", "beyond",
        "asttooling.com speeds and feeds; precisebits.com edge_splintering and AdamRose", "M",
    ),
    Rule(
        "M2", Lane.MACHINING, "Depth of a pass", "a_p / D", "",
        "at most 1.0; 2.0 with chips up to 75 % of the band's upper end",
        "at most 2.0; 3.0 with chips up to 50 % of it", "beyond",
        "depth derating: asttooling.com speeds and feeds", "H", 1.0, 2.0,
    ),
    Rule(
        "M3", Lane.MACHINING, "Breakage", "32 F L1 / (pi (0.8 D)^3)", "MPa",
        "at most 700 MPa", "at most 1200 MPa", "more than 1200 MPa",
        "estimate: a fifth and a third of carbide's strength; 0.8 D: mmc-carbide.com; forces "
        "+-50 %", "L", 700.0, 1200.0,
    ),
    Rule(
        "M4", Lane.MACHINING, "Deflection",
        "F L1^3 / (3 E I1) + F ((L1 + L2)^3 - L1^3) / (3 E I2)", "mm",
        "at most 0.015 mm", "at most 0.050 mm", "more than 0.050 mm",
        "cnccookbook GWCutOptimizer (0.025 and 0.005 mm); E: calculatorhub end-mill deflection; "
        "forces +-50 %", "M", 0.015, 0.050,
    ),
    Rule(
        "M4b", Lane.MACHINING, "Slenderness of the bit", "L1 / D", "",
        "at most 6", "at most 10", "more than 10",
        "4:1 is the metal trade's (formulafactory.tools); catalogue bits for wood have 3 to 8 D",
        "M", 6.0, 10.0,
    ),
    Rule(
        "M5", Lane.MACHINING, "Entry", "tan(ramp), or plunge / F", "",
        "at most 0.3", "at most 0.5",
        "more than 0.5, or a plunge with a bit that does not cut at its centre",
        "estimate: trade judgement; a ring is long enough for any ramp", "L", 0.3, 0.5,
    ),
    Rule(
        "M6", Lane.MACHINING, "Runout", "TIR / fz", "",
        "at most 1.0", "more than 1.0", "runout over 8 % of the bit's diameter",
        "under 0.025 mm: precisebits.com calibrating feeds and speeds; 1/32 in bits in hand "
        "routers: erikshjoerne.blogspot.com", "M", 1.0,
    ),
    Rule(
        "M7", Lane.MACHINING, "Rubbing and burning", "lo / chip_percent * burn", "",
        "at most 2, and in wood fz at least 0.008 mm", "at most 4, and fz at least 0.005 mm",
        "beyond",
        "too small a chip burns: carbideprocessors.com; chips, not dust: cncshop.eu; burn "
        "factors: estimate", "L", 2.0, 4.0,
    ),
    Rule(
        "M8", Lane.MACHINING, "Limits of machine and bit",
        "max(n / max_rpm, min_rpm / n, F / max_feed)", "",
        "at most 1", "at most 1.05", "more than 1.05", "grbl defaults (gnea/grbl)", "H",
        1.0, 1.05,
    ),
    Rule(
        "M9", Lane.MACHINING, "Rim speed of a large bit", "pi D n / 60000", "m/s",
        "at most 18 000 rpm up to 38 mm, 15 000 up to 64 mm, 10 000 above", "-", "faster",
        "finewoodworking.com safe speeds for big router bits", "H",
    ),
    Rule(
        "M10", Lane.MACHINING, "Room on the machine", "travel - (2 r_out + 2 D + 20)", "mm",
        "at least 10 mm", "0 to 10 mm", "less than 0 mm", "estimate: trade judgement", "L",
        10.0, 0.0,
    ),
    Rule(
        "M11", Lane.MACHINING, "Cutting time",
        "2 min + per channel: passes with acceleration, plunge, lifts, 15 s", "minutes",
        "-", "-", "-",
        "acceleration and corner speed: grbl defaults (gnea/grbl, #893); +-15 %", "M",
    ),
)
