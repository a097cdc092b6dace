"""Feed and speed for a bit, a wood and a machine: the window in which lane M is green.

The formulas are those of the checks (domain reference 3.1 to 3.6): chip by class of material and
diameter, rubbing, runout, the force on the bit, its stress and deflection, and spindle power.
Units: mm, mm/min, rpm, W. Forces carry +-50 %, and so does what rests on them.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from luthier_desktop.domain.feasibility import cutting
from luthier_desktop.domain.feasibility.jobs import Job
from luthier_desktop.domain.feasibility.load import load_of
from luthier_desktop.domain.feasibility.machine_limits import (
    ENTRY_GREEN,
    RIM_RPM,
    SLENDER_GREEN,
    SMALL_BIT_MM,
)
from luthier_desktop.domain.feasibility.machining import (
    BEND_GREEN_MM,
    LIGHT,
    LIGHT_GREEN,
    RUB_GREEN,
    RUB_GREEN_MM,
    RUNOUT_MOST,
    STEP_GREEN,
    STRESS_GREEN_MPA,
)
from luthier_desktop.domain.materials import Material
from luthier_desktop.domain.workshop import Cut, Machine, Tool

FORCE_ERROR = 0.5
"""Forces are known to +-50 %."""
USUAL_RPM = 18_000.0
LEAST_STEP_MM = 0.05
PLUNGE_SHARE = 0.25
RAMP_DEG = 3.0
POWER_SHARE = 0.7
"""So much of the spindle's power is asked for, the error of the force included."""

_EDGE = 1e-6
_WANTED_TOOL = ("diameter_mm", "flutes", "flute_length_mm", "stickout_mm", "material", "runout_mm")


class Window(NamedTuple):
    """What is possible from *low* to *high*, and what is advised."""

    low: float
    best: float
    high: float


class FeedAdvice(NamedTuple):
    """The recommended window; the feeds are those at the advised speed.

    ``stepdown_mm`` reaches from the deepest pass if forces are 50 % greater, which is advised, to
    that if they are 50 % less. ``power_w`` has the same error.
    """

    material_class: str
    spindle_rpm: Window
    chip_mm: Window
    feed_mm_min: Window
    plunge_mm_min: Window
    stepdown_mm: Window
    power_w: Window
    entry: str
    ramp_deg: float | None

    def values(self) -> dict[str, Any]:
        """Return the members of a setup's ``cut`` that are advised."""
        found: dict[str, Any] = {
            "spindle_rpm": self.spindle_rpm.best,
            "feed_mm_min": self.feed_mm_min.best,
            "plunge_mm_min": self.plunge_mm_min.best,
            "stepdown_mm": self.stepdown_mm.best,
            "entry": self.entry,
        }
        return found if self.ramp_deg is None else {**found, "ramp_deg": self.ramp_deg}


class NoAdvice(NamedTuple):
    """Nothing can be advised: which check leaves no window, or None where something is missing."""

    check_id: str | None
    sentence: str


class _Bit(NamedTuple):
    """What is known of the work, all of it given."""

    tool: Tool
    machine: Machine
    material: Material
    band: cutting.ChipBand
    diameter_mm: float
    flutes: int

    def step_mm(self, chip_mm: float, force: float = 1.0) -> tuple[float, str]:
        """Return the deepest green pass at a chip, and the check that ends it there."""
        percent = 100 * chip_mm / self.diameter_mm
        light = percent <= LIGHT * self.band.high_percent * (1 - _EDGE)
        deepest = {"M2": self.diameter_mm * (LIGHT_GREEN if light else STEP_GREEN)}
        load = load_of(self.job(chip_mm, 1.0))
        if load is not None:
            deepest["M3"] = STRESS_GREEN_MPA / (load.stress_mpa * force)
            if load.deflection_mm is not None:
                deepest["M4"] = BEND_GREEN_MM / (load.deflection_mm * force)
        check_id = min(deepest, key=lambda one: deepest[one])
        return deepest[check_id] * (1 - _EDGE), check_id

    def job(self, chip_mm: float, depth_mm: float) -> Job:
        """Return a cut of this chip and depth, as lane M judges it."""
        cut = Cut.model_construct(
            spindle_rpm=1.0, feed_mm_min=chip_mm * self.flutes, stepdown_mm=depth_mm
        )
        return Job(None, False, self.material, "", None, depth_mm, "", self.tool, cut)

    def power_w(self, chip_mm: float, step_mm: float, feed_mm_min: float) -> float:
        """Return kc(h_mean) MRR/60000 of a slot, h_mean = 2 fz/pi."""
        force_mpa = cutting.specific_force_mpa(self.material, 2 * chip_mm / math.pi)
        return force_mpa * step_mm * self.diameter_mm * feed_mm_min / 60_000


