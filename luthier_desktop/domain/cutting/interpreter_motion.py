"""Run the words of a file as a controller does: modes, spindle, feed, and where the bit goes."""

from __future__ import annotations

import math
from typing import NamedTuple

from luthier_desktop.domain.cutting.expectation import Fault
from luthier_desktop.domain.cutting.interpreter_words import Block

MODES = ("G21", "G90", "G17", "G94", "G91.1", "G40", "G49", "G80")
"""What must be said before anything moves."""
SAME_RADIUS_MM = 0.001
"""Controllers allow 0.005 mm between the radii of an arc's ends; its writer can do better."""
Place = tuple[float | None, float | None, float | None]


class Motion(NamedTuple):
    """One motion: code 0 to 3, from and to where, and how the machine runs meanwhile.

    ``sweep`` is an arc's signed angle; ``known`` is False where the bit may have come from
    anywhere. ``rpm`` is 0 while the spindle stands still.
    """

    line: int
    code: int
    start: tuple[float, float, float]
    end: tuple[float, float, float]
    centre: tuple[float, float]
    sweep: float
    feed: float
    rpm: float
    known: bool

    @property
    def lowest(self) -> float:
        """The lowest z of the motion."""
        return min(self.start[2], self.end[2])

    @property
    def length(self) -> float:
        """The length of the motion."""
        if not self.sweep:
            return math.dist(self.start, self.end)
        around = math.dist(self.start[:2], self.centre) * self.sweep
        return math.hypot(around, self.end[2] - self.start[2])


class Machine:
    """A controller and its machine; collects motions and faults."""

    def __init__(self, spin_up_s: float, safe_z: float) -> None:
        self.motions: list[Motion] = []
        self.faults: list[Fault] = []
        self.ends: list[int] = []
        self._at: Place = (None, None, None)
        self._modes: set[str] = set()
        self._motion_code: int | None = None
        self._feed = 0.0
        self._speed = 0.0
        self._turning = False
        self._waited_s = 0.0
        self._spin_up_s, self._safe_z = spin_up_s, safe_z

    def run(self, block: Block) -> None:
        """Obey one line."""
        if self.ends:
            self._fault("program_end", block.line, "There are commands after the program's end.")
        self._set_modes(block)
        if "G4" in block.codes:
            self._dwell(block)
        elif set("XYZIJ") & set(block.values):
            self._move(block)
        elif {"G0", "G1", "G2", "G3"} & set(block.codes):
            self._fault("unknown_word", block.line, "A motion without a place to go to.")
        if "M30" in block.codes:
            if self._turning:
                self._fault("spindle", block.line, "The program ends while the spindle turns.")
            self.ends.append(block.line)

    @property
    def at(self) -> Place:
        """Where the bit is, as far as is known."""
        return self._at

    def _fault(self, name: str, line: int, sentence: str) -> None:
        self.faults.append(Fault(name, line, sentence))

    def _set_modes(self, block: Block) -> None:
        codes = set(block.codes)
        self._modes |= codes
        if "S" in block.values:
            self._speed = block.values["S"]
        if "F" in block.values:
            self._feed = block.values["F"]
            if self._feed <= 0:
                self._fault("feed", block.line, "The feed is nothing, or less.")
        if "M3" in codes:
            if self._turning:
                self._fault("spindle", block.line, "The spindle is switched on twice.")
            if not self._is_lifted():
                self._fault("spindle", block.line, "The spindle starts below the safe height.")
            self._turning, self._waited_s = True, 0.0
        if "M5" in codes:
            self._turning = False

    def _is_lifted(self) -> bool:
        height = self._at[2]
        return height is not None and height >= self._safe_z

    def _dwell(self, block: Block) -> None:
        if not self._is_lifted():
            self._fault("dwell", block.line, "The bit waits below the safe height.")
        if set(block.values) != {"P"}:
            self._fault("dwell", block.line, "A dwell says how long, and nothing else.")
        self._waited_s += block.values.get("P", 0.0)

    def _move(self, block: Block) -> None:
        line, values = block.line, block.values
        for mode in MODES:
            if mode not in self._modes:
                self._fault(f"missing_{mode}", line, f"Something moves before {mode} was said.")
                self._modes.add(mode)
        code = next((int(word[1]) for word in block.codes if word in _MOTIONS), self._motion_code)
        self._motion_code = code
        if code is None:
            self._fault("unknown_word", line, "A place without a motion.")
            return
        if "P" in values:
            self._fault("unknown_word", line, "A P word in a motion.")
        end = tuple(values.get(axis, old) for axis, old in zip("XYZ", self._at, strict=True))
        if code in (2, 3):
            self._arc(block, code, end)
        else:
            self._straight(block, code, end)
        self._at = (end[0], end[1], end[2])

    def _straight(self, block: Block, code: int, end: tuple[float | None, ...]) -> None:
        if {"I", "J"} & set(block.values):
            self._fault("unknown_word", block.line, "A straight motion with an arc's centre.")
        self._add(block.line, code, end, (0.0, 0.0), 0.0)

    def _arc(self, block: Block, code: int, end: tuple[float | None, ...]) -> None:
        x, y, height = self._at
        if x is None or y is None or height is None:
            self._fault("unknown_position", block.line, "An arc from nobody knows where.")
            return
        if not {"X", "Y", "I", "J"} <= set(block.values):
            self._fault("arc", block.line, "An arc needs X, Y, I and J.")
            return
        centre = (x + block.values["I"], y + block.values["J"])
        target = (block.values["X"], block.values["Y"])
        radii = math.dist((x, y), centre), math.dist(target, centre)
        if abs(radii[0] - radii[1]) > SAME_RADIUS_MM or min(radii) <= SAME_RADIUS_MM:
            self._fault("arc", block.line, "The arc's ends are not equally far from its centre.")
        if math.dist((x, y), target) <= SAME_RADIUS_MM:
            self._fault("arc", block.line, "An arc that ends where it begins can be misread.")
        self._add(block.line, code, end, centre, _sweep((x, y), target, centre, code))

    def _add(
        self,
        line: int,
        code: int,
        end: tuple[float | None, ...],
        centre: tuple[float, float],
        sweep: float,
    ) -> None:
        known = None not in self._at
        if code and not known:
            self._fault("unknown_position", line, "The bit cuts from nobody knows where.")
        start = [old if old is not None else new for old, new in zip(self._at, end, strict=True)]
        whole = [[value or 0.0 for value in place] for place in (start, end)]
        first, last = ((place[0], place[1], place[2]) for place in whole)
        if end[2] is None or (self._at[2] is None and end[:2] != self._at[:2]):
            self._fault("unknown_position", line, "The bit moves at an unknown height.")
        rpm = self._speed if self._turning else 0.0
        if code and self._turning and self._waited_s < self._spin_up_s - 0.001:
            self._fault("spin_up", line, "The bit moves before the spindle has run up.")
            self._waited_s = self._spin_up_s
        self.motions.append(
            Motion(line, code, first, last, centre, sweep, self._feed, rpm, known)
        )


_MOTIONS = frozenset({"G0", "G1", "G2", "G3"})


def _sweep(
    start: tuple[float, float], end: tuple[float, float], centre: tuple[float, float], code: int
) -> float:
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    last = math.atan2(end[1] - centre[1], end[0] - centre[0])
    if code == 3:
        return (last - first) % (2 * math.pi) or 2 * math.pi
    return -((first - last) % (2 * math.pi) or 2 * math.pi)
