"""The window as a whole: edit, judge, record, find again; and what goes wrong on the way."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTreeView,
    QTreeWidget,
    QWidget,
)

from luthier_desktop import app
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.ui import style
from luthier_desktop.ui.run_log.columns import VERDICT
from luthier_desktop.ui.widgets.report import Report
from tests.storage.faulty import Always
from tests.ui.desk import Desk, OpenDesk, dialog, record_runs, wait_until

LONG_AGO = 1_600_000_000
NASTY = "<table><tr><td>" * 8 + "<img src='file:///etc/passwd'>"


def label(desk: Desk, name: str) -> str:
    found = desk.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def told(tree: QWidget) -> list[str]:
    """Return the text of every row of the first level."""
    assert isinstance(tree, QTreeView)
    model = tree.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def assumed(desk: Desk) -> str:
    """Return all that the panel says of assumed inputs."""
    tree = desk.find("checksView")
    assert isinstance(tree, QTreeView)
    model = tree.model()
    titles = [title.startswith("Assumed inputs") for title in told(tree)]
    section = model.index(titles.index(True), 0)
    rows = (model.index(row, 0, section) for row in range(model.rowCount(section)))
    return " ".join(str(index.data()) for index in rows)


def type_width(desk: Desk, ring: int, text: str) -> None:
    """Type a width into the ring table as a user does."""
    desk.workbench.editor.focus_field("width_mm", ring)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()


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


def test_a_long_sentence_is_shown_whole_whatever_the_window_is_like(desk: Desk) -> None:
    sentence = "The disk is full, and nothing more can be recorded on it. " * 6
    for width in (1366, 720):
        desk.window.resize(width, 560)
        desk.window.messages.say(sentence)
        desk.window.messages.warn(sentence)
        desk.settle()
        toast, banner = desk.find("toast"), desk.find("bannerText")
        assert desk.window.rect().contains(toast.geometry())
        assert toast.height() >= toast.heightForWidth(toast.width())
        assert banner.height() >= banner.heightForWidth(banner.width())
        assert desk.find("banner").height() < banner.heightForWidth(banner.width()) + 24


def test_the_key_sheet_shows_each_command_whole(desk: Desk) -> None:
    desk.press("key_sheet")
    sheet = dialog("keySheet")
    commands = sheet.findChild(QTreeWidget, "keySheetList")
    assert commands is not None
    for column in (0, 1):
        assert commands.columnWidth(column) >= commands.sizeHintForColumn(column) > 60
        texts = [commands.topLevelItem(row) for row in range(commands.topLevelItemCount())]
        widest = max(
            commands.fontMetrics().horizontalAdvance(item.text(column)) for item in texts if item
        )
        assert commands.columnWidth(column) >= widest
    sheet.close()


def test_a_new_run_arrives_without_moving_the_selection(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(2)
    chosen = desk.log.table.run_id()
    desk.press("check_design")
    desk.press("check_design")
    assert desk.log.table.run_id() == chosen
    assert desk.log.table.currentIndex().row() == 4
    badge = desk.find("newRuns")
    assert isinstance(badge, QPushButton)
    assert (badge.isVisible(), badge.text()) == (True, "2 new")
    QTest.mouseClick(badge, Qt.MouseButton.LeftButton)
    assert desk.log.table.currentIndex().row() == 0
    assert not badge.isVisible()


def test_details_tell_first_why_by_the_checks_as_they_were_recorded(
    desk_with_runs: Desk,
) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(1)
    desk.press("show_details")
    assert label(desk, "runVerdict").startswith("✗ Red")
    tabs = desk.find("runTabs")
    assert isinstance(tabs, QTabWidget)
    assert [tabs.tabText(at) for at in range(tabs.count())] == [
        "Why", "Summary", "Record", "Text",
    ]
    checks = desk.find("runChecks")
    assert checks.isVisible()
    assert told(checks)[0].startswith("Decides the verdict: Top left under the channel, red")
    assert not desk.find("runWhyNote").isVisible()
    desk.press("step_next_run")
    assert label(desk, "runVerdict").startswith("✓ Green")
    assert not any("Decides" in line for line in told(checks))


def test_the_other_details_are_the_decision_the_hashes_and_the_whole_record(
    desk_with_runs: Desk,
) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(1)
    desk.press("show_details")
    assert [name.strip("\u2068\u2069") for name in told(desk.find("runSummary"))] == [
        "Summary", "Decision", "Hashes",
    ]
    names = [name.strip("\u2068\u2069") for name in told(desk.find("runRecord"))]
    assert {"run_id", "request", "feasibility", "parent_run_ids"} <= set(names)


def test_a_run_that_judged_nothing_says_so_instead_of_showing_checks(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    with open_studio(tmp_path / "data") as studio:
        plain = studio.setups.current().plain() | {"name": "Bench two"}
        kept = studio.setups.import_file(json.dumps(plain).encode())
        studio.setups.use(kept.setup_id)
    desk = open_desk()
    desk.log.table.go_to(0)
    desk.press("show_details")
    assert label(desk, "runWhyNote") == "No design was judged in this run."
    assert not desk.find("runChecks").isVisible()


def test_escape_leaves_the_reasons_and_then_the_filter_one_a_press(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.log.filter.show_only(event=("feasibility.checked",))
    desk.settle()
    desk.log.table.go_to(1)
    QTest.keyClick(desk.focus("runLogTable"), Qt.Key.Key_Return)
    desk.settle()
    checks = desk.focus("runChecks")
    QTest.keyClick(checks, Qt.Key.Key_Escape)
    assert not desk.find("runDetails").isVisible()
    assert desk.find("runLogTable").hasFocus()
    assert desk.log.filter.is_active()
    QTest.keyClick(desk.find("runLogTable"), Qt.Key.Key_Escape)
    assert not desk.log.filter.is_active()
    QTest.keyClicks(desk.find("runLogTable"), "o")
    desk.settle()
    assert desk.find("runChecks").isVisible()


def test_a_damaged_run_is_shown_as_damaged_and_stays(tmp_path: Path, open_desk: OpenDesk) -> None:
    newest, *_ = record_runs(tmp_path / "data")
    file = next((tmp_path / "data" / "runs").rglob(f"{newest}.json"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b'"GREEN"', b'"BLACK"', 1))
    desk = open_desk()
    assert desk.log.table.model().index(0, VERDICT).data() == "✗ Damaged"
    desk.log.table.go_to(0)
    desk.press("show_details")
    assert label(desk, "runVerdict") == "✗ Damaged"
    assert "not those that the ledger recorded." in label(desk, "damageReason")
    place = desk.find("damagePlace")
    assert isinstance(place, QLineEdit)
    assert place.text() == str(file)
    assert "evidence" in label(desk, "damageReason")
    text = desk.find("damageText")
    assert isinstance(text, QPlainTextEdit)
    assert "BLACK" in text.toPlainText()
    assert not desk.find("runTabs").isVisible()
    desk.press("step_next_run")
    assert desk.find("runTabs").isVisible()
    desk.press("verify_log")
    report = dialog("report")
    assert isinstance(report, Report)
    assert newest in report.text()
    report.close()
    assert desk.log.table.model().rowCount() == 6


def test_a_store_that_cannot_be_written_says_so_and_the_rest_works(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    record_runs(tmp_path / "data")
    store = tmp_path / "data" / "STORE.json"
    store.chmod(0o644)
    store.write_bytes(store.read_bytes().replace(b"luthier.store/1", b"luthier.store/2"))
    desk = open_desk()
    assert "newer version" in label(desk, "bannerText")
    assert "preview" in label(desk, "bannerText")
    assert desk.window.state_label.text() == "Not recording"
    assert desk.log.table.model().rowCount() == 6
    type_width(desk, 1, "19.5")
    assert "Red" in desk.find("verdictBadge").accessibleName()
    desk.press("check_design")
    assert "Nothing was saved" in desk.window.statusBar().currentMessage()
    assert desk.log.table.model().rowCount() == 6


def test_a_data_directory_that_is_a_file_is_told_and_the_window_opens(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    (tmp_path / "data").write_bytes(b"")
    desk = open_desk()
    assert str(tmp_path / "data") in label(desk, "bannerText")
    assert "Green" in desk.find("verdictBadge").accessibleName()


def test_a_disk_that_is_full_at_the_start_is_told_and_the_preview_goes_on(
    tmp_path: Path, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_runs(tmp_path / "data")
    monkeypatch.setattr(OsCalls, "write", Always(errno.ENOSPC, "write").write)
    desk = open_desk()
    assert "is full" in label(desk, "bannerText")
    assert "still draw" in label(desk, "bannerText")
    assert desk.window.state_label.text() == "Not recording"
    assert desk.log.table.model().rowCount() == 6
    desk.press("check_design")
    assert "Nothing was saved" in desk.window.statusBar().currentMessage()
    type_width(desk, 1, "19.5")
    assert "Red" in desk.find("verdictBadge").accessibleName()
    assert "not recorded" in label(desk, "feasibilityState")


@pytest.mark.parametrize(("code", "words"), [
    (errno.ENOSPC, "is full"), (errno.EROFS, "cannot be written"), (errno.EIO, "was not saved"),
])
def test_a_disk_that_fails_at_work_is_told_until_it_records_again(
    desk_with_runs: Desk, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    desk = desk_with_runs
    with monkeypatch.context() as full:
        full.setattr(OsCalls, "write", Always(code, "write").write)
        desk.press("check_design")
        assert desk.window.statusBar().currentMessage().startswith("Nothing was recorded.")
        assert words in label(desk, "bannerText")
        assert "still draw" in label(desk, "bannerText")
        assert desk.window.state_label.text() == "Not recording"
        assert "not recorded" in label(desk, "feasibilityState")
        desk.workbench.files.save("Rose", "")
        desk.settle()
        assert desk.window.statusBar().currentMessage().startswith("Nothing was recorded.")
        assert desk.log.table.model().rowCount() == 6
    desk.press("check_design")
    assert "Recorded as run_" in label(desk, "feasibilityState")
    assert desk.window.findChild(QWidget, "bannerText") is None
    assert desk.window.state_label.text() == "Recording"
    assert label(desk, "toast").startswith("Recording again")
    assert desk.log.table.model().rowCount() == 7


def test_a_run_that_a_crash_left_out_of_the_log_is_listed_at_the_next_start(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    lost, *_ = record_runs(tmp_path / "data")
    max((tmp_path / "data" / "ledger").rglob("*.json")).unlink()
    file = next((tmp_path / "data" / "runs").rglob(f"{lost}.json"))
    os.utime(file, (LONG_AGO, LONG_AGO))
    desk = open_desk()
    assert desk.log.table.model().rowCount() == 6
    desk.log.table.go_first()
    assert desk.log.table.run_id() == lost
    assert "listed again" in label(desk, "toast")


def test_what_is_wrong_in_the_catalogue_is_told_across_the_window(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    folder = tmp_path / "data" / "workshop" / "catalogue" / "materials"
    folder.mkdir(parents=True)
    (folder / "my_koa.json").write_bytes(b"{")
    desk = open_desk()
    assert "my_koa.json" in label(desk, "bannerText")
    assert "It was left out." in label(desk, "bannerText")
    assert desk.window.state_label.text() == "Recording"


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


def test_a_file_that_is_refused_is_told_and_the_design_stays(tmp_path: Path, desk: Desk) -> None:
    before = desk.workbench.editor.design()
    torn = tmp_path / "torn.json"
    torn.write_bytes(b'{"outer_diameter_mm": 100,')
    desk.workbench.files.open_file(str(torn))
    desk.settle()
    assert "torn.json" in desk.window.statusBar().currentMessage()
    assert desk.workbench.editor.design() == before


def test_a_file_argument_that_is_refused_leaves_a_starter_on_the_bench(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    desk = open_desk(str(tmp_path / "missing.json"))
    assert "missing.json" in desk.window.statusBar().currentMessage()
    assert desk.workbench.editor.design().ring_params


def test_an_opened_design_is_one_step_that_undo_takes_back(tmp_path: Path, desk: Desk) -> None:
    before = desk.workbench.editor.design()
    desk.workbench.files.open_file(str(design_file(tmp_path, name="Another")))
    desk.settle()
    assert desk.workbench.editor.design().name == "Another"
    desk.press("undo")
    assert desk.workbench.editor.design() == before


def test_a_starter_is_chosen_from_the_menu(desk: Desk) -> None:
    desk.press("new_design")
    menu = dialog("starterMenu")
    assert isinstance(menu, QMenu)
    names = [action.text().strip("\u2068\u2069") for action in menu.actions()]
    assert len(names) >= 5
    menu.actions()[2].trigger()
    menu.close()
    desk.settle()
    assert desk.workbench.editor.title() == names[2].replace("&&", "&")


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
    desk.press("check_design")
    desk.press("focus_snapshots")
    assert desk.log.table.model().rowCount() == 1


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


def test_filters_narrow_the_log_and_the_count_follows(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    verdict = desk.find("filterVerdict")
    menu = verdict.findChild(QMenu)
    assert menu is not None
    red = next(action for action in menu.actions() if action.data() == "RED")
    red.trigger()
    desk.settle()
    assert desk.log.table.model().rowCount() == 2
    assert label(desk, "runCount") == "2 runs"
    assert "Red" in verdict.accessibleName()
    red.trigger()
    desk.settle()
    assert desk.log.table.model().rowCount() == 6


def test_the_layout_is_remembered_and_can_be_reset(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.window.resize(1200, 700)
    desk.window.dock("feasibility").hide()
    desk.window.use_theme(style.DARK)
    desk = open_desk()
    assert desk.window.dock("feasibility").isHidden()
    assert json.loads(desk.state_file.read_bytes())["theme"] == "dark"
    desk.press("reset_layout")
    assert desk.window.dock("feasibility").isVisible()


def test_light_and_dark_change_every_colour_at_once(desk: Desk) -> None:
    light = desk.window.grab().toImage()
    desk.press("switch_theme")
    dark = desk.window.palette().color(QPalette.ColorRole.Window)
    assert dark.name() == style.tokens(style.DARK).window
    assert desk.window.grab().toImage() != light
    desk.press("switch_theme")
    assert desk.window.grab().toImage() == light


def test_panes_become_tabs_where_there_is_little_room(desk: Desk) -> None:
    feasibility, log = desk.window.dock("feasibility"), desk.window.dock("log")
    assert desk.window.tabifiedDockWidgets(log) == []
    desk.window.resize(760, 560)
    desk.settle()
    assert desk.window.tabifiedDockWidgets(log) == [feasibility]
    desk.window.resize(1366, 768)
    desk.settle()
    assert desk.window.tabifiedDockWidgets(log) == []


def test_the_focus_walks_over_shown_panes_only(desk: Desk) -> None:
    desk.window.dock("feasibility").hide()
    desk.focus("designCanvas")
    desk.press("next_pane")
    assert desk.find("runLogTable").hasFocus()
    desk.press("next_pane")
    assert desk.find("ringTable").hasFocus()


def test_at_1366_by_768_nothing_sticks_out_of_the_window(desk: Desk) -> None:
    desk.window.resize(1366, 768)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == (1366, 768)
    for dock in desk.window.findChildren(QDockWidget):
        assert desk.window.rect().contains(dock.geometry())
    assert desk.find("qt_toolbar_ext_button").isHidden()


def test_on_half_of_1366_by_768_every_pane_is_within_reach(desk: Desk) -> None:
    desk.window.resize(683, 384)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == (683, 384)
    for command, name in (
        ("focus_feasibility", "checksView"), ("focus_run_log", "runLogTable"),
        ("focus_editor", "ringTable"),
    ):
        desk.press(command)
        wait_until(lambda name=name: not desk.find(name).visibleRegion().isEmpty())
        assert desk.find(name).hasFocus()


def test_a_bug_is_shown_with_its_trace_and_the_design_stays_open(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    before = desk.workbench.editor.design()
    try:
        raise ZeroDivisionError("a bug of ours")
    except ZeroDivisionError as error:
        app.report_bug(type(error), error, error.__traceback__)
        app.report_bug(type(error), error, error.__traceback__)
    caplog.clear()
    report = dialog("report")
    assert isinstance(report, Report)
    assert report.text().count("ZeroDivisionError: a bug of ours") == 2
    copy = report.findChild(QPushButton, "copyReport")
    assert copy is not None
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert "a bug of ours" in QGuiApplication.clipboard().text()
    report.close()
    assert desk.window.isVisible()
    assert desk.workbench.editor.design() == before
