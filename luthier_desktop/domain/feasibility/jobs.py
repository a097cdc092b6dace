"""What is cut with what: the channel in the top, and each ring whose parts are machined."""

from __future__ import annotations

from typing import NamedTuple

from luthier_desktop.domain.bill.stock import PROUD_MM
from luthier_desktop.domain.feasibility import cutting
from luthier_desktop.domain.feasibility.answers import not_judged, unknown, unknown_because
from luthier_desktop.domain.feasibility.findings import Finding
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.workshop import Cut, Tool

CHIP_TOOL = ("diameter_mm", "flutes")
CHIP_CUT = ("feed_mm_min", "spindle_rpm")
BY_HAND = "The channel is cut by hand."
_FELT = "The feed of a hand router is felt, not set."


class Chip(NamedTuple):
    """A chip: feed per tooth, the bit that cuts it, and the band of what it is cut from."""

    chip_mm: float
    diameter_mm: float
    band: cutting.ChipBand
    material: Material

    @property
    def percent(self) -> float:
        """The feed per tooth in percent of the bit's diameter."""
        return 100 * self.chip_mm / self.diameter_mm

    @property
    def wood(self) -> bool:
        """Whether the chip is of wood, which rubs below an absolute thickness."""
        return self.material.kind == "wood"


class Job(NamedTuple):
    """One cut that lane M judges; ``ring_index`` None is the channel in the top's wood.

    ``inlay`` says that fields are looked for under ``inlay_tool`` and ``inlay_cut``.
    ``material_path`` names where the material stands when it is not known.
    """

    ring_index: int | None
    inlay: bool
    material: Material | None
    material_path: str
    material_id: str | None
    depth_mm: float | None
    depth_path: str
    tool: Tool
    cut: Cut

    @property
    def chip_mm(self) -> float | None:
        """The feed per tooth fz in mm; None when feed, speed or flutes are missing."""
        feed, rpm, flutes = self.cut.feed_mm_min, self.cut.spindle_rpm, self.tool.flutes
        if feed is None or rpm is None or flutes is None:
            return None
        return cutting.feed_per_tooth_mm(feed, rpm, flutes)

    @property
    def chip(self) -> Chip | None:
        """The chip with its band; None when anything that it needs is missing."""
        chip_mm, diameter_mm = self.chip_mm, self.tool.diameter_mm
        if chip_mm is None or diameter_mm is None or self.material is None:
            return None
        return Chip(chip_mm, diameter_mm, cutting.chip_band(self.material), self.material)

    @property
    def flute_mm(self) -> float | None:
        """The free length of the flutes, L1 = min(flute length, stickout), in mm."""
        if self.tool.flute_length_mm is None or self.tool.stickout_mm is None:
            return None
        return min(self.tool.flute_length_mm, self.tool.stickout_mm)

    @property
    def pass_depth_mm(self) -> float | None:
        """The depth of one pass, a_p = min(stepdown, d), in mm."""
        if self.cut.stepdown_mm is None or self.depth_mm is None:
            return None
        return min(self.cut.stepdown_mm, self.depth_mm)

    def paths_of(self, tool: tuple[str, ...] = (), cut: tuple[str, ...] = ()) -> list[str]:
        """Return the paths of those tool and cut fields that are missing.

        They are those of the channel's tool and cut, over which an inlay's are laid.
        """
        missing = [f"tool.{name}" for name in tool if getattr(self.tool, name) is None]
        return missing + [f"cut.{name}" for name in cut if getattr(self.cut, name) is None]


def channel_job(case: Case) -> Job:
    """Return the cut of the channel in the top."""
    top = case.top
    return Job(
        None, False, top.material, "top.material_id", top.material_id,
        case.channel.depth_mm, "channel.depth_mm", case.tool, case.cut,
    )


def jobs(case: Case) -> tuple[Job, ...]:
    """Return the channel's cut and that of each ring made by machine."""
    machined = tuple(_ring_job(case, ring) for ring in case.rings if ring.ring.made == "machine")
    return (channel_job(case), *machined)


def _ring_job(case: Case, ring: RingCase) -> Job:
    depth_mm = ring.ring.inlay_thickness_mm
    if depth_mm is None and case.channel.depth_mm is not None:
        depth_mm = case.channel.depth_mm + PROUD_MM
    material = None if ring.unknown_id is not None else hardest_to_feed(ring.materials)
    return Job(
        ring.ring_index, True, material, ring.path("materials"), ring.unknown_id,
        depth_mm, ring.path("inlay_thickness_mm"), case.inlay_tool, case.inlay_cut,
    )


def hardest_to_feed(materials: tuple[Material, ...]) -> Material | None:
    """Return the material whose chip band has the lowest upper limit; of two, the densest."""
    if not materials:
        return None
    return min(materials, key=_by_band_then_density)


def _by_band_then_density(material: Material) -> tuple[float, float, str]:
    high_percent = cutting.chip_band(material).high_percent
    return high_percent, -material.density_kg_m3.value, material.material_id


def skipped(check_id: str, case: Case, job: Job) -> Finding | None:
    """Answer NA when the cut is by hand, or by a hand router without a feed."""
    if case.kind == "hand":
        return not_judged(check_id, job.ring_index, BY_HAND)
    if case.kind == "hand_router" and job.cut.feed_mm_min is None:
        return not_judged(check_id, job.ring_index, _FELT)
    return None


def missing(
    check_id: str, job: Job, tool: tuple[str, ...] = CHIP_TOOL, cut: tuple[str, ...] = CHIP_CUT
) -> Finding:
    """Answer UNKNOWN and name what is missing: the material first, then tool and cut.

    A ring's cut that lacks something of its own names that alone: what its tool lacks, the
    channel's lacks as well and names.
    """
    if job.material is None and job.material_id is not None:
        sentence = f"The material '{job.material_id}' is not in the catalogue; correct its id."
        return unknown_because(check_id, job.ring_index, job.material_path, sentence)
    own = [] if job.material is not None else [job.material_path]
    if "stepdown_mm" in cut and job.depth_mm is None:
        own.append(job.depth_path)
    shared = job.paths_of(tool, cut)
    return unknown(check_id, job.ring_index, *(own if job.inlay and own else own + shared))
