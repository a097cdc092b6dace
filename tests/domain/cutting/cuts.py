"""A cut worked out by hand: the workbench's ring of 45 to 51 mm, cut with a 2 mm bit.

PVA and one strip: 0.07 mm of clearance, so the channel runs from 44.965 to 51.035 mm and the
bit's centre from 45.965 to 50.035 mm; 1.2 mm deep in two levels of 0.6 mm.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from luthier_desktop.domain.cutting.expectation import Expectation, Fault, expect_cut
from luthier_desktop.domain.cutting.interpreter import check_gcode
from luthier_desktop.domain.cutting.plan import plan_cut
from luthier_desktop.domain.cutting.plan_values import CutPlan
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.gcode import gcode_bytes
from luthier_desktop.exports.gcode_header import CutHeader
from tests.domain.feasibility.workbench import DESIGN, SETUP

INNER_WALL_MM, OUTER_WALL_MM = 45.965, 50.035
CHANNEL, SOUNDHOLE = GcodeOptions(), GcodeOptions(part="soundhole")
HEADER = CutHeader("Koa ring", "ab" * 32, "Workbench", "2 mm downcut", "Small CNC", "GREEN 95.0")


def changed(plain: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a copy with members changed; ``cut__entry`` is the member entry of cut."""
    plain = copy.deepcopy(plain)
    for path, value in changes.items():
        *folders, name = path.split("__")
        member = plain
        for folder in folders:
            member = member[folder]
        member[name] = value
    return plain


def design(**changes: Any) -> RosetteParamSpec:
    return RosetteParamSpec.read(changed(DESIGN, **changes), "The design")


def setup(**changes: Any) -> Setup:
    return Setup.read(changed(SETUP, **changes), "The setup")


@cache
def plan(options: GcodeOptions = CHANNEL) -> CutPlan:
    return plan_cut(design(), setup(), options)


@cache
def text(options: GcodeOptions = CHANNEL) -> str:
    return gcode_bytes(plan(options), HEADER).decode("ascii")


@cache
def expectation(options: GcodeOptions = CHANNEL) -> Expectation:
    return expect_cut(design(), setup(), options)


def faults(file: str, options: GcodeOptions = CHANNEL) -> tuple[Fault, ...]:
    return check_gcode(file.encode(), expectation(options))
