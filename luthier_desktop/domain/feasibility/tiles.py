"""Lane T, tiles: do the repeated pieces close, and can they be cut and handled?"""

from __future__ import annotations

import math

from luthier_desktop.domain.feasibility.answers import not_judged, number, unknown
from luthier_desktop.domain.feasibility.checks import Check, each_ring
from luthier_desktop.domain.feasibility.findings import Finding, Input
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.feasibility.limits import (
    Judgement,
    at_least,
    at_most,
    better,
    exact,
    failed,
    in_force,
    passed,
    softly_at_most,
)
from luthier_desktop.domain.feasibility.risk import Status
from luthier_desktop.domain.feasibility.slices import SLICED, log_yield, slice_strength
from luthier_desktop.domain.geometry import hidden_arc_deg
from luthier_desktop.domain.patterns.counts import (
    CELL_KEYS,
    SLANTED,
    TILED,
    cell_size_mm,
    circumference_mm,
    closure_mm,
    parity,
    taper_mm,
)
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.parameters import GridParameters, TiledParameters

CLOSE_GREEN_MM, CLOSE_YELLOW_MM = 0.03, 0.10
CLOSE_GREEN, CLOSE_YELLOW = 0.005, 0.02
CUT_GREEN, CUT_FULL = 0.05, 0.20
TAPER_GREEN_MM, TAPER_YELLOW_MM = 0.05, 0.15
LINE_LIMITS_MM = (0.3, 0.2)
WOOD_LIMITS_MM = (0.4, 0.3)
SHELL_LIMITS_MM = (1.0, 0.7)
ASPECT_GREEN, ASPECT_FULL = 1.25, 1.50
CUT_TO_LENGTH = frozenset({PatternFamily.SEGMENTS, PatternFamily.LADDER})
PIXELS = SLICED | {PatternFamily.CHECKER, PatternFamily.CUSTOM}
_NO_TILES = "This pattern has no tiles."


def tile_closure(case: Case, ring: RingCase) -> Finding:
    """T1: judge what is left when N tiles of length p close the ring: dp = C/N - p, in mm.

    A tile may be wrong by a length or by a part of itself, whichever is kinder; or the error is
    cut into one tile under the fingerboard.
    """
    if ring.family not in TILED:
        return not_judged("T1", ring.ring_index, _NO_TILES)
    if ring.tile_count is None:
        return unknown("T1", ring.ring_index, ring.path("tile_length_mm"))
    error_mm = closure_mm(ring.ring, ring.radii) or 0.0
    around_mm = circumference_mm(ring.radii)
    pitch_mm = around_mm / ring.tile_count if ring.pitch_mm is None else ring.pitch_mm
    hidden_mm = _hidden_mm(case, ring)
    judgement, limits = _judge_closure(ring, error_mm, pitch_mm, hidden_mm)
    inputs: dict[str, Input] = {
        "C_mm": around_mm,
        "N": ring.tile_count,
        "p_mm": pitch_mm,
        "percent": 100 * error_mm / pitch_mm,
        **limits,
    }
    message = _closure_message(ring, error_mm, judgement)
    return Finding("T1", ring.ring_index, *judgement, inputs, message)


def _judge_closure(
    ring: RingCase, error_mm: float, pitch_mm: float, hidden_mm: float
) -> tuple[Judgement, dict[str, Input]]:
    size_mm, share = abs(error_mm), abs(error_mm) / pitch_mm
    if ring.family in CUT_TO_LENGTH:
        judgement = softly_at_most(share, CUT_GREEN, CUT_FULL)
        green_mm = exact(CUT_GREEN * pitch_mm)
        room_mm = green_mm - exact(size_mm)
        return judgement._replace(value=error_mm, margin=room_mm), {"green_limit": green_mm}
    green_mm = exact(max(CLOSE_GREEN_MM, CLOSE_GREEN * pitch_mm))
    yellow_mm = exact(max(CLOSE_YELLOW_MM, CLOSE_YELLOW * pitch_mm))
    if exact(hidden_mm) >= exact(pitch_mm):
        return passed(error_mm), {"hidden_mm": hidden_mm}
    by_size = at_most(size_mm, CLOSE_GREEN_MM, CLOSE_YELLOW_MM)
    judgement = better(by_size, at_most(share, CLOSE_GREEN, CLOSE_YELLOW))
    margin_mm = at_most(size_mm, green_mm, yellow_mm).margin
    limits: dict[str, Input] = {"green_limit": green_mm, "yellow_limit": yellow_mm}
    return judgement._replace(value=error_mm, margin=margin_mm), limits


def _hidden_mm(case: Case, ring: RingCase) -> float:
    """Return the length of the ring's hidden arc at its mean radius; 0 without a fingerboard."""
    board = case.board
    if board.width_mm is None or board.end_distance_mm is None:
        return 0.0
    arc_deg = hidden_arc_deg(ring.mean_mm, board.width_mm, board.end_distance_mm)
    return math.radians(arc_deg) * ring.mean_mm


def _closure_message(ring: RingCase, error_mm: float, judgement: Judgement) -> str:
    whole = f"{ring.tile_count} pieces"
    if judgement.status is Status.GREEN:
        if judgement.margin is None and exact(error_mm) != 0:
            return f"{whole}; the closing piece is cut to fit under the fingerboard."
        return f"{whole} close the ring; each is off by {number(abs(error_mm))} mm."
    word = "longer" if error_mm > 0 else "shorter"
    return f"{whole} do not close: each would have to be {number(abs(error_mm))} mm {word}."


