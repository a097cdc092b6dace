"""Which family has which parameters; a family without a row here is not built yet."""

from __future__ import annotations

from luthier_desktop.domain.patterns.barber_pole import BarberPoleParameters
from luthier_desktop.domain.patterns.checker import CheckerParameters
from luthier_desktop.domain.patterns.dots import DotsParameters
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.herringbone import HerringboneParameters
from luthier_desktop.domain.patterns.ladder import LadderParameters
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.mosaic import MosaicParameters
from luthier_desktop.domain.patterns.parameters import PatternParameters
from luthier_desktop.domain.patterns.rope import RopeParameters
from luthier_desktop.domain.patterns.segments import SegmentsParameters
from luthier_desktop.domain.patterns.solid import SolidParameters

PARAMETERS: dict[PatternFamily, type[PatternParameters]] = {
    PatternFamily.SOLID: SolidParameters,
    PatternFamily.LINES: LinesParameters,
    PatternFamily.LADDER: LadderParameters,
    PatternFamily.CHECKER: CheckerParameters,
    PatternFamily.BARBER_POLE: BarberPoleParameters,
    PatternFamily.ROPE: RopeParameters,
    PatternFamily.HERRINGBONE: HerringboneParameters,
    PatternFamily.MOSAIC: MosaicParameters,
    PatternFamily.SEGMENTS: SegmentsParameters,
    PatternFamily.DOTS: DotsParameters,
}
