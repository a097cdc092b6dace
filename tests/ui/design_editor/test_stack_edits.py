"""Edits of the ring stack: identities, sums, order, locks, and their own mirror images."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from luthier_desktop.domain.errors import InputRefused
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor import (
    fill_edits,
    merge_edits,
    order_edits,
    split_edits,
    stack_edits,
    width_edits,
)
from luthier_desktop.ui.design_editor.document import DesignDocument
from luthier_desktop.ui.design_editor.ring_edits import set_length
from tests.ui.design_editor.stacks import all_edits, chosen_of, in_bytes, stacks, sum_mm

KEEP_THE_SUM = {"move", "step", "reverse", "split", "merge", "outer", "measured", "lock"}
CLOSE_THE_SUM = {"fill", "fill all", "outer"}
EDIT_NAMES = sorted(
    all_edits(
        RosetteParamSpec.read(
            {
                "outer_diameter_mm": 100,
                "inner_diameter_mm": 80,
                "ring_params": [{"ring_index": 0, "width_mm": 1}],
            },
            "d",
        ),
        [0],
        0,
    )
)


def design_of(*rings, outer_mm=100.0):
    plain = [{"ring_index": at, **ring} for at, ring in enumerate(rings)]
    return RosetteParamSpec.read(
        {"outer_diameter_mm": outer_mm, "inner_diameter_mm": 80.0, "ring_params": plain}, "design"
    )


def widths(design):
    return [ring.effective_width_mm for ring in design.ring_params]


def ids(design):
    return [ring.identity for ring in design.ring_params]


def lines(*pairs):
    return {"lines": [{"material_id": wood, "thickness_mm": mm} for wood, mm in pairs]}


@pytest.mark.parametrize("name", EDIT_NAMES)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_every_edit_keeps_identities_order_sums_and_locks_and_can_be_undone(qapp, name, data):
    design = data.draw(stacks())
    chosen = data.draw(chosen_of(design))
    build = all_edits(design, chosen, data.draw(st.integers(-300, 300)))[name]
    document = DesignDocument()
    document.replace(design)
    before = in_bytes(design)
    refusal = document.attempt(build)
    after = document.design
    assert document.undo_stack.count() == (in_bytes(after) != before)
    assert not refusal or in_bytes(after) == before
    assert len(set(ids(after))) == len(ids(after))
    assert [ring.ring_index for ring in after.ring_params] == list(range(len(ids(after))))
    if name in KEEP_THE_SUM:
        assert sum_mm(after) == pytest.approx(sum_mm(design), abs=1e-9)
    if name in CLOSE_THE_SUM and not refusal:
        span_mm = (after.outer_diameter_mm - after.inner_diameter_mm) / 2
        assert sum_mm(after) == pytest.approx(span_mm, abs=2e-6)
    now = {ring.identity: ring.effective_width_mm for ring in after.ring_params}
    for ring in design.ring_params:
        if ring.locked and ring.identity in now:
            assert now[ring.identity] == ring.effective_width_mm
    document.undo_stack.undo()
    assert in_bytes(document.design) == before
    document.undo_stack.redo()
    assert in_bytes(document.design) == in_bytes(after)


@settings(deadline=None, max_examples=40)
@given(design=stacks(2))
def test_the_order_turned_about_twice_is_the_order_before(design):
    last = len(design.ring_params) - 1
    once = order_edits.reverse(design, 0, last)
    assume(once is not None)
    assert in_bytes(order_edits.reverse(once.after, 0, last).after) == in_bytes(design)
    assert ids(once.after) == ids(design)[::-1]


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_stack_mirrored_twice_is_the_stack_mirrored_once(data):
    design = data.draw(stacks(2))
    centre = data.draw(st.integers(1, len(design.ring_params) - 1))
    new = stack_edits.fresh_ring_ids(design, set(), centre)
    assume(not order_edits.no_mirror(design, centre))
    first = order_edits.mirror(design, centre, new)
    once = design if first is None else first.after
    assert widths(once) == widths(once)[::-1]
    assert order_edits.mirror(once, centre, new) is None


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_two_parts_of_a_ring_merge_into_the_ring_again(data):
    design = data.draw(stacks())
    at = data.draw(st.integers(0, len(design.ring_params) - 1))
    ring = design.ring_params[at]
    assume(not split_edits.no_split(design, at))
    parts = split_edits.split(design, at, "new").after
    whole = merge_edits.merge(parts, [at]).after.ring_params[at]
    assert whole.effective_width_mm == pytest.approx(ring.effective_width_mm, abs=1e-9)
    shares = ring.pattern.lines if hasattr(ring.pattern, "lines") else ()
    drawn_true = abs(sum(one.thickness_mm for one in shares or ()) - ring.effective_width_mm)
    if ring.measured_width_mm is None and (not shares or drawn_true < 1e-9):
        as_drawn = {"materials": ["gaboon_ebony", "hard_maple", "gaboon_ebony"]}
        expected = ring.plain()
        if ring.pattern_type == "LINES":  # a cut names the woods that stood for none
            expected = {**as_drawn, **expected}
        assert whole.plain() == expected


# By hand


def test_a_ring_of_lines_parts_at_the_line_next_to_its_middle():
    stack = lines(("holly", 0.5), ("koa", 0.4), ("pear", 1.1))
    design = design_of(
        {
            "width_mm": 2.0,
            "pattern_type": "LINES",
            "materials": ["holly", "koa", "pear"],
            "pattern": stack,
        },
    )
    edit = split_edits.split(design, 0, "new")
    assert edit.name == "Split ring 0 into 0.9 mm and 1.1 mm"
    inner, outer = edit.after.ring_params
    assert (inner.width_mm, outer.width_mm) == (0.9, 1.1)
    assert (inner.materials, outer.materials) == (("holly", "koa"), ("pear",))
    assert [line.material_id for line in inner.pattern.lines] == ["holly", "koa"]
    assert ids(edit.after) == ["r0", "new"]


def test_a_painted_tile_parts_between_two_rows_and_the_inner_part_has_the_last_ones():
    design = design_of(
        {
            "width_mm": 1.5,
            "pattern_type": "MOSAIC",
            "pattern": {"rows": 3, "grid": [["holly"], ["koa"], ["pear"]]},
        },
    )
    inner, outer = split_edits.split(design, 0, "new").after.ring_params
    assert (inner.width_mm, outer.width_mm) == (0.5, 1.0)
    assert (inner.pattern.grid, outer.pattern.grid) == ((("pear",),), (("holly",), ("koa",)))
    assert (inner.pattern.rows, outer.pattern.rows) == (1, 2)


def test_an_odd_millionth_is_not_lost_when_a_ring_is_split():
    inner, outer = split_edits.split(design_of({"width_mm": 1.000001}), 0, "new").after.ring_params
    assert round(inner.width_mm + outer.width_mm, 6) == 1.000001


def test_strips_of_two_woods_merge_into_a_stack_of_lines():
    design = design_of(
        {"width_mm": 0.5, "materials": ["gaboon_ebony"]},
        {"width_mm": 0.6, "materials": ["holly"]},
        {"width_mm": 0.7, "materials": ["holly"]},
    )
    pair = merge_edits.merge(design, [0])
    assert pair.name == "Merge rings 0 and 1 into 1.1 mm"
    ring = pair.after.ring_params[0]
    assert ring.pattern_type == "LINES"
    assert [(one.material_id, one.thickness_mm) for one in ring.pattern.lines] == [
        ("gaboon_ebony", 0.5),
        ("holly", 0.6),
    ]
    same = merge_edits.merge(design, [1]).after.ring_params[1]
    assert (same.pattern_type, same.width_mm) == ("SOLID", 1.3)
    three = merge_edits.merge(design, [0, 1, 2]).after.ring_params
    assert [line.thickness_mm for line in three[0].pattern.lines] == [0.5, 0.6, 0.7]


@pytest.mark.parametrize(
    ("rings", "chosen", "said"),
    [
        (({"width_mm": 1.0},), [0], "It is the outermost ring"),
        (({"width_mm": 1.0},) * 3, [0, 2], "do not lie side by side"),
        (
            ({"width_mm": 1.0}, {"width_mm": 1.0, "gap_before_mm": 2.5}),
            [0],
            "Between ring 0 and ring 1 lie 2.50 mm of bare wood",
        ),
        (
            ({"width_mm": 1.0}, {"width_mm": 1.0, "locked": True}),
            [0],
            "The width of ring 1 is locked",
        ),
        (
            ({"width_mm": 1.0}, {"width_mm": 1.0, "pattern_type": "ROPE"}),
            [0],
            "Ring 0 and ring 1 cannot be one: Solid and Rope; give both the same pattern first.",
        ),
    ],
)
def test_rings_that_cannot_be_one_are_refused_with_the_reason(rings, chosen, said):
    with pytest.raises(InputRefused) as refused:
        merge_edits.merge(design_of(*rings), chosen)
    assert said in refused.value.sentence


def test_a_traditional_rosette_is_made_of_its_inner_half():
    design = design_of(
        {"width_mm": 0.5, "materials": ["gaboon_ebony"]},
        {
            "width_mm": 1.5,
            "pattern_type": "LINES",
            "gap_before_mm": 0.25,
            "pattern": lines(("holly", 0.5), ("koa", 1.0)),
        },
        {"width_mm": 6.0, "pattern_type": "MOSAIC", "gap_before_mm": 2.0},
        {"width_mm": 3.3, "materials": ["koa"]},
    )
    edit = order_edits.mirror(design, 2, ["a", "b"])
    assert edit.name == "Mirror the stack about ring 2"
    assert widths(edit.after) == [0.5, 1.5, 6.0, 1.5, 0.5]
    assert [ring.gap_before_mm for ring in edit.after.ring_params] == [0.0, 0.25, 2.0, 2.0, 0.25]
    assert ids(edit.after) == ["r0", "r1", "r2", "r3", "b"]
    turned = edit.after.ring_params[3].pattern.lines
    assert [line.material_id for line in turned] == ["koa", "holly"]


def test_a_mirrored_ring_has_as_many_tiles_as_fit_its_own_circle():
    ladder = {
        "width_mm": 2.0,
        "pattern_type": "LADDER",
        "tile_length_mm": 2.0,
        "pattern": {"count": 120, "tapered": False},
    }
    after = order_edits.mirror(design_of(ladder, {"width_mm": 5.0}), 1, ["new"]).after
    assert after.ring_params[2].pattern.plain() == {"tapered": False}
    assert after.ring_params[2].tile_length_mm == 2.0


def test_a_locked_ring_is_not_mirrored_over():
    rings = ({"width_mm": 1.0}, {"width_mm": 5.0}, {"width_mm": 2.0, "locked": True})
    with pytest.raises(InputRefused, match="The width of ring 2 outside it is locked"):
        order_edits.mirror(design_of(*rings), 1, ["new"])


def test_rings_move_as_a_block_and_the_lands_stay_where_they_are():
    design = design_of(
        *(
            {"width_mm": width, "gap_before_mm": gap}
            for width, gap in ((1.0, 0.0), (2.0, 0.5), (3.0, 0.0), (4.0, 0.7))
        )
    )
    edit = order_edits.move_to(design, [1, 3], 0)
    assert edit.name == "Move rings 1 and 3 to place 0"
    assert ids(edit.after) == ["r1", "r3", "r0", "r2"]
    assert [ring.gap_before_mm for ring in edit.after.ring_params] == [0.0, 0.5, 0.0, 0.7]
    assert order_edits.move_to(design, [1], 2) is None
    assert ids(order_edits.step(design, [1, 2], 1).after) == ["r0", "r3", "r1", "r2"]
    assert order_edits.step(design, [0], -1) is None


def test_the_rest_is_shared_in_hundredths_and_the_widest_closes_the_sum():
    design = design_of(
        {"width_mm": 1.0},
        {"width_mm": 2.0},
        {"width_mm": 2.0, "locked": True},
        {"width_mm": 3.333, "measured_width_mm": 3.3},
    )
    # 10 - 2 - 3.3 = 4.7 in parts of 1 and 2: 1.5667, rounded 1.57, and the rest of it
    assert widths(fill_edits.fill(design, ()).after) == [1.57, 3.13, 2.0, 3.3]
    one = fill_edits.fill(design, (0,))
    assert one.name == "Fill the rest with ring 0: 1.0 to 2.7 mm"
    assert widths(one.after) == [2.7, 2.0, 2.0, 3.3]


def test_a_fill_that_leaves_too_little_is_refused_with_what_to_do():
    design = design_of({"width_mm": 0.5}, {"width_mm": 10.0})
    with pytest.raises(InputRefused) as refused:
        fill_edits.fill(design, (0,))
    assert refused.value.sentence == (
        "0.50 mm too much: ring 0 would be narrower than 0.10 mm; let more rings share it, or "
        "take one out."
    )
    locked = width_edits.set_locked(design, (0, 1), locked=True).after
    with pytest.raises(InputRefused, match="All rings are locked or measured"):
        fill_edits.fill(locked, ())


def test_the_outer_diameter_follows_the_rings():
    edit = fill_edits.fit_outer(design_of({"width_mm": 9.6}))
    assert edit.name == "Outer diameter: 100.0 to 99.2 mm"
    assert edit.after.outer_diameter_mm == 99.2
    assert fill_edits.fit_outer(edit.after) is None


def test_a_locked_width_is_refused_by_field_step_and_edge_and_free_again_unlocked():
    design = design_of({"width_mm": 2.0}, {"width_mm": 8.0, "locked": True})
    for build in (
        lambda: set_length(design, 1, "width_mm", 7.0),
        lambda: set_length(design, 1, "measured_width_mm", 7.0),
        lambda: width_edits.nudge(design, 1, 0.1),
        lambda: stack_edits.move_inner_edge(design, 1, 0.1),
        lambda: split_edits.split(design, 1, "new"),
    ):
        with pytest.raises(InputRefused, match="The width of ring 1 is locked; unlock it"):
            build()
    unlocked = width_edits.set_locked(design, [1], locked=False)
    assert unlocked.name == "Unlock the width of ring 1"
    assert unlocked.after.ring_params[1].plain().get("locked") is None
    assert width_edits.nudge(unlocked.after, 1, 0.1).after.ring_params[1].width_mm == 8.1


def test_a_measured_width_becomes_the_nominal_one():
    design = design_of({"width_mm": 2.0, "measured_width_mm": 1.96}, {"width_mm": 1.0})
    edit = width_edits.use_measured(design, [0, 1])
    assert edit.name == "Measured as nominal width of ring 0: 2.0 to 1.96 mm"
    assert edit.after.ring_params[0].plain() == {
        **design.ring_params[1].plain(),
        "ring_index": 0,
        "ring_id": "r0",
        "width_mm": 1.96,
    }
    with pytest.raises(InputRefused, match="No measured width is given"):
        width_edits.use_measured(design, [1])
