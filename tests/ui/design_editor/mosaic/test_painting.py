"""A tile is painted by mouse and by keys alone, each stroke one step of the history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from luthier_desktop.domain.patterns.grid_edits import Echo
from tests.ui.design_editor.mosaic.conftest import design_of

KEY = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
RIGHT = Qt.MouseButton.RightButton


def test_a_drag_paints_a_line_without_gaps_as_one_step(hand):
    before = hand.document.design.normalised()
    hand.drag((0, 0), (2, 2))
    assert hand.tile() == "#... .#.. ..#."
    assert hand.steps() == ["Paint, tile of ring 0"]
    hand.document.undo_stack.undo()
    assert hand.document.design.normalised() == before
    hand.document.undo_stack.redo()
    assert hand.tile() == "#... .#.. ..#."


def test_nothing_is_stored_before_the_button_is_let_go_and_esc_gives_the_stroke_up(hand):
    hand.drag((1, 0), (1, 3), let_go=False)
    assert hand.tile() == "#... .... ...."
    hand.press(KEY.Key_Escape)
    QTest.mouseRelease(hand.view, Qt.MouseButton.LeftButton, pos=hand.place(1, 3))
    assert hand.steps() == []
    assert hand.editor.isVisible()


def test_a_stroke_that_changes_nothing_is_no_step(hand):
    hand.click(0, 0)
    assert hand.steps() == []


def test_an_undo_in_the_middle_of_a_stroke_drops_the_stroke(hand):
    hand.click(2, 3)
    hand.drag((1, 0), (1, 2), let_go=False)
    hand.document.undo_stack.undo()
    QTest.mouseRelease(hand.view, Qt.MouseButton.LeftButton, pos=hand.place(1, 2))
    assert hand.tile() == "#... .... ...."


def test_leaving_the_tile_in_a_stroke_does_no_harm(hand):
    hand.drag((1, 2), (1, 6), (-2, 3))
    assert hand.tile() == "#... ..## ...."


def test_the_right_button_takes_up_a_wood_and_control_fills(hand):
    hand.click(0, 1, button=RIGHT)
    assert hand.editor.bench.wood == "holly"
    hand.click(0, 0)
    hand.click(0, 0, button=RIGHT)
    QTest.keyClick(hand.view, KEY.Key_2)
    hand.click(1, 1, keys=CTRL)
    assert hand.tile() == "#### #### ####"
    assert hand.steps() == ["Paint, tile of ring 0", "Fill, tile of ring 0"]


def test_a_block_is_dragged_with_shift_and_painted_with_space(hand):
    hand.drag((1, 1), (2, 2), keys=SHIFT)
    assert hand.steps() == []
    hand.press(KEY.Key_Space)
    assert hand.tile() == "#... .##. .##."


def test_the_keys_alone_move_mark_choose_and_paint(hand):
    hand.press(KEY.Key_Down, KEY.Key_Right, KEY.Key_Space)
    assert hand.tile() == "#... .#.. ...."
    hand.press(KEY.Key_Right, KEY.Key_Down, modifiers=SHIFT)
    hand.press(KEY.Key_Return)
    assert hand.tile() == "#... .##. .##."
    hand.press(KEY.Key_1, KEY.Key_End, KEY.Key_Space)
    assert hand.tile() == "#... .##. .##."
    hand.press(KEY.Key_Home, KEY.Key_PageUp, KEY.Key_Space)
    assert hand.tile() == ".... .##. .##."
    hand.press(KEY.Key_Down, KEY.Key_Right, KEY.Key_0, KEY.Key_Home, KEY.Key_Space)
    assert hand.tile() == ".... ###. .##."
    assert hand.editor.bench.wood == "gaboon_ebony"


def test_the_cursor_stays_inside_and_says_where_it_is(hand):
    hand.press(*[KEY.Key_Right] * 9, *[KEY.Key_Up] * 3)
    assert hand.view.accessibleDescription() == (
        "Row 1 of 3 from the outside, column 4 of 4: Holly. Painting with Gaboon ebony."
    )


def test_the_brush_echoes_each_stroke(hand):
    hand.editor.bench.use_echo(Echo.BOTH)
    hand.click(2, 1)
    assert hand.tile() == "###. .... .##."
    hand.editor.bench.use_echo(Echo.TURN)
    hand.click(1, 0)
    assert hand.tile() == "###. #..# .##."


@pytest.mark.parametrize(("key", "modifiers", "tile", "step"), [
    (KEY.Key_Left, CTRL, "...# .... ....", "Shift left"),
    (KEY.Key_Right, CTRL, ".#.. .... ....", "Shift right"),
    (KEY.Key_Up, CTRL, ".... .... #...", "Shift outward"),
    (KEY.Key_Down, CTRL, ".... #... ....", "Shift inward"),
    (KEY.Key_M, CTRL, "...# .... ....", "Mirror sideways"),
    (KEY.Key_U, CTRL, ".... .... #...", "Turn upside down"),
    (KEY.Key_R, CTRL, ".... .... ...#", "Half a turn"),
    (KEY.Key_D, CTRL, "#..# .... ....", "Make it symmetric"),
    (KEY.Key_Insert, Qt.KeyboardModifier.NoModifier, "#... #... .... ....", "Insert a row"),
    (KEY.Key_Delete, Qt.KeyboardModifier.NoModifier, ".... ....", "Take the row out"),
    (KEY.Key_Insert, SHIFT, "##... ..... .....", "Insert a column"),
    (KEY.Key_Delete, SHIFT, "... ... ...", "Take the column out"),
    (KEY.Key_Backspace, CTRL, "#### #### ####", "Clear the tile"),
])
def test_each_work_has_its_keys_and_its_name(hand, key, modifiers, tile, step):
    before = hand.document.design.normalised()
    hand.press(key, modifiers=modifiers)
    assert hand.tile() == tile
    assert hand.steps() == [f"{step}, tile of ring 0"]
    hand.document.undo_stack.undo()
    assert hand.document.design.normalised() == before


def test_filling_and_replacing_by_keys_work_on_the_cursor_s_wood(hand):
    hand.press(KEY.Key_Right)
    hand.press(KEY.Key_Return, modifiers=CTRL)
    assert hand.tile() == "#### #### ####"
    hand.document.undo_stack.undo()
    hand.click(2, 3)
    hand.press(KEY.Key_1)
    hand.press(KEY.Key_Return, modifiers=CTRL | SHIFT)
    assert hand.tile() == ".... .... ...."


def test_a_hundred_strokes_and_works_undone_and_redone_give_the_same_bytes(hand):
    before = hand.document.design.normalised()
    keys = (KEY.Key_Space, KEY.Key_Right, KEY.Key_Insert, KEY.Key_1, KEY.Key_Down, KEY.Key_Space,
            KEY.Key_2, KEY.Key_Delete)
    for at in range(100):
        hand.press(keys[at % len(keys)])
        if at % 5 == 0:
            hand.press(KEY.Key_Left, modifiers=CTRL)
    after, history = hand.document.design.normalised(), hand.document.undo_stack
    assert history.count() > 30
    history.setIndex(0)
    assert hand.document.design.normalised() == before
    history.setIndex(history.count())
    assert hand.document.design.normalised() == after


def test_the_palette_follows_digits_and_takes_a_wood_by_its_name(qtbot, hand):
    search = hand.editor.findChild(object, "tileWoodSearch")

    def add(words):
        search.setFocus()
        qtbot.keyClicks(search, words)
        popup = search.completer().popup()
        qtbot.keyClick(popup if popup.isVisible() else search, KEY.Key_Return)

    add("koa")
    assert hand.editor.bench.palette == ("holly", "gaboon_ebony", "koa")
    hand.click(2, 3)
    assert hand.tile() == "#... .... ...o"
    assert hand.ring.materials == ("holly", "gaboon_ebony", "koa")
    add("gold")
    assert "no material is called 'gold'" in hand.said()
    listed = hand.editor.findChild(object, "tilePalette")
    assert [listed.item(at).text() for at in range(listed.count())] == [
        "1  Holly · 10", "2  Gaboon ebony · 1", "3  Koa · 1"
    ]
    listed.setCurrentRow(1)
    assert hand.editor.bench.wood == "gaboon_ebony"


def test_a_tile_is_copied_and_pasted_between_places_and_rings(hand):
    hand.press(KEY.Key_C, modifiers=CTRL)
    hand.press(KEY.Key_Down, KEY.Key_Right)
    hand.press(KEY.Key_V, modifiers=CTRL)
    assert hand.tile() == "#... .#.. ...."
    hand.drag((0, 0), (1, 1), keys=SHIFT)
    hand.press(KEY.Key_C, modifiers=CTRL)
    hand.press(KEY.Key_Insert, modifiers=CTRL | SHIFT)
    assert hand.tile() == "#. .#"
    assert (hand.ring.pattern.rows, hand.ring.pattern.cols) == (2, 2)


def test_what_is_no_tile_on_the_clipboard_is_refused_in_words(hand):
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText("a shopping list")
    hand.press(KEY.Key_V, modifiers=CTRL)
    assert "no material" in hand.said()
    assert hand.steps() == []


def test_the_last_row_stays_and_the_reason_is_told(hand):
    hand.press(KEY.Key_Delete, KEY.Key_Delete, KEY.Key_Delete)
    assert hand.tile() == "...."
    assert "only row" in hand.said()
    hand.click(0, 0)
    assert "only row" not in hand.said()


def test_another_radius_keeps_the_tile_and_the_editor_follows(hand):
    tile = hand.tile()
    hand.document.replace(design_of(radius_mm=60.0), "Wider", in_place=True)
    assert hand.tile() == tile
    figures = hand.editor.findChildren(object)
    texts = [one.text() for one in figures if getattr(one, "accessibleName", str)() ==
             "Tiles round the ring"]
    assert texts == ["157"]  # 2 pi 60 / 2.4 = 157.08
