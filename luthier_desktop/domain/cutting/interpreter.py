"""Check a G-code file against what it must do, before anybody is offered it.

It reads the bytes as a controller would and knows nothing of how they were planned or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luthier_desktop.domain.cutting.expectation import Expectation, Fault
from luthier_desktop.domain.cutting.interpreter_floor import (
    TRUE_MM,
    Cutting,
    Floor,
    cuttings_of,
)
from luthier_desktop.domain.cutting.interpreter_motion import Machine, Motion
from luthier_desktop.domain.cutting.interpreter_reach import stays_within
from luthier_desktop.domain.cutting.interpreter_words import read_blocks
from luthier_desktop.domain.cutting.plan_values import Groove

MOST_FAULTS = 50
SLOWEST = 0.95
"""Level cuts run at the setup's feed, for which chip and heat were judged, not slower."""


def check_gcode(data: bytes, expectation: Expectation) -> tuple[Fault, ...]:
    """Return what is wrong with a file, first line first; nothing when it may be offered."""
    blocks, faults = read_blocks(data, expectation.post)
    machine = Machine(expectation.spin_up_s, expectation.safe_z_mm - TRUE_MM)
    for block in blocks:
        machine.run(block)
    faults += machine.faults
    faults += _end_faults(machine, len(blocks), expectation.safe_z_mm)
    for motion in machine.motions:
        faults += _motion_faults(motion, expectation)
    cuttings = cuttings_of(machine.motions)
    faults += _groove_faults(cuttings, expectation)
    return tuple(sorted(faults, key=lambda fault: fault.line)[:MOST_FAULTS])


def _end_faults(machine: Machine, blocks: int, safe_z_mm: float) -> Iterator[Fault]:
    if len(machine.ends) != 1:
        line = machine.ends[1] if machine.ends else blocks
        yield Fault("program_end", line, f"M30 stands {len(machine.ends)} times, not once.")
    height = machine.at[2]
    lifted = height is not None and height >= safe_z_mm - TRUE_MM
    if not lifted or not machine.motions or machine.motions[-1].code:
        yield Fault("not_retracted", blocks, "The bit is not lifted before the end.")


def _motion_faults(motion: Motion, expected: Expectation) -> Iterator[Fault]:
    yield from _area_faults(motion, expected)
    if motion.code == 0:
        yield from _rapid_faults(motion, expected)
        return
    line, lowest = motion.line, motion.lowest
    if not 0 < motion.feed <= expected.feed_mm_min + TRUE_MM:
        yield Fault("feed", line, f"The feed of {motion.feed:g} is not within the setup's.")
    sinks = motion.start[2] - motion.end[2]
    if sinks == 0 and motion.feed < SLOWEST * expected.feed_mm_min:
        yield Fault("feed", line, f"At {motion.feed:g} mm/min the bit rubs instead of cutting.")
    if sinks > 0 and motion.feed * sinks > expected.plunge_mm_min * motion.length * 1.001:
        yield Fault("plunge", line, "The bit sinks faster than the setup's plunge feed.")
    if not expected.spindle_rpm - 1 < motion.rpm <= expected.spindle_rpm:
        yield Fault("spindle", line, f"The spindle turns at {motion.rpm:g}, not as set up.")
    if -lowest > max(groove.depth_mm for groove in expected.grooves) + TRUE_MM:
        yield Fault("too_deep", line, f"The bit goes to {lowest:.4f} mm.")
    if -lowest > expected.flute_mm:
        yield Fault("tool_too_short", line, "The bit goes deeper than its flutes are long.")


def _rapid_faults(motion: Motion, expected: Expectation) -> Iterator[Fault]:
    """A rapid move stays at the safe height, or goes straight up to it."""
    safe_z_mm = expected.safe_z_mm - TRUE_MM
    if motion.end[2] < safe_z_mm:
        yield Fault("rapid_in_stock", motion.line, "A rapid move ends below the safe height.")
    elif motion.lowest < safe_z_mm and motion.start[:2] != motion.end[:2]:
        yield Fault("rapid_in_stock", motion.line, "A rapid move begins below the safe height.")


def _area_faults(motion: Motion, expected: Expectation) -> Iterator[Fault]:
    width, depth, height = expected.work_area_mm
    if not stays_within(motion, width / 2, depth / 2):
        yield Fault("work_area", motion.line, "The bit leaves the machine's work area.")
    if motion.end[2] > expected.safe_z_mm + TRUE_MM:
        yield Fault("work_area", motion.line, "The bit is lifted higher than the safe height.")
    if expected.safe_z_mm - motion.lowest > height:
        yield Fault("work_area", motion.line, "The bit goes lower than the machine reaches.")


def _groove_faults(cuttings: Sequence[Cutting], expected: Expectation) -> list[Fault]:
    """Follow the bit through the wood: never outside its groove, and nothing left in it."""
    faults: list[Fault] = []
    by_groove: dict[int, list[Cutting]] = {
        number: [] for number in range(len(expected.grooves))
    }
    half = expected.diameter_mm / 2
    for cutting in cuttings:
        if cutting.motion.lowest >= expected.safe_z_mm - TRUE_MM:
            continue
        found = _groove_of(cutting, expected.grooves, half)
        if found is None:
            told = (
                f"The bit's centre runs between {cutting.low:.4f} and {cutting.high:.4f} mm at "
                f"z {cutting.motion.lowest:.4f}, where nothing is to be cut."
            )
            faults.append(Fault("wrong_radius", cutting.motion.line, told))
        else:
            by_groove[found].append(cutting)
    for number, own in by_groove.items():
        floor = Floor(expected.grooves[number], own, expected)
        faults += [fault for fault in map(floor.cut, own) if fault is not None]
        faults += floor.left_over()
    return faults


def _groove_of(cutting: Cutting, grooves: Sequence[Groove], half: float) -> int | None:
    for number, groove in enumerate(grooves):
        inside = cutting.low - half >= groove.inner_mm - TRUE_MM
        if inside and cutting.high + half <= groove.outer_mm + TRUE_MM:
            return number
    return None
