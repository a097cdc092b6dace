"""The table in the window: other programs' runs, order, columns, and where the reader stands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QPushButton

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.run_log.columns import NAMES
from luthier_desktop.ui.run_log.run_model import RunModel
from luthier_desktop.ui.run_log.run_table import RunTable
from tests.ui.desk import SIMPLE_DESIGN, Desk, OpenDesk, close_dialog, dialog, press, wait_until
from tests.ui.run_log.runs import as_sorted, filled, newest_first

TABLE = "runLogTable"
SCORE, RUN = NAMES.index("score"), NAMES.index("run")


@pytest.fixture
def many(qapp: QApplication) -> Iterator[tuple[RunTable, RunModel]]:
    model = filled(newest_first(range(1, 101)))
    table = RunTable(model)
    table.resize(600, 240)
    table.show()
    yield table, model
    table.close()


def ids(desk: Desk) -> list[str]:
    model = desk.log.table.model()
    return [
        str(model.index(row, RUN).data()).strip("\u2068\u2069") for row in range(model.rowCount())
    ]


def scores(desk: Desk) -> list[float]:
    model = desk.log.table.model()
    return [float(model.index(row, SCORE).data()) for row in range(model.rowCount())]


def click_title(desk: Desk, column: int) -> None:
    header = desk.log.table.horizontalHeader()
    at = header.viewport().rect().center()
    at.setX(header.sectionViewportPosition(column) + 12)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()


def test_what_another_program_records_shows_without_moving_the_reader(
    desk_with_runs: Desk,
) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(2)
    chosen, rows = desk.log.current_seq(), desk.log.table.model().rowCount()
    program = "import sys; from luthier_desktop.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "feasibility", "single", SIMPLE_DESIGN]
    subprocess.run(
        [*command, "--data-dir", str(desk.data_dir)],
        check=True, capture_output=True, env=os.environ.copy(),
    )  # fmt: skip
    wait_until(lambda: desk.log.table.model().rowCount() == rows + 1)
    desk.settle()
    assert (desk.log.current_seq(), desk.log.table.currentIndex().row()) == (chosen, 3)
    badge = desk.find("newRuns")
    assert isinstance(badge, QPushButton)
    assert (badge.isVisible(), badge.text()) == (True, "1 new")


def test_a_run_that_another_program_hides_leaves_the_list(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    before = ids(desk)
    desk.log.table.go_to(3)
    with open_studio(desk.data_dir) as other:
        other.hiding.hide(before[1], "only a trial")
    wait_until(lambda: desk.log.table.model().rowCount() == 5)
    desk.settle()
    assert ids(desk) == [before[0], *before[2:]]
    assert desk.log.table.run_id() == before[3]


def test_nothing_is_looked_at_while_the_log_is_not_seen(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    looks = desk.log.watch._looks
    assert looks.isActive()
    desk.window.dock("log").hide()
    assert not looks.isActive()
    with open_studio(desk.data_dir) as other:
        other.feasibility.check(other.presets.first())
    desk.window.dock("log").show()
    wait_until(lambda: desk.log.table.model().rowCount() == 7)
    desk.settle()


def test_a_click_on_a_title_sorts_and_the_run_and_its_mark_stay(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(1)
    desk.press("mark_run")
    chosen, rows = desk.log.current_seq(), scores(desk)
    click_title(desk, SCORE)
    assert scores(desk) == sorted(rows, reverse=True)
    assert desk.log.query() == RunQuery(sort="score")
    assert (desk.log.current_seq(), list(desk.log.marked())) == (chosen, [chosen])
    click_title(desk, SCORE)
    assert scores(desk) == sorted(rows)
    header = desk.log.table.horizontalHeader()
    shown = (header.sortIndicatorSection(), header.sortIndicatorOrder())
    assert shown == (SCORE, Qt.SortOrder.AscendingOrder)
    click_title(desk, NAMES.index("design"))
    assert header.sortIndicatorSection() == SCORE
    desk.press("check_design")
    assert scores(desk) == sorted(scores(desk))
    assert desk.log.current_seq() == chosen


def test_the_order_is_chosen_by_keyboard_too(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    before = ids(desk)
    desk.focus(TABLE)
    press("Shift+F8")
    menu = dialog("sortMenu")
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Up)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    desk.settle()
    assert ids(desk) == before[::-1]
    assert desk.log.query() == RunQuery(reverse=True)


def test_columns_are_chosen_and_moved_by_keyboard_and_remembered(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.focus(TABLE)
    desk.press("choose_columns")
    listed = dialog("columnDialog").findChild(QListWidget, "columnList")
    assert listed is not None
    QTest.keyClick(listed, Qt.Key.Key_Space)
    listed.setCurrentRow(2)
    button = dialog("columnDialog").findChild(QPushButton, "columnUp")
    assert button is not None
    assert button.shortcut().toString() == "Alt+Up"
    button.click()
    close_dialog("columnDialog")
    desk.log.table.horizontalHeader().resizeSection(NAMES.index("tool"), 131)
    columns = open_desk().log.columns
    assert columns.order()[:3] == ["time", "design", "event"]
    assert [columns.is_shown(name) for name in ("time", "design", "tags")] == [False, True, False]
    again = open_desk()
    assert again.log.table.columnWidth(NAMES.index("tool")) == 131
    again.log.columns.reset()
    assert again.log.columns.order() == list(NAMES)
    assert again.log.table.columnWidth(NAMES.index("tool")) != 131


def test_the_last_column_cannot_be_hidden(desk: Desk) -> None:
    for name in NAMES:
        desk.log.columns.show_column(name, False)
    assert [name for name in NAMES if desk.log.columns.is_shown(name)] == ["run"]
    desk.log.columns.reset()


def test_keys_pressed_faster_than_answered_are_all_obeyed(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(0)
    desk.focus(TABLE)
    press("]")
    press("]")
    desk.settle()
    assert desk.log.table.currentIndex().row() == 4
    press("]")
    press("[")
    desk.settle()
    assert desk.log.table.currentIndex().row() == 4


def test_what_is_read_stays_in_its_place_when_rows_come_in_above(
    many: tuple[RunTable, RunModel],
) -> None:
    table, model = many
    table.go_to(50)
    place, seq = table.visualRect(table.currentIndex()), table.seq()
    model.show_order(newest_first(range(1, 124)))
    assert (table.seq(), table.currentIndex().row()) == (seq, 73)
    assert table.visualRect(table.currentIndex()) == place
    table.go_last()
    place = table.visualRect(table.currentIndex())
    model.show_order(newest_first(range(1, 126)))
    assert table.visualRect(table.currentIndex()) == place


def test_the_current_run_stays_in_its_place_in_another_order(
    many: tuple[RunTable, RunModel],
) -> None:
    table, model = many
    table.go_to(50)
    place, seq = table.visualRect(table.currentIndex()), table.seq()
    model.show_order(as_sorted([*range(2, 101, 2), *range(1, 101, 2)]))
    assert table.seq() == seq
    assert table.visualRect(table.currentIndex()) == place


def test_a_search_by_letters_and_a_selection_of_all_do_nothing(
    many: tuple[RunTable, RunModel],
) -> None:
    table, _ = many
    table.go_to(5)
    table.keyboardSearch("2026")
    table.selectAll()
    assert table.currentIndex().row() == 5
    assert len(table.selectionModel().selectedRows()) == 1
