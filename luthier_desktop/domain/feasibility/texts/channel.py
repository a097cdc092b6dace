"""The constant text of lane C, channel and structure."""

from __future__ import annotations

from luthier_desktop.domain.feasibility.findings import Rule
from luthier_desktop.domain.feasibility.risk import Lane

RULES = (
    Rule(
        "C1", Lane.CHANNEL, "Top left under the channel", "t_rout - d - back", "mm",
        "at least 1.2 mm and 45 % of the finished top; backed 0.8 mm",
        "at least 0.8 mm and 30 % of the finished top; backed 0.5 mm",
        "less", "half the thickness: jsevy.com inlaying-the-rosette; 0.5 mm unbacked failed: "
        "ukuleleunderground.com soundhole patch", "H", 1.2, 0.8,
    ),
    Rule(
        "C1b", Lane.CHANNEL, "Inlay left after levelling", "d - face", "mm",
        "at least 0.6 mm", "at least 0.4 mm", "less than 0.4 mm",
        "channels of 0.8 to 0.9 mm before levelling: tysonguitars.com, newluthier.blogspot.com; "
        "factory veneer is 0.5 to 0.6 mm", "M", 0.6, 0.4,
    ),
    Rule(
        "C2", Lane.CHANNEL, "The bit fits the channel", "w / D", "",
        "at least 1.1: room for a finish pass", "at least 1.0", "less than 1.0", "geometry", "H",
        1.1, 1.0,
    ),
    Rule(
        "C3", Lane.CHANNEL, "The land between two channels holds",
        "b;  util = 6 F_n (d/2) / ((D/2 + 2 d) b^2) / f_t90", "mm",
        "at least 2.0 mm and at most 30 % of the strength across the grain",
        "at least 1.0 mm and at most 60 %", "less than 1.0 mm, or more than 60 %",
        "rings spaced 3/16 in: bozemanguitars.com; the short-grain theory is ours: estimate", "L",
        2.0, 1.0,
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
