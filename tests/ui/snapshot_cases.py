"""What each command of the library with a key must do when its keys are pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from luthier_desktop.domain.snapshot import SnapshotDetails, SnapshotQuery
from tests.ui.desk import Desk, close_dialog, label
from tests.ui.key_steps import Case

SHELF = "snapshotList"


def with_snapshots(desk: Desk) -> list[str]:
    """Keep two snapshots, none of them the baseline, and show them; return their ids."""
    studio = desk.workbench.studio
    ids = studio.snapshots.ids(SnapshotQuery(sort="oldest"))
    while len(ids) < 2:
        details = SnapshotDetails(name=f"Rose {len(ids) + 1}", tags=("steel",))
        design = studio.presets.first()
        ids.append(studio.snapshots.save(design, details).snapshot_id)
    studio.snapshot_marks.set_baseline(None)
    desk.workbench.library.show()
    desk.workbench.library.browser.bar.clear()
    desk.workbench.library.refresh()
    desk.settle()
    desk.workbench.library.browser.list.go_to(0)
    desk.settle()
    return ids


def shelf(desk: Desk) -> Any:
    return desk.workbench.library.browser


def first(desk: Desk) -> str:
    with_snapshots(desk)
    return str(shelf(desk).list.current_id())


def asks(signal: str, *arrange: Callable[[Desk], object]) -> Callable[[Desk], QSignalSpy]:
    """Watch a signal of the library that another part of the window follows."""

    def before(desk: Desk) -> QSignalSpy:
        with_snapshots(desk)
        for each in arrange:
            each(desk)
        return QSignalSpy(getattr(desk.workbench.library, signal))

    return before


def came(name: str = "") -> Callable[[Desk, Any], bool]:
    def is_so(_: Desk, spy: Any) -> bool:
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.objectName() == name:
                window.close()
        return bool(spy.count() == 1)

    return is_so


def other_is_baseline(desk: Desk) -> None:
    studio = desk.workbench.studio
    studio.snapshot_marks.set_baseline(studio.snapshots.ids(SnapshotQuery(sort="oldest"))[0])


def both_chosen(desk: Desk) -> None:
    view = shelf(desk).list
    flag = QItemSelectionModel.SelectionFlag.Select
    view.selectionModel().select(view.model().index(1, 0), flag)


def deleted(desk: Desk) -> str:
    with_snapshots(desk)
    studio = desk.workbench.studio
    gone = studio.snapshots.save(studio.presets.first(), SnapshotDetails(name="Gone"))
    studio.snapshots.delete(gone.snapshot_id, "a trial")
    shelf(desk).bar.toggle_deleted()
    desk.settle()
    shelf(desk).go_to(gone.snapshot_id)
    desk.settle()
    return gone.snapshot_id


def is_listed(desk: Desk, snapshot_id: Any) -> bool:
    return snapshot_id in desk.workbench.studio.snapshots.ids(SnapshotQuery())


SNAPSHOT_CASES: dict[str, Case] = {
    "open_snapshot": Case(
        SHELF, first, lambda d, id_: d.workbench.designs.current.saved_as.snapshot_id == id_
    ),
    "find_snapshots": Case(SHELF, first, lambda d, _: d.find("snapshotFilterText").hasFocus()),
    "switch_snapshot_size": Case(
        SHELF,
        lambda d: (with_snapshots(d), shelf(d).list.is_large)[1],
        lambda d, large: shelf(d).list.is_large is not large,
    ),
    "compare_baseline": Case(
        SHELF, asks("compareWanted", other_is_baseline), came("compareWindow")
    ),
    "compare_snapshots": Case(SHELF, asks("compareWanted", both_chosen), came("compareWindow")),
    "set_baseline": Case(
        SHELF,
        first,
        lambda d, id_: d.workbench.studio.snapshots.baseline().snapshot_id == id_,
    ),
    "tag_snapshot": Case(SHELF, first, lambda d, _: d.find("snapshotNewTag").hasFocus()),
    "rename_snapshot": Case(SHELF, first, lambda d, _: "never changes" in label(d, "toast")),
    "show_snapshot_run": Case(
        SHELF,
        first,
        lambda d, id_: (
            d.log.details.isVisible() and not d.find("runLog").visibleRegion().isEmpty()
        ),
    ),
    "copy_snapshot_id": Case(
        SHELF, first, lambda _, id_: QGuiApplication.clipboard().text() == id_
    ),
    "picture_of_snapshot": Case(SHELF, asks("pictureWanted"), came("exportFileDialog")),
    "share_snapshot": Case(SHELF, asks("shareWanted"), came("exportFileDialog")),
    "delete_snapshot": Case(
        SHELF, first, lambda d, _: (close_dialog("deleteSnapshotDialog"), True)[1]
    ),
    "restore_snapshot": Case(SHELF, deleted, is_listed),
    "show_deleted_snapshots": Case(
        SHELF, first, lambda d, _: shelf(d).bar.query().deleted is True
    ),
    "clear_snapshot_search": Case(
        SHELF,
        lambda d: (with_snapshots(d), shelf(d).bar.toggle_deleted(), d.settle()),
        lambda d, _: not shelf(d).bar.is_active(),
    ),
}
