"""Small hand-made scores: one of each verdict, with messages as a luthier would read them."""

from __future__ import annotations

from collections.abc import Iterable

from luthier_desktop.domain.feasibility.findings import Assumed, Finding, Rule, Scored
from luthier_desktop.domain.feasibility.risk import Lane, RiskBucket, Status

R, Y, G, U = Status.RED, Status.YELLOW, Status.GREEN, Status.UNKNOWN
NOTE, NA = Status.NOTE, Status.NA


def rule(check_id: str, lane: Lane, title: str, unit: str = "mm", **texts: object) -> Rule:
    """Make a rule with limits of 0.8 and 1.2 unless told otherwise."""
    members: dict[str, object] = {
        "formula": "a - b",
        "green": "at least 1.2 mm",
        "yellow": "0.8 to 1.2 mm",
        "red": "less than 0.8 mm",
        "source": "half the thickness: jsevy.com",
        "confidence": "H",
        "green_limit": 1.2,
        "yellow_limit": 0.8,
    }
    return Rule(check_id, lane, title, unit=unit, **{**members, **texts})  # type: ignore[arg-type]


RULES = {
    found.check_id: found
    for found in (
        rule("C1", Lane.CHANNEL, "Residual top", formula="t_rout - d - back"),
        rule("C1b", Lane.CHANNEL, "Inlay left after levelling", formula="d - face",
             green_limit=0.6, yellow_limit=0.4, green="at least 0.6 mm",
             yellow="0.4 to 0.6 mm", red="less than 0.4 mm", confidence="M"),
        rule("G5", Lane.LAYOUT, "The rings fill the span", formula="r_out - R_outer",
             green="within 0.01 mm", yellow="within 0.05 mm", red="beyond 0.05 mm",
             green_limit=0.01, yellow_limit=0.05),
        rule("T1", Lane.TILES, "The tiles close", formula="C / N - p", confidence="L",
             green="within 0.03 mm", yellow="within 0.10 mm", red="beyond 0.10 mm",
             green_limit=0.03, yellow_limit=0.1, source="estimate: trade judgement"),
        rule("G3", Lane.LAYOUT, "Hidden by the fingerboard", "deg", green="-", yellow="-",
             red="-", green_limit=None, yellow_limit=None),
    )
}


def finding(
    check_id: str,
    status: Status,
    value: float | None = 1.0,
    margin: float | None = 0.0,
    ring_index: int | None = None,
    **more: object,
) -> Finding:
    """Make a finding whose penalty follows from its status unless told otherwise."""
    penalty = {R: 1.0, Y: 0.5, U: 0.5}.get(status, 0.0)
    members: dict[str, object] = {"penalty": penalty, "inputs": {}, "message": "", **more}
    return Finding(check_id, ring_index, status, value, margin, **members)  # type: ignore[arg-type]


def scored(
    bucket: RiskBucket,
    score: float | None,
    findings: Iterable[Finding],
    binding: Finding | None = None,
    warnings: tuple[str, ...] = (),
) -> Scored:
    """Join findings to a score."""
    return Scored(score, bucket, tuple(findings), (), (), binding, (), warnings, None, None)


RESIDUAL_RED = finding(
    "C1", R, 0.4, -0.4,
    inputs={"t_rout_mm": 2.8, "d_mm": 2.4, "back_mm": 0.0,
            "green_limit": 1.2, "yellow_limit": 0.8},
    message="Only 0.4 mm of top is left under a 2.4 mm channel; at least 0.8 mm is needed.",
)
RESIDUAL_GREEN = finding(
    "C1", G, 1.4, 0.2,
    inputs={"t_rout_mm": 2.8, "d_mm": 1.4, "back_mm": 0.0},
    message="1.4 mm of top is left under a 1.4 mm channel.",
)
TILES_YELLOW = finding(
    "T1", Y, 0.06, -0.03, 2, penalty=3 / 7, inputs={"p_mm": 2.5, "N": 118},
    message="Each joint opens 0.06 mm: visible under lacquer.",
)
OTHERS = (
    finding("C1b", G, 0.9, 0.3, inputs={"d_mm": 1.4, "face_mm": 0.5},
            message="0.9 mm of inlay is left after levelling."),
    finding("G5", G, 0.0, 0.01, inputs={"r_out_mm": 60.0, "R_outer_mm": 60.0},
            message="The rings fill the span."),
    finding("G3", NOTE, 41.5, None, 1, inputs={"r_mm": 52.0},
            message="The fingerboard hides 41.5° of this ring: the place for its joint."),
    finding("T1", G, 0.01, 0.02, 1, inputs={"p_mm": 3.0, "N": 110}, message="Closes."),
    finding("T1", NA, None, None, 0, message="Rings without tiles close by themselves."),
)
TILES_UNKNOWN = finding(
    "T1", U, None, None, 3, inputs={"missing": "tile_length_mm, channel.depth_mm"},
    message="Not known yet: fill in tile_length_mm and channel.depth_mm.",
)
ASSUMED = (
    Assumed("channel.depth_mm", 1.6, "setup"),
    Assumed("top.material_id", "sitka_spruce", "setup"),
    Assumed("top.face_removal_mm", 0.0, "default"),
)

NO_EFFICIENCY = "Material efficiency is not given: the stock used has not been worked out."
RED = scored(
    RiskBucket.RED, 31.4, (RESIDUAL_RED, *OTHERS, TILES_YELLOW), RESIDUAL_RED, (NO_EFFICIENCY,)
)._replace(assumed=ASSUMED)
YELLOW = scored(
    RiskBucket.YELLOW, 76.3, (RESIDUAL_GREEN, *OTHERS, TILES_YELLOW), TILES_YELLOW
)._replace(assumed=ASSUMED)
GREEN = scored(RiskBucket.GREEN, 100.0, (RESIDUAL_GREEN, *OTHERS))._replace(assumed=ASSUMED)
UNKNOWN = scored(
    RiskBucket.UNKNOWN, 57.6, (RESIDUAL_GREEN, *OTHERS, TILES_UNKNOWN), TILES_UNKNOWN
)._replace(assumed=ASSUMED)
NO_RINGS = scored(
    RiskBucket.UNKNOWN, None, (), None,
    ("no rings", "20 mm is not a guitar's soundhole: guitars have 40 to 115 mm."),
)