def tile_parity(_case: Case, ring: RingCase) -> Finding:
    """T1b: judge whether the colours come round: N mod k."""
    if ring.family not in TILED:
        return not_judged("T1b", ring.ring_index, _NO_TILES)
    if ring.tile_count is None:
        return unknown("T1b", ring.ring_index, ring.path("tile_length_mm"))
    count, multiple = ring.tile_count, parity(ring.ring)
    rest = count % multiple
    judgement = passed(rest) if rest == 0 else failed(rest)
    message = (
        f"{count} pieces keep the order of the colours all the way round."
        if rest == 0
        else f"{count} pieces break the order of the colours; take a multiple of {multiple}."
    )
    return Finding("T1b", ring.ring_index, *judgement, {"N": count, "k": multiple}, message)


def tile_taper(_case: Case, ring: RingCase) -> Finding:
    """T2: judge the wedge between straight tiles: 2 (r_o - r_i) tan(pi/N), in mm."""
    if ring.family not in TILED:
        return not_judged("T2", ring.ring_index, _NO_TILES)
    if ring.family in SLANTED:
        return not_judged("T2", ring.ring_index, "This pattern is a strip that is bent.")
    if ring.tile_count is None:
        return unknown("T2", ring.ring_index, ring.path("tile_length_mm"))
    wedge_mm = taper_mm(ring.radii, ring.tile_count)
    pattern = ring.pattern
    tapered = not isinstance(pattern, TiledParameters) or pattern.is_tapered
    judgement = (
        passed(wedge_mm) if tapered else at_most(wedge_mm, TAPER_GREEN_MM, TAPER_YELLOW_MM)
    )
    inputs = {"w_mm": ring.width_mm, "N": ring.tile_count, "tapered": tapered}
    message = (
        f"Each piece is tapered by {number(wedge_mm)} mm."
        if tapered
        else f"Straight pieces leave wedges of {number(wedge_mm)} mm at the outer edge."
    )
    return Finding("T2", ring.ring_index, *judgement, inputs, message)


def cell_size(_case: Case, ring: RingCase) -> Finding:
    """T3: judge the smallest cell of the pattern, in mm."""
    if ring.family is PatternFamily.SOLID:
        return not_judged("T3", ring.ring_index, "A solid ring has no cells.")
    cell_mm = cell_size_mm(ring.ring, ring.radii)
    if cell_mm is None:
        return unknown("T3", ring.ring_index, *_missing_of_cell(ring))
    green_mm, yellow_mm = _cell_limits(ring)
    judgement = at_least(cell_mm, green_mm, yellow_mm)
    inputs = in_force(green_mm, yellow_mm, WOOD_LIMITS_MM)
    message = (
        f"The smallest piece is {number(cell_mm)} mm."
        if judgement.status is Status.GREEN
        else f"The smallest piece is only {number(cell_mm)} mm; {number(green_mm)} mm can be "
        "handled."
    )
    return Finding("T3", ring.ring_index, *judgement, inputs, message)


def _cell_limits(ring: RingCase) -> tuple[float, float]:
    if ring.family is PatternFamily.LINES:
        return LINE_LIMITS_MM
    return SHELL_LIMITS_MM if ring.has_shell else WOOD_LIMITS_MM


def _missing_of_cell(ring: RingCase) -> list[str]:
    """Return the paths of what the smallest cell still needs."""
    if ring.family is PatternFamily.LINES:
        return [ring.path("pattern.lines")]
    if ring.family in CELL_KEYS:
        return [ring.path(f"pattern.{CELL_KEYS[ring.family]}")]
    missing = [] if ring.tile_count is not None else [ring.path("tile_length_mm")]
    pattern = ring.pattern
    if isinstance(pattern, GridParameters):
        wanted = ("rows",) if ring.family is PatternFamily.CHECKER else ("rows", "cols")
        absent = [name for name in wanted if getattr(pattern, name) is None]
        missing = [ring.path(f"pattern.{name}") for name in absent] + missing
    return missing


def pixel_aspect(_case: Case, ring: RingCase) -> Finding:
    """T6: judge how much cells stretch towards the outer edge: r_o/r_i. Looks only."""
    if ring.family not in PIXELS:
        return not_judged("T6", ring.ring_index, "This pattern has no grid of cells.")
    inner_mm, outer_mm = ring.radii
    judgement = softly_at_most(outer_mm / inner_mm, ASPECT_GREEN, ASPECT_FULL)
    ratio = number(outer_mm / inner_mm, 2)
    message = (
        f"Outer cells are {ratio} times as long as inner ones."
        if judgement.status is Status.GREEN
        else f"Outer cells are {ratio} times as long as inner ones; over 1.25 it shows."
    )
    inputs = {"r_o_mm": outer_mm, "r_i_mm": inner_mm}
    return Finding("T6", ring.ring_index, *judgement, inputs, message)


CHECKS = (
    Check("T1", each_ring, tile_closure),
    Check("T1b", each_ring, tile_parity),
    Check("T2", each_ring, tile_taper),
    Check("T3", each_ring, cell_size),
    Check("T4", each_ring, log_yield),
    Check("T5", each_ring, slice_strength),
    Check("T6", each_ring, pixel_aspect),
)
