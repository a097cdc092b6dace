"""How the window is laid out: panes, sizes, themes, and sentences that are shown whole."""

from __future__ import annotations

import json

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDockWidget, QTreeView

from luthier_desktop.ui import style
from tests.ui.desk import Desk, OpenDesk, dialog, wait_until


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
    commands = sheet.findChild(QTreeView, "keySheetList")
    assert commands is not None
    model = commands.model()
    for column in (0, 1):
        assert commands.columnWidth(column) >= commands.sizeHintForColumn(column) > 60
        texts = [model.index(row, column).data() for row in range(model.rowCount())]
        widest = max(commands.fontMetrics().horizontalAdvance(text) for text in texts)
        assert commands.columnWidth(column) >= widest
    sheet.close()


def test_at_the_first_start_the_log_lies_in_front_of_the_library(desk: Desk) -> None:
    assert not desk.window.dock("log").visibleRegion().isEmpty()
    assert desk.window.dock("snapshots").visibleRegion().isEmpty()


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


def test_the_front_tab_and_the_history_are_remembered_and_reset(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.press("show_history")
    desk.press("focus_snapshots")
    desk = open_desk()
    snapshots, log = desk.window.dock("snapshots"), desk.window.dock("log")
    wait_until(lambda: not snapshots.visibleRegion().isEmpty())
    assert log.visibleRegion().isEmpty()
    assert desk.find("historyDock").isVisible()
    desk.press("reset_layout")
    wait_until(lambda: not log.visibleRegion().isEmpty())
    assert snapshots.visibleRegion().isEmpty()
    assert desk.find("historyDock").isHidden()


def test_light_and_dark_change_every_colour_at_once(desk: Desk) -> None:
    light = desk.window.grab().toImage()
    desk.press("switch_theme")
    dark = desk.window.palette().color(QPalette.ColorRole.Window)
    assert dark.name() == style.tokens(style.DARK).window
    assert desk.window.grab().toImage() != light
    desk.press("switch_theme")
    assert desk.window.grab().toImage() == light


def test_panes_become_tabs_where_there_is_little_room(desk: Desk) -> None:
    names = ("feasibility", "log", "snapshots")
    feasibility, log, snapshots = (desk.window.dock(name) for name in names)
    assert desk.window.tabifiedDockWidgets(log) == [snapshots]
    desk.window.resize(760, 560)
    desk.settle()
    assert set(desk.window.tabifiedDockWidgets(log)) == {feasibility, snapshots}
    desk.window.resize(1366, 768)
    desk.settle()
    assert desk.window.tabifiedDockWidgets(log) == [snapshots]


def test_the_focus_walks_over_shown_panes_only(desk: Desk) -> None:
    desk.window.dock("feasibility").hide()
    desk.focus("designCanvas")
    desk.press("next_pane")
    assert desk.find("runLogTable").hasFocus()
    desk.press("next_pane")
    assert desk.find("snapshotList").hasFocus()
    desk.press("next_pane")
    assert desk.find("ringTable").hasFocus()
    desk.press("show_history")
    desk.press("focus_editor")
    desk.window.dock("snapshots").hide()
    for name in ("runLogTable", "historyList", "checksView", "ringTable"):
        desk.press("previous_pane")
        assert desk.find(name).hasFocus()


def test_at_1366_by_768_nothing_sticks_out_of_the_window(desk: Desk) -> None:
    desk.window.resize(1366, 768)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == (1366, 768)
    for dock in desk.window.findChildren(QDockWidget):
        if not dock.visibleRegion().isEmpty():
            assert desk.window.rect().contains(dock.geometry())
    assert desk.find("qt_toolbar_ext_button").isHidden()


def test_on_half_of_1366_by_768_every_pane_is_within_reach(desk: Desk) -> None:
    desk.window.resize(683, 384)
    desk.settle()
    assert (desk.window.width(), desk.window.height()) == (683, 384)
    for command, name in (
        ("focus_feasibility", "checksView"),
        ("focus_run_log", "runLogTable"),
        ("focus_editor", "ringTable"),
    ):
        desk.press(command)
        wait_until(lambda name=name: not desk.find(name).visibleRegion().isEmpty())
        assert desk.find(name).hasFocus()
