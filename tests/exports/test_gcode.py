from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luthier_desktop import paths
from luthier_desktop.domain.cutting.expectation import expect_cut
from luthier_desktop.domain.cutting.interpreter import check_gcode
from luthier_desktop.domain.cutting.plan import plan_cut
from luthier_desktop.domain.gcode_options import CutPart, GcodeOptions, Post
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.gcode import gcode_bytes
from luthier_desktop.exports.gcode_header import CutHeader
from tests.domain.cutting.cuts import CHANNEL, HEADER, SOUNDHOLE, expectation, plan, text

GOLDEN = Path(__file__).parents[1] / "golden"
SETUP = Setup.read(
    json.loads(paths.resource("presets/setup_workshop.json").read_bytes()), "The setup"
)
POSTS = get_args(Post)
STARTERS = tuple(
    sorted(
        path.stem
        for path in paths.resource("presets").glob("*.json")
        if "ring_params" in json.loads(path.read_bytes())
    )
)
GOLDEN_CUTS: tuple[tuple[str, CutPart], ...] = (
    ("minimal_ring", "channel"), ("mandolin_barber_pole", "soundhole")
)  # fmt: skip
HOSTILE = (
    "x)\nM3 S24000\n(", "MSG, hello", "%", "; M3", "a\r\nG0 Z-50", "(((", "G0 Z-9", "\u202eM3",
    "!~?\x18", "N" * 500, "", "#1=2", "/M5", "LOGOPEN,x",
)  # fmt: skip


def commands(file: bytes) -> list[str]:
    """Return the lines that move the machine."""
    return [line for line in file.decode("ascii").split("\n") if not line.startswith("(")]


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize(("starter", "part"), GOLDEN_CUTS, ids=lambda value: str(value))
def test_a_starters_file_is_the_golden_one(starter: str, part: CutPart, post: Post) -> None:
    preset = json.loads(paths.resource(f"presets/{starter}.json").read_bytes())
    design = RosetteParamSpec.read(preset, starter)
    options = GcodeOptions(post=post, part=part)
    about = HEADER._replace(design_name=design.name or "", setup_name=SETUP.name or "")

    file = gcode_bytes(plan_cut(design, SETUP, options), about)

    assert file == (GOLDEN / f"{starter}.{part}.{post}.nc").read_bytes()
    assert check_gcode(file, expect_cut(design, SETUP, options)) == ()


def starters_file(starter: str, part: CutPart) -> bytes:
    preset = json.loads(paths.resource(f"presets/{starter}.json").read_bytes())
    options = GcodeOptions(post="grbl", part=part)
    return gcode_bytes(plan_cut(RosetteParamSpec.read(preset, starter), SETUP, options), HEADER)


@pytest.mark.parametrize("part", get_args(CutPart))
@pytest.mark.parametrize("starter", STARTERS)
def test_every_starters_file_has_the_bytes_that_are_kept(starter: str, part: CutPart) -> None:
    """Print them anew with ``python -m tests.exports.test_gcode``."""
    kept = json.loads((GOLDEN / "gcode.json").read_text(encoding="ascii"))
    assert hashlib.sha256(starters_file(starter, part)).hexdigest() == kept[f"{starter} {part}"]


def test_a_file_says_its_modes_lifts_and_waits_before_it_moves() -> None:
    assert commands(text().encode())[:7] == [
        "G21 G90 G17 G94", "G91.1 G40 G49 G80", "G0 Z5", "M3 S10000", "G4 P5",
        "G0 X46.065 Y0", "G1 Z0.5 F200",
    ]  # fmt: skip
    assert commands(text().encode())[-5:] == ["G0 Z5", "G0 X0 Y0", "M5", "M30", ""]


def written_for(post: Post) -> list[str]:
    cut = plan(CHANNEL.model_copy(update={"post": post}))
    return commands(gcode_bytes(cut, HEADER))


def test_the_posts_differ_in_their_path_mode_and_in_how_they_wait() -> None:
    grbl, mach3, linuxcnc = (written_for(post) for post in POSTS)

    assert POSTS == ("grbl", "mach3", "linuxcnc")
    assert [line for line in linuxcnc if line != "G64 P0.01"] == grbl
    # Mach may take the wait for milliseconds: 4.5 mm down in 5 s besides
    assert [line for line in mach3 if line not in grbl] == ["G64", "G1 Z0.5 F54"]
    slow = mach3.index("G1 Z0.5 F54")
    assert mach3[slow + 1 :] == grbl[slow:]


