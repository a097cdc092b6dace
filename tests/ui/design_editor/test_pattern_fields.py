"""Lines, placed shapes and a tile of one's own have forms of their own in the inspector."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolButton, QWidget

from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.ui.design_editor.materials_field import MaterialChoice
from luthier_desktop.ui.design_editor.picture_tile import read_tile
from luthier_desktop.ui.widgets.fields import ChoiceField, NumberField
from tests.ui.design_editor.conftest import enter

COLOURS = {"holly": QColor("#f0e6c8"), "gaboon_ebony": QColor("#201c1a")}


@pytest.fixture
def show(editor):
    """Shows a design of one ring, 6 mm wide at 40 mm, and returns how the ring is now."""

    def shown(family, pattern=None, **members):
        ring = {"ring_index": 0, "width_mm": 6.0, "pattern_type": family, "pattern": pattern,
                **members}
        plain = {"outer_diameter_mm": 92.0, "inner_diameter_mm": 80.0,
                 "ring_params": [{key: one for key, one in ring.items() if one is not None}]}
        editor.set_design(RosetteParamSpec.read(plain, "design"))
        return lambda: editor.design().ring_params[0]

    return shown


def named(owner, kind, name):
    return next(one for one in owner.findChildren(kind)
                if name in (one.accessibleName(), getattr(one, "text", str)()))


def space(qtbot, button):
    """Press a button by the keyboard alone."""
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def lines_of(ring):
    return [(one.material_id, one.thickness_mm) for one in ring.pattern.lines]


def test_listing_the_lines_begins_with_those_that_are_drawn(qtbot, inspector, show):
    ring = show("LINES", materials=["gaboon_ebony", "holly", "gaboon_ebony"])
    space(qtbot, named(inspector, QPushButton, "List the lines"))
    assert lines_of(ring()) == [("gaboon_ebony", 2.0), ("holly", 2.0), ("gaboon_ebony", 2.0)]
    assert QApplication.focusWidget().accessibleName() == "Material of line 3"


def test_lines_are_added_moved_and_taken_away_by_keys_alone(qtbot, editor, inspector, show):
    lines = [{"material_id": "gaboon_ebony", "thickness_mm": 0.6},
             {"material_id": "holly", "thickness_mm": 5.4}]
    ring = show("LINES", {"lines": lines})
    space(qtbot, named(inspector, QPushButton, "Add line"))
    assert lines_of(ring())[2] == ("gaboon_ebony", 5.4)
    space(qtbot, named(inspector, QToolButton, "Move line 2 inward"))
    assert [wood for wood, _ in lines_of(ring())] == ["holly", "gaboon_ebony", "gaboon_ebony"]
    assert QApplication.focusWidget().accessibleName() == "Move line 1 outward"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    space(qtbot, named(inspector, QToolButton, "Take line 3 away"))
    assert lines_of(ring()) == [("gaboon_ebony", 0.6), ("holly", 5.4)]
    assert QApplication.focusWidget().accessibleName() == "Take line 2 away"
    assert editor.undo_stack.undoText() == "Lines of ring 0"
    assert editor.undo_stack.count() == 4
    assert not named(inspector, QToolButton, "Move line 1 inward").isEnabled()


def test_a_line_takes_its_width_and_the_sum_is_told(qtbot, inspector, field, show):
    lines = [{"material_id": "holly", "thickness_mm": 5.5}]
    ring = show("LINES", {"lines": lines})
    enter(qtbot, field("Thickness of line 1"), "6")
    assert ring().pattern.lines[0].thickness_mm == 6.0
    assert named(inspector, QLabel, "Together 6.00 mm: they fill the ring.").isVisible()
    enter(qtbot, field("Thickness of line 1"), "thick")
    assert "not a length" in field("Thickness of line 1").refusal
    assert ring().pattern.lines[0].thickness_mm == 6.0


def test_the_ring_s_materials_follow_its_lines_until_they_are_chosen(inspector, field, show):
    lines = [{"material_id": "holly", "thickness_mm": 3.0}] * 2
    ring = show("LINES", {"lines": lines})
    choice = field("Material of line 2", MaterialChoice)
    choice.setCurrentIndex(choice.findData("pear"))
    choice.activated.emit(choice.currentIndex())
    assert ring().materials == ("holly", "pear")
    ring = show("LINES", {"lines": lines}, materials=["koa"])
    choice.setCurrentIndex(choice.findData("pear"))
    choice.activated.emit(choice.currentIndex())
    assert [wood for wood, _ in lines_of(ring())] == ["holly", "pear"]
    assert ring().materials == ("koa",)


def test_a_check_of_a_line_leads_to_the_list(editor, show):
    show("LINES", {"lines": [{"material_id": "holly", "thickness_mm": 6.0}]})
    editor.focus_field("pattern.lines[0].thickness_mm", 0)
    assert QApplication.focusWidget().accessibleName() == "Material of line 1"


def test_placing_shapes_begins_with_the_vine_and_each_has_named_fields(
    qtbot, inspector, field, show
):
    ring = show("INLAY", {"count": 12})
    space(qtbot, named(inspector, QPushButton, "Place shapes"))
    assert [one.kind for one in ring().pattern.shapes] == ["leaf", "leaf", "dot", "dot"]
    enter(qtbot, field("Length of shape 1"), "2.5")
    enter(qtbot, field("Along of shape 1", NumberField), "30")
    enter(qtbot, field("Turned of shape 1", NumberField), "-20")
    enter(qtbot, field("Out by of shape 1"), "-0,5")
    kind = field("Shape of shape 1", ChoiceField)
    kind.setCurrentIndex(kind.findText("Moon"))
    kind.activated.emit(kind.currentIndex())
    moon = ring().pattern.shapes[0].plain()
    assert moon == {"kind": "moon", "size_mm": 2.5, "along": 0.3, "offset_mm": -0.5,
                    "turn_deg": -20.0}


def test_two_shapes_in_one_place_are_refused_by_name(qtbot, inspector, field, show):
    shapes = [{"kind": "dot", "size_mm": 1.0, "along": 0.5}, {"kind": "leaf", "size_mm": 2.0}]
    ring = show("INLAY", {"shapes": shapes, "count": 20})
    along = field("Along of shape 2", NumberField)
    enter(qtbot, along, "50")
    assert "shapes[1] lies where [0] does" in along.refusal
    assert ring().pattern.shapes[1].along is None


def test_the_wood_of_a_backing_and_of_an_outline_is_chosen_from_a_list(editor, field, show):
    for family, name, member in (("WHEAT_EAR", "Backing's wood", "backing_material_id"),
                                 ("ROPE", "Outline's wood", "outline_material_id")):
        ring = show(family)
        choice = field(name, MaterialChoice)
        choice.setCurrentIndex(choice.findData("pear"))
        choice.activated.emit(choice.currentIndex())
        assert getattr(ring().pattern, member) == "pear"
        assert editor.undo_stack.undoText() == f"{name} of ring 0: set to pear"
        choice.setCurrentIndex(0)
        choice.activated.emit(0)
        assert ring().pattern is None


def picture(path, rows):
    """Write a PNG, "#" dark, "." light, " " clear."""
    image = QImage(len(rows[0]), len(rows), QImage.Format.Format_ARGB32)
    inks = {"#": QColor("#000"), ".": QColor("#fff"), " ": QColor(0, 0, 0, 0)}
    for y, row in enumerate(rows):
        for x, sign in enumerate(row):
            image.setPixelColor(x, y, inks[sign])
    assert image.save(str(path))
    return path


def test_each_pixel_becomes_a_cell_in_the_nearest_material(tmp_path):
    path = picture(tmp_path / "tile.png", ["#. ", "..#"])
    assert read_tile(path, list(COLOURS), COLOURS.__getitem__) == [
        ["gaboon_ebony", "holly", "holly"], ["holly", "holly", "gaboon_ebony"]
    ]


def test_a_larger_picture_is_drawn_with_64_cells_along_its_longer_side(tmp_path):
    path = picture(tmp_path / "large.png", ["#" * 200] * 100)
    grid = read_tile(path, list(COLOURS), COLOURS.__getitem__)
    assert (len(grid), len(grid[0])) == (32, 64)
    assert {wood for row in grid for wood in row} == {"gaboon_ebony"}


def test_a_picture_is_chosen_in_a_dialog_and_becomes_the_tile(
    qtbot, tmp_path, editor, inspector, show
):
    ring = show("CUSTOM", materials=["holly", "gaboon_ebony"])
    path = picture(tmp_path / "tile.png", ["#..", "..#"])
    space(qtbot, named(inspector, QPushButton, "Read a PNG …"))
    dialog = next(one for one in inspector.window().findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    own = ring().pattern
    assert own.grid == (("gaboon_ebony", "holly", "holly"), ("holly", "holly", "gaboon_ebony"))
    assert (own.rows, own.cols, own.count) == (2, 3, 30)  # 2 pi 43 / (6 x 3/2) = 30.02
    assert editor.undo_stack.undoText() == "Tile from a picture of ring 0"
    assert named(inspector, QLabel, "2 rows of 3 cells").isVisible()
    space(qtbot, named(inspector, QPushButton, "Take away"))
    assert ring().pattern.grid is None
    assert ring().pattern.count == 30


def test_what_is_no_png_is_refused_by_name(tmp_path, editor, inspector, show):
    ring = show("CUSTOM")
    before = ring()
    for name, content in (("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
                          ("tile.svg", b"<svg/>"), ("empty.png", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        inspector.ring_page.read_tile(str(path))
        assert ring() == before
        told = editor.findChild(QLabel, "editorStatusText").text()
        assert f"{name} is not a PNG picture" in told


def test_a_picture_that_is_cut_off_or_too_large_is_refused(tmp_path, editor, inspector, show):
    ring = show("CUSTOM")
    whole = picture(tmp_path / "whole.png", ["#." * 20] * 40).read_bytes()
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole[:-40])
    wide = QImage(1025, 4, QImage.Format.Format_RGB32)
    wide.fill(0)
    assert wide.save(str(tmp_path / "wide.png"))
    for name, said in (("cut.png", "damaged"), ("wide.png", "1025 x 4"), ("none.png", "no PNG")):
        inspector.ring_page.read_tile(str(tmp_path / name))
        assert said in editor.findChild(QLabel, "editorStatusText").text()
    assert ring().pattern is None


def test_the_lists_have_names_for_those_who_do_not_see_them(inspector, show):
    show("INLAY", {"shapes": [{"kind": "dot", "size_mm": 1.0}]})
    fields = [one for one in inspector.findChildren(QWidget)
              if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    unnamed = [one for one in fields if not (one.accessibleName() or getattr(one, "text", str)())
               and isinstance(one, ChoiceField | NumberField | QToolButton)]
    assert unnamed == []


@pytest.mark.parametrize("family", list(PatternFamily))
def test_no_form_of_a_family_is_wider_than_its_page(inspector, show, family):
    show(family.value, materials=["indian_rosewood", "holly"])
    QApplication.processEvents()
    page = inspector.ring_page
    assert page.widget().minimumSizeHint().width() <= page.viewport().width()
