"""The tile editor follows the ring: neighbours, curvature, figures, recipe, units, refusals."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)

from luthier_desktop.domain.bill.bill import Making
from luthier_desktop.domain.geometry import polar
from luthier_desktop.domain.lengths import Unit
from luthier_desktop.domain.patterns.draw import lay_out
from luthier_desktop.domain.patterns.family import PatternFamily
from luthier_desktop.domain.patterns.grid_edits import Block, Cell
from luthier_desktop.domain.patterns.grids import drawn_grid
from luthier_desktop.domain.rosette import RosetteParamSpec
from luthier_desktop.domain.stack import ring_radii
from luthier_desktop.ui import units
from luthier_desktop.ui.commands import COMMANDS, WINDOW
from luthier_desktop.ui.design_editor import ring_edits
from luthier_desktop.ui.design_editor.mosaic.ring_preview import RingPreview
from luthier_desktop.ui.design_editor.mosaic.tile_menus import ERRANDS
from luthier_desktop.ui.design_editor.mosaic.tile_works import WORKS
from tests.ui.design_editor.mosaic.conftest import design_of

KEY = Qt.Key


@pytest.fixture
def in_inches():
    units.use(Unit.INCH)
    yield
    units.use(Unit.MM)


def value(hand, name):
    labels = hand.editor.findChildren(QLabel)
    return next(one.text() for one in labels if one.accessibleName() == name)


def recipe(hand):
    hand.editor.findChild(QTabWidget).setCurrentIndex(1)
    hand.editor.recipe.refresh()
    return hand.editor.findChild(QPlainTextEdit, "recipeText").toPlainText()


def plain_ring(family, **members):
    ring = {"ring_index": 0, "width_mm": 5.0, "pattern_type": family, **members}
    plain = {"inner_diameter_mm": 100.0, "outer_diameter_mm": 110.0, "ring_params": [ring]}
    return RosetteParamSpec.read(plain, "design")


@pytest.mark.parametrize(("symmetry", "dark"), [
    ("slip", (0, 4)), ("book", (0, -1)), ("inversion", (2, 4)), ("book_inversion", (2, -1)),
])
def test_the_neighbours_are_shown_as_the_symmetry_turns_them(hand, symmetry, dark):
    choice = next(
        one for one in hand.editor.findChildren(QComboBox) if one.accessibleName() == "Tiles"
    )
    choice.setCurrentIndex(choice.findData(symmetry))
    choice.activated.emit(choice.currentIndex())
    assert hand.ring.pattern.symmetry == symmetry
    beside = [(row, col) for row in range(3) for col in (-1, 4)]
    hand.click(1, 1)
    hand.document.undo_stack.undo()
    geometry = hand.view.geometry_of_tile
    image = hand.view.grab().toImage()
    shades = {
        at: image.pixelColor(
            (geometry.rect(Block(*at, *at)).center() * hand.view.devicePixelRatioF()).toPoint()
        ).lightness()
        for at in beside
    }
    assert min(shades, key=shades.get) == dark
    assert sorted(shades.values())[1] - shades[dark] > 40


@pytest.mark.parametrize(("times", "radius_mm"), [(1, 60.0), (8, 60.0), (8, 25.0)])
def test_the_ring_shows_each_cell_where_it_will_lie(hand, times, radius_mm):
    rows = ["#...", ".#..", "..##"]
    wide = ["".join(sign * times for sign in row) for row in rows for _ in range(times)]
    hand.document.replace(design_of(" ".join(wide), radius_mm=radius_mm), "Other", in_place=True)
    preview = hand.editor.findChild(RingPreview)
    tile = hand.editor.bench.tile
    layout = lay_out(tile.ring, tile.radii)
    view = preview._view(tile, layout)
    image = preview.grab().toImage()
    ratio = preview.devicePixelRatioF()
    size = (len(tile.grid), len(tile.grid[0]))
    for row in range(0, size[0], times):
        for col in range(0, size[1], times):
            for down, right in ((0.5, 0.5), (0.2, 0.2), (0.8, 0.8)):
                angle = ((col + times * right) / size[1] - 0.5) * layout.step_deg
                share = (row + times * down) / size[0]
                at_mm = tile.radii.outer_mm - share * tile.radii.width_mm
                place = QPointF(view.to_px(*polar(at_mm, angle)) * ratio).toPoint()
                found = image.pixelColor(place).lightness() < 90
                assert found == (tile.grid[row][col] == "gaboon_ebony"), (row, col)


def test_the_figures_follow_each_edit(hand):
    assert value(hand, "Tiles round the ring") == "131"  # 2 pi 50 / 2.4 = 130.9
    assert value(hand, "Cell across the ring") == "0.60 mm"
    hand.press(KEY.Key_Insert, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert value(hand, "Tiles round the ring") == "105"  # 2 pi 50 / 3 = 104.7
    assert value(hand, "Cells") == "15 in a tile, 1575 in the ring"
    # 2 pi 50 / 105 - 3 = -0.008
    assert value(hand, "Off at each tile") == "0.008 mm shorter, 0.841 mm in all"


def test_figures_and_recipe_are_written_in_the_unit_shown(hand, in_inches):
    hand.editor.use_making(Making(1.2))
    assert value(hand, "Cell across the ring") == '0.0236"'
    text = recipe(hand)
    assert 'Thickness 0.0236"' in text
    assert " mm" not in text


def test_the_recipe_follows_the_tile_and_is_copied_as_text(hand):
    assert "column 1" in recipe(hand)
    hand.editor.bench.move_to(Cell(0, 0))
    hand.press(KEY.Key_1, KEY.Key_Space)
    text = recipe(hand)
    assert "columns 1, 2, 3 and 4 are alike" in text
    hand.editor.findChild(QPushButton, "copyRecipe").click()
    assert QGuiApplication.clipboard().text() == text


def test_what_the_recipe_lacks_is_said_in_its_place(hand):
    hand.document.replace(design_of(slice_mm=None), "Other", in_place=True)
    assert "channel's depth" in recipe(hand)
    assert not hand.editor.findChild(QPushButton, "copyRecipe").isEnabled()
    hand.editor.use_making(Making(1.2))
    assert "Slice 1.60 mm thick" in recipe(hand)


@pytest.mark.parametrize("family", ["MOSAIC", "MEANDER", "CUSTOM"])
def test_painting_begins_with_the_figure_that_is_drawn_and_square_cells(hand, family):
    hand.document.replace(plain_ring(family), "Other")
    ring = hand.ring
    layout = lay_out(ring, ring_radii(hand.document.design)[0])
    figure = drawn_grid(layout)
    hand.click(0, 0)
    own = hand.ring.pattern
    assert (own.rows, own.cols) == (len(figure), len(figure[0]))
    assert sum(a != b for x, y in zip(own.grid, figure, strict=True)
               for a, b in zip(x, y, strict=True)) <= 1
    assert own.px_mm == pytest.approx(5.0 / own.rows, abs=1e-6)
    assert set(hand.ring.materials) >= {wood for row in own.grid for wood in row}
    RosetteParamSpec.read(hand.document.design.plain(), "design")


def test_a_given_tile_length_keeps_its_cells_when_columns_come_and_go(hand):
    plain = design_of(px_mm=None).plain()
    plain["ring_params"][0]["tile_length_mm"] = 2.4
    hand.document.replace(RosetteParamSpec.read(plain, "design"), "Other", in_place=True)
    hand.press(KEY.Key_Insert, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert hand.ring.tile_length_mm == 3.0
    hand.press(KEY.Key_Delete, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert hand.ring.tile_length_mm == 2.4


def test_new_rows_widen_the_ring_only_when_asked_and_not_a_locked_one(hand):
    hand.press(KEY.Key_Insert)
    assert hand.ring.width_mm == 1.8
    hand.editor.findChild(QCheckBox).setChecked(True)
    hand.press(KEY.Key_Insert)
    assert hand.ring.width_mm == 2.25  # four rows of 0.45 become five
    locked = hand.ring.model_copy(update={"locked": True})
    design = hand.document.design
    hand.document.replace(
        design.with_rings((locked, *design.ring_params[1:])), "Lock", in_place=True
    )
    hand.press(KEY.Key_Insert)
    assert "locked" in hand.said()
    assert len(hand.ring.pattern.grid) == 5


def test_too_many_cells_for_the_ring_are_refused_and_nothing_changes(hand):
    hand.document.replace(design_of(count=130), "Other", in_place=True)
    before = hand.document.design
    text = "\n".join("\t".join(["holly", "koa"] * 100) for _ in range(200))
    QGuiApplication.clipboard().setText(text)
    hand.press(KEY.Key_Insert, modifiers=Qt.KeyboardModifier.ControlModifier
               | Qt.KeyboardModifier.ShiftModifier)
    assert "pieces" in hand.said()
    assert hand.document.design is before


def test_another_ring_has_no_tile_and_can_become_a_mosaic(hand):
    hand.document.select(hand.document.design.ring_params[1].identity)
    assert not hand.view.isVisible()
    hand.editor.findChild(QPushButton, "makeMosaic").click()
    assert hand.view.isVisible()
    assert hand.document.design.ring_params[1].pattern_type == "MOSAIC"
    assert hand.editor.windowTitle() == "Tile of ring 1: mosaic"
    hand.click(0, 0)
    assert hand.document.design.ring_params[1].pattern.grid is not None


def test_a_picture_is_read_at_the_tile_s_size_in_the_palette_s_woods(hand, tmp_path):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#fff"))
    for x in range(10, 20):
        for y in range(20):
            image.setPixelColor(x, y, QColor("#000"))
    path = tmp_path / "tile.png"
    assert image.save(str(path))
    hand.editor.errands.read_picture(str(path))
    assert hand.tile() == ".#.. .#.. ...."
    assert hand.steps() == ["Tile from a picture, tile of ring 0"]
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    hand.editor.errands.read_picture(str(path))
    assert "not a PNG" in hand.said()


def test_cells_are_made_larger_and_the_cursor_is_kept_in_sight(hand):
    geometry = hand.view.geometry_of_tile
    hand.press(*[KEY.Key_Minus] * 12)
    assert hand.view.geometry_of_tile.cell.height() == 6.0
    hand.press(*[KEY.Key_Plus] * 12, KEY.Key_End, KEY.Key_PageDown)
    assert hand.view.geometry_of_tile.cell.height() == 64.0
    rect = hand.view.geometry_of_tile.rect(hand.editor.bench.block)
    assert hand.view.visibleRegion().contains(rect.center().toPoint())
    hand.press(KEY.Key_Asterisk)
    QApplication.processEvents()
    assert hand.view.geometry_of_tile == geometry


def test_no_key_of_the_tile_editor_is_one_of_the_window_s_and_none_stands_twice():
    own = [QKeySequence(keys) for one in (*WORKS, *ERRANDS) for keys in one.keys]
    assert len({one.toString() for one in own}) == len(own)
    window = {
        QKeySequence(keys).toString()
        for command in COMMANDS if command.scope == WINDOW
        for keys in command.sequences
    }
    assert {one.toString() for one in own} & window == set()
    bare = [one.toString() for one in own if len(one.toString()) == 1]
    assert not any(key.isalpha() for key in bare)


def test_everything_that_takes_the_focus_has_a_name(hand):
    names = [
        (one, one.accessibleName() or getattr(one, "text", str)())
        for one in hand.editor.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not one.objectName().startswith("qt_")
    ]
    assert [type(one) for one, name in names if not name] == []
    assert len(names) > 8


def test_an_own_tile_is_sawn_field_by_field_and_keeps_its_grid_as_a_mosaic(hand):
    design = design_of("##.. .... ....", family="CUSTOM", count=20)
    hand.document.replace(design, "Other", in_place=True)
    text = recipe(hand)
    assert "Gaboon ebony: 20 fields in the ring" in text
    assert "Holly: 20 fields in the ring" in text
    hand.editor.bench.attempt(
        lambda design, at: ring_edits.set_family(design, at, PatternFamily.MOSAIC)
    )
    assert hand.tile() == "##.. .... ...."
    assert "1. Veneers" in recipe(hand)


def test_a_hidden_tile_editor_leaves_the_design_alone_and_catches_up(hand):
    hand.editor.hide()
    hand.document.replace(design_of("..#. .... ...."), "Other", in_place=True)
    assert hand.editor.bench.tile.grid[0][0] == "gaboon_ebony"
    hand.editor.show()
    assert hand.editor.bench.tile.grid[0][2] == "gaboon_ebony"
