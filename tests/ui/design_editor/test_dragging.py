"""Dragging an edge: what it snaps to, what lies ahead of it, how the rings are tinted."""

from __future__ import annotations

import math
import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.feasibility.findings import Finding, Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket, Status
from luthier_desktop.domain.geometry import RingRadii
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui.design_editor.ahead import NO_ROOM, Ahead, short
from luthier_desktop.ui.design_editor.handles import EdgeDrag
from luthier_desktop.ui.design_editor.margins import WARM, ring_heats
from luthier_desktop.ui.design_editor.snapping import RingEdge, Snaps
from luthier_desktop.ui.design_editor.surroundings import surroundings

LEFT = Qt.MouseButton.LeftButton


def finding(check_id, ring_index, status, penalty=0.0, margin=None, **inputs):
    return Finding(check_id, ring_index, status, None, margin, penalty, inputs, "")


def scored(*findings):
    return Scored(50.0, RiskBucket.GREEN, findings, (), (), None, (), (), None, None)


def width_of(design, position=1):
    return ring_radii(design)[position].width_mm


def judge(design):
    """Red at 6 mm and beyond, yellow from 5.5 mm; and always red for something else."""
    width_mm = width_of(design)
    found = [finding("C1", None, Status.RED)]
    if width_mm >= 6.0:
        found.append(finding("T3", 1, Status.RED))
    elif width_mm >= 5.5:
        found.append(finding("T3", 1, Status.YELLOW))
    return scored(*found, finding("G5", None, Status.RED))


def ahead(design, position=1, edge=RingEdge.OUTER, judging=judge):
    drag = EdgeDrag(design, position, edge, surroundings(design, {}))
    search = Ahead(drag.width_mm, drag.design_at, judging)
    steps = 0
    while search.step():
        steps += 1
    return search, steps


def test_the_forbidden_widths_are_found_to_two_hundredths_of_a_millimetre(design):
    search, steps = ahead(design)
    yellow, red = search.spans
    assert (yellow.bucket, red.bucket) == (RiskBucket.YELLOW, RiskBucket.RED)
    assert abs(yellow.low_mm - 5.5) <= 0.02
    assert abs(yellow.high_mm - 6.0) <= 0.02
    assert yellow.high_mm == red.low_mm
    assert red.high_mm > 8.0
    assert steps <= 64


def test_what_is_red_all_along_the_way_is_no_forbidden_interval(design):
    search, _ = ahead(design, judging=lambda _: scored(finding("C1", None, Status.RED)))
    assert search.spans == ()


def test_where_the_neighbour_has_no_room_left_the_way_is_forbidden(design):
    search, _ = ahead(design, edge=RingEdge.INNER, judging=lambda _: scored())
    (span,) = search.spans
    assert (span.check_id, span.bucket) == (NO_ROOM, RiskBucket.RED)
    assert abs(span.low_mm - 7.0) <= 0.1  # the inner neighbour is 2 mm wide


def test_the_first_step_of_a_search_judges_what_is_there(design):
    seen = []
    drag = EdgeDrag(design, 1, RingEdge.OUTER, surroundings(design, {}))
    search = Ahead(drag.width_mm, drag.design_at, lambda one: seen.append(one) or scored())
    search.step()
    assert seen == [design]


def press(qtbot, canvas, edge):
    place = next(one.place for one in canvas.edges.handles() if one.edge is edge).toPoint()
    qtbot.mousePress(canvas, LEFT, pos=place)
    return place


def look_ahead(canvas):
    while canvas.edges.is_looking:
        QApplication.processEvents()


def test_the_forbidden_interval_is_painted_while_the_edge_has_not_moved(qtbot, canvas):
    canvas._document.select("r1")
    canvas.judge_with(judge)
    qtbot.waitUntil(lambda: canvas.is_finished)
    place = press(qtbot, canvas, RingEdge.OUTER)
    before = canvas.grab().toImage()
    look_ahead(canvas)
    assert [span.bucket for span in canvas.edges.ahead] == [RiskBucket.YELLOW, RiskBucket.RED]
    assert canvas.grab().toImage() != before
    qtbot.mouseRelease(canvas, LEFT, pos=place)
    assert canvas.edges.ahead == ()
    assert not canvas.edges.is_looking


