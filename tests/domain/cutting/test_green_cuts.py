from __future__ import annotations

import json
from typing import get_args

import pytest

from luthier_desktop import paths
from luthier_desktop.domain.cutting.expectation import expect_cut
from luthier_desktop.domain.cutting.interpreter import check_gcode
from luthier_desktop.domain.cutting.plan import plan_cut
from luthier_desktop.domain.feasibility.cycle_time import SET_UP_S, START_S
from luthier_desktop.domain.feasibility.scorer import score
from luthier_desktop.domain.gate import judge_gate
from luthier_desktop.domain.gcode_options import GcodeOptions, Post
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.workshop import Setup
from luthier_desktop.exports.gcode import gcode_bytes
from tests.domain.cutting.cuts import HEADER
from tests.domain.cutting.green_designs import MATERIALS, green_cuts

STARTERS = sorted(
    path
    for path in paths.resource("presets").glob("*.json")
    if path.stem not in ("starters", "setup_workshop")
)
SETUP = Setup.read(
    json.loads(paths.resource("presets/setup_workshop.json").read_bytes()), "The setup"
)


@pytest.mark.parametrize("post", get_args(Post))
def test_the_files_of_200_green_designs_pass_the_independent_reader(post: Post) -> None:
    for cut in green_cuts(200):
        options = cut.options.model_copy(update={"post": post})
        file = gcode_bytes(plan_cut(cut.design, cut.setup, options), HEADER)

        assert check_gcode(file, expect_cut(cut.design, cut.setup, options)) == ()


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_each_starter_reaches_the_machine_and_takes_the_time_of_its_check(path) -> None:
    design = RosetteParamSpec.read(json.loads(path.read_bytes()), path.stem)
    scored = score(design, SETUP, MATERIALS)
    assert judge_gate(scored, ()).open
    for options in (GcodeOptions(), GcodeOptions(part="soundhole")):
        file = gcode_bytes(plan_cut(design, SETUP, options), HEADER)
        assert check_gcode(file, expect_cut(design, SETUP, options)) == ()

    # M11 knows no light pass along the walls and reckons set-up and 15 s a channel beside it
    plain = plan_cut(design, SETUP, GcodeOptions(finish_allowance_mm=0.0))
    beside_s = SET_UP_S + START_S * len(plain.grooves)
    minutes = scored.estimated_cut_time_min
    assert minutes is not None
    assert (plain.seconds + beside_s) / 60 == pytest.approx(minutes, rel=0.15)
