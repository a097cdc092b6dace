"""The run log in the window: new rows, filters, and what the details tell of a run."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QTabWidget

from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.run_log.columns import VERDICT
from luthier_desktop.ui.workbench.findings_window import FindingsWindow
from tests.ui.desk import Desk, OpenDesk, dialog, first_level, label, record_runs


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
        "Why", "Summary", "Design", "Record", "Hashes", "Reproduce",
    ]
    checks = desk.find("runChecks")
    assert checks.isVisible()
    decides = "Decides the verdict: Top left under the channel, red"
    assert first_level(checks)[0].startswith(decides)
    assert not desk.find("runWhyNote").isVisible()
    desk.press("step_next_run")
    assert label(desk, "runVerdict").startswith("✓ Green")
    assert not any("Decides" in line for line in first_level(checks))


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
    tabs = desk.find("runTabs")
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(3)
    assert "not those that the ledger recorded." in label(desk, "damageReason")
    place = desk.find("damagePlace")
    assert isinstance(place, QLineEdit)
    assert place.text() == str(file)
    assert "evidence" in label(desk, "damageReason")
    text = desk.find("damageText")
    assert isinstance(text, QPlainTextEdit)
    assert "BLACK" in text.toPlainText()
    assert label(desk, "runState").startswith("Damaged: its bytes are not")
    desk.press("step_next_run")
    assert not desk.find("runState").isVisible()
    desk.press("verify_log")
    findings = dialog("findings")
    assert isinstance(findings, FindingsWindow)
    assert newest in str(findings.table.model().index(0, 2).data())
    findings.close()
    assert desk.log.table.model().rowCount() == 6


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