def test_a_release_before_all_is_known_ends_the_search(qtbot, editor, canvas):
    canvas._document.select("r1")
    canvas.judge_with(judge)
    place = press(qtbot, canvas, RingEdge.OUTER)
    assert canvas.edges.is_looking
    qtbot.mouseRelease(canvas, LEFT, pos=place)
    assert not canvas.edges.is_looking
    assert editor.undo_stack.count() == 0


def test_while_dragging_the_rings_are_tinted_by_their_margin(qtbot, canvas):
    canvas._document.select("r2")
    canvas.show_margins({"r0": 0.0, "r1": 1.0, "r2": 0.5})
    place = press(qtbot, canvas, RingEdge.OUTER)
    qtbot.mouseMove(canvas, place + QPoint(5, 0))
    qtbot.waitUntil(lambda: canvas.is_finished)
    inside = canvas.view.to_px(0.0, 44.5).toPoint()
    red = canvas.grab().toImage().pixelColor(inside)
    canvas.show_margins({"r0": 0.0, "r1": 0.0, "r2": 0.5})
    green = canvas.grab().toImage().pixelColor(inside)
    assert red.red() - red.green() > green.red() - green.green()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("status", "penalty", "margin", "heat"),
    [
        (Status.RED, 1.0, -1.0, 1.0),
        (Status.YELLOW, 0.5, 0.1, WARM + (1 - WARM) / 2),
        (Status.GREEN, 0.0, 0.0, WARM),
        (Status.GREEN, 0.0, 0.25, WARM / 2),
        (Status.GREEN, 0.0, 5.0, 0.0),
        (Status.NOTE, 0.0, 0.0, 0.0),
    ],
)
def test_the_heat_of_a_ring_is_that_of_its_nearest_limit(status, penalty, margin, heat):
    from luthier_desktop.domain.feasibility.findings import RingVerdict

    verdict = RingVerdict(1, "r1", 0.0, 1.0, RiskBucket.GREEN, None)
    found = finding("T3", 1, status, penalty, margin, green_limit=2.0)
    one = scored(found)._replace(rings=(verdict,))
    assert ring_heats(one) == {"r1": pytest.approx(heat)}


def snaps(design, position, edge, assumed=None):
    return Snaps(design, position, edge, surroundings(design, assumed or {}))


def places(design, position, edge):
    return {place.word: place.radius_mm for place in snaps(design, position, edge).places}


def test_an_edge_snaps_to_the_sum_its_neighbours_and_the_fingerboards_end(design):
    # Radii 40 | 42 | 47 | 50; the fingerboard ends 42 mm from the middle.
    assert places(design, 1, RingEdge.OUTER) == {
        "closes the sum": 47.0,
        "as wide as ring 0": 44.0,
        "as wide as ring 2": 45.0,
    }
    assert places(design, 1, RingEdge.INNER)["meets the fingerboard's end"] == 42.0


def test_the_innermost_edge_snaps_to_the_margin_that_is_safe_at_the_soundhole(design):
    # A soundhole of 74 mm is a small one: 2 mm of wood are green.
    assert places(design, 0, RingEdge.INNER)["2.00 mm from the soundhole"] == 39.0
    large = design.model_copy(update={"soundhole_diameter_mm": 76.0})
    assert places(large, 0, RingEdge.INNER)["2.50 mm from the soundhole"] == 40.5
    bound = design.model_copy(update={"soundhole_edge": "bound"})
    assert places(bound, 0, RingEdge.INNER)["meets the bound edge"] == 37.0


def test_an_edge_beside_bare_wood_snaps_to_its_neighbour(design):
    first, second, third = design.ring_params
    gapped = second.model_copy(update={"gap_before_mm": 0.7})
    with_gap = design.model_copy(update={"ring_params": (first, gapped, third)})
    assert places(with_gap, 1, RingEdge.INNER)["meets its neighbour"] == 42.0


