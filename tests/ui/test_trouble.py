"""What goes wrong with the store, the disk or a file: it is told, and the rest works on."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from luthier_desktop import app
from luthier_desktop.storage.machine import Machine
from luthier_desktop.storage.os_calls import OsCalls
from luthier_desktop.ui.widgets.report import Report
from tests.storage.faulty import Always, closed_below
from tests.ui.desk import Desk, OpenDesk, dialog, label, record_runs, type_width

LONG_AGO = 1_600_000_000


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


def test_a_disk_that_comes_to_be_nearly_full_is_told_until_there_is_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as nearly:
        nearly.setattr(Machine, "free_bytes", lambda self, path: 30 * 2**20)
        desk.press("check_design")
        assert "Only 30 MB are free" in label(desk, "bannerText")
        assert desk.window.state_label.text() == "Recording"
    desk.press("check_design")
    assert desk.window.findChild(QWidget, "bannerText") is None


def test_a_store_in_a_synchronised_folder_is_told_and_recorded_in(
    tmp_path: Path, open_desk: OpenDesk
) -> None:
    (tmp_path / ".stfolder").mkdir()
    desk = open_desk()
    assert "Syncthing" in label(desk, "bannerText")
    assert desk.window.state_label.text() == "Recording"
    desk.press("check_design")
    assert desk.log.table.model().rowCount() == 1
    assert "Syncthing" in label(desk, "bannerText")


def test_a_folder_that_cannot_even_be_read_is_told_and_the_preview_goes_on(
    tmp_path: Path, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_runs(tmp_path / "data")
    for name in ("open", "mkdir", "scandir"):
        monkeypatch.setattr(OsCalls, name, closed_below(tmp_path / "data", name))
    desk = open_desk()
    assert "cannot be read (Permission denied" in label(desk, "bannerText")
    assert desk.window.state_label.text() == "Not recording"
    type_width(desk, 1, "19.5")
    assert "Red" in desk.find("verdictBadge").accessibleName()


def test_a_store_on_a_network_drive_can_be_looked_at(
    tmp_path: Path, open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_runs(tmp_path / "data")
    table = f"30 22 0:40 / {tmp_path} rw - cifs //server/x rw\n"
    monkeypatch.setattr(Machine, "mounts", lambda self: table)
    desk = open_desk()
    assert "network drive (cifs)" in label(desk, "bannerText")
    assert "still draw" in label(desk, "bannerText")
    assert desk.window.state_label.text() == "Not recording"
    assert desk.log.table.model().rowCount() == 6
    desk.press("check_design")
    assert "Nothing was saved" in desk.window.statusBar().currentMessage()


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
        desk.workbench.files.save_under(desk.workbench.designs.current, "Rose")
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
