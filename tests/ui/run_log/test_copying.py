"""Copying and exporting runs from the window: every form, of the marked or the current run."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from luthier_desktop.domain.run import RunQuery
from luthier_desktop.domain.run_query_text import parse
from luthier_desktop.services import run_copies
from luthier_desktop.services.studio import open_studio
from luthier_desktop.storage.canonical import sha256_hex
from luthier_desktop.ui.workbench import copying
from tests.services.builders import design
from tests.ui.desk import Desk, OpenDesk, begin_anew, dialog, label, press, wait_until

HOSTILE = "=cmd|'/c calc'!A1\n| \"b\" <img src=file:/x> \u202e"


@pytest.fixture
def begun(keyboard: Desk) -> Desk:
    """The window of this file, set back: six runs, no filter, no marks."""
    begin_anew(keyboard)
    return keyboard


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def marked(desk: Desk, *rows: int) -> list[str]:
    """Mark these rows by keyboard and return their run ids."""
    ids = desk.workbench.studio.runs.ids(desk.log.query())
    for row in rows:
        desk.log.table.go_to(row)
        desk.focus("runLogTable")
        press("Space")
    desk.settle()
    return [ids[row] for row in rows]


def letter(desk: Desk, key: str) -> None:
    """Open the menu by its key and press the letter of an entry."""
    shown: list[QMenu] = []
    while not shown:  # the end of an earlier popup may close it once more
        desk.focus("runLogTable")
        press("Y")
        desk.settle()
        menus = desk.window.findChildren(QMenu, "copyMenu")
        shown = [menu for menu in menus if menu.isVisible()]
    QTest.keyClicks(shown[0], key)
    wait_until(lambda: not is_open("copyMenu"))
    desk.settle()


def is_open(name: str) -> bool:
    found = [widget for widget in QApplication.topLevelWidgets() if widget.objectName() == name]
    return any(widget.isVisible() for widget in found)


def test_a_letter_in_the_menu_copies_the_current_run(begun: Desk) -> None:
    desk = begun
    desk.log.table.go_to(1)
    run_id = desk.workbench.studio.runs.ids(RunQuery())[1]
    file = desk.workbench.studio.runs.place_of(run_id)
    letter(desk, "h")
    assert clipboard() == sha256_hex(file.read_bytes())
    assert label(desk, "toast") == "Copied the hash."
    letter(desk, "p")
    assert clipboard() == str(file)
    letter(desk, "j")
    assert clipboard() == file.read_bytes().decode()
    letter(desk, "r")
    assert shlex.split(clipboard())[:4] == ["luthier", "logs", "reproduce", run_id]


def test_all_marked_runs_are_copied_as_they_are_listed(begun: Desk) -> None:
    desk = begun
    ids = marked(desk, 4, 1)[::-1]
    desk.log.table.go_to(0)
    letter(desk, "i")
    assert clipboard() == "\n".join(ids)
    assert label(desk, "toast") == "Copied 2 run ids."
    letter(desk, "v")
    rows = list(csv.DictReader(io.StringIO(clipboard(), newline="")))
    assert [row["run_id"] for row in rows] == ids
    assert label(desk, "toast") == "Copied 2 rows as CSV, with their header."
    letter(desk, "m")
    assert len(clipboard().splitlines()) == 4
    letter(desk, "j")
    assert [run["run_id"] for run in json.loads(clipboard())] == ids


def test_the_command_copied_lists_what_is_listed(begun: Desk) -> None:
    desk = begun
    desk.log.filter.apply(parse('verdict:red tool:"1.0 mm" sort:score deep it\'s'))
    desk.settle()
    desk.press("copy_view_command")
    assert shlex.split(clipboard()) == [
        *("luthier", "logs", "recent", "--tool", "1.0 mm", "--risk", "red"),
        *("--text", "deep it's", "--sort", "score", "--limit", "1000"),
        *("--data-dir", str(desk.data_dir)),
    ]


def test_hostile_names_stay_text_in_every_form(tmp_path: Path, open_desk: OpenDesk) -> None:
    with open_studio(tmp_path / "data") as studio:
        studio.feasibility.check(design(name=HOSTILE))
    desk = open_desk()
    desk.log.table.go_to(0)
    desk.press("copy_csv")
    assert next(csv.DictReader(io.StringIO(clipboard(), newline="")))["design"] == f"'{HOSTILE}"
    desk.press("copy_markdown")
    assert len(clipboard().splitlines()) == 3
    assert "\u202e" not in clipboard()
    assert "<" not in clipboard()
    desk.press("copy_json")
    assert json.loads(clipboard())["request"]["design"]["name"] == HOSTILE


def test_what_has_no_sound_record_is_left_out_and_said(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    run_id, *_ = marked(desk, 0, 1)
    file = desk.workbench.studio.runs.place_of(run_id)
    file.chmod(0o644)
    file.write_bytes(b"{}")
    desk.press("copy_json")
    assert label(desk, "toast") == "Copied the record as JSON. 1 left out: no sound record."


def test_more_runs_than_are_read_at_once_are_copied_whole(
    begun: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begun
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    desk.focus("runLogTable")
    press("Ctrl+A")
    desk.press("copy_ids")
    assert clipboard().split("\n") == desk.workbench.studio.runs.ids(desk.log.query())
    monkeypatch.setattr(run_copies, "MOST_RUNS", 5)
    desk.press("copy_ids")
    assert "6 runs are too many to copy" in desk.window.statusBar().currentMessage()


def test_nothing_is_copied_where_there_is_no_run(desk: Desk) -> None:
    desk.press("copy_csv")
    assert label(desk, "toast") == "There is no run to copy."


def asked(desk: Desk, file: Path | None) -> str:
    """Choose *file* in the dialog of the list, or cancel it; return the dialog's title."""
    desk.window.commands["export_list"].trigger()
    desk.settle()
    shown = dialog("exportListDialog")
    assert isinstance(shown, QFileDialog)
    title = shown.windowTitle()
    if file is not None:
        shown.fileSelected.emit(str(file))
    shown.close()
    return title


