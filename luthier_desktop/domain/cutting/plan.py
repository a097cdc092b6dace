"""Plan the cutting of one part with one bit: from design and setup to moves with their times."""

from __future__ import annotations

import math
from collections.abc import Sequence

from luthier_desktop.domain.cutting.groove_path import cut_channel, cut_round_disc
from luthier_desktop.domain.cutting.grooves import grooves_of
from luthier_desktop.domain.cutting.numbers import read_numbers, refuse_out_of_reach
from luthier_desktop.domain.cutting.path import Path
from luthier_desktop.domain.cutting.plan_values import CutPlan, Groove, Move
from luthier_desktop.domain.cutting.tab_path import cut_between_tabs
from luthier_desktop.domain.cutting.times import timed
from luthier_desktop.domain.feasibility.inputs import read_case
from luthier_desktop.domain.gcode_options import GcodeOptions
from luthier_desktop.domain.materials import MaterialCatalogue
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup

NO_MATERIALS = MaterialCatalogue(())
"""What is cut where does not depend on what a wood is like; the gate judges that."""


def plan_cut(design: RosetteParamSpec, setup: Setup, options: GcodeOptions) -> CutPlan:
    """Plan the channels, or the soundhole, of *design* in the shop *setup*.

    Whether the design may be cut at all is the gate's to say, before this is asked.

    Raises:
        InputRefused: A value is missing (its field is named), the machine is no CNC, or the cut
            cannot be made with this bit on this machine.
    """
    case = read_case(design, setup, NO_MATERIALS)
    numbers = read_numbers(case, options)
    grooves = grooves_of(case, numbers, options)
    farthest_mm = grooves[-1].outer_mm - numbers.diameter_mm / 2
    deepest_mm = max(groove.depth_mm for groove in grooves)
    refuse_out_of_reach(case, options, farthest_mm, deepest_mm)
    path = Path(numbers, options.safe_z_mm)
    for groove in grooves:
        _cut(path, groove, options)
    path.travel(0.0, 0.0)
    moves = _run_up_again(path.moves, options) if options.post == "mach3" else path.moves
    return CutPlan(options, numbers, grooves, timed(moves, numbers, options.spin_up_s))


def _cut(path: Path, groove: Groove, options: GcodeOptions) -> None:
    if options.part == "channel":
        cut_channel(path, groove, options.direction, options.finish_allowance_mm)
    elif groove.tabs is None:
        cut_round_disc(path, groove, options.direction, groove.depth_mm)
    else:
        cut_round_disc(path, groove, options.direction, groove.tabs.top_mm)
        cut_between_tabs(path, groove, groove.tabs, options.direction)


def _run_up_again(moves: Sequence[Move], options: GcodeOptions) -> tuple[Move, ...]:
    """Let the first way down take as long as the spindle needs to run up.

    Mach takes a dwell for seconds or for milliseconds, as it is set up: the wait may be none.
    """
    first = next(number for number, move in enumerate(moves) if move.kind == "feed")
    move = moves[first]
    slow = math.floor(60_000 * move.length_mm / options.spin_up_s) / 1000
    slower = move._replace(feed_mm_min=min(move.feed_mm_min, slow))
    return (*moves[:first], slower, *moves[first + 1 :])
