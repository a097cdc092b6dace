"""M11: how long cutting the channels takes, with the machine's acceleration. Never a gate."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.feasibility import cutting
from luthier_desktop.domain.feasibility.answers import not_judged, number
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case
from luthier_desktop.domain.feasibility.jobs import BY_HAND, channel_job
from luthier_desktop.domain.feasibility.limits import advice, exact
from luthier_desktop.domain.stack import ChannelSpan

SET_UP_S, START_S = 120.0, 15.0
RETRACT_MM, RETRACT_MM_MIN = 10.0, 1500.0
"""Twice 5 mm a channel."""
SPREAD = 0.15
MOST_PASSES = 10_000


class Motion(NamedTuple):
    """What the time of a channel depends on, besides the channel."""

    diameter_mm: float
    depth_mm: float
    feed_mm_s: float
    accel_mm_s2: float
    plunge_mm_s: float
    stepdown_mm: float
    stepover_ratio: float


def cycle_time(case: Case) -> Finding:
    """M11: work out the minutes of set-up and of every channel; shown with +-15 %."""
    if case.kind == "hand":
        return not_judged("M11", None, BY_HAND)
    if case.kind == "hand_router":
        return not_judged("M11", None, "The time of a hand router is not planned.")
    motion = _motion(case)
    if motion is None:
        return not_judged("M11", None, "A number of the cut or the machine is not given.")
    down, across = levels(motion), [passes_across(span, motion) for span in case.spans]
    if max(across) * down > MOST_PASSES:
        return not_judged("M11", None, "Step-over or stepdown is too small to plan the passes.")
    seconds = SET_UP_S + sum(
        [channel_seconds(span, motion, down, passes)
         for span, passes in zip(case.spans, across, strict=True)]
    )
    minutes = seconds / 60
    inputs: dict[str, Input] = {
        "channels": len(case.spans),
        "n_z": down,
        "F_mm_min": motion.feed_mm_s * 60,
        "a_mm_s2": motion.accel_mm_s2,
        "power_w": _power_w(case, motion),
    }
    low, high = number(minutes * (1 - SPREAD), 1), number(minutes * (1 + SPREAD), 1)
    message = f"Cutting takes {low} to {high} minutes with set-up."
    return Finding("M11", None, *advice(minutes), inputs, message)


def _motion(case: Case) -> Motion | None:
    tool, cut, depth_mm = case.tool, case.cut, case.channel.depth_mm
    accel_mm_s2 = case.machine.accel_mm_s2
    if tool.diameter_mm is None or depth_mm is None or accel_mm_s2 is None:
        return None
    if cut.feed_mm_min is None or cut.plunge_mm_min is None:
        return None
    if cut.stepdown_mm is None or cut.stepover_ratio is None:
        return None
    return Motion(
        tool.diameter_mm,
        depth_mm,
        cut.feed_mm_min / 60,
        accel_mm_s2,
        cut.plunge_mm_min / 60,
        cut.stepdown_mm,
        cut.stepover_ratio,
    )


def levels(motion: Motion) -> int:
    """Return n_z = ceil(d/stepdown)."""
    return math.ceil(exact(motion.depth_mm / motion.stepdown_mm))


def passes_across(span: ChannelSpan, motion: Motion) -> int:
    """Return n_r = ceil((w - D)/(s D)) + 1; one when the bit fills the channel."""
    rest_mm = span.width_mm - motion.diameter_mm
    if exact(rest_mm) <= 0:
        return 1
    return math.ceil(exact(rest_mm / (motion.stepover_ratio * motion.diameter_mm))) + 1


def travel_seconds(length_mm: float, speed_mm_s: float, accel_mm_s2: float) -> float:
    """Return the time of one move from rest to rest: L/v + v/a, or 2 sqrt(L/a) when short."""
    if length_mm >= speed_mm_s**2 / accel_mm_s2:
        return length_mm / speed_mm_s + speed_mm_s / accel_mm_s2
    return 2 * math.sqrt(length_mm / accel_mm_s2)


def channel_seconds(span: ChannelSpan, motion: Motion, down: int, across: int) -> float:
    """Return the time of one channel: its levels, the plunge, two lifts and a start.

    *down* levels of *across* circles each.
    """
    level = sum([_circle_seconds(radius_mm, motion) for radius_mm in _radii(span, motion, across)])
    if across > 1:
        step_mm = (span.width_mm - motion.diameter_mm) / (across - 1)
        step = travel_seconds(step_mm, motion.feed_mm_s, motion.accel_mm_s2)
        level += (across - 1) * step
    lifts = RETRACT_MM / (RETRACT_MM_MIN / 60)
    return down * level + motion.depth_mm / motion.plunge_mm_s + lifts + START_S


def _radii(span: ChannelSpan, motion: Motion, across: int) -> list[float]:
    if across == 1:
        return [(span.inner_mm + span.outer_mm) / 2]
    first_mm = span.inner_mm + motion.diameter_mm / 2
    step_mm = (span.width_mm - motion.diameter_mm) / (across - 1)
    return [first_mm + number * step_mm for number in range(across)]


def _circle_seconds(radius_mm: float, motion: Motion) -> float:
    """Return the time of a full circle, whose speed is limited by sqrt(a r)."""
    speed_mm_s = min(motion.feed_mm_s, math.sqrt(motion.accel_mm_s2 * radius_mm))
    return travel_seconds(2 * math.pi * radius_mm, speed_mm_s, motion.accel_mm_s2)


def _power_w(case: Case, motion: Motion) -> float | None:
    """Return P = kc(h_mean) MRR/60000 of a full slot, h_mean = 2 fz/pi; for information."""
    job = channel_job(case)
    chip, pass_mm = job.chip, job.pass_depth_mm
    if chip is None or pass_mm is None:
        return None
    removal_mm3_min = pass_mm * motion.diameter_mm * motion.feed_mm_s * 60
    mean_chip_mm = 2 * chip.chip_mm / math.pi
    return cutting.specific_force_mpa(chip.material, mean_chip_mm) * removal_mm3_min / 60_000