def test_the_filtered_and_the_marked_runs_are_exported_as_a_list(
    desk_with_runs: Desk, tmp_path: Path
) -> None:
    desk = desk_with_runs
    desk.log.filter.apply(parse("verdict:red"))
    desk.settle()
    assert "fit the filter" in asked(desk, None)
    (run_id,) = marked(desk, 1)
    assert "the marked run" in asked(desk, tmp_path / "one.json")
    desk.settle()
    document = json.loads((tmp_path / "one.json").read_bytes())
    assert [run["run_id"] for run in document["runs"]] == [run_id]
    assert label(desk, "toast") == f"Exported the list of 1 run to {tmp_path / 'one.json'}"
    desk.log.filter.clear()
    desk.settle()
    assert desk.log.table.model().rowCount() == 7


def test_a_cancelled_or_refused_list_leaves_nothing(desk_with_runs: Desk, tmp_path: Path) -> None:
    desk = desk_with_runs
    asked(desk, tmp_path / "list.csv")
    progress = desk.window.findChild(
        QWidget, "progress", Qt.FindChildOption.FindChildrenRecursively
    )
    assert progress is not None
    desk.window.commands["export_list"].trigger()  # again: it ends
    desk.settle()
    assert [path.name for path in tmp_path.iterdir() if "list" in path.name] == []
    (tmp_path / "list.csv").write_bytes(b"mine")
    (tmp_path / ".list.csv.0123456789ab.part").write_bytes(b"left")
    asked(desk, tmp_path / "list.csv")
    desk.settle()
    assert "exists already" in desk.window.statusBar().currentMessage()
    assert (tmp_path / "list.csv").read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir() if "list" in path.name] == ["list.csv"]
