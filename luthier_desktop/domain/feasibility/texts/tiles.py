"""The constant text of lane T, tiles."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "T1", Lane.TILES, "The tiles close the ring", "C / N - p", "mm",
        "within 0.03 mm or 0.5 % of a tile, or hidden by the fingerboard; cut to length: 5 %",
        "within 0.10 mm or 2 %; cut to length: any", "beyond",
        "erez-perelman.com/guitar/rosette; cadizguitars.com ladder motif; danielechiesa.com "
        "Ros_Gluing2", "H",
    ),
    Rule(
        "T1b", Lane.TILES, "The colours come round", "N mod k", "",
        "0", "-", "not 0, with a count given by hand", "geometry", "H",
    ),
    Rule(
        "T2", Lane.TILES, "Wedges between straight tiles", "2 w tan(pi / N)", "mm",
        "at most 0.05 mm, or tapered", "at most 0.15 mm", "more than 0.15 mm", "geometry", "H",
        0.05, 0.15,
    ),
    Rule(
        "T3", Lane.TILES, "Smallest cell",
        "thinnest line; grid min(w / rows, 2 pi r_in / (N cols)); bar min(w, p); slanted "
        "p sin(angle); rope p / sqrt(1 + (1.5 lean / w)^2) - outline", "mm",
        "lines 0.3 mm; wood 0.4 mm; with shell 1.0 mm",
        "lines 0.2 mm; wood 0.3 mm; with shell 0.7 mm", "less",
        "0.5 mm cells: hillguitar.com; 0.3 mm lines: HZRosetteDesigner LaItalica.js", "H",
        0.4, 0.3,
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
        "at most 1.25", "more than 1.25", "-", "estimate: trade judgement", "L", 1.25,
    ),
)
