"""What a cut does to its bit: the force of the first pass, and how the bit stands it."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.feasibility import cutting
from luthier_desktop.domain.feasibility.jobs import Job

STRESS_TOOL = ("diameter_mm", "flutes", "flute_length_mm", "stickout_mm")
LOAD_TOOL = (*STRESS_TOOL, "material")
LOAD_CUT = ("feed_mm_min", "spindle_rpm", "stepdown_mm")


class Load(NamedTuple):
    """The lateral force on a bit and the bit as a cantilever.

    ``bit`` is None when its material, or a shank that stands out of the collet, is not known.
    """

    force_n: float
    chip_mm: float
    pass_mm: float
    diameter_mm: float
    flute_mm: float
    bit: cutting.Bit | None

    @property
    def stress_mpa(self) -> float:
        """The bending stress at the root of the flutes, in MPa."""
        return cutting.bending_stress_mpa(self.force_n, self.diameter_mm, self.flute_mm)

    @property
    def deflection_mm(self) -> float | None:
        """The deflection at the tip, in mm."""
        return None if self.bit is None else cutting.deflection_mm(self.force_n, self.bit)


def load_of(job: Job) -> Load | None:
    """Return the load of a job's first pass; None when an input of its force is missing."""
    chip, pass_mm, flute_mm = job.chip, job.pass_depth_mm, job.flute_mm
    if chip is None or pass_mm is None or flute_mm is None:
        return None
    force_n = cutting.lateral_force_n(chip.material, pass_mm, chip.chip_mm)
    return Load(
        force_n, chip.chip_mm, pass_mm, chip.diameter_mm, flute_mm,
        _bit(job, chip.diameter_mm, flute_mm),
    )


def _bit(job: Job, diameter_mm: float, flute_mm: float) -> cutting.Bit | None:
    """Return the bit with L2 = max(0, stickout - flute length); the shank counts only then."""
    tool = job.tool
    if tool.material is None or tool.stickout_mm is None or tool.flute_length_mm is None:
        return None
    shank_mm = max(0.0, tool.stickout_mm - tool.flute_length_mm)
    shank_diameter_mm = tool.shank_diameter_mm
    if shank_diameter_mm is None:
        if shank_mm > 0:
            return None
        shank_diameter_mm = diameter_mm
    elasticity_mpa = cutting.ELASTICITY_MPA[tool.material]
    return cutting.Bit(diameter_mm, flute_mm, shank_mm, shank_diameter_mm, elasticity_mpa)