def feed_advice(
    tool: Tool, machine: Machine, material: Material, cut: Cut | None = None
) -> FeedAdvice | NoAdvice:
    """Advise speed, feed, plunge and stepdown; *cut* is kept to where it can be."""
    cut = cut or Cut()
    missing = _missing(tool, machine)
    if machine.kind == "hand":
        return NoAdvice(None, "A cut by hand has no speed and no feed.")
    if missing or tool.diameter_mm is None or tool.flutes is None:
        return NoAdvice(None, f"Fill in first: {', '.join(missing)}.")
    band = cutting.chip_band(material)
    bit = _Bit(tool, machine, material, band, tool.diameter_mm, tool.flutes)
    refused = _shape_fault(bit)
    speeds = _speeds(bit)
    if refused is not None or isinstance(speeds, NoAdvice):
        return refused or speeds  # type: ignore[return-value]  # one of them is a refusal
    chips = _chips(bit, speeds[0])
    if isinstance(chips, NoAdvice):
        return chips
    chip_mm = _chosen_chip(bit, chips)
    step_mm, check_id = bit.step_mm(chip_mm, 1 + FORCE_ERROR)
    if step_mm < LEAST_STEP_MM:
        return NoAdvice(
            check_id,
            f"{check_id} leaves no pass of {LEAST_STEP_MM:g} mm: the bit is too weak for this "
            "material. Use a thicker or shorter bit.",
        )
    return _advice(bit, cut, speeds, chips, chip_mm)


def _missing(tool: Tool, machine: Machine) -> list[str]:
    names = [f"tool.{name}" for name in _WANTED_TOOL if getattr(tool, name) is None]
    reach, flute = tool.stickout_mm, tool.flute_length_mm
    if tool.shank_diameter_mm is None and reach is not None and flute is not None:
        names += ["tool.shank_diameter_mm"] if reach > flute else []
    names += ["tool.max_rpm"] if tool.max_rpm is None else []
    wanted = ["min_rpm", "max_rpm"] + ["max_feed_mm_min"] * (machine.kind != "hand_router")
    return names + [f"machine.{name}" for name in wanted if getattr(machine, name) is None]


def _shape_fault(bit: _Bit) -> NoAdvice | None:
    flute_mm = bit.job(1.0, 1.0).flute_mm or 0.0
    if flute_mm > SLENDER_GREEN * bit.diameter_mm:
        return NoAdvice(
            "M4b",
            f"M4b leaves no window: the bit is {flute_mm / bit.diameter_mm:.3g} diameters long "
            f"and whips; up to {SLENDER_GREEN:g} is stiff enough.",
        )
    runout_mm = bit.tool.runout_mm or 0.0
    if runout_mm > RUNOUT_MOST * bit.diameter_mm:
        return NoAdvice(
            "M6", f"M6 leaves no window: {runout_mm:g} mm of runout is too much for this bit."
        )
    return None


def _speeds(bit: _Bit) -> tuple[float, float] | NoAdvice:
    low = bit.machine.min_rpm or 0.0
    limits = {"M8": min(bit.machine.max_rpm or 0.0, bit.tool.max_rpm or 0.0)}
    if bit.diameter_mm > SMALL_BIT_MM:
        limits["M9"] = next(rpm for upto_mm, rpm in RIM_RPM if bit.diameter_mm <= upto_mm)
    check_id = min(limits, key=lambda one: limits[one])
    if low > limits[check_id]:
        return NoAdvice(
            check_id,
            f"{check_id} leaves no speed: the machine turns at least {low:,.0f} rpm, the bit may "
            f"turn {limits[check_id]:,.0f}.",
        )
    return low, limits[check_id]


def _chips(bit: _Bit, least_rpm: float) -> tuple[float, float] | NoAdvice:
    """Return the thinnest and the thickest green chip, in mm."""
    per_percent = bit.diameter_mm / 100
    burn = bit.material.burn_factor
    least = {
        "M1": bit.band.low_percent * per_percent,
        "M7": bit.band.low_percent * per_percent * (burn.value if burn else 1.0) / RUB_GREEN,
        "M6": bit.tool.runout_mm or 0.0,
    }
    if bit.material.kind == "wood":
        least["M7"] = max(least["M7"], RUB_GREEN_MM)
    check_id = max(least, key=lambda one: least[one])
    low, high = least[check_id] * (1 + _EDGE), bit.band.high_percent * per_percent * (1 - _EDGE)
    if low > high:
        return NoAdvice(
            check_id,
            f"{check_id} leaves no window: the chip would have to be {low:.3g} mm at least, and "
            f"for {bit.band.name} {high:.3g} mm is the most.",
        )
    most_feed = bit.machine.max_feed_mm_min
    if bit.machine.kind != "hand_router" and most_feed is not None:
        high = min(high, most_feed / (least_rpm * bit.flutes) * (1 - _EDGE))
    if low > high:
        return NoAdvice(
            "M8",
            f"M8 leaves no window: at {least_rpm:,.0f} rpm this bit needs "
            f"{low * least_rpm * bit.flutes:,.0f} mm/min, the machine feeds {most_feed:,.0f}.",
        )
    return low, high


