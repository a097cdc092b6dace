"""Selection in table and canvas is one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from luthier_desktop.domain.geometry import polar
from luthier_desktop.ui.design_editor.ring_columns import Column


def click(qtbot, canvas, radius_mm, angle_deg):
    place: QPointF = canvas.view.to_px(*polar(radius_mm, angle_deg))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place.toPoint())


def test_a_click_on_a_ring_makes_its_row_the_current_one(qtbot, canvas, table):
    click(qtbot, canvas, 48.5, 200.0)
    assert table.currentIndex().row() == 2
    click(qtbot, canvas, 44.5, 200.0)
    assert table.currentIndex().row() == 1


def test_a_click_beside_the_rings_selects_none(qtbot, canvas, table):
    click(qtbot, canvas, 20.0, 200.0)
    assert not table.selectionModel().hasSelection()


def test_another_row_selects_its_ring_on_the_canvas(qtbot, editor, canvas, table):
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, Column.WIDTH))
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert "Selected ring 2" in canvas.accessibleDescription()


def test_page_keys_on_the_canvas_select_the_next_ring(qtbot, canvas, table):
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    assert table.currentIndex().row() == 1
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    assert table.currentIndex().row() == 0


def test_a_moved_ring_stays_selected_and_keeps_its_identity(editor, table, design):
    moved = design.ring_params[0].identity
    editor.stack.move_out()
    assert table.currentIndex().row() == 1
    assert editor.design().ring_params[1].identity == moved
    editor.undo_stack.undo()
    assert table.currentIndex().row() == 0


def test_removing_the_last_ring_selects_its_neighbour(editor, table):
    table.setCurrentIndex(table.model().index(2, 0))
    editor.stack.remove()
    assert table.currentIndex().row() == 1
    editor.stack.remove()
    editor.stack.remove()
    assert editor.design().ring_params == ()
    assert not table.currentIndex().isValid()
    editor.stack.insert()
    assert table.currentIndex().row() == 0


def test_new_rings_get_identities_that_were_never_used(editor):
    seen = {ring.identity for ring in editor.design().ring_params}
    for _ in range(4):
        editor.stack.insert()
        new = editor.design().ring_params[1].identity
        assert new not in seen
        seen.add(new)
        editor.stack.remove()
        editor.stack.move_in()


def test_a_field_of_a_check_gets_the_focus(qtbot, editor, table, inspector):
    editor.focus_field("ring_params[2].width_mm", 2)
    assert table.currentIndex().row() == 2
    assert table.currentIndex().column() == Column.WIDTH
    editor.focus_field("channel.depth_mm", None)
    assert inspector.focusWidget().accessibleName() == "Channel depth"
    editor.focus_field("tool.diameter_mm", None)
    assert inspector.focusWidget().accessibleName() == "Channel depth"
