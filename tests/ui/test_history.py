"""The history pane in the real window: looked through, gone to, branched from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QTableView

from tests.ui.desk import Desk, begin_anew, press, type_width, wait_until


@pytest.fixture
def busy_desk(keyboard: Desk) -> Desk:
    """A window over three steps: ring 0 made 2, 3 and 4 mm wide."""
    desk = keyboard
    for pane in desk.window.findChildren(QDockWidget, "historyDock"):
        pane.hide()
    begin_anew(desk)
    for width_mm in ("2", "3", "4"):
        type_width(desk, 0, width_mm)
    return desk


def rows(desk: Desk) -> list[str]:
    view = desk.find("historyList")
    assert isinstance(view, QTableView)
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def marks(desk: Desk) -> list[list[str]]:
    """Return what each row says besides its place and its name."""
    return [row.split(" · ")[2:] for row in rows(desk)]


def ghost(desk: Desk) -> object:
    return desk.workbench.editor.canvas._ghost


def has_focus(desk: Desk, name: str) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus.objectName() == name)


def width_mm(desk: Desk) -> float:
    return desk.workbench.editor.design().ring_params[0].width_mm


def test_the_key_shows_the_history_looks_through_it_and_puts_it_away(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.focus("ringTable")
    press("Ctrl+Shift+H")
    assert has_focus(desk, "historyList")
    assert marks(desk) == [[], [], [], ["now"]]
    press("Up")
    assert desk.workbench.editor.open_design.step(2).design is ghost(desk)
    assert width_mm(desk) == 4.0
    press("Escape")
    assert ghost(desk) is None
    press("Escape")
    assert not desk.find("historyPane").isVisible()
    assert has_focus(desk, "ringTable")
    press("Ctrl+Shift+H")
    press("Ctrl+Shift+H")
    assert not desk.find("historyPane").isVisible()


def test_what_is_looked_at_is_drawn_only_while_the_focus_is_there(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.press("show_history")
    press("Home")
    assert ghost(desk) is desk.workbench.editor.open_design.base
    desk.focus("ringTable")
    assert ghost(desk) is None
    desk.focus("historySlider")
    assert ghost(desk) is desk.workbench.editor.open_design.base
    desk.press("undo")
    assert ghost(desk) is None
    assert width_mm(desk) == 3.0


def test_enter_goes_there_and_the_menu_names_the_steps(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.press("show_history")
    press("Up")
    press("Return")
    desk.settle()
    assert width_mm(desk) == 3.0
    assert marks(desk) == [[], [], ["now"], ["undone"]]
    commands = desk.window.commands
    assert commands["undo"].text().startswith("&Undo \u2068Width of ring 0: 2.0 to 3.0 mm")
    assert commands["redo"].text().startswith("&Redo \u2068Width of ring 0: 3.0 to 4.0 mm")


def test_undo_survives_recording_and_saving(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.press("undo")
    desk.press("check_design")
    assert desk.workbench.editor.open_design.is_kept()
    desk.press("redo")
    desk.press("check_design")
    desk.press("show_history")
    assert marks(desk) == [[], [], ["recorded"], ["now", "recorded"]]
    for _ in range(3):
        desk.press("undo")
    assert marks(desk) == [["now"], ["undone"], ["undone", "recorded"], ["undone", "recorded"]]
    assert not desk.workbench.editor.open_design.is_kept()
    for _ in range(3):
        desk.press("redo")
    assert width_mm(desk) == 4.0
    assert desk.workbench.editor.open_design.is_kept()


def test_a_branch_has_the_step_and_an_identity_of_its_own_and_leaves_its_parent(
    busy_desk: Desk,
) -> None:
    desk = busy_desk
    parent = desk.workbench.editor.open_design
    before = parent.history()
    desk.press("show_history")
    press("Up")
    press("Up")
    press("Ctrl+B")
    desk.settle()
    branch = desk.workbench.editor.open_design
    assert branch is not parent
    assert width_mm(desk) == 2.0
    assert branch.base.design_id not in (None, parent.base.design_id)
    same = {"design_id": parent.base.design_id, "name": parent.base.name}
    assert branch.base.model_copy(update=same) == parent.step(1).design
    assert branch.title() == f"{parent.title()}, branch"
    assert branch.origin == f"step 1 of {parent.title()}"
    assert not branch.is_kept()
    assert parent.history() == before
    assert rows(desk)[0].startswith("The beginning · From \u2068step 1 of ")
    desk.press("branch_design")
    assert desk.workbench.editor.open_design.title() == f"{parent.title()}, branch 2"
    desk.workbench.designs.show(parent)
    desk.press("undo")
    assert width_mm(desk) == 3.0
    assert branch.committed.ring_params[0].width_mm == 2.0


def test_a_branch_keeps_the_selected_ring(busy_desk: Desk) -> None:
    desk = busy_desk
    ring = desk.workbench.editor.design().ring_params[2]
    desk.workbench.editor.document.select(ring.identity)
    desk.press("branch_design")
    assert desk.workbench.designs.current.selected == ring.identity
    assert desk.workbench.editor.document.selected_position == 2


def test_the_line_over_a_preview_breaks_neither_step_nor_verdict(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.press("show_history")
    press("Up")
    desk.settle()
    note = desk.workbench.editor.canvas._ghost_note
    assert note.startswith("Step\u00a02\u00a0of\u00a03, ")
    assert " " not in note.partition(" · ")[2]
    assert " mm" not in note


def test_without_the_pane_the_present_step_is_branched_from_and_the_pane_follows_the_tab(
    busy_desk: Desk,
) -> None:
    desk = busy_desk
    desk.press("branch_design")
    assert desk.workbench.editor.open_design.origin.startswith("step 3 of ")
    assert len(desk.workbench.designs.all()) == 2
    desk.press("show_history")
    assert len(rows(desk)) == 1
    desk.press("previous_design")
    assert len(rows(desk)) == 4


def test_every_row_in_sight_gets_its_picture(busy_desk: Desk) -> None:
    desk = busy_desk
    desk.press("show_history")
    pane = desk.find("historyPane")
    wait_until(lambda: len(pane.looks) >= 3)  # type: ignore[attr-defined]  # only this pane has it
    name = desk.find("historySlider").accessibleDescription()
    assert name.startswith("Step 3 of 3, ")
    assert Qt.FocusPolicy.StrongFocus is desk.find("historySlider").focusPolicy()
