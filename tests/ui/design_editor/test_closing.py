"""The status line: what the rings add up to and what closes the sum."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from luthier_desktop.ui.design_editor.closing import closing
from luthier_desktop.ui.design_editor.ring_columns import Column
from luthier_desktop.ui.design_editor.ring_edits import set_length
from luthier_desktop.ui.design_editor.status_line import StatusLine


def test_a_closed_sum_is_said_to_be_closed(design):
    assert closing(design, None).sentence == "Rings 10.00 mm of 10.00 mm: closed."


def test_a_short_stack_names_the_selected_ring_and_its_width(design):
    shorter = set_length(design, 1, "width_mm", 4.98).after
    assert closing(shorter, 2).sentence == (
        "Rings 9.98 mm of 10.00 mm: 0.02 mm short; widen ring 2 to 3.02 mm."
    )


def test_a_full_stack_narrows_the_widest_ring_when_none_is_selected(design):
    wider = set_length(design, 0, "width_mm", 2.5).after
    assert closing(wider, None).sentence == (
        "Rings 10.50 mm of 10.00 mm: 0.50 mm too much; narrow ring 1 to 4.50 mm."
    )


def test_gaps_count_and_are_named(design):
    gapped = set_length(design, 1, "gap_before_mm", 1.0).after
    assert closing(gapped, 1).sentence.startswith("Rings and gaps 11.00 mm of 10.00 mm")


def test_a_measured_ring_is_not_asked_to_change(design):
    measured = set_length(design, 1, "measured_width_mm", 5.1).after
    assert closing(measured, 1).position == 2


def test_where_no_ring_can_close_it_the_outer_diameter_does(design):
    for at in range(3):
        design = set_length(design, at, "measured_width_mm", 3.0).after
    assert closing(design, None).sentence == (
        "Rings 9.00 mm of 10.00 mm: 1.00 mm short; an outer diameter of 98.00 mm closes it."
    )


def test_two_buttons_say_what_closes_the_sum_and_each_is_one_step(qtbot, editor):
    text = editor.findChild(QLabel, "editorStatusText")
    by_ring = editor.findChild(QPushButton, "closeByRing")
    by_outer = editor.findChild(QPushButton, "closeByDiameter")
    assert not by_ring.isVisible()
    assert not by_outer.isVisible()
    editor._document.attempt(lambda design: set_length(design, 1, "width_mm", 4.5))
    assert "0.50 mm short" in text.text()
    assert by_ring.text() == "Fill ring 1: 4.50 mm → 5.00 mm"
    assert by_outer.text() == "Outer diameter → 99.00 mm"
    qtbot.mouseClick(by_ring, Qt.MouseButton.LeftButton)
    assert text.text().endswith("closed.")
    assert editor.undo_stack.undoText() == "Width of ring 1: 4.5 to 5.0 mm"
    editor.undo_stack.undo()
    by_outer.setFocus()
    qtbot.keyClick(by_outer, Qt.Key.Key_Space)
    assert editor.design().outer_diameter_mm == 99.0
    assert text.text().endswith("closed.")
    assert editor.undo_stack.count() == 2


def test_a_long_sentence_has_the_room_of_the_button_that_is_not_offered(editor):
    editor.resize(820, 560)
    editor._document.attempt(lambda design: set_length(design, 1, "width_mm", 4.5))
    assert editor.findChild(QPushButton, "closeByRing").isVisible()
    for at in range(3):
        editor._document.attempt(
            lambda design, at=at: set_length(design, at, "measured_width_mm", 11.125)
        )
    text = editor.findChild(QLabel, "editorStatusText")
    QApplication.processEvents()
    assert "an outer diameter of" in text.text()
    assert text.sizeHint().width() <= text.width()


def test_a_refusal_has_the_whole_line_and_changes_nobody_s_height(qtbot, editor, table):
    editor._document.attempt(lambda design: set_length(design, 1, "width_mm", 4.5))
    QApplication.processEvents()
    line = editor.findChild(StatusLine, "editorStatus")
    height = line.height()
    table.edit_cell(1, Column.WIDTH)
    QTest.keyClicks(QApplication.focusWidget(), "banana")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    text = editor.findChild(QLabel, "editorStatusText")
    assert "'banana' is not a length" in text.text()
    qtbot.waitUntil(lambda: text.sizeHint().width() <= text.width())
    assert line.height() == height
    editor.undo_stack.undo()
    QApplication.processEvents()
    assert text.text().endswith("closed.")
    assert line.height() == height
