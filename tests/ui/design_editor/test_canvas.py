"""The canvas: true scale, one drag one step, keys, zoom."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.feasibility.findings import Assumed, RingVerdict, Scored
from luthier_desktop.domain.feasibility.risk import RiskBucket
from luthier_desktop.domain.geometry import RingRadii, annulus
from luthier_desktop.domain.patterns.draw import draw_ring
from luthier_desktop.ui.design_editor.handles import RingEdge, handles
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.widgets.outlines import piece_path

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def handle(canvas, edge):
    found = handles(canvas._selected_radii(), canvas.view, canvas._area())
    return next(one.place for one in found if one.edge is edge)


def press_and_move(qtbot, canvas, edge, outwards_px):
    start = handle(canvas, edge).toPoint()
    qtbot.mousePress(canvas, LEFT, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(canvas, start + QPoint(round(outwards_px * step / 5), 0))
    return start + QPoint(outwards_px, 0)


def turn_wheel(widget, notches, at=None):
    place = QPointF(widget.rect().center() if at is None else at)
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(widget, event)


def test_a_ring_of_50_mm_radius_measures_100_mm_times_the_scale(canvas):
    piece = annulus(RingRadii(40.0, 50.0), "holly", bent=True)
    box = canvas.view.transform().map(piece_path(piece)).boundingRect()
    assert abs(box.width() - 100 * canvas.view.px_per_mm) < 1
    assert abs(box.height() - 100 * canvas.view.px_per_mm) < 1


def test_the_pieces_of_every_ring_lie_between_their_arcs(design):
    ring = design.ring_params[1]
    for piece in draw_ring(ring, RingRadii(42.0, 47.0)).pieces:
        path = piece_path(piece)
        for step in range(101):
            point = path.pointAtPercent(step / 100)
            assert 41.98 < math.hypot(point.x(), point.y()) < 47.02


def test_the_drawn_ring_ends_at_its_outer_radius(qtbot, canvas):
    qtbot.waitUntil(lambda: not canvas._settling.isActive())
    canvas._document.select(None)
    image = canvas.grab().toImage()
    inside = canvas.view.to_px(0.0, 49.6).toPoint()
    outside = canvas.view.to_px(0.0, 50.4).toPoint()
    rosewood, spruce = image.pixelColor(inside), image.pixelColor(outside)
    assert rosewood.lightness() < 110 < spruce.lightness()


def test_one_drag_is_one_step_of_the_history(qtbot, editor, canvas, table):
    canvas._document.select("r2")
    wanted_px = round(2 * canvas.view.px_per_mm)
    seen = []
    editor.designChanged.connect(lambda design: seen.append(design.ring_params[2].width_mm))
    end = press_and_move(qtbot, canvas, RingEdge.OUTER, wanted_px)
    assert editor.undo_stack.count() == 0
    assert len(seen) > 1
    qtbot.mouseRelease(canvas, LEFT, pos=end)
    assert editor.undo_stack.count() == 1
    assert abs(editor.design().ring_params[2].width_mm - 5.0) <= 0.3
    assert editor.design().ring_params[2].width_mm * 10 % 1 == 0
    editor.undo_stack.undo()
    assert editor.design().ring_params[2].width_mm == 3.0


def test_escape_in_the_middle_of_a_drag_leaves_no_step(qtbot, editor, canvas, design):
    canvas._document.select("r2")
    canvas.setFocus()
    end = press_and_move(qtbot, canvas, RingEdge.OUTER, 20)
    assert editor.design() != design
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert editor.design() == design
    qtbot.mouseMove(canvas, end + QPoint(5, 0))
    qtbot.mouseRelease(canvas, LEFT, pos=end)
    assert editor.design() == design
    assert editor.undo_stack.count() == 0


def test_a_press_that_does_not_leave_the_threshold_changes_nothing(qtbot, editor, canvas, design):
    canvas._document.select("r2")
    end = press_and_move(qtbot, canvas, RingEdge.OUTER, 3)
    qtbot.mouseRelease(canvas, LEFT, pos=end)
    assert editor.design() == design
    assert editor.undo_stack.count() == 0


def test_an_undo_in_the_middle_of_a_drag_ends_the_drag(qtbot, editor, canvas, design):
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    end = press_and_move(qtbot, canvas, RingEdge.OUTER, 20)
    editor.undo_stack.undo()
    qtbot.mouseRelease(canvas, LEFT, pos=end)
    assert editor.design() == design
    assert editor.undo_stack.count() == 1


def test_the_inner_handle_keeps_the_sum_closed(qtbot, editor, canvas):
    canvas._document.select("r1")
    end = press_and_move(qtbot, canvas, RingEdge.INNER, round(canvas.view.px_per_mm))
    qtbot.mouseRelease(canvas, LEFT, pos=end)
    widths = [ring.width_mm for ring in editor.design().ring_params]
    assert widths[0] > 2.0
    assert widths[1] < 5.0
    assert round(sum(widths), 6) == 10.0


def test_a_drag_snaps_to_the_width_that_closes_the_sum(qtbot, editor, canvas):
    editor.set_design(editor.design().model_copy(update={"outer_diameter_mm": 102.46}))
    canvas._document.select("r2")
    end = press_and_move(qtbot, canvas, RingEdge.OUTER, round(1.2 * canvas.view.px_per_mm))
    qtbot.mouseRelease(canvas, LEFT, pos=end)
    assert editor.design().ring_params[2].width_mm == 4.23


def test_arrows_nudge_by_a_tenth_shift_by_one_alt_by_a_hundredth(qtbot, editor, canvas):
    canvas.setFocus()
    for modifier, width_mm in (
        (NONE, 2.1),
        (Qt.KeyboardModifier.ShiftModifier, 3.1),
        (Qt.KeyboardModifier.AltModifier, 3.11),
    ):
        qtbot.keyClick(canvas, Qt.Key.Key_Right, modifier)
        assert editor.design().ring_params[0].width_mm == width_mm
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert editor.design().ring_params[0].width_mm == 3.01
    assert editor.undo_stack.count() == 4


def test_a_nudge_below_nothing_is_refused(qtbot, editor, canvas):
    canvas.setFocus()
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert editor.design().ring_params[0].width_mm == 1.0


def test_the_wheel_zooms_at_the_cursor(canvas):
    at = QPoint(120, 90)
    before = canvas.view.to_mm(QPointF(at))
    scale = canvas.view.px_per_mm
    turn_wheel(canvas, 2, at)
    after = canvas.view.to_mm(QPointF(at))
    assert abs(canvas.view.px_per_mm / scale - 1.44) < 1e-9
    assert math.hypot(after.x() - before.x(), after.y() - before.y()) < 1e-9


def test_space_drag_pans_and_f_fits_all_again(qtbot, editor, canvas, design):
    canvas.setFocus()
    fitted = canvas.view
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    qtbot.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(140, 90))
    qtbot.mouseRelease(canvas, LEFT, pos=QPoint(140, 90))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view == fitted._replace(
        centre_x=fitted.centre_x + 40, centre_y=fitted.centre_y - 10
    )
    assert editor.design() == design
    qtbot.keyClicks(canvas, "f")
    assert canvas.view == fitted


def test_shift_f_shows_the_selected_ring_large(qtbot, canvas):
    canvas.setFocus()
    scale = canvas.view.px_per_mm
    qtbot.keyClick(canvas, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.px_per_mm > 3 * scale
    assert canvas._area().contains(canvas.view.to_px(41.0, 0.0))


def test_the_handles_of_a_thin_ring_can_both_be_taken(canvas):
    canvas.fit_all()
    outer, inner = handles(RingRadii(40.0, 40.3), canvas.view, canvas._area())
    apart = outer.place - inner.place
    assert math.hypot(apart.x(), apart.y()) >= 18


def test_a_verdict_marks_its_ring_and_the_table_says_it(qtbot, editor, canvas, table):
    plain = canvas.grab().toImage()
    verdicts = tuple(
        RingVerdict(at, f"r{at}", 0.0, 1.0, bucket, None)
        for at, bucket in enumerate((RiskBucket.GREEN, RiskBucket.RED, RiskBucket.YELLOW))
    )
    assumed = (Assumed("top.thickness_mm", 2.8, "setup"),)
    editor.show_verdicts(
        Scored(10.0, RiskBucket.RED, (), verdicts, (), None, assumed, (), None, None)
    )
    assert canvas.grab().toImage() != plain
    cells = [table.model().index(row, Column.VERDICT) for row in range(3)]
    assert [cell.data() for cell in cells] == ["✓", "✗", "▲"]
    assert cells[1].data(Qt.ItemDataRole.AccessibleTextRole) == "Ring 1, Check: Red"


def test_pointing_at_a_ring_outlines_it(qtbot, editor, canvas):
    qtbot.waitUntil(lambda: not canvas._settling.isActive())
    before = canvas.grab().toImage()
    editor.highlight_ring(2)
    assert canvas.grab().toImage() != before
    editor.highlight_ring(None)
    assert canvas.grab().toImage() == before
