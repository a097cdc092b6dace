from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from luthier_desktop.domain.cutting import interpreter
from luthier_desktop.domain.cutting.interpreter import check_gcode
from tests.domain.cutting.cuts import CHANNEL, SOUNDHOLE, expectation, faults, text

Change = Callable[[str], str]


def put(old: str, new: str, times: int = -1) -> Change:
    def change(file: str) -> str:
        assert old in file, old
        return file.replace(old, new, times)

    return change


def without(*words: str) -> Change:
    """Return a change that leaves out every line that begins so."""

    def change(file: str) -> str:
        lines = file.splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(words)]
        assert len(kept) < len(lines), words
        return "".join(kept)

    return change


def after(mark: str, *lines: str) -> Change:
    return put(f"{mark}\n", "\n".join((mark, *lines)) + "\n", 1)


FIRST_CIRCLE = "G3 X0 Y-46.065 I0 J-46.065"
WRONG: dict[str, tuple[str, Change]] = {
    "rapid into the stock": ("rapid_in_stock", put("G1 Z0.5 F200", "G0 Z-0.5 F200")),
    "rapid in the stock": ("rapid_in_stock", put("G1 Y46.839", "G0 X0 Y46.839", 1)),
    "rapid just above the face": ("rapid_in_stock", put("G0 Z5\nG0 X0", "G0 Z1\nG0 X0")),
    "too deep": ("too_deep", put("Z-1.2", "Z-1.202")),
    "too shallow": ("depth_not_reached", put("Z-1.2", "Z-1.198")),
    "radius too large": ("wrong_radius", put("50.035", "50.037")),
    "radius too small": ("wrong_radius", put("50.035", "50.033")),
    "inner radius too small": ("wrong_radius", put("45.965", "45.963")),
    "two M30": ("program_end", put("M30\n", "M30\nM30\n")),
    "no M30": ("program_end", without("M30")),
    "a motion after M30": ("program_end", put("M30\n", "M30\nG0 Z5\n")),
    "feed of zero": ("feed", put("F1000", "F0")),
    "feed over the setup's": ("feed", put("F1000", "F1001")),
    "feed that rubs": ("feed", put("F1000", "F500")),
    "no feed": ("feed", put(" F200", "")),
    "plunge over the setup's": ("plunge", put("F200", "F300")),
    "no G21": ("missing_G21", put("G21 ", "")),
    "no G90": ("missing_G90", put("G90 ", "")),
    "no G91.1": ("missing_G91.1", put("G91.1 ", "")),
    "inches": ("unknown_word", put("G21", "G20")),
    "outside the work area": ("work_area", after("G4 P5", "G0 X201 Y0")),
    "higher than the safe height": ("work_area", after("G4 P5", "G0 Z60")),
    "spindle on before the lift": ("spindle", put("G0 Z5\nM3 S10000", "M3 S10000\nG0 Z5")),
    "spindle off": ("spindle", without("M3 ")),
    "spindle off on the way": ("spindle", after(FIRST_CIRCLE, "M5")),
    "spindle too fast": ("spindle", put("S10000", "S24000")),
    "spindle left on": ("spindle", without("M5")),
    "no time to run up": ("spin_up", without("G4 ")),
    "a wait at depth": ("dwell", after(FIRST_CIRCLE, "G4 P1")),
    "a command behind a comment": ("hidden_command", put("(DESIGN Koa", "(DESIGN) M3 (Koa")),
    "a command on the next line": ("hidden_command", put("Koa ring", "x\nM3 S24000\n")),
    "a comment in a comment": ("hidden_command", put("Koa ring", "x (y")),
    "a comment that is obeyed": ("hidden_command", put("DESIGN Koa", "DEBUG Koa")),
    "a comment at a semicolon": ("unknown_word", after("G4 P5", "; M3")),
    "a word of another machine": ("unknown_word", after("G4 P5", "G43 H1")),
    "a tool change": ("unknown_word", after("G4 P5", "T1 M6")),
    "a line to skip": ("unknown_word", put("M5\n", "/M5\n")),
    "an exponent": ("unknown_word", put("Z0.5", "Z5e-1", 1)),
    "a comma": ("unknown_word", put("Z0.5", "Z0,5", 1)),
    "a negative nothing": ("number_form", put("Y0", "Y-0.0000", 1)),
    "two motions in a line": ("two_of_a_group", put("G1 Z0.5", "G0 G1 Z0.5", 1)),
    "a letter beyond ASCII": ("not_ascii", put("Koa", "Kóa")),
    "a long line": ("line_length", put("Koa ring", "x" * 80)),
    "no end of the last line": ("unfinished_line", put("M30\n", "M30")),
    "an arc off its circle": ("arc", put("J-46.065", "J-46.0662", 1)),
    "a full circle in one": ("arc", put(FIRST_CIRCLE, "G3 X0 Y46.065 I0 J-46.065", 1)),
    "an arc by its radius": ("unknown_word", put(" I0 J-46.065", " R46.065", 1)),
    "one axis of the first move": ("unknown_position", put("G0 X46.065 Y0", "G0 X46.065")),
    "a first move across": ("unknown_position", put("G0 Z5\nM3", "G0 X9 Y9\nG0 Z5\nM3")),
    "a plunge for a ramp": ("steep_entry", after("G1 Z0.5 F200", "G1 Z-0.6")),
    "a level left out": ("too_much_at_once", put("Z-0.6", "Z-1.2")),
    "half a wall gone round twice": (
        "wrong_radius", put("G3 X50.035 Y0 I50.035 J0", "G2 X50.035 Y0 I50.035 J0")
    ),
    "not lifted": ("not_retracted", put("G0 Z5\nG0 X0 Y0\nM5", "M5")),
}


