"""The names of the pattern families and the words of the first format that stand for them."""

from __future__ import annotations

from enum import StrEnum


class PatternFamily(StrEnum):
    """The families of the domain reference, section 6, in its order."""

    SOLID = "SOLID"
    LINES = "LINES"
    LADDER = "LADDER"
    CHECKER = "CHECKER"
    BARBER_POLE = "BARBER_POLE"
    ROPE = "ROPE"
    HERRINGBONE = "HERRINGBONE"
    WHEAT_EAR = "WHEAT_EAR"
    MOSAIC = "MOSAIC"
    SEGMENTS = "SEGMENTS"
    DOTS = "DOTS"
    WAVE = "WAVE"
    PLAIT = "PLAIT"
    MEANDER = "MEANDER"
    CUSTOM = "CUSTOM"
    INLAY = "INLAY"


END_GRAIN = frozenset({PatternFamily.CHECKER, PatternFamily.MOSAIC, PatternFamily.MEANDER})
"""The families whose cells are sliced from a log, so that the ends of the fibres are seen."""

FIRST_FORMAT_WORDS = {"HATCH": PatternFamily.BARBER_POLE, "STIPPLE": PatternFamily.DOTS}
"""Pattern words of the web system's first format, read as families of ours."""
