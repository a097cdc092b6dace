"""From the run log to the compare window: the marked run, else the one before of the design."""

from __future__ import annotations

from luthier_desktop.domain.snapshot import SnapshotDetails
from luthier_desktop.services.studio import open_studio
from luthier_desktop.ui.run_compare.compare_window import CompareWindow
from luthier_desktop.ui.run_compare.table_window import TableWindow
from tests.services.builders import design
from tests.ui.desk import Desk, begin_anew, close_dialog, dialog, press


def opened(desk: Desk) -> CompareWindow:
    desk.settle()
    window = dialog("compareWindow")
    assert isinstance(window, CompareWindow)
    return window


def id_at(desk: Desk, row: int) -> str:
    desk.log.table.go_to(row)
    desk.settle()
    entry = desk.log.current()
    assert entry is not None
    return entry.run_id


def test_d_compares_with_the_run_before_of_the_same_design(keyboard: Desk) -> None:
    desk = keyboard
    begin_anew(desk)
    older, newer = id_at(desk, 2), id_at(desk, 1)
    desk.focus("runLogTable")
    press("D")
    window = opened(desk)
    assert (window.found.a.id, window.found.b.id) == (older, newer)
    assert "decision.risk_level" in {change.path for change in window.found.changes}
    close_dialog("compareWindow")
    desk.log.table.go_last()
    desk.focus("runLogTable")
    said: list[str] = []
    desk.window.messages.said.connect(said.append)
    press("=")
    desk.settle()
    assert "first of its design" in said[-1]


def test_d_compares_with_the_marked_run_and_several_in_a_table(keyboard: Desk) -> None:
    desk = keyboard
    begin_anew(desk)
    newest, oldest = id_at(desk, 0), id_at(desk, 5)
    desk.press("mark_run")
    desk.log.table.go_to(0)
    desk.focus("runLogTable")
    press("D")
    window = opened(desk)
    assert (window.found.a.id, window.found.b.id) == (oldest, newest)
    close_dialog("compareWindow")
    for row in (1, 2):
        desk.log.table.go_to(row)
        desk.press("mark_run")
    desk.focus("runLogTable")
    press("Shift+D")
    desk.settle()
    table = dialog("compareTableWindow")
    assert isinstance(table, TableWindow)
    assert table.model.columnCount() == 4
    close_dialog("compareTableWindow")


def test_two_snapshots_are_compared_by_their_ids(keyboard: Desk) -> None:
    desk = keyboard
    with open_studio(desk.data_dir) as studio:
        spec = studio.designs.identified(design())
        ids = [
            studio.snapshots.save(each, SnapshotDetails(name=name)).snapshot_id
            for name, each in (
                ("One", spec),
                ("Two", spec.model_copy(update={"outer_diameter_mm": 105.0})),
            )
        ]
    desk.workbench.comparing.open_snapshots(*ids)
    window = opened(desk)
    assert (window.found.a.name, window.found.b.name) == ("One", "Two")
    assert window.found.a.design == window.found.b.design.model_copy(
        update={"outer_diameter_mm": 104.0}
    )
    close_dialog("compareWindow")
    desk.workbench.comparing.open_table(ids)
    desk.settle()
    close_dialog("compareTableWindow")


def test_the_program_ends_while_the_pictures_are_being_drawn(desk_with_runs: Desk) -> None:
    desk = desk_with_runs
    desk.log.table.go_to(1)
    desk.workbench.comparing.compare_current()
    desk.settle()
    window = dialog("compareWindow")
    assert isinstance(window, CompareWindow)
    window.picture.zoom(2)  # the end of the test closes the program
