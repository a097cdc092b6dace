"""The order of work on the top, from the bare wood to the soundhole, which is cut last.

Source of the order and of what it warns of: domain reference 2.1 to 2.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from luthier_desktop.domain.channel_walls import ChannelWalls, channel_walls
from luthier_desktop.domain.cut_list.words import FAMILY_WORDS, listed
from luthier_desktop.domain.display import shown
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.feasibility.inputs import Case, RingCase
from luthier_desktop.domain.geometry import hidden_arc_deg
from luthier_desktop.exports.print_lengths import both_text, mm_text
from luthier_desktop.exports.shop_sheet_notes import Section, numbered

_BY = {
    "cnc": "Cut {}",
    "hand_router": "Rout {} on the circle jig",
    "hand": "Scribe {}, chisel it out and level it with the router plane",
}
_MOST_NAMED = 12


def step_section(case: Case) -> Section:
    """Return the order of assembly."""
    return Section("Order of work", numbered(_steps(case)))


def _steps(case: Case) -> Iterator[str]:
    yield f"Make the parts of the cut list{_thickness(case)}."
    yield "Seal the face with shellac where the rosette comes: less tear-out, no stains of glue."
    yield "Mark the centre of the soundhole and the centre line; both are needed to the end."
    yield from _channel_steps(case)
    yield _dry_fit(case)
    yield f"Glue {_how(case)}. Press the inlay in evenly, with the top lying flat on a board."
    yield from _levelling(case)
    hole_mm = case.design.soundhole_diameter_mm
    size = "" if hole_mm is None else f", {both_text(hole_mm)} across"
    yield f"Cut the soundhole LAST{size}, when the rosette is level."


def _thickness(case: Case) -> str:
    depth_mm = case.channel.depth_mm
    if depth_mm is None:
        return ""
    return f", as thick as it says: they stand proud of the {mm_text(depth_mm)} mm channel"


def _channel_steps(case: Case) -> Iterator[str]:
    try:
        walls = channel_walls(case)
    except InputRefused as refused:
        yield refused.sentence
        return
    for number, wall in enumerate(walls, start=1):
        which = "the channel" if len(walls) == 1 else f"channel {number}"
        yield f"{_BY[case.kind].format(which)}: {_walls(wall)}."


def _walls(wall: ChannelWalls) -> str:
    depth = "" if wall.depth_mm is None else f", {both_text(wall.depth_mm)} deep"
    room = f", {mm_text(wall.clearance_mm)} mm of it for the glue" if wall.clearance_mm else ""
    return (
        f"from {both_text(2 * wall.inner_mm)} to {both_text(2 * wall.outer_mm)} diameter, "
        f"{both_text(wall.width_mm)} wide{room}{depth}"
    )


def _dry_fit(case: Case) -> str:
    """Bent strips lean on the outer wall, so one channel is filled towards the soundhole."""
    if not case.rings:
        return "Fit the rings dry before any glue."
    hidden = _hidden(case)
    if case.channel.layout == "per_ring" and len(case.spans) > 1:
        order = " | ".join(_ring_list(case, span.ring_indices) for span in case.spans)
        return f"Fit dry, channel by channel, the innermost first: {order}.{hidden}"
    order = _ring_list(case, [ring.ring_index for ring in reversed(case.rings)])
    return f"Fit dry, from the outer wall inwards: {order}.{hidden}"


def _ring_list(case: Case, indices: list[int] | tuple[int, ...]) -> str:
    by_index = {ring.ring_index: ring for ring in case.rings}
    named = [_ring_words(by_index[index]) for index in indices[:_MOST_NAMED]]
    more = len(indices) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _ring_words(ring: RingCase) -> str:
    return f"ring {ring.ring_index} {FAMILY_WORDS[ring.family]}"


def _hidden(case: Case) -> str:
    width_mm, end_mm = case.board.width_mm, case.board.end_distance_mm
    if width_mm is None or end_mm is None or not case.rings:
        return ""
    angle_deg = min(hidden_arc_deg(ring.mean_mm, width_mm, end_mm) for ring in case.rings)
    if angle_deg <= 0:
        return ""
    return (
        f" Joints go to 12 o'clock: {angle_deg / 2:.0f}° to either side lie under the fingerboard."
    )


def _how(case: Case) -> str:
    glues = {
        "hide": "with hot hide glue",
        "pva": "with PVA",
        "ca": "with thin CA, wicked in after the dry fit",
        "epoxy": "with epoxy",
    }
    return "the rings in" if case.channel.glue is None else glues[case.channel.glue]


def _levelling(case: Case) -> Iterator[str]:
    woods = {one.name for ring in case.rings for one in ring.materials if one.kind == "shell"}
    hard = f", {listed(sorted(map(shown, woods)))} with a hard block" if woods else ""
    face_mm, back_mm = case.top.face_removal_mm, case.top.back_removal_mm
    off = f" and take {both_text(face_mm)} off the face" if face_mm else ""
    yield f"Level: scrape flush with the top{hard}{off}. Too much goes through the inlay."
    if back_mm:
        yield f"Thin the top from the back by {both_text(back_mm)}, not from the face."
