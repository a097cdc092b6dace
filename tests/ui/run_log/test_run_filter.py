"""The filter bar by keyboard: chips, a query that is typed, and filters that are kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMenu, QWidget

from luthier_desktop.domain.run_query_text import parse
from luthier_desktop.domain.time_words import LocalClock
from luthier_desktop.ui.run_log.filter_chip import Chip, ChoiceMenu
from tests.services.builders import design
from tests.ui.desk import Desk, begin_anew, dialog, label, make_active, press, wait_until

FIELD = "runLogFilterText"
NOW = LocalClock(datetime(2026, 11, 18, 12, 0, tzinfo=UTC), UTC)
_TRIES = 20
HOSTILE = 'a"b\n| <img src=file:/x> \u202e&c =cmd'


@pytest.fixture
def begun(keyboard: Desk) -> Desk:
    """The window of this file, set back: six runs, no filter."""
    begin_anew(keyboard)
    return keyboard


def chip(desk: Desk, name: str) -> Chip:
    found = desk.find(f"filter{name}")
    assert isinstance(found, Chip)
    return found


def text_of(desk: Desk, name: str) -> str:
    return chip(desk, name).accessibleName().replace("\u2068", "").replace("\u2069", "")


def typed(desk: Desk, text: str, end: str = "Return") -> None:
    field = desk.focus(FIELD)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    press(end)
    desk.settle()


def opened(desk: Desk, name: str, at: str, keys: str) -> QMenu:
    """Open a menu by *keys* at a widget; the end of an earlier popup may close it once more."""
    for _ in range(_TRIES):
        desk.focus(at)
        press(keys)
        desk.settle()
        found = [w for w in QApplication.topLevelWidgets() if w.objectName() == name]
        for shown in found:
            if shown.isVisible() and isinstance(shown, QMenu):
                return shown
    raise AssertionError(f"{name} does not stay open")


def entry(shown: QMenu, words: str) -> QAction:
    (found,) = [action for action in shown.actions() if words in action.text()]
    return found


def chosen(shown: QMenu, words: str) -> None:
    """Walk to an entry with the arrow keys and press Return."""
    wanted = entry(shown, words)
    for _ in shown.actions():
        if shown.activeAction() is wanted:
            break
        QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    wait_until(lambda: not shown.isVisible())


def rows(desk: Desk) -> int:
    return int(desk.log.table.model().rowCount())


def test_a_typed_query_filters_and_becomes_chips(begun: Desk) -> None:
    desk = begun
    typed(desk, 'verdict:red,yellow since:week "Too" deep')
    assert rows(desk) == 2
    assert desk.find("runLogTable").hasFocus()
    field = desk.find(FIELD)
    assert isinstance(field, QLineEdit)
    assert field.text() == "Too deep"
    assert text_of(desk, "Verdict") == "Verdict: ✗ Red, ▲ Yellow"
    assert text_of(desk, "When") == "When: This week"
    assert desk.log.filter.line() == "verdict:red,yellow since:week Too deep"
    press("Esc")
    desk.settle()
    assert (rows(desk), text_of(desk, "Verdict"), field.text()) == (6, "Verdict: any", "")


def test_a_query_filters_while_it_is_typed(begun: Desk) -> None:
    desk = begun
    field = desk.focus(FIELD)
    QTest.keyClicks(field, "verdict:red")
    wait_until(lambda: rows(desk) == 2)
    assert text_of(desk, "Verdict") == "Verdict: any"
    QTest.keyClicks(field, ",gr")  # an unfinished value is no fault yet
    wait_until(lambda: not desk.log.filter._pause.isActive())
    assert not desk.find("filterFault").isVisible()
    QTest.keyClicks(field, " x")
    wait_until(desk.find("filterFault").isVisible)
    assert label(desk, "filterFault") == (
        "✗  Column 1: verdict: is one of green, yellow, red, unknown, not 'gr'."
    )
    assert rows(desk) == 2
    press("Return")
    assert field.hasFocus()
    press("Esc")
    press("Esc")
    desk.settle()
    assert rows(desk) == 6
    assert not desk.find("filterFault").isVisible()


def test_the_whole_filter_is_edited_as_one_line(begun: Desk) -> None:
    desk = begun
    desk.log.filter.apply(parse("verdict:red tag:a since:2026-11-16 deep"))
    desk.settle()
    desk.focus("runLogTable")
    press(":")
    field = desk.find(FIELD)
    assert isinstance(field, QLineEdit)
    assert field.hasFocus()
    assert field.text() == "verdict:red tag:a since:2026-11-16 deep "
    assert text_of(desk, "Verdict") == "Verdict: any"
    QTest.keyClicks(field, "operator:owner")
    press("Return")
    desk.settle()
    assert desk.log.filter.line() == ("verdict:red operator:owner tag:a since:2026-11-16 deep")
    assert chip(desk, "Operator").isVisible()


def test_several_values_are_chosen_without_closing_the_menu(begun: Desk) -> None:
    desk = begun
    shown = opened(desk, "filterVerdictMenu", "filterVerdict", "Space")
    assert isinstance(shown, ChoiceMenu)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert shown.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.log.filter.query().risk == ("GREEN", "YELLOW")
    assert rows(desk) == 4
    desk.focus("filterVerdict")
    press("Del")
    desk.settle()
    assert (rows(desk), desk.log.filter.is_active()) == (6, False)


def test_each_chip_is_cleared_alone_by_its_x(begun: Desk) -> None:
    desk = begun
    desk.log.filter.apply(parse("verdict:red status:BLOCKED"))
    desk.settle()
    end = desk.find("filterVerdictClear")
    assert end.accessibleName() == "Clear the filter by verdict"
    QTest.mouseClick(end, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.log.filter.line() == "status:BLOCKED"
    assert not end.isVisible()
    assert desk.find("filterStatusClear").isVisible()


def test_escape_in_a_chip_goes_to_the_table_and_then_clears(begun: Desk) -> None:
    desk = begun
    desk.log.filter.apply(parse("verdict:red"))
    desk.settle()
    desk.focus("filterEvent")
    press("Esc")
    assert desk.find("runLogTable").hasFocus()
    assert desk.log.filter.is_active()
    press("Esc")
    assert not desk.log.filter.is_active()


def test_presets_and_typed_days_filter_by_local_time(
    begun: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begun
    monkeypatch.setattr(desk.log.filter, "clock", lambda: NOW)
    chosen(opened(desk, "filterWhenMenu", "filterWhen", "Space"), "month")
    assert text_of(desk, "When") == "When: This month"
    assert desk.log.filter.query().since == "2026-11-01T00:00:00Z"
    chosen(opened(desk, "filterWhenMenu", "filterWhen", "Space"), "Days that I type")
    asked = dialog("dateDialog")
    assert isinstance(asked, QDialog)
    first, last = (asked.findChild(QLineEdit, name) for name in ("dateFrom", "dateTo"))
    assert first is not None
    assert last is not None
    first.setText("2026-02-30")
    fault = asked.findChild(QLabel, "dateFault")
    assert fault is not None
    assert "is no time" in fault.text()
    asked.accept()
    assert asked.isVisible()
    first.setText("2026-11-16")
    QTest.keyClicks(last, "2026-11-17")
    QTest.keyClick(last, Qt.Key.Key_Return)
    wait_until(lambda: not asked.isVisible())
    desk.settle()
    query = desk.log.filter.query()
    assert (query.since, query.until) == ("2026-11-16T00:00:00Z", "2026-11-17T23:59:59Z")
    assert text_of(desk, "When") == "When: 2026-11-16 to 2026-11-17"
    desk.focus("filterWhen")
    press("Del")
    desk.settle()
    assert not desk.log.filter.is_active()


def test_a_chip_offers_what_occurs_in_the_log(begun: Desk) -> None:
    desk = begun
    desk.workbench.studio.feasibility.check(design(name=HOSTILE))
    chosen(opened(desk, "addFilterMenu", "runLogTable", "+"), "Material")
    desk.settle()
    offered = chip(desk, "Material").menu
    assert [action.text().strip("\u2068\u2069") for action in offered.actions()] == [
        *("cherry  (6)", "european spruce  (6)", "holly  (7)", "indian rosewood  (7)"),
        *("pear  (6)", "sitka spruce  (1)", "tulip poplar  (6)"),
    ]
    entry(offered, "rosewood").trigger()
    desk.settle()
    assert text_of(desk, "Material") == "Material: indian rosewood"
    chosen(opened(desk, "addFilterMenu", "runLogTable", "+"), "Design")
    desk.settle()
    (wanted,) = [a for a in chip(desk, "Design").menu.actions() if a.data() == HOSTILE]
    assert "⟨U+000A⟩" in wanted.text()
    assert "&&c" in wanted.text()
    wanted.trigger()
    desk.settle()
    assert rows(desk) == 1
    assert desk.log.filter.line().endswith('design:"a\\"b\\n| <img src=file:/x> \\u{202e}&c =cmd"')


def named(desk: Desk, name: str) -> QWidget:
    asked = dialog("filterNameDialog")
    make_active(asked)
    field = asked.findChild(QLineEdit, "filterName")
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()
    return asked


def choice(desk: Desk, words: str) -> QAction:
    """Choose *words* among the saved filters; return the only filter that is then offered."""
    chosen(opened(desk, "savedFiltersMenu", "runLogTable", "F12"), words)
    desk.settle()
    (shown,) = [
        widget
        for widget in desk.window.findChildren(QMenu, "filterChoiceMenu")
        if widget.actions()
    ]
    return shown.actions()[0]


def test_a_filter_is_kept_applied_renamed_deleted_and_brought_back(
    desk_with_runs: Desk,
) -> None:
    desk = desk_with_runs
    desk.press("save_filter")
    assert label(desk, "toast") == "Nothing is filtered, so there is nothing to save."
    desk.log.filter.apply(parse("verdict:red since:week"))
    desk.press("save_filter")
    named(desk, "Red & <b>new</b>")
    desk.press("save_filter")
    asked = named(desk, "red & <B>new</B>")
    fault = asked.findChild(QLabel, "filterNameFault")
    assert fault is not None
    assert "choose another name" in fault.text()
    asked.close()
    desk.log.filter.clear()
    desk.settle()
    shown = opened(desk, "savedFiltersMenu", "runLogTable", "F")
    assert "Red && <b>new</b>" in shown.actions()[0].text()
    QTest.keyClicks(shown, "1")
    desk.settle()
    assert desk.log.filter.line() == "verdict:red since:week"
    assert desk.find("runLogTable").hasFocus()
    choice(desk, "Rename a filter").trigger()
    named(desk, "Reds")
    choice(desk, "Delete a filter").trigger()
    desk.settle()
    assert desk.workbench.studio.filters.saved() == ()
    desk.press("restore_filter")
    assert desk.workbench.studio.filters.saved() == (("Reds", "verdict:red since:week"),)
    desk.press("restore_filter")
    assert label(desk, "toast") == "No filter was deleted since the start."
    QApplication.processEvents()
