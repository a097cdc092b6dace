"""Full backups in the window: made, verified, restored elsewhere, and refused in place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from luthier_desktop.services.backup_states import Shelf
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.backups.backups_window import BackupsWindow
from luthier_desktop.ui.backups.places_dialog import PlacesDialog
from luthier_desktop.ui.job_runner import JobCall
from tests.ui.desk import SIMPLE_DESIGN, Desk, close_dialog, dialog, make_active, press, wait_until


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("full_backups")
    with open_studio(folder / "data") as studio:
        studio.feasibility.check(studio.presets.first())
    opened = Desk(folder, SIMPLE_DESIGN)
    opened.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    yield opened
    opened.close()


@pytest.fixture
def backups(desk: Desk) -> Iterator[BackupsWindow]:
    """The window on its page of full backups."""
    desk.press("full_backup")
    close_dialog("fullBackupDialog")
    found = dialog("backupsWindow")
    assert isinstance(found, BackupsWindow)
    make_active(found)
    yield found
    found.close()


def test_a_full_backup_is_made_verified_and_restored_into_an_empty_place(
    desk: Desk, backups: BackupsWindow, tmp_path: Path
) -> None:
    stick, new = tmp_path / "stick <b>", tmp_path / "new"
    stick.mkdir()
    full = desk.workbench.backing.full
    full.make(str(stick))
    assert not backups.actions_of["make_full"].isEnabled()
    assert backups.actions_of["cancel_full"].isEnabled()
    desk.settle()
    (made,) = stick.iterdir()
    assert "Verified after writing: " in backups.full.result()
    assert "stick <b>" in backups.full.result()
    backups.actions_of["restore_full"].trigger()
    asked = dialog("restoreFullDialog")
    assert isinstance(asked, PlacesDialog)
    make_active(asked)
    said = asked.findChild(QLabel, "restoreFullSaid")
    assert said is not None
    assert "present data is not touched" in said.text()
    send = asked.findChild(QPushButton, "restoreFullSend")
    assert send is not None
    assert not send.isEnabled()
    asked.source.setText(str(made))
    asked.target.setText(str(new))
    asked.target.setFocus()
    press("Enter")
    desk.settle()
    assert "Restored and verified: " in backups.full.result()
    assert f"--data-dir {new}" in backups.full.result()
    with open_studio(new) as moved:
        told = moved.runs.verify("full").plain()
    found = {one["code"] for one in told["findings"]}
    assert found <= {"rollback", "index_stale"}  # here the log went on after the backup
    assert told["runs"] == 1


def test_what_is_refused_is_said_in_place(
    desk: Desk, backups: BackupsWindow, tmp_path: Path
) -> None:
    desk.workbench.backing.full.make(str(tmp_path / "no stick"))
    desk.settle()
    assert "There is no folder" in backups.error.accessibleName()
    assert backups.actions_of["make_full"].isEnabled()


def test_a_cancelled_one_leaves_nothing(
    desk: Desk, backups: BackupsWindow, tmp_path: Path
) -> None:
    before = JobCall("verify", "Verifying", str(desk.data_dir), {"level": "quick"})
    desk.program.background.start(before, bool, bool)  # what is cancelled waits behind it
    desk.workbench.backing.full.make(str(tmp_path))
    backups.actions_of["cancel_full"].trigger()
    wait_until(lambda: backups.actions_of["make_full"].isEnabled())
    desk.settle()
    assert "cancelled" in backups.full.result()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_nearly_full_is_told_of_where_the_copy_is_made(
    backups: BackupsWindow,
) -> None:
    warning = backups.findChild(QLabel, "spaceWarning")
    assert warning is not None
    assert not warning.isVisible()
    backups.show_shelf(Shelf((), (), ()), "Only 12 MB are free on the disk of <b>here</b>.")
    assert warning.isVisible()
    assert warning.textFormat() == Qt.TextFormat.PlainText
    assert "Only 12 MB are free on the disk of <b>here</b>." in warning.text()