def test_the_file_as_it_is_written_has_no_fault() -> None:
    assert faults(text()) == ()
    assert faults(text(SOUNDHOLE), SOUNDHOLE) == ()


@pytest.mark.parametrize(("name", "change"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_caught_by_name(name: str, change: Change) -> None:
    found = faults(change(text()))

    assert name in {fault.name for fault in found}, found
    assert all(fault.sentence.endswith(".") for fault in found)


def test_a_fault_tells_its_line() -> None:
    lines = text().splitlines()
    at = lines.index("M5") + 1

    caught = faults(put("M5\n", "M6\n")(text()))

    assert ("unknown_word", at) in [(fault.name, fault.line) for fault in caught]


def test_a_channel_with_wood_left_between_its_circles_is_caught() -> None:
    file = text()
    circles = [line for line in file.splitlines() if "47.613" in line or "48.387" in line]
    for line in dict.fromkeys(circles):
        file = file.replace(f"{line}\n", "")
    file = file.replace("G1 X0 Y47.613\n", "")

    assert {"island", "too_much_at_once", "stepover"} & {fault.name for fault in faults(file)}


def test_a_bit_with_flutes_shorter_than_the_cut_is_caught() -> None:
    short = expectation()._replace(flute_mm=1.1)

    assert {fault.name for fault in check_gcode(text().encode(), short)} == {"tool_too_short"}


def test_a_disc_without_its_tabs_is_caught() -> None:
    skin = text(SOUNDHOLE.model_copy(update={"hold": "skin"}))

    assert {"tab_cut", "too_deep"} & {fault.name for fault in faults(skin, SOUNDHOLE)}


def test_a_tab_cut_a_little_too_short_is_caught() -> None:
    narrow = text(SOUNDHOLE.model_copy(update={"tab_width_mm": 3.9}))

    assert "tab_cut" in {fault.name for fault in faults(narrow, SOUNDHOLE)}


def test_another_controllers_word_is_no_word_of_grbl() -> None:
    linuxcnc = text(CHANNEL.model_copy(update={"post": "linuxcnc"}))

    assert {fault.name for fault in faults(linuxcnc)} == {"unknown_word"}


def test_nothing_at_all_is_caught() -> None:
    assert "program_end" in {fault.name for fault in faults("")}


def test_the_reader_shares_no_code_with_planner_and_writer() -> None:
    shared = {"expectation", "plan_values"}
    folder = Path(interpreter.__file__).parent
    for path in folder.glob("interpreter*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and "cutting" in (node.module or ""):
                name = (node.module or "").rpartition(".")[2]
                assert name in shared or name.startswith("interpreter_"), (path.name, name)
                taken = {alias.name for alias in node.names}
                assert name != "plan_values" or taken <= {"Groove", "Tabs"}
