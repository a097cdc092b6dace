"""Read G-code as text: lines, comments and words, as strictly as the most careful controller."""

from __future__ import annotations

import re
from typing import NamedTuple

from luthier_desktop.domain.cutting.expectation import Fault
from luthier_desktop.domain.gcode_options import Post

LONGEST_LINE = 79
"""Grbl 1.1 holds 80 characters of a line, its end included; the others hold more."""
_COMMENT = re.compile(r"\([A-Za-z0-9 _.=:+-]*\)")
_WORD = re.compile(r"([A-Z])([+-]?[0-9]+(?:\.[0-9]+)?)")
_NEGATIVE_ZERO = re.compile(r"-0+(?:\.0+)?")
_AXES = frozenset("XYZIJFSP")
_COMMON = {
    "G0": "motion", "G1": "motion", "G2": "motion", "G3": "motion", "G4": "dwell",
    "G17": "plane", "G21": "units", "G40": "compensation", "G49": "length", "G80": "cycle",
    "G90": "distance", "G91.1": "centres", "G94": "feed mode",
    "M3": "spindle", "M5": "spindle", "M30": "end",
}
_CODES: dict[Post, dict[str, str]] = {
    "grbl": _COMMON,
    "mach3": {**_COMMON, "G64": "path"},
    "linuxcnc": {**_COMMON, "G64": "path"},
}
_DOES_SOMETHING = frozenset(
    {"MSG", "DEBUG", "PRINT", "LOG", "LOGOPEN", "LOGAPPEND", "LOGCLOSE", "PROBEOPEN",
     "PROBECLOSE", "PY"}
)
"""Comments that begin so are obeyed by some controllers."""


class Block(NamedTuple):
    """One line of commands: its codes (``G1``, ``M3``) and the values of its other words."""

    line: int
    codes: tuple[str, ...]
    values: dict[str, float]


def read_blocks(data: bytes, post: Post) -> tuple[list[Block], list[Fault]]:
    """Return the commands of a file, and what is wrong with how they are written."""
    blocks: list[Block] = []
    faults: list[Fault] = []
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [], [Fault("not_ascii", line, "The file holds a character that is not plain text.")]
    if not text.endswith("\n"):
        faults.append(Fault("unfinished_line", text.count("\n") + 1, "The last line has no end."))
    for number, written in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if len(written) > LONGEST_LINE:
            told = f"The line has {len(written)} characters, {LONGEST_LINE} are the most."
            faults.append(Fault("line_length", number, told))
        if set(written) & set("()"):
            faults.extend(_comment_faults(written, number))
        elif written:
            reader = _Line(number, _CODES[post], faults)
            blocks.append(reader.read(written))
    return blocks, faults


def _comment_faults(line: str, number: int) -> list[Fault]:
    """A comment stands alone on its line, so that no command can hide beside it."""
    if not _COMMENT.fullmatch(line):
        told = "A comment is not alone on its line, not closed, or holds odd characters."
        return [Fault("hidden_command", number, told)]
    first = re.split(r"[^A-Za-z]", line[1:-1].strip(), maxsplit=1)[0]
    if first.upper() in _DOES_SOMETHING:
        return [Fault("hidden_command", number, f"Some controllers obey a comment of {first}.")]
    return []


class _Line:
    """Reads the words of one line."""

    def __init__(self, number: int, known: dict[str, str], faults: list[Fault]) -> None:
        self._number, self._known, self._faults = number, known, faults
        self._codes: list[str] = []
        self._groups: set[str] = set()
        self._values: dict[str, float] = {}

    def read(self, line: str) -> Block:
        for word in line.split(" "):
            found = _WORD.fullmatch(word)
            if found is None:
                self._fault("unknown_word", f"{word[:20]!r} is no word.")
            else:
                self._take(word, *found.groups())
        return Block(self._number, tuple(self._codes), self._values)

    def _take(self, word: str, letter: str, digits: str) -> None:
        if _NEGATIVE_ZERO.fullmatch(digits):
            self._fault("number_form", f"{word} is a negative nothing.")
        if letter in "GM":
            self._take_code(word)
        elif letter not in _AXES or letter in self._values:
            self._fault("unknown_word", f"{word} is not known, or stands twice.")
        else:
            self._values[letter] = float(digits)

    def _take_code(self, word: str) -> None:
        group = self._known.get(word)
        if group is None:
            self._fault("unknown_word", f"{word} is not to be used here.")
            return
        if group in self._groups:
            self._fault("two_of_a_group", f"{word} is the second of its group.")
        self._groups.add(group)
        self._codes.append(word)

    def _fault(self, name: str, sentence: str) -> None:
        self._faults.append(Fault(name, self._number, sentence))
