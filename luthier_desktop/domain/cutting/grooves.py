"""What is to be cut away: the channels of a design, or the groove round its soundhole's disc."""

from __future__ import annotations

from luthier_desktop.domain.cutting.numbers import given, refused
from luthier_desktop.domain.cutting.plan_values import CutNumbers, Groove, Tabs
from luthier_desktop.domain.feasibility.answers import number
from luthier_desktop.domain.feasibility.fit import room_of
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.gcode_options import GcodeOptions

FIT_MM = 0.001
"""A bit wider than its groove by less than this fits it."""
THINNEST_MM = 0.2
"""A groove is cut before its tabs by at least this much."""


def grooves_of(case: Case, numbers: CutNumbers, options: GcodeOptions) -> tuple[Groove, ...]:
    """Return what one file cuts away, inner to outer.

    Raises:
        InputRefused: There is nothing to cut, or it cannot be cut with this bit.
    """
    if options.part == "soundhole":
        return (_soundhole(case, numbers, options),)
    if not case.spans:
        raise refused("The design has no rings: there is no channel to cut.", "ring_params")
    return _channels(case, numbers)


def _channels(case: Case, numbers: CutNumbers) -> tuple[Groove, ...]:
    """Return the channels of checks C2 and F1: half the clearance goes to each wall."""
    depth_mm = given(case.channel.depth_mm, "channel.depth_mm")
    if depth_mm >= numbers.top_thickness_mm:
        raise refused(
            f"The channel of {number(depth_mm)} mm goes through the top of "
            f"{number(numbers.top_thickness_mm)} mm; make channel.depth_mm smaller.",
            "channel.depth_mm",
        )
    grooves: list[Groove] = []
    for span in case.spans:
        room = given(room_of(case, span), "channel.glue")
        half_mm = room.clearance_mm / 2
        groove = Groove(span.inner_mm - half_mm, span.outer_mm + half_mm, depth_mm)
        _refuse_tight(groove, numbers.diameter_mm, span.width_mm)
        _refuse_joined(grooves, groove)
        grooves.append(groove)
    return tuple(grooves)


def _refuse_tight(groove: Groove, diameter_mm: float, nominal_mm: float) -> None:
    if groove.inner_mm <= 0:
        raise refused(
            "The channel reaches the centre of the soundhole; make inner_diameter_mm larger.",
            "inner_diameter_mm",
        )
    if min(groove.width_mm, nominal_mm) + FIT_MM < diameter_mm:
        raise refused(
            f"A {number(diameter_mm)} mm bit does not fit a channel of "
            f"{number(min(groove.width_mm, nominal_mm))} mm (check C2); take a smaller bit.",
            "tool.diameter_mm",
        )


def _refuse_joined(inside: list[Groove], groove: Groove) -> None:
    if inside and groove.inner_mm <= inside[-1].outer_mm:
        raise refused(
            f"With {number(groove.inner_mm * 2)} mm the channel runs into the one inside it; make "
            "channel.clearance_mm smaller or the gap larger.",
            "channel.clearance_mm",
        )


def _soundhole(case: Case, numbers: CutNumbers, options: GcodeOptions) -> Groove:
    """Return the groove round the disc, a step wider than the bit so that its chips get out."""
    path = "soundhole_diameter_mm"
    radius_mm = given(case.design.soundhole_diameter_mm, path) / 2
    inner_mm = radius_mm - numbers.diameter_mm - numbers.stepover_mm
    if inner_mm <= 0:
        raise refused(
            f"A {number(numbers.diameter_mm)} mm bit cannot cut round the disc of a soundhole of "
            f"{number(2 * radius_mm)} mm; take a smaller bit.",
            path,
        )
    if options.hold == "skin":
        return Groove(inner_mm, radius_mm, _above_skin_mm(numbers, options))
    depth_mm = numbers.top_thickness_mm + options.breakthrough_mm
    top_mm = numbers.top_thickness_mm - options.tab_height_mm
    if top_mm < THINNEST_MM:
        raise refused(
            f"Tabs of {number(options.tab_height_mm)} mm leave nothing to cut in a top of "
            f"{number(numbers.top_thickness_mm)} mm; make tab_height_mm smaller.",
            "tab_height_mm",
        )
    return Groove(inner_mm, radius_mm, depth_mm, Tabs(options.tabs, options.tab_width_mm, top_mm))


def _above_skin_mm(numbers: CutNumbers, options: GcodeOptions) -> float:
    depth_mm = numbers.top_thickness_mm - options.skin_mm
    if depth_mm < THINNEST_MM:
        raise refused(
            f"A skin of {number(options.skin_mm)} mm leaves nothing to cut in a top of "
            f"{number(numbers.top_thickness_mm)} mm; make skin_mm smaller.",
            "skin_mm",
        )
    return depth_mm
