"""What a G-code file must do, as the design and the setup say it; no plan of moves is read."""

from __future__ import annotations

import math
from typing import NamedTuple, TypeVar

from luthier_desktop.domain.cutting.plan_values import Groove, Tabs
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.fit import room_of
from luthier_desktop.domain.feasibility.inputs import Case, read_case
from luthier_desktop.domain.gcode_options import GcodeOptions, Post
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

ValueT = TypeVar("ValueT")


class Expectation(NamedTuple):
    """The limits that a file is held to; lengths in mm, feeds in mm/min.

    ``plunge_mm_min`` limits how fast the bit may sink. ``stepdown_mm`` limits how deep a pass
    may bite; only a strip of ``allowance_mm`` may be taken as deep as the bit is wide. ``ramp``
    limits how steeply the bit may enter wood, None where it may plunge.
    """

    post: Post
    grooves: tuple[Groove, ...]
    diameter_mm: float
    flute_mm: float
    spindle_rpm: float
    feed_mm_min: float
    plunge_mm_min: float
    stepdown_mm: float
    stepover_mm: float
    ramp: float | None
    allowance_mm: float
    safe_z_mm: float
    spin_up_s: float
    work_area_mm: tuple[float, float, float]


class Fault(NamedTuple):
    """Something that is wrong with a file: its short name, the line (from 1), and a sentence."""

    name: str
    line: int
    sentence: str


def expect_cut(design: RosetteParamSpec, setup: Setup, options: GcodeOptions) -> Expectation:
    """Return what a file for this design, setup and options must do.

    Raises:
        InputRefused: A value is missing; names its field.
    """
    case = read_case(design, setup, MaterialCatalogue(()))
    tool, cut, machine = case.tool, case.cut, case.machine
    diameter_mm = _known(tool.diameter_mm, "tool.diameter_mm")
    stepover_mm = diameter_mm * _known(cut.stepover_ratio, "cut.stepover_ratio")
    fastest = _known(machine.max_feed_mm_min, "machine.max_feed_mm_min")
    return Expectation(
        post=options.post,
        grooves=_grooves(case, options, diameter_mm + stepover_mm),
        diameter_mm=diameter_mm,
        flute_mm=min(
            _known(tool.flute_length_mm, "tool.flute_length_mm"),
            _known(tool.stickout_mm, "tool.stickout_mm"),
        ),
        spindle_rpm=_spindle_rpm(case),
        feed_mm_min=min(_known(cut.feed_mm_min, "cut.feed_mm_min"), fastest),
        plunge_mm_min=min(_known(cut.plunge_mm_min, "cut.plunge_mm_min"), fastest),
        stepdown_mm=_judged_mm(case),
        stepover_mm=stepover_mm,
        ramp=_ramp(case),
        allowance_mm=_light_mm(options, diameter_mm),
        safe_z_mm=options.safe_z_mm,
        spin_up_s=options.spin_up_s,
        work_area_mm=_known(machine.work_area_mm, "machine.work_area_mm"),
    )


def _known(value: ValueT | None, path: str) -> ValueT:
    if value is None:
        raise InputRefused(f"G-code cannot be checked without {path}; fill it in.", path)
    return value


def _spindle_rpm(case: Case) -> float:
    """Return how fast the spindle turns: the machine's slowest, where the setup asks for less."""
    asked = min(
        _known(case.cut.spindle_rpm, "cut.spindle_rpm"),
        _known(case.machine.max_rpm, "machine.max_rpm"),
        _known(case.tool.max_rpm, "tool.max_rpm"),
    )
    return max(asked, math.ceil(_known(case.machine.min_rpm, "machine.min_rpm")))


def _judged_mm(case: Case) -> float:
    """Return the depth of a pass for which bit and machine were judged."""
    stepdown_mm = _known(case.cut.stepdown_mm, "cut.stepdown_mm")
    depth_mm = case.channel.depth_mm
    return stepdown_mm if depth_mm is None else min(stepdown_mm, depth_mm)


def _light_mm(options: GcodeOptions, diameter_mm: float) -> float:
    """Return how wide a strip may be that is taken as deep as the bit is wide."""
    if options.part == "soundhole":
        return 0.0
    return min(options.finish_allowance_mm, diameter_mm / 10)


def _ramp(case: Case) -> float | None:
    """Return the steepest slope of an entry; a bit plunges only where the setup says both."""
    if case.cut.entry == "plunge" and case.tool.center_cutting:
        return None
    return math.tan(math.radians(_known(case.cut.ramp_deg, "cut.ramp_deg")))


def _grooves(case: Case, options: GcodeOptions, kerf_mm: float) -> tuple[Groove, ...]:
    if options.part == "soundhole":
        return (_round_disc(case, options, kerf_mm),)
    depth_mm = _known(case.channel.depth_mm, "channel.depth_mm")
    grooves = []
    for span in case.spans:
        clearance_mm = _known(room_of(case, span), "channel.glue").clearance_mm
        inner_mm, outer_mm = span.inner_mm - clearance_mm / 2, span.outer_mm + clearance_mm / 2
        grooves.append(Groove(inner_mm, outer_mm, depth_mm))
    return tuple(grooves)


def _round_disc(case: Case, options: GcodeOptions, kerf_mm: float) -> Groove:
    hole_mm = _known(case.design.soundhole_diameter_mm, "soundhole_diameter_mm")
    top_mm = options.top_thickness_mm
    if top_mm is None:
        routed_mm = _known(case.top.thickness_mm, "top.thickness_mm")
        top_mm = routed_mm - case.top.face_removal_mm
    inner_mm, outer_mm = hole_mm / 2 - kerf_mm, hole_mm / 2
    if options.hold == "skin":
        return Groove(inner_mm, outer_mm, top_mm - options.skin_mm)
    tabs = Tabs(options.tabs, options.tab_width_mm, top_mm - options.tab_height_mm)
    return Groove(inner_mm, outer_mm, top_mm + options.breakthrough_mm, tabs)
