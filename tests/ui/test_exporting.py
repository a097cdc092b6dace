"""Exporting from the window: a new folder that proves itself, or nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tests.bundles import checker, problems
from tests.ui.desk import Desk, dialog

CHECK = checker()


def chosen(desk: Desk, command: str, folder: Path) -> str:
    """Choose *folder* in the dialog of a command; return the dialog's title."""
    desk.window.commands[command].trigger()
    asked = dialog("exportDialog")
    assert isinstance(asked, QFileDialog)
    title = asked.windowTitle()
    asked.fileSelected.emit(str(folder))
    asked.close()
    return title


def progress(desk: Desk) -> list[QWidget]:
    return [each for each in desk.window.findChildren(QWidget, "progress") if each.isVisible()]


def left(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if "bundle" in each.name)


def test_the_whole_log_and_what_fits_the_filter_are_exported(
    desk_with_runs: Desk, tmp_path: Path
) -> None:
    desk = desk_with_runs
    assert "names of machine and user" in chosen(desk, "export_log", tmp_path / "bundle")
    desk.settle()
    assert problems(CHECK, tmp_path / "bundle") == []
    assert desk.window.statusBar().currentMessage().startswith("Exported 6 runs to ")
    assert desk.log.table.model().rowCount() == 7
    assert progress(desk) == []
    desk.log.filter.show_only(event=("export.written",))
    desk.settle()
    assert "fit the filter" in chosen(desk, "export_log", tmp_path / "bundle2")
    desk.settle()
    assert desk.window.statusBar().currentMessage().startswith("Exported 1 run to ")
    assert problems(CHECK, tmp_path / "bundle2") == []


def test_the_current_run_is_exported_alone(desk_with_runs: Desk, tmp_path: Path) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(2)
    desk.settle()
    assert "this run" in chosen(desk, "export_run", tmp_path / "bundle")
    desk.settle()
    runs = [path.stem for path in (tmp_path / "bundle/store/runs").rglob("*.json")]
    assert runs == [desk.log.table.run_id()]


def test_a_cancelled_export_leaves_nothing(desk_with_runs: Desk, tmp_path: Path) -> None:
    desk = desk_with_runs
    chosen(desk, "export_log", tmp_path / "bundle")
    assert len(progress(desk)) == 1
    desk.window.commands["export_log"].trigger()  # again: it ends
    desk.settle()
    assert (left(tmp_path), progress(desk)) == ([], [])


def test_what_stands_there_already_is_left_alone(desk_with_runs: Desk, tmp_path: Path) -> None:
    desk = desk_with_runs
    (tmp_path / "bundle").mkdir()
    chosen(desk, "export_log", tmp_path / "bundle")
    desk.settle()
    assert "exists already" in desk.window.statusBar().currentMessage()
    assert list((tmp_path / "bundle").iterdir()) == []
    # What a process left that came to a sudden end is cleared away behind it.
    (tmp_path / ".bundle.0123456789ab.part").mkdir()
    chosen(desk, "export_log", tmp_path / "bundle")
    desk.settle()
    assert left(tmp_path) == ["bundle"]
