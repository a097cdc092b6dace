from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from luthier_desktop.domain.cutting.plan import plan_cut
from luthier_desktop.domain.cutting.plan_values import CutPlan, Move
from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.gcode_options import GcodeOptions
from tests.domain.cutting.cuts import (
    CHANNEL,
    INNER_WALL_MM,
    OUTER_WALL_MM,
    SOUNDHOLE,
    design,
    faults,
    plan,
    setup,
    text,
)


def circles(cut: CutPlan, purpose: str, z_mm: float) -> list[tuple[str, float]]:
    """Return kind and radius of the full circles at a depth, in the order they are cut."""
    halves = [
        (move.kind, move.radius_mm)
        for move in cut.moves
        if move.purpose == purpose and move.centre == (0.0, 0.0) and move.end.z_mm == z_mm
        and move.kind in ("cw", "ccw")
    ]  # fmt: skip
    return halves[::2]


def reach_mm(move: Move) -> float:
    return math.hypot(move.end.x_mm, move.end.y_mm)


def test_roughing_goes_outward_and_inward_and_the_walls_come_last() -> None:
    radii = [46.065, 46.839, 47.613, 48.387, 49.161, 49.935]  # 3.87 mm in five steps under 0.8

    outward, inward = (circles(plan(), "rough", z_mm) for z_mm in (-0.6, -1.2))
    walls = circles(plan(), "finish", -1.2)

    assert outward == [("ccw", pytest.approx(radius)) for radius in radii]
    assert inward == [("cw", pytest.approx(radius)) for radius in radii[::-1]]
    assert walls == [
        ("cw", pytest.approx(INNER_WALL_MM)), ("ccw", pytest.approx(OUTER_WALL_MM))
    ]  # fmt: skip
    purposes = [move.purpose for move in plan().moves]
    assert not {"rough", "entry"} & set(purposes[purposes.index("finish") :])


def test_climb_keeps_the_wood_on_the_right_and_conventional_on_the_left() -> None:
    conventional = plan(CHANNEL.model_copy(update={"direction": "conventional"}))

    assert [kind for kind, _ in circles(conventional, "finish", -1.2)] == ["ccw", "cw"]


def test_the_bit_glides_on_to_a_wall_and_off_it_without_a_corner() -> None:
    leads = [move for move in plan().moves if move.centre != (0.0, 0.0)]

    assert len(leads) == 4
    for lead in leads:
        assert abs(lead.sweep_rad) == pytest.approx(math.pi, abs=1e-6)
        assert abs(reach_mm(lead) - math.hypot(*lead.start[:2])) == pytest.approx(0.1)


def test_without_an_allowance_roughing_cuts_the_walls_itself() -> None:
    plain = plan(CHANNEL.model_copy(update={"finish_allowance_mm": 0.0}))

    radii = [radius for _, radius in circles(plain, "rough", -0.6)]
    assert (radii[0], radii[-1]) == (pytest.approx(INNER_WALL_MM), pytest.approx(OUTER_WALL_MM))
    assert not circles(plain, "finish", -1.2)


def test_a_ramp_is_no_steeper_than_the_setup_says() -> None:
    steepest = math.tan(math.radians(0.2))
    gentle = plan_cut(design(), setup(cut__ramp_deg=0.2), CHANNEL)

    entries = [move for move in gentle.moves if move.purpose == "entry" and move.kind != "feed"]

    drop_mm = sum(move.start.z_mm - move.end.z_mm for move in entries)
    assert drop_mm == pytest.approx(0.5 + 1.2)
    for move in entries:
        along_mm = move.radius_mm * abs(move.sweep_rad)
        assert (move.start.z_mm - move.end.z_mm) / along_mm <= steepest + 1e-6


def test_a_plunge_goes_straight_down_at_its_own_feed() -> None:
    plunged = plan_cut(design(), setup(cut__entry="plunge"), CHANNEL)

    sinks = [move for move in plunged.moves if move.end.z_mm < min(move.start.z_mm, 0)]

    assert [move.end.z_mm for move in sinks] == [-0.6, -1.2]
    assert {(move.kind, move.feed_mm_min) for move in sinks} == {("feed", 200.0)}


def test_a_channel_as_wide_as_the_bit_is_one_circle_along_its_middle() -> None:
    narrow = design(
        outer_diameter_mm=94.0, channel__clearance_mm=0.0,
        ring_params=[{"ring_index": 0, "width_mm": 2.0, "materials": ["koa"]}],
    )  # fmt: skip

    cut = plan_cut(narrow, setup(), CHANNEL)

    assert circles(cut, "rough", -1.2) == [("cw", pytest.approx(46.0))]
    assert not circles(cut, "finish", -1.2)


def test_a_deep_channel_has_its_walls_cut_no_deeper_at_once_than_the_bit_is_wide() -> None:
    slim = setup(tool__diameter_mm=1.0)

    cut = plan_cut(design(), slim, CHANNEL)

    assert len(circles(cut, "finish", -0.6)) == 2
    assert len(circles(cut, "finish", -1.2)) == 2


