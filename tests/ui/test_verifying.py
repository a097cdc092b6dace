"""Verifying from the window: it shows how far it is, can be ended, and never blocks."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QProgressBar, QPushButton, QTableView

from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.job_runner import RunningJob
from luthier_desktop.ui.workbench.verifying import Verifying
from tests.services.test_runs import change_one_byte
from tests.ui.desk import Desk, OpenDesk, close_dialog, dialog, label, record_runs, wait_until


def start(desk: Desk, command: str = "verify_log") -> None:
    desk.window.commands[command].trigger()


def running(desk: Desk) -> RunningJob:
    (job,) = (job for job in desk.program.background.findChildren(RunningJob) if job.process_id())
    return job


def held(desk: Desk) -> Callable[[], None]:
    """Stop the process of the job, and return what lets it go on."""
    wait_until(lambda: running(desk).process_id() > 0)
    process_id = running(desk).process_id()
    os.kill(process_id, signal.SIGSTOP)
    return lambda: os.kill(process_id, signal.SIGCONT)


def status(desk: Desk) -> str:
    return desk.window.statusBar().currentMessage()


def verifying(desk: Desk) -> Verifying:
    return desk.workbench.verifying


def run_file(desk: Desk, row: int) -> Path:
    (path,) = (desk.data_dir / "runs").rglob(f"{desk.log.table.model().id_at(row)}.json")  # type: ignore[attr-defined]
    return path


def findings_table() -> QTableView:
    table = dialog("findings").findChild(QTableView, "findingsTable")
    assert isinstance(table, QTableView)
    return table


def test_progress_is_shown_up_to_its_end_and_then_the_result(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    start(desk)
    go_on = held(desk)
    bar = desk.find("progressBar")
    assert isinstance(bar, QProgressBar)
    assert bar.isVisible()
    shown: list[int] = []
    bar.valueChanged.connect(shown.append)
    desk.log.table.go_to(3)  # the window lives on meanwhile
    assert desk.log.table.currentIndex().row() == 3
    go_on()
    desk.settle()
    assert shown == sorted(shown)
    assert shown[-1] == 100
    assert status(desk) == "Verified: 7 events, 6 runs, 0 problems"
    assert not any(each.isVisible() for each in desk.window.findChildren(QProgressBar))
    assert desk.window.state_label.text() == "Recording"


@pytest.mark.parametrize("by_button", [True, False])
def test_cancel_ends_it_and_the_command_again_does_too(
    desk_with_runs: Desk, by_button: bool
) -> None:
    desk = desk_with_runs
    start(desk)
    go_on = held(desk)
    if by_button:
        cancel = desk.find("cancelProgress")
        assert isinstance(cancel, QPushButton)
        QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    else:
        start(desk)
    assert running(desk).is_cancelled()
    go_on()
    desk.settle()
    assert "cancelled" in status(desk)
    assert label(desk, "verifiedLabel") == "Never verified"
    start(desk)
    desk.settle()
    assert status(desk).endswith("0 problems")


def test_the_window_closes_while_the_log_is_being_verified(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    before = set(threading.enumerate())
    record_runs(tmp_path / "data")
    desk = open_desk()
    start(desk)
    wait_until(lambda: running(desk).process_id() > 0)
    process_id = running(desk).process_id()
    own = set(threading.enumerate()) - before  # other windows of this session have theirs
    assert {each.name for each in own} == {"luthier-short"}
    desk.window.close()
    assert not desk.window.isVisible()
    assert not [each for each in own if each.is_alive()]
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


def test_each_level_says_which_it_was(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    for command, said in (("verify_quick", "Verified quickly: "), ("verify_deep", "in depth: ")):
        start(desk, command)
        desk.settle()
        assert said in status(desk)
        assert status(desk).endswith("0 problems")


def test_the_last_verification_is_an_event_and_outlives_the_window(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk()
    assert label(desk, "verifiedLabel") == "Never verified"
    desk.press("check_design")
    desk.press("verify_log")
    said = label(desk, "verifiedLabel")
    assert said.startswith("Verified ")
    assert said.endswith(": 2 events, 0 problems")
    desk = open_desk()
    assert label(desk, "verifiedLabel") == said
    with open_studio(desk.data_dir) as studio:
        events = [event.members for event in studio.store().ledger.events() if event]
    (told,) = [each for each in events if each and each["event"] == "verify.finished"]
    assert told["run_id"] is None
    assert (told["row"]["whole"]["events"], told["row"]["whole"]["damage"]) == (2, 0)
    assert told["row"]["part"] is None


def test_findings_are_listed_and_enter_goes_to_the_run(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    damaged = run_file(desk, 4)
    change_one_byte(damaged)
    desk.press("verify_log")
    assert status(desk).endswith("1 problem")
    table = findings_table()
    assert table.model().rowCount() == 1
    assert "Damage" in table.model().index(0, 0).data()
    assert table.model().index(0, 1).data() == "run damaged"
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.log.table.run_id() == damaged.stem
    assert "bytes are not those" in label(desk, "runState")
    copy = dialog("findings").findChild(QPushButton, "copyFindings")
    assert isinstance(copy, QPushButton)
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert damaged.name in text
    assert "run_damaged" in text
    assert "Restore this file from a backup" in text
    close_dialog("findings")
    desk.press("show_findings")
    assert findings_table().model().rowCount() == 1
    close_dialog("findings")


def test_a_damaged_run_comes_back_from_a_copy(desk_with_runs: Desk, tmp_path: Path) -> None:
    desk = desk_with_runs
    shutil.copytree(desk.data_dir, tmp_path / "copy")
    change_one_byte(run_file(desk, 2))
    desk.press("verify_log")
    restore = dialog("findings").findChild(QPushButton, "restoreFromCopy")
    assert isinstance(restore, QPushButton)
    restore.click()
    chooser = desk.window.findChild(QFileDialog, "restoreDialog")
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "copy"))
    chooser.close()
    close_dialog("findings")
    desk.settle()
    desk.settle()  # the repair is followed by a verification of its own
    assert status(desk).endswith("0 problems")


def test_what_no_copy_has_is_named(desk_with_runs: Desk, tmp_path: Path) -> None:
    desk = desk_with_runs
    gone = run_file(desk, 0)
    gone.unlink()
    (tmp_path / "empty").mkdir()
    verifying(desk).restore(str(tmp_path / "empty"))
    desk.settle()
    text = dialog("report").findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    assert gone.name in text.toPlainText()
    close_dialog("report")
    verifying(desk).restore(str(tmp_path / "nowhere"))
    desk.settle()
    assert "no folder" in status(desk)


def test_the_list_is_made_anew(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.press("rebuild_index")
    assert status(desk) == "The list was made anew: 6 runs from 7 events"
    assert desk.log.table.model().rowCount() == 6


def test_a_thirtieth_is_verified_once_a_day_and_what_it_finds_stays_in_sight(
    desk_with_runs: Desk,
) -> None:
    desk = desk_with_runs
    # The first slice reads the files of event 1, 31 and so on; event 2 is the oldest run.
    run_file(desk, 5).unlink()
    verifying(desk).rest.timeout.emit()
    desk.settle()
    assert "daily look at the log found 1 damaged or missing record" in label(desk, "alarmText")
    assert label(desk, "verifiedLabel") == "Never verified"
    with open_studio(desk.data_dir) as studio:
        events = studio.store().ledger.last_seq()
        care = studio.upkeep.look_back().care
    assert care is not None
    assert care.part is not None
    assert (care.whole, care.part.level, care.part.damage) == (None, "slice 1", 1)
    verifying(desk).rest.timeout.emit()  # once a day
    desk.settle()
    with open_studio(desk.data_dir) as studio:
        assert studio.store().ledger.last_seq() == events
    desk.press("show_findings")
    close_dialog("findings")


def test_verifying_by_hand_takes_the_place_of_the_daily_part(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    verifying(desk).rest.timeout.emit()
    start(desk)
    desk.settle()
    assert status(desk) == "Verified: 7 events, 6 runs, 0 problems"
