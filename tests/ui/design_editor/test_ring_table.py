"""The ring table: typed edits, refused text, one selection, least row changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.ui.design_editor.ring_columns import Column


def type_into(qtbot, table, row, column, text):
    table.edit_cell(row, column)
    qtbot.keyClicks(QApplication.focusWidget(), text)
    finish(qtbot)


def finish(qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()


def status(editor):
    return editor.findChild(QLabel, "editorStatusText").text()


def settled(qtbot, canvas):
    qtbot.waitUntil(lambda: not canvas._settling.isActive())
    return QImage(canvas.grab().toImage())


def test_a_width_typed_into_the_table_changes_the_design_and_the_canvas(
    qtbot, editor, table, canvas
):
    before = settled(qtbot, canvas)
    with qtbot.waitSignal(editor.designChanged) as told:
        type_into(qtbot, table, 1, Column.WIDTH, "4,25 mm")
    assert editor.design().ring_params[1].width_mm == 4.25
    assert told.args[0].ring_params[1].width_mm == 4.25
    assert settled(qtbot, canvas) != before
    assert table.model().index(2, Column.INNER).data() == "46.25"
    assert editor.undo_stack.undoText() == "Width of ring 1: 5.0 to 4.25 mm"


def test_refused_text_stays_in_its_cell_with_the_reason(qtbot, editor, table):
    type_into(qtbot, table, 1, Column.WIDTH, "wide")
    index = table.model().index(1, Column.WIDTH)
    assert editor.design().ring_params[1].width_mm == 5.0
    assert editor.undo_stack.count() == 0
    assert "wide" in index.data()
    assert index.data(Qt.ItemDataRole.EditRole) == "wide"
    assert "is not a length" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "refused" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert "is not a length" in status(editor)


def test_a_width_of_zero_is_refused_with_the_sentence_of_the_domain(qtbot, editor, table):
    type_into(qtbot, table, 2, Column.WIDTH, "0")
    assert editor.design().ring_params[2].width_mm == 3.0
    assert "Ring 2: width_mm must be greater than 0" in status(editor)


def test_a_good_value_takes_the_refused_text_away(qtbot, editor, table):
    type_into(qtbot, table, 1, Column.WIDTH, "-3")
    type_into(qtbot, table, 1, Column.WIDTH, "5")
    index = table.model().index(1, Column.WIDTH)
    assert index.data() == "5.00"
    assert index.data(Qt.ItemDataRole.BackgroundRole) is None
    assert "closed" in status(editor)


def test_refused_text_goes_when_its_ring_goes_and_does_not_haunt_another(qtbot, editor, table):
    type_into(qtbot, table, 1, Column.WIDTH, "wide")
    editor.stack.remove()
    assert [table.model().index(row, Column.WIDTH).data() for row in range(2)] == [
        "2.00", "3.00"
    ]


def test_escape_leaves_the_cell_as_it_was(qtbot, editor, table):
    table.edit_cell(0, Column.WIDTH)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "9")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert editor.design().ring_params[0].width_mm == 2.0
    assert editor.undo_stack.count() == 0


def test_typing_a_digit_on_a_cell_starts_to_edit_it(qtbot, editor, table):
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, Column.WIDTH))
    qtbot.keyClicks(table, "4")
    finish(qtbot)
    assert editor.design().ring_params[2].width_mm == 4.0


def test_materials_are_typed_by_name_or_id(qtbot, editor, table):
    type_into(qtbot, table, 0, Column.MATERIALS, "hard_maple, Gaboon ebony")
    assert editor.design().ring_params[0].materials == ("hard_maple", "gaboon_ebony")


def test_an_unknown_material_is_refused_by_its_name(qtbot, editor, table):
    type_into(qtbot, table, 0, Column.MATERIALS, "cheese")
    assert editor.design().ring_params[0].materials == ("gaboon_ebony",)
    assert "no material is called 'cheese'" in status(editor)


def test_the_pattern_is_chosen_from_a_list_and_drops_the_old_parameters(qtbot, editor, table):
    table.edit_cell(1, Column.PATTERN)
    combo = QApplication.focusWidget()
    combo.setCurrentIndex(combo.findText("Herringbone"))
    combo.activated.emit(combo.currentIndex())
    ring = editor.design().ring_params[1]
    assert ring.pattern_type is PatternFamily.HERRINGBONE
    assert ring.pattern is None
    editor.undo_stack.undo()
    assert editor.design().ring_params[1].pattern.count == 60


def test_clearing_a_tile_length_takes_it_out_of_the_design(qtbot, editor, table):
    type_into(qtbot, table, 1, Column.TILE, "2.5")
    assert editor.design().ring_params[1].tile_length_mm == 2.5
    table.edit_cell(1, Column.TILE)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    finish(qtbot)
    assert editor.design().ring_params[1].tile_length_mm is None


def test_radii_cannot_be_edited(table):
    for column in (Column.RING, Column.INNER, Column.OUTER, Column.VERDICT):
        flags = table.model().flags(table.model().index(0, column))
        assert not flags & Qt.ItemFlag.ItemIsEditable


def test_the_model_keeps_every_rule_of_qt_through_all_kinds_of_edits(
    qtbot, editor, table, design
):
    tester = QAbstractItemModelTester(
        table.model(), QAbstractItemModelTester.FailureReportingMode.Warning
    )
    type_into(qtbot, table, 1, Column.WIDTH, "no")
    for step in (
        editor.stack.insert, editor.stack.duplicate, editor.stack.move_in, editor.stack.move_out,
        editor.stack.remove,
    ):
        step()
    while editor.undo_stack.canUndo():
        editor.undo_stack.undo()
    editor.set_design(design.model_copy(update={"ring_params": ()}))
    assert table.model().rowCount() == 0
    assert tester.model() is table.model()


def test_qtmodeltester_is_content(qtmodeltester, table):
    qtmodeltester.check(table.model())
