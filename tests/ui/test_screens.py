"""Every main state in light and dark, at 100 % and 200 %: nothing cut, covered, pale or lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from luthier_desktop.ui import style
from tests.ui import screen_faults
from tests.ui.desk import make_active
from tests.ui.screen_tour import ALIKE
from tests.ui.screens import STATES

ROOT = Path(__file__).parents[2]
SCALES = (1, 2)
PATIENCE_S = 120
SCREEN = {"name": "one", "x": 0, "y": 0, "logicalDpi": 96, "dpr": 1}
_KINDS_OF_HOME = ("CONFIG", "DATA", "STATE", "CACHE")
KINDS = ("layout", "words", "light", "dark", "focus", "keys")


def _begin(scale: int, folder: Path) -> subprocess.Popen[str]:
    screen = folder / "screen.json"
    size = {"width": 1366 * scale, "height": 768 * scale}
    screen.write_text(json.dumps({"screens": [SCREEN | size]}), encoding="utf-8")
    home = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in _KINDS_OF_HOME}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.screen_tour", str(folder)],
        cwd=ROOT,
        env=os.environ
        | home
        | {
            "HOME": str(folder),
            "QT_SCALE_FACTOR": str(scale),
            "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def tours(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> dict[int, dict[str, Any]]:
    """Both walks at once: one process a scale, because Qt takes the scale at its start.

    Where several workers share the tests of this file, the first one walks for all.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "tours.json"
    with FileLock(shared.with_suffix(".lock")):
        if not shared.exists():
            shared.write_text(json.dumps(_walked(tmp_path_factory)), encoding="utf-8")
        told = json.loads(shared.read_text(encoding="utf-8"))
    return {int(scale): report for scale, report in told.items()}


def _walked(factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    begun = {scale: _begin(scale, factory.mktemp(f"tour{scale}")) for scale in SCALES}
    try:
        told = {scale: one.communicate(timeout=PATIENCE_S) for scale, one in begun.items()}
    finally:
        for one in begun.values():
            one.kill()
            one.wait()
    assert [(one.returncode, told[at][1]) for at, one in begun.items()] == [(0, "")] * len(SCALES)
    return {scale: json.loads(out) for scale, (out, _) in told.items()}


@pytest.mark.parametrize("scale", SCALES)
def test_the_walk_is_at_its_scale_and_qt_had_nothing_to_say(
    tours: dict[int, dict[str, Any]], scale: int
) -> None:
    assert tours[scale]["ratio"] == scale
    assert tours[scale]["messages"] == []
    assert list(tours[scale]["reports"]) == list(STATES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scale", SCALES)
def test_nothing_is_cut_covered_pale_silent_ambiguous_or_without_focus(
    tours: dict[int, dict[str, Any]], scale: int, state: str
) -> None:
    report = tours[scale]["reports"][state]
    assert [fault for kind in KINDS for fault in report.get(kind, [])] == []


@pytest.mark.parametrize("state", [state for state in STATES if state not in ALIKE])
def test_at_200_percent_on_1366_by_768_everything_is_within_reach(
    tours: dict[int, dict[str, Any]], state: str
) -> None:
    assert tours[2]["reports"][state]["small"] == []


# The measures themselves


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> QWidget:
    """An empty window of 300 x 200 in the program's light look."""
    style.apply(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.show()
    make_active(window)
    return window


def put(widget: QWidget, width: int, x: int = 10, y: int = 10) -> None:
    """Show the widget at this place of its parent, 24 high."""
    widget.setGeometry(x, y, width, 24)
    widget.show()


def test_what_sticks_out_of_its_parent_is_found(window: QWidget) -> None:
    label = QLabel("here", window)
    put(label, 60)
    assert screen_faults.out_of_reach(window) == []
    put(label, 60, x=270)
    assert len(screen_faults.out_of_reach(window)) == 1


def test_a_page_that_scrolls_sideways_is_found(window: QWidget) -> None:
    area = QScrollArea(window)
    area.setGeometry(10, 10, 200, 100)
    area.show()
    bar = area.horizontalScrollBar()
    bar.parentWidget().show()
    assert len(screen_faults.sideways(window)) == 1
    bar.parentWidget().hide()
    assert screen_faults.sideways(window) == []


def test_what_lies_on_another_is_found(window: QWidget) -> None:
    one, other = QLabel("one", window), QLabel("other", window)
    put(one, 60)
    put(other, 60, y=40)
    assert screen_faults.covered(window) == []
    put(other, 60, x=50)
    assert len(screen_faults.covered(window)) == 1


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QToolButton, QLineEdit])
def test_a_text_with_too_little_room_is_found(window: QWidget, kind: type[QWidget]) -> None:
    widget = kind(window)
    widget.setText("A sentence of six whole words")  # type: ignore[attr-defined]
    put(widget, 260)
    assert screen_faults.cut(window) == []
    put(widget, 60)
    assert len(screen_faults.cut(window)) == 1


def test_a_choice_a_heading_and_a_cell_with_too_little_room_are_found(window: QWidget) -> None:
    box, table = QComboBox(window), QTableWidget(1, 1, window)
    box.addItem("Indian rosewood, quartersawn")
    table.setHorizontalHeaderLabels(["Quite a long heading"])
    cell, heading = QTableWidgetItem("Indian rosewood"), table.horizontalHeaderItem(0)
    table.setItem(0, 0, cell)
    assert heading is not None
    put(box, 260)
    table.setGeometry(10, 40, 280, 120)
    table.setColumnWidth(0, 250)
    table.show()
    assert screen_faults.cut(window) == []
    put(box, 80)
    table.setColumnWidth(0, 60)
    assert len(screen_faults.cut(window)) == 3
    box.setToolTip("Indian rosewood, quartersawn.")
    cell.setToolTip("Indian rosewood")
    heading.setToolTip("Quite a long heading")
    assert screen_faults.cut(window) == []


@pytest.mark.parametrize(("ink", "is_pale"), [("#241f19", False), ("#a49c90", True)])
def test_grey_on_grey_is_found(window: QWidget, ink: str, is_pale: bool) -> None:
    label = QLabel("Grey on grey", window)
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(ink))
    label.setPalette(palette)
    put(label, 120)
    found = screen_faults.pale(window, screen_faults.picture_of(window))
    assert bool(found) is is_pale


def test_a_pane_without_a_drawing_is_found(window: QWidget) -> None:
    assert len(screen_faults.empty(window, screen_faults.picture_of(window))) == 1
    put(QLabel("Something is written here", window), 200)
    assert screen_faults.empty(window, screen_faults.picture_of(window)) == []


class Blind(QPushButton):
    """A button that is drawn the same with the focus."""

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(self.rect(), self.text())
        painter.end()


def test_a_focus_that_does_not_show_is_found(window: QWidget) -> None:
    put(QPushButton("Seen", window), 80)
    assert screen_faults.hidden_focus(window) == []
    put(Blind("Blind", window), 80, y=50)
    assert len(screen_faults.hidden_focus(window)) == 1


def test_a_control_and_a_row_without_words_are_found(window: QWidget) -> None:
    field, rows = QLineEdit(window), QListWidget(window)
    rows.setAccessibleName("Woods")
    rows.addItem("Koa")
    field.setAccessibleName("Width")
    put(field, 80)
    put(rows, 80, y=50)
    assert screen_faults.nameless(window) == []
    field.setAccessibleName("")
    rows.item(0).setText("")
    assert len(screen_faults.nameless(window)) == 2
