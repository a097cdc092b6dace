"""The tile editor beside the real window: opened by key, judged live, undone from either."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QTabWidget

from luthier_desktop.domain.patterns.grid_edits import Block
from tests.ui.design_editor.mosaic.conftest import design_of
from tests.ui.desk import Desk, OpenDesk, make_active

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(desk: Desk) -> QDialog:
    """Lay a mosaic on the bench and press Ctrl+G."""
    desk.workbench.editor.set_design(design_of("#... .... ....", slice_mm=None))
    desk.focus("designCanvas")
    QTest.keyClick(desk.find("designCanvas"), Qt.Key.Key_G, CTRL)
    dialog = desk.window.findChild(QDialog, "tileEditor")
    assert isinstance(dialog, QDialog)
    make_active(dialog)
    return dialog


def test_a_stroke_beside_the_window_is_judged_shown_and_undone(open_desk: OpenDesk) -> None:
    desk = open_desk()
    dialog = opened(desk)
    view, before = dialog.view, desk.workbench.editor.design()
    rect = view.geometry_of_tile.rect(Block(2, 3, 2, 3))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    own = desk.workbench.editor.design().ring_params[0].pattern
    assert own.grid[2][3] == "gaboon_ebony"
    assert "Paint, tile of ring 0" in desk.window.commands["undo"].text()
    QTest.keyClick(view, Qt.Key.Key_Z, CTRL)
    assert desk.workbench.editor.design() == before
    dialog.close()


def test_the_recipe_is_cut_as_deep_as_the_shop_cuts(open_desk: OpenDesk) -> None:
    desk = open_desk()
    dialog = opened(desk)
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    text = dialog.findChild(QPlainTextEdit, "recipeText").toPlainText()
    assert "Slice " in text
    dialog.close()