def test_numbers_have_a_point_and_four_decimals_at_most() -> None:
    for options in (CHANNEL, SOUNDHOLE):
        for line in commands(text(options).encode()):
            assert re.fullmatch(r"([A-Z]-?\d{1,5}(\.\d{1,4})?( |$))*", line), line
            assert not re.search(r"-0(\.0*)?( |$)", line), line


def test_every_full_circle_is_written_as_two_halves() -> None:
    at_wall = [line for line in text().split("\n") if "I50.035" in line or "I-50.035" in line]

    assert at_wall == ["G3 X50.035 Y0 I50.035 J0", "G3 X-50.035 Y0 I-50.035 J0"]


def test_the_head_says_what_is_cut_with_what_and_where_zero_is() -> None:
    head = [line for line in text().split("\n") if line.startswith("(")]

    for told in (
        "(GRBL 1.1 - CHANNEL - UNITS MM)", "(DESIGN Koa ring)", "(RUN NOT SAVED)",
        f"(SHA256 {'ab' * 16})", "(SETUP Workbench)", "(MACHINE Small CNC)",
        "(BIT 2 mm downcut)", "(VERDICT GREEN 95.0)",
        "(TOP 3.000 THICK WHEN THIS IS CUT - MEASURE IT)",
        "(CUTS R 44.9650 TO 51.0350 - DEPTH 1.2000)",
        "(ZERO X Y AT THE CENTRE OF THE SOUNDHOLE - Z ON THE TOP FACE)",
    ):  # fmt: skip
        assert told in head
    assert any(re.fullmatch(r"\(TIME ABOUT \d+\.\d MINUTES .*\)", line) for line in head)


def test_a_saved_design_says_its_run_and_what_was_decided() -> None:
    saved = HEADER._replace(
        run_id="run_1", ledger_number=1042, snapshot_id="snap_1",
        decisions=["M2 run_2", "T4 R1 run_3"],
    )  # fmt: skip

    head = gcode_bytes(plan(), saved).decode().split("\n")

    assert {
        "(RUN run_1)", "(LEDGER NUMBER 1042)", "(SNAPSHOT snap_1)",
        "(DECIDED M2 run_2)", "(DECIDED T4 R1 run_3)",
    } <= {*head}  # fmt: skip


def test_what_has_no_name_is_said_to_have_none() -> None:
    nameless = HEADER._replace(setup_name="", tool_name=" ", machine_name="")

    head = gcode_bytes(plan(), nameless).decode().split("\n")

    assert {"(SETUP NOT NAMED)", "(BIT NOT NAMED)", "(MACHINE NOT NAMED)"} <= {*head}


def test_the_disc_of_a_soundhole_is_said_to_be_held() -> None:
    skin = text(SOUNDHOLE.model_copy(update={"hold": "skin"}))

    assert "(4 TABS 4.00 WIDE HOLD THE DISC - CUT THEM WITH A KNIFE)" in text(SOUNDHOLE)
    assert "(SCRAP BOARD UNDER THE TOP - CUTS 0.200 INTO IT)" in text(SOUNDHOLE)
    assert "(SKIN OF 0.300 HOLDS THE DISC - CUT IT WITH A KNIFE)" in skin
    for file in (text(SOUNDHOLE), skin):
        assert "(CUT THIS LAST - AFTER THE INLAY IS LEVEL)" in file


def hostile(name: str) -> CutHeader:
    return CutHeader(name, name, name, name, name, name, name, 1, name, (name,))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_gives_the_same_commands_as_a_plain_one(name: str) -> None:
    file = gcode_bytes(plan(), hostile(name))

    assert commands(file) == commands(text().encode())
    assert check_gcode(file, expectation()) == ()


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_name_gives_the_same_commands(name: str) -> None:
    file = gcode_bytes(plan(), hostile(name))

    assert commands(file) == commands(text().encode())
    assert check_gcode(file, expectation()) == ()


def keep_the_bytes() -> None:
    """Write the hashes of all starters' files, after somebody has looked at what is another."""
    hashes = {
        f"{starter} {part}": hashlib.sha256(starters_file(starter, part)).hexdigest()
        for starter in STARTERS
        for part in get_args(CutPart)
    }
    text = json.dumps(hashes, indent=1, sort_keys=True)
    (GOLDEN / "gcode.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    keep_the_bytes()
