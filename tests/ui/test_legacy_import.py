"""Importing from the web ToolBox in the window: a folder, a process of its own, a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QTableView, QWidget

from luthier_desktop.ui.workbench.legacy_report import LegacyReport
from tests import legacy_files as files
from tests.ui.desk import Desk, close_dialog, dialog, label


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    files.write_sound(folder)
    files.write_run(folder, "run_2", decision={"risk_level": "BANANA"}, notes="<b>glue</b>")
    files.write(folder, "art_studio/snapshots/torn.json", b'{"snapshot_id": "to')
    return folder


def choose(desk: Desk, folder: Path) -> None:
    desk.window.commands["import_legacy"].trigger()
    asked = dialog("importLegacyDialog")
    assert isinstance(asked, QFileDialog)
    assert asked.fileMode() == QFileDialog.FileMode.Directory
    asked.fileSelected.emit(str(folder))
    asked.close()


def isolated(text: str) -> str:
    return f"\u2068{text}\u2069"


def table(report: QWidget) -> QTableView:
    found = report.findChild(QTableView, "legacyTable")
    assert isinstance(found, QTableView)
    return found


def test_the_report_lists_what_is_wrong_and_leads_to_the_run(desk: Desk, web: Path) -> None:
    choose(desk, web)
    desk.settle()
    report = dialog("legacyReport")
    said = "2 runs, 1 snapshot, 1 backup: 4 new, 1 with faults, 3 left out"
    assert label(desk, "legacySentence") == said
    assert desk.window.statusBar().currentMessage() == said
    assert desk.log.table.model().rowCount() == 4
    rows = table(report)
    model = rows.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert found == [isolated("run_2"), isolated("cam_settings_20251220_100000"), "", "", ""]
    assert "BANANA" in model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    rows.setFocus()
    text = report.findChild(QPlainTextEdit, "legacySaid")
    assert isinstance(text, QPlainTextEdit)
    assert "notes holds markup, which is shown here as plain text: '<b>glue</b>'." in (
        text.toPlainText()
    )
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert "It holds the names of 2 post-processors: grbl, mach4." in text.toPlainText()
    QTest.keyClick(rows, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert "ends in the middle" in text.toPlainText()
    QTest.keyClick(report.findChild(QWidget, "copyLegacyReport"), Qt.Key.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(said)
    assert "Left out art_studio/snapshots/torn.json" in copied
    rows.selectRow(0)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    desk.settle()
    entry = desk.log.current()
    assert entry is not None
    assert (entry.event_type, entry.source, entry.risk_level) == (
        "legacy.imported",
        "legacy",
        "UNKNOWN",
    )
    close_dialog("legacyReport")
    choose(desk, web)
    desk.settle()
    assert "nothing new" in label(desk, "legacySentence")
    close_dialog("legacyReport")


def test_the_command_again_cancels_and_a_wrong_folder_is_told(desk: Desk, web: Path) -> None:
    for number in range(24):
        files.write_run(web, f"run_{number}")
    choose(desk, web)
    desk.window.commands["import_legacy"].trigger()
    desk.settle()
    told = desk.window.statusBar().currentMessage()
    assert "ancelled" in told
    for report in desk.window.findChildren(LegacyReport):  # none when it had not begun yet
        report.close()
    choose(desk, web)
    desk.settle()
    assert "24 runs" in label(desk, "legacySentence")
    close_dialog("legacyReport")
    choose(desk, web / "cam")
    desk.settle()
    assert "is no data directory of the web ToolBox" in desk.window.statusBar().currentMessage()
