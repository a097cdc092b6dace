"""The window as a whole: edit, judge, record, open, save and leave."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QWidget,
)

from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.run_log.columns import VERDICT
from tests.ui.desk import Desk, OpenDesk, dialog, label, type_width, wait_until
from tests.ui.feasibility_panel.rows import find, told

NASTY = "<table><tr><td>" * 8 + "<img src='file:///etc/passwd'>"


def assumed(desk: Desk) -> str:
    """Return all that the panel says of assumed inputs."""
    tree = desk.find("checksView")
    assert isinstance(tree, QTreeView)
    return " ".join(told(tree.model(), find(tree, "Assumed inputs")))


def design_file(folder: Path, **changes: object) -> Path:
    with open_studio(folder / "data") as studio:
        plain = studio.presets.starters()[0].design.normalised() | changes
    path = folder / "design.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_a_starter_design_stands_judged_and_nothing_is_recorded(open_desk: OpenDesk) -> None:
    desk = open_desk("")
    assert desk.workbench.editor.design().ring_params
    assert "not recorded" in label(desk, "feasibilityState")
    assert desk.log.table.model().rowCount() == 0
    assert desk.window.isWindowModified() is False


def test_a_width_typed_into_the_table_changes_drawing_and_verdict_at_once(desk: Desk) -> None:
    before = desk.find("designCanvas").grab().toImage()
    verdict = desk.find("verdictBadge").accessibleName()
    type_width(desk, 1, "19.5")
    assert desk.workbench.editor.design().ring_params[1].width_mm == 19.5
    assert desk.find("designCanvas").grab().toImage() != before
    assert desk.find("verdictBadge").accessibleName() != verdict
    assert desk.window.isWindowModified()
    assert desk.log.table.model().rowCount() == 0
    desk.press("undo")
    assert desk.find("verdictBadge").accessibleName() == verdict
    assert desk.window.isWindowModified() is False


def test_f5_records_the_design_as_it_is_and_the_log_shows_the_row(desk: Desk) -> None:
    type_width(desk, 1, "19.5")
    desk.press("check_design")
    assert "Recorded as run_" in label(desk, "feasibilityState")
    model = desk.log.table.model()
    assert model.rowCount() == 1
    assert model.index(0, VERDICT).data() == "✗ Red"
    desk.settle()
    stored = desk.workbench.studio.runs.get(desk.log.table.model().id_at(0))  # type: ignore[attr-defined]
    assert stored.artifact.request["design"]["ring_params"][1]["width_mm"] == 19.5


def test_the_first_verdict_is_for_the_setup_in_use_and_names_it(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    with open_studio(tmp_path / "data") as studio:
        plain = studio.setups.current().plain() | {"name": "Thick bit"}
        plain["tool"] = plain["tool"] | {"diameter_mm": 6.35}
        studio.setups.use(studio.setups.import_file(json.dumps(plain).encode()).setup_id)
    desk = open_desk(str(design_file(tmp_path, fingerboard=None)))
    assert "Yellow" in desk.find("verdictBadge").accessibleName()
    assert "not recorded" in label(desk, "feasibilityState")
    assert "from the setup 'Thick bit'" in assumed(desk)
    assert desk.window.isWindowModified() is False


def test_markup_in_a_name_is_shown_as_text_everywhere(tmp_path: Path, open_desk: OpenDesk) -> None:
    desk = open_desk(str(design_file(tmp_path, name=NASTY)))
    desk.press("check_design")
    desk.log.table.go_to(0)
    desk.press("show_details")
    assert "<table><tr>" in desk.window.windowTitle()
    assert "<table><tr>" in str(desk.log.table.model().index(0, 2).data())
    assert_all_is_plain(desk.window)


def test_no_label_and_no_tool_tip_reads_markup_of_others(desk_with_runs: Desk) -> None:
    desk_with_runs.log.table.go_to(1)
    desk_with_runs.press("show_details")
    desk_with_runs.press("save_snapshot")
    assert_all_is_plain(desk_with_runs.window)
    dialog("saveSnapshotDialog").close()


def assert_all_is_plain(window: QWidget) -> None:
    labels = window.findChildren(QLabel)
    assert labels
    rich = [each for each in labels if each.textFormat() is not Qt.TextFormat.PlainText]
    assert [each for each in rich if each.text()] == []
    for widget in window.findChildren(QWidget):
        tip = widget.toolTip()
        inside = tip.removeprefix("<qt>").removesuffix("</qt>")
        assert "<" not in inside, tip


def test_a_snapshot_is_saved_under_the_name_that_is_typed(desk: Desk) -> None:
    type_width(desk, 1, "7.7")
    desk.press("save_snapshot")
    asked = dialog("saveSnapshotDialog")
    name = asked.findChild(QLineEdit, "snapshotName")
    assert name is not None
    name.clear()
    QTest.keyClicks(name, "Rose for Ana")
    QTest.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    assert desk.log.table.model().index(0, 1).data() == "Snapshot saved"
    assert desk.window.isWindowModified() is False
    assert "Recorded as run_" in label(desk, "feasibilityState")
    desk.press("check_design")
    desk.press("focus_snapshots")
    (name,) = [desk.workbench.library.browser.list.model().index(0, 0).data()]
    assert "Rose for Ana" in name


def test_a_changed_design_is_not_left_without_a_word(desk: Desk) -> None:
    type_width(desk, 1, "7.7")
    desk.window.close()
    asked = dialog("leaveDialog")
    assert desk.window.isVisible()
    stay = [each for each in asked.findChildren(QPushButton) if each.text() == "Stay"]
    QTest.mouseClick(stay[0], Qt.MouseButton.LeftButton)
    desk.press("check_design")
    desk.window.close()
    assert not desk.window.isVisible()


def test_leaving_without_saving_is_a_choice(desk: Desk) -> None:
    type_width(desk, 1, "7.7")
    desk.window.close()
    asked = dialog("leaveDialog")
    leave = [each for each in asked.findChildren(QPushButton) if "Leave" in each.text()]
    QTest.mouseClick(leave[0], Qt.MouseButton.LeftButton)
    wait_until(lambda: not desk.window.isVisible())
