"""The mean colours of the shipped materials' finished sheets, so that none is drawn for it.

A test draws every sheet and compares.
"""

from __future__ import annotations

MEANS = {
    "sitka_spruce": "#dbb57e",
    "engelmann_spruce": "#e7cc9d",
    "european_spruce": "#e1c08a",
    "adirondack_spruce": "#d8b278",
    "western_red_cedar": "#9d643a",
    "redwood": "#85472b",
    "honduran_mahogany": "#925433",
    "indian_rosewood": "#422622",
    "brazilian_rosewood": "#4a2915",
    "hard_maple": "#e2c695",
    "bigleaf_maple": "#d6b17b",
    "european_sycamore": "#e7d4ae",
    "gaboon_ebony": "#1b1715",
    "african_blackwood": "#231718",
    "black_walnut": "#5d3e29",
    "koa": "#8e5226",
    "african_padauk": "#99381a",
    "bloodwood": "#89241c",
    "holly": "#efe6cc",
    "pear": "#1f1c1b",
    "boxwood": "#dcb65b",
    "cocobolo": "#723417",
    "purpleheart": "#5b2b4c",
    "wenge": "#35251c",
    "cherry": "#ac673c",
    "tulip_poplar": "#47673f",
    "mother_of_pearl": "#e9e3dd",
    "abalone": "#518789",
    "bone": "#ebe0c4",
    "abs": "#f5f3ea",
    "celluloid": "#ecdca9",
    "vulcanised_fibre": "#1c1c1e",
}
