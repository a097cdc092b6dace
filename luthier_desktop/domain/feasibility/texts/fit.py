"""The constant text of lane F, fit."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "F1", Lane.FIT, "Clearance for the glue",
        "c;  rec = min(0.30, 0.05 + 0.02 strips) for hide and PVA, 0.05 for CA and epoxy", "mm",
        "within 0.10 mm of rec", "tighter, or up to 0.25 mm over rec",
        "less than 0 mm, or more than 0.25 mm over rec",
        "0.1 to 0.3 mm: danielechiesa.com Ros_Gluing2; less than one thinnest line: "
        "theguitar-blog.com (Mottola)", "H",
    ),
    Rule(
        "F2", Lane.FIT, "Error of the channel's wall",
        "delta + TIR / 2 + backlash + max(0, c - (rec - 0.05)) / 2", "mm",
        "at most 0.10 mm", "at most 0.20 mm", "more than 0.20 mm",
        "a gap of 0.1 mm is visible: estimate", "M", 0.10, 0.20,
    ),
)
