"""The constant text of every check: what it asks, its formula, limits, source and confidence."""

from __future__ import annotations

from typing import Any

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES_VERSION = "rules-1"
RULES_SCHEMA = "luthier.rules/1"

_ESTIMATE = "estimate: trade judgement"
_GEOMETRY = "geometry"

_LAYOUT = (
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
        "ukuleles 2 to 2.5 mm", "H", None, 1.0,
    ),
    Rule(
        "G3", Lane.LAYOUT, "Hidden by the fingerboard",
        "2 min(asin(w_fb / 2 r), acos(d_fb / r))", "deg", "-", "-", "-",
        "erez-perelman.com/guitar/rosette; pemicheletti.com/rosette-making-part-3-of-3", "H",
    ),
    Rule(
        "G4", Lane.LAYOUT, "Room to the outer limit", "limit_dia / 2 - r_out", "mm",
        "at least 3 mm", "0 to 3 mm", "less than 0 mm", _ESTIMATE, "L", 3.0, 0.0,
    ),
    Rule(
        "G5", Lane.LAYOUT, "The rings fill the span", "r_out - R_outer", "mm",
        "within 0.01 mm", "within 0.05 mm", "beyond 0.05 mm", _GEOMETRY, "H", 0.01, 0.05,
    ),
)

_CHANNEL = (
    Rule(
        "C1", Lane.CHANNEL, "Top left under the channel", "t_rout - d - back", "mm",
        "at least 1.2 mm and 45 % of the finished top; backed 0.8 mm",
        "at least 0.8 mm and 30 % of the finished top; backed 0.5 mm",
        "less", "half the thickness: jsevy.com inlaying-the-rosette; 0.5 mm unbacked failed: "
        "ukuleleunderground.com soundhole patch", "H",
    ),
    Rule(
        "C1b", Lane.CHANNEL, "Inlay left after levelling", "d - face", "mm",
        "at least 0.6 mm", "at least 0.4 mm", "less than 0.4 mm",
        "channels of 0.8 to 0.9 mm before levelling: tysonguitars.com, newluthier.blogspot.com; "
        "factory veneer is 0.5 to 0.6 mm", "M", 0.6, 0.4,
    ),
    Rule(
        "C2", Lane.CHANNEL, "The bit fits the channel", "w / D", "",
        "at least 1.1: room for a finish pass", "at least 1.0", "less than 1.0", _GEOMETRY, "H",
        1.1, 1.0,
    ),
    Rule(
        "C3", Lane.CHANNEL, "The land between two channels holds",
        "b;  util = sigma / f_t90,  sigma = 6 F_n (d/2) / ((D/2 + 2 d) b^2)", "mm",
        "at least 2.0 mm and at most 30 % of the strength across the grain",
        "at least 1.0 mm and at most 60 %", "less than 1.0 mm, or more than 60 %",
        "rings spaced 3/16 in: bozemanguitars.com; the short-grain theory is ours: estimate", "L",
    ),
    Rule(
        "C4", Lane.CHANNEL, "The inlay stands proud", "t_inlay - d", "mm",
        "0.2 to 0.6 mm", "flush after levelling, or more than 0.6 mm",
        "below the finished top", "0.4 mm (1/64 in): christopherpicard.blogspot.com", "H",
    ),
    Rule(
        "C5", Lane.CHANNEL, "The slot stays clear of dust", "d / D", "",
        "at most 1.0, or extraction, or a bit that is not downcut", "at most 2.0",
        "more than 2.0",
        "1/32 in downcut packs the channel: erikshjoerne.blogspot.com/2007/05", "H", 1.0, 2.0,
    ),
)

_TILES = (
    Rule(
        "T1", Lane.TILES, "The tiles close the ring", "C / N - p", "mm",
        "within 0.03 mm or 0.5 % of a tile, or hidden by the fingerboard; cut to length: 5 %",
        "within 0.10 mm or 2 %; cut to length: any", "beyond",
        "erez-perelman.com/guitar/rosette; cadizguitars.com ladder motif; danielechiesa.com "
        "Ros_Gluing2", "H",
    ),
    Rule(
        "T1b", Lane.TILES, "The colours come round", "N mod k", "",
        "0", "-", "not 0, with a count given by hand", _GEOMETRY, "H",
    ),
    Rule(
        "T2", Lane.TILES, "Wedges between straight tiles", "2 w tan(pi / N)", "mm",
        "at most 0.05 mm, or tapered", "at most 0.15 mm", "more than 0.15 mm", _GEOMETRY, "H",
        0.05, 0.15,
    ),
    Rule(
        "T3", Lane.TILES, "Smallest cell", "cell", "mm",
        "lines 0.3 mm; wood 0.4 mm; with shell 1.0 mm",
        "lines 0.2 mm; wood 0.3 mm; with shell 0.7 mm", "less",
        "0.5 mm cells: hillguitar.com; 0.3 mm lines: HZRosetteDesigner LaItalica.js", "H",
    ),
    Rule(
        "T4", Lane.TILES, "Slices from the logs",
        "n = floor((L + k) / (t + k)) a log;  need = ceil(N (1 + waste))", "",
        "at least the number needed with waste", "at least the number of tiles",
        "fewer than the number of tiles", "pemicheletti.com rosette mosaic, parts 2 and 3", "H",
    ),
    Rule(
        "T5", Lane.TILES, "Strength of a slice", "t", "mm",
        "at least 1.2 mm", "at least 0.8 mm", "less than 0.8 mm",
        "1.5 to 2.0 mm in use: danielechiesa.com; pemicheletti.com parts 2 and 3", "M", 1.2, 0.8,
    ),
    Rule(
        "T6", Lane.TILES, "Cells stretch towards the outside", "r_o / r_i", "",
        "at most 1.25", "more than 1.25", "-", _ESTIMATE, "L", 1.25,
    ),
)

_MACHINING = (
    Rule(
        "M1", Lane.MACHINING, "Chip load", "100 fz / D", "% of D",
        "inside the band of the material's class",
        "up to 1.5 times its upper end, down to a quarter of its lower end; in wood fz at least "
        "0.005 mm", "beyond",
        "asttooling.com speeds and feeds; precisebits.com edge_splintering and AdamRose", "M",
    ),
    Rule(
        "M4b", Lane.MACHINING, "Slenderness of the bit", "L1 / D", "",
        "at most 6", "at most 10", "more than 10",
        "4:1 is the metal trade's (formulafactory.tools); catalogue bits for wood have 3 to 8 D",
        "M", 6.0, 10.0,
    ),
)

_ALL = _LAYOUT + _CHANNEL + _TILES + _MACHINING
RULES: dict[str, Rule] = {rule.check_id: rule for rule in _ALL}
"""Every check by id, lane by lane in the order that decides ties of the binding check."""


def rules_document() -> dict[str, Any]:
    """Return the constant text of this rules version: the content of rules/{version}.json."""
    return {
        "schema": RULES_SCHEMA,
        "rules_version": RULES_VERSION,
        "checks": [_plain(rule) for rule in RULES.values()],
    }


def _plain(rule: Rule) -> dict[str, Any]:
    plain = rule._asdict()
    plain["id"] = plain.pop("check_id")
    plain["lane"] = rule.lane.value
    return {name: value for name, value in plain.items() if value is not None}
