"""The ring table as the place to work on the stack: rows chosen and dragged, locks, reasons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from luthier_desktop.ui.design_editor import stack_reasons, width_edits
from luthier_desktop.ui.design_editor.handles import EdgeDrag
from luthier_desktop.ui.design_editor.order_edits import move_to
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_edits import set_length
from luthier_desktop.ui.design_editor.ring_table import ROW_HEIGHT
from luthier_desktop.ui.design_editor.snapping import RingEdge
from luthier_desktop.ui.design_editor.surroundings import surroundings

LEFT = Qt.MouseButton.LeftButton
ROLE = Qt.ItemDataRole


def ids(editor):
    return [ring.identity for ring in editor.design().ring_params]


def place_of(table, row, share=0.5):
    """Return a point of a row, *share* of its height down."""
    y = table.rowViewportPosition(row) + int(table.rowHeight(row) * share)
    return QPoint(table.columnViewportPosition(Column.GAP) + 8, y)


def drag(table, row, to, share, *, let_go=True):
    """Take a row and carry it over another one."""
    port = table.viewport()
    QTest.mousePress(port, LEFT, pos=place_of(table, row))
    QTest.mouseMove(port, place_of(table, row) + QPoint(0, 30))
    QTest.mouseMove(port, place_of(table, to, share))
    if let_go:
        QTest.mouseRelease(port, LEFT, pos=place_of(table, to, share))


def choose(table, *rows):
    """Choose rows as Ctrl and clicks do."""
    QTest.mouseClick(table.viewport(), LEFT, pos=place_of(table, rows[0]))
    for row in rows[1:]:
        QTest.mouseClick(
            table.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, place_of(table, row)
        )
    assert table.chosen() == tuple(sorted(rows))


@pytest.mark.parametrize(
    ("way", "order"),
    [((0, 2, 0.8), ["r1", "r2", "r0"]), ((0, 1, 0.8), ["r1", "r0", "r2"]),
     ((2, 0, 0.2), ["r2", "r0", "r1"]), ((1, 1, 0.8), ["r0", "r1", "r2"])],
)
def test_a_row_that_is_dragged_takes_its_ring_along_as_one_step(editor, table, way, order):
    row = way[0]
    drag(table, *way)
    assert ids(editor) == order
    assert editor.undo_stack.count() == (order != ["r0", "r1", "r2"])
    assert table.currentIndex().row() == order.index(f"r{row}")
    editor.undo_stack.undo()
    assert ids(editor) == ["r0", "r1", "r2"]


def test_escape_gives_up_a_drag_and_the_mark_shows_where_it_would_fall(editor, table):
    plain = table.viewport().grab().toImage()
    drag(table, 0, 2, 0.8, let_go=False)
    assert table.viewport().grab().toImage() != plain
    QTest.keyClick(table, Qt.Key.Key_Escape)
    QTest.mouseRelease(table.viewport(), LEFT, pos=place_of(table, 2, 0.8))
    assert ids(editor) == ["r0", "r1", "r2"]
    assert editor.undo_stack.count() == 0


def test_an_edit_in_mid_drag_ends_the_drag(editor, table):
    drag(table, 0, 2, 0.8, let_go=False)
    editor.document.attempt(lambda design: set_length(design, 1, "width_mm", 4.0))
    QTest.mouseRelease(table.viewport(), LEFT, pos=place_of(table, 2, 0.8))
    assert ids(editor) == ["r0", "r1", "r2"]


def test_several_chosen_rings_are_dragged_together_and_stay_chosen(editor, table):
    choose(table, 0, 1)
    drag(table, 1, 2, 0.8)
    assert ids(editor) == ["r2", "r0", "r1"]
    assert table.chosen() == (1, 2)
    assert editor.undo_stack.undoText() == "Move rings 0 and 1 to place 1"


def test_commands_are_done_to_all_chosen_rings(editor, table):
    choose(table, 0, 2)
    commands = editor.stack.commands()
    commands["lock_width"]()
    assert [ring.locked for ring in editor.design().ring_params] == [True, None, True]
    assert table.chosen() == (0, 2)
    commands["lock_width"]()
    assert not any(ring.locked for ring in editor.design().ring_params)
    commands["duplicate_ring"]()
    assert ids(editor)[:3] == ["r0", "r1", "r2"]
    assert len(set(ids(editor))) == 5
    choose(table, 0, 2)
    commands["remove_ring"]()
    assert len(ids(editor)) == 3


@pytest.mark.parametrize("current_first", [True, False])
def test_a_chosen_ring_may_go_while_the_outermost_one_is_chosen_too(editor, table, current_first):
    """The table lets go of its row when the design has already one ring less."""
    editor.document.select("r1")
    editor.stack.duplicate()
    choose(table, *((2, 3) if current_first else (3, 2)))
    editor.undo_stack.undo()
    assert ids(editor) == ["r0", "r1", "r2"]
    assert all(row < 3 for row in editor.stack.chosen)


def test_the_drawing_s_ring_is_always_one_of_the_chosen(editor, table, canvas):
    choose(table, 0, 2)
    assert "Selected ring 2" in canvas.accessibleDescription()
    editor.document.select("r1")
    assert table.chosen() == (1,)


def test_select_all_and_shift_choose_by_keys(editor, table):
    table.setFocus()
    editor.document.select("r0")
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.chosen() == (0, 1)
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen() == (0, 1, 2)
    editor.stack.commands()["merge_rings"]()
    assert len(ids(editor)) == 3  # a ladder and two strips cannot be one


def test_another_open_design_begins_with_one_chosen_ring(editor, table, design):
    choose(table, 0, 2)
    editor.set_design(design.model_copy(update={"ring_params": design.ring_params[:1]}))
    assert table.chosen() == (0,)


def test_a_locked_ring_shows_a_sign_says_so_and_refuses_a_width_in_words(editor, table):
    index = table.model().index(1, Column.RING)
    assert index.data(ROLE.DecorationRole) is None
    editor.document.select("r1")
    editor.stack.commands()["lock_width"]()
    assert not index.data(ROLE.DecorationRole).isNull()
    assert index.data(ROLE.AccessibleTextRole).endswith("width locked")
    width = table.model().index(1, Column.WIDTH)
    assert table.model().setData(width, "4")
    assert "The width of ring 1 is locked" in width.data(ROLE.ToolTipRole)
    assert editor.design().ring_params[1].width_mm == 5.0


def test_the_handles_of_a_locked_ring_do_not_move_and_the_cursor_says_why(
    editor, canvas, design
):
    locked = width_edits.set_locked(design, [1], locked=True).after
    for edge in RingEdge:
        drag = EdgeDrag(locked, 1, edge, surroundings(locked, {}))
        drag.begin(QPointF(200.0, 100.0), canvas.view)
        assert drag.move(QPointF(240.0, 100.0), canvas.view, fine=False)
        assert drag.after == locked
        assert drag.hint.startswith("The width of ring 1 is locked; unlock it")


def test_the_measured_column_comes_when_it_is_asked_for_and_stays_while_it_is_used(
    editor, table
):
    assert table.isColumnHidden(Column.MEASURED)
    editor.document.select("r1")
    editor.stack.commands()["measure_ring"]()
    assert not table.isColumnHidden(Column.MEASURED)
    QTest.keyClicks(QApplication.focusWidget(), "4.93")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert editor.design().ring_params[1].effective_width_mm == 4.93
    assert not table.isColumnHidden(Column.MEASURED)
    assert table.isColumnHidden(Column.INNER)  # there is no room for both
    assert table.horizontalScrollBar().maximum() == 0
    table.parentWidget().parentWidget().setMinimumWidth(700)
    QApplication.processEvents()
    assert not table.isColumnHidden(Column.INNER)
    editor.stack.commands()["use_measured"]()
    assert editor.design().ring_params[1].width_mm == 4.93
    assert table.isColumnHidden(Column.MEASURED)


def test_a_held_key_is_one_step_and_two_presses_are_two(editor, table):
    editor.document.select("r1")
    widen = editor.stack.commands()["widen_ring"]

    def press(*, held):
        kind = QEvent.Type.ShortcutOverride
        key = QKeyEvent(kind, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, "", held)
        QApplication.sendEvent(table, key)
        widen()

    press(held=False)
    press(held=True)
    press(held=True)
    assert editor.undo_stack.count() == 1
    assert editor.design().ring_params[1].width_mm == 5.3
    press(held=False)
    assert editor.undo_stack.count() == 2


def test_a_greyed_button_says_why(editor):
    bar = {one.text(): one for one in editor.findChildren(QToolButton)}
    assert not bar["Move in"].isEnabled()
    assert "No ring lies inside." in bar["Move in"].toolTip()
    assert bar["Move out"].isEnabled()
    assert "(Ctrl+Down)" in bar["Move out"].toolTip()
    editor.document.select(None)
    assert "Select a ring first." in bar["Remove"].toolTip()


def test_every_command_has_its_reason_or_can_be_done(editor, design):
    """What is said to be possible is, and what is not is refused with the same sentence."""
    said = editor.stack.reasons()
    assert set(editor.stack.commands()) <= set(said)
    assert said["merge_rings"].startswith("Ring 0 and ring 1 cannot be one: Solid and Ladder")
    assert said["mirror_stack"].startswith("No ring lies inside it")
    assert said["fill_ring"] == said["fit_outer"] == "The sum is closed already."
    assert said["use_measured"].startswith("No measured width is given")
    locked = width_edits.set_locked(design, [0, 1], locked=True).after
    about = stack_reasons.reasons(locked, (1,), 1)
    for id_ in ("split_ring", "widen_ring", "inner_edge_out", "measure_ring"):
        assert "locked" in about[id_]
    assert "ring 1 inside" not in about["inner_edge_out"]
    beside = stack_reasons.reasons(locked, (2,), 2)
    assert beside["inner_edge_in"] == "The width of ring 1 inside it is locked; unlock it first."
    empty = design.model_copy(update={"ring_params": ()})
    nothing = stack_reasons.reasons(empty, (), None)
    assert nothing["remove_ring"] == stack_reasons.SELECT
    assert nothing["insert_ring"] == ""
    assert nothing["fill_all"] == "There are no rings; insert one first."


def test_a_chosen_row_that_is_let_go_leaves_the_fields_to_a_chosen_one(editor, table):
    choose(table, 0, 1)
    QTest.mouseClick(
        table.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, place_of(table, 1)
    )
    assert table.chosen() == (0,)
    assert editor.document.selected_id == "r0"


@pytest.mark.parametrize("slot", [0, 8])
def test_a_ring_that_is_moved_stays_in_sight(editor, table, design, slot):
    editor.set_design(design.model_copy(update={"ring_params": tuple(
        design.ring_params[0].model_copy(update={"ring_index": at, "ring_id": f"n{at}"})
        for at in range(8)
    )}))
    table.setMaximumHeight(5 * ROW_HEIGHT)
    QApplication.processEvents()
    editor._document.select("n4")
    editor._document.attempt(lambda now: move_to(now, [4], slot))
    QApplication.processEvents()
    shown = table.visualRect(table.currentIndex())
    assert ids(editor)[0 if slot == 0 else 7] == "n4"
    assert table.viewport().rect().contains(shown)