def test_every_move_begins_where_and_when_the_one_before_it_ends() -> None:
    for options in (CHANNEL, SOUNDHOLE):
        moves = plan(options).moves
        assert moves[0].begin_s == options.spin_up_s
        for one, other in pairwise(moves):
            assert (one.end, one.end_s) == (other.start, other.begin_s)
            assert other.end_s > other.begin_s
        assert moves[-1].end == (0.0, 0.0, options.safe_z_mm)


def test_the_place_of_the_bit_at_a_time_lies_on_its_move() -> None:
    cut = plan()
    half = next(move for move in cut.moves if abs(move.sweep_rad) == pytest.approx(math.pi))
    middle_s = (half.begin_s + half.end_s) / 2

    index, place = cut.at_time(middle_s)

    assert cut.moves[index] == half
    quarter = math.atan2(half.start.y_mm, half.start.x_mm) + half.sweep_rad / 2
    assert place.x_mm == pytest.approx(half.radius_mm * math.cos(quarter))
    assert place.y_mm == pytest.approx(half.radius_mm * math.sin(quarter))
    assert cut.at_time(0.0) == (0, cut.moves[0].start)
    assert cut.at_time(cut.seconds + 1) == (len(cut.moves) - 1, cut.moves[-1].end)


def test_a_circle_takes_the_time_of_its_length_and_one_start_and_stop() -> None:
    # 2 pi 46.065 mm at 1000/60 mm/s, and 1000/60/400 s to start and stop
    by_hand_s = 2 * math.pi * 46.065 / (1000 / 60) + 1000 / 60 / 400
    circle = [
        move for move in plan().moves
        if move.purpose == "rough" and move.radius_mm == 46.065 and move.end.z_mm == -1.2
    ]  # fmt: skip

    assert circle[-1].end_s - circle[0].begin_s == pytest.approx(by_hand_s, abs=0.03)


def test_without_acceleration_the_time_is_length_by_feed() -> None:
    plain = plan_cut(design(), setup(machine__accel_mm_s2=None), CHANNEL)

    cutting = next(move for move in plain.moves if move.purpose == "rough")

    assert cutting.end_s - cutting.begin_s == pytest.approx(cutting.length_mm / 1000 * 60)


def test_the_soundhole_is_cut_through_between_four_tabs() -> None:
    moves = [move for move in plan(SOUNDHOLE).moves if move.end.z_mm < -1.8 - 1e-9]

    # 3.0 mm less 0.2 of levelling, 0.2 mm into the board; 1 mm of tab
    assert min(move.end.z_mm for move in moves) == pytest.approx(-3.0)
    assert max(map(reach_mm, moves)) == pytest.approx(42.5 - 1.0, abs=1e-3)
    for move in moves:
        angle_deg = math.degrees(math.atan2(move.end.y_mm, move.end.x_mm))
        wood_mm = math.radians(abs(angle_deg % 90 - 45)) * reach_mm(move) - 1.0
        assert wood_mm >= 2.0 - 1e-3  # half a tab of 4 mm


def test_a_skin_is_left_under_the_whole_disc() -> None:
    skin = plan(SOUNDHOLE.model_copy(update={"hold": "skin"}))
    measured = plan(SOUNDHOLE.model_copy(update={"hold": "skin", "top_thickness_mm": 2.5}))

    assert skin.deepest_mm == pytest.approx(2.8 - 0.3)
    assert measured.deepest_mm == pytest.approx(2.5 - 0.3)


def test_the_soundhole_is_cut_no_deeper_at_once_than_was_judged_for_the_channel() -> None:
    deep = setup(cut__stepdown_mm=5.0)  # judged with min(stepdown, channel): 1.2 mm

    skin = plan_cut(design(), deep, SOUNDHOLE.model_copy(update={"hold": "skin"}))

    levels = sorted({move.end.z_mm for move in skin.moves if move.purpose == "rough"})
    assert levels == [-2.5, -1.6667, -0.8333]


@pytest.mark.parametrize(("allowance_mm", "levels"), [(0.2, 1), (0.25, 2)])
def test_a_wall_pass_wider_than_a_tenth_of_the_bit_is_no_light_one(
    allowance_mm: float, levels: int
) -> None:
    wide = CHANNEL.model_copy(update={"finish_allowance_mm": allowance_mm})

    cut = plan(wide)

    assert len({move.end.z_mm for move in cut.moves if move.purpose == "finish"}) == levels
    assert faults(text(wide), wide) == ()


def test_a_feed_a_little_over_the_machines_is_written_as_the_machines() -> None:
    fast = plan_cut(design(), setup(cut__feed_mm_min=4100.0), CHANNEL)

    assert max(move.feed_mm_min for move in fast.moves) == 4000.0


@pytest.mark.parametrize(("least_rpm", "written_rpm"), [(10_400.5, 10_401), (9_999.5, 10_000)])
def test_a_spindle_is_never_told_to_turn_slower_than_it_can(
    least_rpm: float, written_rpm: int
) -> None:
    slow = plan_cut(design(), setup(machine__min_rpm=least_rpm), CHANNEL)

    assert slow.numbers.spindle_rpm == written_rpm