def _chosen_chip(bit: _Bit, chips: tuple[float, float]) -> float:
    """Return the thickest chip up to the middle at which the bit bears a pass of half of D.

    A thin chip loads the bit less; where none bears that much, the one that bears most is taken.
    """
    low, high = chips
    share = (0.5, 0.35, 0.2, 0.1, 0.0)
    choices = [low * math.pow(high / low, part) for part in share]
    enough = (one for one in choices if _deepest(bit, one) >= bit.diameter_mm / 2)
    return next(enough, max(choices, key=lambda one: _deepest(bit, one)))


def _deepest(bit: _Bit, chip_mm: float) -> float:
    return bit.step_mm(chip_mm, 1 + FORCE_ERROR)[0]


def _advice(
    bit: _Bit, cut: Cut, speeds: tuple[float, float], chips: tuple[float, float], chip_mm: float
) -> FeedAdvice:
    rpm = _chosen_rpm(bit, cut, speeds, chip_mm)
    per_chip = rpm * bit.flutes
    feed = _round_within(chip_mm * per_chip, chips[0] * per_chip, chips[1] * per_chip)
    chip_mm = feed / per_chip
    most_feed = min(chips[1] * per_chip, _most_feed(bit))
    step = Window(*(_step(bit, chip_mm, feed, 1 + sign * FORCE_ERROR) for sign in (1, 1, -1)))
    step = step._replace(best=_floor(step.low))
    power = bit.power_w(chip_mm, step.best, feed)
    plunge = _floor_feed(PLUNGE_SHARE * feed)
    entry, ramp_deg = _entry(bit, cut)
    return FeedAdvice(
        material_class=bit.band.name,
        spindle_rpm=Window(speeds[0], rpm, speeds[1]),
        chip_mm=Window(chips[0], chip_mm, chips[1]),
        feed_mm_min=Window(chips[0] * per_chip, feed, most_feed),
        plunge_mm_min=Window(0.0, plunge, ENTRY_GREEN * feed),
        stepdown_mm=step,
        power_w=Window((1 - FORCE_ERROR) * power, power, (1 + FORCE_ERROR) * power),
        entry=entry,
        ramp_deg=ramp_deg,
    )


def _most_feed(bit: _Bit) -> float:
    most = bit.machine.max_feed_mm_min
    return math.inf if most is None or bit.machine.kind == "hand_router" else most


def _chosen_rpm(bit: _Bit, cut: Cut, speeds: tuple[float, float], chip_mm: float) -> float:
    """Keep to the speed in use, else take a usual one; as fast as the machine can feed."""
    low, high = speeds
    high = min(high, _most_feed(bit) * (1 - _EDGE) / (chip_mm * bit.flutes))
    wanted = cut.spindle_rpm or USUAL_RPM
    return _round_within(min(max(wanted, low), high), low, high, 100.0)


def _step(bit: _Bit, chip_mm: float, feed_mm_min: float, force: float) -> float:
    step_mm = bit.step_mm(chip_mm, force)[0]
    if bit.machine.spindle_w is None:
        return step_mm
    return min(
        step_mm,
        POWER_SHARE * bit.machine.spindle_w / (force * bit.power_w(chip_mm, 1.0, feed_mm_min)),
    )


def _entry(bit: _Bit, cut: Cut) -> tuple[str, float | None]:
    """Keep the way of entry in use where it is green."""
    if cut.entry == "plunge" and bit.tool.center_cutting:
        return "plunge", None
    ramp_deg = cut.ramp_deg
    if cut.entry == "ramp" and ramp_deg and math.tan(math.radians(ramp_deg)) <= ENTRY_GREEN:
        return "ramp", ramp_deg
    return "ramp", RAMP_DEG


def _round_within(value: float, low: float, high: float, to: float = 5.0) -> float:
    """Round to a figure that is easily set, as far as it stays within."""
    for unit in (to, 1.0, 0.1, 0.01):
        rounded = round(round(value / unit) * unit, 2)
        if low <= rounded <= high:
            return rounded
    return value


def _floor(value_mm: float) -> float:
    unit = 0.05 if value_mm >= 2 * LEAST_STEP_MM else 0.01
    return round(math.floor(value_mm / unit + _EDGE) * unit, 2)


def _floor_feed(value: float) -> float:
    unit = 5.0 if value >= 50 else 1.0
    return max(1.0, math.floor(value / unit) * unit) if value >= 1 else value