def test_a_place_is_snapped_to_from_four_pixels_and_never_from_more_than_it_means(design):
    found = snaps(design, 1, RingEdge.OUTER)
    assert found.nearest(5.09, 40.0).word == "closes the sum"
    assert found.nearest(5.11, 40.0) is None
    assert found.nearest(5.29, 2.0).word == "closes the sum"
    assert found.nearest(5.31, 2.0) is None


def test_a_drag_says_what_it_snapped_to_and_draws_the_circle(qtbot, editor, canvas):
    canvas._document.select("r2")
    place = press(qtbot, canvas, RingEdge.OUTER)
    far_px = round(2.0 * canvas.view.px_per_mm)  # ring 1 is 5 mm wide, this one 3 mm
    qtbot.mouseMove(canvas, place + QPoint(far_px // 2, 0))
    qtbot.mouseMove(canvas, place + QPoint(far_px, 0))
    assert "as wide as ring 1" in canvas.edges._drag.hint
    assert "5.00 mm (+2.00)" in canvas.edges._drag.hint
    canvas.grab()
    qtbot.mouseRelease(canvas, LEFT, pos=place)
    assert editor.design().ring_params[2].width_mm == 5.0


def test_with_alt_an_edge_goes_by_hundredths_and_snaps_to_nothing(qtbot, editor, canvas):
    canvas._document.select("r2")
    drag = EdgeDrag(editor.design(), 2, RingEdge.OUTER, surroundings(editor.design(), {}))
    drag.begin(canvas.view.to_px(50.0, 0.0), canvas.view)
    drag.move(canvas.view.to_px(52.013, 0.0), canvas.view, fine=True)
    assert drag.after.ring_params[2].width_mm == 5.01
    drag.move(canvas.view.to_px(52.013, 0.0), canvas.view, fine=False)
    assert drag.after.ring_params[2].width_mm == 5.0


def test_many_moves_of_one_drag_are_one_step_and_undo_gives_the_same_bytes(
    qtbot, editor, canvas, design
):
    canvas._document.select("r1")
    place = press(qtbot, canvas, RingEdge.OUTER)
    for step in range(60):
        qtbot.mouseMove(canvas, place + QPoint(round(30 * math.sin(step / 5)) + 6, 0))
    qtbot.mouseRelease(canvas, LEFT, pos=place)
    assert editor.undo_stack.count() == 1
    editor.undo_stack.undo()
    assert editor.design().normalised() == design.normalised()


def test_what_lies_ahead_is_told_with_its_amount_where_the_drag_meets_it_first(design) -> None:
    def narrow(one: RosetteParamSpec) -> Scored:
        width_mm = one.ring_params[1].width_mm
        if 3.0 < width_mm < 6.0:
            return scored()
        told = f"The land of {width_mm:.2f} mm is narrow; 2 mm is safe."
        return scored(finding("C3", None, Status.RED)._replace(message=told))

    search, _ = ahead(design, judging=narrow)
    below, above = search.spans
    assert re.fullmatch(r"The land of (2\.9\d|3\.00) mm is narrow", below.word)
    assert re.fullmatch(r"The land of 6\.0\d mm is narrow", above.word)


def test_a_long_message_is_cut_at_a_comma() -> None:
    told = "The land of 1 mm is narrow, 33 % of its strength used by the cut; 2 mm is safe."
    assert short(told) == "The land of 1 mm is narrow"
    assert short("The stack is not full.") == "The stack is not full"


def test_radii_of_a_drag_are_read_from_the_edge_that_moves(design: RosetteParamSpec) -> None:
    drag = EdgeDrag(design, 1, RingEdge.INNER, surroundings(design, {}))
    assert ring_radii(design)[1] == RingRadii(42.0, 47.0)
    assert drag.radius_mm(5.0) == 42.0
    assert drag.radius_mm(6.0) == 41.0
