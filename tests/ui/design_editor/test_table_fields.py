"""Every number that a check reads has a field of its own in the inspector."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.feasibility.findings import Assumed
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.field_table import OF_RING
from luthier_desktop.ui.widgets.check_fields import INPUTS
from luthier_desktop.ui.widgets.fields import ChoiceField, NumberField
from tests.ui.design_editor.conftest import enter


def choose(field, text):
    field.setCurrentIndex(field.findText(text))
    field.activated.emit(field.currentIndex())


def assumed(*values, origin="setup"):
    return {path: Assumed(path, value, origin) for path, value in values}


def family(editor, word):
    editor.set_design(RosetteParamSpec.read(
        {"outer_diameter_mm": 100.0, "inner_diameter_mm": 80.0,
         "ring_params": [{"ring_index": 0, "width_mm": 6.0, "pattern_type": word}]}, "design"))


def test_the_count_of_a_pattern_is_typed_and_named_in_the_history(qtbot, editor, field):
    editor.focus_field("pattern.count", 1)
    count = field("Pieces round", NumberField)
    assert QApplication.focusWidget() is count
    assert count.text() == "60"
    enter(qtbot, count, "72")
    assert editor.design().ring_params[1].pattern.count == 72
    assert editor.undo_stack.undoText() == "Pieces round of ring 1: 60 to 72"
    qtbot.keyClick(count, Qt.Key.Key_Down)
    assert editor.design().ring_params[1].pattern.count == 71


def test_a_value_that_is_refused_stays_with_its_reason(qtbot, editor, field):
    editor.focus_field("pattern.count", 1)
    count = field("Pieces round", NumberField)
    for typed, reason in (("many", "not a whole number"), ("60.5", "whole number"),
                          ("0", "at least 1")):
        enter(qtbot, count, typed)
        assert count.text() == typed
        assert reason in count.refusal
    assert editor.design().ring_params[1].pattern.count == 60


def test_an_empty_field_takes_the_value_away(qtbot, editor, field):
    editor.focus_field("pattern.count", 1)
    enter(qtbot, field("Pieces round", NumberField), " ")
    assert editor.design().ring_params[1].pattern is None
    assert field("Pieces round", NumberField).placeholderText() == "by the length"


def test_a_share_is_typed_in_percent_and_an_angle_in_degrees(qtbot, editor, field):
    family(editor, "MOSAIC")
    enter(qtbot, field("Spares", NumberField), "15")
    assert editor.design().ring_params[0].pattern.waste == 0.15
    assert field("Spares", NumberField).text() == "15 %"
    family(editor, "BARBER_POLE")
    enter(qtbot, field("Angle", NumberField), "40°")
    assert editor.design().ring_params[0].pattern.angle_deg == 40
    assert field("Angle", NumberField).text() == "40°"


def test_a_choice_is_one_step_of_the_history_and_can_be_taken_back(editor, field):
    choose(field("Bending", ChoiceField), "Hot")
    assert editor.design().ring_params[0].bending == "hot"
    assert editor.undo_stack.undoText() == "Bending of ring 0: set to Hot"
    choose(field("Bending", ChoiceField), "Not said")
    assert editor.design().ring_params[0].bending is None
    assert editor.undo_stack.count() == 2


def test_a_field_that_is_asked_for_is_brought_into_sight(editor, inspector, field):
    family(editor, "MOSAIC")
    editor.resize(700, 400)
    for path, name in (("pattern.kerf_mm", "Saw kerf"), ("fingerboard.width_mm",
                                                         "Fingerboard width")):
        editor.focus_field(path, 0)
        found = field(name)
        assert not found.visibleRegion().isEmpty()
        assert found.visibleRegion().boundingRect().height() == found.height()


def test_the_pages_are_never_wider_than_the_pane_at_the_smallest_window(editor, inspector):
    editor.resize(995, 440)  # the editor's share of 1366 x 768
    QApplication.processEvents()
    family(editor, "MOSAIC")
    QApplication.processEvents()
    for page in (inspector.ring_page, inspector.design_page):
        inspector.setCurrentWidget(page)
        QApplication.processEvents()
        assert page.widget().minimumSizeHint().width() <= page.viewport().width()


def test_only_the_numbers_of_the_ring_s_own_family_are_shown(editor, inspector, field):
    for word, own, other in (
        ("ROPE", "Lean", "Dot diameter"),
        ("DOTS", "Dot diameter", "Lean"),
        ("MOSAIC", "Slice thickness", "Lean"),
        ("SOLID", "Strip thickness", "Slice thickness"),
    ):
        family(editor, word)
        assert not field(own).isHidden()
        assert field(other).isHidden()


def test_fields_of_the_top_and_the_channel_are_typed_and_chosen(qtbot, editor, field):
    enter(qtbot, field("Taken from the back"), "0.3")
    choose(field("Backed", ChoiceField), "Yes")
    enter(qtbot, field("Clearance"), "-0.05")
    choose(field("Glue", ChoiceField), "Hide glue")
    choose(field("Channel layout", ChoiceField), "One a ring")
    choose(field("Soundhole edge", ChoiceField), "Bound")
    design = editor.design()
    assert (design.top.back_removal_mm, design.top.backed) == (0.3, True)
    assert (design.channel.clearance_mm, design.channel.glue) == (-0.05, "hide")
    assert (design.channel.layout, design.soundhole_edge) == ("per_ring", "bound")
    assert editor.undo_stack.count() == 6


def test_what_the_shop_fills_in_is_said_where_the_design_has_nothing(inspector, field):
    inspector.show_assumed(
        assumed(("channel.glue", "hide"), ("top.face_removal_mm", 0.2), ("top.backed", True),
                ("channel.depth_mm", 1.6), ("top.material_id", "sitka_spruce"))
    )
    assert field("Glue", ChoiceField).itemText(0) == "Hide glue (shop)"
    assert field("Backed", ChoiceField).itemText(0) == "Yes (shop)"
    assert field("Taken from the face").placeholderText() == "0.20 mm (shop)"
    assert field("Channel depth").placeholderText() == "1.60 mm (shop)"


def test_what_the_rules_fill_in_is_not_called_the_shop_s(inspector, field):
    inspector.show_assumed(
        assumed(("channel.clearance_mm", "0.05 / 0.10"), ("top.backed", False),
                ("top.face_removal_mm", 0.0), origin="default")
    )
    assert field("Clearance").placeholderText() == "0.05 / 0.10 (recommended)"
    assert field("Backed", ChoiceField).itemText(0) == "No (default)"
    assert field("Taken from the face").placeholderText() == "0.00 mm (default)"
    assert field("Channel depth").placeholderText() == ""


def test_every_link_of_a_check_leads_to_a_field(editor, inspector, table):
    """A link may lead nowhere only where no ring of the shown family has such a number."""
    left = {one.path for one in INPUTS.values() if one.path and not one.is_of_setup}
    left -= {"width_mm", "gap_before_mm", "tile_length_mm", "materials"}  # cells of the table
    left |= {spec.path for spec in OF_RING}
    for one in PatternFamily:
        family(editor, one.value)
        left -= {path for path in left if inspector.focus_field(path)}
    assert left == set()
