"""Which family has which parameters."""

from __future__ import annotations

from luthier_desktop.domain.patterns.barber_pole import BarberPoleParameters
from luthier_desktop.domain.patterns.checker import CheckerParameters
from luthier_desktop.domain.patterns.custom import CustomParameters
from luthier_desktop.domain.patterns.dots import DotsParameters
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.herringbone import HerringboneParameters
from luthier_desktop.domain.patterns.inlay import InlayParameters
from luthier_desktop.domain.patterns.ladder import LadderParameters
from luthier_desktop.domain.patterns.lines import LinesParameters
from luthier_desktop.domain.patterns.meander import MeanderParameters
from luthier_desktop.domain.patterns.mosaic import MosaicParameters
from luthier_desktop.domain.patterns.parameters import PatternParameters
from luthier_desktop.domain.patterns.plait import PlaitParameters
from luthier_desktop.domain.patterns.rope import RopeParameters
from luthier_desktop.domain.patterns.segments import SegmentsParameters
from luthier_desktop.domain.patterns.solid import SolidParameters
from luthier_desktop.domain.patterns.wave import WaveParameters
from luthier_desktop.domain.patterns.wheat_ear import WheatEarParameters

PARAMETERS: dict[PatternFamily, type[PatternParameters]] = {
    PatternFamily.SOLID: SolidParameters,
    PatternFamily.LINES: LinesParameters,
    PatternFamily.LADDER: LadderParameters,
    PatternFamily.CHECKER: CheckerParameters,
    PatternFamily.BARBER_POLE: BarberPoleParameters,
    PatternFamily.ROPE: RopeParameters,
    PatternFamily.HERRINGBONE: HerringboneParameters,
    PatternFamily.WHEAT_EAR: WheatEarParameters,
    PatternFamily.MOSAIC: MosaicParameters,
    PatternFamily.SEGMENTS: SegmentsParameters,
    PatternFamily.DOTS: DotsParameters,
    PatternFamily.WAVE: WaveParameters,
    PatternFamily.PLAIT: PlaitParameters,
    PatternFamily.MEANDER: MeanderParameters,
    PatternFamily.CUSTOM: CustomParameters,
    PatternFamily.INLAY: InlayParameters,
}
