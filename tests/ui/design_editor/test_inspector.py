"""The inspector: fields that keep refused text and leave the wheel alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel

from luthier_desktop.domain.patterns.counts import TILED
from luthier_desktop.ui import style
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.ring_page import RingPage
from luthier_desktop.ui.widgets.fields import ChoiceField, LengthField
from tests.ui.design_editor.conftest import enter


def turn_wheel(widget):
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )
    QApplication.sendEvent(widget, event)


def test_a_diameter_is_typed_and_named_in_the_history(qtbot, editor, field):
    enter(qtbot, field("Outer diameter"), "102,5")
    assert editor.design().outer_diameter_mm == 102.5
    assert field("Outer diameter").text() == "102.50 mm"
    assert editor.undo_stack.undoText() == "Outer diameter: 100.0 to 102.5 mm"


def test_a_value_of_a_part_that_was_absent_makes_the_part(qtbot, editor, field):
    assert editor.design().channel is None
    enter(qtbot, field("Channel depth"), "1.4")
    assert editor.design().channel.depth_mm == 1.4
    enter(qtbot, field("Channel depth"), " ")
    assert editor.design().channel is None


def test_refused_text_stays_marked_until_escape(qtbot, editor, field):
    outer = field("Outer diameter")
    enter(qtbot, outer, "70")
    assert editor.design().outer_diameter_mm == 100.0
    assert outer.text() == "70"
    assert "must be smaller than" in outer.refusal
    assert "must be smaller than" in outer.toolTip()
    said = editor.findChild(QLabel, "editorStatusText").text()
    assert "must be smaller than" in said
    qtbot.keyClick(outer, Qt.Key.Key_Escape)
    assert outer.text() == "100.00 mm"
    assert outer.refusal == ""


def test_refused_text_survives_an_edit_elsewhere(qtbot, editor, field):
    outer = field("Outer diameter")
    enter(qtbot, outer, "soon")
    enter(qtbot, field("Width"), "2.5")
    assert outer.text() == "soon"
    assert outer.refusal


def test_another_ring_shows_its_own_values(qtbot, editor, field, table):
    enter(qtbot, field("Width"), "none of that")
    table.setCurrentIndex(table.model().index(1, 0))
    assert field("Width").text() == "5.00 mm"
    assert field("Width").refusal == ""


@pytest.mark.parametrize("kind", [LengthField, ChoiceField])
def test_the_wheel_over_an_unfocused_field_does_nothing(editor, inspector, canvas, kind, design):
    canvas.setFocus()
    for one in inspector.findChildren(kind):
        assert not one.hasFocus()
        before = one.currentIndex() if isinstance(one, QComboBox) else one.text()
        turn_wheel(one)
        after = one.currentIndex() if isinstance(one, QComboBox) else one.text()
        assert after == before
    assert editor.design() == design
    assert editor.undo_stack.count() == 0


def test_the_wheel_and_arrows_step_the_field_that_has_the_focus(qtbot, editor, field):
    width = field("Width")
    width.setFocus()
    turn_wheel(width)
    assert editor.design().ring_params[0].width_mm == 2.1
    qtbot.keyClick(width, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.design().ring_params[0].width_mm == 2.09


def test_materials_are_added_changed_and_taken_away(qtbot, editor, inspector):
    box = inspector.ring_page._materials
    qtbot.mouseClick(box._add, Qt.MouseButton.LeftButton)
    assert editor.design().ring_params[0].materials == ("gaboon_ebony", "holly")
    choice = box._rows[1].choice
    choice.setCurrentIndex(choice.findData("koa"))
    choice.activated.emit(choice.currentIndex())
    assert editor.design().ring_params[0].materials == ("gaboon_ebony", "koa")
    box._rows[0].removed.emit(0)
    assert editor.design().ring_params[0].materials == ("koa",)


def test_the_list_of_woods_shows_a_sample_of_each(inspector):
    choice = inspector.ring_page._materials._rows[0].choice
    choice.showPopup()
    assert all(not choice.itemIcon(at).isNull() for at in range(choice.count()))
    choice.hidePopup()


def test_every_field_has_an_accessible_name(editor):
    for kind in (LengthField, ChoiceField):
        for one in editor.findChildren(kind):
            assert one.accessibleName()


def test_refused_text_stays_readable_when_the_look_changes(qtbot, editor, field):
    outer = field("Outer diameter")
    enter(qtbot, outer, "soon")
    app = QApplication.instance()
    try:
        style.apply(app, style.DARK)
        QApplication.processEvents()
        ground = outer.palette().color(QPalette.ColorRole.Base).name()
        assert ground == style.tokens(style.DARK).red_soft
    finally:
        style.apply(app, style.LIGHT)


def test_the_length_of_a_tile_is_asked_for_only_where_there_are_tiles(editor):
    page, document = editor.findChild(RingPage), editor.document
    families = []
    for ring in editor.design().ring_params:
        document.select(ring.identity)
        families.append((ring.pattern_type in TILED, page.has_field("tile_length_mm")))
    assert {tiled for tiled, _ in families} == {True, False}
    assert all(tiled is has_field for tiled, has_field in families)
    document.attempt(lambda design: ring_edits.set_length(design, 0, "tile_length_mm", 3.0))
    document.select(editor.design().ring_params[0].identity)
    assert page.has_field("tile_length_mm")  # it is given: it must be seen to be taken away
