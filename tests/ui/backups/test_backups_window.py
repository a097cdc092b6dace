"""The backups of the settings in their window, with real keys over a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from luthier_desktop.domain.operators import Operator
from luthier_desktop.domain.permissions import RIGHTS, refusal
from luthier_desktop.services.backups import AT_EXIT
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.backups.backup_model import BackupModel
from luthier_desktop.ui.backups.backups_window import BackupsWindow
from luthier_desktop.ui.backups.difference_model import DifferenceModel
from luthier_desktop.ui.backups.errands import NEEDED
from luthier_desktop.ui.run_log.record_page import RecordPage
from tests import legacy_files
from tests.ui.desk import SIMPLE_DESIGN, Desk, dialog, make_active, press, wait_until
from tests.ui.key_clashes import clashes, unkept

HOSTILE = "<b>new</b> machine \u202egnp"
WORN, BIT = "Worn bit", "my_bit"
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("backups")
    with open_studio(folder / "data") as studio:
        source = studio.catalogue.tools.entries[0].entry.tool_id
        studio.catalogue_edits.duplicate("tools", source, BIT)
        studio.backups.create(HOSTILE)
        studio.catalogue_edits.edit("tools", BIT, {"name": WORN})
    opened = Desk(folder, SIMPLE_DESIGN)
    opened.program.background.run_long(int, bool, bool)  # this lane lives as long as the window
    yield opened
    opened.close()


@pytest.fixture
def backups(desk: Desk) -> Iterator[BackupsWindow]:
    """The window, opened by its key, with the oldest backup chosen."""
    desk.focus("designCanvas")
    press("F11")
    desk.settle()
    found = dialog("backupsWindow")
    assert isinstance(found, BackupsWindow)
    make_active(found)
    press("End")
    yield found
    found.close()


def does(desk: Desk, keys: str) -> None:
    press(keys)
    desk.settle()


def is_shown(name: str) -> bool:
    return any(
        one.objectName() == name and one.isVisible() for one in QApplication.topLevelWidgets()
    )


def text(owner: QWidget, name: str) -> str:
    found = owner.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def own_bit(desk: Desk) -> str:
    desk.workbench.studio.catalogue.look()
    listed = desk.workbench.studio.catalogue.tools.get(BIT)
    return "" if listed is None else listed.entry.name


def column(backups: BackupsWindow, at: int) -> list[str]:
    model = backups.settings.model
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def test_the_list_tells_why_a_backup_was_made_what_it_holds_and_its_state(
    desk: Desk, backups: BackupsWindow
) -> None:
    model = backups.settings.model
    assert isinstance(model, BackupModel)
    QAbstractItemModelTester(model, FATAL)
    assert backups.settings.table.hasFocus()
    assert column(backups, 2)[-1] == "1 tool"
    assert column(backups, 4)[-1].endswith("verified")
    told = column(backups, 1)[-1]
    assert "<b>new</b>" in told
    assert "\u202e" not in told
    assert "\u202e" not in text(backups, "backupAbout")


def test_create_now_adds_a_row_and_chooses_it(desk: Desk, backups: BackupsWindow) -> None:
    before = backups.settings.model.rowCount()
    does(desk, "Ctrl+N")
    assert backups.settings.model.rowCount() == before + 1
    chosen = backups.settings.backup()
    assert chosen is not None
    assert backups.settings.model.row_of(chosen.told.name) == 0
    assert not chosen.told.automatic


def test_enter_shows_what_a_backup_holds_and_esc_closes_one_window_after_the_other(
    desk: Desk, backups: BackupsWindow
) -> None:
    does(desk, "Enter")
    held = dialog("backupHoldings")
    make_active(held)
    page = held.findChild(RecordPage)
    assert page is not None
    page.field.setFocus()
    QTest.keyClicks(page.field, BIT)
    assert "1 of" in text(held, "recordHits")
    press("Esc")
    wait_until(lambda: not held.isVisible())
    make_active(backups)
    backups.settings.table.setFocus()
    press("Esc")
    assert not backups.isVisible()


def test_verify_says_that_it_is_as_it_was_written(desk: Desk, backups: BackupsWindow) -> None:
    does(desk, "Ctrl+T")
    assert "verified" in text(backups, "backupsToast")


def test_restoring_shows_the_difference_first_then_switches_and_is_undone(
    desk: Desk, backups: BackupsWindow
) -> None:
    assert not backups.actions_of["undo_restore"].isEnabled()
    does(desk, "Ctrl+R")
    asked = dialog("restoreBackupDialog")
    make_active(asked)
    table = asked.findChild(QTableView, "differenceTable")
    assert table is not None
    model = table.model()
    assert isinstance(model, DifferenceModel)
    QAbstractItemModelTester(model, FATAL)
    cells = [str(model.index(0, at).data()) for at in range(3)]
    assert cells[0].startswith("Tool ")
    assert WORN in cells[1]
    assert own_bit(desk) == WORN
    does(desk, "Enter")
    assert not is_shown("restoreBackupDialog")
    assert own_bit(desk) not in ("", WORN)
    make_active(backups)
    backups.settings.table.setFocus()
    does(desk, "Ctrl+Z")
    assert own_bit(desk) == WORN


def test_a_backup_of_the_settings_as_they_are_has_nothing_to_restore(
    desk: Desk, backups: BackupsWindow
) -> None:
    does(desk, "Ctrl+N")
    does(desk, "Ctrl+R")
    assert "nothing to restore" in text(backups, "backupsToast")


def test_a_damaged_backup_is_shown_as_damaged_and_changes_nothing(
    desk: Desk, backups: BackupsWindow
) -> None:
    does(desk, "Ctrl+N")
    chosen = backups.settings.backup()
    assert chosen is not None
    path = desk.data_dir / "cam" / "backups" / f"{chosen.told.name}.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"tools", b"toolz"))
    does(desk, "Ctrl+R")
    assert "damaged" in backups.error.accessibleName()
    assert own_bit(desk) == WORN
    does(desk, "Ctrl+T")
    assert column(backups, 4)[0].endswith("damaged")
    path.write_bytes(whole)


def test_deleting_asks_for_a_reason(desk: Desk, backups: BackupsWindow) -> None:
    does(desk, "Ctrl+N")
    before = backups.settings.model.rowCount()
    does(desk, "Ctrl+Del")
    asked = dialog("deleteBackupDialog")
    make_active(asked)
    field = asked.findChild(QPlainTextEdit, "reasonText")
    assert field is not None
    QTest.keyClicks(field, "of no use")
    does(desk, "Ctrl+Return")
    assert not is_shown("deleteBackupDialog")
    assert backups.settings.model.rowCount() == before - 1


def test_a_file_of_the_web_toolbox_tells_what_it_holds_and_what_it_lacks(
    desk: Desk, backups: BackupsWindow, tmp_path: Path
) -> None:
    legacy_files.write_sound(tmp_path)
    (file,) = tmp_path.rglob("cam_settings_*.json")
    desk.workbench.backing.inspect(str(file))
    desk.settle()
    report = dialog("report")
    field = report.findChild(QPlainTextEdit)
    assert field is not None
    assert "It lacks:" in field.toPlainText()
    report.close()
    odd = tmp_path / "cam_settings_odd.json"
    odd.write_text(json.dumps({"name": HOSTILE}))
    desk.workbench.backing.inspect(str(odd))
    desk.settle()
    assert "no backup of settings" in backups.error.accessibleName()


def test_what_somebody_may_not_do_is_greyed_and_says_why(
    desk: Desk, backups: BackupsWindow
) -> None:
    def refused(role: str) -> set[str]:
        who = Operator(operator_id="ida", name="Ida", role=role, auth="none")  # type: ignore[arg-type]  # a role of the parameters below
        backups.show_refusals({right: refusal(who, right) for right in RIGHTS})
        return {one for one in NEEDED if not backups.actions_of[one].isEnabled()}

    assert refused("viewer") == set(NEEDED)
    assert "Ida is signed in as viewer" in text(backups, "backupsRefusal")
    assert refused("operator") == set(NEEDED) - {"create_backup"}
    assert refused("lead") <= {"undo_restore"}
    button = backups.findChild(QPushButton, "restore_backup_button")
    assert button is not None
    assert button.isEnabled()
    desk.workbench.backing.look_again()


def test_no_key_means_two_things_there(desk: Desk, backups: BackupsWindow) -> None:
    assert clashes(backups) + unkept(backups) == []
    does(desk, "Enter")
    held = dialog("backupHoldings")
    assert clashes(held) + unkept(held) == []
    held.close()


def test_everything_that_matters_has_a_name_for_a_screen_reader(backups: BackupsWindow) -> None:
    assert isinstance(backups, QDialog)
    assert backups.settings.table.accessibleName()
    assert backups.tabs.accessibleName()
    field = backups.full.findChild(QPlainTextEdit)
    assert field is not None
    assert field.accessibleName()


def test_at_the_end_changed_settings_are_kept(qapp: QApplication, tmp_path: Path) -> None:
    desk = Desk(tmp_path, SIMPLE_DESIGN)
    studio = desk.workbench.studio
    source = studio.catalogue.tools.entries[0].entry.tool_id
    desk.program.background.run(
        lambda: studio.catalogue_edits.duplicate("tools", source, BIT), bool, bool
    )
    desk.settle()
    desk.close()
    with open_studio(tmp_path / "data") as again:
        assert [one.told.reason for one in again.backups.list().backups] == [AT_EXIT]
