"""A walk by keyboard alone: from the open window to a red run of this week, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from luthier_desktop.domain.time_words import LocalClock
from luthier_desktop.services.studio import open_studio
from tests.bundles import checker, problems
from tests.services.builders import FakeClock, design
from tests.ui.desk import Desk, dialog, label, make_active, press, wait_until

TUESDAY = datetime(2026, 1, 20, 15, 0, tzinfo=UTC)
TOO_DEEP, JUST_RIGHT = {"depth_mm": 9.0}, {"depth_mm": 1.4}
RECORDED = (
    (timedelta(days=-8), "Old rose", TOO_DEEP),
    (timedelta(days=-1, minutes=-9), "Herringbone", JUST_RIGHT),
    (timedelta(days=-1), "Rope", JUST_RIGHT),
    (timedelta(hours=-3), "Rope", TOO_DEEP),
    (timedelta(hours=-2), "Herringbone", TOO_DEEP),
    (timedelta(hours=-1), "Rope", JUST_RIGHT),
)
"""When each was recorded, of which design, and its channel; the oldest first."""


def record(data_dir: Path) -> list[str]:
    """Record the runs; return their ids, the newest first."""
    clock = FakeClock()
    ids = {name: f"dsg_{at}" for at, name in enumerate(("Old rose", "Herringbone", "Rope"))}
    with open_studio(data_dir, clock=clock) as studio:
        runs = []
        for before, name, channel in RECORDED:
            clock.moment = TUESDAY + before
            spec = design(name=name, design_id=ids[name], channel=channel)
            runs.append(str(studio.feasibility.check(spec).run_id))
    return runs[::-1]


@pytest.fixture
def walker(tmp_path: Path) -> Iterator[Desk]:
    record(tmp_path / "data")
    desk = Desk(tmp_path)
    desk.log.filter.clock = lambda: LocalClock(TUESDAY, UTC)
    yield desk
    desk.close()


def listed(desk: Desk) -> list[str]:
    """Return verdict and design of each row that is listed, as they are read."""
    model = desk.log.table.model()
    return [
        f"{model.index(row, 3).data()} {model.index(row, 2).data()}".translate(
            dict.fromkeys(map(ord, "\u2068\u2069"))
        )
        for row in range(model.rowCount())
    ]


def focus_of() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def type_keys(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def said(desk: Desk) -> str:
    return label(desk, "toast") if desk.find("toast").isVisible() else ""


def in_sight(widget: QWidget) -> bool:
    """Say whether a widget stands whole within its window."""
    window = widget.window()
    place = widget.rect().translated(widget.mapTo(window, QPoint()))
    return widget.isVisible() and window.rect().contains(place)


def to_the_log(desk: Desk) -> None:
    press("Ctrl+3")
    desk.settle()
    assert focus_of() == "runLogTable"
    assert [row.partition(" ")[2] for row in listed(desk)] == [
        "Green Rope",
        "Red Herringbone",
        "Red Rope",
        "Green Rope",
        "Green Herringbone",
        "Red Old rose",
    ]
    assert label(desk, "runCount") == "6 runs"


def filter_red_of_this_week(desk: Desk) -> None:
    press("/")
    assert focus_of() == "runLogFilterText"
    type_keys("verdict:red since:week")
    press("Return")
    desk.settle()
    assert focus_of() == "runLogTable"
    assert [row.partition(" ")[2] for row in listed(desk)] == ["Red Herringbone", "Red Rope"]
    assert label(desk, "runCount") == "2 runs"
    for chip in ("filterVerdictButton", "filterWhenButton"):
        assert in_sight(desk.find(chip))
    assert "Red" in desk.find("filterVerdictButton").accessibleName()
    assert "week" in desk.find("filterWhenButton").accessibleName().lower()
    assert desk.find("runLogFilterText").property("text") == ""


def step(desk: Desk) -> None:
    rows = []
    for keys in ("J", "J", "K", "J"):
        press(keys)
        desk.settle()
        rows.append(desk.log.table.currentIndex().row())
    assert rows == [1, 1, 0, 1]


def read_why(desk: Desk) -> None:
    press("Return")
    desk.settle()
    assert in_sight(desk.find("runDetails"))
    assert "Red" in label(desk, "runVerdict")
    assert focus_of() == "runLogTable"


def compare_with_the_one_before(desk: Desk) -> None:
    press("D")
    desk.settle()
    window = dialog("compareWindow")
    wait_until(window.isActiveWindow)
    table = window.findChild(QTableView, "compareTable")
    assert table is not None
    assert focus_of() == "compareTable"
    told = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert sum("Rope" in text for text in told) == 2
    model = table.model()
    cells = {
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    }
    assert ("Channel depth", "1.40 mm", "9.00 mm") in cells
    first = table.currentIndex().row()
    press("]")
    assert table.currentIndex().row() > first
    press("[")
    assert table.currentIndex().row() == first


def copy_the_difference(desk: Desk) -> None:
    window = dialog("compareWindow")
    press("Ctrl+C")
    desk.settle()
    (toast,) = window.findChildren(QLabel, "compareToast")
    assert in_sight(toast)
    assert toast.text() == "Copied the comparison as text."
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("a  run_20260119")
    assert lines[1].startswith("b  run_20260120")
    assert "  Channel depth: 1.40 mm -> 9.00 mm" in lines, lines
    press("Esc")
    wait_until(lambda: not window.isVisible())
    wait_until(lambda: focus_of() == "runLogTable")


def export(desk: Desk, to: Path) -> None:
    press("E")
    asked = dialog("exportDialog")
    wait_until(asked.isActiveWindow)
    press("Ctrl+A")
    type_keys(str(to))
    press("Return")
    wait_until(lambda: not asked.isVisible())
    make_active(desk.window)  # as every desktop does after a dialog
    desk.settle()
    assert problems(checker(), to) == []
    (record,) = (to / "store" / "runs").rglob("*.json")
    assert record.stem == desk.log.table.run_id()
    assert json.loads(record.read_bytes())["request"]["design"]["name"] == "Rope"
    assert said(desk).startswith("Exported 1 run to ")


def back(desk: Desk) -> None:
    run_id = desk.log.table.run_id()
    wait_until(lambda: focus_of() == "runLogTable")
    press("Esc")
    assert not desk.find("runDetails").isVisible()
    assert label(desk, "runCount") == "2 runs"
    press("Esc")
    desk.settle()
    assert label(desk, "runCount") == "7 runs"
    assert desk.log.table.model().index(0, 1).data() == "Exported"
    assert desk.log.table.run_id() == run_id
    press("Ctrl+1")
    assert focus_of() == "ringTable"


STEPS = (
    to_the_log,
    filter_red_of_this_week,
    step,
    read_why,
    compare_with_the_one_before,
    copy_the_difference,
)


def test_a_red_run_of_this_week_is_found_compared_and_exported_by_keyboard_alone(
    walker: Desk, tmp_path: Path
) -> None:
    for one in STEPS:
        one(walker)
    export(walker, tmp_path / "bundle")
    back(walker)
