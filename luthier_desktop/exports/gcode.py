"""G-code of a planned cut: the words of GRBL 1.1, Mach3 and Mach4, or LinuxCNC, as plain text.

Lines end with a line feed, numbers have a point and at most four decimals, arcs give their centre
from their start (G91.1). There is no tool change: one file, one bit.
"""

from __future__ import annotations

from collections.abc import Iterator

from luthier_desktop.domain.cutting.plan_values import CutPlan, Move
from luthier_desktop.domain.gcode_options import Post
from luthier_desktop.exports.gcode_header import CutHeader, comment, header_lines

SUFFIX = ".nc"
_SAFE_START = ("G21 G90 G17 G94", "G91.1 G40 G49 G80")
_PATH_MODE: dict[Post, tuple[str, ...]] = {
    "grbl": (),
    "mach3": ("G64",),
    "linuxcnc": ("G64 P0.01",),
}
"""Run smoothly; LinuxCNC may round a corner by at most 0.01 mm. Grbl knows no such word."""
_MOTION = {"rapid": "G0", "feed": "G1", "cw": "G2", "ccw": "G3"}
_PURPOSE = {
    "travel": "", "entry": "ENTRY", "rough": "ROUGHING", "finish": "WALLS",
}


def gcode_bytes(plan: CutPlan, header: CutHeader) -> bytes:
    """Return the file of a plan; the same plan and header give the same bytes.

    It must be read by ``check_gcode`` before it is offered.
    """
    lines = [*header_lines(plan, header), *_start(plan), *_moves(plan), "M5", "M30"]
    return ("\n".join(lines) + "\n").encode("ascii")


def _start(plan: CutPlan) -> Iterator[str]:
    """Set every mode, lift the bit, and let the spindle run up before anything else moves."""
    yield from _SAFE_START
    yield from _PATH_MODE[plan.options.post]
    yield f"G0 Z{_number(plan.options.safe_z_mm)}"
    yield f"M3 S{int(plan.numbers.spindle_rpm)}"
    yield f"G4 P{_number(plan.options.spin_up_s)}"


def _moves(plan: CutPlan) -> Iterator[str]:
    feed, purpose = 0.0, "travel"
    for move in plan.moves:
        if move.purpose != purpose:
            purpose = move.purpose
            if _PURPOSE[purpose]:
                yield comment(_PURPOSE[purpose])
        words = [_MOTION[move.kind], *_axes(move)]
        if move.feed_mm_min not in (0.0, feed):
            feed = move.feed_mm_min
            words.append(f"F{_number(feed)}")
        yield " ".join(words)


def _axes(move: Move) -> Iterator[str]:
    """Write where a move ends; an arc says X, Y and its centre from its start.

    So does a rapid move in the plane: before the first one, nobody knows where the bit stands.
    """
    arc = move.kind in ("cw", "ccw")
    both = arc or (move.kind == "rapid" and move.start[:2] != move.end[:2])
    for axis, old, new in zip("XYZ", move.start, move.end, strict=True):
        if old != new or (both and axis != "Z"):
            yield f"{axis}{_number(new)}"
    if arc:
        yield f"I{_number(move.centre[0] - move.start.x_mm)}"
        yield f"J{_number(move.centre[1] - move.start.y_mm)}"


def _number(value: float) -> str:
    """Write a number with at most four decimals, never an exponent, never a negative nothing."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
