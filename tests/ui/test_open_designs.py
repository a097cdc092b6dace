"""Several designs open: tabs, marks, what belongs to which design, and closing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget

from luthier_desktop import paths
from luthier_desktop.ui.design_editor.open_design import OpenDesign
from luthier_desktop.ui.workbench.design_tabs import DesignTabs
from tests.ui.desk import (
    Desk,
    OpenDesk,
    begin_anew,
    dialog,
    label,
    press,
    type_width,
    wait_until,
)

OTHER = str(paths.resource("presets/minimal_ring.json"))
THIRD = str(paths.resource("presets/ukulele_rope.json"))


@pytest.fixture
def desk(keyboard: Desk) -> Desk:
    """One window for the whole file, with one design at the beginning of each test."""
    begin_anew(keyboard)
    keyboard.focus("ringTable")
    return keyboard


def runs(desk: Desk) -> int:
    return desk.log.table.model().rowCount()


def tabs(desk: Desk) -> DesignTabs:
    found = desk.find("designTabs")
    assert isinstance(found, DesignTabs)
    return found


def titles(desk: Desk) -> list[str]:
    """Return what the tabs say, without what isolates a name."""
    texts = [tabs(desk).tabText(at) for at in range(tabs(desk).count())]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]


def open_too(desk: Desk, path: str = OTHER) -> OpenDesign:
    desk.workbench.files.open_file(path)
    desk.settle()
    return desk.workbench.designs.current


def answer(name: str, word: str) -> None:
    """Click the button of a question that begins with *word*."""
    box = dialog(name)
    (button,) = [each for each in box.findChildren(QPushButton) if each.text().startswith(word)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(name: str) -> str:
    box = dialog(name)
    assert isinstance(box, QMessageBox)
    return box.text().replace("\u2068", "").replace("\u2069", "")


def save_as(desk: Desk, name: str) -> None:
    field = dialog("saveSnapshotDialog").findChild(QLineEdit, "snapshotName")
    assert field is not None
    field.setText(name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()


def test_an_opened_design_has_a_tab_of_its_own_and_one_alone_needs_none(desk: Desk) -> None:
    first = desk.workbench.designs.current
    assert tabs(desk).isHidden()
    second = open_too(desk)
    assert tabs(desk).isVisible()
    assert desk.workbench.designs.all() == [first, second]
    assert desk.workbench.editor.design() is second.shown
    assert desk.window.windowTitle().startswith("\u2068Parlor guitar")


def test_an_untouched_starter_makes_room_for_what_is_opened(open_desk: OpenDesk) -> None:
    desk = open_desk("")
    open_too(desk)
    assert len(desk.workbench.designs.all()) == 1
    assert desk.workbench.editor.design().name == "Parlor guitar, plain walnut ring"


def test_what_is_open_already_is_shown_and_not_opened_twice(desk: Desk) -> None:
    second = open_too(desk)
    type_width(desk, 0, "4.5")
    desk.press("previous_design")
    assert open_too(desk) is second
    assert len(desk.workbench.designs.all()) == 2
    assert second.changes() == 1


def test_each_design_keeps_its_history_ring_and_zoom(desk: Desk) -> None:
    editor, canvas = desk.workbench.editor, desk.find("designCanvas")
    type_width(desk, 1, "3.75")
    editor.fit_selection()
    before, view = editor.design(), canvas.view  # type: ignore[attr-defined]
    open_too(desk)
    assert editor.document.selected_position == 0
    assert not desk.window.commands["undo"].isEnabled()
    desk.press("next_design")
    assert editor.design() is before
    assert editor.document.selected_position == 1
    assert canvas.view == view  # type: ignore[attr-defined]
    desk.press("undo")
    assert editor.design().ring_params[1].width_mm != 3.75


def test_the_verdict_is_of_the_design_that_is_shown(desk: Desk) -> None:
    green = desk.find("verdictBadge").accessibleName()
    open_too(desk, THIRD)
    type_width(desk, 0, "19.5")
    changed = desk.find("verdictBadge").accessibleName()
    assert changed != green
    desk.press("previous_design")
    assert desk.find("verdictBadge").accessibleName() == green
    desk.press("next_design")
    assert desk.find("verdictBadge").accessibleName() == changed


def test_a_changed_design_bears_a_mark_and_its_number_of_changes(desk: Desk) -> None:
    open_too(desk)
    assert not any("●" in title for title in titles(desk))
    type_width(desk, 0, "4.5")
    type_width(desk, 0, "4.6")
    assert titles(desk)[1] == "● Parlor guitar, plain walnut ring"
    assert "2 changes neither recorded nor saved" in tabs(desk).tabToolTip(1)
    assert tabs(desk).accessibleTabName(1).endswith("2 changes neither recorded nor saved")
    assert desk.window.isWindowModified()
    desk.press("previous_design")
    assert not desk.window.isWindowModified()
    assert titles(desk)[1].startswith("●")


def test_two_designs_of_one_name_can_be_told_apart(desk: Desk) -> None:
    open_too(desk)
    starter = desk.workbench.studio.presets.starters()[4].design
    for _ in range(2):
        desk.workbench.designs.add(OpenDesign(starter, "", desk.workbench.designs))
    name = "Parlor guitar, plain walnut ring"
    assert titles(desk)[1:] == [name, f"{name} (2)", f"{name} (3)"]


def test_a_check_that_ends_late_belongs_to_the_design_it_was_begun_for(desk: Desk) -> None:
    first, before = desk.workbench.designs.current, runs(desk)
    type_width(desk, 1, "3.75")
    desk.window.commands["check_design"].trigger()  # the answer has not come when
    second = OpenDesign(desk.workbench.studio.presets.first(), "", desk.workbench.designs)
    desk.workbench.designs.add(second)  # another design is shown
    state = label(desk, "feasibilityState")
    desk.settle()
    assert first.is_kept()
    assert runs(desk) == before + 1
    assert label(desk, "feasibilityState") == state
    assert "not recorded" in state


def test_a_save_that_ends_late_belongs_to_the_design_it_was_begun_for(desk: Desk) -> None:
    first = desk.workbench.designs.current
    type_width(desk, 1, "3.75")
    desk.workbench.files.save_under(desk.workbench.designs.current, "Rose")
    second = OpenDesign(desk.workbench.studio.presets.first(), "", desk.workbench.designs)
    desk.workbench.designs.add(second)
    desk.workbench.editor.set_design(first.base, "Another")
    desk.settle()
    assert (first.is_kept(), second.is_kept()) == (True, False)


def test_what_is_being_typed_goes_to_its_own_design(desk: Desk) -> None:
    second = open_too(desk)
    desk.press("previous_design")
    first = desk.workbench.designs.current
    desk.workbench.editor.focus_field("width_mm", 1)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, "3.75")
    press("Ctrl+Tab")
    desk.settle()
    assert desk.workbench.designs.current is second
    assert second.changes() == 0
    assert first.shown.ring_params[1].width_mm == 3.75


def test_a_tab_is_closed_by_its_cross_and_by_the_middle_button(desk: Desk) -> None:
    first = desk.workbench.designs.current
    open_too(desk)
    open_too(desk, THIRD)
    cross = tabs(desk).tabButton(1, DesignTabs.ButtonPosition.RightSide)
    assert isinstance(cross, QWidget)
    assert cross.accessibleName().startswith("Close ")
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert [design.title() for design in desk.workbench.designs.all()] == [
        first.title(), "Tenor ukulele, rope ring"
    ]
    place: QPoint = tabs(desk).tabRect(1).center()
    QTest.mouseClick(tabs(desk), Qt.MouseButton.MiddleButton, pos=place)
    assert desk.workbench.designs.all() == [first]


def test_tabs_can_be_put_in_another_order(desk: Desk) -> None:
    first = desk.workbench.designs.current
    second, third = open_too(desk), open_too(desk, THIRD)
    tabs(desk).moveTab(2, 0)
    assert desk.workbench.designs.all() == [third, first, second]
    assert desk.workbench.designs.current is third
    desk.press("next_design")
    assert desk.workbench.designs.current is first


def test_closing_a_changed_design_asks_with_the_number_of_changes(desk: Desk) -> None:
    open_too(desk)
    before = runs(desk)
    type_width(desk, 0, "4.5")
    type_width(desk, 0, "4.6")
    desk.press("close_design")
    assert said("closeDesignDialog") == (
        "Parlor guitar, plain walnut ring: 2 changes are neither recorded nor saved."
    )
    answer("closeDesignDialog", "Stay")
    assert len(desk.workbench.designs.all()) == 2
    desk.press("close_design")
    answer("closeDesignDialog", "Discard")
    assert len(desk.workbench.designs.all()) == 1
    assert runs(desk) == before


def test_a_closed_design_comes_back_with_its_history(desk: Desk) -> None:
    second = open_too(desk)
    type_width(desk, 0, "4.5")
    desk.press("close_design")
    answer("closeDesignDialog", "Discard")
    desk.press("reopen_design")
    assert desk.workbench.designs.current is second
    assert second.changes() == 1
    desk.press("undo")
    assert second.changes() == 0


def test_a_design_is_saved_and_then_closed(desk: Desk) -> None:
    second = open_too(desk)
    type_width(desk, 0, "4.5")
    desk.press("close_design")
    answer("closeDesignDialog", "Save")
    save_as(desk, "Rose for Ana")
    wait_until(lambda: second not in desk.workbench.designs.all())
    desk.settle()
    wait_until(lambda: desk.log.table.model().index(0, 1).data() == "Snapshot saved")


def test_a_design_stays_open_when_no_name_is_given(desk: Desk) -> None:
    second = open_too(desk)
    type_width(desk, 0, "4.5")
    desk.press("close_design")
    answer("closeDesignDialog", "Save")
    dialog("saveSnapshotDialog").close()
    desk.press("check_design")
    assert second in desk.workbench.designs.all()


def test_closing_the_only_design_leaves_a_starter(desk: Desk) -> None:
    desk.press("close_design")
    (left,) = desk.workbench.designs.all()
    assert left.is_untouched()
    assert desk.workbench.editor.open_design is left
    desk.press("close_design")
    assert desk.workbench.designs.all() == [left]


def test_leaving_asks_once_and_names_every_design_with_its_changes(desk: Desk) -> None:
    type_width(desk, 1, "3.75")
    open_too(desk)
    open_too(desk, THIRD)
    type_width(desk, 0, "4.5")
    type_width(desk, 0, "4.6")
    desk.window.close()
    told = said("leaveDialog")
    assert told.startswith("2 designs have changes")
    assert "Dreadnought, three rings of 5, 9 and 5 lines: 1 change\n" in told
    assert told.endswith("Tenor ukulele, rope ring: 2 changes")
    answer("leaveDialog", "Stay")
    assert desk.window.isVisible()


def test_all_are_saved_before_the_window_closes(open_desk: OpenDesk) -> None:
    desk = open_desk()
    type_width(desk, 1, "3.75")
    open_too(desk)
    type_width(desk, 0, "4.5")
    desk.window.close()
    answer("leaveDialog", "Save all 2")
    wait_until(lambda: not desk.window.isVisible())
    assert open_desk().log.table.model().rowCount() == 2


def test_a_run_is_opened_beside_the_design_on_the_bench(desk: Desk) -> None:
    type_width(desk, 1, "3.75")
    desk.press("check_design")
    recorded = desk.workbench.editor.design()
    type_width(desk, 1, "3.85")
    desk.workbench.files.open_recorded(recorded.normalised())
    assert len(desk.workbench.designs.all()) == 2
    assert desk.workbench.editor.design().ring_params[1].width_mm == 3.75
    desk.workbench.files.open_recorded(recorded.normalised())
    assert len(desk.workbench.designs.all()) == 2