def test_circles_a_whole_bit_apart_still_leave_no_ridge_between_them() -> None:
    wide = setup(tool__diameter_mm=1.634444, cut__stepover_ratio=1.0)

    cut = plan_cut(design(soundhole_diameter_mm=84.5), wide, SOUNDHOLE)

    radii = sorted({radius for _, radius in circles(cut, "rough", -1.8)})
    assert len(radii) == 3
    assert all(other - one <= 1.634444 - 0.02 for one, other in pairwise(radii))


REFUSED: dict[str, tuple[str, GcodeOptions, dict[str, Any], dict[str, Any]]] = {
    **{
        path: (path, CHANNEL, {}, {path.replace(".", "__"): None})
        for path in (
            "tool.diameter_mm", "tool.flute_length_mm", "tool.stickout_mm", "tool.max_rpm",
            "machine.max_feed_mm_min", "machine.min_rpm", "machine.max_rpm",
            "machine.work_area_mm", "cut.spindle_rpm", "cut.feed_mm_min", "cut.plunge_mm_min",
            "cut.stepdown_mm", "cut.stepover_ratio", "cut.entry", "cut.ramp_deg",
        )
    },
    "no depth": ("channel.depth_mm", CHANNEL, {"channel__depth_mm": None}, {}),
    "no glue": ("channel.glue", CHANNEL, {"channel__glue": None}, {}),
    "no top": ("top.thickness_mm", CHANNEL, {"top__thickness_mm": None}, {}),
    "no soundhole": ("soundhole_diameter_mm", SOUNDHOLE, {"soundhole_diameter_mm": None}, {}),
    "no rings": ("ring_params", CHANNEL, {"ring_params": []}, {}),
    "a hand router": ("machine.kind", CHANNEL, {}, {"machine__kind": "hand_router"}),
    "hands": ("machine.kind", CHANNEL, {}, {"machine__kind": "hand"}),
    "a bit too wide": ("tool.diameter_mm", CHANNEL, {}, {"tool__diameter_mm": 6.35}),
    "a tight fit": ("tool.diameter_mm", CHANNEL, {"channel__clearance_mm": -5.0}, {}),
    "through the top": ("channel.depth_mm", CHANNEL, {"channel__depth_mm": 3.0}, {}),
    "a small machine": ("machine.work_area_mm", CHANNEL, {},
                        {"machine__work_area_mm": [100.0, 300.0, 80.0]}),
    "a low machine": ("machine.work_area_mm", CHANNEL, {},
                      {"machine__work_area_mm": [400.0, 300.0, 6.0]}),
    "short flutes": ("tool.flute_length_mm", SOUNDHOLE, {}, {"tool__flute_length_mm": 2.0}),
    "too fast a feed": ("cut.feed_mm_min", CHANNEL, {}, {"cut__feed_mm_min": 5000.0}),
    "too fast a spindle": ("cut.spindle_rpm", CHANNEL, {}, {"cut__spindle_rpm": 35_000.0}),
    "too slow a spindle": ("cut.spindle_rpm", CHANNEL, {}, {"cut__spindle_rpm": 4000.0}),
    "a spindle too fast for the bit": ("tool.max_rpm", CHANNEL, {},
                                       {"machine__min_rpm": 10_400.0, "tool__max_rpm": 10_000.0}),
    "no feed to speak of": ("cut.feed_mm_min", CHANNEL, {}, {"cut__feed_mm_min": 0.01}),
    "a plunge of a bit that cannot": ("cut.entry", CHANNEL, {},
                                      {"cut__entry": "plunge", "tool__center_cutting": False}),
    "a plunge of a bit that may": ("tool.center_cutting", CHANNEL, {},
                                   {"cut__entry": "plunge", "tool__center_cutting": None}),
    "no end of moves": ("cut.stepdown_mm", CHANNEL, {}, {"cut__stepdown_mm": 0.00001}),
    "tabs too high": ("tab_height_mm", SOUNDHOLE.model_copy(
        update={"tab_height_mm": 2.7}), {}, {}),
    "tabs too wide": ("tab_width_mm", SOUNDHOLE.model_copy(
        update={"tab_width_mm": 20.0, "tabs": 8}), {"soundhole_diameter_mm": 50.0}, {}),
    "a skin too thick": ("skin_mm", GcodeOptions(
        part="soundhole", hold="skin", skin_mm=2.0, top_thickness_mm=2.1), {}, {}),
    "a soundhole too small": ("soundhole_diameter_mm", SOUNDHOLE,
                              {"soundhole_diameter_mm": 5.0}, {}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "options", "of_design", "of_setup"), REFUSED.values(), ids=REFUSED
)
def test_what_cannot_be_cut_is_refused_with_its_field(
    path: str, options: GcodeOptions, of_design: dict[str, Any], of_setup: dict[str, Any]
) -> None:
    with pytest.raises(InputRefused) as refused:
        plan_cut(design(**of_design), setup(**of_setup), options)

    assert refused.value.path == path
    assert refused.value.sentence.endswith(".")
